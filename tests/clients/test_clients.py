"""Clients that people really use, against a running site."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner
from rdflib.namespace import RDF
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

from kennis_ld.cli import main
from tests.clients.conftest import OLD
from tests.w3c.served import Site

COMUNICA = Path(__file__).parent / "node_modules" / ".bin" / "comunica-sparql"
TITLES = ["Regenkaart", "Schone sloten", "Stuifplan"]
QUERY = (
    "PREFIX ks: <def#> PREFIX schema: <https://schema.org/> SELECT ?t { ?p a ks:Project ; schema:name ?t } ORDER BY ?t"
)
CONSTRUCT = "PREFIX ks: <def#> CONSTRUCT { ?p a ks:Project } WHERE { ?p a ks:Project }"


def wrapper(site: Site, query: str, *, method: str = GET, how: str = URLENCODED, form: str = JSON) -> SPARQLWrapper:
    """SPARQLWrapper, ready to ask."""
    asking = SPARQLWrapper(site.endpoint)
    asking.setMethod(method)
    asking.setRequestMethod(how)
    asking.setReturnFormat(form)
    asking.setQuery(query)
    return asking


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_asks_in_every_way(site: Site, method: str, how: str) -> None:
    """SPARQLWrapper gets the same rows by GET, by a form and by a body; relative IRIs are those of the site."""
    rows = wrapper(site, QUERY, method=method, how=how).queryAndConvert()["results"]["bindings"]
    assert TITLES == [row["t"]["value"] for row in rows]


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_every_form_of_solutions(site: Site, method: str) -> None:
    """SPARQLWrapper asks for each form in the many words of its Accept header, and reads what it gets."""

    def answer(form: str) -> object:
        return wrapper(site, QUERY, method=method, form=form).queryAndConvert()

    assert {"t"} == set(answer(JSON)["head"]["vars"])  # type: ignore[index]
    names = answer(XML).getElementsByTagName("literal")  # type: ignore[attr-defined]
    assert TITLES == [name.firstChild.data for name in names]
    assert ["t", *TITLES] == answer(CSV).decode().split()[:1] + answer(CSV).decode().strip().split("\r\n")[1:]  # type: ignore[attr-defined]
    assert ["?t", *(f'"{title}"@nl' for title in TITLES)] == answer(TSV).decode().strip().split("\n")  # type: ignore[attr-defined]


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", [TURTLE, RDFXML, XML, JSONLD, N3])
def test_sparqlwrapper_reads_every_form_of_graphs(site: Site, method: str, form: str) -> None:
    """CONSTRUCT gives SPARQLWrapper the same graph in Turtle, RDF/XML and JSON-LD, however it asks."""
    answer = wrapper(site, CONSTRUCT, method=method, form=form).queryAndConvert()
    graph = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer, format="turtle")
    assert {rdflib.URIRef(f"{site.url}/def#Project")} == set(graph.objects(None, RDF.type))
    assert 3 == len(graph)


def test_sparqlwrapper_asks_whether(site: Site) -> None:
    """An ASK gives SPARQLWrapper a truth in JSON and in XML."""
    assert wrapper(site, "ASK { ?s ?p ?o }").queryAndConvert()["boolean"] is True
    answer = wrapper(site, "ASK { ?s ?p <a:nobody> }", form=XML).queryAndConvert()
    assert "false" == answer.getElementsByTagName("boolean")[0].firstChild.data


def test_sparqlwrapper_hears_why_there_is_no_answer(site: Site) -> None:
    """A malformed query is QueryBadFormed, an update is refused, and too large an answer is not called malformed."""
    with pytest.raises(QueryBadFormed):
        wrapper(site, "SELECT * { ?s ?p ").query()
    update = SPARQLWrapper(site.endpoint)
    update.setMethod(POST)
    update.setQuery("INSERT DATA { <a:b> <a:c> <a:d> }")
    with pytest.raises(Exception, match="403"):
        update.query()
    every = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(3))
    with pytest.raises(Exception, match="413") as caught:
        wrapper(site, f"SELECT ?a0 {{ {every} }}").query()
    assert not isinstance(caught.value, QueryBadFormed | EndPointInternalError)


def test_sparqlwrapper_names_graphs(site: Site) -> None:
    """The graphs that SPARQLWrapper names are the data set of the query."""
    asking = wrapper(site, "SELECT ?text { ?s ?p ?text }")
    asking.addDefaultGraph(OLD)
    rows = asking.queryAndConvert()["results"]["bindings"]
    assert [{"text": {"type": "literal", "xml:lang": "nl", "value": "oud & <wijs>"}}] == rows


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sparqlstore(site: Site, method: str) -> None:
    """A graph of rdflib on SPARQLStore is a graph like any other: patterns, length, queries."""
    graph = rdflib.Graph(SPARQLStore(site.endpoint, method=method))
    projects = set(graph.subjects(RDF.type, rdflib.URIRef(f"{site.url}/def#Project")))
    assert 3 == len(projects)
    assert 1 == len(projects & set(graph.subjects(rdflib.SDO.name, rdflib.Literal("Schone sloten", lang="nl"))))
    assert 3 == len(list(graph.query(QUERY)))
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    assert 3 == len(graph.query(CONSTRUCT).graph or ())
    assert len(graph) > 100


def test_rdflib_sparqlstore_in_a_named_graph(site: Site) -> None:
    """A named graph of SPARQLStore is the named graph of the site."""
    graph = rdflib.Graph(SPARQLStore(site.endpoint), identifier=rdflib.URIRef(OLD))
    assert [rdflib.Literal("oud & <wijs>", lang="nl")] == list(graph.objects())


SERVICE = """
PREFIX schema: <https://schema.org/>
SELECT ?project ?title ?note { ?project <a:note> ?note SERVICE <ENDPOINT> { ?project schema:name ?title } }
"""


def test_service_call_from_rdflib(site: Site) -> None:
    """A query of rdflib joins its own data with ours through SERVICE."""
    graph = rdflib.Graph()
    sloten = next(rdflib.Graph(SPARQLStore(site.endpoint)).subjects(None, rdflib.Literal("Schone sloten", lang="nl")))
    graph.add((sloten, rdflib.URIRef("a:note"), rdflib.Literal("ours")))  # type: ignore[arg-type]
    rows = graph.query(SERVICE.replace("ENDPOINT", site.endpoint))
    assert {("Schone sloten", "ours")} == {(str(row[1]), str(row[2])) for row in rows}  # type: ignore[index]


def test_service_call_from_pyoxigraph(site: Site) -> None:
    """A query of pyoxigraph joins its own data with ours through SERVICE."""
    (row,) = wrapper(site, QUERY.replace("?t {", "?p {") + " LIMIT 1").queryAndConvert()["results"]["bindings"]
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(row["p"]["value"]), ox.NamedNode("a:note"), ox.Literal("ours")))
    rows = list(store.query(SERVICE.replace("ENDPOINT", site.endpoint)))
    assert [("Regenkaart", "ours")] == [(each["title"].value, each["note"].value) for each in rows]


def test_our_own_command_line(site: Site, tmp_path: Path) -> None:
    """`kennis-ld query --endpoint` asks the site as it asks a release: a saved query, and one from a file."""
    file = tmp_path / "own.rq"
    file.write_text(QUERY)
    ran = CliRunner().invoke(main, ["query", str(file), "--endpoint", site.endpoint, "--format", "csv"])
    assert (0, ["t", *TITLES]) == (ran.exit_code, ran.stdout.replace("\r", "").split("\n")[:4])
    saved = CliRunner().invoke(main, ["query", "wie-trekt-het-meest", "--endpoint", site.endpoint, "--format", "json"])
    assert 0 == saved.exit_code
    assert json.loads(saved.stdout)["results"]["bindings"]


def test_our_own_command_line_hears_a_refusal(site: Site, tmp_path: Path) -> None:
    """What the site refuses comes out of the command line as a sentence and an exit code."""
    file = tmp_path / "own.rq"
    file.write_text("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    ran = CliRunner().invoke(main, ["query", str(file), "--endpoint", site.endpoint])
    assert 2 == ran.exit_code
    assert "Traceback" not in ran.output


@pytest.mark.skipif(
    not COMUNICA.is_file() or shutil.which("node") is None,
    reason="needs Comunica: npm ci --prefix tests/clients",
)
def test_comunica(site: Site) -> None:
    """Comunica recognises the endpoint, federates it with nothing, and gets the rows that we have."""
    ran = subprocess.run(
        [COMUNICA, f"sparql@{site.endpoint}", f"BASE <{site.url}/> {QUERY}", "-t", "application/sparql-results+json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert TITLES == [row["t"]["value"] for row in json.loads(ran.stdout)["results"]["bindings"]]
