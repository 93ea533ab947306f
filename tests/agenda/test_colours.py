"""A colour as a status: what it is called, what of it is said, and when the colour of a row says nothing."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import replace

import pytest

from kennis_ld.agenda.colours import called, names
from kennis_ld.agenda.columns import extra_column
from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.agenda.rows import entries
from kennis_ld.model import Entry, Extra, Finding, SourceRow
from kennis_ld.publication.language import default_columns, default_words
from tests.agenda.layouts.reading import PRIVACY, read, said, shown
from tests.agenda.source import rows

WORDS = default_words()
GREEN, ORANGE, RED, BLUE = "92d050", "ffc000", "ff0000", "bdd7ee"
COLUMNS = {**default_columns(), extra_column(Extra.STATUS): ("Stand",)}


def coloured(line: str, *fills: str) -> SourceRow:
    """A row whose cells have these colours."""
    (row,) = rows(line)
    return replace(row, fills=fills)


def in_a_table(*given: SourceRow, row_colours: bool | None = None) -> list[Entry | Finding]:
    table = (*rows("nr|Project|Trekker|Stand"), *given)
    found = entries(table, columns=COLUMNS, themes=(), document="a", privacy=PRIVACY, row_colours=row_colours)
    return list(found)


def extras(found: Sequence[Entry | Finding]) -> list[list[str]]:
    return [[extra.text for extra in item.extras] for item in found if isinstance(item, Entry)]


@pytest.mark.parametrize(
    ("fills", "name"),
    [
        ("ff0000 c00000 ffc7ce", "rood"),
        ("ffc000 ff8000 f8cbad", "oranje"),
        ("ffff00 ffeb9c ffe699", "geel"),
        ("92d050 00b050 c6efce 00ff00", "groen"),
        ("00b0f0 0070c0 002060 bdd7ee", "blauw"),
        ("7030a0", "paars"),
        ("843c0c", "bruin"),
        ("d9d9d9 808080", "grijs"),
        ("000000", "zwart"),
    ],
)
def test_names_of_the_colours_of_office_programs(fills: str, name: str) -> None:
    """The standard colours of Excel and Word, and the pale ones of its cell styles, have the names that people use."""
    assert {name} == {called(f"#{fill}", "nl", WORDS) for fill in fills.split()}


@pytest.mark.parametrize(
    ("fill", "nl", "en", "de"),
    [
        ("ff0000", "rood", "red", "rot"),
        ("ff8000", "oranje", "orange", "orange"),
        ("ffff00", "geel", "yellow", "gelb"),
        ("00ff00", "groen", "green", "grün"),
        ("0000ff", "blauw", "blue", "blau"),
        ("7030a0", "paars", "purple", "lila"),
        ("843c0c", "bruin", "brown", "braun"),
        ("808080", "grijs", "grey", "grau"),
        ("000000", "zwart", "black", "schwarz"),
    ],
)
def test_names_in_each_language(fill: str, nl: str, en: str, de: str) -> None:
    """A colour has a name in each language, and its English one in any other; a text is its own name."""
    asked = ("nl-BE", "en-GB", "de", "fr", "")
    assert [nl, en, de, en, en] == [called(f"#{fill}", language, WORDS) for language in asked]
    assert (f"#{fill}", *dict.fromkeys((nl, en, de))) == names(f"#{fill}", WORDS)
    assert ["wit", "#FF0000", "#ff00000"] == [called(text, "nl", WORDS) for text in ("wit", "#FF0000", "#ff00000")]


@pytest.mark.parametrize(
    ("before", "fill", "after"),
    [
        ("rood", 15, "oranje"),
        ("oranje", 47, "geel"),
        ("geel", 70, "groen"),
        ("groen", 165, "blauw"),
        ("blauw", 255, "paars"),
        ("paars", 340, "rood"),
    ],
)
def test_where_one_name_ends_and_the_next_begins(before: str, fill: int, after: str) -> None:
    """On the circle of hues, in degrees, for strong colours; a pale yellow begins at 40, and red goes round."""

    def name(degrees: float, strength: float = 1.0, value: float = 1.0) -> str:
        parts = colorsys.hsv_to_rgb(degrees / 360, strength, value)
        return called("#" + "".join(f"{round(part * 255):02x}" for part in parts), "nl", WORDS)

    assert (before, after) == (name(fill - 0.4), name(fill + 0.4))
    assert ["oranje", "geel", "oranje"] == [name(39, 0.5), name(41, 0.5), name(46, 0.75)]
    assert ["bruin", "oranje", "rood"] == [name(30, 1, 0.6), name(30, 1, 0.7), name(359.5)]
    assert ["zwart", "grijs", "grijs", "groen"] == [
        name(120, 1, 0.15),
        name(120, 0.05, 0.5),
        name(0, 0, 1),
        name(120, 0.1, 0.5),
    ]


def test_a_sign_that_is_a_colour() -> None:
    """A green dot of the emoji means what the word means; a black or white one says nothing of colour."""
    assert [("🟢", "groen", "green", "grün"), ("⚫",), ("●",)] == [names(sign, WORDS) for sign in "🟢⚫●"]
    assert ["rood", "oranje", "blauw", "bruin", "paars", "geel"] == [names(sign, WORDS)[1] for sign in "🔴🟧💙🟤💜🟨"]
    assert ["rood", "groen"] == [names(sign, WORDS)[1] for sign in (" 🟥\ufe0f", "🟢 ")]
    assert [("🍏",), ("⚪",), ("",), ("🟢🟢",)] == [names(text, WORDS) for text in ("🍏", "⚪", "", "🟢🟢")]


def test_bars_over_a_table_are_no_legend() -> None:
    """A title and a theme that each have a colour all over explain none; a text in or beside a colour does."""
    bars = [coloured("Agenda||", BLUE, BLUE, BLUE), coloured("Water||", GREEN, GREEN, GREEN)]
    table = rows("nr|Project|Trekker|Stand", "1|Sloten|GD|")
    found = list(entries([*bars, *table], columns=COLUMNS, themes=(), document="a", privacy=PRIVACY))
    assert "looks-like-legend" not in [item.code for item in found if isinstance(item, Finding)]


def test_an_empty_cell_with_a_colour_of_its_own_is_a_status() -> None:
    """Beside it the text counts; a colour that the whole row has, or a cell without one, says nothing."""
    found = in_a_table(
        coloured("1|Sloten|GD|", "", "", "", GREEN),
        coloured("2|Duinen|GD|loopt", "", "", "", RED),
        coloured("3|Strand|GD|", BLUE, BLUE, BLUE, BLUE),
        coloured("4|Zee|GD|", BLUE, BLUE, BLUE, RED),
        coloured("|||", "", "", "", RED),
    )
    assert [["#92d050"], ["loopt"], [], ["#ff0000"]] == extras(found)


def test_a_row_that_goes_on_has_its_colour_once() -> None:
    """A row broken over a page has the colour on both pages and one status."""
    found = in_a_table(
        coloured("1|Sloten|GD|", "", "", "", GREEN), coloured("|en meer|UD|", "", "", "", GREEN), row_colours=True
    )
    assert [["#92d050"]] == extras(found)


def test_a_colour_in_a_column_that_nobody_named() -> None:
    """It is said with the line that would have it read."""
    given = (*rows("nr|Project|Trekker|RAG"), coloured("1|Sloten|GD|", "", "", "", GREEN))
    (finding,) = [item for item in read(given, Layout(Name.TABLE)) if isinstance(item, Finding)]
    assert ("colour-only", "groen/green (#92d050)") == (finding.code, finding.words)
    assert {"column": "4 (RAG)", "table": "[extra]", "line": 'status = ["RAG"]'} == finding.values


@pytest.mark.parametrize(
    ("fills", "expected"),
    [
        pytest.param((GREEN, "", "", RED), True, id="some rows"),
        pytest.param((GREEN, RED), True, id="two names"),
        pytest.param(("", BLUE, "", BLUE), False, id="bands"),
        pytest.param((BLUE, "ddebf7", BLUE, "ddebf7"), False, id="bands of two shades"),
        pytest.param((GREEN, GREEN, GREEN), False, id="all alike"),
        pytest.param(("", "", ""), False, id="none"),
    ],
)
def test_when_colours_of_rows_say_something(fills: Sequence[str], expected: bool) -> None:
    """Not where rows are banded or all alike; then there is a finding, until somebody says what they mean."""
    given = [coloured(f"{at}|Sloten|GD|", fill, fill, fill, fill) for at, fill in enumerate(fills, 1)]
    assert expected is ("rows-coloured" in dict(said(in_a_table(*given))))
    assert "rows-coloured" not in dict(said(in_a_table(*given, row_colours=False)))


def test_colours_of_rows_are_found_at_the_first_of_them() -> None:
    """The finding stands where the first row with a colour does, with each colour and its rows."""
    table = rows("1|Sloten|GD|", "2|Duinen|GD|", "3|Mist|GD|", "4|Regen|GD|")
    given = [replace(row, fills=(fill,) * 4) for row, fill in zip(table, ("", GREEN, GREEN, RED), strict=True)]
    (found,) = (item for item in in_a_table(*given) if isinstance(item, Finding) and item.code == "rows-coloured")
    assert (given[1].place, "groen/green (#92d050): 2, rood/red (#ff0000): 1") == (found.place, found.words)


def test_a_theme_with_a_colour_of_its_own() -> None:
    """Rows that have the colour of their theme say nothing."""
    given = [
        coloured("1. Water|||"),
        *(coloured(f"{at}|Sloten|GD|", *[BLUE] * 4) for at in (1, 2)),
        coloured("2. Zand|||"),
        *(coloured(f"{at}|Duinen|GD|", *[ORANGE] * 4) for at in (3, 4)),
    ]
    assert "rows-coloured" not in dict(said(in_a_table(*given)))


def test_a_legend_of_colours_is_no_theme() -> None:
    """A text in or beside a cell with a colour of the table explains it; a heading across the table does not."""
    found = in_a_table(
        coloured("1|Sloten|GD|", "", "", "", GREEN),
        coloured("op schema|||", GREEN, "", "", ""),
        coloured("|op schema||", GREEN, "", "", ""),
    )
    assert [("looks-like-legend", "op schema")] * 2 == said(found)


def test_a_legend_of_colours_over_the_table() -> None:
    """Two texts in two colours explain them; one is the theme of the table, as it was."""
    key = (coloured("op schema||", GREEN, "", ""), coloured("gestopt||", RED, "", ""))
    table = rows("nr|Project|Trekker", "1|Sloten|GD")
    assert [("looks-like-legend", "op schema"), ("looks-like-legend", "gestopt")] == said(
        read((*key, *table), Layout(Name.TABLE))
    )
    assert [("op schema", "1", "Sloten", "GD")] == shown(read((*key[:1], *table), Layout(Name.TABLE)))


def test_colours_in_a_matrix() -> None:
    """The settings say what a colour means, by any of its names; one that nobody knows is a finding."""
    given = (*rows("nr|Project|GO|UvO|HvO"), coloured("1|Sloten|||", "", "", GREEN, ORANGE, RED))
    found = read(given, Layout(Name.MATRIX, marks={"groen": "lead", "#ffc000": "partner"}))
    assert [("1", "Sloten", "lead: GO\npartner: UvO")] == shown(found)
    assert [("unknown-mark", "rood/red (#ff0000)")] == said(found)


def test_a_colour_on_a_card() -> None:
    """A field without a text that has a colour is read as a status, or said."""
    given = (
        *rows("Project 1|Sloten", "Trekker|GD"),
        coloured("Stand|", BLUE, GREEN),
        coloured("Risico|", BLUE, RED),
    )
    found = read(given, Layout(Name.CARDS), columns=COLUMNS)
    assert [["#92d050"]] == extras(found)
    assert [("colour-only", "rood/red (#ff0000)")] == said(found)
