"""What each edition of the agenda says about a project, and what changed from one edition to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kennis_ld.engine.interface import Iri
from kennis_ld.web.overview import LEAD, PARTNER
from kennis_ld.web.site import Site
from kennis_ld.web.statements import Term

COMPARED = ("number", "title", "themes", "leads", "partners")
"""What can change from one edition to the next."""


@dataclass(slots=True)
class Appearance:
    """A project in one edition.

    Attributes:
        edition: IRI.
        number: as the edition has it.
        title: as the edition has it; None where the data do not say.
        themes: IRIs.
        leads: IRIs of organisations.
        partners: IRIs of organisations.
        changed: those of COMPARED that are not as in the edition before.
    """

    edition: str
    number: str
    title: Term | None
    themes: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    changed: frozenset[str] = frozenset()


def appearances(site: Site, project: str) -> Sequence[Appearance]:
    """Returns the project in every edition that has it, the latest first."""
    found: dict[str, Appearance] = {}
    for row in site.lookup.rows("history", this=Iri(project)):
        title = Term(row["title"], language=row.get("title@", "")) if "title" in row else None
        each = found.setdefault(row["edition"], Appearance(row["edition"], row["number"], title))
        for value, known in (
            (row.get("theme"), each.themes),
            (row.get("organisation") if row.get("role") == LEAD else None, each.leads),
            (row.get("organisation") if row.get("role") == PARTNER else None, each.partners),
        ):
            if value and value not in known:
                known.append(value)
    for later, earlier in pairwise(found.values()):
        later.changed = frozenset(name for name in COMPARED if getattr(later, name) != getattr(earlier, name))
    return list(found.values())
