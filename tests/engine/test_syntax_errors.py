"""Where a text stops being a query, in our own words."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kennis_ld.engine.interface import Question
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import MalformedQuery


def complaint(text: str) -> MalformedQuery:
    """What is said of a text that is no query."""
    with pytest.raises(MalformedQuery) as caught:
        StoreEngine(ox.Store()).answer(Question(text, "http://example.org/"))
    return caught.value


@pytest.mark.parametrize(
    ("text", "prefix", "line", "column"),
    [
        ("SELECT * { ?s a schema:Project }", "schema", 1, 17),
        ("PREFIX a: <x:>\nSELECT * {\n ?s b:x a:y }", "b", 3, 5),
        ("SELECT * { ?s a :Project }", "", 1, 17),
        ("SELECT (x:f(1) AS ?x) {}", "x", 1, 9),
        ("PREFIX a: <x:> SELECT * { ?s a:b 'c:d' ; e:f ?o # g:h\n }", "e", 1, 42),
        ("SELECT * { _:a a x:Project }", "x", 1, 18),
        ("SELECT * { ?s b:x ?o  ", "b", 1, 15),
    ],
)
def test_undeclared_prefix(text: str, prefix: str, line: int, column: int) -> None:
    """A prefix that nothing declares is named, with the place where it is used first (fault D7)."""
    error = complaint(text)
    assert (prefix, line, column) == (error.prefix, error.line, error.column)
    assert f"PREFIX {prefix}: <" in error.remedy


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELEC * { ?s b:x ?o }", 1, 1),
        ("SELECT * { FOO", 1, 12),
        ("PREFIX b: <x:> SELECT *\n{ ?s b:x }", 2, 3),
        ("SELECT * { ?s ?p 'x:y' FOO }", 1, 24),
    ],
)
def test_another_mistake(text: str, line: int, column: int) -> None:
    """What stands before a prefix, or in a text, is another mistake, told by its place."""
    error = complaint(text)
    assert (None, line, column) == (error.prefix, error.line, error.column)
