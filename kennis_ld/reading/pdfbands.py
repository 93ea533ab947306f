"""Finds the rows of a PDF table that have lines above and below them and none between their columns.

In: the lines of a page, its words, and where the columns of the table stand. Out: the lines that are missing. A band
of the table is a row when its words stand apart at the borders of the columns; a heading across the table runs over
them. Where no row has lines between its columns, they stand where the header and all rows leave room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from kennis_ld.reading.pdflines import NEAR, Line, Word, lines_of

_COVERED = 0.9  # share of the width of the table that a line over it covers
_APART = 0.6  # of the height of the letters; a blank is about a quarter
_FAR_APART = 1.5
_MOST_BANDS = 400
_FEWEST_RULES = 4

Edge = dict[str, Any]


def missing_lines(edges: Sequence[Edge], words: Sequence[Word], borders: Sequence[float]) -> list[Edge]:
    """Returns the lines between columns that the bands of a table lack whose words stand in columns."""
    if len(borders) < 4:
        return []
    found: list[Edge] = []
    inner = [
        edge for edge in edges if edge["orientation"] == "v" and borders[0] + NEAR < edge["x0"] < borders[-1] - NEAR
    ]
    for top, bottom in pairwise(_rules(edges, borders)):
        if any(_share(edge["top"], edge["bottom"], top, bottom) > 0.5 for edge in inner):
            continue
        inside = _within(words, borders[0], top, borders[-1], bottom)
        if is_row(inside, borders):
            found += [_line(at, top, bottom) for at in borders]
        elif not inner and inside:  # a heading across a table that has no lines at its sides either
            found += [_line(at, top, bottom) for at in (borders[0], borders[-1])]
    return found


def borders_of(edges: Sequence[Edge], words: Sequence[Word]) -> Sequence[float]:
    """Returns where the columns of a table begin, and the last ends, that has no lines between them; else nothing."""
    spans = _spans(edges)
    if not spans:
        return ()
    (left, right), count = Counter((round(start), round(end)) for start, end in spans).most_common(1)[0]
    bands = [
        lines_of(inside)
        for top, bottom in pairwise(_rules(edges, (left, right)))
        if (inside := _within(words, left, top, right, bottom))
    ]
    if count < _FEWEST_RULES or not bands:
        return ()
    heads = [part for line in bands[0] for part in _parts(line)]
    rows = [band for band in bands if any(len(_parts(line)) > 2 for line in band)]
    filled = [(word.x0, word.x1) for band in rows for line in band for word in line.words]
    gaps = _gaps(filled, left, right)
    between = [(start, end) for start, end in gaps if any(x1 <= start + 1 for _, x1 in heads)]
    inner = [(start + end) / 2 for start, end in between if any(x0 >= end - 1 for x0, _ in heads)]
    return (left, *inner, right)


def is_row(words: Sequence[Word], borders: Sequence[float]) -> bool:
    """Whether the words of a band stand in the columns of a table: in three or more, or not only in the first two."""
    if any(word.x0 < border - 1 and word.x1 > border + 1 for word in words for border in borders[1:-1]):
        return False
    for line in lines_of(words):
        for before, after in pairwise(line.words):
            parted = any(before.x1 <= border + 1 and after.x0 >= border - 1 for border in borders[1:-1])
            if parted and after.x0 - before.x1 < _APART * (before.bottom - before.top):
                return False
    filled = {column for word in words for column in (_column(word, borders),)}
    return len(filled) > 2 or (len(filled) == 2 and filled != {0, 1})


def seems_row(lines: Sequence[Line]) -> bool:
    """Whether words in one cell stand so far apart, more than once, that they are perhaps the cells of a row."""
    return any(
        sum(after.x0 - before.x1 > _FAR_APART * (before.bottom - before.top) for before, after in pairwise(line.words))
        > 1
        for line in lines
    )


def _within(words: Sequence[Word], left: float, top: float, right: float, bottom: float) -> list[Word]:
    return [word for word in words if word.within((left, top, right, bottom))]


def _spans(edges: Sequence[Edge]) -> list[tuple[float, float]]:
    """Returns from where to where the horizontal lines of a page run, pieces on one height put together."""
    found: list[tuple[float, float, float]] = []
    flat = (edge for edge in edges if edge["orientation"] == "h")
    for edge in sorted(flat, key=lambda edge: (round(edge["top"]), edge["x0"])):
        if found and abs(found[-1][0] - edge["top"]) < NEAR and edge["x0"] <= found[-1][2] + NEAR:
            found[-1] = (found[-1][0], found[-1][1], max(found[-1][2], edge["x1"]))
        else:
            found.append((edge["top"], edge["x0"], edge["x1"]))
    return [(start, end) for _, start, end in found]


def _parts(line: Line) -> list[tuple[float, float]]:
    """Returns from where to where the parts of a line run that stand wide apart, as the cells of a row do."""
    parts: list[tuple[float, float]] = []
    for word in line.words:
        if parts and word.x0 - parts[-1][1] <= _APART * (word.bottom - word.top):
            parts[-1] = (parts[-1][0], max(parts[-1][1], word.x1))
        else:
            parts.append((word.x0, word.x1))
    return parts


def _gaps(filled: Sequence[tuple[float, float]], left: float, right: float) -> Iterator[tuple[float, float]]:
    """Yields from where to where nothing stands between the first and the last word, from the left."""
    reached = left
    for start, end in sorted(filled):
        if start - reached > NEAR and reached > left:
            yield reached, start
        reached = max(reached, min(end, right))


def _column(word: Word, borders: Sequence[float]) -> int:
    middle = (word.x0 + word.x1) / 2
    return sum(middle >= border for border in borders[1:-1])


def _rules(edges: Sequence[Edge], borders: Sequence[float]) -> Iterator[float]:
    """Yields the heights, from the top, at which lines cover nearly the whole width of a table."""
    flat = sorted((edge for edge in edges if edge["orientation"] == "h"), key=lambda edge: edge["top"])
    at = count = 0
    while at < len(flat) and count < _MOST_BANDS:
        top = flat[at]["top"]
        here = [edge for edge in flat[at:] if edge["top"] <= top + NEAR]
        at += len(here)
        if _covered(here, borders) >= _COVERED:
            count += 1
            yield here[len(here) // 2]["top"]


def _covered(edges: Sequence[Edge], borders: Sequence[float]) -> float:
    left, right = borders[0], borders[-1]
    reached, covered = left, 0.0
    for start, end in sorted((edge["x0"], edge["x1"]) for edge in edges):
        start, end = max(start, reached), min(end, right)
        if end > start:
            covered += end - start
            reached = end
    return covered / max(right - left, 1.0)


def _share(top: float, bottom: float, above: float, below: float) -> float:
    return (min(bottom, below) - max(top, above)) / max(below - above, 1.0)


def _line(x: float, top: float, bottom: float) -> Edge:
    return {
        "object_type": "line",
        "x0": x,
        "x1": x,
        "top": top,
        "bottom": bottom,
        "width": 0.0,
        "height": bottom - top,
        "orientation": "v",
    }
