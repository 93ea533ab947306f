"""What the endpoint says of SERVICE: by itself, with FederatedEngine in the place of a site's engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kennis_ld.engine.federation import FederatedEngine
from kennis_ld.engine.services import Federation, ask_endpoint
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from kennis_ld.web.words import Words
from tests.endpoints import Endpoint, endpoint
from tests.web.city import BASE, SETTINGS, CountingEngine, site_of
from tests.web.html import read
from tests.web.sparql.asking import BROWSER, SD, ask, problem

THEIRS = f'<{BASE}/id/organisatie/waterlab> <http://example.org/staff> "12" .\n'


@pytest.fixture(scope="module")
def theirs() -> Iterator[Endpoint]:
    with endpoint(THEIRS) as running:
        yield running


@pytest.fixture
def client(theirs: Endpoint, release: Release) -> FlaskClient:
    """A client of an application whose queries may ask two addresses."""
    federation = Federation((f"{theirs.url}/sparql", f"{theirs.url}/blank"), rows=1)
    engine = CountingEngine(release)
    inner = FederatedEngine(engine, partial(ask_endpoint, federation), federation)
    settings = replace(SETTINGS, services=federation.endpoints)
    return create_app(site_of(release, inner, settings=settings, own_engine=engine)).test_client()


def query(
    theirs: Endpoint, group: str = "{ ?organisation <http://example.org/staff> ?staff }", to: str = "sparql"
) -> str:
    """A query that joins what we know with what they know."""
    name = "?organisation <http://www.w3.org/2004/02/skos/core#prefLabel> ?name FILTER(LANG(?name) = 'nl')"
    return f"SELECT ?name ?staff {{ {name} SERVICE <{theirs.url}/{to}> {group} }}"


def test_an_answer_that_others_had_a_part_in_is_not_kept(client: FlaskClient, theirs: Endpoint) -> None:
    """It has no tag and is not to be stored, for it may be another one tomorrow; other answers keep their tag."""
    response = ask(client, query(theirs), "text/csv")
    assert (200, "name,staff\r\nWaterlab,12\r\n") == (response.status_code, response.text)
    assert "ETag" not in response.headers
    assert "no-store" == response.headers["Cache-Control"]
    assert "ETag" in ask(client, "ASK {}").headers
    again = client.get(response.request.full_path, headers={"If-None-Match": "*", "Accept": "text/csv"})
    assert 200 == again.status_code


def test_a_page_shows_it_and_says_who_may_be_asked(client: FlaskClient, theirs: Endpoint) -> None:
    """A person sees the rows, and on the query page which addresses SERVICE can ask."""
    page = read(ask(client, query(theirs), BROWSER).text)
    assert "Waterlab" in page.text
    assert f"{theirs.url}/sparql" in page.text


@pytest.mark.parametrize(
    ("group", "to", "status", "name", "words"),
    [
        ("{ ?s ?p ?o }", "elders", 403, "service-not-named", "service-not-named"),
        ("{ SERVICE ?x { ?s ?p ?o } }", "sparql", 400, "service-not-possible", "service-not-possible-variable"),
        ("{ ?s ?p ?o }", "blank", 400, "service-not-possible", "service-not-possible-blank"),
    ],
)
def test_a_refusal_is_said_in_both_languages(
    client: FlaskClient, theirs: Endpoint, group: str, to: str, status: int, name: str, words: str
) -> None:
    """A program reads problem+json, a person the same on the page, in Dutch or English."""
    told = problem(ask(client, query(theirs, group, to)))
    assert (status, True) == (told["status"], told["type"].endswith(f"#{name}"))
    assert Words("en")(f"problem.{words}.title") == told["title"]
    assert Words("nl")(f"problem.{words}.title") in read(ask(client, query(theirs, group, to), BROWSER).text).text


def test_the_description_says_that_queries_may_ask_others(client: FlaskClient, shared_app: Flask) -> None:
    """`sd:BasicFederatedQuery` stands in the description of a service that names others, and in no other."""
    feature = f"<{BASE}/sparql> <{SD}feature> <{SD}BasicFederatedQuery> ."
    assert feature in client.get("/sparql", headers={"Accept": "application/n-triples"}).text
    usual = shared_app.test_client()
    assert feature not in usual.get("/sparql", headers={"Accept": "application/n-triples"}).text
