"""Measures how complete and how certain an agenda is, for each edition and for each theme in it.

In: the entries of an edition, in parts. Out: counts and shares. What each means is defined in `ontology/quality.ttl`;
here it is counted, streaming: what is kept grows with the number of themes and organisations, not with the entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from kennis_ld.model import Certainty, ProjectEntry, Role, Way

PROJECTS = "aantal-projecten"
PARTICIPATIONS = "aantal-deelnames"
ORGANISATIONS = "aantal-organisaties"
COMPLETE = "volledig"
WITH_LEAD = "met-trekker"
WITH_PARTNER = "met-partner"
WITH_DESCRIPTION = "met-beschrijving"
RESOLVED = "herleid"
CERTAIN = "zeker"
WITH_IDENTITY = "met-identiteit"

COUNTS = (PROJECTS, PARTICIPATIONS, ORGANISATIONS)
"""Metrics that are a number of things; keys of `/id/maatstaf/`."""

SHARES: Mapping[str, str] = {
    COMPLETE: PROJECTS,
    WITH_LEAD: PROJECTS,
    WITH_PARTNER: PROJECTS,
    WITH_DESCRIPTION: PROJECTS,
    RESOLVED: PARTICIPATIONS,
    CERTAIN: PARTICIPATIONS,
    WITH_IDENTITY: ORGANISATIONS,
}
"""Metrics that are a share, and the count that each is a share of."""

_UNRESOLVED = frozenset({Way.PROVISIONAL, Way.AMBIGUOUS})


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a whole; both are whole numbers.

    >>> Share(2, 3).value, Share(2, 3).percent
    (Decimal('0.6666'), 67)
    """

    part: int
    whole: int

    @property
    def value(self) -> Decimal | None:
        """The share in four decimals, rounded down, so that 1 means all; None where there is nothing to share."""
        if not self.whole:
            return None
        exact = Decimal(self.part) / Decimal(self.whole)
        return exact.quantize(Decimal("0.0001"), rounding=ROUND_DOWN)

    @property
    def percent(self) -> int:
        """The share in whole per cent, where 100 means all and 0 means none; 0 where there is nothing to share."""
        if self.part in {0, self.whole}:
            return 100 if self.part else 0
        return min(max((200 * self.part + self.whole) // (2 * self.whole), 1), 99)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one edition, or of one theme in it.

    Attributes:
        edition: key of the edition.
        theme: key of the theme; empty for the edition as a whole.
    """

    edition: str
    theme: str
    counts: Mapping[str, int]
    shares: Mapping[str, Share]


@dataclass(slots=True)
class _Counts:
    """What was counted so far for one edition or theme."""

    counted: Counter[str] = field(default_factory=Counter)
    organisations: set[str] = field(default_factory=set)

    def add(self, item: ProjectEntry) -> None:
        parts = item.participations
        lead = any(part.role.main == Role.LEAD for part in parts)
        partner = bool(item.groups) or any(part.role.main == Role.PARTNER for part in parts)
        described = bool(item.entry.description)
        sure = all(part.certainty is not Certainty.DOUBTFUL and part.way not in _UNRESOLVED for part in parts)
        self.counted[PROJECTS] += 1
        self.counted[WITH_LEAD] += lead
        self.counted[WITH_PARTNER] += partner
        self.counted[WITH_DESCRIPTION] += described
        self.counted[COMPLETE] += lead and partner and described and sure
        self.counted[PARTICIPATIONS] += len(parts)
        self.counted[RESOLVED] += sum(part.way not in _UNRESOLVED for part in parts)
        self.counted[CERTAIN] += sum(part.certainty is not Certainty.DOUBTFUL for part in parts)
        self.organisations.update(part.organisation for part in parts)

    def measured(self, edition: str, theme: str, verified: Collection[str]) -> Measured:
        counted = self.counted.copy()
        counted[ORGANISATIONS] = len(self.organisations)
        counted[WITH_IDENTITY] = sum(key in verified for key in self.organisations)
        return Measured(
            edition=edition,
            theme=theme,
            counts={metric: counted[metric] for metric in COUNTS},
            shares={metric: Share(counted[metric], counted[whole]) for metric, whole in SHARES.items()},
        )


class Completeness:
    """Adds up entries; `measured` says what came of it."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], _Counts] = {}

    def add(self, edition: str, entries: Iterable[ProjectEntry]) -> None:
        """Counts entries of an edition; each counts once for every theme it stands under."""
        whole = self._counts.setdefault((edition, ""), _Counts())
        for item in entries:
            whole.add(item)
            for theme in dict.fromkeys(item.themes):
                self._counts.setdefault((edition, theme), _Counts()).add(item)

    def measured(self, verified: Collection[str]) -> Sequence[Measured]:
        """Returns what was measured: each edition, followed by its themes in the order of the document.

        Args:
            verified: keys of the organisations that have an identifier with evidence.
        """
        editions = [edition for edition, theme in self._counts if not theme]
        return [
            counts.measured(edition, theme, verified)
            for wanted in editions
            for (edition, theme), counts in self._counts.items()
            if edition == wanted
        ]
