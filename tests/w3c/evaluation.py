"""Runs the evaluation tests of the suite: on an engine, over HTTP, and on pyoxigraph with nothing of ours around it."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS, Answer, Kind, Question
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import QueryError
from tests.w3c.results import answered, expected
from tests.w3c.served import Site
from tests.w3c.suites import Case, address

_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}
_FROM = re.compile(r"^\s*FROM\b", re.MULTILINE | re.IGNORECASE)
_KINDS: Mapping[type, Kind] = {ox.QueryTriples: "graph", ox.QueryBoolean: "boolean", ox.QuerySolutions: "solutions"}
NOTHING = "urn:nothing"
"""A graph that no data set has: the default graph of a test without data."""

Asked = Callable[[Case], Answer | str]
"""Gives the answer to the query of a test, or in a word why there is none."""


def failures(cases: Iterable[Case], asked: Asked) -> dict[str, str]:
    """Returns the tests that fail and how: a word of `asked`, or `another result`."""
    found = {}
    for case in cases:
        assert case.result is not None
        answer = asked(case)
        if isinstance(answer, str):
            found[case.name] = answer
        elif answered(answer) != expected(case.result):
            found[case.name] = "another result"
    return found


def in_process(case: Case) -> Answer | str:
    """Asks an engine in this process, on the data of the test."""
    try:
        return StoreEngine(store_of(case)).answer(Question(case.text, case.base))
    except QueryError as error:
        return type(error).__name__


def bare(case: Case) -> Answer | str:
    """Asks pyoxigraph itself."""
    if "service" in case.text.lower():
        # It would call the servers of the test.
        return "not asked"
    results = store_of(case).query(case.text, base_iri=case.base)
    if isinstance(results, ox.QueryTriples):
        return Answer("graph", "nt", results.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
    return Answer(_KINDS[type(results)], "json", results.serialize(format=ox.QueryResultsFormat.JSON) or b"")


def over_http(site: Site, *, solutions: str, graph: str) -> Asked:
    """Returns what asks a running site, whose named graphs are all the data of the suite (`data_of_all`).

    Args:
        site: the site.
        solutions: key of SOLUTION_FORMATS.
        graph: key of GRAPH_FORMATS.
    """
    accept = f"{SOLUTION_FORMATS[solutions]}, {GRAPH_FORMATS[graph]}"

    def asked(case: Case) -> Answer | str:
        # The endpoint resolves relative IRIs against its own base, so the test brings its base along.
        fields = [("query", f"BASE <{case.base}>\n{case.text}")]
        if not _FROM.search(case.text):
            # A data set that the request names would go before the one that the query names.
            fields += [("default-graph-uri", address(path)) for path in case.data]
            fields += [("named-graph-uri", iri) for iri, _ in case.graphs]
            if not case.data:
                fields.append(("default-graph-uri", NOTHING))
        request = urllib.request.Request(
            site.endpoint, urllib.parse.urlencode(fields).encode(), {"Accept": accept}, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                kind, body = response.headers.get_content_type(), response.read()
        except urllib.error.HTTPError as error:
            with error:
                return str(error.code)
        if kind == GRAPH_FORMATS[graph]:
            return Answer("graph", graph, body)
        assert kind == SOLUTION_FORMATS[solutions]
        return Answer("solutions", solutions, body)

    return asked


def store_of(case: Case) -> ox.Store:
    """Returns a store with the data of a test."""
    store = ox.Store()
    for path in case.data:
        store.load(path=str(path), format=_FORMATS[path.suffix], base_iri=address(path))
    for iri, path in case.graphs:
        store.add_graph(ox.NamedNode(iri))
        store.load(path=str(path), format=_FORMATS[path.suffix], base_iri=address(path), to_graph=ox.NamedNode(iri))
    return store


def data_of_all(cases: Iterable[Case], file: Path) -> Path:
    """Writes the data of all tests to one N-Quads file, each file in a graph named after it, and returns its path."""
    store = ox.Store()
    graphs = {address(path): path for case in cases for path in case.data}
    graphs |= {iri: path for case in cases for iri, path in case.graphs}
    for iri, path in graphs.items():
        store.load(path=str(path), format=_FORMATS[path.suffix], base_iri=address(path), to_graph=ox.NamedNode(iri))
    store.dump(str(file), format=ox.RdfFormat.N_QUADS)
    return file
