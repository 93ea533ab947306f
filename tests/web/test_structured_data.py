"""The block of schema.org in every kind of page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, template_rendered
from jinja2 import Template

from kennis_ld import web
from kennis_ld.graph.structured_data import MOST_BYTES
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from kennis_ld.web.site import Cache, Site
from tests.web.city import CountingEngine, site_of
from tests.web.html import read
from tests.web.kinds import REST, SMALL

BASE = "http://localhost:8000"
BROWSER = {"Accept": "text/html"}
HISTORY = "/ldes.html"
PATHS = (*SMALL, *REST, HISTORY)
IDENTIFIER = "/doc/identificatie/gemeente-voorbeeldstad--wikidata"
"""A kind of page that the second city has none of."""
KINDS = {
    "/": "Dataset",
    "/projecten": "CollectionPage",
    "/projecten?trekker=zui": "CollectionPage",
    "/organisaties": "CollectionPage",
    "/themas": "CollectionPage",
    "/samenwerking": "CollectionPage",
    "/kwaliteit": "CollectionPage",
    "/vraag": "CollectionPage",
    HISTORY: "CollectionPage",
    "/over": "AboutPage",
    "/zoeken?q=dijk": "SearchResultsPage",
    "/sparql": "WebPage",
    "/vraag/wie-trekt-het-meest": "WebPage",
    "/def/problems": "WebPage",
    "/def": "DefinedTermSet",
    "/catalog": "DataCatalog",
    "/doc/project/zeedijk": "Project",
    "/doc/editie/2032-2035": "CreativeWork",
    "/doc/begrip/beoogd": "DefinedTerm",
    "/doc/begrippenkader/themas": "DefinedTermSet",
}
"""What some pages say that they are about, or are themselves."""

NO_PAGES = {"problem.html", "search_static.html"}
"""Templates of what is refused, and of a page that only a site without a server has (tests/export)."""


def english(path: str) -> str:
    """The address of the same page in English."""
    if path.startswith(("/doc/", "/def", "/catalog", "/ldes")):
        return path.removesuffix(".html") + ".en.html"
    return f"/en{path}" if path != "/" else "/en"


def blocks(html: str) -> list[Any]:
    """The blocks in a page, whose script elements hold nothing but what a tag ends."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert all(len(each.encode()) <= MOST_BYTES for each in found)
    return [json.loads(each) for each in found]


@pytest.fixture(scope="module")
def pages(second_site: Site, release: Release) -> Mapping[str, tuple[str, set[str]]]:
    """The text of each page in both languages by its address, and the templates that it is made of."""
    made = set[str]()

    def note(sender: Flask, template: Template, **_: object) -> None:
        made.add(template.name or "")

    found = {}
    # Sites of this test alone, for what another one has asked is not made again.
    first = create_app(site_of(release, CountingEngine(release)))
    for app, paths in ((create_app(replace(second_site, cache=Cache())), PATHS), (first, [IDENTIFIER])):
        with template_rendered.connected_to(note, app):
            for path in [*paths, *map(english, paths)]:
                made.clear()
                found[path] = app.test_client().get(path, headers=BROWSER).text, {*made}
    return found


def test_every_kind_of_page_has_one_block(pages: Mapping[str, tuple[str, set[str]]]) -> None:
    """A page in either language has one block under 4 kB, with a type, a name and its address; a refusal has none.

    No template of a page is left out.
    """
    folder = Path(web.__file__).parent / "templates"
    every = {
        each.name
        for each in folder.glob("*.html")
        if re.search(r'{% extends "(base|resource).html" %}', each.read_text(encoding="utf-8"))
    }
    made = set().union(*(templates for _, templates in pages.values()))
    assert set() == every - made - NO_PAGES - {"resource.html"}
    for path, (text, templates) in pages.items():
        found = blocks(text)
        if "problem.html" in templates:
            assert [] == found
            continue
        (block,) = found
        assert "https://schema.org/" == block["@context"]
        assert {"@type", "@id", "name", "url"} <= set(block), path


def test_a_block_says_what_kind_of_page_it_is(pages: Mapping[str, tuple[str, set[str]]]) -> None:
    """A page about one thing has the type of that thing, any other what schema.org calls such a page."""
    found = {path: blocks(pages[path][0])[0]["@type"] for path in KINDS}
    assert KINDS == found


def test_a_page_about_no_single_thing_says_where_it_belongs(pages: Mapping[str, tuple[str, set[str]]]) -> None:
    """It names its address in its own language, the site, and the dataset that it shows without describing it."""
    site = {"@type": "WebSite", "@id": f"{BASE}/", "name": "Kennisagenda Voorbeeldstad"}
    for path in ("/projecten?trekker=zui", "/en/projecten?trekker=zui", "/ldes.html", "/ldes.en.html"):
        (block,) = blocks(pages[path][0])
        address = f"{BASE}{path}".removesuffix(".html").replace("ldes.en", "ldes.en.html")
        language = "en" if "en" in re.split(r"[/.]", path) else "nl"
        assert {
            "@context": "https://schema.org/",
            "@type": "CollectionPage",
            "@id": address,
            "name": read(pages[path][0]).texts["title"][0].rpartition(" – ")[0],
            "inLanguage": language,
            "isPartOf": site | {"name": block["isPartOf"]["name"]},
            "isBasedOn": f"{BASE}/id/dataset/zandwijk",
            "url": address,
        } == block
