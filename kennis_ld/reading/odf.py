"""What the kinds of OpenDocument have in common: styles, pieces of text with their looks, the password.

In: elements of an ODF file (ISO/IEC 26300). Out: text in pieces that look the same throughout, as their styles say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from kennis_ld.errors import UnreadableInput
from kennis_ld.reading.archive import Archive
from kennis_ld.reading.colours import colour
from kennis_ld.reading.looks import Piece
from kennis_ld.reading.xmlstream import parts

CONTENT = "content.xml"
"""The part that holds what the document says."""

STYLES = "styles.xml"
"""The part that holds styles with a name, and the heads and feet of pages."""

_MANIFEST = "META-INF/manifest.xml"
_BESIDE = {"{office}annotation", "{text}note", "{text}hidden-text", "{text}hidden-paragraph"}
_SPACE = {"{text}s", "{text}tab", "{text}line-break"}


def check_password(archive: Archive) -> None:
    """Refuses a document that has a password.

    Raises:
        UnreadableInput: it has one.
    """
    if _MANIFEST not in archive:
        return
    for _, element in parts(archive.chunks(_MANIFEST), (), where=f"{archive.document}: {_MANIFEST}"):
        if element.tag == "{manifest}encryption-data":
            raise UnreadableInput(
                "The document is protected with a password.",
                where=archive.document,
                remedy="Open it, take the password off, and save it again.",
            )


class Styles:
    """How texts look, by the names of their styles."""

    def __init__(self) -> None:
        self._looks: dict[str, dict[str, str]] = {}
        self._fills: dict[str, str] = {}

    @classmethod
    def named(cls, archive: Archive) -> Styles:
        """Returns the styles of a document that have a name."""
        styles = cls()
        if STYLES in archive:
            named = parts(archive.chunks(STYLES), {"{style}style"}, where=f"{archive.document}: {STYLES}")
            for _, element in (part for part in named if part[0] == "whole"):
                styles.learn(element)
        return styles

    def learn(self, style: Element) -> None:
        """Remembers a style; those it is based on come before it."""
        looks = dict(self._looks.get(style.get("{style}parent-style-name", ""), {}))
        own = style.find("{style}text-properties")
        boxes = (style.find(f"{{style}}table-{name}-properties") for name in ("cell", "row"))
        cell = next((box for box in boxes if box is not None), None)
        self._looks[style.get("{style}name", "")] = looks | (dict(own.attrib) if own is not None else {})
        behind = "" if cell is None else cell.get("{fo}background-color", "")
        parent = self._fills.get(style.get("{style}parent-style-name", ""), "")
        self._fills[style.get("{style}name", "")] = colour(behind) if behind else parent

    def fill(self, name: str) -> str:
        """Returns the colour that a style gives what stands behind a cell; empty for none."""
        return self._fills.get(name, "")

    def piece(self, text: str, names: Sequence[str]) -> Piece | None:
        """Returns a text with the looks that styles give it, the innermost last; None where they hide it."""
        looks: dict[str, str] = {}
        for name in names:
            looks |= self._looks.get(name, {})
        if looks.get("{text}display") == "none":
            return None
        lines = (looks.get(f"{{style}}text-line-through-{name}", "none") for name in ("style", "type"))
        position = looks.get("{style}text-position", "").split(" ")[0]
        raised = position == "super" or (position.endswith("%") and not position.startswith(("-", "0")))
        return Piece(text, raised, any(line != "none" for line in lines))


def is_beside(element: Element) -> bool:
    """Whether an element stands over the text and not in it: a note, a shape, a picture."""
    return element.tag in _BESIDE or element.tag.startswith("{draw}")


def inline(element: Element, names: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields the text of a paragraph in pieces, with the names of the styles of the spans that each stands in."""
    yield element.text or "", names
    for child in element:
        if child.tag == "{text}s":
            yield " " * min(count(child, "{text}c"), 80), names
        elif child.tag in _SPACE:
            yield "\n" if child.tag == "{text}line-break" else " ", names
        elif not is_beside(child):
            yield from inline(child, (*names, child.get("{text}style-name", "")))
        yield child.tail or "", names


def words(element: Element | None) -> str:
    """Returns the text of all paragraphs in an element, on one line."""
    if element is None:
        return ""
    found = ("".join(text for text, _ in inline(each)) for each in element.iter("{text}p"))
    return " ".join(" ".join(found).split())


def count(element: Element, attribute: str) -> int:
    """Returns how often something is repeated, or how far it reaches, as an attribute says."""
    text = element.get(attribute, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1
