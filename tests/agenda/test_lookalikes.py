"""Rows that look like entries or headings and are neither; tables with other headings; numbers that became dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Finding, Place, Theme
from kennis_ld.publication.language import default_columns, default_words
from tests.agenda import source

HEADER = "Nr|Project|Doel|Trekker|Partners"
PRIVACY = Privacy(default_words(), Register([], []))
ROWS = PRIVACY.words.rows
FIRST = "1|Sloten|Meten.|GD|UD"
THEMES = (Theme("water", ("Water",), "Water"), Theme("bronnen", ("Bronnen",), "Bronnen"))


def read(*lines: str, columns: Mapping[str, Sequence[str]] = default_columns()) -> list[Entry | Finding]:
    """Reads lines as rows; an empty one is the edge of a table."""
    rows = [source.row(line.split("|") if line else (), Place("a.docx", at, at)) for at, line in enumerate(lines, 1)]
    return list(entries(rows, columns=columns, themes=THEMES, document="a.docx", privacy=PRIVACY))


def said(found: list[Entry | Finding]) -> list[tuple[str, str]]:
    return [(item.code, item.words) for item in found if isinstance(item, Finding)]


def titles(found: list[Entry | Finding]) -> list[str]:
    return [item.title for item in found if isinstance(item, Entry)]


@pytest.mark.parametrize(
    "row",
    [
        "|Totaal||2|5",
        "Totaal||||50000",
        "|Subtotaal: 4|||",
        "Totaal aantal projecten: 4||||",
        "Total|||10|",
        "Summe||||7",
        "Subtotaal Energie||||600",
        "|Water totaal|||€ 3.000",
        "|Summe I. Forschung||7|-",
        "Anzahl Maßnahmen:|5|||",
    ],
)
def test_row_of_totals(row: str) -> None:
    """A row of totals is no part of the entry above it and no theme."""
    found = read(HEADER, FIRST, row)
    assert ["Sloten"] == titles(found)
    assert [("looks-like-total", " | ".join(filter(None, row.split("|"))))] == said(found)


@pytest.mark.parametrize("amount", ["470000", "€ 470.000", "€ 1,2 mln", "470 k", "12%", "€ 5,-"])
def test_sum_below_a_column_of_amounts(amount: str) -> None:
    """A sum without the word "Totaal" is no part of the last project; in another column it is what it says."""
    columns = {**default_columns(), "extra budget": ("budget",), "extra period": ("looptijd",)}
    header = "nr|Project|Trekker|Budget|Looptijd|Uren"
    for row, total in ((f"|||{amount}||", True), (f"|||||{amount}", True), (f"||||{amount}|", False)):
        found = read(header, "1|Sloten|GD|95000|2030|4", row, columns=columns)
        assert (total, row) == (("looks-like-total", amount) in said(found), row)


@pytest.mark.parametrize("row", ["2|Totaalaanpak wonen|x|GD|", "2|Totaal anders|x|GD|", "2|Totaal anders||3|"])
def test_project_whose_title_begins_with_total(row: str) -> None:
    """A number makes a project of it."""
    assert (["Sloten", row.split("|")[1]], []) == (titles(read(HEADER, FIRST, row)), said(read(HEADER, FIRST, row)))


def test_legend_below_the_table() -> None:
    """A list of abbreviations below the table makes no projects and no themes."""
    found = read(HEADER, FIRST, "Afkortingen:||||", "GD|Gemeente Duinrand|||", "UD|Universiteit|||")
    assert ["Sloten"] == titles(found)
    words = ["Afkortingen:", "GD | Gemeente Duinrand", "UD | Universiteit"]
    assert [("looks-like-legend", text) for text in words] == said(found)


@pytest.mark.parametrize(
    "heading",
    [
        *("Gebruikte afkortingen", "Lijst van afkortingen:", "lijst met afkortingen", "Afkortingenlijst", "Legenda"),
        *("Legende :", "Verklaring", "Verklaring van de tekens", "Voetnoten", "Noten", "Bronnen", "Abbreviations"),
        *("Legend", "Key", "Footnotes", "Abkürzungen", "Zeichenerklärung:"),
    ],
)
def test_heading_of_a_legend(heading: str) -> None:
    """Words before the heading of a legend, and a colon behind it, may be there or not."""
    assert ROWS["legend"].fullmatch(heading)


def test_row_of_three_cells_below_a_legend() -> None:
    """A sign has one meaning beside it; a row with more is one of the agenda, and misses its number."""
    found = said(read(HEADER, FIRST, "Legenda||||", "GD|Gemeente|||", "|Regen|Meten.|GD|"))
    assert [("looks-like-legend", "Legenda"), ("looks-like-legend", "GD | Gemeente")] == found[:2]
    assert ["row-without-number"] == [code for code, _ in found[2:]]


def test_project_that_is_called_legend() -> None:
    """A title with a lead behind it is no heading of a legend; it misses its number."""
    assert ["row-without-number"] == [code for code, _ in said(read(HEADER, FIRST, "|Legenda||GD|"))]


@pytest.mark.parametrize("row", ["Legenda: x = in dit kwartaal", "|Legend: G is green||||", "Legende: K = Kosten||||"])
def test_legend_on_one_line(row: str) -> None:
    """A legend in one cell is no theme, whether the cell reaches across the table or not."""
    found = read(HEADER, FIRST, row)
    assert [("looks-like-legend", row.strip("|"))] == said(found)


def test_legend_without_a_heading() -> None:
    """An abbreviation with what it stands for, and nothing else, is no project."""
    assert [("looks-like-legend", "GD | Gemeente")] == said(read(HEADER, FIRST, "GD|Gemeente|||"))


def test_agenda_goes_on_behind_a_legend() -> None:
    """A heading of a theme, or a row with a number, ends a legend."""
    found = read(HEADER, "Legenda||||", "GD|Gemeente|||", "Water||||", FIRST)
    assert [("Water",)] == [item.section for item in found if isinstance(item, Entry)]
    assert ["Sloten"] == titles(read(HEADER, "Legenda||||", "GD|Gemeente|||", FIRST))


@pytest.mark.parametrize(
    "line",
    [
        "* onder voorbehoud", "† voorlopig", "‡ voorlopig", "¹ vanaf 2027", "² x", "³ x", "⁴ x", "⁵ x",
        "NB: nog niet besproken", "N.B.: concept", "Let op: concept", "Noot: x", "Opmerking: x",
        "Opmerkingen. x", "Bron: gemeente", "Bronnen: x", "Toelichting: x", "Note: x", "Source: x", "Remark ! x",
        "Quelle: x", "Hinweis: x", "Laatst bijgewerkt: 3 maart 2026", "laatst gewijzigd op 3 maart",
        "Bijgewerkt 3 maart", "Stand 1 januari", "Peildatum: 2026", "Versie 2", "Vastgesteld door de raad op 3 maart",
        "Last updated 3 March",
        "Updated: 3 March", "Version 2", "Stand vom 1. Mai",
    ],
)  # fmt: skip
def test_remark_below_the_table(line: str) -> None:
    """A remark makes no theme, whichever word or sign it begins with."""
    assert [("looks-like-remark", line)] == said(read(HEADER, FIRST, f"{line}||||"))


@pytest.mark.parametrize(
    "line",
    [
        "Noot en bot",
        "Bronbeheer: water",
        "Standbeeld 2",
        "Versie zonder getal",
        "Stand van zaken over de stad Duin en Zee 9",
    ],
)
def test_line_that_is_no_remark(line: str) -> None:
    """A word that only begins like one, and one without what belongs behind it, is none."""
    assert not ROWS["remark"].match(line)


@pytest.mark.parametrize(
    "word",
    [
        "Totaal", "totalen", "Subtotaal", "sub-totaal", "Eindtotaal", "eind totaal", "Total", "Totals", "Subtotal",
        "sub-total", "Grand total", "Summe", "Gesamtsumme", "Zwischensumme", "insgesamt",
    ],
)  # fmt: skip
def test_words_for_a_total(word: str) -> None:
    """Each of them, alone and with what may stand behind it; not as a part of another word or before another one."""
    behind = (
        "", ": 5", " 5", " € 5", " (5)", " aantal", " budget", " generaal", " bedrag", " kosten", " number", " amount",
        " projecten", " projects",
    )  # fmt: skip
    assert [] == [end for end in behind if not ROWS["total"].match(f"{word}{end}")]
    assert [] == [end for end in ("aanpak wonen", " wonen", " projectenbureau") if ROWS["total"].match(f"{word}{end}")]


MONTHS = (
    *("jan", "feb", "mrt", "maart", "mar", "apr", "mei", "may", "mai", "jun", "jul", "aug", "sep", "okt", "oct", "nov"),
    *("dec", "dez", "mär"),
)


@pytest.mark.parametrize("month", MONTHS)
def test_month_in_a_number(month: str) -> None:
    """A spreadsheet writes a month of any of the languages, before or behind a number, with another year or none."""
    forms = ("1-{}", "1 {}", "1/{}", "1.{}", "12-{}.", "1-{}-26", "1 {} 2026", "{}-26", "{} 2026", "{}/26", "{}.26")
    assert [] == [form for form in forms if not ROWS["date"].fullmatch(form.format(month))]
    assert [] == [form for form in ("{}", "123-{}", "{}-1", "x {} 26") if ROWS["date"].fullmatch(form.format(month))]


def test_theme_that_looks_like_a_legend() -> None:
    """A heading that the publication knows is a theme, whatever it looks like."""
    found = read(HEADER, "Bronnen||||", FIRST)
    assert ([("Bronnen",)], []) == ([item.section for item in found if isinstance(item, Entry)], said(found))


@pytest.mark.parametrize(
    "number", ["2026-02-01", "1-feb", "feb-26", "1-2-2026", "2 mrt 2026", "01.02.2026", "2026-02-01 00:00"]
)
def test_number_that_became_a_date(number: str) -> None:
    """A date in the column of numbers stops the release, with how to mend it."""
    assert [("number-is-date", number)] == said(read(HEADER, f"{number}|Sloten|x|GD|"))


@pytest.mark.parametrize("number", ["1-2", "1.2", "2030", "1-2-3", "mei", "WP-1"])
def test_number_that_is_no_date(number: str) -> None:
    """What cities use as numbers is no date."""
    assert not ROWS["date"].fullmatch(number)


def test_second_table_with_other_headings() -> None:
    """A second agenda whose headings nobody knows is said once, with all its words, and stops the release."""
    other = "Nr|Actie|Doel|Trekkende partij|Betrokkenen|Status"
    found = read(HEADER, FIRST, "", other, "2|Duin|Zand.|GD|HZ|loopt", "3|Zee|Zout.|GD||loopt", "")
    assert ["Sloten"] == titles(found)
    (finding,) = (item for item in found if isinstance(item, Finding))
    assert ("table-not-read", {"headings": "Actie, Trekkende partij, Betrokkenen, Status", "rows": "2"}) == (
        finding.code,
        finding.values,
    )
    assert "2 | Duin | Zand. | GD | HZ | loopt; 3 | Zee | Zout. | GD | loopt" in finding.words
    assert Place("a.docx", 4, 6) == finding.place


def test_second_table_of_the_same_width_with_other_headings() -> None:
    """It does not become a project that is called like a heading."""
    found = read(
        HEADER, FIRST, "", "Nr|Actie|Doel|Trekkende partij|Betrokkenen", "2|Duin|Zand.|GD|HZ", "", HEADER, "2|Zee|x|GD|"
    )
    assert (["Sloten", "Zee"], ["table-not-read"]) == (titles(found), [code for code, _ in said(found)])


def test_second_table_whose_headings_the_settings_name() -> None:
    """With its headings in the settings it is read."""
    columns = {
        **default_columns(),
        "title": ("project", "actie"),
        "leads": ("trekker", "trekkende partij"),
        "left_out": ("status",),
    }
    lines = HEADER, FIRST, "", "Nr|Actie|Doel|Trekkende partij|Status", "2|Duin|Zand.|GD|loopt"
    rows = [source.row(line.split("|") if line else (), Place("a.docx", at, at)) for at, line in enumerate(lines, 1)]
    found = list(entries(rows, columns=columns, themes=(), document="a.docx", privacy=PRIVACY))
    assert (["Sloten", "Duin"], []) == (titles(found), said(found))


@pytest.mark.parametrize(
    ("lines", "projects", "findings"),
    [
        pytest.param(
            ("", "2|Doel|Project|GD|UD"), ["Sloten", "Doel"], [], id="a row with a number, whatever its words"
        ),
        pytest.param(("", "2|Duin|Zand.|GD|UD"), ["Sloten", "Duin"], [], id="a table that goes on without a header"),
        pytest.param(
            ("", "Nr|Doel", "2|Zand", HEADER, "3|Zee|Zout.|GD|"),
            ["Sloten", "Zee"],
            [("row-of-other-table", "Nr | Doel"), ("row-of-other-table", "2 | Zand"), ("number-left-out", "2")],
            id="two headings are no agenda",
        ),
        pytest.param(
            ("", "Naam|Plaats|Sinds", "GD|Zee|2030", "2|Duin|Zand.|GD|UD"),
            ["Sloten", "Duin"],
            [("row-of-other-table", "Naam | Plaats | Sinds"), ("row-of-other-table", "GD | Zee | 2030")],
            id="another table, and the agenda behind it",
        ),
        pytest.param(
            ("", "Nr|Naam|Doel|Wie|Wie", "|||Trekker|Partners", "2|Duin|Zand.|GD|UD"),
            ["Sloten", "Duin"],
            [],
            id="a header of two rows",
        ),
        pytest.param(
            ("Nr|Doel|Thema||", "2|Duin|Zand.|GD|UD"),
            ["Sloten", "Doel", "Duin"],
            [("unusual-number", "Nr")],
            id="headings in the midst of a table are a row of it",
        ),
    ],
)
def test_which_table_a_row_is_of(lines: tuple[str, ...], projects: list[str], findings: list[tuple[str, str]]) -> None:
    """Where a table begins its first row says whether it is the agenda; a row with a number goes on with it."""
    found = read(HEADER, FIRST, *lines)
    assert (projects, findings) == (titles(found), said(found))


def test_row_with_a_cell_too_few_in_the_agenda_is_an_error() -> None:
    """Nobody can tell which column its texts are of."""
    with pytest.raises(UnreadableInput, match="too few cells: 4, where the header has 5"):
        read(HEADER, FIRST, "Duin|Zand.|GD|UD")
    with pytest.raises(UnreadableInput, match="too few cells: 4, where the header has 5"):
        read(HEADER, FIRST, "", "2|Duin|Zand.|GD")


COLUMN = "Thema|Nr|Project|Doel|Trekker"


def test_column_of_themes() -> None:
    """A column of themes is read as headings are; an empty cell goes on with the one above it, numbers run on."""
    found = read(COLUMN, "Water|1|Sloten|x|GD", "|2|Regen|x|GD", "Zand|3|Duin|x|GD", "Water|4|Peil|x|GD")
    assert [("Water",), ("Water",), ("Zand",), ("Water",)] == [it.section for it in found if isinstance(it, Entry)]
    assert [("unknown-theme", "Zand")] == said(found)


def test_theme_above_the_header_in_one_cell() -> None:
    """A theme over the header is read, also in a cell that is not merged."""
    found = read("Water||||", HEADER, FIRST)
    assert ([("Water",)], []) == ([item.section for item in found if isinstance(item, Entry)], said(found))
