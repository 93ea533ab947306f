"""What one running site consists of: a release, an engine, the settings, and what is kept in memory for a release.

Every request is answered from one `Site`, taken when it comes in (`kennis_ld.web.front`) and given back when its answer
is complete; the routes find it with `current_site`. So an answer is never made of two releases.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from flask import current_app, has_request_context, request

from kennis_ld.engine.interface import Engine
from kennis_ld.iri import Iris
from kennis_ld.release.manifest import MANIFEST, Manifest
from kennis_ld.tags import tag_of, tag_text
from kennis_ld.web.cache import Bounded, Cache, Recent
from kennis_ld.web.clients import ClientLimits
from kennis_ld.web.lookup import Lookup

_DIGEST = re.compile(r"[0-9a-f]{12,64}")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """A query that the query page offers.

    Attributes:
        name: key of the example, as in the name of its file.
        title: what it answers, by language ("nl", "en").
        text: the query.
    """

    name: str
    title: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the publisher decides about the site.

    Attributes:
        title: name of the site, by language ("nl", "en").
        publisher: who publishes, for the foot of each page; empty where nobody is named.
        trusted_hosts: host names a request may be sent to, next to that of base_uri and the loopback names.
        security_contact: `mailto:` or `https:` address for security.txt; without one there is no such file.
        examples: queries that the query page offers.
        trusted_proxies: networks of proxies whose X-Forwarded-For is believed.
        client_limits: what one client may ask of the query service.
        logs_requests: whether each request gets a line in the log.
    """

    title: Mapping[str, str]
    publisher: str = ""
    trusted_hosts: tuple[str, ...] = ()
    security_contact: str | None = None
    examples: tuple[Example, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    client_limits: ClientLimits = field(default_factory=ClientLimits)
    logs_requests: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """A release that has been verified, as the site needs it.

    Attributes:
        digest: name of the release.
        folder: where its files are; older releases stand beside it under their own digest.
        iris: mints the IRIs of the publication.
        projects: how many projects the release has by its manifest; None where it does not say.
    """

    digest: str
    folder: Path
    iris: Iris
    projects: int | None = None

    @classmethod
    def of(cls, folder: Path, manifest: Manifest) -> Release:
        """Returns the release in a folder that has been verified against this manifest."""
        # The folder itself, not the link `current`, which may point elsewhere tomorrow.
        return cls(manifest.release, folder.resolve(), Iris(manifest.base_uri), manifest.counts.get("projects"))

    def file(self, name: str, *, digest: str | None = None) -> Path | None:
        """Returns the path of a file of this release, or of an older one that is still kept; None where there is none.

        The name is one of a fixed table, the digest is matched whole, so no request can point outside the releases.
        """
        folder = self.folder
        if digest is not None and digest != self.digest:
            if _DIGEST.fullmatch(digest) is None:
                return None
            folder = self.folder.parent / digest
            if not (folder / MANIFEST).is_file():
                return None
        path = folder / name
        return path if path.is_file() else None


@dataclass(frozen=True, slots=True)
class Site:
    """All that the routes need.

    Attributes:
        engine: answers the queries of visitors.
        lookup: answers the site's own, fixed queries.
        cache: what was rendered and looked up.
        answers: whole answers that were sent before (`kennis_ld.web.front`).
        asked: queries that were asked before; most are asked once, and need not be kept.
        build: changes whenever the same release could give other bytes (templates, words, queries, style).
    """

    engine: Engine
    lookup: Lookup
    release: Release
    settings: Settings
    cache: Cache = field(default_factory=Cache)
    answers: Bounded[Any] = field(default_factory=Bounded)
    asked: Recent = field(default_factory=Recent)
    build: str = field(default_factory=lambda: _digest_of_sources())

    @property
    def iris(self) -> Iris:
        """Mints the IRIs of the publication."""
        return self.release.iris

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

    def etag(self, *parts: str) -> str:
        """Returns the tag of an answer that is fixed by the release and these parts."""
        return tag_of(self.release.digest + self.build + tag_text(*parts))

    def value(self, key: str, make: Callable[[], Any]) -> Any:
        """Returns what `make` gave for this release; made once."""
        return self.cache.value(("value", key), make)


class Sites(Protocol):
    """Where a request gets the site that answers it."""

    def take(self) -> Site:
        """Returns the site of now; it stays as it is until it is given back."""
        ...

    def give_back(self, site: Site) -> None:
        """Tells that a request is answered."""
        ...


class OneSite:
    """A site that never changes."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def take(self) -> Site:
        """Returns the site."""
        return self._site

    def give_back(self, site: Site) -> None:
        """Does nothing."""


SITE = "kennis_ld.site"
"""Where the site of a request stands in its environment."""


def current_site() -> Site:
    """Returns the site that answers the request."""
    site = request.environ.get(SITE) if has_request_context() else None
    return cast("Site", site or current_app.extensions["kennis_ld"].take())


def _digest_of_sources() -> str:
    total = hashlib.sha256()
    for path in sorted(_HERE.rglob("*")):
        if path.suffix in {".html", ".rq", ".css", ".toml", ".py"}:
            total.update(path.read_bytes())
    return total.hexdigest()
