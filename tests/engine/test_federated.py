"""Federated queries: the same answers as an engine that runs SERVICE itself, within bounds, and with nobody else."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from functools import partial

import pyoxigraph as ox
import pytest

from kennis_ld.engine.federation import FederatedEngine
from kennis_ld.engine.interface import Budget, Iri
from kennis_ld.engine.services import Federation, ask_endpoint
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import (
    MalformedQuery,
    QueryNotAllowed,
    ResultTooLarge,
    ServiceFailed,
    ServiceNotPossible,
)
from tests.endpoints import SAID, Endpoint, endpoint
from tests.engine.conftest import BASE, ask
from tests.ports import free_port

XSD = "http://www.w3.org/2001/XMLSchema#"
OURS = f"""\
<{BASE}a> <{BASE}p> <{BASE}b> .
<{BASE}b> <{BASE}p> <{BASE}c> .
<{BASE}c> <{BASE}name> "zee"@nl .
<{BASE}c> <{BASE}name> "01"^^<{XSD}integer> .
"""
THEIRS = rf"""
<{BASE}b> <{BASE}name> "een \"b\" \\u0022 \\ \n }} SERVICE <http://127.0.0.1:1/> {{"@nl .
<{BASE}b> <{BASE}name> "01"^^<{XSD}integer> .
<{BASE}b> <{BASE}name> "\u0001\t\u00e9\U0001f600" .
<{BASE}c> <{BASE}name> "zee"@nl .
<{BASE}c> <{BASE}seen> "2026-11-28"^^<{XSD}date> .
<{BASE}a> <{BASE}seen> <{BASE}it's> .
"""
QUERIES = (
    "SELECT * { SERVICE <T> { ?s ?p ?o } }",
    "SELECT * { ?x <p> ?s SERVICE <T> { ?s <name> ?o } }",
    "SELECT * { SERVICE <T> { ?s <name> ?o } ?x <p> ?s . ?y <p> ?x }",
    "SELECT * { ?x <p> ?s OPTIONAL { SERVICE <T> { ?s <seen> ?o } } }",
    "SELECT * { ?x <p> ?s OPTIONAL { SERVICE <T> { ?s <name> ?o } FILTER(?x = <a> && isLiteral(?o)) } }",
    "SELECT * { { ?s <name> ?o } UNION { SERVICE <T> { ?s <name> ?o } } }",
    "SELECT * { ?s <name> ?o MINUS { SERVICE <T> { ?s <name> ?o } } }",
    "SELECT ?s (COUNT(*) AS ?n) { SERVICE <T> { ?s ?p ?o } } GROUP BY ?s",
    "SELECT * { ?s <name> ?o . { SELECT ?s (SAMPLE(?q) AS ?r) { SERVICE <T> { ?s <name> ?q } } GROUP BY ?s } }",
    "SELECT * { SERVICE <T> { ?s <name> ?o OPTIONAL { ?s <seen> ?when } } }",
    "SELECT * { BIND(<b> AS ?s) SERVICE <T> { ?s <name> ?o FILTER(LANG(?o) = 'nl') } }",
    "SELECT * { SERVICE <T> { VALUES ?s { <b> <none> } ?s <name> ?o } }",
    "SELECT * { ?x <p> ?s SERVICE <T> { <a> <seen> <it's> } }",
    "SELECT * { ?x <p> ?s SERVICE <T> { <a> <seen> <none> } }",
    "SELECT * { SERVICE <T> { ?s <name> ?o } SERVICE <T> { ?s <seen> ?when } }",
    "SELECT * { ?x <p> ?s { SERVICE <T> { ?s <name> ?o } FILTER(!BOUND(?x)) } }",
    "SELECT * { GRAPH ?g { ?x <p> ?s } SERVICE <T> { ?s <name> ?o } }",
    "SELECT * { ?x <p> ?s SERVICE SILENT <X> { ?s <name> ?o } }",
    "SELECT * { SERVICE SILENT <X> { ?s <name> ?o } }",
    "PREFIX : <http://example.org/> ASK { ?x :p ?s SERVICE <T> { ?s :name 1 } }",
    "CONSTRUCT { ?x <says> ?o } { ?x <p> ?s SERVICE <T> { ?s <name> ?o } }",
    "DESCRIBE ?x { ?x <p> ?s SERVICE <T> { ?s <name> ?o } }",
    "SELECT * { SERVICE <T> { ?s <name> ?o FILTER(?o = 'zee'@nl) } } VALUES ?s { <c> <b> }",
    "SELECT * { SERVICE <T> { {} } }",
)


@pytest.fixture(scope="module")
def theirs() -> Iterator[Endpoint]:
    with endpoint(THEIRS) as running:
        yield running


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(OURS.encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


def federated(store: ox.Store, *addresses: str, **limits: float) -> FederatedEngine:
    federation = Federation(addresses, **limits)  # type: ignore[arg-type]
    return FederatedEngine(StoreEngine(store), partial(ask_endpoint, federation), federation)


def rows(body: bytes) -> Sequence[str]:
    """What an answer says, in no order."""
    try:
        document = json.loads(body)
    except ValueError:
        return sorted(body.decode().splitlines())
    if "boolean" in document:
        return [str(document["boolean"])]
    return sorted(json.dumps(row, sort_keys=True) for row in document["results"]["bindings"])


def natively(store: ox.Store, query: str) -> Sequence[str]:
    """What the engine answers when it runs SERVICE itself."""
    found = store.query(query, base_iri=BASE)
    form = ox.RdfFormat.N_TRIPLES if isinstance(found, ox.QueryTriples) else ox.QueryResultsFormat.JSON
    return rows(found.serialize(format=form) or b"")  # type: ignore[call-overload]


@pytest.mark.parametrize("query", QUERIES)
def test_the_answer_is_that_of_an_engine_that_runs_service(theirs: Endpoint, store: ox.Store, query: str) -> None:
    """In every place of a query, and with every kind of term, the answer is what Oxigraph's own SERVICE gives."""
    closed = f"http://127.0.0.1:{free_port()}/"
    query = query.replace("<T>", f"<{theirs.url}/sparql>").replace("<X>", f"<{closed}>")
    engine = federated(store, f"{theirs.url}/sparql", closed)
    assert natively(store, query) == rows(engine.answer(ask(query)).body)


