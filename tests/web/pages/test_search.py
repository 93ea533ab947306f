"""What a search finds first: the bundled agenda and the second city, in Dutch and English, as people type."""

from __future__ import annotations

import gc
import gzip
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.engine.interface import TRUSTED
from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.release import manifest
from kennis_ld.web.app import create_app
from kennis_ld.web.pages.search import entries, index
from kennis_ld.web.search.index import MOST_FOUND, MOST_SEEN, MOST_SUGGESTED, Entry, made
from kennis_ld.web.search.words import key, stem, words
from kennis_ld.web.site import Site
from kennis_ld.web.store import store_files
from tests.conftest import ROOT
from tests.publications import REGISTER, THEMES, write
from tests.web.city import site_of
from tests.web.conftest import built_site
from tests.web.html import read

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
LEIDEN = {
    # numbers, names, abbreviations and identifiers
    "1a": "project/leiden-healthy-society-center",
    "3h": "project/stad-en-taal",
    "2j": "project/tweede-groene-ring",
    "UL": "organisatie/ul",
    "ul": "organisatie/ul",
    "HsL": "organisatie/hsl",
    "hsl": "organisatie/hsl",
    "GL": "organisatie/gl",
    "lumc": "organisatie/lumc",
    "mboR": "organisatie/mbor",
    "NeLL": "organisatie/nell",
    "Universiteit Leiden": "organisatie/ul",
    "universiteit leiden": "organisatie/ul",
    "Leiden University": "organisatie/ul",
    "Municipality of Leiden": "organisatie/gl",
    "Gemeente Leiden": "organisatie/gl",
    "gemeente": "organisatie/gl",
    "Hogeschool Leiden": "organisatie/hsl",
    "hogeschool": "organisatie/hsl",
    "hogescho": "organisatie/hsl",
    "Naturalis": "organisatie/naturalis",
    "politie": "organisatie/politie",
    "027bh9e22": "organisatie/ul",
    "https://ror.org/027bh9e22": "organisatie/ul",
    "Cultureel erfgoed": "thema/cultureel-erfgoed",
    "Vlaggenschepen": "thema/vlaggenschepen",
    "gezondheid & welzijn": "thema/gezondheid-welzijn",
    "Huurteam": "project/huurteam",
    "eduroam": "project/eduroam",
    "Studentenwelzijn": "project/studentenwelzijn",
    # hyphens, accents, quotation marks, word order
    "mbo-rijnland": "organisatie/mbor",
    "mbo rijnland": "organisatie/mbor",
    "MBORIJNLAND": "organisatie/mbor",
    "Únivérsiteit Leiden": "organisatie/ul",
    '"Leren met de stad"': "organisatie/leren-met-de-stad",
    "Leren met de stad kennisateliers": "project/leren-met-de-stad",
    "Leiden Universiteit": "organisatie/ul",
    # words of a text, singular and plural
    "stamcel": "project/stamcelgebouw-necstgen",
    "stamcellen": "project/stamcelgebouw-necstgen",
    "VR": "project/virtual-reality-ouderenzorg",
    "stad en taal": "project/stad-en-taal",
    "tweede groene": "project/tweede-groene-ring",
    "necstgen": "project/stamcelgebouw-necstgen",
    # typing errors
    "Hogeschol": "organisatie/hsl",
    "Leiden universty": "organisatie/ul",
    "Universty of Leiden": "organisatie/ul",
    "Naturalsi": "organisatie/naturalis",
    "Hurteam": "project/huurteam",
    "Studentenwelzjin": "project/studentenwelzijn",
}
ZANDWIJK = {
    "ZUI": "organisatie/zui",
    "zeedijk": "project/zeedijk",
    "Slimme zeedijk": "project/zeedijk",
    "zeedijken": "project/zeedijk",
    "zilte tuin": "project/zilte-tuin",
    "zilte-tuin": "project/zilte-tuin",
    "waterschap": "organisatie/waterschap",
    "gemeente zandwijk": "organisatie/gemeente-zandwijk",
    "zeedjik": "project/zeedijk",
    "Het Helm Water Authority": "organisatie/waterschap",
    "zoet water": "project/zoet-water",
    "haven": "project/haven-zonder-afval",
}


