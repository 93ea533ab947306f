"""Reads XML from strangers piece by piece: no DOCTYPE, no entities, no depth or length without a bound.

In: the bytes of one part of a document. Out: whole elements of the kinds that the caller asks for, one at a time, and
the start and end of what stands around them. A document type declaration is refused and never skipped, because a parser
that skips it loses text ("[&x;]" becomes "[]") and one that obeys it reads other files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal
from xml.etree.ElementTree import Element
from xml.parsers import expat

from kennis_ld.errors import UnreadableInput
from kennis_ld.reading import limits

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {
    f"{_OFFICE}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OFFICE}spreadsheetml/2006/main": "s",
    f"{_STRICT}spreadsheetml/main": "s",
    f"{_OFFICE}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OFFICE}package/2006/relationships": "rel",
    f"{_OFFICE}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OFFICE}markup-compatibility/2006": "mc",
    f"{_OFFICE}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
    **{f"{_OPEN}{name}:1.0": name for name in ("office", "table", "text", "style", "manifest", "config")},
    f"{_OPEN}drawing:1.0": "draw",
    f"{_OPEN}xsl-fo-compatible:1.0": "fo",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""Short names of the namespaces we know: a paragraph of Word is `{w}p`; elements of another one begin with `{?}`."""

Part = tuple[Literal["open", "close", "whole"], Element]


def parts(chunks: Iterable[bytes], wanted: Collection[str], *, where: str) -> Iterator[Part]:
    """Yields, in the order of the document, what it is made of.

    Args:
        wanted: names of the elements that are given whole; one within another comes with the outer one.
        where: name of the document and the part, for errors.

    Yields:
        `whole` with an element and all in it, for a wanted one; `open` and `close` with the bare element for others.

    Raises:
        UnreadableInput: the XML is not well-formed, has a DOCTYPE, or goes beyond a bound.
    """
    builder = _Builder(frozenset(wanted), where)
    try:
        for chunk in chunks:
            builder.parser.Parse(chunk, False)
            yield from builder.taken()
        builder.parser.Parse(b"", True)
        yield from builder.taken()
    except (expat.ExpatError, LookupError) as error:  # an encoding that does not exist is a LookupError
        what = (
            f"{expat.ErrorString(error.code)} (line {error.lineno})" if isinstance(error, expat.ExpatError) else error
        )
        raise UnreadableInput(
            f"The XML is damaged: {what}.",
            where=where,
            remedy="Open the document in its own program and save it again.",
        ) from error


def words(element: Element) -> str:
    """Returns all text in an element."""
    return "".join(element.itertext())


class _Builder:
    """Turns what the parser sees into elements."""

    def __init__(self, wanted: frozenset[str], where: str) -> None:
        self._wanted = wanted
        self._where = where
        self._path: list[Element] = []
        self._inside = 0
        self._whole = 0
        self._elements = 0
        self._characters = 0
        self._ready: list[Part] = []
        self._names: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def taken(self) -> list[Part]:
        """Returns what became ready since the last time."""
        ready, self._ready = self._ready, []
        return ready

    def _doctype(self, name: str, *_: object) -> None:
        raise self._refused(
            "The XML has a document type declaration (DOCTYPE), which no office program writes",
            "Do not trust this file; open it in its own program and save it again.",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = self._short(name)
        element = Element(name, {self._short(key): value for key, value in attributes.items()})
        if len(self._path) >= limits.DEPTH:
            raise self._refused(f"Elements stand more than {limits.DEPTH} deep within one another", "")
        if self._inside:
            self._elements += 1
            if self._elements > limits.ELEMENTS_IN_ROW:
                raise self._refused(f"One row or paragraph has more than {limits.ELEMENTS_IN_ROW} elements", "")
            self._path[-1].append(element)
        elif name not in self._wanted:
            self._ready.append(("open", element))
        else:
            self._whole += 1
            self._elements = self._characters = 0
        self._path.append(element)
        self._inside += bool(self._inside) or name in self._wanted

    def _end(self, _: str) -> None:
        element = self._path.pop()
        if not self._inside:
            self._ready.append(("close", element))
            return
        self._inside -= 1
        if not self._inside:
            self._ready.append(("whole", element))

    def _text(self, text: str) -> None:
        if not self._inside:
            return
        self._characters += len(text)
        if self._characters > limits.ROW:
            raise self._refused(f"A row or cell has more than {limits.ROW} characters", "Shorten the text.")
        element = self._path[-1]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text

    def _short(self, name: str) -> str:
        if name not in self._names:
            space, divider, local = name.rpartition(" ")
            self._names[name] = f"{{{PREFIXES.get(space, '?')}}}{local}" if divider else local
        return self._names[name]

    def _refused(self, what: str, remedy: str) -> UnreadableInput:
        line = self.parser.CurrentLineNumber
        at = (
            f", {self._path[-1].get('r') or self._path[-1].tag} in row or paragraph {self._whole}" if self._path else ""
        )
        return UnreadableInput(
            f"{what} (line {line}{at}).",
            where=self._where,
            remedy=remedy or "Check that the file is what it should be; save it again from its own program.",
        )
