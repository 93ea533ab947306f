"""For operators and robots."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient

from kennis_ld.errors import EngineUnavailable
from kennis_ld.web.app import create_app
from kennis_ld.web.site import Release
from tests.web.city import DIGEST, SETTINGS, CountingEngine


def test_process_and_service_are_two_things(own_client: FlaskClient, engine: CountingEngine) -> None:
    """/healthz is about the process; /readyz asks the engine something, and a silent engine turns it off."""
    assert (200, 200) == (own_client.get("/healthz").status_code, own_client.get("/readyz").status_code)
    engine.error = EngineUnavailable("gone", retry_after=1)
    assert 200 == own_client.get("/healthz").status_code
    response = own_client.get("/readyz")
    assert (503, "1") == (response.status_code, response.headers["Retry-After"])


def test_wrong_answer_turns_ready_off(engine: CountingEngine, release: Release) -> None:
    """An engine with other data than the manifest says is not ready (safety facts, case 115)."""
    ready = create_app(engine, release, SETTINGS).test_client().get("/readyz")
    assert (200, DIGEST) == (ready.status_code, ready.text.split()[1])
    wrong = replace(release, projects=4)
    assert 503 == create_app(engine, wrong, SETTINGS).test_client().get("/readyz").status_code
    unknown = replace(release, projects=None)
    assert 200 == create_app(engine, unknown, SETTINGS).test_client().get("/readyz").status_code


def test_pages_have_an_engine_of_their_own(engine: CountingEngine, release: Release) -> None:
    """Pages keep answering while the engine of visitors does not."""
    own = CountingEngine(release)
    engine.error = EngineUnavailable("all busy", retry_after=2)
    client = create_app(engine, release, SETTINGS, own_engine=own).test_client()
    for path in ("/", "/projecten", "/doc/project/schone-sloot", "/readyz"):
        assert 200 == client.get(path).status_code
    assert 503 == client.get("/sparql?query=ASK%7B%7D").status_code


def test_metrics(own_client: FlaskClient) -> None:
    """Responses are counted by kind of route, method and status; no address of a visitor's choosing becomes a label."""
    for path in ("/", "/", "/bestaat-niet", "/sparql?query=x"):
        own_client.get(path)
    response = own_client.get("/metrics")
    assert "text/plain; version=0.0.4; charset=utf-8" == response.headers["Content-Type"]
    assert 'kennis_ld_responses_total{route="pages",method="GET",status="200"} 2' in response.text
    assert 'kennis_ld_responses_total{route="none",method="GET",status="404"} 1' in response.text
    assert 'kennis_ld_responses_total{route="sparql",method="GET",status="400"} 1' in response.text
    assert f'kennis_ld_release_info{{digest="{DIGEST}"}} 1' in response.text
    assert "bestaat-niet" not in response.text


def test_robots(client: FlaskClient) -> None:
    """Robots stay out of queries and filters, and may read every thing."""
    text = client.get("/robots.txt").text
    assert "Disallow: /sparql?" in text
    assert "Disallow: /doc" not in text


def test_security_txt(client: FlaskClient, engine: CountingEngine, release: Release) -> None:
    """The file names the contact and a day within the year (RFC 9116); without a contact there is no file."""
    text = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:veilig@voorbeeld.example\n" in text
    expires = re.search(r"Expires: (\S+)", text)
    assert expires is not None
    assert timedelta(0) < datetime.fromisoformat(expires[1]) - datetime.now(UTC) < timedelta(days=365)
    without = create_app(engine, release, replace(SETTINGS, security_contact=None)).test_client()
    assert 404 == without.get("/.well-known/security.txt").status_code
