"""Cards: a table of two columns for each project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.layouts import turned
from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry
from kennis_ld.publication.language import default_columns, default_words
from tests.agenda.layouts.reading import entry_places, read, said, shown
from tests.agenda.source import rows
from tests.reading import conversions
from tests.reading.campaign import in_this_process

CARDS = Layout(Name.CARDS)
COLUMNS = {
    **default_columns(),
    "title": (*default_columns()["title"], "projectblad"),
    "leads": (*default_columns()["leads"], "trekkende organisatie"),
    "partners": (*default_columns()["partners"], "kernpartners"),
}


def test_each_table_is_an_entry() -> None:
    """Fields are known as columns are; a card without one of them has nothing there."""
    found = read(
        rows(
            *("Projectblad 12|Energielab", "Trekkende organisatie|UO", "Kernpartners|GO", "Omschrijving|Meten.", ""),
            *("", "Projectblad 13|Havenlab", "Trekkende organisatie|HO", ""),
        ),
        CARDS,
        columns=COLUMNS,
    )
    assert [("12", "Energielab", "UO", "GO"), ("13", "Havenlab", "HO")] == shown(found)
    assert [] == said(found)
    assert ["a.docx:1-4", "a.docx:7-8"] == entry_places(found)


@pytest.mark.parametrize("word", ["nr", "nr.", "No.", "no"])
def test_word_for_the_number_of_a_card(word: str) -> None:
    """It belongs to the name of the field, not to the number."""
    found = read(rows(f"Projectblad {word} 12|Energielab", "Trekkende organisatie|UO"), CARDS, columns=COLUMNS)
    assert [("12", "Energielab", "UO")] == shown(found)


def test_heading_above_a_card_is_its_title() -> None:
    """A heading right above a card without a title is number and title; one further up is a theme."""
    lines = "=1. Water", "=7. Natte voeten", "", "Trekker|GD", "", "=2. Zand", "", "Nr|8", "Titel|Duinen", "Trekker|UD"
    found = read(rows(*lines), CARDS)
    assert [("1. Water", "7", "Natte voeten", "GD"), ("2. Zand", "8", "Duinen", "UD")] == shown(found)


def test_field_without_name_goes_on() -> None:
    """A row without a field is more of the one above; several values are lines; a field may stand there twice."""
    found = read(rows("Titel|Sloten", "Trekker|GD", "|UD", "Partner|HD|ZU", "Partner|MD"), CARDS)
    assert [("", "Sloten", "GD\nUD", "HD\nZU, MD")] == shown(found)


def test_two_fields_in_a_row() -> None:
    """What stands in most rows behind the same field is a field too; another text is more of the value before it."""
    one = "Titel|Sloten||", "Trekker|GD|Partners|UD", "Stad|HD|KD|MD", ""
    other = "Titel|Duinen||", "Trekker|UD|Partners|", "Stad|HD|ZU|MD", ""
    found = read(rows(*one, *other), CARDS)
    assert [("", "Sloten", "GD", "UD"), ("", "Duinen", "UD")] == shown(found)
    assert [("unnamed-column", "HD\nKD\nMD"), ("unnamed-column", "HD\nZU\nMD")] == said(found)


def test_value_in_half_of_the_rows_is_no_field() -> None:
    """What stands behind the same field in two rows of four is a value in all of them."""
    cards = [(f"Titel|{title}||", f"Partner|GD|{other}|X") for title, other in zip("ABCD", "UUVW", strict=True)]
    found = read(rows(*(line for card in cards for line in (*card, ""))), CARDS)
    assert [("", title, f"GD\n{other}\nX") for title, other in zip("ABCD", "UUVW", strict=True)] == shown(found)


def test_text_over_the_first_field() -> None:
    """It is no number: it is of the description."""
    found = read(rows("|Vooraf.", "Titel|Sloten", "Omschrijving|Meten.", "Trekker|GD"), CARDS)
    assert [("", "Sloten", "GD")] == shown(found)
    assert ["Vooraf.\n\nMeten."] == [item.description for item in found if isinstance(item, Entry)]


def test_cards_in_one_table() -> None:
    """Where cards stand below one another in one table, the title starts the next one."""
    found = read(rows("Titel|Sloten", "Trekker|GD", "Titel|Duinen", "Trekker|UD"), CARDS)
    assert [("", "Sloten", "GD"), ("", "Duinen", "UD")] == shown(found)


def test_cards_with_their_number_in_the_name_of_a_field() -> None:
    """Each "Project 12" starts a card, also without a title behind it; a text with a digit in it is no number."""
    lines = "Project 12|Sloten", "Trekker|GD", "Project 13|", "Titel|Duinen", "Project CO2-arm|ja", "Trekker|UD"
    found = read(rows(*lines), CARDS)
    assert [("12", "Sloten", "GD"), ("13", "Duinen", "UD")] == shown(found)
    assert [("unnamed-column", "ja")] == said(found)
    found = read(rows("=Sloten", "Project 12|", "Trekker|GD", "Project 13|", "Titel|Duinen", "Trekker|UD"), CARDS)
    assert [("12", "Sloten", "GD"), ("13", "Duinen", "UD")] == shown(found)


def test_several_values_before_another_field_in_a_row() -> None:
    """The next field of a row stands behind all values of the one before."""
    one, other = (f"Trekker|GD|{value}|HD|Partners|KD" for value in ("UD", "MD"))
    found = read(rows("Titel|Sloten||||", one, "", "Titel|Duinen||||", other), CARDS)
    assert [("", "Sloten", "GD\nUD\nHD", "KD"), ("", "Duinen", "GD\nMD\nHD", "KD")] == shown(found)


def test_nothing_is_lost() -> None:
    """A field that nobody knows is a finding, a contact person is told of, a text between cards is one outside."""
    lines = "Titel|Sloten", "Trekker|GD", "Fase|verkenning / uitvoering", "Contact|J. de Vries, 06-12345678", "", "Los."
    found = read(rows(*lines), CARDS)
    assert [("", "Sloten", "GD")] == shown(found)
    expected = [
        ("column-looks-like", "verkenning / uitvoering"),
        ("contact-column", ""),
        ("text-outside-table", "Los."),
    ]
    assert expected == said(found)


def test_text_that_names_no_field_is_told() -> None:
    """A text beside which nothing stands, on no card, is told once; the name of a field that we know is none."""
    lines = "Titel|Sloten", "Vul dit in|", "Partners|GD", "Trekker|", "", "Titel|Duinen", "Vul dit in|", "Partners|UD"
    found = read(rows(*lines), CARDS)
    assert [("", "Sloten", "GD"), ("", "Duinen", "UD")] == shown(found)
    assert [("text-outside-table", "Vul dit in")] == said(found)


def test_card_without_number_or_title_is_no_part_of_another() -> None:
    """Where cards have numbers, one without is a violation with its words; one of other fields is another table."""
    lines = (
        "Nr|1",
        "Titel|Sloten",
        "Trekker|GD",
        "",
        "Titel|Duinen",
        "Trekker|UD",
        "",
        "Bijlage|x",
        "Contact|J. de Vries",
    )
    found = read(rows(*lines), CARDS)
    assert [("1", "Sloten", "GD")] == shown(found)
    assert [
        ("row-without-number", "Titel | Duinen | Trekker | UD"),
        ("row-of-other-table", "Bijlage | x | Contact"),
    ] == said(found)


def test_no_cards_is_an_error_with_the_fields() -> None:
    """The error names the fields that there are, and the setting to write."""
    with pytest.raises(UnreadableInput, match=r"fields are: Wat, Wie\. Name that field under \[columns\] title"):
        read(rows("Wat|Sloten", "Wie|GD"), CARDS)


@pytest.mark.parametrize("name", ["blad.xlsx", "tabel.docx", "tabel.html", "puntkomma.csv"])
def test_in_each_kind_of_document(name: str, tmp_path: Path) -> None:
    """Cards come out the same, whatever the kind of document."""
    lines = "Titel|Sloten|", "Nr|1|", "Trekker|GD|", "Titel|Duinen|", "Nr|2|", "Trekker|UD|"
    conversions.WRITERS[name]([tuple(line.split("|")) for line in lines], tmp_path / name)
    found = read(in_this_process(tmp_path / name), CARDS)
    assert [("1", "Sloten", "GD"), ("2", "Duinen", "UD")] == shown(found)


@pytest.mark.parametrize(
    "name", ["blad.xlsx", "blad.ods", "tabel.docx", "tabel.odt", "tabel.html", "tabel.pdf", "puntkomma.csv"]
)
def test_on_its_side_in_each_kind_of_document(name: str, tmp_path: Path) -> None:
    """Each column of a table on its side is a card, also where a last column is empty, and no cell is lost."""
    lines = "|Sloten|Duinen|", "Nr|1|2|", "Trekker|GD|UD|", "Partners|UD|HD|", "Fase|plan|klaar|"
    conversions.WRITERS[name]([tuple(line.split("|")) for line in lines], tmp_path / name)
    found = read(in_this_process(tmp_path / name), CARDS)
    assert [("1", "Sloten", "GD", "UD"), ("2", "Duinen", "UD", "HD")] == shown(found)
    assert {("column-looks-like", "plan"), ("column-looks-like", "klaar")} <= set(said(found))


def test_ordinary_table_is_not_on_its_side() -> None:
    """A header over the columns, or no parties in them: it stays as it is, though its first column names fields."""
    table = rows("Project|Trekker|Partners", "Titel|GD|UD", "Trekker|UD|HD")
    known = Headings(default_columns(), default_words())
    for given in (table, rows("Titel|Sloten|Duinen", "Fase|plan|klaar")):
        assert given == list(turned.as_cards(given, known, known.kind))


def test_colours_of_a_table_on_its_side() -> None:
    """The colour of a cell is told where it is not that of the name of its field."""
    given = rows("Titel|Sloten|Duinen|Zee", "Partner|GD|UD|HD", "Stand|||")
    given[-1] = replace(given[-1], fills=("ff0000", "ff0000", "00ff00", "00ff00"))
    found = read(given, CARDS)
    assert [("", "Sloten", "GD"), ("", "Duinen", "UD"), ("", "Zee", "HD")] == shown(found)
    assert ["colour-only", "colour-only"] == [code for code, _ in said(found)]


def test_field_with_a_colour_alone_is_one() -> None:
    """Beside it stands a colour, so it is no text that names nothing; the colour itself is told."""
    given = rows("Titel|Sloten", "Partner|GD", "Stand|")
    given[-1] = replace(given[-1], fills=("", "ff0000"))
    found = read(given, CARDS)
    assert [("", "Sloten", "GD")] == shown(found)
    assert ["colour-only"] == [code for code, _ in said(found)]
