"""The reconciliation service as OpenRefine and other clients use it (Reconciliation Service API 0.2)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.city import BASE

FORM = "application/x-www-form-urlencoded"


def asked(client: FlaskClient, **parameters: Any) -> Any:
    """What the service answers to a POST with JSON in the fields of a form."""
    response = client.post("/reconcile", data={name: json.dumps(value) for name, value in parameters.items()})
    assert (200, "application/json") == (response.status_code, response.mimetype)
    assert "*" == response.headers["Access-Control-Allow-Origin"]
    return json.loads(response.data)


def test_the_manifest(client: FlaskClient) -> None:
    """Without a query the service says what it is, and each address in it is one of this site."""
    told = json.loads(client.get("/reconcile").data)
    assert {"0.2"} == {*told["versions"]}
    assert (f"{BASE}/id/", f"{BASE}/def#") == (told["identifierSpace"], told["schemaSpace"])
    assert ["schema:Organization", "schema:Project", "skos:Concept"] == [each["id"] for each in told["defaultTypes"]]
    for part in told["suggest"].values():
        path = part["service_url"].removeprefix(BASE) + part["service_path"]
        assert 200 == client.get(f"{path}?prefix=water").status_code
    for part in (told["view"]["url"], told["preview"]["url"]):
        path = part.replace("{{id}}", "organisatie%2Fwaterlab").removeprefix(BASE)
        assert client.get(path).status_code in {200, 303}


def test_a_batch(client: FlaskClient) -> None:
    """Each query of a batch gets its candidates under its own key, with type, score, and whether it is sure."""
    queries = {
        "q0": {"query": "Waterlab", "type": "schema:Organization", "limit": 3},
        "q1": {"query": "schone sloot"},
        "q2": {"query": "xqzw"},
    }
    found = asked(client, queries=queries)
    assert list(queries) == list(found)
    first = found["q0"]["result"][0]
    assert {
        "id": "organisatie/waterlab",
        "name": "Waterlab",
        "type": [{"id": "schema:Organization", "name": "organisatie"}],
        "score": 100.0,
        "match": True,
    } == first
    assert "project/schone-sloot" == found["q1"]["result"][0]["id"]
    assert [] == found["q2"]["result"]


def test_a_batch_by_get(client: FlaskClient) -> None:
    """GET with queries gives what POST gives."""
    queries = json.dumps({"q0": {"query": "Waterlab"}})
    response = client.get("/reconcile", query_string={"queries": queries})
    assert asked(client, queries=json.loads(queries)) == json.loads(response.data)


def test_the_type_narrows(client: FlaskClient) -> None:
    """Who asks for projects gets no organisation, also where that has the name."""
    found = asked(client, queries={"q0": {"query": "Waterlab", "type": ["schema:Project"]}})
    assert {"schema:Project"} >= {each["type"][0]["id"] for each in found["q0"]["result"]}


def test_in_english(client: FlaskClient) -> None:
    """Names of types are in the language that the client likes best, and caches are told so."""
    response = client.get("/reconcile/suggest/type?prefix=org", headers={"Accept-Language": "en-GB, nl;q=0.5"})
    assert [{"id": "schema:Organization", "name": "organisation"}] == json.loads(response.data)["result"]
    assert "Accept-Language" in response.headers["Vary"]
    wanted = json.dumps({"ids": [], "properties": [{"id": "schema:about"}, {"id": "ks:lead"}]})
    for language, names in (("nl", ["gaat over", "trekker"]), ("en", ["about", "lead"])):
        headers = {"Accept-Language": language}
        told = json.loads(client.post("/reconcile", data={"extend": wanted}, headers=headers).data)
        assert names == [each["name"] for each in told["meta"]]
        page = client.get("/reconcile/preview?id=organisatie/waterlab", headers=headers).text
        assert f'<html lang="{language}">' in page


def test_an_identifier_is_found(client: FlaskClient) -> None:
    """Who gives an identifier, or the whole address, means that thing, and is suggested it."""
    for key in ("organisatie/waterlab", f"{BASE}/id/organisatie/waterlab"):
        (found,) = asked(client, queries={"q": {"query": key}})["q"]["result"]
        assert ("organisatie/waterlab", True) == (found["id"], found["match"])
        suggested = json.loads(client.get("/reconcile/suggest/entity", query_string={"prefix": key}).data)["result"]
        assert "organisatie/waterlab" == suggested[0]["id"]


def test_suggestions(client: FlaskClient) -> None:
    """What was typed is completed to things, types and properties."""

    def suggested(kind: str, prefix: str) -> list[str]:
        return [
            each["id"] for each in json.loads(client.get(f"/reconcile/suggest/{kind}?prefix={prefix}").data)["result"]
        ]

    assert "organisatie/waterlab" in suggested("entity", "water")
    assert ["schema:Project"] == suggested("type", "proj")
    assert "schema:identifier" in suggested("property", "nummer")
    assert ["ks:lead"] == suggested("property", "trekker")
    assert 404 == client.get("/reconcile/suggest/elsewhere?prefix=a").status_code


def test_values_of_properties(client: FlaskClient) -> None:
    """A table gets columns with our values: texts as they are, links with their identifier and name."""
    wanted = {
        "ids": ["project/schone-sloot", "project/nergens"],
        "properties": [{"id": "schema:identifier"}, {"id": "ks:lead"}],
    }
    told = asked(client, extend=wanted)
    assert ["schema:identifier", "ks:lead"] == [each["id"] for each in told["meta"]]
    row = told["rows"]["project/schone-sloot"]
    assert [{"str": "1a"}] == row["schema:identifier"]
    assert row["ks:lead"]
    assert {"id", "name"} == set(row["ks:lead"][0])
    assert {"schema:identifier": [], "ks:lead": []} == told["rows"]["project/nergens"]
    proposed = json.loads(client.get("/reconcile/properties?type=schema:Project&limit=3").data)
    assert 3 == len(proposed["properties"])


def test_the_preview_may_be_framed(client: FlaskClient) -> None:
    """A client shows the preview in its own page; nothing else of the site may be framed."""
    response = client.get("/reconcile/preview?id=organisatie/waterlab")
    assert "Waterlab" in response.text
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]


def test_the_view_leads_to_the_page(client: FlaskClient) -> None:
    """The address of a thing for people, also where the client wrote the slash as %2F."""
    response = client.get("/reconcile/view?id=organisatie%2Fwaterlab")
    assert (303, "/doc/organisatie/waterlab") == (response.status_code, response.headers["Location"])
    for other in ("organisatie/nergens", "../../etc", "", "http://elsewhere.example"):
        assert 404 == client.get("/reconcile/view", query_string={"id": other}).status_code


@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("queries", {"queries": "[1]"}), ("queries", {"queries": "{"}), ("query", {"queries": json.dumps({"q": 1})}),
        ("query", {"queries": json.dumps({"q": {"query": 1}})}), ("queries", {"queries": "[" * 5000}),
        ("queries", {"queries": json.dumps({f"q{n}": {"query": "a"} for n in range(101)})}),
        ("properties", {"extend": "{}"}), ("ids", {"extend": json.dumps({"ids": ["a"] * 101, "properties": []})}),
        ("extend", {"extend": "1"}), ("extend", {"extend": r'{"ids": ["\ud800"], "properties": []}'}),
        ("queries", {"queries": r'{"\ud800": {"query": "a"}}'}),
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused(client: FlaskClient, where: str, fields: dict[str, str]) -> None:
    """A batch that is malformed or too large is 400, with a problem that names the part and this API."""
    response = client.post("/reconcile", data=fields)
    assert (400, "application/problem+json") == (response.status_code, response.mimetype)
    assert where == response.json["where"]  # type: ignore[index]
    assert "more than 100 names" in response.json["detail"]  # type: ignore[index]
