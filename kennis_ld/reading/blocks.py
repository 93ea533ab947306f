"""Puts the blocks of a cell together, and keeps what is to be said about them until their place is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kennis_ld.model import Finding, Place
from kennis_ld.reading import wellformed
from kennis_ld.reading.looks import Shown


class Remarks:
    """What is to be said about texts, by the code of its finding."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def note(self, code: str, about: str = "") -> None:
        """Takes note of something that is to be said."""
        self._found.setdefault(code, []).append(about)

    def remarks(self, place: Place) -> Iterator[Finding]:
        """Yields what was noted since the last time."""
        for code, about in self._found.items():
            yield Finding(code, place, words=" ".join(dict.fromkeys(filter(None, about))))
        self._found = {}


def in_one_cell(found: Sequence[tuple[str, Shown]]) -> Shown:
    """Returns the text of a cell from its blocks, each behind the sign that divides it from the one before."""
    return Shown(
        _joined((sign, shown.text) for sign, shown in found), _joined((sign, shown.kept) for sign, shown in found)
    )


def _joined(found: Iterable[tuple[str, str]]) -> str:
    text = ""
    for sign, raw in found:
        if piece := wellformed.text(raw):
            text += (sign if text else sign.lstrip("\n")) + piece
    return text
