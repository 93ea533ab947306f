"""Reading text documents: every line that says something comes out with its place, or there is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, Place, SourceRow
from kennis_ld.reading import documents
from kennis_ld.reading.encoding import encoding


def written(folder: Path, content: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_rows_have_their_lines_and_pages(tmp_path: Path) -> None:
    """Form feeds count pages; empty lines and rules of dashes are no rows but do count as lines."""
    path = written(tmp_path, b"nr\tProject\n----\t-----\n\n1\tEen \n\f2\tTwee\nlos\n")
    assert [
        SourceRow(("nr", "Project"), Place("a.txt", 1, 1, 1, 1)),
        SourceRow(("1", "Een"), Place("a.txt", 4, 4, 1, 1)),
        SourceRow(("2", "Twee"), Place("a.txt", 5, 5, 2, 2)),
        SourceRow(("los",), Place("a.txt", 6, 6, 2, 2), Kind.TEXT),
    ] == list(documents.rows(path))


def test_text_without_form_feeds_has_no_pages(tmp_path: Path) -> None:
    """A document that does not say where its pages end gets no page numbers."""
    (row,) = documents.rows(written(tmp_path, b"1\tEen\r\n"))
    assert SourceRow(("1", "Een"), Place("a.txt", 1, 1)) == row


def test_byte_order_mark_and_composed_letters(tmp_path: Path) -> None:
    """A byte order mark is no character, and é is one character however it was written."""
    (row,) = documents.rows(written(tmp_path, "\ufeffCafe\u0301\tx".encode()))
    assert ("Café", "x") == row.cells


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"a\x07b", r"U\+0007"),
        (b"x" * 1_100_000, "longer than"),
    ],
)
def test_unreadable_text_is_an_error(tmp_path: Path, content: bytes, what: str) -> None:
    """Another encoding, a control character or an endless line is refused with its place and a remedy."""
    with pytest.raises(UnreadableInput, match=what) as error:
        list(documents.rows(written(tmp_path, content)))
    assert error.value.where.startswith("a.txt")
    assert error.value.remedy


def test_missing_file_and_unknown_kind_are_errors(tmp_path: Path) -> None:
    """A document that is not there, or that no reader knows, is an error that says what to do."""
    with pytest.raises(UnreadableInput, match="cannot be opened"):
        list(documents.rows(tmp_path / "weg.txt"))
    with pytest.raises(UnreadableInput, match="picture"):
        list(documents.rows(written(tmp_path, b"\x89PNG\r\n" + bytes(100), "agenda.png")))


def test_letter_that_is_broken_over_two_pieces_of_a_large_file(tmp_path: Path) -> None:
    """The encoding of a file is proven piece by piece; a letter over the border is whole, a wrong byte has its line."""
    lines = b"a\n" * 524_287 + b"x" + "é\n".encode()  # the first byte of the é is the last one of a MiB
    with written(tmp_path, lines).open("rb") as file:
        assert ("utf-8", None) == encoding(file, "a.txt")
    with written(tmp_path, lines + b"caf\xe9\n").open("rb") as file, pytest.raises(UnreadableInput) as error:
        encoding(file, "a.txt")
    assert ("a.txt:524289", True) == (error.value.where, "byte 0xe9" in error.value.what)


def test_markdown_is_a_table_without_its_marks(tmp_path: Path) -> None:
    """Bars at the sides, rules, signs of headings and of bold letters are no words; an escaped bar is one."""
    path = tmp_path / "agenda.md"
    lines = [
        "# Agenda",
        "",
        "Vastgesteld.",
        "## Water ##",
        "| Nr | Project | Trekker |",
        "|---:|:--------|---------|",
        r"| 1a | **Sloten** en kades | GD \| UD |",
        "",
        "## Zand",
        "Nr | Project | Trekker",
        ":-: | -- | --:",
        "2a | Duinen | UD",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [
        (Kind.HEADING, ("Agenda",)),
        (Kind.TEXT, ("Vastgesteld.",)),
        (Kind.HEADING, ("Water",)),
        (Kind.ROW, ("Nr", "Project", "Trekker")),
        (Kind.ROW, ("1a", "Sloten en kades", "GD | UD")),
        (Kind.HEADING, ("Zand",)),
        (Kind.ROW, ("Nr", "Project", "Trekker")),
        (Kind.ROW, ("2a", "Duinen", "UD")),
    ] == [(row.kind, row.cells) for row in documents.rows(path) if isinstance(row, SourceRow)]


def test_marks_of_markdown_within_a_line(tmp_path: Path) -> None:
    """A link is its text, emphasis and code are their words, what is struck is said; no part of a word is a mark."""
    path = tmp_path / "agenda.md"
    lines = [
        "Stand: _maart_ 2031",
        "| Nr | Project | Trekker | Link |",
        "|---|---|---|---|",
        '| 1 | [Sloten](https://gd.example/a_(b) "naar sloten") | __GD__ ~~en UD~~ | <https://gd.example/a_b_c> |',
        r"| 2 | Het *hele* `plan_2_0` | \*GD\* | 5 * 3 * 2 ~ 30 |",
        "| 3 | **Een _groot_ plan**[^1] | GD* en UD* | ![kaart](kaart.png) a_b_c |",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    link = "https://gd.example/a_b_c"
    found = list(documents.rows(path))
    assert [
        (("Stand: maart 2031",), None),
        (("Nr", "Project", "Trekker", "Link"), None),
        (("1", "Sloten", "GD en UD", link), ("1", "Sloten", "GD", link)),
        (("2", "Het hele plan_2_0", "*GD*", "5 * 3 * 2 ~ 30"), None),
        (("3", "Een groot plan", "GD* en UD*", "kaart a_b_c"), None),
    ] == [(row.cells, row.kept) for row in found if isinstance(row, SourceRow)]
    assert [("note-mark", "1"), ("struck-out", "en UD")] == sorted(
        (item.code, item.words) for item in found if isinstance(item, Finding)
    )
