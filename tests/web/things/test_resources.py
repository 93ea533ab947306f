"""Things and their documents: 303, five forms, each with its own address and tag."""

from __future__ import annotations

import json
import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kennis_ld.release.release import Release
from tests.web.city import BASE, CountingEngine
from tests.web.html import read

FORMS = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}
RDF = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
}
ORG = "http://www.w3.org/ns/org#"
PROJECT = "/doc/project/schone-sloot"


def things(release: Release) -> list[str]:
    """Every IRI under /id/ in the release, as subject, predicate or object; of those that only the report and the
    descriptions of the data hold, one of each kind.
    """
    text = (release.folder / "agenda.nq").read_text() + (release.folder / "catalog.nt").read_text()
    found = set(re.findall(rf"<{re.escape(BASE)}(/id/[^>]*)>", text))
    assert len(found) > 30
    described = "".join((release.folder / name).read_text() for name in ("void.ttl", "report.ttl", "ontology.ttl"))
    others = sorted(set(re.findall(rf"<{re.escape(BASE)}(/id/[^>]*)>", described)) - found)
    kinds = {(path.split("/")[2], path.count("--")): path for path in others}
    assert {"void", "prefix", "vraag", "parameter", "bevinding", "validatie"} <= {kind for kind, _ in kinds}
    return sorted({*found, *kinds.values()})


def test_a_thing_sends_on_to_its_document(client: FlaskClient) -> None:
    """303 to a path without host, so that it works under any name of the server; caches know that Accept matters."""
    response = client.get("/id/project/schone-sloot", headers={"Host": "localhost:1234", "Accept": "text/turtle"})
    assert (303, PROJECT, "Accept") == (response.status_code, response.headers["Location"], response.headers["Vary"])


@pytest.mark.parametrize(
    ("language", "accept", "address", "vary"),
    [
        ("en", "text/html", f"{PROJECT}.en.html", "Accept, Accept-Language"),
        ("en-GB,en;q=0.9,nl;q=0.5", "text/html,*/*;q=0.8", f"{PROJECT}.en.html", "Accept, Accept-Language"),
        ("en-GB, nl;q=0.5", "text/html", f"{PROJECT}.en.html", "Accept, Accept-Language"),
        ("nl,en;q=0.9", "text/html", PROJECT, "Accept, Accept-Language"),
        ("fr", "text/html", PROJECT, "Accept, Accept-Language"),
        ("en", "text/turtle", PROJECT, "Accept"),
    ],
)
def test_who_reads_english_is_sent_to_the_english_page(
    client: FlaskClient, language: str, accept: str, address: str, vary: str
) -> None:
    """An address pasted in a browser opens in the language of the browser; RDF is in all languages at once."""
    response = client.get("/id/project/schone-sloot", headers={"Accept-Language": language, "Accept": accept})
    assert (address, vary) == (response.headers["Location"], response.headers["Vary"])


