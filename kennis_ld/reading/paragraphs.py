"""Reads the paragraphs of a Word file: what a person sees when all tracked changes are accepted.

In: elements of WordprocessingML (ECMA-376, part 1, chapter 17). Out: text, with one line for each paragraph and "- "
before the items of a list; and remarks about what is not in that text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from kennis_ld.model import Finding, Place
from kennis_ld.reading import wellformed
from kennis_ld.reading.xmlstream import words

_TRANSPARENT = {
    *("{w}hyperlink", "{w}smartTag", "{w}sdt", "{w}sdtContent", "{w}customXml", "{w}fldSimple", "{w}dir", "{w}bdo"),
    *(
        "{w}ins",
        "{w}moveTo",
        "{w}r",
        "{w}ruby",
        "{w}rubyBase",
        "{m}oMath",
        "{m}oMathPara",
    ),
}
_MARKS = {"{w}tab": " ", "{w}br": "\n", "{w}cr": "\n", "{w}noBreakHyphen": "-", "{w}ptab": " "}
_PICTURES = {"{a}blip", "{v}imagedata"}
_DEEPEST_STYLE = 20


def value(element: Element | None) -> str:
    """Returns the value of a property; empty where it is absent or has none."""
    return "" if element is None else element.get("{w}val", "")


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is on; one without a value is."""
    return element is not None and element.get("{w}val", "true") not in {"0", "false", "off"}


class Styles:
    """The styles of a document, by their id."""

    def __init__(self, styles: Mapping[str, Element]) -> None:
        self._styles = styles

    def is_heading(self, paragraph: Element) -> bool:
        """Whether a paragraph has a heading style or an outline level of its own; the title of the document has not."""
        own = paragraph.find("{w}pPr/{w}outlineLvl")
        if own is not None:
            return value(own) != "9"  # level 9 is body text
        for style in self._chain(value(paragraph.find("{w}pPr/{w}pStyle"))):
            if value(style.find("{w}name")).casefold().startswith("heading "):
                return True
            if (level := style.find("{w}pPr/{w}outlineLvl")) is not None:
                return value(level) != "9"
        return False

    def is_item(self, paragraph: Element) -> bool:
        """Whether a paragraph is an item of a list, numbered or not."""
        own = paragraph.find("{w}pPr/{w}numPr/{w}numId")
        if own is not None:
            return value(own) != "0"
        chain = self._chain(value(paragraph.find("{w}pPr/{w}pStyle")))
        return any(style.find("{w}pPr/{w}numPr") is not None for style in chain)

    def is_hidden(self, run: Element) -> bool:
        """Whether a run of text is hidden."""
        own = run.find("{w}rPr/{w}vanish")
        if own is not None:
            return is_on(own)
        return any(is_on(style.find("{w}rPr/{w}vanish")) for style in self._chain(value(run.find("{w}rPr/{w}rStyle"))))

    def _chain(self, name: str) -> Iterator[Element]:
        for _ in range(_DEEPEST_STYLE):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style.find("{w}basedOn"))


class Paragraphs:
    """Gives the text of paragraphs and cells, and collects what is to be said about them."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._found: dict[str, list[str]] = {}

    def remarks(self, place: Place) -> Iterator[Finding]:
        """Yields what was noted since the last time."""
        for code, about in self._found.items():
            yield Finding(code, place, words=" ".join(dict.fromkeys(filter(None, about))))
        self._found = {}

    def block(self, block: Element) -> str:
        """Returns the text of a cell or note: paragraphs divided by an empty line, items of a list on lines."""
        text = ""
        for element in _blocks(block):
            if element.tag not in {"{w}p", "{w}tbl"}:
                self.unknown(element)
                continue
            if element.tag == "{w}tbl":
                self._note("nested-table")
                rows = ("; ".join(self.block(cell) for cell in row.iterfind("{w}tc")) for row in element.iter("{w}tr"))
                piece = "\n".join(rows)
            else:
                piece = wellformed.text(self.text(element))
                if self.styles.is_item(element):
                    if not piece:
                        self._note("automatic-number")
                        continue
                    text += ("\n" if text else "") + f"- {piece}"
                    continue
            if piece:
                text += ("\n\n" if text else "") + piece
        return text

    def text(self, paragraph: Element) -> str:
        """Returns the text of one paragraph."""
        if paragraph.find("{w}pPr/{w}rPr/{w}del") is not None or paragraph.find("{w}pPr/{w}rPr/{w}ins") is not None:
            self._note("tracked-changes")
        return "".join(self._inline(paragraph))

    def _inline(self, parent: Element) -> Iterator[str]:
        for element in parent:
            tag = element.tag
            if tag == "{w}r" and self.styles.is_hidden(element):
                if words(element).strip():
                    self._note("hidden-text")
            elif tag in {"{w}t", "{m}t"}:
                yield element.text or ""
            elif tag in _MARKS:
                yield _MARKS[tag]
            elif tag == "{mc}AlternateContent":
                yield from self._inline(_choice(element))
            elif tag in {"{w}del", "{w}moveFrom"}:
                self._note("tracked-changes")
            elif tag == "{m}r":
                yield from self._inline(element)
            elif tag in _TRANSPARENT:
                if tag in {"{w}ins", "{w}moveTo"}:
                    self._note("tracked-changes")
                yield from self._inline(element)
            elif tag == "{w}sym":
                self._note("unreadable-letters", f"{element.get('{w}font', '')} {element.get('{w}char', '')}".strip())
            elif tag in {"{w}drawing", "{w}pict", "{w}object"}:
                self._drawing(element)
            elif tag.startswith("{m}"):
                yield from self._inline(element)
            else:
                self.unknown(element)

    def unknown(self, element: Element) -> None:
        """Notes the words in markup that has no reading here."""
        if text := wellformed.text("".join(run.text or "" for run in element.iter("{w}t"))):
            self._note("unknown-markup", text)

    def _drawing(self, element: Element) -> None:
        boxes = [box for box in element.iter() if box.tag in {"{w}txbxContent", "{a}t"}]
        if text := " ".join(filter(None, (_shown(box) for box in boxes))):
            self._note("text-box", text)
        if element.tag == "{w}object":
            self._note("pictures")
        if any(picture.tag in _PICTURES for picture in element.iter()):
            self._note("pictures")

    def _note(self, code: str, about: str = "") -> None:
        self._found.setdefault(code, []).append(about)


def _blocks(parent: Element) -> Iterator[Element]:
    """Yields the paragraphs and tables of a cell or note, also those within a content control, and what is neither."""
    for element in parent:
        if element.tag in {"{w}sdt", "{w}sdtContent", "{w}customXml", "{w}ins", "{w}moveTo"}:
            yield from _blocks(element)
        elif element.tag == "{mc}AlternateContent":
            yield from _blocks(_choice(element))
        else:
            yield element


def _choice(alternatives: Element) -> Element:
    """Returns what a program shows of several forms of the same: the newest it knows, else the fallback."""
    choice = alternatives.find("{mc}Choice")
    fallback = alternatives.find("{mc}Fallback")
    return choice if choice is not None else fallback if fallback is not None else alternatives


def _shown(box: Element) -> str:
    return wellformed.text(" ".join(words(paragraph) for paragraph in box.iter("{w}p")) or words(box))
