"""Reads `settled.csv`: the findings that people looked at and decided to leave as they are, with who, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kennis_ld.model import Place
from kennis_ld.publication import tables

SETTLED = tables.Table(
    "settled",
    ("code", "words", "subject", "reason", "decided_by", "date"),
    required=("code", "reason", "decided_by", "date"),
)


@dataclass(frozen=True, slots=True)
class Settled:
    """One decision that findings need nothing more.

    Attributes:
        words: what they are about: a name, a column, the words of the document; empty for all of that code.
        subject: number and title of the entry; empty for any.
    """

    code: str
    words: str
    subject: str
    reason: str
    place: Place

    def fits(self, *, code: str, words: Sequence[str], subject: str) -> bool:
        """Whether a finding with this code, any of these words and this subject is meant."""
        return code == self.code and self.words in ("", *words) and self.subject in ("", subject)


def settled(path: Path) -> tuple[Settled, ...]:
    """Returns what was settled.

    Raises:
        UnreadableInput: the table cannot be read.
    """
    return tuple(
        Settled(row["code"], row["words"], row["subject"], row["reason"], replace(place, document=path.name))
        for place, row in tables.rows(path, SETTLED)
    )
