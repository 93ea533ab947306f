"""Says what the marks of a matrix mean: what the settings say, else what a legend says, else what they usually do.

In: what the publication says of marks, the rows of a document, and the marks in it. Out: what a mark says, and what is
to be said about its legends.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from kennis_ld.agenda.colours import names
from kennis_ld.agenda.legends import meanings_of, role_said
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.top import row_words
from kennis_ld.agenda.wording import fold
from kennis_ld.model import Finding, SourceRow

MARKS: Mapping[str, str] = {
    **dict.fromkeys(("●", "⚫", "■", "★", "T", "L"), "lead"),
    **dict.fromkeys(("○", "◯", "□", "x", "✓", "✔", "v", "P"), "partner"),
    "?": "partner?",
    **dict.fromkeys(("-", "–", "—", ".", "0"), ""),
}
"""What marks say where the publication does not: a word for a role, with "?" behind it in doubt, or nothing."""

LONGEST_MARK = 8
"""Characters in a mark; a longer text says something else."""

NOTE = re.compile(r"(?<=.)[*†‡§⁰¹²³⁴-⁹]+$")
"""The mark of a note, at the end of another mark."""


class Marks:
    """What the marks of one document mean.

    Args:
        used: the marks that stand in the document, folded.
    """

    def __init__(self, own: Mapping[str, str], used: Collection[str], privacy: Privacy) -> None:
        words = {word: word for word in privacy.words.roles}
        self._said = {**words, **{fold(mark): said for mark, said in MARKS.items()}}
        self._own = {fold(mark): said for mark, said in own.items()}
        self._signs = {*used, *self._own, *(fold(mark) for mark in MARKS if not mark.isalnum())}
        self._privacy = privacy
        self._read: dict[SourceRow, bool] = {}  # legends, and whether all that they say was taken over
        self._notes: dict[str, str] = {}

    def learn(self, rows: Iterable[SourceRow]) -> None:
        """Takes over what legends say; what the publication says of a mark counts before it."""
        for row in rows:
            for sign, meaning in meanings_of(row, self._signs, self._privacy.words):
                self._read.setdefault(row, True)
                said = role_said(meaning, self._privacy.words)
                if said is not None:
                    self._said[sign] = "" if said == "left_out" else said
                elif NOTE.fullmatch(f"●{sign}", 1):
                    self._notes[sign] = meaning
                elif sign not in self._own:
                    self._read[row] = False
        self._said |= self._own

    def explained(self, row: SourceRow) -> Finding | None:
        """Returns what is to be said about a row that is a legend."""
        if row not in self._read:
            return None
        code = "legend-read" if self._read[row] else "looks-like-legend"
        return Finding(code, row.place, words=row_words(row, self._privacy))

    def said(self, mark: str) -> str | None:
        """Returns what a mark says; a question mark behind it makes it doubtful. None for what is no mark."""
        for name in map(fold, names(mark, self._privacy.words)):
            if name in self._said:
                return self._said[name]
        said = self._said.get(fold(mark).removesuffix("?"), "")
        return f"{said.removesuffix('?')}?" if said else None

    def note(self, mark: str) -> str:
        """Returns what a legend says of the mark of a note; empty where it says nothing."""
        return self._notes.get(fold(mark), "")