def test_random_queries_have_the_same_answer(theirs: Endpoint, store: ox.Store) -> None:
    """Groups put together at random mean the same, whoever runs SERVICE."""
    chance, target = random.Random(20261128), f"{theirs.url}/sparql"
    engine, full = federated(store, target), 0

    def group(depth: int) -> str:
        pieces = ["?s <p> ?o", "?o <name> ?n", f"SERVICE <{target}> {{ ?s <name> ?n }}", "BIND(<b> AS ?b)"]
        pieces += [f"SERVICE <{target}> {{ ?o ?q ?n OPTIONAL {{ ?o <seen> ?w }} }}", "FILTER(BOUND(?n))"]
        if depth:
            inner = group(depth - 1)
            pieces += [f"OPTIONAL {{ {inner} }}", f"{{ {inner} }} UNION {{ {group(depth - 1)} }}"]
            pieces += [f"MINUS {{ {inner} }}", f"{{ SELECT ?s ?n {{ {inner} }} }}", f"{{ {inner} }}"]
        return " ".join(f"{each} ." if each[0] == "?" else each for each in chance.choices(pieces, k=3))

    for _ in range(150):
        query = f"SELECT * {{ {group(2)} }}"
        if query.count("SERVICE") > 8 or query.count("AS ?b") > 1:
            continue
        expected = natively(store, query)
        full += bool(expected)
        assert expected == rows(engine.answer(ask(query, graph=None)).body), query
    assert full > 30


def test_the_data_set_of_a_request_is_ours_alone(theirs: Endpoint, store: ox.Store) -> None:
    """Graphs that a request names say nothing of what an endpoint holds."""
    question = ask(
        f"SELECT * {{ OPTIONAL {{ ?x <p> ?s }} SERVICE <{theirs.url}/sparql> {{ <c> <seen> ?o }} }}",
        default_graphs=(f"{BASE}none",),
    )
    expected = {"o": {"type": "literal", "value": "2026-11-28", "datatype": f"{XSD}date"}}
    assert [json.dumps(expected, sort_keys=True)] == rows(
        federated(store, f"{theirs.url}/sparql").answer(question).body
    )


def test_an_endpoint_is_asked_what_stands_there_and_who_asks(theirs: Endpoint, store: ox.Store) -> None:
    """It gets the prologue and the group, with a base; nothing of the rest, and our name."""
    theirs.asked.clear()
    theirs.agents.clear()
    query = f"PREFIX x: <http://x/> SELECT * {{ ?x x:secret 'key' SERVICE <{theirs.url}/sparql> {{ ?s <name> ?o }} }}"
    federated(store, f"{theirs.url}/sparql").answer(ask(query))
    assert [f"BASE <{BASE}> PREFIX x: <http://x/> SELECT * WHERE {{ ?s <name> ?o }}"] == theirs.asked
    assert {"kennis-ld"} == theirs.agents


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <T> { ?s ?p } }",
        "SELECT * { SERVICE <T> { ?s ?p ?o } ?x }",
        "SELECT * { SERVICE <T> { ?s ?p ?o } UNION { ?s ?p ?o } }",
        "SELECT * { {} UNION SERVICE <T> { ?s ?p ?o } }",
        "SELECT * { OPTIONAL SERVICE <T> { ?s ?p ?o } }",
        "SELECT * { SERVICE <T> { ?s x:p ?o } }",
        "SELECT * { SERVICE <T> { ?s ?p ?o } BIND(1 AS ?o) }",
        "SELECT ?s { SERVICE <T> { ?s ?p ?o } } GROUP BY ?p",
        "CONSTRUCT WHERE { SERVICE <T> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <T> { ?s ?p ?o } }",
        "SELECT * { SERVICE <T> { ?s ?p ?o ",
    ],
)
def test_a_query_with_a_mistake_bothers_nobody(theirs: Endpoint, store: ox.Store, query: str) -> None:
    """What is no query is refused before anybody is asked."""
    theirs.asked.clear()
    with pytest.raises(MalformedQuery):
        federated(store, f"{theirs.url}/sparql").answer(ask(query.replace("<T>", f"<{theirs.url}/sparql>")))
    assert [] == theirs.asked


