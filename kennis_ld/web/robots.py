"""For programs that look around: robots.txt, sitemap.xml, llms.txt."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, render_template

from kennis_ld.web.documents import fixed
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import Site, current_site, made_once
from kennis_ld.web.words import twins

blueprint = Blueprint("visitors", __name__)  # as the metrics of running sites call its route

MOST_ADDRESSES = 50_000
"""Addresses in one file of a sitemap (sitemaps.org, protocol 0.9)."""

_LISTS = ("/", "/projecten", "/organisaties", "/themas", "/samenwerking", "/vraag", "/over", "/kwaliteit", "/sparql")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@blueprint.get("/robots.txt")
def robots_txt() -> Response:
    """Keeps robots from endless lists and queries; the things themselves are welcome everywhere (RFC 9309)."""
    return _text("robots.txt")


@blueprint.get("/llms.txt")
def llms_txt() -> Response:
    """Tells language models and who builds on them where the data is (llmstxt.org)."""
    return _text("llms.txt")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Lists the pages of projects, organisations and themes; where there are very many, the files that list them."""
    site = current_site()
    count = -(-len(_addresses(site)) // MOST_ADDRESSES)
    if count == 1:
        return _part(site, 1)
    parts = (f"{site.iris.base}/sitemap-{number}.xml" for number in range(1, count + 1))
    return _xml(site, "sitemapindex", "sitemap", parts, key="sitemap")


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """Lists a part of the pages."""
    site = current_site()
    if not 1 <= number <= -(-len(_addresses(site)) // MOST_ADDRESSES):
        raise Problem("not-found")
    return _part(site, number)


def _part(site: Site, number: int) -> Response:
    part = _addresses(site)[(number - 1) * MOST_ADDRESSES : number * MOST_ADDRESSES]
    return _xml(site, "urlset", "url", iter(part), key=f"sitemap {number}")


@made_once
def _addresses(site: Site) -> list[str]:
    whole = overview(site)
    things = [*whole.projects, *whole.organisations, *whole.themes]
    lists = [path for each in _LISTS for path in twins(each).values()]
    return [
        *(site.iris.base + path for path in (*lists, "/catalog.html", "/ldes.html")),
        *map(site.iris.page, things),
    ]


def _xml(site: Site, root: str, element: str, addresses: Iterator[str], *, key: str) -> Response:
    def make() -> bytes:
        items = "".join(f"<{element}><loc>{escape(each)}</loc></{element}>\n" for each in addresses)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{items}</{root}>\n'.encode()

    return fixed(site, key, media_type="application/xml", make=make)


def _text(name: str) -> Response:
    site = current_site()
    return fixed(site, name, media_type="text/plain", make=lambda: render_template(name).encode())
