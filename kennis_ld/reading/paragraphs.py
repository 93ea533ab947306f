"""Reads the paragraphs of a Word file: what a person sees when all tracked changes are accepted.

In: elements of WordprocessingML (ECMA-376, part 1, chapter 17). Out: text, with one line for each paragraph and "- "
before the items of a list; and remarks about what is not in that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from kennis_ld.reading import wellformed
from kennis_ld.reading.blocks import Remarks, in_one_cell
from kennis_ld.reading.looks import Piece, Shown, put_together
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
_LINK = re.compile(r"\s*HYPERLINK\s+\"([^\"]+)\"")
_DEEPEST_STYLE = 20


def value(element: Element | None) -> str:
    """Returns the value of a property; empty where it is absent or has none."""
    return "" if element is None else element.get("{w}val", "")


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is on; one without a value is."""
    return element is not None and element.get("{w}val", "true") not in {"0", "false", "off"}


def _answer(field: Element) -> str:
    """Returns what a field of a form shows of itself: what is chosen from its list, or its box, ticked or not."""
    for asked in field.findall("{w}ffData/{w}checkBox"):
        ticked = asked.find("{w}checked")
        return "☒" if is_on(asked.find("{w}default") if ticked is None else ticked) else "☐"
    for asked in field.findall("{w}ffData/{w}ddList"):
        chosen = value(asked.find("{w}result")) or value(asked.find("{w}default")) or "0"
        entries = {str(at): value(entry) for at, entry in enumerate(asked.findall("{w}listEntry"))}
        return entries.get(chosen, "")
    return ""


class Styles:
    """The styles of a document, by their id."""

    def __init__(self, styles: Mapping[str, Element]) -> None:
        self._styles = styles
        default = [it for it in styles.values() if it.get("{w}default") in {"1", "true", "on"}]
        self._defaults = {it.get("{w}type", ""): it.get("{w}styleId", "") for it in default}

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

    def is_hidden(self, run: Element, paragraph: str = "", table: str = "") -> bool:
        """Whether a run of text is hidden, in a paragraph and a table of these styles."""
        return self._is_on("vanish", run, (paragraph, table))

    def is_struck(self, run: Element, paragraph: str = "", table: str = "") -> bool:
        """Whether a run of text is struck through."""
        return any(self._is_on(name, run, (paragraph, table)) for name in ("strike", "dstrike"))

    def is_raised(self, run: Element) -> bool:
        """Whether a run of text stands higher than the others."""
        own = run.find("{w}rPr/{w}vertAlign")
        chain = self._chain(value(run.find("{w}rPr/{w}rStyle")))
        aligns = (style.find("{w}rPr/{w}vertAlign") for style in chain)
        return value(own if own is not None else next((it for it in aligns if it is not None), None)) == "superscript"

    def _is_on(self, name: str, run: Element, blocks: Sequence[str]) -> bool:
        """Whether a property is on that styles of different kinds turn on and off again (ECMA-376, part 1, 17.7.3)."""
        path = f"{{w}}rPr/{{w}}{name}"
        own = run.find(path)
        if own is not None:
            return is_on(own)
        given = [
            value(run.find("{w}rPr/{w}rStyle")),
            *(
                style or self._defaults.get(kind, "")
                for kind, style in zip(("paragraph", "table"), blocks, strict=True)
            ),
        ]
        return bool(sum(self._says(path, style) for style in given) % 2)

    def _says(self, path: str, style: str) -> bool:
        """Whether a style turns a property on, itself or by what it is based on."""
        found = (element.find(path) for element in self._chain(style))
        return is_on(next((element for element in found if element is not None), None))

    def _chain(self, name: str) -> Iterator[Element]:
        for _ in range(_DEEPEST_STYLE):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style.find("{w}basedOn"))


@dataclass(frozen=True, slots=True)
class _Look:
    """The styles that a text stands in, and how it looks by them."""

    paragraph: str
    table: str
    raised: bool = False
    struck: bool = False


