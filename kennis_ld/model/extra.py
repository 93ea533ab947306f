"""What an agenda says of a project beside its text and its parties: period, status, budget, links, remarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kennis_ld.model.texts import Texts, own


class Extra(StrEnum):
    """What an extra column holds; the value is its name under [extra]."""

    PERIOD = "period"
    START = "start"
    END = "end"
    STATUS = "status"
    BUDGET = "budget"
    LINK = "link"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class ExtraCell:
    """A cell of an extra column, without persons; `heading` is that of its column."""

    kind: Extra
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Status:
    """How far a project is, as a concept of the publication.

    Attributes:
        key: of the concept, without what its IRI puts in front.
        labels: by language; the word of the document alone where the publication does not describe it.
        definitions: by language; none where the publication does not describe it.
        words: what documents call it.
    """

    key: str
    labels: Texts = field(hash=False)
    definitions: Texts = field(default_factory=dict, hash=False)
    words: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What the publication calls it in its own language."""
        return own(self.labels)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the extra cells of an entry surely say.

    Attributes:
        start: year, month or day, as in ISO 8601 ("2025", "2025-07"); empty where it is not sure.
        end: the same of the end, which belongs to the period.
        status: None where there is none, or where nobody knows what it means.
        budget: amount; None where there is none, or where it is not sure.
        currency: of the budget, as in ISO 4217.
        remarks: the text of each extra cell as it stands there, behind the heading of its column.
    """

    start: str = ""
    end: str = ""
    status: Status | None = None
    budget: Decimal | None = None
    currency: str = ""
    links: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


NO_FACTS = Facts()
"""Of an entry without extra cells."""
