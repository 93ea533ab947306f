"""What portals fetch: catalogue, VoID, ontology, dumps."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.namespace import VOID

from kennis_ld.release.release import Release
from tests.web.city import BASE, DIGEST, OLDER
from tests.web.html import read

RDF = {
    "text/turtle": ("ttl", ox.RdfFormat.TURTLE),
    "application/ld+json": ("jsonld", ox.RdfFormat.JSON_LD),
    "application/rdf+xml": ("rdf", ox.RdfFormat.RDF_XML),
    "application/n-triples": ("nt", ox.RdfFormat.N_TRIPLES),
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def subjects(text: bytes, form: ox.RdfFormat) -> set[str]:
    """Returns the IRIs a document says something about."""
    return {quad.subject.value for quad in ox.parse(text, format=form)}


@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("/catalog", "/id/catalogus/voorbeeldstad"),
        ("/.well-known/void", "/id/dataset/voorbeeldstad"),
        ("/def", "/def#Project"),
    ],
)
@pytest.mark.parametrize("media_type", RDF)
def test_description_in_every_form(client: FlaskClient, path: str, about: str, media_type: str) -> None:
    """Catalogue, VoID and ontology come in each RDF form under one address, and say that Accept matters."""
    response = client.get(path, headers={"Accept": media_type})
    assert (200, "Accept") == (response.status_code, response.headers["Vary"])
    assert media_type == response.mimetype
    assert BASE + about in subjects(response.data, RDF[media_type][1])
    again = client.get(path, headers={"Accept": media_type, "If-None-Match": response.headers["ETag"]})
    assert 304 == again.status_code


@pytest.mark.parametrize(
    ("path", "default"), [("/catalog", "text/turtle"), ("/.well-known/void", "text/turtle"), ("/def", "text/html")]
)
def test_who_says_nothing_gets_the_default(client: FlaskClient, path: str, default: str) -> None:
    """A harvester sends */* and takes what it gets (harvesting facts, 2.2); HEAD says the same first."""
    for headers in ({}, {"Accept": "*/*"}):
        assert default == client.get(path, headers=headers).mimetype
        head = client.head(path, headers=headers)
        assert (200, default) == (head.status_code, head.mimetype)


@pytest.mark.parametrize("path", ["/catalog", "/def"])
def test_each_form_has_an_address(client: FlaskClient, path: str) -> None:
    """A suffix gives that form whatever Accept says; a browser gets a page, in Dutch and in English."""
    for media_type, (suffix, form) in RDF.items():
        response = client.get(f"{path}.{suffix}", headers={"Accept": "image/png"})
        assert (200, media_type) == (response.status_code, response.mimetype)
        assert subjects(response.data, form)
    assert f"{path}.html" == client.get(path, headers={"Accept": BROWSER}).headers["Content-Location"]
    assert ["nl", "en"] == [read(client.get(f"{path}.{suffix}").text).language for suffix in ("html", "en.html")]
    assert 404 == client.get(f"{path}.exe").status_code
    assert 406 == client.get(path, headers={"Accept": "image/png"}).status_code


def test_ontology_page_has_an_anchor_for_each_term(client: FlaskClient) -> None:
    """The hash IRI of a term leads to its place on the page, with its words in both languages."""
    text = client.get("/def.html").text
    page = read(text)
    said = subjects(client.get("/def.ttl").data, ox.RdfFormat.TURTLE)
    terms = {iri.partition("#")[2] for iri in said if iri.startswith(f"{BASE}/def#")}
    assert {"Project", "Participation", "lead", "sourceText"} <= terms
    assert terms == set(page.values("article", "id"))
    for words in ("Een samenwerking die op de agenda staat", "A collaboration that the agenda lists", "schema:Project"):
        assert words in page.text
    assert '<p lang="en">' in text


DUMPS = {
    "agenda.nq": "application/n-quads",
    "agenda.ttl": "text/turtle; charset=utf-8",
    "agenda.jsonld": "application/ld+json",
    "agenda.rdf": "application/rdf+xml",
    "agenda.csv": "text/csv; charset=utf-8",
}


