"""The static site behind Debian's nginx, and behind its Apache, answers as the site does."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.export.conftest import Server
from tests.web.city import BASE, DIGEST
from tests.web.test_negotiation import CASES

PROJECT = "/doc/project/schone-sloot"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TYPES = (
    "*/*",
    BROWSER,
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-triples",
    "image/png",
)
COMPARED = ("location", "content-location", "content-type", "cache-control", "link", "kennis-release")

BEYOND = {
    "a parameter that the offer does not have",
    "likewise, with something else to choose",
    "a weight that is none: the part is passed over, and nothing is left",
    "more than three decimals",
    "a comma between quotes is no comma",
}
"""What a regular expression does not tell; clients that exist do not send it."""


def same(app: Flask, server: Server, path: str, headers: dict[str, str]) -> None:
    """Holds that both answer the same: status, where it leads, its type, what it varies by, and its bytes."""
    with app.test_client().get(path, headers=headers) as expected:
        body = expected.data
    actual = server.get(path, headers)
    assert (path, headers, expected.status_code) == (path, headers, actual.status)
    wanted = {name.lower(): value for name, value in expected.headers.items()}
    if expected.status_code < 400:
        # On a page of the site `Link` names the other forms; in the static site only what leads away from it.
        names = [name for name in COMPARED if name in wanted and (name != "link" or "describedby" in wanted[name])]
        if 300 <= expected.status_code:
            names = [name for name in names if name not in {"content-type", "link"}]
        # Apache puts its own scheme and host in front of where it leads.
        found = {name: actual.headers.get(name, "").removeprefix(f"http://127.0.0.1:{server.port}") for name in names}
        assert {name: wanted[name] for name in names} == found, path
        assert _names(wanted.get("vary", "")) == _names(actual.headers.get("vary", "")), path
    if expected.status_code == 200 and expected.mimetype != "text/html":
        assert body == actual.body, path


def _names(header: str) -> list[str]:
    return [each.strip() for each in header.split(",")]


@pytest.mark.parametrize("accept", TYPES)
def test_every_document_is_negotiated(app: Flask, server: Server, accept: str) -> None:
    """Things, documents, catalogue, ontology, stream and pages answer each Accept header as the site does."""
    paths = [
        "/id/project/schone-sloot", PROJECT, f"{PROJECT}.ttl", f"{PROJECT}.en.html", "/doc/organisatie/waterlab",
        "/def", "/def/0.1.0",
        "/catalog", "/catalog.jsonld", "/ldes", "/.well-known/void", "/", "/en", "/kwaliteit", "/en/kwaliteit",
        "/kwaliteit.ttl", "/kwaliteit.rdf", "/ldes/1-1", "/ldes/1-1.jsonld", "/ldes/1-2", "/ldes/1-2.ttl",
        "/id/project/ingetrokken", "/doc/project/ingetrokken.ttl", "/id/project/vervangen", "/doc/project/vervangen",
        "/doc/project/vervangen.nt", f"/download/{DIGEST}/agenda.ttl",
    ]  # fmt: skip
    for path in paths:
        same(app, server, path, {"Accept": accept})


@pytest.mark.parametrize(("header", "why"), [(header, why) for header, _, why in CASES if why not in BEYOND])
def test_an_accept_header_is_read_as_the_site_reads_it(
    app: Flask, server: Server, header: str | None, why: str
) -> None:
    """Weights, ranges and white space decide as RFC 9110 says."""
    same(app, server, PROJECT, {"Accept": header} if header else {})
    same(app, server, "/catalog", {"Accept": header} if header else {})


@pytest.mark.parametrize(
    "language", ["en", "en-GB,en;q=0.9,nl;q=0.5", "nl,en;q=0.9", "fr", "fr, en;q=0.4", "en, nl", "nl;q=0.5, en;q=0.25"]
)
def test_who_reads_english_is_sent_to_the_english_page(app: Flask, server: Server, language: str) -> None:
    """At /id/ the language counts, for pages only."""
    for accept in (BROWSER, "text/turtle"):
        same(app, server, "/id/project/schone-sloot", {"Accept": accept, "Accept-Language": language})


@pytest.mark.parametrize(
    "path",
    [
        "/id/project/bestaat-niet", "/doc/project/bestaat-niet", "/doc/project/bestaat-niet.ttl", "/id/project",
        "/id/project/", "/id/project/schone-sloot.ttl", "/id/project/bestaat-niet/", "/doc/project/bestaat-niet/",
        "/doc/project/Schone-Sloot", "/doc/project/schone-sloot.en.ttl", "/doc/project/schone-sloot.exe",
        "/download/current/niets.ttl", "/nergens", "/nergens/", "/doc/", "/download/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(app: Flask, server: Server, path: str) -> None:
    """No redirect to a guess, as on the site."""
    same(app, server, path, {"Accept": "text/turtle"})


@pytest.mark.parametrize(
    "path",
    [
        "/id/project/schone-sloot/", "/doc/project/schone-sloot/", "/doc/project/schone-sloot.ttl/", "/def/", "/en/",
        "/projecten/", "/en/projecten/?pagina=2", "/catalog/",
    ],
)  # fmt: skip
def test_a_slash_too_many_leads_to_what_is_meant(app: Flask, server: Server, path: str) -> None:
    """Where something is at an address, one with a slash behind it leads there, as on the site."""
    same(app, server, path, {"Accept": "text/turtle"})
    assert 301 == server.get(path, {}).status


def test_every_thing_has_a_page_and_turtle(server: Server, app: Flask) -> None:
    """Every IRI of the data, in whatever graph, leads to a page and to Turtle, each of which names that very IRI."""
    folder = app.extensions["kennis_ld"].release.folder
    text = "".join((folder / name).read_text("utf-8") for name in ("agenda.nq", "catalog.nt", "void.ttl", "report.ttl"))
    found = sorted(set(re.findall(rf"^<{re.escape(BASE)}(/id/[^>]*)>", text, re.MULTILINE)))
    assert {"project", "dataset", "void", "prefix", "vraag", "validatie"} <= {path.split("/")[2] for path in found}
    for path in found:
        if "ingetrokken" in path or "vervangen" in path:
            continue
        for accept in ("text/html", "text/turtle"):
            first = server.get(path, {"Accept": accept})
            answer = server.get(first.headers["location"], {"Accept": accept})
            assert (303, 200) == (first.status, answer.status), path
            assert (BASE + path).encode() in answer.body


def test_forms_have_tags_of_their_own(server: Server) -> None:
    """A form has a tag, with which it is 304, and no other form has the same."""
    tags = {server.get(f"{PROJECT}.{suffix}", {}).headers["etag"] for suffix in ("html", "en.html", "ttl", "rdf", "nt")}
    assert 5 == len(tags)
    tag = server.get(PROJECT, {"Accept": "text/turtle"}).headers["etag"]
    again = server.get(PROJECT, {"Accept": "text/turtle", "If-None-Match": tag})
    assert (304, b"") == (again.status, again.body)
    assert 200 == server.get(PROJECT, {"Accept": "application/n-triples", "If-None-Match": tag}).status
