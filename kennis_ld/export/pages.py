"""Makes a page fit to stand alone: what only a server can answer is taken out, all else stays byte for byte.

A form goes, but for that of the search, which a script answers and which suggests nothing. A link to an address that
is not there becomes its text, and an item or a paragraph that begins with such a link goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

_DROPPED = ("form",)
_ITEMS = ("li", "p")
_ONLY_SERVED = "facets"
"""Class of the choices that narrow a list."""

_SUGGESTS = re.compile(r'\sdata-suggestions="[^"]*"')


def standalone(text: str, is_there: Callable[[str], bool]) -> str:
    """Returns a page without what needs a server.

    Args:
        text: the page.
        is_there: whether the value of a `href` leads somewhere without one.
    """
    reader = _Reader(is_there)
    reader.feed(text)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    """Copies a page, but for what is dropped."""

    def __init__(self, is_there: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._is_there = is_there
        self._dropping: list[str] = []  # tags within what is dropped, the outermost first
        self._unlinked = 0  # links that became text and have not ended
        self._item: int | None = None  # where an item began of which nothing was seen yet
        self._began = ""  # its tag

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self._dropping:
            if tag == self._dropping[0]:
                self._dropping.append(tag)
            return
        classes = (values.get("class") or "").split()
        if (tag in _DROPPED and values.get("role") != "search") or _ONLY_SERVED in classes:
            self._dropping.append(tag)
            return
        if tag == "a" and not self._is_there(values.get("href") or ""):
            if self._item is not None:
                del self.parts[self._item :]
                self._item, self._dropping = None, [self._began]
            else:
                self._unlinked += 1
            return
        self._item, self._began = (len(self.parts), tag) if tag in _ITEMS else (None, "")
        text = self.get_starttag_text() or ""
        self._copy(_SUGGESTS.sub("", text) if tag == "form" else text)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag == self._dropping[0]:
                self._dropping.pop()
            return
        if tag == "a" and self._unlinked:
            self._unlinked -= 1
            return
        self._copy(f"</{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._copy(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._item = None
        self._copy(data)

    def handle_entityref(self, name: str) -> None:
        self._copy(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._copy(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._copy(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._copy(f"<!{decl}>")

    def _copy(self, text: str) -> None:
        if not self._dropping:
            self.parts.append(text)
