"""Says which letters of a PDF page count, and puts them together as words, in the direction in which they are read.

In: the letters of a page. Out: its words, and what is to be said about letters that are none of them: drawn twice to
look bold, raised as the mark of a note, or slanted across the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kennis_ld.reading.looks import is_note_mark
from kennis_ld.reading.pdflines import Direction, Word

_TWICE = 0.15  # of the size of a letter: an "i" is wider than that, and a letter drawn twice to look bold stands nearer
_SMALL = 0.8  # of the size of the letter before it
_RAISED = 0.12
_SLANTED = 0.2

Letter = dict[str, Any]
Extract = Callable[[set[int], Direction], Iterable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Letters:
    """The words of a page, and the words made of letters that do not count.

    Attributes:
        words: what the page says.
        marks: marks of notes, each with the word it stood at.
        slanted: words across the page, such as a watermark.
    """

    words: Sequence[Word]
    marks: Sequence[str]
    slanted: Sequence[str]


def letters(chars: Sequence[Letter], extract: Extract) -> Letters:
    """Returns what the letters of a page say.

    Args:
        chars: the letters, in the order of the file.
        extract: puts letters together as words; gets the ids of those that count and their direction.
    """
    dropped = _drawn_twice(chars)
    marks = dict(_note_marks([char for char in chars if id(char) not in dropped]))
    dropped |= set(marks)
    directions = {id(char): _direction(char) for char in chars if id(char) not in dropped}
    found: list[Word] = []
    for direction in sorted({way for way in directions.values() if way}, key=lambda way: way.value):
        wanted = {at for at, way in directions.items() if way is direction}
        found += [
            Word(
                word["text"],
                word["x0"],
                word["x1"],
                word["top"],
                word["bottom"],
                direction,
                word["chars"][0]["x1"] - word["chars"][0]["x0"],
            )
            for word in extract(wanted, direction)
        ]
    across = "".join(char["text"] for char in chars if directions.get(id(char), Direction.ACROSS) is None)
    return Letters(found, list(dict.fromkeys(filter(None, marks.values()))), [across] if across else [])


def _direction(char: Letter) -> Direction | None:
    """Returns in which direction a letter is read, by its matrix; None for one that is slanted across the page."""
    along, up = abs(char["matrix"][0]), char["matrix"][1]
    if abs(up) <= _SLANTED * along:
        return Direction.ACROSS
    if along <= _SLANTED * abs(up):
        return Direction.UP if up > 0 else Direction.DOWN
    return None


def _drawn_twice(chars: Sequence[Letter]) -> set[int]:
    """Returns the letters that stand upon the same letter: programs draw one twice to make it look bold."""
    seen: dict[tuple[str, int, int], list[Letter]] = {}
    twice: set[int] = set()
    for char in chars:
        text, x, y = char["text"], char["x0"], char["top"]
        near = min(_TWICE * char["size"], 2.0)
        column, line = int(x // 2), int(y // 2)
        around = ((text, column + dx, line + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        others = (other for place in around for other in seen.get(place, ()))
        if text.strip() and any(abs(it["x0"] - x) < near and abs(it["top"] - y) < near for it in others):
            twice.add(id(char))
        else:
            seen.setdefault((text, column, line), []).append(char)
    return twice


def _note_marks(chars: Sequence[Letter]) -> Iterator[tuple[int, str]]:
    """Yields the letters that are marks of notes; the first of each mark with its name, the others with none."""
    before = ""
    last: Letter | None = None
    at = 0
    while at < len(chars):
        char = chars[at]
        run: list[Letter] = []
        if last is not None and before[-1:].strip():
            while at + len(run) < len(chars) and _is_raised(chars[at + len(run)], last, (run or [last])[-1]):
                run.append(chars[at + len(run)])
        mark = "".join(item["text"] for item in run).strip()
        if last is not None and run and is_note_mark(mark, before):
            yield id(run[0]), f"{before.split()[-1]} ({mark.strip('[]()')})"
            yield from ((id(item), "") for item in run[1:])
            at += len(run)
            continue
        if last is not None and (abs(char["top"] - last["top"]) > last["size"] or char["x0"] > last["x1"] + 1.0):
            before += " "
        before = (before + char["text"])[-60:]
        last = char
        at += 1


def _is_raised(char: Letter, base: Letter, beside: Letter) -> bool:
    """Whether a letter is smaller than another, stands higher, and right behind what stands beside it."""
    is_small = char["size"] <= _SMALL * base["size"]
    is_higher = base["top"] - base["size"] < char["top"] and char["bottom"] < base["bottom"] - _RAISED * base["size"]
    return bool(is_small and is_higher and abs(char["x0"] - beside["x1"]) < 0.35 * base["size"])
