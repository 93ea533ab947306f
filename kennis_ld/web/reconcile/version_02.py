"""The service by the API 0.2: a batch in a field of a form, one address for queries and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from kennis_ld.web.reconcile.route import blueprint, limited, sent, spoken, table_in
from kennis_ld.web.reconcile.service import (
    KINDS,
    MOST_QUERIES,
    MOST_SUGGESTIONS,
    PREVIEW,
    USUAL_CANDIDATES,
    Named,
    Service,
    Value,
    invalid,
)
from kennis_ld.web.site import current_site

__all__ = ["blueprint"]


@blueprint.route("/reconcile", methods=["GET", "POST"])
def answered() -> Response:
    """Answers a batch of names, or a request for values; without either, describes the service."""
    service = spoken()
    if queries := request.values.get("queries"):
        asked = table_in(queries, "queries")
        if len(asked) > MOST_QUERIES:
            raise invalid("queries")
        return sent({key: {"result": _candidates(service, query)} for key, query in asked.items()})
    if extend := request.values.get("extend"):
        return sent(_values(service, table_in(extend, "extend")))
    return sent(_manifest(service))


@blueprint.get('/reconcile/suggest/<any("entity", "type", "property"):kind>')
def suggest(kind: str) -> Response:
    """Suggests things, types or properties whose name has a word that starts so."""
    found = spoken().suggested(kind, request.args.get("prefix", ""))[:MOST_SUGGESTIONS]
    return sent({"result": [_named(each) | ({"notable": [its.name]} if its else {}) for each, its in found]})


@blueprint.get("/reconcile/properties")
def properties() -> Response:
    """Proposes properties whose values can be asked for, of things of a type."""
    wanted = request.args.get("type", "")
    told = spoken().properties(wanted)
    most = limited(request.args.get("limit"), len(told))
    return sent({"type": wanted, "properties": [_named(each) for each in told[:most]]})


@blueprint.get("/reconcile/view")
def view() -> Response:
    """Leads to the page of a thing; its identifier has a slash, which clients write as %2F in a path."""
    iri, *_ = spoken().thing(request.args.get("id", ""))
    address = current_site().address(iri) or ""
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-cache"})


def _manifest(service: Service) -> Mapping[str, Any]:
    iris = current_site().iris
    root = f"{iris.base}/reconcile"
    return {
        "versions": ["0.2"],
        "name": service.title,
        "identifierSpace": f"{iris.base}/id/",
        "schemaSpace": iris.terms,
        "defaultTypes": [_named(each) for each in service.kinds()],
        "view": {"url": f"{root}/view?id={{{{id}}}}"},
        "preview": {"url": f"{root}/preview?id={{{{id}}}}", **PREVIEW},
        "suggest": {
            kind: {"service_url": root, "service_path": f"/suggest/{kind}"} for kind in ("entity", "type", "property")
        },
        "extend": {"propose_properties": {"service_url": root, "service_path": "/properties"}, "property_settings": []},
        "batchSize": MOST_QUERIES,
    }


def _candidates(service: Service, query: Any) -> list[Mapping[str, Any]]:
    """Returns what may be meant by one query, the best first."""
    if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
        raise invalid("query")
    types = query.get("type") or list(KINDS)
    wanted = map(str, types if isinstance(types, list) else [types])
    found = service.candidates(query.get("query", ""), wanted, limited(query.get("limit"), USUAL_CANDIDATES))
    return [
        {**_named(each.thing), "type": [_named(each.kind)], "score": each.score, "match": each.sure} for each in found
    ]


def _values(service: Service, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns the values of properties of things (section 7): links with identifier and name, texts as they are."""
    names, keys = service.asked_properties(asked.get("properties")), service.asked_things(asked.get("ids"))
    rows = {key: {name: [*map(_value, values)] for name, values in service.values(key, names).items()} for key in keys}
    return {"meta": [_named(service.property(name)) for name in names], "rows": rows}


def _named(it: Named) -> dict[str, Any]:
    return {"id": it.id, "name": it.name}


def _value(value: Value) -> Mapping[str, str]:
    return {"id": value.id, "name": value.text} if value.id else {"str": value.text}
