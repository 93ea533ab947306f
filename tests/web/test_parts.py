"""The parts the site is made of: words, queries, cache."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kennis_ld.web
from kennis_ld.engine.interface import Iri, Text
from kennis_ld.web.documents import Cache
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.problems import STATUS
from kennis_ld.web.site import Release
from kennis_ld.web.things.statements import Description, statements
from kennis_ld.web.words import Words
from tests.web.city import BASE, CountingEngine

WEB = Path(kennis_ld.web.__file__).parent
PYTHON = sorted(WEB.rglob("*.py"))
TEMPLATES = sorted((WEB / "templates").glob("*.html"))


def words() -> dict[str, dict[str, str]]:
    """Every name in the table of words, with its words by language."""
    found: dict[str, dict[str, str]] = {}

    def collect(name: str, value: dict[str, Any]) -> None:
        if all(isinstance(each, str) for each in value.values()):
            found[name] = value
        else:
            for key, inner in value.items():
                collect(f"{name}.{key}" if name else key, inner)

    collect("", tomllib.loads((WEB / "words.toml").read_text(encoding="utf-8")))
    assert len(found) > 200
    return found


def test_every_word_has_both_languages() -> None:
    """Nothing is said in one language only, and both mention the same values."""
    for name, spoken in words().items():
        assert {"nl", "en"} == set(spoken), name
        assert all(spoken.values()), name
        values = [set(re.findall(r"\{(\w+)\}", text)) for text in spoken.values()]
        assert values[0] == values[1], name


def test_words_and_templates_agree() -> None:
    """A template uses no word that is not there, and no word is there for nothing."""
    text = "".join(path.read_text(encoding="utf-8") for path in (*TEMPLATES, *PYTHON))
    there = {name for name in words() if not name.startswith(("term.", "severity.", "problem."))}
    sections = "|".join({name.partition(".")[0] for name in there})
    used = set(re.findall(rf'"((?:{sections})\.(?!html")[a-z-]+)"', text))
    assert there == used


def test_every_problem_has_words() -> None:
    """Each problem has a title, a detail and a remedy; no words are left of a problem that cannot be."""
    told = {name.split(".")[1] for name in words() if name.startswith("problem.")}
    assert {*STATUS, "malformed-query-somewhere", "malformed-query-prefix"} == told
    for name in told:
        assert {f"problem.{name}.{part}" for part in ("title", "detail", "remedy")} <= set(words())


def test_unknown_word_is_a_mistake() -> None:
    """A name that is not in the table does not pass in silence."""
    with pytest.raises(KeyError):
        Words("nl")("ui.no-such-word")


def test_no_query_in_python() -> None:
    """Queries are files; no module or template of the web layer holds one (style, principle 8)."""
    for path in (*PYTHON, *TEMPLATES):
        assert not re.search(r"(?m)(SELECT|CONSTRUCT|ASK|DESCRIBE)\b[^\n]*[{?]|\bWHERE\s*\{", path.read_text()), (
            path.name
        )


@pytest.mark.parametrize("path", sorted((WEB / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_query(path: Path, release: Release) -> None:
    """Each query says in both languages what it gives, and gives something on the city."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert re.fullmatch(r"# [^|]+  \|  [^|]+", first)
    things = {"project": "project/schone-sloot", "organisatie": "organisatie/universiteit", "thema": "thema/water"}
    this = Iri(f"{BASE}/id/{things.get(path.stem, 'editie/2023-2027')}")
    lookup = Lookup(CountingEngine(release), release.iris)
    if "CONSTRUCT" in path.read_text():
        bound = {} if path.stem in {"service", "ontology"} else {"this": this}
        assert list(statements(lookup.graph(path.stem, "nt", **bound)))
    elif path.stem == "search":
        assert lookup.rows("search", w1=Text("sloot"), **{f"w{place}": Text("") for place in range(2, 7)})
    else:
        assert lookup.rows(path.stem, **({"this": this} if path.stem == "state" else {}))


def test_every_query_is_used() -> None:
    """No query is left of a page that is gone."""
    text = "".join(path.read_text() for path in PYTHON)
    for path in (WEB / "queries").glob("*.rq"):
        assert f'"{path.stem}"' in text, path.stem


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3000)), max_size=60))
def test_cache_stays_within_its_bound(uses: list[tuple[int, int]]) -> None:
    """Whatever is kept, a key gives what was made for it, and the bytes stay within the bound."""
    cache = Cache(most_bytes=10_000)
    for key, size in uses:
        body = cache.body((key, size), lambda key=key, size=size: bytes([key]) * size)  # type: ignore[misc]
        assert bytes([key]) * size == body
        assert sum(map(len, cache._bytes.values())) <= 10_000


def test_cache_makes_once() -> None:
    """What is kept is not made again; what failed is not kept."""
    cache, made = Cache(), []
    for _ in range(2):
        cache.body("a", lambda: made.append("a") or b"x")  # type: ignore[func-returns-value]
    assert ["a"] == made

    def fails() -> bytes:
        raise KeyError

    for _ in range(2):
        with pytest.raises(KeyError):
            cache.body("b", fails)


def test_text_in_the_language_of_the_reader() -> None:
    """The language of the page first, then Dutch, then none, then English, then any."""
    label = "http://www.w3.org/2000/01/rdf-schema#label"

    def found(*literals: str) -> str:
        text = "".join(f"<http://a> <{label}> {literal} .\n" for literal in literals)
        term = Description(statements(text.encode()), terms="http://t#").text("http://a", "rdfs:label", language="en")
        assert term is not None
        return term.value

    assert "e" == found('"n"@nl', '"e"@en', '"x"')
    assert "g" == found('"n"@nl', '"g"@en-GB')
    assert "n" == found('"n"@nl', '"x"', '"f"@fr')
    assert "x" == found('"x"', '"f"@fr')
    assert "f" == found('"f"@fr')
