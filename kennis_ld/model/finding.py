"""What the software has to say about the data: a code, a place, the words it is about, and how serious it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kennis_ld.model.document import Place


class Severity(StrEnum):
    """How serious a finding is: a violation stops a release, a warning travels with it, an info explains."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the software has to say about the data.

    Attributes:
        code: name of its words in `kennis_ld/quality/findings.toml`; it never changes its meaning.
        place: where in the document; None for a finding about the publication as a whole.
        subject: what it is about, for people: number and title of the entry, or a key.
        words: the words in the document, without names of contact persons.
        values: what the wording mentions, by name.
    """

    code: str
    place: Place | None = None
    subject: str = ""
    words: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, self.place, self.subject, self.words))
