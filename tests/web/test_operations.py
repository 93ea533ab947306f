"""For operators and robots."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from wsgiref.validate import validator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import create_environ
from werkzeug.wsgi import ClosingIterator

from kennis_ld.engine.saved import load_all
from kennis_ld.errors import EngineUnavailable
from kennis_ld.release.release import Release
from kennis_ld.web.app import ROUTE, create_app
from kennis_ld.web.operations import health, readiness
from kennis_ld.web.problems import Problem
from tests.conftest import ROOT
from tests.web.city import DIGEST, SETTINGS, CountingEngine, site_of


def test_process_and_service_are_two_things(own_client: FlaskClient, engine: CountingEngine) -> None:
    """/healthz is about the process; /readyz asks the engine something, and a silent engine turns it off."""
    assert (200, 200) == (own_client.get("/healthz").status_code, own_client.get("/readyz").status_code)
    engine.error = EngineUnavailable("gone", retry_after=1)
    assert 200 == own_client.get("/healthz").status_code
    response = own_client.get("/readyz")
    assert (503, "1") == (response.status_code, response.headers["Retry-After"])


def test_wrong_answer_turns_ready_off(engine: CountingEngine, release: Release) -> None:
    """An engine with other data than the manifest says is not ready (safety facts, case 115)."""
    ready = create_app(site_of(release, engine)).test_client().get("/readyz")
    assert (200, DIGEST) == (ready.status_code, ready.text.split()[1])
    wrong = replace(release, projects=4)
    assert 503 == create_app(site_of(wrong, engine)).test_client().get("/readyz").status_code
    unknown = replace(release, projects=None)
    assert 200 == create_app(site_of(unknown, engine)).test_client().get("/readyz").status_code


def test_pages_have_an_engine_of_their_own(engine: CountingEngine, release: Release) -> None:
    """Pages keep answering while the engine of visitors does not."""
    own = CountingEngine(release)
    engine.error = EngineUnavailable("all busy", retry_after=2)
    client = create_app(site_of(release, engine, own_engine=own)).test_client()
    for path in ("/", "/projecten", "/doc/project/schone-sloot", "/readyz"):
        assert 200 == client.get(path).status_code
    assert 503 == client.get("/sparql?query=ASK%7B%7D").status_code


def test_saved_questions_are_asked_where_visitors_ask(engine: CountingEngine, release: Release) -> None:
    """What they cost grows with the data, so they run where the queries of visitors run; no other page does."""
    settings = replace(SETTINGS, questions=(load_all(ROOT / "queries")["edities"],))
    site = site_of(release, engine, settings=settings, own_engine=CountingEngine(release))
    client = create_app(site).test_client()
    for path in ("/", "/projecten", "/doc/project/schone-sloot", "/sparql", "/readyz", "/zoeken?q=sloot", "/vraag"):
        assert 200 == client.get(path, headers={"Accept": "text/html"}).status_code
    assert 0 == engine.asked
    assert 200 == client.get("/vraag/edities").status_code
    assert 1 == engine.asked


def test_metrics(engine: CountingEngine, release: Release) -> None:
    """/metrics says what the server counts; an application that nobody counts for has no such address."""
    site = site_of(release, engine)
    response = create_app(site, metrics=lambda: "kennis_ld_x 1\n").test_client().get("/metrics")
    assert (200, "kennis_ld_x 1\n") == (response.status_code, response.text)
    assert "text/plain; version=0.0.4; charset=utf-8" == response.headers["Content-Type"]
    assert "no-store" == response.headers["Cache-Control"]
    assert 404 == create_app(site).test_client().get("/metrics").status_code


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "pages"),
        ("/sparql?query=x", "sparql"),
        ("/doc/project/schone-sloot", "resources"),
        ("/static/site.css", "static"),
        ("/def", "ontology"),
        ("/catalog", "catalogue"),
        ("/healthz", "operations"),
        ("/bestaat-niet", "none"),
    ],
)
def test_kind_of_route(shared_app: Flask, path: str, route: str) -> None:
    """The server hears which kind of route answered, never an address of a visitor's choosing."""
    environ = create_environ(path)
    ClosingIterator(shared_app.wsgi_app(environ, lambda *_: bytes)).close()
    assert route == environ[ROUTE]


def test_health_and_readiness_without_flask(release: Release) -> None:
    """Who answers without the application says the same, by the same functions."""
    assert (200, b"ok\n") == (health(DIGEST).status_code, health(DIGEST).data)
    assert (200, f"ok {DIGEST}\n".encode()) == (readiness(release, 3).status_code, readiness(release, 3).data)
    for counted, seconds in ((None, "1"), (4, "5")):
        with pytest.raises(Problem) as caught:
            readiness(release, counted)
        assert ("service-busy", {"Retry-After": seconds}) == (caught.value.name, caught.value.headers)


def test_security_txt(client: FlaskClient, engine: CountingEngine, release: Release) -> None:
    """The file names the contact and a day within the year (RFC 9116); without a contact there is no file."""
    text = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:veilig@voorbeeld.example\n" in text
    expires = re.search(r"Expires: (\S+)", text)
    assert expires is not None
    assert timedelta(0) < datetime.fromisoformat(expires[1]) - datetime.now(UTC) < timedelta(days=365)
    without = create_app(site_of(release, engine, settings=replace(SETTINGS, security_contact=None))).test_client()
    assert 404 == without.get("/.well-known/security.txt").status_code


@pytest.mark.parametrize("path", ["/", "/static/site.css", "/doc/project/schone-sloot", "/bestaat-niet", "/readyz"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_any_wsgi_server_can_run_it(shared_app: Flask, path: str, method: str) -> None:
    """The application keeps to PEP 3333 by itself; nothing has to stand around it."""
    environ = create_environ(path, method=method)
    started: list[str] = []
    answer = validator(shared_app)(environ, lambda status, _headers, _error=None: started.append(status) or bytes)
    with closing(answer):
        assert (method == "HEAD") == (b"" == b"".join(answer))
    assert 1 == len(started)