@pytest.mark.parametrize(
    "path",
    [
        "/id/project/bestaat-niet", "/doc/project/bestaat-niet", "/doc/project/bestaat-niet.ttl", "/id/project",
        "/id/project/", "/id/project/schone-sloot.ttl", "/id//project/schone-sloot", "/doc/project/Schone-Sloot",
        "/doc/project/schone-sloot.en.ttl", "/doc/project/schone-sloot.exe", "/doc/project/..",
        "/id/../../etc/passwd", "/id/%2e%2e%2fetc", "/doc/a/%00", "/id/project/%ff",
        "/id/project/schone-sloot%0d%0aX-Evil:1", "/projecten%3Fx/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    """No redirect to a guess, no error, and no difference between kinds of absence."""
    response = client.get(path)
    assert 404 == response.status_code
    assert "X-Evil" not in response.headers


@pytest.mark.parametrize("suffix", FORMS)
def test_each_form_has_an_address(client: FlaskClient, suffix: str) -> None:
    """A suffix gives that form whatever Accept says, with a tag of its own; only the compression varies."""
    response = client.get(f"{PROJECT}.{suffix}", headers={"Accept": "image/png"})
    assert (200, FORMS[suffix]) == (response.status_code, response.headers["Content-Type"])
    assert "Vary" not in response.headers
    again = client.get(f"{PROJECT}.{suffix}", headers={"If-None-Match": response.headers["ETag"]})
    assert (304, b"") == (again.status_code, again.data)
    assert response.headers["ETag"] == again.headers["ETag"]


@pytest.mark.parametrize("suffix", FORMS)
def test_negotiated_form_says_which_it_is(client: FlaskClient, suffix: str) -> None:
    """The one address gives each form on request, with Content-Location and Vary, on a 304 as well."""
    accept = {"Accept": FORMS[suffix].partition(";")[0]}
    response = client.get(PROJECT, headers=accept)
    again = client.get(PROJECT, headers={**accept, "If-None-Match": response.headers["ETag"]})
    assert response.data == client.get(f"{PROJECT}.{suffix}").data
    for each, status in ((response, 200), (again, 304)):
        assert status == each.status_code
        assert f"{PROJECT}.{suffix}" == each.headers["Content-Location"]
        assert "Accept" == each.headers["Vary"]


def test_tags_differ_between_forms(client: FlaskClient) -> None:
    """A cache that has one form never takes it for another (safety facts, case 54)."""
    tags = {client.get(f"{PROJECT}.{suffix}").headers["ETag"] for suffix in (*FORMS, "en.html")}
    assert len(FORMS) + 1 == len(tags)


@pytest.mark.parametrize(("header", "suffix"), [(None, "html"), ("*/*", "html"), ("text/turtle, */*;q=0.1", "ttl")])
def test_default_is_a_page(client: FlaskClient, header: str | None, suffix: str) -> None:
    """Who says nothing gets HTML."""
    response = client.get(PROJECT, headers={"Accept": header} if header else {})
    assert f"{PROJECT}.{suffix}" == response.headers["Content-Location"]


def test_no_form_fits(client: FlaskClient) -> None:
    """406 lists what exists; something that does not exist is 404 before it is 406."""
    response = client.get(PROJECT, headers={"Accept": "image/png"})
    assert 406 == response.status_code
    assert [f"{PROJECT}.{suffix}" for suffix in FORMS] == response.get_json(force=True)["available"]
    assert 404 == client.get("/doc/project/bestaat-niet", headers={"Accept": "image/png"}).status_code


def test_every_thing_has_a_page_and_turtle(client: FlaskClient, release: Release) -> None:
    """Every IRI of the data leads to a page and to Turtle that says something about that very IRI."""
    for path in things(release):
        if "ingetrokken" in path or "vervangen" in path:
            continue
        page = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        turtle = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
        assert (200, 200) == (page.status_code, turtle.status_code), path
        subjects = {triple.subject for triple in ox.parse(turtle.data, format=ox.RdfFormat.TURTLE)}
        assert ox.NamedNode(BASE + path) in subjects
        assert BASE + path in page.text


@pytest.mark.parametrize("path", [PROJECT, "/doc/organisatie/gemeente-voorbeeldstad", "/doc/thema/water"])
def test_all_forms_say_the_same(client: FlaskClient, path: str) -> None:
    """Turtle, JSON-LD, RDF/XML and N-Triples parse to the same statements, and the block in the page is about them."""
    sets = {
        suffix: {str(quad.triple) for quad in ox.parse(client.get(f"{path}.{suffix}").data, format=form)}
        for suffix, form in RDF.items()
    }
    (script,) = filter(None, read(client.get(f"{path}.html").text).scripts)
    block = json.loads(script)
    assert ("https://schema.org/", BASE + path.replace("/doc/", "/id/")) == (block["@context"], block["@id"])
    assert any(f'"{block["name"]}"' in statement for statement in sets["nt"])
    assert sets["nt"]
    for suffix, found in sets.items():
        assert sets["nt"] == found, suffix


def test_project_tells_all_in_one_fetch(client: FlaskClient) -> None:
    """The RDF of a project holds its participations, its entries of every edition, and names of what they mention."""
    text = client.get(f"{PROJECT}.nt").text
    for statement in (
        f"<{BASE}/id/deelname/schone-sloot--waterlab--partner> <{ORG}member> <{BASE}/id/organisatie/waterlab> .",
        f'<{BASE}/id/organisatie/waterlab> <http://www.w3.org/2004/02/skos/core#prefLabel> "Waterlab"@nl .',
        f'<{BASE}/id/agendapunt/2023-2027--schone-sloot> <{BASE}/def#number> "1a" .',
        f'<{BASE}/id/agendapunt/2019-2022--schone-sloot> <{BASE}/def#number> "7" .',
        f'<{BASE}/id/editie/2019-2022> <http://www.w3.org/2000/01/rdf-schema#label> "Agenda 2019-2022"@nl .',
    ):
        assert statement in text.splitlines()


def test_a_project_that_left_keeps_its_page(client: FlaskClient) -> None:
    """A thing that only an older edition speaks of is still found, with its edition."""
    assert 303 == client.get("/id/project/vergeten").status_code
    assert f"{BASE}/id/editie/2019-2022" in client.get("/doc/project/vergeten.ttl").text


def test_withdrawn_and_replaced(client: FlaskClient) -> None:
    """What was taken down answers 410 and says why; what was replaced leads to its successor, in the form asked for."""
    for path in ("/id/project/ingetrokken", "/doc/project/ingetrokken", "/doc/project/ingetrokken.ttl"):
        gone = client.get(path)
        assert (410, "Op verzoek verwijderd.") == (gone.status_code, gone.get_json(force=True)["reason"])
    assert PROJECT == client.get("/id/project/vervangen").headers["Location"]
    moved = client.get("/doc/project/vervangen.ttl")
    assert (301, f"{PROJECT}.ttl") == (moved.status_code, moved.headers["Location"])


def test_head_is_get_without_a_body(client: FlaskClient) -> None:
    """HEAD has the headers of GET, for every form."""
    for suffix in FORMS:
        head, get = client.head(f"{PROJECT}.{suffix}"), client.get(f"{PROJECT}.{suffix}")
        assert (200, b"") == (head.status_code, head.data)
        assert dict(get.headers) == dict(head.headers)


def test_links_to_the_other_forms(client: FlaskClient) -> None:
    """The Link header names every other form with its media type, and the thing that the document is about."""
    links = client.get(f"{PROJECT}.ttl").headers["Link"]
    assert f'<{BASE}/id/project/schone-sloot>; rel="about"' in links
    for suffix in ("html", "jsonld", "rdf", "nt"):
        assert f'<{PROJECT}.{suffix}>; rel="alternate"; type="{FORMS[suffix].partition(";")[0]}"' in links
    assert f"<{PROJECT}.ttl>" not in links


def test_one_question_for_all_forms(own_client: FlaskClient, engine: CountingEngine) -> None:
    """The forms of a resource are made from statements that are asked once, and a repeat asks nothing."""
    for suffix in (*RDF, *RDF):
        assert 200 == own_client.get(f"{PROJECT}.{suffix}").status_code
    assert 3 == engine.asked  # whether it exists, what is said about it, and of which dataset all is part


def test_unknown_things_are_not_remembered(own_client: FlaskClient, engine: CountingEngine) -> None:
    """Anybody can think of more things that do not exist than memory can hold, so each is asked again."""
    for _ in range(2):
        assert 404 == own_client.get("/id/project/bestaat-niet").status_code
    assert 2 == engine.asked


def test_json_ld_needs_no_context_from_elsewhere(client: FlaskClient) -> None:
    """A reader of the JSON-LD never has to fetch a context from another server (harvesting facts, 2.2)."""
    document = json.loads(client.get(f"{PROJECT}.jsonld").data)
    contexts = [
        each["@context"] for each in (document if isinstance(document, list) else [document]) if "@context" in each
    ]
    assert not [context for context in contexts if isinstance(context, str)]


RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DATASETS = {
    *(f"http://www.w3.org/ns/dcat#{name}" for name in ("Catalog", "Dataset", "Distribution", "DataService")),
    *(f"https://schema.org/{name}" for name in ("DataCatalog", "Dataset", "DataDownload")),
}


def test_a_document_says_all_of_a_dataset_or_not_that_it_is_one(client: FlaskClient, release: Release) -> None:
    """Who harvests any document finds the dataset as whole as in the catalogue, or no dataset at all."""
    whole = {str(quad.triple) for quad in ox.parse((release.folder / "catalog.nt").read_bytes(), RDF["nt"])}
    complete = []
    for thing in things(release):
        answer = client.get(thing.replace("/id/", "/doc/", 1) + ".nt")
        if answer.status_code != 200:
            continue
        found = [quad.triple for quad in ox.parse(answer.data, RDF["nt"])]
        if any(triple.predicate.value == RDF_TYPE and triple.object.value in DATASETS for triple in found):
            assert whole <= {str(triple) for triple in found}, thing
            complete.append(thing)
    concepts = {"catalogus", "dataset", "distributie", "dienst"}
    assert [thing for thing in things(release) if thing.split("/")[2] in concepts] == complete
    assert {thing.split("/")[2] for thing in complete} == concepts


def test_a_document_says_what_it_belongs_to(client: FlaskClient) -> None:
    """Every document names its subject, the dataset and the licence, for who finds nothing but this document."""
    lines = client.get(f"{PROJECT}.nt").get_data(as_text=True).splitlines()
    expected = {
        f"<{BASE}{PROJECT}> <http://xmlns.com/foaf/0.1/primaryTopic> <{BASE}/id/project/schone-sloot> .",
        f"<{BASE}{PROJECT}> <http://rdfs.org/ns/void#inDataset> <{BASE}/id/dataset/voorbeeldstad> .",
        f"<{BASE}{PROJECT}> <http://purl.org/dc/terms/license> <https://creativecommons.org/publicdomain/zero/1.0/> .",
    }
    assert expected == {line for line in lines if line.startswith(f"<{BASE}{PROJECT}>")}


def test_links_of_a_thing(client: FlaskClient) -> None:
    """Its document says where its links are; the set has an anchor, what describes it, and its licence (RFC 9264)."""
    thing = f"{BASE}/id/organisatie/museum"
    header = client.get("/doc/organisatie/museum.ttl").headers["Link"]
    assert '</linkset/organisatie/museum>; rel="linkset"; type="application/linkset+json"' in header
    response = client.get("/linkset/organisatie/museum")
    assert (200, "application/linkset+json") == (response.status_code, response.mimetype)
    (links,) = json.loads(response.text)["linkset"]
    assert (thing, [{"href": thing}]) == (links["anchor"], links["cite-as"])
    assert {"href": f"{BASE}/doc/organisatie/museum.ttl", "type": "text/turtle"} in links["describedby"]
    assert {"license", "collection"} <= set(links)
    # Addresses that are no web addresses are no links.
    assert "javascript" not in response.text
    assert 404 == client.get("/linkset/organisatie/niemand").status_code


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/en/", "/en"),
        ("/projecten/?trekker=gv&sorteer=titel", "/projecten?trekker=gv&sorteer=titel"),
        ("/en/projecten/", "/en/projecten"),
        (f"{PROJECT}/", PROJECT),
        (f"{PROJECT}.ttl/", f"{PROJECT}.ttl"),
        ("/id/project/schone-sloot/", "/id/project/schone-sloot"),
        ("/catalog/", "/catalog"),
        ("/def/", "/def"),
        ("/sparql/?query=ASK%7B%7D", "/sparql?query=ASK%7B%7D"),
    ],
)
def test_a_slash_too_many_leads_to_what_is_meant(client: FlaskClient, asked: str, there: str) -> None:
    """Where something is at an address, that address with a slash behind it leads there, with what was asked."""
    for method in ("GET", "HEAD"):
        response = client.open(asked, method=method)
        assert (301, there, "no-cache") == (
            response.status_code, response.headers["Location"], response.headers["Cache-Control"]
        )  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        "/nergens/",
        "/doc/project/nergens/",
        "/id/project/nergens/",
        "/en//",
        "/%2Flocalhost/",
        "/projecten//",
    ],
)
def test_a_slash_leads_nowhere_where_nothing_is(client: FlaskClient, asked: str) -> None:
    """What is not there is not there with a slash either; nobody is led to another host."""
    assert 404 == client.get(asked).status_code


def test_a_slash_costs_no_query(
    own_client: FlaskClient, engine: CountingEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To see whether the query service is there, the query in the address is not asked."""
    asked: list[str] = []
    answer = engine.answer
    monkeypatch.setattr(engine, "answer", lambda question: asked.append(question.text) or answer(question))
    assert 301 == own_client.get("/sparql/?query=ASK%7B%7D").status_code
    assert "ASK{}" not in asked
    own_client.get("/sparql?query=ASK%7B%7D")
    assert "ASK{}" in asked
