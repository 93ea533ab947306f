"""The form in which rows and findings travel from the process that reads to the one that asked: frames of JSON.

A frame is its length in four bytes and then as many bytes of JSON, one list: `["row", …]`, `["finding", …]`, `["error",
…]` or, as the last one, `["end", count]`. Whatever ends without that last frame was cut off.
"""

from __future__ import annotations

import json
import struct
from typing import Any

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Continuation, Finding, Kind, Place, SourceRow

HEAD = struct.Struct(">L")
"""The length in front of a frame."""


def packed(value: SourceRow | Finding | UnreadableInput | int) -> bytes:
    """Returns the frame of a value; a number is the count of frames before it, and ends the stream."""
    content: list[Any]
    match value:
        case SourceRow():
            more = [value.goes_on, value.columns, value.fills, value.links]
            content = ["row", value.cells, _place(value.place), value.kind, value.kept, value.ends_early, more]
        case Finding():
            place = value.place and _place(value.place)
            content = ["finding", value.code, place, value.subject, value.words, dict(value.values)]
        case UnreadableInput():
            content = ["error", value.what, value.where, value.remedy]
        case _:
            content = ["end", value]
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return HEAD.pack(len(body)) + body


def unpacked(body: bytes) -> SourceRow | Finding | UnreadableInput | int:
    """Returns the value in the body of a frame.

    Raises:
        ValueError: this is no frame.
    """
    match json.loads(body.decode("utf-8", "surrogatepass")):
        case ["row", [*cells], [*place], str(kind), kept, bool(early), [[*goes_on], *more]] if all(
            isinstance(cell, str) for cell in cells
        ):
            left = None if kept is None else tuple(kept)
            ways = tuple(map(Continuation, goes_on))
            return SourceRow(tuple(cells), _placed(place), Kind(kind), left, early, ways, *map(tuple, more))
        case ["finding", str(code), place, str(subject), str(words), dict(values)]:
            return Finding(code, _placed(place) if place else None, subject, words, values)
        case ["error", str(what), str(where), str(remedy)]:
            return UnreadableInput(what, where=where, remedy=remedy)
        case ["end", int(count)]:
            return count
    raise ValueError("no frame")


def _place(place: Place) -> list[object]:
    lines, pages = (place.first_line, place.last_line), (place.first_page, place.last_page)
    return [place.document, *lines, *pages, place.sheet, place.table, place.rows, place.column]


def _placed(given: list[Any]) -> Place:
    document, first, last, page, last_page, sheet, table, rows, column = given
    counted = None if rows is None else (rows[0], rows[1])
    return Place(document, first, last, page, last_page, sheet, table, counted, column)
