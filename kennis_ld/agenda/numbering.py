"""Watches the numbers and titles of entries: none stands there twice, and what a row of numbers leaves out is said."""

from __future__ import annotations

from collections.abc import Iterator

from kennis_ld.agenda.numbers import left_out, number_key
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Place


class Numbering:
    """The numbers and titles so far, by the headings over them."""

    def __init__(self) -> None:
        self._seen: dict[tuple[tuple[str, ...], str], Place] = {}
        self._numbers: dict[tuple[str, ...], list[tuple[str, Place]]] = {}

    def add(self, number: str, title: str, section: tuple[str, ...], place: Place, *, runs_on: bool) -> None:
        """Takes note of an entry.

        Args:
            number: its number; empty where it has none.
            runs_on: whether numbers run on from one theme to another, as where themes stand in a column.

        Raises:
            UnreadableInput: two entries under one heading have one number, or one title and no number.
        """
        seen = (section, number_key(number) or title.casefold())
        if before := self._seen.get(seen):
            if number:
                raise UnreadableInput(
                    f"Number {number!r} stands there twice under one heading; first at {before}.",
                    where=str(place),
                    remedy="Give one of the two entries another number.",
                )
            raise UnreadableInput(
                f"Title {title!r} stands there twice under one heading; first at {before}.",
                where=str(place),
                remedy="Give one of the two entries another title.",
            )
        self._seen[seen] = place
        if number:
            self._numbers.setdefault(() if runs_on else section, []).append((number, place))

    def left_out(self) -> Iterator[Finding]:
        """Finds the numbers that a row of numbers leaves out ('1l', '5'); they are reported, never filled in.

        Where no number stands there twice, one that stands under another heading is not left out.
        """
        every = [number_key(number) for numbers in self._numbers.values() for number, _ in numbers]
        once = set(every)
        elsewhere = once if len(once) == len(every) else set()
        for headings, numbers in self._numbers.items():
            place = numbers[0][1].whole()
            for missing in left_out([number for number, _ in numbers]):
                if number_key(missing) not in elsewhere:
                    yield Finding("number-left-out", place, subject=" / ".join(headings), words=missing)