def first(client: FlaskClient, path: str, asked: str) -> str:
    """Returns what a search shows first, as concept and reference."""
    text = client.get(path, query_string={"q": asked}, headers=BROWSER).text
    links = [link for link in read(text).links_above_the_foot() if link.startswith("/doc/")]
    return links[0].removeprefix("/doc/").removesuffix(".en.html") if links else ""


@pytest.mark.parametrize("path", ["/zoeken", "/en/zoeken"])
def test_first_hits(leiden_client: FlaskClient, second_client: FlaskClient, path: str) -> None:
    """Each of sixty searches shows the right thing first, in Leiden and in Zandwijk, in Dutch and in English."""
    assert 60 <= len(LEIDEN) + len(ZANDWIJK)
    assert LEIDEN == {asked: first(leiden_client, path, asked) for asked in LEIDEN}
    assert ZANDWIJK == {asked: first(second_client, path, asked) for asked in ZANDWIJK}


def test_a_word_is_marked_in_whatever_form_it_stands(leiden_client: FlaskClient) -> None:
    """Who asks for the plural sees the singular marked in the text."""
    assert "<mark>stamcel" in leiden_client.get("/zoeken?q=stamcellen", headers=BROWSER).text


def test_a_hit_says_what_it_is_and_where_the_words_stand(leiden_client: FlaskClient) -> None:
    """Beside a hit stand its kind and theme, and the words around what fits, marked."""
    text = leiden_client.get("/zoeken?q=ouderen", headers=BROWSER).text
    assert "Gezondheid &amp; Welzijn" in text
    assert "<mark>ouderen</mark>" in text


def test_words_with_the_same_stem_are_shown_too(leiden_client: FlaskClient) -> None:
    """A text that has another form of the word shows it as well: nobody has to guess why it was found."""
    text = leiden_client.get("/zoeken?q=ouderen", headers=BROWSER).text
    assert "van betrokkenheid van <mark>ouders</mark>, gezondheid en welzijn" in text


@pytest.mark.parametrize(
    "asked",
    ["", "   ", '"', '") OR *', "NEAR(a b)", "name:", "a*b", "\\", "-", "^a", "AND", "x" * 300, "\x00", "’", "💧"],
)
def test_whatever_is_asked_is_words(leiden_client: FlaskClient, asked: str) -> None:
    """Nothing that is typed is a command of the index."""
    assert 200 == leiden_client.get("/zoeken", query_string={"q": asked}, headers=BROWSER).status_code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("museum", "musea"),
        ("huis", "huizen"),
        ("brief", "brieven"),
        ("les", "lessen"),
        ("universiteit", "universiteiten"),
        ("provincie", "provincies"),
        ("partner", "partners"),
    ],
)
def test_singular_and_plural_share_a_stem(one: str, other: str) -> None:
    """Who asks for one finds the other."""
    assert stem(one) == stem(other)


def test_a_name_is_the_same_however_it_is_written() -> None:
    """Hyphens, spaces, accents and capitals make no other name."""
    assert 1 == len({key(name) for name in ("mbo-Rijnland", "MBO Rijnland", "mborijnland", "mbó–rijnland")})


def test_name_with_a_slash_is_one_name(tmp_path: Path) -> None:
    """Of an address in a register its last part is known to people; of a name or heading with a slash it is not."""
    ror = "https://ror.org/027bh9e22"
    register = REGISTER.replace("evidence", "ror,evidence").replace(",ZU,,", f",ZU,Zand/Universiteit,{ror},op naam")
    themes = THEMES.replace("2,Zand,", "2,Zand|Zand/Strand,")
    city = write(tmp_path / "city", {"register.csv": register, "themes.csv": themes})
    site = built_site(city, tmp_path / "releases")
    aliases = {entry.iri.rsplit("/", 1)[1]: set(entry.aliases) for entry in entries(site)}
    assert {"ZU", "Zand/Universiteit", ror, "027bh9e22"} == aliases["zu"]
    assert {"2", "Zand/Strand"} == aliases["zand"]


