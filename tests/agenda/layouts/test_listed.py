"""The list: numbered paragraphs, read by patterns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.agenda.layouts.listed import Pattern
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry
from tests.agenda.layouts.reading import read, said, shown
from tests.agenda.source import rows
from tests.reading.campaign import in_this_process

PATTERNS = [
    Pattern.of(text)
    for text in (
        "AC {number} De stad maakt met {partners} een {title} (i.s.m. {partners}; timing {description})",
        "AC {number} {title} (trekker: {leads})",
        "AC {number} {title}",
        "AP {number} {theme}",
    )
]
LIST = Layout(Name.LIST, patterns=PATTERNS, lead="Stad Overbeke")
LINES = (
    "Kennisagenda",
    "AP 4.1 Water",
    "AC 4.1.1 De stad maakt met Hogeschool Scheldekant en vzw Bruggeld een plan (i.s.m. POM; timing 2026-2028).",
    "AC 4.1.2 Sloten meten (trekker: GD)",
    "AP 4.2 Zand",
    "AC 4.2.1 Duinen tellen",
    "Een slotwoord.",
)


def test_paragraphs_are_entries() -> None:
    """The first pattern that fits says what stands where; without a lead of its own the city leads."""
    found = read(rows(*LINES), LIST)
    assert [
        ("Water", "4.1.1", "plan", "Stad Overbeke", "Hogeschool Scheldekant en vzw Bruggeld, POM"),
        ("Water", "4.1.2", "Sloten meten", "GD"),
        ("Zand", "4.2.1", "Duinen tellen", "Stad Overbeke"),
    ] == [tuple(cell.replace("\n", ", ") for cell in line) for line in shown(found)]
    assert ["2026-2028"] == [item.description for item in found if isinstance(item, Entry)][:1]
    assert [("text-outside-table", "Kennisagenda"), ("text-outside-table", "Een slotwoord.")] == said(found)


def test_number_of_a_theme_is_none_of_its_entries() -> None:
    """Where only themes have numbers, entries need none."""
    patterns = [Pattern.of("Thema {number} {theme}"), Pattern.of("Actie: {title} ({leads})")]
    found = read(rows("Thema 1 Water", "Actie: Sloten (GD)"), Layout(Name.LIST, patterns=patterns))
    assert ([("Water", "", "Sloten", "GD")], []) == (shown(found), said(found))


def test_numbers_are_for_all_or_for_none() -> None:
    """A list without numbers is read; in one with numbers, an entry without is a violation, not part of another."""
    patterns = [Pattern.of("Actie: {title} ({leads})")]
    found = read(rows("Actie: Sloten (GD)", "Actie: Duinen (UD)"), Layout(Name.LIST, patterns=patterns))
    assert [("", "Sloten", "GD"), ("", "Duinen", "UD")] == shown(found)
    mixed = Layout(Name.LIST, patterns=[Pattern.of("AC {number} {title}"), *patterns], lead="GD")
    found = read(rows("AC 1 Sloten", "Actie: Duinen (UD)"), mixed)
    assert [("1", "Sloten", "GD")] == shown(found)
    assert [("row-without-number", "Actie: Duinen (UD)")] == said(found)


def test_no_paragraph_is_an_error() -> None:
    """The error shows the first paragraphs, and an example of a pattern."""
    with pytest.raises(UnreadableInput, match=r"The first ones are: 1\. Sloten / 2\. Duinen"):
        read(rows("1. Sloten", "2. Duinen"), LIST)


@pytest.mark.parametrize(("text", "named"), [("AC {nummer} {title}", "nummer"), ("AC {number}", "")])
def test_pattern_that_says_nothing_of_a_project(text: str, named: str) -> None:
    """A pattern must have a title or theme, and names nothing else than there is."""
    with pytest.raises(ValueError, match=f"^{named}$"):
        Pattern.of(text)


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("AC 1 Sloten (met GD)", [("number", "1"), ("title", "Sloten"), ("partners", "GD")]),
        ("ac  W-1b  Sloten (Met  GD).", [("number", "W-1b"), ("title", "Sloten"), ("partners", "GD")]),
        ("AC 1 Sloten (met GD):", [("number", "1"), ("title", "Sloten"), ("partners", "GD")]),
        ("AC een Sloten (met GD)", None),
        ("AC 1 Sloten", None),
        ("AC 1 Sloten (met GD) en meer", None),
        ("Plan AC 1 Sloten (met GD)", None),
    ],
)
def test_what_a_pattern_reads(paragraph: str, expected: list[tuple[str, str]] | None) -> None:
    """A whole paragraph, whatever its capitals and blanks, with a stop behind it or none; a number has a digit."""
    assert expected == Pattern.of("AC {number} {title} (met {partners})").read(paragraph)


def test_texts_of_one_field_and_what_is_left_out() -> None:
    """A field that a pattern names twice has both texts as lines; parties of its own need no lead of the city."""
    layout = Layout(Name.LIST, patterns=[Pattern.of("{title}: {parties}; {left_out}; {parties}")], lead="GD")
    assert [("", "Sloten", "T: UD\nP: HD")] == shown(read(rows("Sloten: T: UD; 2030; P: HD"), layout))


def test_error_shows_three_paragraphs_shortly() -> None:
    """Of each no more than its beginning, and nothing of a person."""
    lines = "x" * 90, "Bel 06-10000001", "Drie", "Vier"
    with pytest.raises(UnreadableInput) as error:
        read(rows(*lines), LIST)
    assert f"The first ones are: {'x' * 80} / Bel [telefoon] / Drie." == error.value.what.partition("[list]. ")[2]


@pytest.mark.parametrize(("more", "read_as_one"), [(0, True), (11, True), (12, False)])
def test_lines_of_one_paragraph(more: int, read_as_one: bool) -> None:
    """A paragraph of a page has thirteen lines at most; what is longer is text."""
    lines = "AC 1 Sloten (met", *(f"GD {at}," for at in range(more)), "UD)", "AC 2 Duinen (met HD)"
    given = [replace(row, place=replace(row.place, first_page=1, last_page=1)) for row in rows(*lines)]
    layout = Layout(Name.LIST, patterns=[Pattern.of("AC {number} {title} (met {partners})")])
    assert (["1", "2"] if read_as_one else ["2"]) == [item[-3] for item in shown(read(given, layout))]


def test_word_broken_at_the_end_of_a_line() -> None:
    """It is put together, but not where an 'en' or 'of' follows on its hyphen."""
    lines = "AC 1 Sloten (met Sint-", "Anna, thuis-", "en jeugdzorg en bos-", "of duinbeheer)"
    given = [replace(row, place=replace(row.place, first_page=1, last_page=1)) for row in rows(*lines)]
    layout = Layout(Name.LIST, patterns=[Pattern.of("AC {number} {title} (met {partners})")])
    (found,) = shown(read(given, layout))
    assert "Sint-Anna, thuis- en jeugdzorg en bos- of duinbeheer" == found[-1]


@pytest.mark.parametrize("end", ["txt", "html"])
def test_in_more_kinds_of_documents(end: str, tmp_path: Path) -> None:
    """A list comes out the same from a text file and from the paragraphs of a page."""
    lines = LINES if end == "txt" else ("<html><body>", *(f"<p>{line}</p>" for line in LINES), "</body></html>")
    (tmp_path / f"a.{end}").write_text("\n".join(lines))
    assert shown(read(rows(*LINES), LIST)) == shown(read(in_this_process(tmp_path / f"a.{end}"), LIST))


def test_lines_of_a_page_that_fit_together() -> None:
    """A paragraph over several lines of a PDF is one; lines of a document that knows paragraphs stay apart."""
    lines = "Vooraf.", "AC 1 Sloten (met", "GD en", "Sint-", "Anna)", "Los.", "AC 2 Duinen (met HD)", "AC 3 Strand (met"
    given = [replace(row, place=replace(row.place, first_page=1, last_page=1)) for row in rows(*lines)]
    layout = Layout(Name.LIST, patterns=[Pattern.of("AC {number} {title} (met {partners})")])
    found = read(given, layout)
    assert [("1", "Sloten", "GD en Sint-Anna"), ("2", "Duinen", "HD")] == shown(found)
    assert [("text-outside-table", text) for text in ("Vooraf.", "Los.", "AC 3 Strand (met")] == said(found)
    assert [("2", "Duinen", "HD")] == shown(read(rows(*lines), layout))
    heading = replace(rows("=Kop")[0], place=given[0].place)
    assert [("2", "Duinen", "HD")] == shown(read([*given[:2], heading, *given[2:]], layout))
