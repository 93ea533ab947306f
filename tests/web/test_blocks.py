"""Plain text as people wrote it: paragraphs and lists."""

from __future__ import annotations

import pytest

from kennis_ld.web.blocks import blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een regel.", [(False, ["Een regel."])]),
        ("Een.\n\nTwee.", [(False, ["Een."]), (False, ["Twee."])]),
        ("Doel:\n- a\n- b\nKlaar.", [(False, ["Doel:"]), (True, ["a", "b"]), (False, ["Klaar."])]),
        ("- a", [(True, ["a"])]),
        ("-5 graden", [(False, ["-5 graden"])]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_prose(text: str, expected: list[tuple[bool, list[str]]]) -> None:
    """Lines are paragraphs, lines with a bullet are lists, and no word is lost."""
    assert expected == [(block.is_list, list(block.lines)) for block in blocks(text)]
