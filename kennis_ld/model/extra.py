"""What an agenda says of a project beside its text and its parties: period, status, budget, links, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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
        label: in the language of the publication; the word of the document where the publication does not describe it.
        label_en: in English; empty where the publication does not describe it.
        definition: in the language of the publication; the same.
        words: what documents call it.
    """

    key: str
    label: str
    label_en: str = ""
    definition: str = ""
    definition_en: str = ""
    words: tuple[str, ...] = ()


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
