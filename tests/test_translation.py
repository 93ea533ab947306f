"""Errors in Dutch: every text that stops a command is in `errors_nl.toml`, and says the same with the same values."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennis_ld.engine.saved import bindings
from kennis_ld.errors import MalformedQuery, QueryError, UnreadableInput
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import Parameter, SavedQuery
from kennis_ld.translation import in_dutch, known, said

PACKAGE = Path(__file__).resolve().parents[1] / "kennis_ld"
TEXTS = tomllib.loads((PACKAGE / "errors_nl.toml").read_text(encoding="utf-8"))
ERRORS = {
    "UnreadableInput", "WrongSetting", "Refused", "DamagedRelease", "KennisError", "QueryError", "MalformedQuery",
    "QueryNotAllowed", "EngineUnavailable", "BudgetExceeded", "ResultTooLarge", "ServiceFailed", "NoSuitableFormat",
}  # fmt: skip
BOTH = {"publication/scaffold.py"}
"""Files whose errors are in both languages, for nobody has chosen one yet."""


def template(node: ast.expr) -> str | None:
    """The text of a literal, with `{0}`, `{1}` for what is filled in; None for what is put together elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        count = iter(range(10))
        parts = (str(part.value) if isinstance(part, ast.Constant) else f"{{{next(count)}}}" for part in node.values)
        return "".join(parts)
    return None


def is_error(called: ast.expr) -> bool:
    """Whether an error of ours is made."""
    return isinstance(called, ast.Name) and called.id in ERRORS


def is_super(node: ast.Call) -> bool:
    """Whether a class of errors says what all of its kind say."""
    return isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"


def texts_in_the_code() -> Iterator[tuple[str, str]]:
    """Module and text of what is wrong and what to do, wherever an error of ours is made with literals."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and (is_error(node.func) or (module == "errors.py" and is_super(node)))):
                continue
            given = [*node.args, *(word.value for word in node.keywords if word.arg == "remedy")]
            for text in map(template, given):
                if text and len(re.sub(r"\{\d\}|\W", "", text)) > 4 and module not in BOTH:
                    yield module, text


def test_every_error_can_be_said_in_dutch() -> None:
    """An error of the program that is not in the file would reach an officer in English."""
    texts = set(texts_in_the_code())
    assert len(texts) > 100
    assert [] == sorted(each for each in texts if not known(each[1]))


@pytest.mark.parametrize("english", TEXTS)
def test_dutch_says_the_same(english: str) -> None:
    """The Dutch text fills in what the English one fills in, and differs from it."""
    assert set(re.findall(r"\{\d\}", english)) >= set(re.findall(r"\{\d\}", TEXTS[english]))
    assert TEXTS[english]
    assert in_dutch(english) != ""


def test_what_is_filled_in_is_translated_too() -> None:
    """An error is said in Dutch from its first word to its last, and its place stays as it is."""
    error = UnreadableInput(
        "Setting editions.issued: '2030-02-30' is no day of the calendar.",
        where="publication.toml:17",
        remedy="Look it up.",
    )
    expected = "publication.toml:17: Instelling editions.issued: '2030-02-30' is geen dag die bestaat. Zoek de dag op."
    assert expected == said(error, "nl")
    assert str(error) == said(error, "en")


def test_a_query_that_is_not_answered_is_said_in_dutch_too() -> None:
    """Where the fault is in the query, what is wrong and what to do."""
    error = MalformedQuery("The prefix ex: is not declared.", line=2, column=5, prefix="ex")
    expected = "regel 2, teken 5: De prefix ex: is niet verklaard. Zet boven de vraag een regel: PREFIX ex: <…>"
    assert expected == said(error, "nl")
    wanted = "Geef een heel adres, of een soort en een verwijzing: t=soort/verwijzing."
    query = SavedQuery("q", title_nl="", title_en="", text="", parameters=(Parameter("t", "IRI"),))
    with pytest.raises(QueryError) as refused:
        bindings(query, {}, Iris("http://x"))
    assert f"vraag q: Parameter 't' heeft geen waarde. {wanted}" == said(refused.value, "nl")


def test_unknown_text_stays_english() -> None:
    """Nothing is lost where a translation is missing."""
    assert "Something new." == in_dutch("Something new.")
