"""Reads a page the way a browser does: its elements and their attributes, not its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "img"}


@dataclass
class Page:
    """The elements of a page, in order, and whether every one of them is closed in its place."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""
    scripts: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)

    def values(self, tag: str, attribute: str) -> list[str]:
        """Returns the values of an attribute of all elements with a tag."""
        return [found[attribute] or "" for name, found in self.elements if name == tag and attribute in found]

    def tags(self) -> list[str]:
        """Returns the names of all elements, in order."""
        return [name for name, _ in self.elements]

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.values("html", "lang")[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.page.scripts.append("")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.page.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script":
            self.page.scripts[-1] += data
        else:
            self.page.text += data


def read(text: str) -> Page:
    """Returns the page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.page.misplaced += reader._open
    return reader.page
