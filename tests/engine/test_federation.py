"""SERVICE clauses are found as the engine's own parser reads them, and what cannot be asked by itself is refused."""

from __future__ import annotations

import random
import time

import pyoxigraph as ox
import pytest

from kennis_ld.engine.federation import MOST_CLAUSES, alone, clauses, sub_query, without
from kennis_ld.errors import MalformedQuery, QueryError, QueryNotAllowed, ServiceNotPossible
from tests.engine.sparql_texts import TARGET, is_query, text

BASE = "http://example.org/"
A, B = "http://a.example/sparql", "http://b.example/sparql"
NAMED = (A, B)

REFUSED = {
    "SELECT * { SERVICE ?where { ?s ?p ?o } }": "variable",
    f"SELECT * {{ VALUES ?where {{ <{A}> }} SERVICE SILENT $where {{ ?s ?p ?o }} }}": "variable",
    f"SELECT * {{ SERVICE <{A}> {{ SERVICE <{B}> {{ ?s ?p ?o }} }} }}": "nested",
    f"SELECT * {{ SERVICE <{A}> {{ OPTIONAL {{ {{ SERVICE SILENT <{A}> {{}} }} }} }} }}": "nested",
    f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{A}> {{ ?s ?p ?o }} }} }}": "each",
    f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ {{ SERVICE <{A}> {{ ?s ?p ?o }} }} }} }}": "each",
    f"SELECT * {{ ?s ?p ?o FILTER(1=1||NOTEXISTS{{ SERVICE <{A}> {{ ?s ?p ?o }} }}) }}": "each",
    f"SELECT (EXISTS {{ SERVICE <{A}> {{ ?s ?p ?o }} }} AS ?x) {{ }}": "each",
    f"SELECT * {{ ?s ?p ?o LATERAL {{ SERVICE <{A}> {{ ?s ?p ?o }} }} }}": "each",
    f"SELECT * {{ {f'SERVICE <{A}> {{}} ' * (MOST_CLAUSES + 1)} }}": "many",
    # Another reader sees the keyword elsewhere, or sees a string that hides it.
    f"SELECT * {{ ?s ?p 1SERVICE <{A}> {{}} }}": "unclear",
    f"SELECT * {{ ?s ?p ?o.SERVICE <{A}> {{}} }}": "unclear",
    f"PREFIX a: <http://a/> SELECT * {{ ?s a:b.SERVICE <{A}> {{}} }}": "unclear",
    f"SELECT * {{ \\u0053ERVICE <{A}> {{}} }}": "unclear",
    f"SELECT * {{ SERVICESILENT<{A}>{{}} SERVICE <{A}> {{}} }}": "unclear",
    f"SELECT * {{ ?s ?p ?o FILTER(?o<'x>') SERVICE <{A}> {{}} ?s ?p 'y' }}": "unclear",
    f"SELECT * {{ ?s ?p ?o FILTER(?o<x#y>1\n) SERVICE <{A}> {{}} }}": "unclear",
}
FOUND = {
    f"SELECT * {{ SERVICE <{A}> {{ ?s ?p ?o }} }}": "SELECT * WHERE { ?s ?p ?o }",
    f"SELECT * {{ ?a ?b ?c service#\n<{A}>#\n{{ ?s ?p '}}' }} }}": "SELECT * WHERE { ?s ?p '}' }",
    f"PREFIX a: <{A}> ASK {{ OPTIONAL {{ SERVICE SILENT a: {{ ?s a:x <#y> }} }} }}": (
        f"PREFIX a: <{A}> SELECT * WHERE {{ ?s a:x <#y> }}"
    ),
    "BASE <http://a.example/> PREFIX : <s> SELECT * { {SERVICE :parql{{?s ?p ?o}UNION{}}} MINUS { ?s ?p ?o } }": (
        "BASE <http://a.example/> PREFIX : <s> SELECT * WHERE {{?s ?p ?o}UNION{}}"
    ),
    f"SELECT * {{ ?s ?p ?o FILTER(?o<?s&&?o>1) SERVICE <{A}> {{ ?s <http://x/it's#a> ?o }} }}": (
        "SELECT * WHERE { ?s <http://x/it's#a> ?o }"
    ),
    f"SELECT * {{ {{ SELECT ?s {{SERVICE <{A}> {{ ?s a <def#Project> FILTER EXISTS {{ ?s ?p 'SERVICE' }} }}}} }} }}": (
        "SELECT * WHERE { ?s a <def#Project> FILTER EXISTS { ?s ?p 'SERVICE' } }"
    ),
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_asked_by_itself_is_refused(query: str) -> None:
    """A variable, a clause in another, one that is looked at for each row, and text with two readings are refused."""
    with pytest.raises(ServiceNotPossible) as refused:
        clauses(query, BASE, NAMED)
    assert REFUSED[query] == refused.value.reason


@pytest.mark.parametrize(
    "target", ["http://c.example/sparql", f"{A}/", "HTTP://a.example/sparql", f"{A}?x=1", "http://a.example:80/sparql"]
)
def test_an_endpoint_that_is_not_named_is_refused(target: str) -> None:
    """Only an address that is named letter for letter may be asked, also beside one that is."""
    with pytest.raises(QueryNotAllowed) as refused:
        clauses(f"SELECT * {{ SERVICE <{A}> {{}} SERVICE SILENT <{target}> {{ ?s ?p ?o }} }}", BASE, NAMED)
    assert "service-not-named" == refused.value.reason


@pytest.mark.parametrize("query", FOUND)
def test_a_clause_is_asked_as_it_stands(query: str) -> None:
    """What is asked is the prologue and the group of the clause, letter for letter; the query is left without it."""
    (clause,) = clauses(query, BASE, NAMED)
    store = ox.Store()
    assert A == clause.endpoint
    assert FOUND[query] == sub_query(query, clause)
    assert len(query) == len(without(query, [clause]))
    assert is_query(store, f"BASE <{BASE}> {without(query, [clause])}")
    assert is_query(store, f"BASE <{BASE}> {alone(query, clause)}")
    assert clause.end == len(alone(query, clause))


@pytest.mark.parametrize("group", ["{ ?s ?p ?o", "{ ?s ?p ( ?o } )", "{ ?s ?p ?o } } }", "{ ?s ?p ')' ) }"])
def test_brackets_that_do_not_match_are_no_query(group: str) -> None:
    """Whoever forgets a brace is told so, and nobody is asked."""
    with pytest.raises(MalformedQuery):
        clauses(f"SELECT * {{ SERVICE <{A}> {group} }}", BASE, NAMED)


def test_clauses_are_those_that_the_engine_reads() -> None:
    """Of thousands of almost-queries, what is found starts and ends where the engine's own parser sees a clause."""
    chance, store, seen, refused = random.Random(20261128), ox.Store(), 0, 0
    for _ in range(6000):
        query = text(chance)
        try:
            found = clauses(query, BASE, (TARGET, f"{TARGET}x", f"{TARGET}a#b"))
        except QueryError:
            refused += 1
            continue
        left = without(query, found)
        if not found or not is_query(store, query):
            assert not found or not is_query(store, left) or not all(is_query(store, alone(query, x)) for x in found)
            continue
        seen += 1
        assert is_query(store, left), query
        for clause in found:
            misspelt = f"{query[: clause.start]}SERXICE{query[clause.start + 7 :]}"
            assert not is_query(store, misspelt), query
            assert is_query(store, alone(query, clause)), query
    assert seen > 300
    assert refused > 1000


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "(",
        "SERVICE",
        f"SERVICE <{A}> {{}}",
        f"SERVICE <{A}> {{",
        "a-",
        "EXISTS{",
        "<'a'>",
        '"""a',
        "PREFIX a: <b> ",
    ],
)
def test_no_text_keeps_this_busy(piece: str) -> None:
    """A text of 64 KiB is read in about a second at most: other visitors wait for it."""
    query = f"SELECT * {{ SERVICE <{A}> {{ ?s ?p ?o }} {piece * (64 * 1024 // len(piece))}"
    start = time.process_time()
    with pytest.raises(QueryError):
        clauses(query, BASE, NAMED)
    assert time.process_time() - start < 2
