"""Asks the site for all that can stand in a file: from the addresses that it knows on, along the links of its pages.

The site itself answers, so a file holds what a visitor would get. What needs a server has no file: queries, filters,
forms. An address with a query string is left out, but for the pages of a long list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from kennis_ld.graph.formats import parsed
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.negotiation import GRAPH_TYPES, HTML
from kennis_ld.web.site import Site

NOT_FOUND = "/404.html"
_PLACES = ("agenda.nq", "catalog.nt")
_IN_TURTLE = ("void.ttl", "report.ttl")
_SEEDS = (
    *("/", "/en", "/catalog", "/def", "/def/shapes", "/ldes", "/.well-known/void", "/atom.xml", "/en/atom.xml"),
    *("/robots.txt", "/llms.txt", "/sitemap.xml", "/zoeken", "/en/zoeken"),
)
_ELSEWHERE = ("/sparql", "/en/sparql", "/reconcile")
"""What only a server can answer."""

_VERSION = PREFIXES["owl"] + "versionIRI"
_LINK = re.compile(' (?:href|src)="([^"]+)"')
_ALTERNATE = re.compile(r'<([^>]+)>; rel="alternate"')
_DESCRIBED = re.compile(r'<([^>]+)>; rel="describedby"')


@dataclass(frozen=True, slots=True)
class File:
    """A file of the static site.

    Attributes:
        path: address on the site, with its form.
        media_type: as the site sends it, with its charset.
        body: the bytes.
    """

    path: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Described:
    """A page that leads who likes RDF better to a document.

    Attributes:
        path: of the page.
        document: address of the document, without a form.
    """

    path: str
    document: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An address that leads to another for good or for now.

    Attributes:
        path: the address.
        to: where it leads.
        status: 301, 303, 307 or 308.
    """

    path: str
    to: str
    status: int


@dataclass(frozen=True, slots=True)
class Gone:
    """An address whose thing was withdrawn: 410."""

    path: str


Found: TypeAlias = File | Described | Moved | Gone


def found(app: Flask, site: Site) -> Iterator[Found]:
    """Yields all that the site can give without a question, each address once."""
    crawl = _Crawl(app.test_client(), site)
    yield from crawl.everything()
    with app.test_client().get(f"{site.prefix}{NOT_FOUND}", headers=crawl.headers) as response:
        yield File(f"{site.prefix}{NOT_FOUND}", response.headers["Content-Type"], response.data)


class _Crawl:
    """One walk along the addresses of a site."""

    def __init__(self, client: FlaskClient, site: Site) -> None:
        self._client = client
        self._site = site
        host = urlsplit(site.iris.base).netloc
        self.headers = {"Accept": HTML, "Host": host}
        pages = (f"/ldes/{path}" for path in _stream_pages(site))
        self._waiting = [*_SEEDS, *pages, *_versions(site), *_things(site)]
        self._seen: set[str] = set()

    def everything(self) -> Iterator[Found]:
        while self._waiting:
            path = self._waiting.pop()
            if path not in self._seen:
                self._seen.add(path)
                yield from self._at(path)

    def _at(self, path: str) -> Iterator[Found]:
        prefix = self._site.prefix
        with self._client.get(prefix + path, headers=self.headers) as response:
            status, headers = response.status_code, response.headers
            if status == 410:
                yield Gone(prefix + path)
            elif status in {301, 303, 307, 308}:
                yield Moved(prefix + path, headers["Location"], status)
                self._go(headers["Location"])
            elif path == "/.well-known/void":
                yield from self._void(prefix + path)
            elif status == 200 and "Content-Location" in headers:
                documents = [headers["Content-Location"], *_ALTERNATE.findall(headers["Link"])]
                for document in (*documents, f"{prefix}{path}.en.html"):
                    self._go(document)
            elif status == 200:
                if described := _DESCRIBED.search(headers.get("Link", "")):
                    yield Described(prefix + path, described[1])
                    for form in GRAPH_TYPES.values():
                        self._go(f"{described[1]}.{form}")
                if response.mimetype == HTML:
                    for link in links(response.data.decode()):
                        self._go(link)
                yield File(prefix + path, headers["Content-Type"], response.data)

    def _void(self, path: str) -> Iterator[Found]:
        for media_type, form in GRAPH_TYPES.items():
            with self._client.get(path, headers={**self.headers, "Accept": media_type}) as response:
                yield File(f"{path}.{form}", response.headers["Content-Type"], response.data)

    def _go(self, link: str) -> None:
        """Puts an address in the queue, where it is one of this site that a file can answer."""
        parts = urlsplit(link)
        if parts.netloc or not parts.path.startswith(f"{self._site.prefix}/"):
            return
        path = unquote(parts.path.removeprefix(self._site.prefix))
        if path not in _ELSEWHERE and (not parts.query or is_page_of_list(parts.query)):
            self._waiting.append(f"{path}?{parts.query}" if parts.query else path)


def is_page_of_list(query: str) -> bool:
    """Whether a query string asks for nothing but another page of a list."""
    return parse_qs(query).keys() == {"pagina"}


def links(text: str) -> list[str]:
    """Returns where a page leads: its links, pictures and styles.

    >>> links('<a class="x" href="/a?b=1&amp;c=2">a</a> <img src="/d.svg">')
    ['/a?b=1&c=2', '/d.svg']
    """
    # Our own templates write it; a real parser takes a fifth of all the time of an export.
    return [unescape(link) for link in _LINK.findall(text)]


def _things(site: Site) -> Iterator[str]:
    """Yields the documents about all things of the release."""
    start = f"<{site.iris.things}".encode()
    for name in _PLACES:
        before = b""
        with (site.release.folder / name).open("rb") as lines:
            for line in lines:
                if line.startswith(start) and (subject := line.partition(b">")[0]) != before:
                    before = subject
                    yield "/doc/" + subject[len(start) :].decode()
    for name in _IN_TURTLE:
        if (path := site.release.file(name)) is not None:
            subjects = {str(subject) for subject, _, _ in parsed(path.read_bytes(), "ttl")}
            yield from sorted(
                "/doc/" + site.iris.reference(each) for each in subjects if each.startswith(site.iris.things)
            )


def _versions(site: Site) -> Iterator[str]:
    """Yields the address of the version of the ontology, where it is ours."""
    path = site.release.file("ontology.ttl")
    for _, predicate, value in parsed(path.read_bytes() if path else b"", "ttl"):
        if str(predicate) == _VERSION and (address := site.address(str(value))) is not None:
            yield address.removeprefix(site.prefix)


def _stream_pages(site: Site) -> Iterator[str]:
    for transaction in site.release.transactions:
        yield from (f"{transaction.number}-{number}" for number in range(1, len(transaction.pages) + 1))
