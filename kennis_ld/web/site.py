"""What one running site consists of: a release, the engines that answer, the settings, and what is kept in memory.

An application has one site for life, so an answer is never made of two releases.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from inspect import unwrap
from threading import Lock
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import current_app, request

from kennis_ld.engine.guard import calls_a_server
from kennis_ld.engine.interface import Engine
from kennis_ld.iri import Iris
from kennis_ld.model.look import Look
from kennis_ld.model.saved_query import SavedQuery
from kennis_ld.release.release import Release
from kennis_ld.tags import build_of, shaping_files, tag_of, tag_text
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.words import Words, language_of, twins

MOST_BYTES = 64 * 1024 * 1024
_ENTRY = 256  # what an entry takes next to its body, so that very many small bodies do not slip through the bound

Kept = TypeVar("Kept")
Made = TypeVar("Made")
Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the publisher decides about the site."""

    title: Mapping[str, str]  # name of the site, by language ("nl", "en")
    language: str = "nl"  # of the agenda itself
    trusted_hosts: tuple[str, ...] = ()  # a request may be sent to, next to that of base_uri and the loopback names
    services: tuple[str, ...] = ()  # endpoints that a query may ask with SERVICE
    security_contact: str | None = None  # `mailto:` or `https:` address; without one there is no security.txt
    questions: tuple[SavedQuery, ...] = ()  # that have a page of their own
    look: Look = field(default_factory=Look)

    @property
    def examples(self) -> list[SavedQuery]:
        """The questions that the query page offers: those that can be asked as they are."""
        return [each for each in self.questions if not each.parameters]


class Cache(Generic[Kept]):
    """Keeps things, in so many bytes; the least recently used go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> Kept | None:
        """Returns what was put under the key; None where it is not there, or no more."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, thing: Kept, *, size: int) -> None:
        """Keeps a thing of so many bytes, where nothing is kept under the key, at the cost of others."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = thing, size
                self._size += size
            while self._size > self._most_bytes:
                _, (_, oldest) = self._kept.popitem(last=False)
                self._size -= oldest


@dataclass(frozen=True, slots=True)
class Site:
    """All that the routes need.

    Attributes:
        engine: answers the queries of visitors, where they harm nobody else.
        lookup: answers the site's own, fixed queries, in this process.
        release: what is served.
        settings: what the publisher decides.
        cache: documents that were made.
        values: what was made of the whole release for all pages, by what made it (`made_once`).
        build: changes whenever the same release could give other bytes.
    """

    engine: Engine
    lookup: Lookup
    release: Release
    settings: Settings
    cache: Cache[bytes] = field(default_factory=Cache)
    values: dict[Hashable, Any] = field(default_factory=dict)
    build: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "build", tag_of(build_of(shaping_files()) + repr(self.settings)))

    @property
    def iris(self) -> Iris:
        """Mints the IRIs of the publication."""
        return self.release.iris

    @property
    def language(self) -> str:
        """The language of the agenda itself, in which names and quoted words are."""
        return self.settings.language

    @property
    def prefix(self) -> str:
        """The path under which the site stands in its base_uri; mostly empty."""
        return self.iris.prefix

    def address(self, iri: str) -> str | None:
        """Returns the path of a thing of ours on this very server, whatever its host and port; None for other IRIs."""
        base = self.iris.base
        if iri != base and not iri.startswith((f"{base}/", f"{base}#")):
            return None
        path = self.iris.page(iri)[len(base) :] or "/"
        # Two slashes, or a backslash that browsers read as one, would lead to another server.
        return None if path[1:2] in {"/", "\\"} else self.prefix + path

    def href(self, iri: str, language: str) -> str | None:
        """Returns what a link to an IRI may say: a path for a thing of ours, the IRI where it is http(s), else None.

        Everything else (`javascript:`, `data:`, `file:`, …) is shown as text (safety facts, case 57).
        """
        own = self.address(iri)
        if own is not None:
            path, mark, fragment = own.partition("#")
            is_document = path.startswith((f"{self.prefix}/doc/", f"{self.prefix}/def"))
            return path + (".en.html" if is_document and language == "en" else "") + mark + fragment
        try:
            parts = urlsplit(iri)
        except ValueError:
            return None
        return iri if parts.scheme in {"http", "https"} and parts.netloc else None

    def page(self, name: str, language: str) -> str:
        """Returns the path of a page that stands at /name in Dutch and at /en/name in English."""
        return self.prefix + twins(f"/{name}")[language]

    @property
    def tag_seed(self) -> str:
        """What every tag is made from: it is another one where an answer might be."""
        return self.release.digest + self.build

    def asks_others(self, query: str) -> bool:
        """Whether a query may ask other servers, so that its answer is not fixed by the release."""
        return bool(self.settings.services) and calls_a_server(query)

    def etag(self, *parts: str) -> str:
        """Returns the tag of an answer that is fixed by the release and these parts."""
        return tag_of(self.tag_seed + tag_text(*parts))

    def body(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Returns the document under the key, made now where it is not kept; very long ones are not kept."""
        body = self.cache.get(key)
        if body is None:
            body = make()
            # One body of an eighth of all the room would push out very many others.
            if len(body) * 8 <= MOST_BYTES:
                self.cache.put(key, body, size=len(body) + _ENTRY)
        return body


def made_once(make: Callable[Concatenate[Site, Given], Made]) -> Callable[Concatenate[Site, Given], Made]:
    """Returns a function that makes something of a whole release once for a site, and for what else it is given."""

    @wraps(make)
    def kept(site: Site, /, *given: Given.args, **more: Given.kwargs) -> Made:
        key = (make, *given, *more.items())
        if key not in site.values:
            site.values[key] = make(site, *given, **more)
        return cast("Made", site.values[key])

    return kept


def made_before(site: Site, make: Callable[[Site], Made]) -> Made | None:
    """Returns what a function of `made_once` made of a site; None where nobody asked for it yet."""
    return cast("Made | None", site.values.get((unwrap(make),)))


def current_site() -> Site:
    """Returns the site of the application that answers the request."""
    return cast("Site", current_app.extensions["kennis_ld"])


def current_words() -> Words:
    """Returns the words in the language of the path that is asked for."""
    return Words(language_of(request.path))
