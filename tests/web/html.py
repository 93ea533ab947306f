"""Reads a page the way a browser does: its elements and their attributes, not its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "img", "wbr"}


@dataclass
class Page:
    """The elements of a page, in order, whether each is closed in its place, and the texts of some of them."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""
    scripts: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=lambda: {"title": [], "a": [], "h1": [], "h2": [], "p": []})

    def values(self, tag: str, attribute: str) -> list[str]:
        """Returns the values of an attribute of all elements with a tag."""
        return [found[attribute] or "" for name, found in self.elements if name == tag and attribute in found]

    def rows(self, table_class: str) -> list[dict[str, str | None]]:
        """Returns the header cells of the rows of the first table of a class."""
        start = next(
            at for at, (_, each) in enumerate(self.elements) if table_class in (each.get("class") or "").split()
        )
        found = []
        for name, each in self.elements[start + 1 :]:
            if name == "table":
                break
            if name == "th" and each.get("scope") == "row":
                found.append(each)
        return found

    def links_above_the_foot(self) -> list[str]:
        """Returns where the links lead that stand above the foot of the page."""
        foot = self.tags().index("footer")
        return [each["href"] or "" for name, each in self.elements[:foot] if name == "a" and "href" in each]

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
        self._said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.page.scripts.append("")
        if tag not in _VOID:
            self._open.append(tag)
        if tag in self.page.texts:
            self._said[tag] = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._said:
            self.page.texts[tag].append(" ".join(self._said.pop(tag).split()))
        if not self._open or self._open.pop() != tag:
            self.page.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script":
            self.page.scripts[-1] += data
        else:
            self.page.text += data
            self._said = {tag: said + data for tag, said in self._said.items()}


def read(text: str) -> Page:
    """Returns the page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.page.misplaced += reader._open
    return reader.page
