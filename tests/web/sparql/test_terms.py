"""What the editor completes and an answer names: the terms that are in the data, with labels and counts."""

from __future__ import annotations

import runpy

import pytest
from flask.testing import FlaskClient

from kennis_ld.web.sparql import endpoint
from tests.conftest import ROOT

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def test_terms_have_labels_and_counts(leiden_client: FlaskClient) -> None:
    """Each class and property of the data comes with its label in the language and how often it is used."""
    told = {path: leiden_client.get(f"{path}sparql/termen").get_json() for path in ("/", "/en/")}
    terms = {path: {name: rest for name, *rest in each["terms"]} for path, each in told.items()}
    assert ["deelname", 270, "class"] == terms["/"]["ks:Participation"]
    assert ["participation", 270, "class"] == terms["/en/"]["ks:Participation"]
    assert "property" == terms["/"]["org:member"][2]
    assert told["/"]["prefixes"]["ks"].endswith("/def#")
    assert {name.partition(":")[0] for name in terms["/"]} <= set(told["/"]["prefixes"])


def test_answers_name_concepts_terms_and_editions(leiden_client: FlaskClient) -> None:
    """Beside the address of a concept, an edition or a class stands its name."""
    query = "PREFIX ks: <http://localhost:8000/def#> SELECT ?a ?b ?c { ?a a ks:AgendaEdition . "
    query += "BIND(ks:Participation AS ?b) BIND(<http://localhost:8000/id/begrip/beoogd> AS ?c) }"
    text = leiden_client.get("/en/sparql", query_string={"query": query}, headers=BROWSER).text
    for name in ("Agenda 2023-2027, progress of projects", "participation", "intended"):
        assert f"{name}</bdi></a>" in text


def test_the_form_works_without_the_editor(leiden_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no editor was built the page has the form alone, and no word of keys that do nothing."""
    monkeypatch.setattr(endpoint, "EDITOR", ROOT / "no-such-file")
    text = leiden_client.get("/sparql?query=ASK%7B%7D%23", headers=BROWSER).text
    assert "<textarea" in text
    assert "editor.js" not in text
    assert "data-editor" not in text


def test_installing_goes_on_without_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Node is not there the editor is left out with a reason, and nothing fails."""
    monkeypatch.setenv("PATH", "")
    assert "Node is not installed" == runpy.run_path(str(ROOT / "editor" / "build.py"))["built"]()
