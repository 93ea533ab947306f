"""Every query that the site itself asks says of itself what is so, and gives its rows in one order only."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib.plugins.sparql.algebra import CompValue, translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kennis_ld.graph.statements import PREFIXES
from tests.conftest import ROOT

WEB = ROOT / "kennis_ld" / "web"
QUERIES = sorted((WEB / "queries").glob("*.rq"))
CODE = "".join(path.read_text(encoding="utf-8") for path in WEB.rglob("*.py"))
OF_SERVICES = {
    "format": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
}
"""Prefixes of what is said of the service, which is no part of the published data."""

each = pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _header(path: Path) -> tuple[str, str]:
    """The two lines above a query: what it asks, and what goes in and comes out."""
    asks, gives = _text(path).splitlines()[:2]
    return asks, gives


def _said(path: Path, name: str) -> list[str]:
    """The variables that the header names as the parameters or the result."""
    found = re.search(rf"{name}: (?:no row, or one[\w ]*: )?((?:\?\w+[ ]?)*)", _header(path)[1])
    return re.findall(r"\?(\w+)", found[1]) if found else []


@cache
def _algebra(path: Path) -> CompValue:
    return translateQuery(parseQuery(_text(path)), base="https://data.duinstad.example/").algebra


def test_the_files_are_found() -> None:
    """The tests below look at all of them."""
    assert len(QUERIES) > 25


@each
def test_a_file_says_what_it_asks(path: Path) -> None:
    """In Dutch and in English, and in the next line what it gives."""
    asks, gives = _header(path)
    assert re.fullmatch(r"# [A-Z].+[.?)]  \|  [A-Z].+[.?)]", asks)
    assert re.match(r"# (parameter: \?\w+ \(IRI\)   )?result: ", gives)


@each
def test_the_result_is_what_the_header_says(path: Path) -> None:
    """The variables are the projection, in that order; statements come of a CONSTRUCT."""
    algebra = _algebra(path)
    if algebra.name == "SelectQuery":
        assert _said(path, "result") == [str(variable) for variable in algebra.PV]
    else:
        assert ("ConstructQuery", True) == (algebra.name, "result: " in _header(path)[1])
        assert [] == _said(path, "result")


@each
def test_what_is_bound_is_a_term_of_the_query(path: Path) -> None:
    """An engine binds only variables that stand in the SELECT clause; what is bound must change the answer."""
    algebra, bound = _algebra(path), _said(path, "parameter")
    if algebra.name == "SelectQuery":
        assert set(bound) <= {str(variable) for variable in algebra.PV}
    for name in bound:
        assert f"?{name}" in _text(path).partition("WHERE")[2]


@each
def test_rows_have_an_order(path: Path) -> None:
    """ORDER BY stands outside every subquery, unless there is one row at most; statements have none."""
    found = _algebra(path).p
    while found.name in {"Project", "Slice", "Distinct", "Reduced"}:
        found = found.p
    is_one = "no row, or one: " in _header(path)[1] or re.search(r"SELECT \(COUNT\(", _text(path))
    assert is_one or "CONSTRUCT" in _text(path) or found.name == "OrderBy"


@each
def test_prefixes_mean_what_they_mean_in_the_data(path: Path) -> None:
    """None stands there for nothing; our own terms are relative, so a query fits every publication."""
    text = re.sub(r"#[ ].*", "", _text(path))
    declared = dict(re.findall(r"PREFIX (\w+): <([^>]*)>", text))
    known = {**PREFIXES, **OF_SERVICES, "ks": "def#"}
    assert {name: known.get(name) for name in declared} == declared
    body = re.sub(r"PREFIX \w+:|<[^>]*>|\"[^\"]*\"", "", text)
    assert set(declared) == set(re.findall(r"\b(\w+):\w", body))
    own = [iri for iri in re.findall(r"<([^<>\s]*)>", text) if not iri.startswith("http")]
    assert all(
        re.fullmatch(r"def#?|catalog|sparql(?:#[a-z-]+)?|\.well-known/void|id/[a-z-]+/[a-z-]+", iri) for iri in own
    )


@each
def test_somebody_asks_it(path: Path) -> None:
    """A query that no page asks is taken out."""
    assert f'"{path.stem}"' in CODE
