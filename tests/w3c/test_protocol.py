"""The W3C tests of the SPARQL 1.1 Protocol and of Service Description, against a running site."""

from __future__ import annotations

import http.client
import json

import pyoxigraph as ox
import pytest

from tests.w3c.served import Site
from tests.w3c.suites import ABSENT, Request, cases, is_there

if not is_there():
    pytest.skip(ABSENT, allow_module_level=True)

SD = "http://www.w3.org/ns/sparql-service-description#"
RDF_TYPES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
FORMS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {*RDF_TYPES},
}
UPDATES = {
    "protocol/update_base_uri",
    "protocol/update_dataset_default_graph",
    "protocol/update_dataset_default_graphs",
    "protocol/update_dataset_full",
    "protocol/update_dataset_named_graphs",
    "protocol/update_post_direct",
    "protocol/update_post_form",
}
"""Tests that change data; a site that is only read answers their updates with 4xx."""

PROTOCOL = cases("ProtocolTest")


def sent(site: Site, request: Request) -> tuple[http.client.HTTPResponse, bytes]:
    """Returns what the site answers to exactly this request: no header more than the test has."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    try:
        connection.putrequest(request.method, f"/sparql{request.target}", skip_accept_encoding=True)
        for name, value in request.headers:
            connection.putheader(name, value)
        if request.body is not None:
            connection.putheader("Content-Length", str(len(request.body)))
        connection.endheaders(request.body)
        with connection.getresponse() as response:
            return response, response.read()
    finally:
        connection.close()


def media_type(response: http.client.HTTPResponse) -> str:
    return response.headers["Content-Type"].partition(";")[0]


def test_the_suite_is_whole() -> None:
    """34 protocol tests are collected, of which 7 update, and 3 of service description."""
    assert 34 == len(PROTOCOL)
    assert {case.name for case in PROTOCOL} >= UPDATES
    assert {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"} == {
        case.name.partition("/")[2] for case in cases("ServiceDescriptionTest")
    }


@pytest.mark.parametrize("case", [case for case in PROTOCOL if case.name not in UPDATES], ids=lambda case: case.name)
def test_protocol(site: Site, case: object) -> None:
    """A request of the suite gets the status, the form and the answer that the suite expects."""
    for request in case.requests:  # type: ignore[attr-defined]
        response, body = sent(site, request)
        assert response.status // 100 in request.statuses, body
        if request.form:
            assert media_type(response) in FORMS[request.form]
        if request.boolean is not None:
            assert request.boolean is json.loads(body)["boolean"]


@pytest.mark.parametrize("case", [case for case in PROTOCOL if case.name in UPDATES], ids=lambda case: case.name)
def test_updates_are_refused(site: Site, case: object) -> None:
    """A well-formed update is refused with 4xx and a problem that says why, and changes nothing."""
    ask = Request(
        "GET",
        "?query=SELECT%20%28COUNT%28%2A%29%20AS%20%3Fn%29%20%7B%7B%3Fs%3Fp%3Fo%7DUNION%7BGRAPH%3Fg%7B%3Fs%3Fp%3Fo%7D%7D%7D",
    )
    _, before = sent(site, ask)
    response, _ = sent(site, case.requests[0])  # type: ignore[attr-defined]
    assert response.status in {403, 415}
    assert "application/problem+json" == media_type(response)
    assert before == sent(site, ask)[1]


@pytest.mark.parametrize("accept", [None, "*/*", "text/turtle", "application/rdf+xml", "application/n-triples"])
def test_service_description(site: Site, accept: str | None) -> None:
    """GET on the endpoint gives RDF that parses, names this endpoint, and describes a service by the vocabulary.

    The suite has three tests for it: returns-rdf, has-endpoint-triple and conforms-to-schema.
    """
    headers = (("Accept", accept),) if accept else ()
    response, body = sent(site, Request("GET", "", headers))
    assert 200 == response.status
    triples = {
        (str(each.subject), each.predicate.value, str(each.object))
        for each in ox.parse(body, format=RDF_TYPES[media_type(response)], base_iri=site.endpoint)
    }
    services = {subject for subject, predicate, _ in triples if predicate == f"{SD}endpoint"}
    assert 1 == len(services)
    assert (*services, f"{SD}endpoint", f"<{site.endpoint}>") in triples
    assert (*services, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{SD}Service>") in triples
    # Service Description, section 3: what has a domain in the vocabulary stands with a subject of that class.
    classes = {subject: {o for s, p, o in triples if s == subject and p.endswith("#type")} for subject, _, _ in triples}
    domains = {
        "endpoint": "Service",
        "supportedLanguage": "Service",
        "resultFormat": "Service",
        "feature": "Service",
        "defaultDataset": "Service",
        "defaultGraph": "Dataset",
        "namedGraph": "Dataset",
        "name": "NamedGraph",
        "graph": "NamedGraph",
    }
    for subject, predicate, _ in triples:
        if predicate.startswith(SD):
            assert f"<{SD}{domains[predicate.removeprefix(SD)]}>" in classes[subject], predicate
    assert any(
        predicate == f"{SD}supportedLanguage" and f"<{SD}SPARQL11Query>" == value for _, predicate, value in triples
    )