@pytest.mark.parametrize("name", DUMPS)
def test_dump_never_changes(client: FlaskClient, release: Release, name: str) -> None:
    """A file of a release is sent byte for byte, may be kept for ever, and in parts."""
    path = f"/download/{DIGEST}/{name}"
    with client.get(path) as response:
        assert (200, DUMPS[name]) == (response.status_code, response.headers["Content-Type"])
        assert (release.folder / name).read_bytes() == response.data
        assert "public, max-age=31536000, immutable" == response.headers["Cache-Control"]
        assert "Last-Modified" not in response.headers
        tag = response.headers["ETag"]
    with client.get(path, headers={"If-None-Match": tag}) as response:
        assert (304, b"") == (response.status_code, response.data)
    with client.get(path, headers={"Range": "bytes=2-5"}) as response:
        assert (206, (release.folder / name).read_bytes()[2:6]) == (response.status_code, response.data)
    size = (release.folder / name).stat().st_size
    for beyond in ("bytes=99999999-", f"bytes={size}-{size}", "BYTES=99999999-99999999"):
        with client.get(path, headers={"Range": beyond}) as response:
            assert (416, f"bytes */{size}") == (response.status_code, response.headers["Content-Range"])
    with client.head(path) as response:
        assert size == int(response.headers["Content-Length"])


@pytest.mark.parametrize(
    "header", ["lines=1-2", "bytes=0-1,3-4", "bytes=5-2", "bytes", "bytes=", "bytes=-", "=1-2", "x"]
)
@pytest.mark.parametrize("path", [f"/download/{DIGEST}/agenda.nq", "/static/site.css", "/catalog.ttl"])
def test_range_that_is_ignored(client: FlaskClient, path: str, header: str) -> None:
    """An unknown unit, more than one range and what is none: the whole file (RFC 9110, section 14.2; fault D6)."""
    with client.get(path) as whole, client.get(path, headers={"Range": header}) as response:
        assert (200, whole.data) == (response.status_code, response.data)


def test_current_leads_to_the_release(client: FlaskClient) -> None:
    """`current` is a redirect, so that what is kept under an address never changes."""
    response = client.get("/download/current/agenda.ttl")
    assert (307, f"/download/{DIGEST}/agenda.ttl") == (response.status_code, response.headers["Location"])


def test_dump_of_an_older_release(client: FlaskClient) -> None:
    """A portal that harvested an older catalogue still finds its files."""
    with client.get(f"/download/{OLDER}/agenda.nq") as response:
        assert b"Ingetrokken" in response.data


@pytest.mark.parametrize(
    "path",
    [
        f"/download/{DIGEST}/ontology.ttl", f"/download/{DIGEST}/../{DIGEST}/agenda.nq", "/download/../agenda.nq",
        f"/download/{DIGEST}/%2e%2e%2fagenda.nq", f"/download/{DIGEST}/agenda.exe", "/download/current/passwd",
        f"/download/{'0' * 32}/agenda.nq", "/download/%2e%2e/agenda.nq", f"/download/{DIGEST}/",
        f"/download/{OLDER}/agenda.rdf",
        f"/download/{DIGEST}%00/agenda.nq",
    ],
)  # fmt: skip
def test_nothing_else_can_be_fetched(client: FlaskClient, path: str) -> None:
    """Names come from a table and releases from a pattern, so no request points anywhere else."""
    assert 404 == client.get(path).status_code


def test_every_count_of_statements_is_the_same(leiden_client: FlaskClient) -> None:
    """The dump, the VoID description, the description of the service and a query tell one number."""
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
    asked = int(leiden_client.get("/sparql", query_string=query).text.split()[1])
    with leiden_client.get("/download/current/agenda.ttl", follow_redirects=True) as response:
        dump = Graph().parse(data=response.data, format="turtle")
    description = leiden_client.get("/sparql", headers={"Accept": "text/turtle"}).data
    described = Graph().parse(data=description, format="turtle")
    told = [int(str(value)) for value in described.objects(None, VOID.triples)]
    assert asked == len(dump)
    assert 2 == told.count(asked)
    assert asked == max(told)
