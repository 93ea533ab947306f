"""The guard: no text gets through that calls a server, and no ordinary query is refused."""

from __future__ import annotations

import random
import time

import pyoxigraph as ox
import pytest

from kennis_ld.engine.guard import calls_a_server
from tests.engine.sparql_texts import has_keyword, is_query, text

CALLS = (
    "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://a/> { ?s ?p ?o } }",
    "SELECT * { service<http://a/>{} }",
    "SELECT * { SERVICESILENT<http://a/>{} }",
    "SELECT * { #\rSERVICE#\r<http://a/>#{\r{} }",
    "SELECT * { ?s ?p ?o.SERVICE<http://a/>{} }",
    "SELECT * { ?s ?p ?o FILTER(?o<?b)SERVICE<http://a/>{} }",
    "PREFIX : <http://a/> SELECT * { SERVICE:x{} }",
    "SELECT * { \\u0053ERVICE <http://a/> {} }",
    "SELECT * { SERVI\\U00000043E <http://a/> {} }",
    "PREFIX e: <http://a/> SELECT * { ?s e:a\\# ?o SERVICE <http://a/> {} }",
    "PREFIX e: <http://a/> SELECT * { ?s e:a\\' ?o SERVICE <http://a/> {} OPTIONAL { ?s e:b\\' ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?o<'x>')SERVICE <http://a/> {} OPTIONAL { ?s ?p 'y' } }",
    "SELECT * { ?s ?p 1SERVICE <http://a/> {} }",
    "SELECT * { ?s ?p trueSERVICE <http://a/> {} }",
    """SELECT * { VALUES ?w {\"\"\"b"} SERVICE <http://a/> {} ?s ?p \"\"\"a\"\"\" }""",
    # Names and IRIs have more characters than Python counts as letters, and some that it counts as white space.
    "SELECT * { SERVICE ?a\ufeff {} }",
    "SELECT * { SERVICE ?\U0001f600 {} }",
    "PREFIX \U0001f600: <http://a/> SELECT * { SERVICE \U0001f600:x {} }",
    "PREFIX e: <http://a/> SELECT * { SERVICE e:a\u1680b {} }",
    "SELECT * { SERVICE SILENT <http://a/\u3000> {} }",
    "SELECT * { SERVICE <http://a/\x85> {} }",
    # What makes one reading of the escapes lose its way is not what makes the other lose it.
    'SELECT * { ?s <http://a/\\u0041\'> "\\u0022" . SERVICE <http://a/> {} ?s ?p \'z\' . ?s ?p "y" }',
    'SELECT * { ?s <http://a/\\U00000041\'> "\\u0022" . SERVICE <http://a/> {} ?s ?p \'z\' . ?s ?p "y" }',
)
ORDINARY = (
    "SELECT * { ?s ?p 'SERVICE <a:b> {' }",
    'SELECT * { ?s ?p """a SERVICE <a:b> { b""" }',
    "SELECT * { ?s ?p <http://example.org/SERVICE#x> }",
    "SELECT * { ?s ?p ?o # SERVICE <a:b> {\n }",
    "SELECT ?service ?o { ?service ?p ?o }",
    "PREFIX schema: <https://schema.org/> SELECT * { ?s schema:service ?o { ?o ?p ?x } }",
    "PREFIX service: <https://example.org/> SELECT * { service:a service:b service:c . { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, 'it''s')) }",
    "SELECT * { ?s <http://example.org/it's> 'a service' }",
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 3) ?s ?p 'at your service {' }",
)


@pytest.mark.parametrize("query", CALLS)
def test_a_call_is_refused_however_it_is_written(query: str) -> None:
    """Capitals, comments, escapes, missing spaces and misleading signs do not hide a SERVICE clause (case 36)."""
    assert calls_a_server(query)


@pytest.mark.parametrize("query", ORDINARY)
def test_the_word_alone_is_no_call(query: str) -> None:
    """In a string, an IRI, a comment, a variable or a name the word means nothing (case 37)."""
    assert not calls_a_server(query)


@pytest.mark.parametrize(
    "piece",
    [
        "SERVICE",
        "SERVICE\\a",
        "SERVICESILENT",
        "SERVICE ",
        "SERVICE<",
        "'SERVICE",
        "<'a'>",
        '"""a',
        "\\u0053ERVICE",
        "<a",
    ],
)
def test_no_text_keeps_the_guard_busy(piece: str) -> None:
    """A text of 64 KiB is read in well under a second: the guard runs in the process that answers people.

    To read each name again from every place in it took eleven seconds; now the worst takes a twentieth of one.
    """
    query = piece * (64 * 1024 // len(piece))
    start = time.process_time()
    assert not calls_a_server(query)
    assert time.process_time() - start < 1


def test_no_text_gets_through_that_the_engine_reads_as_a_call() -> None:
    """Of thousands of almost-queries, the guard refuses every one in which the engine's own parser sees the keyword."""
    store, chance = ox.Store(), random.Random(20261101)
    texts = [text(chance) for _ in range(4000)]
    calls = [each for each in texts if has_keyword(store, each)]
    assert len(calls) > 800
    assert [each for each in calls if not calls_a_server(each)] == []
    assert sum(is_query(store, each) and not calls_a_server(each) for each in texts) > 400