@pytest.mark.parametrize(
    "text",
    [
        "SERVICE t:{ ?s ?p ! }",
        "SERVICE t:{ ?s ?p ?o\n ! } ?x ?y ?z",
        "SERVICE t:{\n}\n ?x ?y !",
        "SERVICE SILENT # {\n t:{\r\n?s ?p ?o ) ",
        "SERVICE t:{ ?s u:p ?o } ?x ?y ?z",
    ],
)
def test_the_place_of_a_mistake_is_that_in_the_whole_query(theirs: Endpoint, store: ox.Store, text: str) -> None:
    """Line and column are those of the text as it was written, within SERVICE and behind it."""
    target = f"{theirs.url}/sparql"
    query = ask(f"PREFIX t: <{target}> SELECT * {{\n {text} }}")
    with pytest.raises(MalformedQuery) as expected:
        StoreEngine(store, guarded=False).answer(query)
    with pytest.raises(MalformedQuery) as wrong:
        federated(store, target).answer(query)
    assert (expected.value.line, expected.value.column) == (wrong.value.line, wrong.value.column)
    assert expected.value.line is not None


@pytest.mark.parametrize("answer", ["404", "500", "401", "html", "elsewhere", *sorted(SAID), "closed"])
def test_whoever_does_not_answer_is_told_of(theirs: Endpoint, store: ox.Store, answer: str) -> None:
    """A status, a page, a redirect, half a document or a wrong term is an error; with SILENT one empty solution.

    What cannot be written in a query is an error in both: it is an answer, and SILENT is for none.
    """
    address = f"http://127.0.0.1:{free_port()}/" if answer == "closed" else f"{theirs.url}/{answer}"
    engine, cannot = federated(store, address), answer in {"blank", "triple", "direction"}
    theirs.asked.clear()
    with pytest.raises(ServiceNotPossible if cannot else ServiceFailed) as wrong:
        engine.answer(ask(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
    assert theirs.url not in str(wrong.value)
    # A redirect is not followed.
    assert len(theirs.asked) == (answer != "closed")
    silent = ask(f"SELECT * {{ ?x <p> <c> SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}")
    if cannot:
        with pytest.raises(ServiceNotPossible):
            engine.answer(silent)
    else:
        document = json.loads(engine.answer(silent).body)
        assert (["o", "p", "s", "x"], ["x"]) == (
            sorted(document["head"]["vars"]),
            list(document["results"]["bindings"][0]),
        )


@pytest.mark.parametrize("answer", ["slow", "drip"])
def test_time_has_a_bound(theirs: Endpoint, store: ox.Store, answer: str) -> None:
    """An endpoint that says nothing, or a byte now and then for ever, is left after the time that all of them have."""
    engine, start = federated(store, f"{theirs.url}/{answer}", seconds=0.3), time.monotonic()
    clause = f"SERVICE SILENT <{theirs.url}/{answer}> {{ ?s ?p ?o }}"
    with pytest.raises(ServiceFailed):
        engine.answer(ask(f"SELECT * {{ {clause} {clause.replace('SILENT', '')} }}"))
    assert 0.3 <= time.monotonic() - start < 3


@pytest.mark.parametrize(("limit", "unit"), [({"rows": 3}, "service rows"), ({"body_bytes": 300}, "service bytes")])
def test_rows_and_bytes_have_a_bound(theirs: Endpoint, store: ox.Store, limit: dict[str, int], unit: str) -> None:
    """More than an endpoint may answer is an error with the bound, with SILENT too: nothing is left out silently."""
    engine = federated(store, f"{theirs.url}/sparql", **limit)
    for silent in ("", "SILENT"):
        with pytest.raises(ResultTooLarge) as wrong:
            engine.answer(ask(f"SELECT * {{ SERVICE {silent} <{theirs.url}/sparql> {{ ?s ?p ?o }} }}"))
        assert (unit, *limit.values()) == (wrong.value.unit, wrong.value.limit)


def test_a_large_answer_is_joined(store: ox.Store) -> None:
    """Thousands of rows come in, far more text than a visitor's query may have."""
    lines = "".join(f'<{BASE}n{number}> <{BASE}name> "{"naam " * 20}{number}" .\n' for number in range(5000))
    with endpoint(lines) as large:
        engine = federated(store, f"{large.url}/sparql")
        answer = engine.answer(
            ask(f"SELECT (COUNT(DISTINCT ?o) AS ?n) {{ SERVICE <{large.url}/sparql> {{ ?s ?p ?o }} }}")
        )
    assert b'"5000"' in answer.body


def test_the_text_of_a_visitor_keeps_its_bound(theirs: Endpoint, store: ox.Store) -> None:
    """What a visitor writes may be as long as any query, and no longer."""
    target = f"{theirs.url}/sparql"
    federation = Federation((target,))
    engine = FederatedEngine(
        StoreEngine(store, budget=Budget(query_bytes=200)), partial(ask_endpoint, federation), federation
    )
    query = f"SELECT * {{ SERVICE <{target}> {{ ?s ?p ?o }} }}"
    assert engine.answer(ask(query)).body
    with pytest.raises(ResultTooLarge, match="query bytes"):
        engine.answer(ask(f"{query} # {'x' * 200}"))


def test_only_who_is_named_is_asked(theirs: Endpoint, store: ox.Store) -> None:
    """An endpoint that is not named, and every SERVICE where none is, is refused without a connection."""
    with endpoint("") as other:
        query = f"SELECT * {{ SERVICE SILENT <{other.url}/sparql> {{ ?s ?p ?o }} }}"
        with pytest.raises(QueryNotAllowed) as refused:
            federated(store, f"{theirs.url}/sparql").answer(ask(query))
        assert "service-not-named" == refused.value.reason
        with pytest.raises(QueryNotAllowed) as refused:
            federated(store).answer(ask(query))
        assert "federation-disabled" == refused.value.reason
        with pytest.raises(QueryNotAllowed):
            federated(store, f"{other.url}/sparql").answer(ask(query, bindings={"s": Iri(f"{BASE}a")}))
        assert 0 == other.connections


def test_no_word_of_an_endpoint_becomes_a_part_of_the_query(theirs: Endpoint, store: ox.Store) -> None:
    """What an endpoint says is a term in the query, whatever stands in it."""
    text = "\" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } VALUES ?z { \"\\\\u0022 '''\n"
    with endpoint(f"<{BASE}a> <{BASE}b> {ox.Literal(text)} .") as hostile:
        answer = federated(store, f"{hostile.url}/sparql").answer(
            ask(f"SELECT ?o {{ SERVICE <{hostile.url}/sparql> {{ ?s ?p ?o }} }}")
        )
    assert text == json.loads(answer.body)["results"]["bindings"][0]["o"]["value"]


def test_an_address_may_have_letters_of_any_kind(theirs: Endpoint, store: ox.Store) -> None:
    """An IRI beyond ASCII is asked as a request can say it."""
    address = f"{theirs.url}/sparql/?agenda=kennis%20in-é&x=1"
    answer = federated(store, address).answer(ask(f"ASK {{ SERVICE <{address}> {{ <a> <seen> ?o }} }}"))
    assert b"true" in answer.body
    assert theirs.paths[-1] == "/sparql/?agenda=kennis%20in-%C3%A9&x=1"


def test_a_listener_that_never_speaks_is_left(store: ox.Store) -> None:
    """A port that takes a connection and says nothing costs the time of the bound."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address, start = f"http://127.0.0.1:{silent.getsockname()[1]}/", time.monotonic()
        with pytest.raises(ServiceFailed):
            federated(store, address, seconds=0.2).answer(ask(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
        assert time.monotonic() - start < 3


def test_many_ask_at_the_same_time(theirs: Endpoint, store: ox.Store) -> None:
    """Threads do not meet each other's answers."""
    engine, seen = federated(store, f"{theirs.url}/sparql"), dict[str, Sequence[str]]()

    def answer(name: str) -> None:
        query = f"SELECT * {{ SERVICE <{theirs.url}/sparql> {{ VALUES ?s {{ <{name}> }} ?s <name> ?o }} }}"
        seen[name] = rows(engine.answer(ask(query)).body)

    threads = [threading.Thread(target=answer, args=(name,)) for name in ("a", "b", "c")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {"a": 0, "b": 3, "c": 1} == {name: len(found) for name, found in seen.items()}
    assert all(f'"{BASE}{name}"' in row for name, found in seen.items() for row in found)
