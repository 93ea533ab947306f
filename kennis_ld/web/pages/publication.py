"""Whose data these are, what may be done with them and how to cite them: what the foot of each page and /over tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kennis_ld.web.pages.overview import editions_in_order
from kennis_ld.web.site import Site, made_once


@dataclass(slots=True)
class Edition:
    """An edition of the agenda; `titles` by language, `years` as people write a period."""

    iri: str
    titles: dict[str, str] = field(default_factory=dict)
    years: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """What the catalogue says about the publication.

    Attributes:
        publisher: IRI of the organisation that publishes; empty where the catalogue names none.
        licence: IRI of the licence; empty where there is none.
        contact: name of whoever answers questions.
        email: address of the contact; empty where there is none.
        url: page of the contact; empty where there is none.
        editions: the latest first.
    """

    publisher: str
    licence: str
    contact: str
    email: str
    url: str
    editions: tuple[Edition, ...]

    @property
    def licence_key(self) -> str:
        """The licence as a name in `words.toml`."""
        return "licence." + re.sub("[^a-z0-9]+", "-", self.licence.lower().partition("://")[2]).strip("-")

    @property
    def year(self) -> str:
        """The year in which the latest edition came out, or those that it is about; empty where neither is said."""
        latest = self.editions[0] if self.editions else None
        return (latest.issued[:4] or latest.years) if latest else ""


@made_once
def publication(site: Site) -> Publication:
    """Returns what there is to tell about the publication."""
    facts: Mapping[str, str] = next(iter(site.lookup.rows("publication")), {})
    editions = {iri: Edition(iri) for iri in reversed(editions_in_order(site))}
    for row in site.lookup.rows("editions"):
        edition = editions.setdefault(row["edition"], Edition(row["edition"]))
        edition.titles[row.get("title@", "")] = row["title"]
        edition.years = row.get("period", "").replace("/", "–")
        edition.issued = row.get("issued", "")
    return Publication(
        publisher=facts.get("publisher", ""),
        licence=facts.get("licence", ""),
        contact=facts.get("contact", ""),
        email=facts.get("email", "").removeprefix("mailto:"),
        url=facts.get("url", ""),
        editions=tuple(editions.values()),
    )
