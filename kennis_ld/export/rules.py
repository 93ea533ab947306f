"""What rules for a web server in front of the files of a static site are made from: those of nginx and of Apache.

They negotiate, lead on (303, 301), tell what was withdrawn (410), and set types and headers. The standard is RFC 9110,
section 12.5.1; what the site does is in `kennis_ld.web.negotiation`. Apache can negotiate by itself (mod_negotiation),
but reads some headers otherwise than the site.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kennis_ld.export.crawl import Described, Moved
from kennis_ld.web.documents import FOR_MACHINES, FOR_PEOPLE
from kennis_ld.web.negotiation import GRAPH_TYPES, HTML
from kennis_ld.web.security import HEADERS, RELEASE

SUFFIX: Mapping[str, str] = {HTML: "html", **GRAPH_TYPES}
"""The suffix of each media type that is negotiated."""

ORDERS: Mapping[str, Sequence[str]] = {"people": FOR_PEOPLE, "machines": FOR_MACHINES, "rdf": tuple(GRAPH_TYPES)}
"""The orders of preference that documents of the site have."""

NO_WEIGHT = r"\s*(?:;(?!\s*q=)[^,;]*)*(?:,|$)"
KEEP = "public, max-age=31536000, immutable"
THING = "[a-z]+(?:-[a-z]+)*/[a-z0-9-]+"


@dataclass(frozen=True, slots=True)
class StaticSite:
    """What rules are made from.

    Attributes:
        prefix: path under which the site stands in its base; mostly empty.
        host: name of the site.
        release: name of the release.
        root: folder of the files, as the server sees it.
        types: media type by the suffix of a file, as the site sends it.
        exceptions: media type by address, where it is not that of its suffix.
        described: pages that lead to a document.
        moved: addresses that lead elsewhere.
        gone: addresses that were withdrawn.
    """

    prefix: str
    host: str
    release: str
    root: str
    types: Mapping[str, str]
    exceptions: Mapping[str, str]
    described: Sequence[Described]
    moved: Sequence[Moved]
    gone: Sequence[str]

    def thing(self, path: str) -> str:
        """Returns the concept and key that the address of a document is about."""
        return path.removeprefix(f"{self.prefix}/doc/")

    @property
    def replaced(self) -> Sequence[Moved]:
        """The documents whose thing was replaced by another, by address."""
        documents = (each for each in self.moved if each.path.startswith(f"{self.prefix}/doc/"))
        return sorted(documents, key=lambda each: each.path)

    @property
    def withdrawn(self) -> Sequence[str]:
        """The documents whose thing was withdrawn, by address."""
        return sorted(path for path in self.gone if path.startswith(f"{self.prefix}/doc/"))

    @property
    def taken_away(self) -> Sequence[str]:
        """The other addresses that are gone: pages of the change feed."""
        return sorted({*self.gone} - {*self.withdrawn})

    @property
    def leading(self) -> Sequence[Moved]:
        """The addresses of what is told elsewhere (303), by address; those of things have a rule of their own."""
        return sorted((each for each in self.moved if each.status == 303), key=lambda each: each.path)

    @property
    def headers(self) -> Mapping[str, str]:
        """What every answer carries, as at the site."""
        return {**HEADERS, RELEASE: self.release}


def quoted(text: str) -> str:
    """Returns a text of an address as a regular expression matches it."""
    return text.replace(".", r"\.").replace("+", r"\+")