def test_an_index_is_searched_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that takes too long gives what was exact, and says that not all was looked through."""
    entries = [Entry(f"i{number}", 1, [f"naam {number}"], text="water " * 20) for number in range(3000)]
    index = made(entries)
    assert index.find("water").is_whole
    monkeypatch.setattr("kennis_ld.web.search.index.MOST_SECONDS", -1.0)
    monkeypatch.setattr("kennis_ld.web.search.index._STEPS", 1)
    found = index.find("naam 7")
    assert (["i7"], False) == ([hit.iri for hit in found.hits], found.is_whole)


def test_a_search_that_was_stopped_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thing that is called so is found, however many there are of it, also behind a search that took too long."""
    index = made([Entry(f"i{number}", 1, ["naam"]) for number in range(3000)])
    monkeypatch.setattr("kennis_ld.web.search.index.MOST_SECONDS", -1.0)
    monkeypatch.setattr("kennis_ld.web.search.index._STEPS", 1)
    for _ in range(2):
        assert (MOST_FOUND, False) == (len(index.find("naam").hits), index.find("naam").is_whole)


def test_a_name_is_found_behind_any_number_of_texts() -> None:
    """A word that stands in every text is looked for in names first, however late they come."""
    many = [Entry(f"p{number}", 1, [f"naam {number}"], text="water in de wijk") for number in range(3 * MOST_SEEN)]
    index = made([*many, Entry("w", 1, ["Het waterbedrijf"]), Entry("o", 1, ["Oud water"])])
    found = index.find("water")
    assert ["o", "w", "p0", "p1"] == [hit.iri for hit in found.hits[:4]]
    assert (MOST_FOUND, False) == (len(found.hits), found.is_all)
    assert {"o", "w"} == set(index.beginning_with("wate"))


