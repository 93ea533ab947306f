"""What the addresses of the service share: where they are registered, and how a request is read and answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request

from kennis_ld.web.documents import dated
from kennis_ld.web.reconcile.service import MOST_CANDIDATES, Service, invalid
from kennis_ld.web.site import current_site
from kennis_ld.web.words import Words, best_language

blueprint = Blueprint("reconcile", __name__)


@blueprint.get("/reconcile/preview")
@blueprint.get("/reconcile/v1/preview")
def preview() -> Response:
    """Shows a thing in a few lines, to be shown in the page of a client."""
    service = spoken()
    iri, thing, kind, others = service.thing(request.args.get("id", ""))
    page = render_template(
        "preview.html", name=thing.name, kind=kind.name, others=others, language=service.language, iri=iri
    )
    return _negotiated(Response(page, content_type="text/html; charset=utf-8"))


def spoken() -> Service:
    """Returns the service in the language that the client likes best."""
    return Service(current_site(), Words(best_language(request.accept_languages.values())))


def sent(body: Mapping[str, Any]) -> Response:
    """Returns a response with JSON."""
    text = json.dumps(body, ensure_ascii=False) + "\n"
    return _negotiated(Response(text, content_type="application/json"))


def table_in(text: str | bytes, where: str) -> Mapping[str, Any]:
    """Returns the JSON object in a text, which is the part of the request of that name.

    Raises:
        Problem: there is none.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise invalid(where) from None
    if not isinstance(found, dict):
        raise invalid(where)
    return found


def limited(value: Any, usual: int, *, least: int = 1, most: int = MOST_CANDIDATES) -> int:
    """Returns how many are wanted: a number that somebody gave, within bounds, or else the usual."""
    text = str(value)
    return max(least, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 7 else usual


def _negotiated(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Language")
    return dated(response, current_site())
