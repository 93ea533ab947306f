"""Reads plain text, as `kennis_ld.agenda.text` leaves it, as paragraphs and lists.

A text is taken as it is written: a line is a paragraph, lines that begin with "- " form a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_CHARACTERS = 64 * 1024
"""What is read of one text, so that a page has an end; the data have all of it (safety facts, case 61)."""

_BULLETS = ("- ", "• ", "* ")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the items of a list.

    Attributes:
        lines: one line for a paragraph, an item each for a list.
        is_list: which of the two.
    """

    lines: Sequence[str]
    is_list: bool = False


def has_long_word(text: str) -> bool:
    """Whether a word is longer than a column of a table may be wide; a browser breaks others only between them.

    >>> has_long_word("Faculteit der Geesteswetenschappen"), has_long_word("x" * 28)
    (False, True)
    """
    return re.search(r"[^\s/-]{28}", text) is not None


def blocks(text: str) -> list[Block]:
    r"""Returns the paragraphs and lists of a text, in order, without a word lost but the bullets.

    >>> [block.lines for block in blocks("Doel:\n- een\n- twee\n\nKlaar.")]
    [['Doel:'], ['een', 'twee'], ['Klaar.']]
    """
    found: list[Block] = []
    items: list[str] = []
    for line in (*text[:MOST_CHARACTERS].splitlines(), ""):
        plain = line.strip()
        if plain.startswith(_BULLETS):
            items.append(plain[2:].strip())
            continue
        if items:
            found.append(Block(items, is_list=True))
            items = []
        if plain:
            found.append(Block([plain]))
    return found