def test_more_results_than_are_shown_are_said(leiden_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more has the words than the page shows, it says so."""
    more = "Er is meer. Voeg een woord toe."
    assert more not in leiden_client.get("/zoeken?q=leiden", headers=BROWSER).text
    monkeypatch.setattr("kennis_ld.web.search.index.MOST_FOUND", 3)
    assert more in leiden_client.get("/zoeken?q=onderzoek", headers=BROWSER).text


def test_the_beginning_of_many_words_means_the_most_frequent() -> None:
    """Of a hundred words that begin alike, those that most things have are looked for."""
    rare = [Entry(f"r{number:03}", 1, [f"haven{number:03}"]) for number in range(100)]
    often = [Entry(f"h{number}", 1, ["De havenstad"], text=f"nummer {number}") for number in range(3)]
    assert {"h0", "h1", "h2"} <= {hit.iri for hit in made([*rare, *often]).find("haven").hits}


SUGGESTED = {
    "univ": "organisatie/ul",
    "ul": "organisatie/ul",
    "1a": "project/leiden-healthy-society-center",
    "gezondh": "thema/gezondheid-welzijn",
    "hogeschool l": "organisatie/hsl",
    "mbo-r": "organisatie/mbor",
}


def test_suggestions_begin_as_typed(leiden_client: FlaskClient) -> None:
    """Half a word is enough: what is meant stands first, with its kind and the address to go to."""
    found = {
        asked: leiden_client.get("/zoeken/suggesties", query_string={"q": asked}).get_json() for asked in SUGGESTED
    }
    assert SUGGESTED == {asked: each[0]["to"].removeprefix("/doc/") for asked, each in found.items()}
    assert all(len(each) <= MOST_SUGGESTED for each in found.values())
    first = leiden_client.get("/en/zoeken/suggesties?q=univ").get_json()[0]
    assert {
        "name": "Leiden University",
        "language": "",
        "kind": "university",
        "to": "/doc/organisatie/ul.en.html",
    } == first


def test_nothing_typed_suggests_nothing(leiden_client: FlaskClient) -> None:
    """Blanks and signs are no beginning, and a word of a text that is no name suggests nothing."""
    for asked in ("", "  ", '")  *', "stamcellen", "x" * 300):
        assert [] == leiden_client.get("/zoeken/suggesties", query_string={"q": asked}).get_json()


def test_scripts_are_small() -> None:
    """Those of suggestions and of copying are at most 3 kB on the wire together."""
    scripts = [ROOT / "kennis_ld" / "web" / "static" / name for name in ("search.js", "copy.js")]
    assert 3_000 >= sum(len(gzip.compress(script.read_bytes())) for script in scripts)


@given(texts=st.lists(st.text("ab eé-.1", max_size=12), max_size=6), part=st.text("ab eé-.1", min_size=1, max_size=4))
def test_no_thing_that_holds_a_text_is_left_out(texts: list[str], part: str) -> None:
    """What holds it in a name, an alias or a description is among those that may, whatever stands around it."""
    kinds = [Entry("n", 1, ["x"]), Entry("a", 1, ["x"]), Entry("t", 1, ["x"])]
    things = [
        replace(kind, iri=f"{kind.iri}{at}", **{where: value})
        for at, text in enumerate(texts)
        for kind, where, value in zip(kinds, ("names", "aliases", "text"), ([text], [text], text), strict=True)
    ]
    held = made(things).holding(part, 20)
    holders = {f"{kind}{at}" for at, text in enumerate(texts) for kind in "nat" if part.lower() in text.lower()}
    assert held is None or (holders <= set(held[0]) and held[1])
    assert held is not None or not words(part)


def test_of_very_many_things_that_may_hold_a_text_the_first_are_given() -> None:
    """Those with it in their names and those with it in a text do not take each other's room."""
    things = [Entry(f"n{at}", 1, [f"water {at}"]) for at in range(300)] + [Entry("t", 1, ["x"], text="regenwater")]
    found, is_all = made(things).holding("water", 75) or ([], True)
    assert not is_all
    assert [*(f"n{at}" for at in range(75)), "t"] == found


def test_a_project_that_left_the_agenda_is_found(second_site: Site) -> None:
    """It has a page for ever; the answer says what became of it."""
    page = read(create_app(second_site).test_client().get("/zoeken?q=samen+eten", headers=BROWSER).text)
    assert "Samen eten, samen weten Niet meer op de agenda" in page.text
    assert "/doc/project/samen-eten" in page.links_above_the_foot()


def test_a_release_has_one_index(second_site: Site) -> None:
    """It is the same bytes in every process, whatever the order in which the release was loaded."""
    release = second_site.release
    files = store_files(release.folder, manifest.read(release.folder))
    again = site_of(release, StoreEngine(load_store(reversed(files)), budget=TRUSTED))
    assert index(second_site).database == index(again).database


def test_what_was_not_looked_through_is_not_called_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where time runs out among the words, nobody knows whether something holds the text."""
    index = made([Entry("a", 1, ["x"], text=" ".join(f"woord{at}" for at in range(3_000)))])
    assert ([], True) == index.holding("vuur", 75)
    monkeypatch.setattr("kennis_ld.web.search.index.MOST_SECONDS", -1.0)
    assert ([], False) == index.holding("vuur", 75)


def test_an_index_that_is_gone_has_closed_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that takes up release after release keeps no database open, and Python 3.13 has nothing to warn of."""
    opened, connect = [], sqlite3.connect

    def recorded(*given: Any, **named: Any) -> sqlite3.Connection:
        opened.append(connect(*given, **named))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", recorded)
    assert made([Entry("a", 1, ["Water"])]).find("water").hits
    gc.collect()
    assert len(opened) == 2
    for each in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            each.execute("SELECT 1")


def test_what_stands_in_no_word_is_held_by_nothing() -> None:
    """That is a whole answer; a text without words is looked for in everything."""
    index = made([Entry("a", 1, ["Water"])])
    assert ([], True) == index.holding("vuur", 75)
    assert index.holding(" / ", 75) is None
