"""One organisation of a file of somebody else: what it is called there and who it says it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit


class Kind(Enum):
    """What the file says that a thing is."""

    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    PLACE = "place"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One organisation of a file.

    Attributes:
        names: all its full names there, the preferred one first.
        identities: its IRI in each register, by the column of the register table.
        where: the record, as people find it back in the file.
        abbreviations: its short names there.
        site: its web address; empty where not said.
        country: its code and its name, as far as the file says them.
        town_iri: the town's IRI in GeoNames; empty where not said.
    """

    names: tuple[str, ...]
    identities: Mapping[str, str]
    where: str
    abbreviations: tuple[str, ...] = ()
    site: str = ""
    town: str = ""
    country: tuple[str, ...] = ()
    town_iri: str = ""
    kind: Kind = field(default=Kind.UNSAID)


def host(address: str) -> str:
    """Returns the host of a web address, in the form in which hosts are compared.

    >>> host("http://www.Zandwijk.example/nl") == host("https://zandwijk.example")
    True
    """
    try:
        name = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")
