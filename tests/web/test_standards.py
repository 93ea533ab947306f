"""What is served, judged by the shapes of others: NDE for whatever calls something a dataset, NL-SBB for the themes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.namespace import DCAT, RDF, SDO, SKOS

from kennis_ld.graph import formats
from kennis_ld.graph.statements import Triple
from kennis_ld.release.release import Release
from tests.standards_shapes import needs_standards, results
from tests.web.html import read
from tests.web.things.test_resources import things

CONTEXT = {
    "@vocab": "https://schema.org/",
    **{name: {"@type": "@id"} for name in ("contentUrl", "image", "license", "sameAs", "url", "usageInfo")},
    **{name: {"@type": "Date"} for name in ("dateModified", "datePublished")},
}
"""What the context of schema.org says of the properties in our blocks; nothing is fetched in a test."""


LISTS = ("/", "/projecten", "/organisaties", "/themas", "/over", "/kwaliteit", "/sparql", "/wijzigingen", "/zoeken")
IS_DATASET = tuple(f" <{RDF.type}> <{kind}> ." for kind in (DCAT.Dataset, DCAT.Catalog, SDO.Dataset, SDO.DataCatalog))


def block(html: str) -> Graph:
    """The statements of the JSON-LD in a page; none where it has no such block."""
    graph = Graph()
    for script in read(html).scripts:
        if script.lstrip().startswith("{"):
            data: dict[str, Any] = json.loads(script)
            graph.parse(data=json.dumps({**data, "@context": CONTEXT}), format="json-ld")
    return graph


def violations(graph: Iterable[Triple]) -> list[str]:
    """What the requirements of NDE refuse."""
    return [f"{one.focus} {one.path}" for one in results("NDE 1.14.0", graph) if one.severity == "Violation"]


@needs_standards
def test_nde_takes_every_page_that_types_a_dataset(client: FlaskClient, release: Release) -> None:
    """The block of every page that calls something a dataset or a catalogue has all that the register asks for."""
    one_of_a_kind = {thing.split("/")[2]: thing for thing in things(release)}
    pages = [*LISTS, *(f"/en{path}" for path in LISTS if path != "/catalog.html"), "/catalog.html"]
    pages += [thing.replace("/id/", "/doc/", 1) + ".html" for thing in one_of_a_kind.values()]
    found = {path: block(client.get(path).text) for path in pages}
    typed = {
        path: graph
        for path, graph in found.items()
        if any((None, RDF.type, kind) in graph for kind in (SDO.Dataset, SDO.DataCatalog))
    }
    assert {"/doc/dataset/voorbeeldstad.html", "/doc/catalogus/voorbeeldstad.html"} <= set(typed)
    for said in {frozenset(graph) for graph in typed.values()}:
        assert [] == violations(said)


@needs_standards
def test_nde_takes_every_document_that_types_a_dataset(client: FlaskClient, release: Release) -> None:
    """Of all things, each document that calls something a dataset holds the whole catalogue, and NDE takes it."""
    catalogue = set(client.get("/catalog.nt").text.splitlines())
    typed, said = set[str](), set(catalogue)
    for thing in things(release):
        lines = client.get(thing.replace("/id/", "/doc/", 1) + ".nt").text.splitlines()
        if any(line.endswith(IS_DATASET) for line in lines):
            assert set() == catalogue - set(lines), thing
            typed.add(thing.split("/")[2])
            said.update(lines)
    assert {"catalogus", "dataset", "distributie", "dienst"} == typed
    assert [] == violations(Graph().parse(data="\n".join(said), format="nt"))


@needs_standards
def test_themes_satisfy_nl_sbb(release: Release) -> None:
    """The themes of a city and the concepts beside them are concept schemes by the Dutch standard, without a fault."""
    concepts = Graph()
    with (release.folder / "agenda.nq").open("rb") as nquads:
        triples = list(formats.default_graph(nquads))
    kinds = {SKOS.Concept, SKOS.ConceptScheme}
    subjects = {subject for subject, predicate, value in triples if predicate == RDF.type and value in kinds}
    assert len(subjects) > 5
    for triple in triples:
        if triple[0] in subjects:
            concepts.add(triple)
    assert [] == [one for one in results("NL-SBB 1.0.0", concepts) if one.severity == "Violation"]
