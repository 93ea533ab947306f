"""The reconciliation service by the draft of the API 1.0: the same answers, asked and written otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.city import BASE

ROOT = "/reconcile/v1"


def posted(client: FlaskClient, path: str, body: Any, **headers: str) -> Any:
    """What the service answers to JSON."""
    response = client.post(f"{ROOT}/{path}", json=body, headers=headers)
    assert (200, "application/json") == (response.status_code, response.mimetype), response.data
    assert "*" == response.headers["Access-Control-Allow-Origin"]
    return json.loads(response.data)


def condition(value: Any, kind: str = "name", **more: Any) -> dict[str, Any]:
    return {"matchType": kind, "propertyValue": value, **more}


def ids(client: FlaskClient, *conditions: dict[str, Any], **more: Any) -> list[str]:
    """The identifiers of the candidates of one query."""
    (found,) = posted(client, "match", {"queries": [{"conditions": list(conditions), **more}]})["results"]
    return [each["id"] for each in found["candidates"]]


def test_the_manifest(client: FlaskClient) -> None:
    """It names its one version, and with its address of a thing that thing opens."""
    told = json.loads(client.get(ROOT).data)
    assert (["1.0-draft"], True) == (told["versions"], told["standardizedScore"])
    assert {"entity": True, "property": True, "type": True} == told["suggest"]
    address = told["view"]["url"].replace("{+id}", "organisatie/waterlab")
    assert 303 == client.get(address.removeprefix(BASE)).status_code
    assert 200 == client.get(told["documentation"].removeprefix(BASE)).status_code
    assert ["0.2"] == json.loads(client.get("/reconcile").data)["versions"]


def test_a_batch(client: FlaskClient) -> None:
    """Each query gets its candidates in its own place, with type, score, and whether it is sure."""
    queries = [
        {"conditions": [condition("Waterlab")], "type": "schema:Organization", "limit": 3},
        {"conditions": [condition("schone sloot")]},
        {"conditions": [condition("xqzw")]},
    ]
    first, second, third = (each["candidates"] for each in posted(client, "match", {"queries": queries})["results"])
    kind = {"id": "schema:Organization", "name": "organisatie"}
    told = {
        "id": "organisatie/waterlab",
        "name": "Waterlab",
        "lang": "nl",
        "type": [kind],
        "score": 100.0,
        "match": True,
    }
    assert told == first[0]
    assert "project/schone-sloot" == second[0]["id"]
    assert [] == third


def test_both_versions_find_the_same(client: FlaskClient) -> None:
    """One service stands behind both."""
    for name in ("Waterlab", "water", "sloot", "schoon", "xqzw", ""):
        old = client.post("/reconcile", data={"queries": json.dumps({"q": {"query": name}})})
        assert [each["id"] for each in json.loads(old.data)["q"]["result"]] == ids(client, condition(name))


def test_an_identifier_finds_its_thing(client: FlaskClient) -> None:
    """By the end of its address or the whole of it; a name is no identifier."""
    assert ["organisatie/waterlab"] == ids(client, condition("organisatie/waterlab", "id"))
    assert ["organisatie/waterlab"] == ids(client, condition({"id": "organisatie/waterlab", "name": "x"}, "id"))
    assert [] == ids(client, condition("Waterlab", "id"))
    assert ["organisatie/waterlab"] == ids(client, condition(f"{BASE}/id/organisatie/waterlab"))
    assert [] == ids(client, condition("organisatie/waterlab", "id"), type="schema:Project")


def test_any_all_and_none(client: FlaskClient) -> None:
    """Of several names any may do, all must, or none may."""
    both = ["Waterlab", "Schone sloot"]
    assert {"organisatie/waterlab", "project/schone-sloot"} <= set(ids(client, condition(both)))
    assert [] == ids(client, condition(both, matchQuantifier="all"))
    left = ids(client, condition(both), condition("waterlab", matchQuantifier="none"))
    assert "project/schone-sloot" in left
    assert "organisatie/waterlab" not in left
    (found,) = posted(client, "match", {"queries": [{"conditions": [condition(both)]}]})["results"]
    assert [False] * len(found["candidates"]) == [each["match"] for each in found["candidates"]]


def test_a_property_leaves_out_where_it_is_required(client: FlaskClient) -> None:
    """A required value, a text or a thing, leaves candidates out; one that is not has no say."""
    name, number = condition("Schone sloot"), {"propertyId": "schema:identifier"}
    found = ["project/schone-sloot"]
    assert found == ids(client, name, condition("1A", "property", required=True, **number))[:1]
    assert [] == ids(client, name, condition("9z", "property", required=True, **number))
    assert found == ids(client, name, condition("9z", "property", **number))[:1]
    assert [] == ids(client, name, condition(["1a", "x"], "property", matchQuantifier="none", **number))
    lead = posted(client, "extend", {"ids": found, "properties": [{"id": "ks:lead"}]})
    thing = lead["rows"][0]["properties"][0]["values"][0]
    about = {"propertyId": "ks:lead", "required": True}
    assert found == ids(client, name, condition(thing, "property", **about))
    assert [] == ids(client, name, condition({"id": "organisatie/nergens"}, "property", **about))
    assert [] == ids(client, name, condition(7, "property", required=True, propertyId="nobody:knows"))


def test_values_of_properties(client: FlaskClient) -> None:
    """A row for each thing in the order that was asked, also for one that is not there."""
    wanted = {"ids": ["project/schone-sloot", "project/nergens"], "properties": [{"id": "schema:identifier"}]}
    told = posted(client, "extend", wanted)
    assert ["schema:identifier"] == [each["id"] for each in told["meta"]]
    assert [
        {"id": "project/schone-sloot", "properties": [{"id": "schema:identifier", "values": [{"str": "1a"}]}]},
        {"id": "project/nergens", "properties": [{"id": "schema:identifier", "values": []}]},
    ] == told["rows"]
    proposed = json.loads(client.get(f"{ROOT}/extend/propose?type=schema:Project&limit=3").data)
    assert (3, 3, "schema:Project") == (len(proposed["properties"]), proposed["limit"], proposed["type"])


def test_suggestions(client: FlaskClient) -> None:
    """As in 0.2; with an identifier its thing, with nothing all types, and from any place on."""

    def suggested(kind: str, query: str) -> list[str]:
        return [each["id"] for each in json.loads(client.get(f"{ROOT}/suggest/{kind}?{query}").data)["result"]]

    every = suggested("type", "prefix=")
    assert ["schema:Organization", "schema:Project", "skos:Concept"] == every
    assert every[1:2] == suggested("type", "prefix=&offset=1&limit=1")
    assert ["skos:Concept"] == suggested("type", "prefix=skos:Concept")
    assert "organisatie/waterlab" in suggested("entity", "prefix=water")
    assert "organisatie/waterlab" == suggested("entity", "prefix=organisatie/waterlab")[0]
    assert [] == suggested("entity", "prefix=water&offset=1000")
    assert "schema:identifier" in suggested("property", "prefix=nummer")


def test_in_english(client: FlaskClient) -> None:
    """Names of types are in the language that the client likes best."""
    body = {"queries": [{"conditions": [condition("Waterlab")]}]}
    (found,) = posted(client, "match", body, **{"Accept-Language": "en"})["results"]
    assert "organisation" == found["candidates"][0]["type"][0]["name"]


def test_the_preview_may_be_framed(client: FlaskClient) -> None:
    """As in 0.2."""
    response = client.get(f"{ROOT}/preview?id=organisatie%2Fwaterlab")
    assert "Waterlab" in response.text
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]


def test_a_page_of_another_site_may_ask(client: FlaskClient) -> None:
    """A body of JSON makes a browser ask first; it hears that it may."""
    response = client.options(f"{ROOT}/match", headers={"Origin": "https://a.example"})
    assert (204, "*") == (response.status_code, response.headers["Access-Control-Allow-Origin"])
    assert "POST" in response.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    ("where", "body"),
    [
        ("JSON", b"{"), ("JSON", b"[1]"), ("JSON", b"[" * 5000), ("queries", b"{}"), ("JSON", b'{"\\udc80": 1}'),
        ("queries", {"queries": {"q0": {"query": "a"}}}), ("conditions", {"queries": [1]}),
        ("conditions", {"queries": [{}]}), ("conditions", {"queries": [{"conditions": []}]}),
        ("matchType", {"queries": [{"conditions": [{"propertyValue": "a"}]}]}),
        ("propertyValue", {"queries": [{"conditions": [{"matchType": "name"}]}]}),
        ("matchType", {"queries": [{"conditions": [condition("a", "else")]}]}),
        ("matchType", {"queries": [{"conditions": [condition("a", ["name"])]}]}),
        ("matchQuantifier", {"queries": [{"conditions": [condition("a", matchQuantifier="some")]}]}),
        ("propertyId", {"queries": [{"conditions": [condition("a", "property")]}]}),
        ("propertyValue", {"queries": [{"conditions": [condition(None)]}]}),
        ("queries", {"queries": [{"conditions": [condition("a")]}] * 101}),
        ("propertyValue", {"queries": [{"conditions": [condition(["a"] * 101)]}]}),
        ("propertyValue", {"queries": [
            {"conditions": [condition("a"), *[condition("b", "property", propertyId="x")] * 1001]},
        ]}),
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused(client: FlaskClient, where: str, body: Any) -> None:
    """A batch that is malformed or asks too much is 400, with a problem that names the part."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = client.post(f"{ROOT}/match", data=text, content_type="application/json")
    assert (400, "application/problem+json") == (response.status_code, response.mimetype)
    assert ("invalid-reconciliation", where) == (response.json["type"].rpartition("#")[2], response.json["where"])  # type: ignore[index]
