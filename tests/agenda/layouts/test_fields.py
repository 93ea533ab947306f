"""Fields in paragraphs: "Trekker: GD" below the title of a project, in a document without tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.layouts import fields
from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.model import Entry, Finding, SourceRow
from kennis_ld.publication.language import default_columns
from kennis_ld.reading import documents
from tests.agenda.layouts.reading import PRIVACY, read, said, shown
from tests.agenda.source import rows

CARDS = Layout(Name.CARDS)


def descriptions(*lines: str, on_page: bool = False) -> list[str]:
    """Descriptions of the projects in lines; `on_page` as a PDF has them, in which a paragraph is several lines."""
    given = [
        replace(row, place=replace(row.place, first_page=1, last_page=1)) if on_page else row for row in rows(*lines)
    ]
    return [item.description for item in read(given, CARDS) if isinstance(item, Entry)]


def test_line_over_a_title_is_a_theme_where_there_are_several() -> None:
    """Without headings, a line between two projects that is no sentence stands over the next; one alone is a title."""
    first = ("Water en zand", "1. Sloten", "Trekker: GD", "Partners: UD")
    second = ("Lucht", "2. Mist", "Trekker: UD", "Partners: GD")
    assert [("Water en zand", "1", "Sloten", "GD", "UD"), ("Lucht", "2", "Mist", "UD", "GD")] == shown(
        read(rows(*first, *second), CARDS)
    )
    assert ["", ""] == descriptions(*first, *second)
    text = read(rows("Dit is de agenda.", *first, *second), CARDS)
    assert [("text-outside-table", "Dit is de agenda.")] == said(text)[:1]
    alone = read(rows(*first, *second[1:]), CARDS)
    assert [("1", "Sloten", "GD", "UD"), ("2", "Mist", "UD", "GD")] == shown(alone)
    assert [("text-outside-table", "Water en zand")] == said(alone)


def test_title_without_a_number() -> None:
    """Where the first field of a project stands again, the line above it is the title of the next."""
    lines = "Sloten", "Trekker: GD", "Partners: UD", "Dit is Mist.", "Mist", "Trekker: UD", "Partners: GD"
    found = read(rows(*lines), CARDS)
    assert [("", "Sloten", "GD", "UD"), ("", "Mist", "UD", "GD")] == shown(found)
    assert [("text-outside-table", "Dit is Mist.")] == said(found)


def test_sentence_is_no_title() -> None:
    """The title of a project is the last line over its first field that is no sentence; that is its description."""
    lines = "Sloten", "Dat is meten.", "Trekker: GD", "Mist", "Dat is weten.", "Trekker: UD", "Partners: GD"
    assert [("", "Sloten", "GD"), ("", "Mist", "UD", "GD")] == shown(read(rows(*lines), CARDS))
    assert ["Dat is meten.", "Dat is weten."] == descriptions(*lines)


def test_text_between_fields() -> None:
    """It is of the description of the project, also where it is no sentence."""
    lines = "1. Sloten", "Trekker: GD", "Meten hoe schoon", "Partners: UD", "2. Mist", "Trekker: UD"
    assert [("1", "Sloten", "GD", "UD"), ("2", "Mist", "UD")] == shown(read(rows(*lines), CARDS))
    assert ["Meten hoe schoon", ""] == descriptions(*lines)


def test_fields_on_the_lines_of_one_paragraph() -> None:
    """A field on the next line of a paragraph is one of its own; a line that is no field goes on with that above it."""
    first = "1. Sloten\nTrekker: GD\nPartners:\nUD\nLet op: HD\nFase: loopt"
    given = rows(first, "2. Mist\nTrekker: UD\nFase: loopt")
    found = read(given, CARDS)
    assert [("1", "Sloten", "GD", "UD\nLet op: HD"), ("2", "Mist", "UD")] == shown(found)
    assert ["loopt", "loopt"] == [words for code, words in said(found) if code == "column-looks-like"]


def test_lines_of_a_page_are_one_text() -> None:
    """In a PDF a description of two lines is one paragraph, and a line below a field goes on with it."""
    lines = ("1. Sloten", "Meten hoe schoon", "het water is.", "Trekker: GD", "Partners: UD,", "HD.", "Looptijd: 2030")
    assert ["Meten hoe schoon het water is."] == descriptions(*lines, on_page=True)
    assert ["Meten hoe schoon\n\nhet water is.\n\nHD."] == descriptions(*lines)
    page = [replace(row, place=replace(row.place, first_page=1, last_page=1)) for row in rows(*lines[:6], "KD.")]
    assert [("1", "Sloten", "GD", "UD,\nHD.\nKD.")] == shown(read(page, CARDS))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Trekker: GD", "Partners: UD", "Iets: x", "- Iets: y", "Los: z", ""), {"Trekker", "Partners", "Iets"}),
        (("Trekker: GD", "Iets: x", "Iets: y"), set()),
        (("Trekker : GD", "Partners :", "Iets: x"), {"Trekker", "Partners"}),
        (("Trekker: GD", "Partners: UD", "Nr|1"), set()),
        (("Trekker:", "Partners:\nUD", f"Titel{'l' * 40}: x", "7 dagen: x", "7 dagen: x"), {"Trekker", "Partners"}),
    ],
)
def test_names_of_fields(lines: tuple[str, ...], expected: set[str]) -> None:
    """They are known or stand there again; two of them must be known, and there may be no table."""
    known = Headings(default_columns(), PRIVACY.words)
    assert expected == set(fields.names_in(rows(*lines), known.kind))


@pytest.mark.parametrize("end", [".", "!", "?", ";", ","])
def test_sentence_over_a_title_is_no_theme(end: str) -> None:
    """A line that ends so is more of the project above it."""
    first, second = ("1. Sloten", "Trekker: GD", "Partners: UD"), ("2. Mist", "Trekker: UD", "Partners: GD")
    found = read(rows("Water", *first, f"Zo is het{end}", *second), CARDS)
    assert [("1", "Sloten"), ("2", "Mist")] == [(item.number, item.title) for item in found if isinstance(item, Entry)]
    assert [f"Zo is het{end}", ""] == [item.description for item in found if isinstance(item, Entry)]


def test_what_a_reader_said_and_a_heading_stay() -> None:
    """A finding stays where it stood, and a heading over a title is a theme without a second one."""
    given = rows("=Water", "=1. Sloten", "Trekker: GD", "Partners: UD")
    finding = Finding("struck-out", given[2].place, words="HD")
    found = read([*given[:3], finding, given[3]], CARDS)
    assert [("Water", "1", "Sloten", "GD", "UD")] == shown(found)
    assert [("struck-out", "HD")] == said(found)


def test_field_without_a_text_goes_on_below_it() -> None:
    """What stands below it is its value; an item of a list behind a field with a text is more of it."""
    found = read(rows("1. Sloten", "Trekker:", "GD", "Partners: UD", "- HD", "2. Mist", "Trekker: UD"), CARDS)
    assert [("1", "Sloten", "GD", "UD\n- HD"), ("2", "Mist", "UD")] == shown(found)


def test_web_page_and_markdown_without_tables(tmp_path: Path) -> None:
    """Terms with what follows them, items of a list, and headings of Markdown are fields and titles."""
    page = tmp_path / "agenda.html"
    page.write_text(
        "<!doctype html><h2>Water</h2><h3>1. Sloten</h3><p>Meten.</p><dl><dt>Trekker</dt><dd>GD</dd><dt>Partners:</dt>"
        "<dd>UD</dd><dd>HD</dd></dl><h3>2. Mist</h3><ul><li><b>Trekker:</b> UD<li>Partners: GD</ul>",
        encoding="utf-8",
    )
    marked = tmp_path / "agenda.md"
    marked.write_text(
        "## Water\n\n### 1. Sloten\n\nMeten.\n\n- **Trekker:** GD\n- **Partners:**\n  - UD\n  - HD\n\n### 2. Mist\n\n"
        "- Trekker: UD\n- Partners: GD\n",
        encoding="utf-8",
    )
    lines = tmp_path / "regels.html"
    lines.write_text(
        "<!doctype html><h2>Water</h2><h3>1. <br>Sloten</h3><p>Meten.<br>\n<b>Trekker:</b> GD<br/>\n<b>Partners:</b> UD"
        "<br>HD</p><h3>2. Mist</h3><div>Trekker: UD<br>Partners: GD</div>",
        encoding="utf-8",
    )
    expected = [("Water", "1", "Sloten", "GD", ["UD", "HD"]), ("Water", "2", "Mist", "UD", ["GD"])]
    for path in (page, marked, lines):
        found = shown(read([row for row in documents.rows(path) if isinstance(row, SourceRow)], CARDS))
        assert expected == [(*item[:4], [name.strip("- ") for name in item[4].split("\n")]) for item in found]
