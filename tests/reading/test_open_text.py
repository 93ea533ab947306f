"""Text documents of Writer (ODT): what stands in them, and what is said about the rest."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Continuation, Finding, Kind, SourceRow
from tests.reading.campaign import in_this_process
from tests.reading.conversions import ODS_HEAD, odt_file

STYLE = '<style:style style:name="{}" {}>{}</style:style>'
LOOKS = (
    STYLE.format("weg", "", '<style:text-properties text:display="none"/>')
    + STYLE.format("af", "", '<style:text-properties style:text-line-through-style="solid"/>')
    + STYLE.format("hoog", "", '<style:text-properties style:text-position="super 58%"/>')
    + STYLE.format("smal", "", '<style:table-column-properties style:column-width="1cm"/>')
    + STYLE.format("breed", "", '<style:table-column-properties style:column-width="4in"/>')
)


NOTE = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Let op</text:p>"
NOTE += "</text:note-body></text:note>"


def table(*rows: str, columns: str = "") -> str:
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f"<table:table>{columns}{lines}</table:table>"


def cells(*inside: str) -> str:
    return "".join(f"<table:table-cell>{part}</table:table-cell>" for part in inside)


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def read(folder: Path, body: str, parts: Mapping[str, str] | None = None) -> list[SourceRow | Finding]:
    odt_file(folder / "a.odt", body, LOOKS, parts)
    return [item for item in in_this_process(folder / "a.odt") if isinstance(item, Finding) or item.cells]


def test_headings_rows_and_text(tmp_path: Path) -> None:
    """A heading and a text outside the tables, the rows of each table with their place, and a head that is repeated."""
    head = (
        f"<table:table-header-rows><table:table-row>{cells(p('a'), p('b'))}</table:table-row></table:table-header-rows>"
    )
    body = f"<text:h>1. Water</text:h>{p('Inleiding.')}<table:table>{head}"
    body += f"<table:table-row>{cells(p('een') + p('twee'), p('x'))}</table:table-row></table:table>"
    assert [
        (Kind.HEADING, ("1. Water",), "a.odt"),
        (Kind.TEXT, ("Inleiding.",), "a.odt"),
        (Kind.HEADER, ("a", "b"), "a.odt, table 1, row 1"),
        (Kind.ROW, ("een\n\ntwee", "x"), "a.odt, table 1, row 2"),
    ] == [(row.kind, row.cells, str(row.place)) for row in read(tmp_path, body) if isinstance(row, SourceRow)]


def test_merged_cells_lie_where_they_begin(tmp_path: Path) -> None:
    """Over columns and over rows; what is covered is empty, and goes on with what covers it."""
    wide = f'<table:table-cell table:number-columns-spanned="2">{p("breed")}</table:table-cell>'
    tall = f'<table:table-cell table:number-rows-spanned="2">{p("hoog")}</table:table-cell>'
    covered = "<table:covered-table-cell/>"
    body = table(
        cells(*map(p, "abc")),
        wide + covered + cells(p("x")),
        tall + cells(p("y"), p("z")),
        covered + cells(p("u"), p("v")),
    )
    rows = [row for row in read(tmp_path, body) if isinstance(row, SourceRow)]
    assert [("a", "b", "c"), ("breed", "", "x"), ("hoog", "y", "z"), ("", "u", "v")] == [row.cells for row in rows]
    assert (Continuation.MERGED, Continuation.NONE, Continuation.NONE) == rows[3].goes_on


def test_a_cell_belongs_to_the_column_that_it_overlaps_most(tmp_path: Path) -> None:
    """By the widths of the columns, where a row has other borders than the header."""
    columns = "".join(f'<table:table-column table:style-name="{name}"/>' for name in ("smal", "smal", "breed"))
    wide = f'<table:table-cell table:number-columns-spanned="2">{p("x")}</table:table-cell><table:covered-table-cell/>'
    head = f'<table:table-cell table:number-columns-spanned="2">{p("b")}</table:table-cell><table:covered-table-cell/>'
    body = table(cells(p("a")) + head, wide + cells(p("y")), columns=columns)
    assert [("a", "b", ""), ("x", "y", "")] == [row.cells for row in read(tmp_path, body) if isinstance(row, SourceRow)]


def test_items_of_a_list_stand_on_lines(tmp_path: Path) -> None:
    """With a dash, as those of Word; a number that only Writer counts is said."""
    items = "".join(f"<text:list-item>{p(word)}</text:list-item>" for word in ("GD", "UD"))
    empty = f"<text:list><text:list-item>{p('')}</text:list-item></text:list>"
    row, said = read(tmp_path, table(cells(f"<text:list>{items}</text:list>", empty)))
    assert isinstance(row, SourceRow)
    assert ("- GD\n- UD", "") == row.cells
    assert isinstance(said, Finding)
    assert "automatic-number" == said.code


@pytest.mark.parametrize(
    ("inside", "shown", "code", "words"),
    [
        ('Sloten<text:span text:style-name="weg"> geheim</text:span>', "Sloten", "hidden-text", ""),
        ("Sloten<text:hidden-text>geheim</text:hidden-text>", "Sloten", "hidden-text", ""),
        ('UD<text:span text:style-name="hoog">3</text:span>', "UD", "note-mark", "UD (3)"),
        ('Sloten<text:span text:style-name="af"> oud</text:span>', "Sloten oud", "struck-out", "oud"),
        (f"Sloten{NOTE}", "Sloten", "footnote", "Let op"),
        ("Sloten<office:annotation><text:p>vraag</text:p></office:annotation>", "Sloten", "comments", "1"),
        (
            "Sloten<draw:frame><draw:text-box><text:p>Let op</text:p></draw:text-box></draw:frame>",
            "Sloten",
            "text-box",
            "Let op",
        ),
        ("Sloten<draw:frame><draw:image/></draw:frame>", "Sloten", "pictures", ""),
        ('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d<text:soft-page-break/>e', "a   b c\nde", "", ""),
    ],
)
def test_what_stands_in_a_cell(inside: str, shown: str, code: str, words: str, tmp_path: Path) -> None:
    """What a reader of the document sees is read; what is hidden, beside it or over it is said."""
    row, *said = read(tmp_path, table(cells(p(inside), p("x"))))
    assert isinstance(row, SourceRow)
    assert (shown, "x") == row.cells
    assert [(code, words)] * bool(code) == [(item.code, item.words) for item in said if isinstance(item, Finding)]


def test_hidden_sections_and_tracked_changes(tmp_path: Path) -> None:
    """What was deleted stands apart and is not read; a hidden section neither; both are said."""
    deleted = f"<text:changed-region><text:deletion>{p('weg')}</text:deletion></text:changed-region>"
    hidden = f'<text:section text:display="none">{p("geheim")}{table(cells(p("ook"), p("dit")))}</text:section>'
    body = f"<text:tracked-changes>{deleted}</text:tracked-changes>{hidden}{p('Hier')}"
    found = read(tmp_path, body)
    assert ["Hier"] == [row.cells[0] for row in found if isinstance(row, SourceRow)]
    assert ["tracked-changes", "hidden-text", "hidden-text"] == [it.code for it in found if isinstance(it, Finding)]


def test_heads_and_feet_of_pages(tmp_path: Path) -> None:
    """Their text is said once, whatever pages have it."""
    page = f"<style:master-page><style:header>{p('Versie 2')}</style:header></style:master-page>"
    styles = f"{ODS_HEAD}<office:master-styles>{page}{page}</office:master-styles></office:document-content>"
    _, said = read(tmp_path, p("Tekst"), {"styles": styles})
    assert isinstance(said, Finding)
    assert ("text-outside-table", "Versie 2") == (said.code, said.words)


def test_page_that_writer_saved_as_a_text(tmp_path: Path) -> None:
    """A web page that was opened in Writer and saved as ODT is of a kind of its own, and reads as any ODT."""
    odt_file(tmp_path / "b.odt", table(cells(p("nr"), p("Project"))), LOOKS, None)
    with zipfile.ZipFile(tmp_path / "b.odt") as given, zipfile.ZipFile(tmp_path / "a.odt", "w") as page:
        for name in given.namelist():
            page.writestr(name, given.read(name) + (b"-web" if name == "mimetype" else b""))
    rows = [row for row in in_this_process(tmp_path / "a.odt") if isinstance(row, SourceRow)]
    assert [("nr", "Project")] == [row.cells for row in rows if row.cells]


def test_a_password_is_refused(tmp_path: Path) -> None:
    """An encrypted document is an error that says what to do."""
    space = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    manifest = {"META-INF/manifest": f"<m:manifest {space}><m:encryption-data/></m:manifest>"}
    with pytest.raises(UnreadableInput, match="protected with a password"):
        read(tmp_path, p("Tekst"), manifest)
