"""The saved questions as tools of the Model Context Protocol: what each does, what it takes, and its answer as JSON.

Knows nothing of the protocol itself (`kennis_ld.cli.mcp`) and asks nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kennis_ld.model.saved_query import Parameter, SavedQuery

FORMS = {True: "json", False: "ttl"}
"""The form in which an answer is asked for: of rows, and of statements."""


def description(query: SavedQuery) -> str:
    """Returns what a question asks, in Dutch and English, and what its rows hold."""
    told = [
        " ".join(filter(None, (query.title_nl, query.explanation_nl))),
        " ".join(filter(None, (query.title_en, query.explanation_en))),
        f"Columns: {', '.join(query.columns)}." if query.columns else "Statements, in Turtle.",
    ]
    return "\n".join(told)


def takes(query: SavedQuery) -> Mapping[str, Any]:
    """Returns the JSON Schema of what must be given: a text for each parameter."""
    return {
        "type": "object",
        "properties": {each.name: {"type": "string", "description": _meaning(each)} for each in query.parameters},
        "required": [each.name for each in query.parameters],
        "additionalProperties": False,
    }


def gives(query: SavedQuery) -> Mapping[str, Any]:
    """Returns the JSON Schema of an answer."""
    row = {"type": "object", "properties": {name: {"type": "string"} for name in query.columns}}
    answer = {"rows": {"type": "array", "items": row}} if query.columns else {"turtle": {"type": "string"}}
    return {"type": "object", "properties": answer, "required": list(answer)}


def structured(query: SavedQuery, body: str) -> Mapping[str, Any]:
    """Returns an answer as its schema says; a value that a row has not is left out.

    Args:
        query: what was asked.
        body: the answer in the form of `FORMS`.
    """
    if not query.columns:
        return {"turtle": body}
    rows = json.loads(body)["results"]["bindings"]
    return {"rows": [{name: term["value"] for name, term in row.items()} for row in rows]}


def _meaning(parameter: Parameter) -> str:
    if parameter.kind == "tekst":
        kind = "Any text."
    elif parameter.concept:
        kind = f"The IRI of one {parameter.concept}, or the end of it; zoek-op-naam finds it by name."
    else:
        kind = "An IRI, or concept/reference as in organisatie/ul; zoek-op-naam finds it by name."
    return " ".join(filter(None, (parameter.meaning_nl, parameter.meaning_en, kind)))
