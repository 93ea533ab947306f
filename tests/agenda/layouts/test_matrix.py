"""The matrix: organisations over the columns, marks in the cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.layouts import matrix
from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.agenda.layouts.marks import MARKS
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Continuation, Finding, SourceRow
from kennis_ld.publication.language import default_columns
from tests.agenda.layouts.reading import PRIVACY, read, said, shown
from tests.agenda.source import rows
from tests.reading import conversions
from tests.reading.campaign import in_this_process

MATRIX = Layout(Name.MATRIX)
HEADER = "nr|Project|GO|UvO|HvO|ROC Delta"


def test_row_of_colours_alone_is_said() -> None:
    """A row without a word, in which an organisation has a colour that nobody knows, is a finding and no total."""
    given = rows(HEADER, "1|Sloten|●|||", "|||||")
    given[-1] = replace(given[-1], fills=("", "", "00b050", "", "", ""))
    found = read(given, MATRIX)
    assert [("1", "Sloten", "lead: GO")] == shown(found)
    assert "unknown-mark" == said(found)[0][0]


def test_marks_are_parties() -> None:
    """A black dot leads, a white one takes part, a question mark is in doubt; an empty cell and a dash say nothing."""
    found = read(rows("", "=1. Water", HEADER, "1.1|Warme stad|●|○||-", "1.2|Waterschool|○||●|?"), MATRIX)
    assert [
        ("1. Water", "1.1", "Warme stad", "lead: GO\npartner: UvO"),
        ("1. Water", "1.2", "Waterschool", "partner: GO; ROC Delta?\nlead: HvO"),
    ] == shown(found)
    assert [] == said(found)


@pytest.mark.parametrize(
    ("marks", "parties"),
    [
        ("● ⚫ ■ ★ T L", "lead: A; B; C; D; E; F"),
        ("○ ◯ □ x ✓ ✔ v P", "partner: A; B; C; D; E; F; G; H"),
        ("- – — . 0 ?", "partner: F?"),
    ],
)
def test_each_usual_mark(marks: str, parties: str) -> None:
    """Full signs lead, open ones and ticks take part, a question mark is in doubt, dashes say nothing."""
    cells = marks.split()
    found = read(rows("|".join(["nr", "Project", *"ABCDEFGH"[: len(cells)]]), "|".join(["1", "Warm", *cells])), MATRIX)
    assert [("1", "Warm", parties)] == shown(found)
    assert {"heading-without-entries"} >= {code for code, _ in said(found)}


def test_two_roles_leads_and_remarks() -> None:
    """Several marks in one cell are several roles, two columns may lead, and what stands in brackets stays with it."""
    found = read(rows(HEADER, "1|Warm|T/P|T P|x (vanaf 2027)|P?"), MATRIX)
    assert [("1", "Warm", "lead: GO; UvO\npartner: GO; UvO; HvO (vanaf 2027); ROC Delta?")] == shown(found)


def test_what_the_reader_saw_of_a_row_stays() -> None:
    """Columns and colours stay with their own cells, and a sign between marks that divides nothing says nothing."""
    header, row = rows("nr|Project|GO|UvO|Budget", "1|Warm|T/|x,|5")
    merged = (Continuation.MERGED, Continuation.NONE, Continuation.LINE)
    row = replace(row, columns=tuple("ABCDE"), fills=("", "ff0000", "", "", "00ff00"), goes_on=merged)
    known = Headings({**default_columns(), "left_out": ("budget",)}, PRIVACY.words)
    *_, made = matrix.rows([header, row], MARKS, known=known, privacy=PRIVACY, document="a.docx")
    assert isinstance(made, SourceRow)
    assert ("1", "Warm", "5", "lead: GO\npartner: UvO") == made.cells
    assert (("A", "B", "E", ""), ("", "ff0000", "00ff00", "")) == (made.columns, made.fills)
    assert [Continuation.MERGED, *[Continuation.NONE] * 3] == [made.how(at) for at in range(4)]


def test_marks_of_the_publication() -> None:
    """What the settings say of a mark counts; a mark that nobody knows is a finding with the organisation."""
    marks = {**MARKS, "x": "lead", "k": "penvoerder", "n": "", "x*": "partner"}
    found = read(rows(HEADER, "1|Warm|X|K|n|ja", "2|Koud|x*|||"), Layout(Name.MATRIX, marks=marks))
    assert [("1", "Warm", "lead: GO\npenvoerder: UvO"), ("2", "Koud", "partner: GO")] == shown(found)
    assert [("unknown-mark", "ja"), ("heading-without-entries", "HvO")] == said(found)


def test_words_for_a_role_notes_and_totals() -> None:
    """A word for a role is a mark, the mark of a note at a mark is told, and a row of totals is one."""
    found = read(rows(HEADER, "1|Warm|Trekker|○¹|x*|", "Totaal||1|1|1|0", "|Totaal|●|||"), MATRIX)
    assert [("1", "Warm", "trekker: GO\npartner: UvO; HvO")] == shown(found)
    assert [
        ("note-mark", "UvO (¹)"),
        ("note-mark", "HvO (*)"),
        ("looks-like-total", "Totaal | 1 | 1 | 1 | 0"),
        ("looks-like-total", "Totaal | ●"),
        ("heading-without-entries", "ROC Delta"),
    ] == said(found)


def test_legend_in_the_table_is_no_project() -> None:
    """A row that says what the marks mean is read and said, and no heading; so is a legend under the table."""
    found = read(rows(HEADER, "1|Warm|●|○||", "● trekt, ○ doet mee|||||", "=○ doet mee", "", "● trekt"), MATRIX)
    assert [("1", "Warm", "lead: GO\npartner: UvO")] == shown(found)
    legends = "● trekt, ○ doet mee", "○ doet mee", "● trekt"
    unmarked = [("heading-without-entries", name) for name in ("HvO", "ROC Delta")]
    assert [*(("legend-read", words) for words in legends), *unmarked] == said(found)


def test_other_columns_stay_columns() -> None:
    """A description is one, a column that is left out says nothing, a column of contact persons is told of once."""
    columns = {**default_columns(), "left_out": ("budget",)}
    lines = "nr|Project|Omschrijving|GO|Budget|Contactpersoon", "1|Warm|Stoken.|●|€ 5|J. de Vries"
    found = read(rows(*lines), MATRIX, columns=columns)
    assert [("1", "Warm", "lead: GO")] == shown(found)
    assert [("contact-column", "")] == said(found)


def test_continued_tables_and_rows_of_other_tables() -> None:
    """A table that goes on has the columns of the one before, with or without its header; another one is a finding."""
    given = rows(HEADER, "1|Warm|●|||", "", "2|Koud||●||", "", HEADER, "3|Nat|||●|", "", "a|b|c")
    found = read([*given[:2], Finding("hidden-text", given[1].place, words="x"), *given[2:]], MATRIX)
    assert [("1", "Warm", "lead: GO"), ("2", "Koud", "lead: UvO"), ("3", "Nat", "lead: HvO")] == shown(found)
    assert [
        ("hidden-text", "x"),
        ("row-of-other-table", "a | b | c"),
        ("heading-without-entries", "ROC Delta"),
    ] == said(found)


@pytest.mark.parametrize(("mark", "is_mark"), [("meedoend", True), ("meedoende", False)])
def test_longest_mark_that_a_legend_explains(mark: str, is_mark: bool) -> None:
    """It has eight characters."""
    found = shown(read(rows(HEADER, f"1|Warm|{mark}|||", f"{mark}: doet mee"), MATRIX))
    assert [("1", "Warm", "partner: GO") if is_mark else ("1", "Warm")] == found


def test_header_that_stands_again_in_its_table() -> None:
    """It is no row, and another row that names projects and organisations is none either: it has no edge above it."""
    found = read(rows(HEADER, "1|Warm|●|||", HEADER, "2|Koud||●||", "nr|Project|x|||"), MATRIX)
    assert [("1", "Warm", "lead: GO"), ("2", "Koud", "lead: UvO"), ("nr", "Project", "partner: GO")] == shown(found)


def test_matrix_of_one_organisation() -> None:
    """Two columns are enough, and a legend may explain a mark that stands nowhere."""
    found = read(rows("Nr en project|GO", "1 Warm|●", "2 Koud|k", "", "■ trekt", "k doet mee"), MATRIX)
    assert [("1", "Warm", "lead: GO"), ("2", "Koud", "partner: GO")] == shown(found)
    assert [("legend-read", "■ trekt"), ("legend-read", "k doet mee")] == said(found)


def test_table_with_other_organisations_below_a_heading() -> None:
    """Each table of a document has its own header, also where the heading of a theme stands over it."""
    found = read(rows(HEADER, "1|Warm|●|||", "", "=2. Zand", "nr|Project|KD", "2|Koud|●"), MATRIX)
    assert [("1", "Warm", "lead: GO"), ("2. Zand", "2", "Koud", "lead: KD")] == shown(found)


def test_no_matrix_is_an_error() -> None:
    """Without a column of projects nobody can tell which columns are organisations."""
    with pytest.raises(UnreadableInput, match=r"a\.docx: There is no matrix"):
        read(rows("a|b", "1|2"), MATRIX)


@pytest.mark.parametrize("name", ["blad.xlsx", "blad.ods", "tabel.docx", "tabel.html", "puntkomma.csv", "tabel.pdf"])
def test_in_each_kind_of_document(name: str, tmp_path: Path) -> None:
    """A matrix comes out the same, whatever the kind of document."""
    lines = HEADER, "1.1|Warme stad|T|P||x", "1.2|Waterschool|P||T|?"
    conversions.WRITERS[name]([tuple(line.split("|")) for line in lines], tmp_path / name)
    found = read(in_this_process(tmp_path / name), MATRIX)
    assert [
        ("1.1", "Warme stad", "lead: GO\npartner: UvO; ROC Delta"),
        ("1.2", "Waterschool", "partner: GO; ROC Delta?\nlead: HvO"),
    ] == shown(found)
