"""Turns the markup of a cell into plain text that reads well, without losing a word.

Paragraphs come out divided by an empty line, list items as lines that start with "- ", all other markup as nothing.
What only looks like markup ("<5 jaar", "<naam>") is text and stays.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3

_BLOCKS = {"p", "div", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_KEPT = {*_BLOCKS, "li", "br"}
# Blocks as well, but a parser moves the words of a table that is not whole, and knows no text between two rules.
_LIKE_DIV = {"table", "tr", "center", "section", "hr"}
_CELLS = {"td", "th"}
# Elements whose tags may go because only their text is of use to us; any other name between angle brackets is text.
_INLINE = {
    "a", "abbr", "b", "big", "body", "cite", "code", "em", "font", "html", "i", "img", "mark", "o:p", "q", "s", "small",
    "span", "strike", "strong", "sub", "sup", "tbody", "thead", "u",
}  # fmt: skip
# Text that went through several systems carries escapes of escapes ("&amp;amp;"); more layers than this nobody makes.
_MOST_LAYERS = 50
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:]*)(?:\s[^<>]*)?/?>")
_SPACE = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
# Controls that an escape ("&#1;") can bring in and that XML 1.0, section 2.2, cannot write; they are no words.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# A dash between blanks before a capital is an item of a list when a colon or an item stands before it (1f, 1m): a dash
# inside a sentence ("kleinere plannen - soms op tijdelijke basis") is followed by a small letter and stays.
_FIRST_ITEM = re.compile(r"(?<=:)\s+-\s+(?=[A-ZÀ-Ý])")
_NEXT_ITEM = re.compile(r"\s+-\s+(?=[A-ZÀ-Ý])")


@lru_cache(maxsize=256)
def cleaned(markup: str) -> str:
    r"""Returns the plain text of a cell; cleaning twice gives the same as cleaning once.

    >>> cleaned("<p>Eén.</p> <p>Twee &amp; drie: <ul> - Vier - Vijf </ul></p>")
    'Eén.\n\nTwee & drie:\n\n- Vier\n- Vijf'
    >>> cleaned("kinderen <5 jaar")
    'kinderen <5 jaar'
    """
    for _ in range(_MOST_LAYERS):
        plain = _plain(markup)
        if plain == markup:
            break
        markup = plain
    return _tidy(_with_items(markup))


def joined(before: str, after: str) -> str:
    """Returns two pieces of one cell, broken over a page, as one: in the middle of a sentence as one sentence."""
    if not before or not after:
        return before or after
    broken = before[-1] not in ".!?:;”\"'’)" or not (after[0].isupper() or after.startswith(("- ", "“", '"')))
    return before + (" " if broken else "\n\n") + after


def one_line(text: str) -> str:
    """Returns the text of a title or a name: cleaned, on one line."""
    return " ".join(cleaned(text).split())


def _plain(markup: str) -> str:
    """Resolves one layer of markup to text with line breaks; a text without markup stays as it is."""
    pieces: list[str] = []
    at = 0
    for tag in _TAG.finditer(markup):
        if _is_element(tag[1]):
            # Outside real tags a "<" is text: escaped, so that the parser does not take the words behind it for a tag.
            # A quotation mark in a tag that is never closed would make an attribute of all words up to the next one.
            name = "div" if tag[1].lower() in _LIKE_DIV else tag[1]
            bare = f"</{name}>" if tag[0].startswith("</") else f"<{name}>"
            pieces += [markup[at : tag.start()].replace("<", "&lt;"), " " if name.lower() in _CELLS else bare]
            at = tag.end()
    if not pieces and html.unescape(markup) == markup:
        return markup
    real = "".join([*pieces, markup[at:].replace("<", "&lt;")])
    sound = nh3.clean(real, tags=_KEPT, attributes={}, link_rel=None)
    sound = re.sub(r"<br\s*/?>", "\n", sound)
    sound = re.sub(r"<li>\s*(?:[-•*]\s+)?", "\n- ", sound)
    sound = re.sub(r"</?[a-z0-9]+>", lambda tag: "\n\n" if tag[0].strip("</>") in _BLOCKS else "", sound)
    return html.unescape(sound)


def _is_element(name: str) -> bool:
    return name.lower() in _KEPT | _LIKE_DIV | _CELLS | _INLINE


def _with_items(text: str) -> str:
    """Puts list items that stand behind one another in a line on lines of their own."""
    first = _FIRST_ITEM.search(text)
    if not first:
        return text
    head, items = text[: first.start()], text[first.end() :]
    return f"{head}\n\n- " + _NEXT_ITEM.sub("\n- ", items)


def _tidy(text: str) -> str:
    text = _CONTROL.sub(" ", text)
    lines = [_SPACE.sub(" ", line).strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