class Paragraphs(Remarks):
    """Gives the text of paragraphs and cells, and collects what is to be said about them."""

    def __init__(self, styles: Styles, links: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.styles = styles
        self._addresses = links or {}  # by what refers to them

    def block(self, block: Element, table: str = "") -> Shown:
        """Returns the text of a cell or note: paragraphs divided by an empty line, items of a list on lines.

        Args:
            block: the cell or note.
            table: the style of the table that it is a cell of.
        """
        found: list[tuple[str, Shown]] = []  # what stands before a text, and the text
        before: list[Piece] = []
        for element in _blocks(block):
            if element.tag not in {"{w}p", "{w}tbl"}:
                self.unknown(element)
            elif element.tag == "{w}tbl":
                self.note("nested-table")
                rows = (
                    "; ".join(self.block(cell).text for cell in row.iterfind("{w}tc")) for row in element.iter("{w}tr")
                )
                text = "\n".join(rows)
                found.append(("\n\n", Shown(text, text)))
            elif self.joins(element):
                before += self.pieces(element, table)
            else:
                shown = put_together([*before, *self.pieces(element, table)])
                before = []
                if self.styles.is_item(element):
                    if not shown.text.strip():
                        self.note("automatic-number")
                    found.append(("\n- ", shown))
                else:
                    found.append(("\n\n", shown))
        found.append(("\n\n", put_together(before)))
        self._say_looks(shown for _, shown in found)
        return in_one_cell(found)

    def text(self, paragraph: Element, before: Sequence[Piece] = ()) -> Shown:
        """Returns the text of one paragraph, behind that of paragraphs whose end was deleted."""
        shown = put_together([*before, *self.pieces(paragraph)])
        self._say_looks([shown])
        return shown

    def joins(self, paragraph: Element) -> bool:
        """Whether the end of a paragraph was deleted, so that the next one goes on behind it."""
        mark = paragraph.find("{w}pPr/{w}rPr")
        return mark is not None and (mark.find("{w}del") is not None or mark.find("{w}moveFrom") is not None)

    def pieces(self, paragraph: Element, table: str = "") -> list[Piece]:
        """Returns the text of one paragraph in pieces that look the same throughout."""
        if paragraph.find("{w}pPr/{w}rPr/{w}del") is not None or paragraph.find("{w}pPr/{w}rPr/{w}ins") is not None:
            self.note("tracked-changes")
        style = value(paragraph.find("{w}pPr/{w}pStyle"))
        return list(self._inline(paragraph, _Look(style, table)))

    def _say_looks(self, shown: Iterable[Shown]) -> None:
        for text in shown:
            for mark in text.marks:
                self.note("note-mark", mark)

    def _inline(self, parent: Element, look: _Look) -> Iterator[Piece]:
        for element in parent:
            tag = element.tag
            if tag == "{w}r":
                if self.styles.is_hidden(element, look.paragraph, look.table):
                    if words(element).strip():
                        self.note("hidden-text")
                    continue
                struck = self.styles.is_struck(element, look.paragraph, look.table)
                run = replace(look, raised=self.styles.is_raised(element), struck=struck)
                yield from self._inline(element, run)
            elif tag in {"{w}t", "{m}t"}:
                yield Piece(element.text or "", look.raised, look.struck)
            elif tag in _MARKS:
                yield Piece(_MARKS[tag], look.raised, look.struck)
            elif tag == "{mc}AlternateContent":
                yield from self._inline(_choice(element), look)
            elif tag in {"{w}del", "{w}moveFrom"}:
                self.note("tracked-changes")
            elif tag == "{m}r":
                yield from self._inline(element, look)
            elif tag in _TRANSPARENT:
                if tag in {"{w}ins", "{w}moveTo"}:
                    self.note("tracked-changes")
                self.note_link(self._addresses.get(element.get("{r}id", ""), ""))
                self._field(element.get("{w}instr", ""))
                yield from self._inline(element, look)
            elif tag == "{w}instrText":
                self._field(element.text or "")
            elif tag == "{w}fldChar":
                yield Piece(_answer(element), look.raised, look.struck)
            elif tag == "{w}sym":
                self.note("unreadable-letters", f"{element.get('{w}font', '')} {element.get('{w}char', '')}".strip())
            elif tag in {"{w}drawing", "{w}pict", "{w}object"}:
                self._drawing(element)
            elif tag.startswith("{m}"):
                yield from self._inline(element, look)
            else:
                self.unknown(element)

    def _field(self, instruction: str) -> None:
        """Takes note of the address in the instruction of a field."""
        if found := _LINK.match(instruction):
            self.note_link(found[1])

    def unknown(self, element: Element) -> None:
        """Notes the words in markup that has no reading here."""
        if text := wellformed.text("".join(run.text or "" for run in element.iter("{w}t"))):
            self.note("unknown-markup", text)

    def _drawing(self, element: Element) -> None:
        boxes = [box for box in element.iter() if box.tag in {"{w}txbxContent", "{a}t"}]
        if text := " ".join(filter(None, (_shown(box) for box in boxes))):
            self.note("text-box", text)
        if element.tag == "{w}object":
            self.note("pictures")
        if any(picture.tag in _PICTURES for picture in element.iter()):
            self.note("pictures")


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
