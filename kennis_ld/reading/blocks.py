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
        self._links: list[str] = []

    def note_link(self, address: str) -> None:
        """Takes note of an address behind words."""
        self._links.append(address)

    def link(self) -> str:
        """Returns the addresses of pages that were noted since the last time, with blanks between."""
        found, self._links = self._links, []
        return web_pages(found)

    def note(self, code: str, about: str = "") -> None:
        """Takes note of something that is to be said."""
        self._found.setdefault(code, []).append(about)

    def remarks(self, place: Place) -> Iterator[Finding]:
        """Yields what was noted since the last time."""
        for code, about in self._found.items():
            yield Finding(code, place, words=" ".join(dict.fromkeys(filter(None, about))))
        self._found = {}


def web_pages(addresses: Iterable[str]) -> str:
    """Returns the addresses of web pages among those behind words, each once; that of a mailbox is a person's."""
    found = (
        wellformed.text(address.strip()).replace(" ", "%20")
        for address in addresses
        if address.strip().casefold().startswith(("http://", "https://"))
    )
    return " ".join(dict.fromkeys(found))


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
