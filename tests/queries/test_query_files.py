"""Every file in `queries/` is SPARQL 1.1, says of itself what is so, and puts its answer in one order only."""

from __future__ import annotations

import re

import pytest
from rdflib.plugins.sparql.algebra import CompValue, translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kennis_ld.engine.saved import load_all
from kennis_ld.model.saved_query import SavedQuery
from kennis_ld.publication.bundled import bundled

QUERIES = load_all(bundled("queries"))
BASE = "https://data.duinstad.example/"

each = pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())


def _algebra(query: SavedQuery) -> CompValue:
    return translateQuery(parseQuery(query.text), base=BASE).algebra


def test_there_are_at_least_twelve_questions() -> None:
    """Issue 2, point 11; and no folder is read by mistake."""
    assert len(QUERIES) >= 12


@each
def test_the_result_is_what_the_header_says(query: SavedQuery) -> None:
    """The columns of the header are the projection, in that order; statements come of a CONSTRUCT."""
    algebra = _algebra(query)
    if query.columns:
        assert algebra.name == "SelectQuery"
        assert [str(variable) for variable in algebra.PV] == list(query.columns)
    else:
        assert algebra.name == "ConstructQuery"


@each
def test_a_parameter_is_a_column(query: SavedQuery) -> None:
    """An engine binds only variables that stand in the SELECT clause, and a reader sees what was asked."""
    if query.columns:
        assert {parameter.name for parameter in query.parameters} <= set(query.columns)
    for parameter in query.parameters:
        assert re.search(rf"\?{parameter.name}\b", query.text.partition("WHERE")[2])


@each
def test_an_answer_has_an_order(query: SavedQuery) -> None:
    """ORDER BY stands outside every subquery, so the same question gives the same rows in the same order."""
    found = _algebra(query).p
    while found.name in {"Project", "Slice", "Distinct", "Reduced"}:
        found = found.p
    assert found.name == "OrderBy"


@each
def test_names_are_in_the_order_of_people(query: SavedQuery) -> None:
    """SPARQL compares texts by code point, which puts every capital before every small letter (fault D19)."""
    order = query.text.rpartition("ORDER BY")[2]
    for name in re.findall(r"\?(?:naam|titel)\w*", order):
        assert f"LCASE({name})" in order


@each
def test_a_file_names_no_city_and_no_address_of_ours(query: SavedQuery) -> None:
    """Our own terms are relative (`<def#>`, `<id/begrip/trekker>`), so a query fits every publication."""
    own = [iri for iri in re.findall(r"<([^<>\s]*)>", query.text) if not iri.startswith(("http://", "https://"))]
    assert all(re.fullmatch(r"def#|id/(?:begrip|begrippenkader)/[a-z-]+", iri) for iri in own)
    assert "localhost" not in query.text
    assert "leiden" not in query.text.lower()


@each
def test_a_file_reads_as_a_question(query: SavedQuery) -> None:
    """Its name is Dutch in kebab case, its titles end as questions or sentences, each explanation has its twin."""
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", query.name)
    assert query.title_nl[-1] in "?."
    assert query.title_en[-1] in "?."
    assert bool(query.explanation_nl) == bool(query.explanation_en)


@each
def test_every_prefix_is_used(query: SavedQuery) -> None:
    """A prefix that nothing uses is left over from an earlier query."""
    body = re.sub(r"^PREFIX .*$|#.*$", "", query.text, flags=re.MULTILINE)
    for prefix in re.findall(r"^PREFIX (\w+):", query.text, flags=re.MULTILINE):
        assert re.search(rf"\b{prefix}:", body), prefix
