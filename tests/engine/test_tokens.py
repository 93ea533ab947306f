"""A text is read as tokens in a time that grows with its length: that is done in the process that answers people."""

from __future__ import annotations

import time

import pytest

from kennis_ld.engine.tokens import Token, tokens

LONG = 64 * 1024


@pytest.mark.parametrize(
    "piece",
    [
        "a-",
        "a.",
        "1.",
        "a",
        "a:",
        "a:b.",
        ":\\",
        "<",
        "<a",
        "'",
        '"""a',
        "'''a",
        "{",
        "?",
        "\\",
        "#",
        "#\n",
        "_:a.",
        "é-",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    """A text of 64 KiB is read in well under a second; to look for a colon from each piece took half a minute."""
    start = time.process_time()
    assert sum(1 for _ in tokens("NOW " + piece * (LONG // len(piece))))
    assert time.process_time() - start < 1


def test_a_name_has_a_colon_and_anything_else_falls_to_pieces() -> None:
    """Signs and words that could begin a name are a name where a colon follows, and else tokens of their own."""
    assert [
        Token("word", "a", 0),
        Token("mark", "-", 1),
        Token("word", "b", 2),
        Token("mark", ".", 3),
        Token("name", "c-d.e:f", 5),
        Token("mark", ".", 12),
        Token("word", "g", 13),
    ] == list(tokens("a-b. c-d.e:f.g"))
