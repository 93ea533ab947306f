"""What raised and struck letters mean, whatever the document: marks of notes, and text that is revoked."""

from __future__ import annotations

import pytest

from kennis_ld.model import Finding, Place, SourceRow
from kennis_ld.reading.looks import Piece, put_together, without_marks
from kennis_ld.reading.wellformed import checked

HERE = Place("a.txt", 2, 2)


@pytest.mark.parametrize(
    ("before", "raised"),
    [
        ("UD", "3"),
        ("sloten", "12"),
        ("is.", "2"),
        ("UD", "*"),
        ("(HZ)", "a"),
        ("HZ", "b"),
        ("UD", "[1]"),
        ("2030", "1"),
    ],
)
def test_raised_sign_that_refers_to_a_note(before: str, raised: str) -> None:
    """A small number, letter or asterisk behind a word is no part of it, and is said with the word."""
    found = put_together([Piece(before), Piece(raised, raised=True), Piece(", HZ")])
    assert (f"{before}, HZ", 1) == (found.text, len(found.marks))


@pytest.mark.parametrize(
    ("before", "raised"),
    [
        ("5 m", "2"),
        ("km", "3"),
        ("19", "e"),
        ("10", "6"),
        ("1", "ste"),
        ("", "1"),
        ("Noot ", "1"),
        ("n", "o"),
        ("R", "2"),
    ],
)
def test_raised_sign_that_is_part_of_the_word(before: str, raised: str) -> None:
    """Units, ordinals, powers and what stands alone keep their raised letters."""
    found = put_together([Piece(before), Piece(raised, raised=True)])
    assert (before + raised, ()) == (found.text, found.marks)


def test_mark_in_two_pieces_is_one() -> None:
    """Programs cut a text in pieces as they like."""
    pieces = [Piece("U"), Piece("D"), Piece("1", raised=True), Piece("2", raised=True)]
    assert ("UD", ("UD (12)",)) == (put_together(pieces).text, put_together(pieces).marks)


def test_struck_text_is_kept_apart() -> None:
    """What is struck through stands in the text, and not in what is kept."""
    found = put_together([Piece("GD, "), Piece("UD", struck=True), Piece(" HZ")])
    assert ("GD, UD HZ", "GD,  HZ") == (found.text, found.kept)


@pytest.mark.parametrize(
    ("text", "bare", "marks"),
    [
        ("GD, UD³", "GD, UD", ["UD (3)"]),
        ("UD¹, HZ²", "UD, HZ", ["UD (1)", "HZ (2)"]),
        ("1.200 m² grond", "1.200 m² grond", []),
        ("12 Km²", "12 Km²", []),
        ("¹ Onder voorbehoud", "¹ Onder voorbehoud", []),
        ("10⁶ en R²", "10⁶ en R²", []),
    ],
)
def test_raised_digits_of_unicode(text: str, bare: str, marks: list[str]) -> None:
    """A text without looks may have raised digits as well."""
    assert (bare, marks) == without_marks(text)


def test_bullet_of_a_font_of_signs_is_a_dash() -> None:
    """A character for private use before a blank at the start of a line is a bullet, elsewhere what it was."""
    given = [SourceRow(("Doel:\n\uf0b7 meten\n\uf0a7\tweten \uf0e0 doen",), HERE)]
    assert [("Doel:\n- meten\n- weten \uf0e0 doen",)] == [row.cells for row in checked(given, "a.txt")]


def test_every_kind_says_what_is_taken_out() -> None:
    """Soft hyphens are said once for a document, struck text and marks of notes with their row."""
    given = [
        SourceRow(("Wa\u00adter", "UD³"), HERE, kept=("", "UD³")),
        SourceRow(("Wa\u00adter", "Pro\u00adject"), Place("a.txt", 3, 3)),
    ]
    rows = list(checked(given, "a.txt"))
    assert [("Water", "UD"), ("Water", "Project")] == [row.cells for row in rows if isinstance(row, SourceRow)]
    assert [
        Finding("struck-out", HERE, words="Water"),
        Finding("note-mark", HERE, words="UD (3)"),
        Finding("soft-hyphen", Place("a.txt"), words="Water, Project", values={"count": "2"}),
    ] == [row for row in rows if isinstance(row, Finding)]
