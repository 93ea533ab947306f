"""Queries to ask of the made-up city, and how to ask them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SELECT = "PREFIX ks: <def#> SELECT ?project WHERE { ?project a ks:Project } ORDER BY ?project"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s <https://schema.org/name> ?o }"
DESCRIBE = "DESCRIBE <id/project/draaien>"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SD = "http://www.w3.org/ns/sparql-service-description#"


def ask(client: FlaskClient, query: str, accept: str | None = None, **parameters: str) -> TestResponse:
    """Asks over GET."""
    return client.get(
        f"/sparql?{urlencode({'query': query, **parameters})}", headers={"Accept": accept} if accept else {}
    )


def problem(response: TestResponse) -> dict[str, Any]:
    """Returns the members of a problem, after a look at what every problem has."""
    assert "application/problem+json" == response.headers["Content-Type"]
    members: dict[str, Any] = json.loads(response.data)
    assert response.status_code == members["status"]
    assert {"type", "title", "detail", "remedy"} <= set(members)
    return members
