"""The forms in which things are served, with their suffixes and media types.

The formats of answers are those of `kennis_ld.engine.interface`; here they get the names that HTTP clients use.
"""

from __future__ import annotations

from collections.abc import Mapping

from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS

HTML = "text/html"
PROBLEM = "application/problem+json"

GRAPH_TYPES: Mapping[str, str] = {media_type: form for form, media_type in GRAPH_FORMATS.items()}
"""Media types of RDF and the form each stands for, in the order in which we like to send them."""

SOLUTION_TYPES: Mapping[str, str] = {
    **{media_type: form for form, media_type in SOLUTION_FORMATS.items()},
    # Names that clients of the first days still ask by; the bytes are the same.
    "application/json": "json",
    "application/xml": "xml",
}
"""Media types of SELECT and ASK answers and the form each stands for, in the order in which we like to send them."""

SUFFIXES: Mapping[str, str] = {"html": HTML, **{form: GRAPH_FORMATS[form] for form in ("ttl", "jsonld", "rdf", "nt")}}
"""The forms of a document that have an address of their own, by their suffix, in the order in which pages show them."""

DUMPS: Mapping[str, str] = {
    "agenda.nq": "application/n-quads",
    "agenda.ttl": GRAPH_FORMATS["ttl"],
    "agenda.jsonld": GRAPH_FORMATS["jsonld"],
    "agenda.rdf": GRAPH_FORMATS["rdf"],
    "agenda.csv": "text/csv",
    "report.ttl": GRAPH_FORMATS["ttl"],
    "shapes.ttl": GRAPH_FORMATS["ttl"],
    "findings.json": "application/json",
    "findings.csv": "text/csv",
    "findings.en.csv": "text/csv",
    "completeness.json": "application/json",
    "completeness.svg": "image/svg+xml",
    "completeness.en.svg": "image/svg+xml",
    "manifest.json": "application/json",
}
"""The files of a release that anyone may fetch; no other name reaches the file system."""


def content_type(media_type: str) -> str:
    """Returns the Content-Type of a body: all our text is UTF-8, and text/* says so (RFC 9110, section 8.3.2)."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
