"""How a project stands in each edition that has it, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kennis_ld.engine.interface import Iri
from kennis_ld.graph.description import Term
from kennis_ld.web.pages.overview import LEAD, PARTNER, Project, editions_in_order, overview
from kennis_ld.web.site import Site

_COMPARED = ("number", "title", "themes", "leads", "partners")
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
        doubtful: those of the leads that the edition is not sure of.
        changes_only: whether the edition lists changes, so that what it does not say stays.
        said: notations of the roles that the edition itself gives to somebody.
        stopped: whether the edition says that the project stopped.
        before: the project in the edition before; None where it is new.
    """

    edition: str
    number: str
    title: Term | None
    themes: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    changes_only: bool = False
    stopped: bool = False
    said: set[str] = field(default_factory=set)
    before: Appearance | None = None

    @classmethod
    def of(cls, edition: str, row: Mapping[str, str]) -> Appearance:
        """Reads what stands in the row of a query, which has no themes and parties yet."""
        title = Term(row["title"], language=row.get("title@", "")) if "title" in row else None
        is_delta, stopped = row.get("changesOnly") == "true", row.get("stopped") == "true"
        return cls(edition, row.get("number", ""), title, changes_only=is_delta, stopped=stopped)

    def follow(self, before: Appearance, now: Project | None = None) -> None:
        """Compares it with the edition before; in a list of changes, roles that it does not give are as they were.

        Args:
            before: the project in the edition before.
            now: the project as it is, where this is the last edition that has it.
        """
        self.before = before
        if not self.changes_only:
            return
        if now is not None:
            self.leads, self.partners, self.doubtful = now.parties[LEAD], now.parties[PARTNER], now.doubtful[LEAD]
            return
        named = {*self.leads, *self.partners}
        if LEAD not in self.said:
            self.leads = sorted({*self.leads, *before.leads} - (named - {*self.leads}))
            self.doubtful |= before.doubtful - named
        if PARTNER not in self.said:
            self.partners = sorted({*self.partners, *before.partners} - (named - {*self.partners}))

    @property
    def changed(self) -> list[str]:
        """What is not as in the edition before; nothing where it is new."""
        return [name for name in _COMPARED if self.before and getattr(self, name) != getattr(self.before, name)]

    def came(self, name: str) -> list[str]:
        """Returns the IRIs of `themes`, `leads` or `partners` that the edition before had not."""
        return [iri for iri in getattr(self, name) if iri not in getattr(self.before, name, ())]

    def went(self, name: str) -> list[str]:
        """Returns those that the edition before had and this one has no more."""
        return [iri for iri in getattr(self.before, name, ()) if iri not in getattr(self, name)]


def appearances(site: Site, project: str) -> Sequence[Appearance]:
    """Returns the project in every edition that has it, the latest first."""
    found: dict[str, Appearance] = {}
    for row in site.lookup.rows("history", this=Iri(project)):
        each = found.setdefault(row["edition"], Appearance.of(row["edition"], row))
        parties = {LEAD: each.leads, PARTNER: each.partners}.get(row.get("role", ""), [])
        each.said.add(row.get("own", ""))
        for value, known in ((row.get("theme"), each.themes), (row.get("organisation"), parties)):
            if value and value not in known:
                known.append(value)
    in_order = [found[edition] for edition in editions_in_order(site) if edition in found]
    for earlier, later in pairwise(in_order):
        later.follow(earlier, overview(site).projects.get(project) if later is in_order[-1] else None)
    return in_order[::-1]
