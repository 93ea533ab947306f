"""The addresses of the service: a batch in a field of a form and one address for queries and values (0.2), and under
`v1` JSON in the body and an address for each kind of question (the draft of 1.0).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request

from kennis_ld.web.documents import dated
from kennis_ld.web.reconcile import conditions
from kennis_ld.web.reconcile.service import (
    KINDS,
    MOST_QUERIES,
    MOST_SUGGESTIONS,
    PREVIEW,
    USUAL_CANDIDATES,
    Candidate,
    Service,
    invalid,
    limited,
)
from kennis_ld.web.site import current_site
from kennis_ld.web.words import Words, best_language

blueprint = Blueprint("reconcile", __name__)

_SUGGEST = 'suggest/<any("entity", "type", "property"):kind>'
_V1 = {"is_1": True}


@blueprint.route("/reconcile", methods=["GET", "POST"])
def answered() -> Response:
    """Answers a batch of names, or a request for values; without either, describes the service."""
    service = _spoken()
    if queries := request.values.get("queries"):
        asked = _table_in(queries, "queries")
        if len(asked) > MOST_QUERIES:
            raise invalid("queries")
        found = {key: _candidates(service, query) for key, query in asked.items()}
        return _sent({key: {"result": [each.json(lang=False) for each in some]} for key, some in found.items()})
    if extend := request.values.get("extend"):
        return _values(service, _table_in(extend, "extend"), is_1=False)
    iris = current_site().iris
    root = f"{iris.base}/reconcile"
    propose = {"service_url": root, "service_path": "/properties"}
    return _sent(
        {
            "versions": ["0.2"],
            "name": service.title,
            "identifierSpace": iris.things,
            "schemaSpace": iris.terms,
            "defaultTypes": [each.json(lang=False) for each in service.kinds()],
            "view": {"url": f"{root}/view?id={{{{id}}}}"},
            "preview": {"url": f"{root}/preview?id={{{{id}}}}", **PREVIEW},
            "suggest": {
                kind: {"service_url": root, "service_path": f"/suggest/{kind}"}
                for kind in ("entity", "type", "property")
            },
            "extend": {"propose_properties": propose, "property_settings": []},
            "batchSize": MOST_QUERIES,
        }
    )


@blueprint.get("/reconcile/v1")
def manifest() -> Response:
    """Describes the service."""
    service, iris = _spoken(), current_site().iris
    return _sent(
        {
            "versions": ["1.0-draft"],
            "name": service.title,
            "lang": service.language,
            "documentation": f"{iris.base}/over",
            "defaultTypes": [each.json(lang=True) for each in service.kinds()],
            "view": {"url": f"{iris.things}{{+id}}"},
            "preview": PREVIEW,
            "suggest": {"entity": True, "property": True, "type": True},
            "extend": {"proposeProperties": True, "propertySettings": []},
            "batchSize": MOST_QUERIES,
            "standardizedScore": True,
        }
    )


@blueprint.post("/reconcile/v1/match")
def match() -> Response:
    """Answers a batch of queries."""
    found = conditions.found(_spoken(), _table_in(request.get_data(), "JSON").get("queries"))
    return _sent({"results": [{"candidates": [each.json(lang=True) for each in some]} for some in found]})


@blueprint.post("/reconcile/v1/extend")
def extend() -> Response:
    """Returns the values of properties of things."""
    return _values(_spoken(), _table_in(request.get_data(), "JSON"), is_1=True)


@blueprint.get(f"/reconcile/{_SUGGEST}")
@blueprint.get(f"/reconcile/v1/{_SUGGEST}", endpoint="suggest_1", defaults=_V1)
def suggest(kind: str, *, is_1: bool = False) -> Response:
    """Suggests things, types or properties whose name has a word that starts so."""
    first = limited(request.args.get("offset"), 0, least=0, most=10**6)
    last = first + limited(request.args.get("limit"), MOST_SUGGESTIONS)
    result = []
    for each, its in _spoken().suggested(kind, request.args.get("prefix", ""))[first:last]:
        notable = {"notable": [its.json(lang=True) if is_1 else its.name]} if its else {}
        result.append(each.json(lang=is_1) | notable)
    return _sent({"result": result})


@blueprint.get("/reconcile/properties")
@blueprint.get("/reconcile/v1/extend/propose", endpoint="properties_1", defaults=_V1)
def properties(*, is_1: bool = False) -> Response:
    """Proposes properties whose values can be asked for, of things of a type."""
    wanted = request.args.get("type", "")
    told = _spoken().properties(wanted)
    most = limited(request.args.get("limit"), len(told))
    body = {"type": wanted, "properties": [each.json(lang=is_1) for each in told[:most]]}
    return _sent(body | ({"limit": most} if is_1 else {}))


@blueprint.get("/reconcile/view")
def view() -> Response:
    """Leads to the page of a thing; its identifier has a slash, which clients write as %2F in a path."""
    iri, *_ = _spoken().thing(request.args.get("id", ""))
    address = current_site().address(iri) or ""
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-cache"})


@blueprint.get("/reconcile/preview")
@blueprint.get("/reconcile/v1/preview")
def preview() -> Response:
    """Shows a thing in a few lines, to be shown in the page of a client."""
    service = _spoken()
    iri, thing, kind, others = service.thing(request.args.get("id", ""))
    page = render_template(
        "preview.html", name=thing.name, kind=kind.name, others=others, language=service.language, iri=iri
    )
    return _negotiated(Response(page, content_type="text/html; charset=utf-8"))


def _candidates(service: Service, query: Any) -> list[Candidate]:
    """Returns what may be meant by one query of 0.2, the best first."""
    if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
        raise invalid("query")
    types = query.get("type") or list(KINDS)
    wanted = map(str, types if isinstance(types, list) else [types])
    return service.candidates(query.get("query", ""), wanted, limited(query.get("limit"), USUAL_CANDIDATES))


def _values(service: Service, asked: Mapping[str, Any], *, is_1: bool) -> Response:
    """Returns the values of properties of things: links with identifier and name, texts as they are."""
    names, keys = service.asked_properties(asked.get("properties")), service.asked_things(asked.get("ids"))
    found = {
        key: {name: [each.json(lang=is_1) for each in some] for name, some in service.values(key, names).items()}
        for key in keys
    }
    rows: Any = found
    if is_1:
        told = ((key, [{"id": name, "values": found[key][name]} for name in names]) for key in keys)
        rows = [{"id": key, "properties": each} for key, each in told]
    return _sent({"meta": [service.property(name).json(lang=is_1) for name in names], "rows": rows})


def _spoken() -> Service:
    """Returns the service in the language that the client likes best."""
    return Service(current_site(), Words(best_language(request.accept_languages.values())))


def _sent(body: Mapping[str, Any]) -> Response:
    text = json.dumps(body, ensure_ascii=False) + "\n"
    return _negotiated(Response(text, content_type="application/json"))


def _negotiated(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Language")
    return dated(response, current_site())


def _table_in(text: str | bytes, where: str) -> Mapping[str, Any]:
    """Returns the JSON object in a text, which is the part of the request of that name.

    Raises:
        Problem: there is none.
    """
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()  # half of a surrogate pair can be written in JSON, and not sent
    except (ValueError, RecursionError):
        raise invalid(where) from None
    if not isinstance(found, dict):
        raise invalid(where)
    return found
