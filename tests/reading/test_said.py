"""What cannot be read is said: every line of the table in docs/documents.md that promises a finding keeps it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Finding, SourceRow, Theme
from kennis_ld.publication.language import default_columns, default_words
from kennis_ld.quality.findings import WORDINGS
from kennis_ld.reading import documents
from tests.reading import conversions
from tests.reading.campaign import in_this_process
from tests.reading.conversions import ods_cell, ods_file
from tests.reading.files import (
    HEADER,
    SHEET,
    WORD,
    paragraph,
    relations,
    sheet_parts,
    sheet_row,
    word,
    word_parts,
    word_row,
    word_table,
    zipped,
)

THEMES = (Theme("water", ("Water",), "Water"),)
ROW = ("1a", "Sloten", "Schoon water.", "GZ")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "documents.md"
PRIVACY = Privacy(default_words(), Register([], []))
"""The words of the language, and a register that knows nobody."""


def read(path: Path) -> list[Entry | Finding]:
    return list(
        entries(
            in_this_process(path),
            columns=default_columns(),
            themes=THEMES,
            document=path.name,
            privacy=PRIVACY,
        )
    )


def said(found: Sequence[Entry | Finding]) -> list[tuple[str, str]]:
    return [(item.code, item.words) for item in found if isinstance(item, Finding)]


def only(found: Sequence[Entry | Finding]) -> Entry:
    (entry,) = (item for item in found if isinstance(item, Entry))
    return entry


def test_every_finding_of_a_reader_is_documented() -> None:
    """docs/documents.md names each code that a reader can give, and names no other."""
    reading = Path(documents.__file__).parent
    codes = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', "".join(path.read_text() for path in reading.glob("*.py"))))
    given = {code for code in codes if code in WORDINGS}
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", PAGE.read_text(encoding="utf-8"))) & set(WORDINGS)
    assert len(given) > 20
    assert set() == given - named


# Word


RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
CHANGED = f"<w:p>{RUN.format('Schoon ')}<w:del w:id='1'><w:r><w:delText>vuil</w:delText></w:r></w:del>"
CHANGED += f"<w:ins w:id='2'>{RUN.format('water.')}</w:ins></w:p>"
MOVED = CHANGED.replace("delText", "t").replace("w:del", "w:moveFrom").replace("w:ins", "w:moveTo")
HIDDEN = f"<w:p>{RUN.format('Schoon water.')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r></w:p>"
BOX = "<w:p><w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
BOX += f"{paragraph('Let op')}</w:txbxContent></v:textbox></w:pict></w:r>{RUN.format('Schoon water.')}</w:p>"
NOTE = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>onder "
NOTE += "<text:span>voorbehoud</text:span></text:p></text:note-body></text:note>"
NESTED = f"{paragraph('Schoon water.')}<w:tbl>{word_row('a', 'b')}</w:tbl>"
SYMBOL = f"<w:p>{RUN.format('Schoon water.')}<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r></w:p>"
PICTURE = f"<w:p>{RUN.format('Schoon water.')}<w:r><w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/"
PICTURE += "drawingml/2006/main'/></w:drawing></w:r></w:p>"


@pytest.mark.parametrize(
    ("cell", "code", "words", "description"),
    [
        (CHANGED, "tracked-changes", "", "Schoon water."),
        (MOVED, "tracked-changes", "", "Schoon water."),
        (HIDDEN, "hidden-text", "", "Schoon water."),
        (BOX, "text-box", "Let op", "Schoon water."),
        (NESTED, "nested-table", "", "Schoon water.\n\na; b"),
        (SYMBOL, "unreadable-letters", "Wingdings F04A", "Schoon water."),
        (PICTURE, "pictures", "", "Schoon water."),
    ],
)
def test_word_cell(tmp_path: Path, cell: str, code: str, words: str, description: str) -> None:
    """What Word can put in a cell beside plain text is read as documented, and named; hidden words are not shown."""
    found = read(word(tmp_path / "a.docx", word_table(word_row("1a", "Sloten", cell, "GZ"))))
    assert [(code, words)] == said(found)
    assert description == only(found).description


FIELD = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r>'
LIST = '<w:ddList>{}<w:listEntry w:val="idee"/><w:listEntry w:val="loopt"/></w:ddList>'


@pytest.mark.parametrize(
    ("field", "description"),
    [
        (LIST.format('<w:result w:val="1"/>'), "Nu: loopt"),
        (LIST.format('<w:default w:val="1"/>'), "Nu: loopt"),
        (LIST.format(""), "Nu: idee"),
        (LIST.format('<w:result w:val="2"/>'), "Nu:"),
        ("<w:checkBox><w:sizeAuto/><w:checked/></w:checkBox>", "Nu: ☒"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "Nu: ☒"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "Nu: ☐"),
        ("<w:textInput/>", "Nu:"),
    ],
)
def test_word_field_of_a_form(tmp_path: Path, field: str, description: str) -> None:
    """What is chosen from a list of a form, or ticked, is read as people see it, though the file has no text for it."""
    cell = f"<w:p>{RUN.format('Nu: ')}{FIELD.format(field)}</w:p>"
    found = read(word(tmp_path / "a.docx", word_table(word_row("1a", "Sloten", cell, "GZ"))))
    assert (description, []) == (only(found).description, said(found))


UNKNOWN = "<w:nieuw>{}</w:nieuw>"
FALLBACK = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{}</mc:AlternateContent>'


@pytest.mark.parametrize(
    "row",
    [
        word_row("1a", "Sloten", f"{paragraph('Schoon.')}<w:p>{UNKNOWN.format(RUN.format('let op'))}</w:p>", "GZ"),
        word_row("1a", "Sloten", f"{paragraph('Schoon.')}{UNKNOWN.format(paragraph('let op'))}", "GZ"),
        word_row("1a", "Sloten", "Schoon.", "GZ").replace(
            "</w:tr>", UNKNOWN.format(f"<w:tc>{paragraph('let op')}</w:tc>") + "</w:tr>"
        ),
    ],
)
def test_word_markup_that_we_do_not_know(tmp_path: Path, row: str) -> None:
    """Words in markup without a reading, in a paragraph, a cell or a row, are named and not dropped."""
    found = read(word(tmp_path / "a.docx", word_table(row)))
    assert ("Schoon.", [("unknown-markup", "let op")]) == (only(found).description, said(found))


def test_word_fallback_for_an_older_program(tmp_path: Path) -> None:
    """Of two forms of the same the newer one counts; where there is only the older one, that one does."""
    choice, fallback = (
        f"<mc:Choice>{RUN.format('nieuw')}</mc:Choice>",
        f"<mc:Fallback>{RUN.format('oud')}</mc:Fallback>",
    )
    for number, (inside, text) in enumerate([(choice + fallback, "nieuw"), (fallback, "oud")]):
        cell = f"<w:p>{FALLBACK.format(inside)}</w:p>"
        found = read(word(tmp_path / f"{number}.docx", word_table(word_row("1a", "Sloten", cell, "GZ"))))
        assert (text, []) == (only(found).description, said(found))


def test_word_paragraphs_lists_and_breaks(tmp_path: Path) -> None:
    """Paragraphs of a cell stay apart, items of a list begin with a dash, a forced line break ends its line."""
    item = "<w:numPr><w:numId w:val='1'/></w:numPr>"
    breaks = f"<w:p>{RUN.format('Een')}<w:r><w:br/></w:r>{RUN.format('twee')}</w:p>"
    cell = f"{breaks}{paragraph('Doel:')}{paragraph('meten', item)}{paragraph('weten', item)}"
    found = read(word(tmp_path / "a.docx", word_table(word_row("1a", "Sloten", cell, "GZ"))))
    assert "Een\ntwee\n\nDoel:\n- meten\n- weten" == only(found).description


def test_word_numbers_that_word_counts_itself(tmp_path: Path) -> None:
    """A cell whose number Word makes itself is empty in the file: the release is stopped, with the reason."""
    number = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    found = read(word(tmp_path / "a.docx", word_table(word_row(number, *ROW[1:]))))
    assert {"automatic-number", "row-without-number"} == {code for code, _ in said(found)}


def test_word_rows_inserted_and_deleted(tmp_path: Path) -> None:
    """A row that was inserted counts, one that was deleted does not, and both are said."""
    rows = (
        word_row(*ROW, properties="<w:ins w:id='1'/>"),
        word_row("1b", "Weg", "x", "GZ", properties="<w:del w:id='2'/>"),
    )
    found = read(word(tmp_path / "a.docx", word_table(*rows)))
    assert "1a" == only(found).number
    assert [("tracked-changes", "")] * 2 == said(found)


def test_word_merged_cells(tmp_path: Path) -> None:
    """A cell merged over rows counts for the first; one over the whole row is a heading."""

    def merged(kind: str, text: str) -> str:
        return f"<w:tc><w:tcPr><w:vMerge {kind}/></w:tcPr>{paragraph(text) if text else '<w:p/>'}</w:tc>"

    heading = f"<w:tc><w:tcPr><w:gridSpan w:val='4'/></w:tcPr>{paragraph('1. Water')}</w:tc>"
    rows = [
        f"<w:tr>{heading}</w:tr>",
        word_row("1a", "Sloten", "x", merged("w:val='restart'", "GZ")),
        word_row("1b", "Kaart", "x", merged("", "")),
    ]
    found = read(word(tmp_path / "a.docx", word_table(*rows)))
    first, second = (item for item in found if isinstance(item, Entry))
    assert (("1. Water",), "GZ", ()) == (first.section, first.parties[0][1], second.parties)
    assert [("merged-cells", "GZ")] == said(found)


def test_word_beside_the_table(tmp_path: Path) -> None:
    """Notes, heads of pages, comments, another table and text around the table are named; comments without words."""
    note = f"<w:footnotes xmlns:w='{WORD}'><w:footnote w:type='separator'>{paragraph('-')}</w:footnote>"
    note += f"<w:footnote>{paragraph('Onder voorbehoud')}</w:footnote></w:footnotes>"
    comment = (
        f"<w:comments xmlns:w='{WORD}'><w:comment w:author='Voor Beeld'>{paragraph('hm')}</w:comment></w:comments>"
    )
    head = f"<w:hdr xmlns:w='{WORD}'>{paragraph('Concept')}</w:hdr>"
    body = paragraph("Onze agenda") + word_table(word_row(*ROW)) + paragraph("Afkortingen")
    body += f"<w:tbl>{word_row('GZ', 'Gemeente')}{word_row('ZU', 'Universiteit')}</w:tbl>"
    found = read(word(tmp_path / "a.docx", body, footnotes=note, comments=comment, header=head))
    assert [
        ("text-outside-table", "Onze agenda"),
        ("text-outside-table", "Afkortingen"),
        ("row-of-other-table", "GZ | Gemeente"),
        ("row-of-other-table", "ZU | Universiteit"),
        ("comments", "1"),
        ("footnote", "Onder voorbehoud"),
        ("text-outside-table", "Concept"),
    ] == said(found)


def test_word_headings(tmp_path: Path) -> None:
    """A heading style makes a heading, also in Dutch Word and by a style built on it, and also one nobody knows."""
    styles = f"""<w:styles xmlns:w='{WORD}'><w:style w:styleId='Kop2'><w:name w:val='heading 2'/></w:style>
        <w:style w:styleId='Eigen'><w:name w:val='Eigen kop'/><w:basedOn w:val='Kop2'/></w:style></w:styles>"""
    body = paragraph("Water", "<w:pStyle w:val='Kop2'/>") + word_table(word_row(*ROW))
    body += paragraph("2. Zand", "<w:pStyle w:val='Eigen'/>") + word_table(word_row("2a", "Duin", "x", "GZ"))
    found = read(word(tmp_path / "a.docx", body, styles=styles))
    assert [("Water",), ("2. Zand",)] == [item.section for item in found if isinstance(item, Entry)]
    assert [("unknown-theme", "2. Zand")] == said(found)


def test_title_over_the_table_is_no_theme(tmp_path: Path) -> None:
    """A heading over the table counts only when no other heading comes before the first entry."""
    styles = f"<w:styles xmlns:w='{WORD}'><w:style w:styleId='K'><w:name w:val='heading 1'/></w:style></w:styles>"
    title = paragraph("Kennisagenda", "<w:pStyle w:val='K'/>")
    heading = f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='4'/></w:tcPr>{paragraph('Water')}</w:tc></w:tr>"
    found = read(word(tmp_path / "a.docx", title + word_table(heading, word_row(*ROW)), styles=styles))
    assert (("Water",), [("text-outside-table", "Kennisagenda")]) == (only(found).section, said(found))
    found = read(word(tmp_path / "b.docx", title + word_table(word_row(*ROW)), styles=styles))
    assert (("Kennisagenda",), [("unknown-theme", "Kennisagenda")]) == (only(found).section, said(found))


# Spreadsheets


def workbook(path: Path, *rows: str, before: str = "", after: str = "", **more: str) -> Path:
    return zipped(
        path, sheet_parts(f"{before}<sheetData>{sheet_row(1, *HEADER)}{''.join(rows)}</sheetData>{after}", **more)
    )


def test_sheet_hidden_rows_and_columns(tmp_path: Path) -> None:
    """Hidden rows and columns are not published; their numbers are said, their words are not."""
    rows = sheet_row(2, *ROW, "€ 5"), sheet_row(3, "1b", "Geheim", "x", "GZ", attributes='hidden="1"')
    columns = '<cols><col min="5" max="5" hidden="1"/></cols>'
    found = read(workbook(tmp_path / "a.xlsx", *rows, before=columns))
    assert "1a" == only(found).number
    assert [("hidden-columns", "E"), ("hidden-rows", "3")] == said(found)


def test_hidden_sheet(tmp_path: Path) -> None:
    """A hidden sheet is named and not read."""
    parts = sheet_parts(f"<sheetData>{sheet_row(1, *HEADER)}{sheet_row(2, *ROW)}</sheetData>", "<sheetData/>")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('name="Blad2"', 'name="Oud" state="hidden"')
    found = read(zipped(tmp_path / "a.xlsx", parts))
    assert ("1a", [("hidden-sheet", "Oud")]) == (only(found).number, said(found))


def test_sheet_formulas(tmp_path: Path) -> None:
    """A formula gives the value that was computed last; without one, and with an error, the release is stopped."""
    value, none, error = "<c><f>A1</f><v>7</v></c>", "<c><f>A1</f></c>", '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    found = read(workbook(tmp_path / "a.xlsx", sheet_row(2, value, "Sloten", none, error)))
    assert "7" == only(found).number
    expected = [("formula", "A2, D2"), ("formula-without-value", "C2"), ("cell-error", "D2")]
    assert sorted(expected) == sorted(said(found))


def test_sheet_numbers_and_dates(tmp_path: Path) -> None:
    """Numbers are as one types them, dates year-month-day, also from 1904 on; a text keeps its zeros."""
    formats = f"""<styleSheet xmlns="{SHEET}"><numFmts><numFmt numFmtId="164" formatCode="d\\-mmm"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="2"/></cellXfs></styleSheet>"""
    cells = ("<c><v>1</v></c>", '<c s="1"><v>45000</v></c>', '<c s="2"><v>45000.5</v></c>', '<c s="3"><v>1.1</v></c>')
    path = workbook(tmp_path / "a.xlsx", sheet_row(2, *cells), styles=formats)
    rows = [row.cells for row in in_this_process(path) if isinstance(row, SourceRow)]
    assert ("1", "2023-03-15", "2023-03-15 12:00", "1.10") == rows[1]
    parts = sheet_parts(f"<sheetData>{sheet_row(1, cells[1])}</sheetData>", styles=formats)
    book = str(parts["xl/workbook.xml"])
    for truth in ("1", "true"):
        parts["xl/workbook.xml"] = book.replace("<sheets>", f'<workbookPr date1904="{truth}"/><sheets>')
        rows = [row.cells for row in in_this_process(zipped(tmp_path / "b.xlsx", parts)) if isinstance(row, SourceRow)]
        assert [("2027-03-16",)] == rows


def test_sheet_merged_cells(tmp_path: Path) -> None:
    """A merged cell counts where it begins, and is named; an empty merged cell says nothing."""
    rows = sheet_row(2, *ROW), sheet_row(3, "1b", "Kaart", "x")
    merged = '<mergeCells><mergeCell ref="D2:D3"/><mergeCell ref="F9:G9"/></mergeCells>'
    found = read(workbook(tmp_path / "a.xlsx", *rows, after=merged))
    assert [("merged-cells", "GZ")] == said(found)
    assert [1, 0] == [len(item.parties) for item in found if isinstance(item, Entry)]


@pytest.mark.parametrize("merged", ["B2:C2", "C2:C3"])
def test_sheet_text_beneath_a_merged_cell(tmp_path: Path, merged: str) -> None:
    """A text that a merged cell covers is seen by nobody: it is not published, and said."""
    rows = sheet_row(2, *ROW), sheet_row(3, "1b", "Kaart", "geheim", "GZ")
    found = read(workbook(tmp_path / "a.xlsx", *rows, after=f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>'))
    assert {"merged-cells", "hidden-text"} == {code for code, _ in said(found)}
    covered = {"B2:C2": ["", "geheim"], "C2:C3": ["Schoon water.", ""]}
    assert covered[merged] == [item.description for item in found if isinstance(item, Entry)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><is><t>woord</t></is></c>", "woord"),
        ('<c t="inlineStr"><v>woord</v></c>', "woord"),
        ('<c t="str"><is><t>een</t></is><v>twee</v></c>', "een twee"),
    ],
)
def test_sheet_cell_that_is_not_as_it_says(tmp_path: Path, cell: str, text: str) -> None:
    """The words of a cell count wherever they stand in it, whatever kind the cell says it is."""
    assert text == only(read(workbook(tmp_path / "a.xlsx", sheet_row(2, "1a", cell, "x", "GZ")))).title


@pytest.mark.parametrize("cell", ['<c t="x"><v>woord</v></c>', '<c t="str"><w>woord</w></c>'])
def test_sheet_cell_of_a_kind_that_does_not_exist(tmp_path: Path, cell: str) -> None:
    """A cell that no program writes is refused by its name."""
    with pytest.raises(UnreadableInput, match="cell B2 is of a kind that does not exist"):
        read(workbook(tmp_path / "a.xlsx", sheet_row(2, "1a", cell, "x", "GZ")))


def test_sheet_comments_and_text_boxes(tmp_path: Path) -> None:
    """Comments are counted by their cells, text boxes named with their words."""
    parts = sheet_parts(f"<sheetData>{sheet_row(1, *HEADER)}{sheet_row(2, *ROW)}</sheetData>")
    parts["xl/_rels/sheet1.xml.rels"] = relations(comments="c.xml", drawing="d.xml")
    parts["xl/c.xml"] = f'<comments xmlns="{SHEET}"><commentList><comment ref="B2"/></commentList></comments>'
    parts["xl/d.xml"] = '<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p>Let op</a:p></x>'
    found = read(zipped(tmp_path / "a.xlsx", parts))
    assert [("comments", "B2"), ("text-box", "Let op")] == said(found)


def test_ods_what_is_hidden_merged_computed_or_beside(tmp_path: Path) -> None:
    """An ODS sheet says the same things as an XLSX sheet does."""
    styles = "<office:automatic-styles><style:style style:name='h'><style:table-properties table:display='false'/>"
    styles += "</style:style></office:automatic-styles>"
    note = "<office:annotation><text:p>wie?</text:p></office:annotation>"
    annotated = ods_cell("Schoon water.").replace("<text:p>", f"{note}<text:p>", 1)
    filtered = "".join(map(ods_cell, ("1c", "Weg", "x", "GZ")))
    merged, covered = ods_cell("GZ", 'table:number-rows-spanned="2"'), "<table:covered-table-cell/>"
    rows = [
        "".join(map(ods_cell, HEADER)),
        ods_cell("1a", 'table:formula="of:=1"') + ods_cell("Sloten") + annotated + merged,
        ods_cell("1b") + ods_cell("Kaart") + ods_cell("x") + covered,
    ]
    body = "<table:tracked-changes/><table:table table:name='A'>"
    body += "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body += f"<table:table-row table:visibility='filter'>{filtered}</table:table-row></table:table>"
    body += f"<table:table table:name='B' table:style-name='h'><table:table-row>{ods_cell('x')}</table:table-row></table:table>"  # noqa: E501 - one row of the table under test
    ods_file(tmp_path / "a.ods", body.replace("<table:tracked-changes/>", ""), styles)
    found = read(tmp_path / "a.ods")
    assert ["1a", "1b"] == [item.number for item in found if isinstance(item, Entry)]
    assert {
        ("hidden-sheet", "B"),
        ("merged-cells", "GZ"),
        ("formula", "A2"),
        ("hidden-rows", "4"),
        ("comments", "1"),
    } == set(said(found))
    ods_file(tmp_path / "b.ods", body, styles)
    assert "tracked-changes" in dict(said(read(tmp_path / "b.ods")))


@pytest.mark.parametrize(
    ("inside", "description", "findings"),
    [
        ("<text:list><text:list-item><text:p>zes</text:p></text:list-item></text:list>", "zes", []),
        ("<text:h>zes</text:h>", "zes", []),
        ("<text:p>zes</text:p><draw:custom-shape><text:p>op</text:p></draw:custom-shape>", "zes", [("text-box", "op")]),
        ("<text:p>zes<draw:rect><text:p>op</text:p></draw:rect></text:p>", "zes", [("text-box", "op")]),
        (f"<text:p>zes{NOTE}</text:p>", "zes", [("footnote", "onder voorbehoud")]),
    ],
)
def test_ods_text_in_a_list_a_heading_a_shape_or_a_note(
    tmp_path: Path, inside: str, description: str, findings: list[tuple[str, str]]
) -> None:
    """Lists and headings in a cell are its text; a shape over it is a text box, once, and a note is none of it."""
    cell = f"<table:table-cell>{inside}</table:table-cell>"
    rows = ["".join(map(ods_cell, HEADER)), ods_cell("1a") + ods_cell("Sloten") + cell + ods_cell("GZ")]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    ods_file(tmp_path / "a.ods", f"<table:table table:name='A'>{body}</table:table>")
    found = read(tmp_path / "a.ods")
    assert (description, findings) == (only(found).description, said(found))


# Web pages


def page(path: Path, *rows: str, around: str = "{}") -> Path:
    head = "<tr>" + "".join(f"<th>{cell}" for cell in HEADER)
    path.write_text(around.format(f"<table>{head}{''.join(rows)}</table>"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("cell", "findings", "description"),
    [
        ("<p>Een &amp; twee<p>Drie", [], "Een & twee\n\nDrie"),
        ("Doel:<ul><li>meten<li>weten</ul>", [], "Doel:\n- meten\n- weten"),
        ("Doel:<ul><li><p>meten</p></li>\n<li><p>weten</p></li></ul>", [], "Doel:\n- meten\n- weten"),
        ("Een<br>twee <b>drie</b>", [], "Een\ntwee drie"),
        ("Een<script>alert(1)</script><style>a{}</style>", [], "Een"),
        ("Een<span style='display: none'>geheim</span>", [("hidden-text", "")], "Een"),
        ("Een<i class='x sr-only'>geheim</i>", [("text-outside-table", "geheim")], "Een"),
        ("Een<i style='position:absolute;left:-9999px'>geheim</i>", [("text-outside-table", "geheim")], "Een"),
        ("<i class='visually-hidden'>Doel</i> een", [], "Doel een"),
        ("Een<del>oud</del>", [("tracked-changes", "")], "Een"),
        ("Een<img src='http://localhost:1/x'>", [("pictures", "")], "Een"),
        ("Een<table><tr><td>a<td>b</table>", [("nested-table", "")], "Een\n\na; b;"),
        ("Een<input value='twee'>", [("text-box", "twee")], "Een"),
        ("kinderen &lt;5 jaar", [], "kinderen <5 jaar"),
        ("Een<math><mi>x</mi></math>", [], "Eenx"),
        ("Een<select><option>twee</select>", [("text-box", "twee")], "Een"),
        ("Een<svg><text>twee</text></svg>", [("text-box", "twee")], "Een"),
        ("Een<noscript>twee</noscript>", [("hidden-text", "")], "Een"),
        ("Een<template>twee</template>", [("hidden-text", "")], "Een"),
        ("Een<object>twee</object>", [("hidden-text", "")], "Een"),
        ("Een<hr>twee", [], "Een\n\ntwee"),
        ("<details><summary>Een</summary>twee</details>", [], "Een\n\ntwee"),
        (f"Een<input value='{'woord ' * 50}'>", [("text-box", "woord " * 50)], "Een"),
    ],
)
def test_html_cell(tmp_path: Path, cell: str, findings: list[tuple[str, str]], description: str) -> None:
    """A cell of a web page gives the text that a browser shows; what else is in it is said."""
    found = read(page(tmp_path / "a.html", f"<tr><td>1a<td>Sloten<td>{cell}<td>GZ"))
    assert (findings, description) == (said(found), only(found).description)


def test_html_cells_over_rows_and_columns(tmp_path: Path) -> None:
    """Rows and columns fall where a browser lays them; a cell over rows counts for the first of them."""
    rows = "<tr><td colspan=4>1. Water", "<tr><td>1a<td>Sloten<td>x<td rowspan=2>GZ", "<tr><td>1b<td>Kaart<td>y"
    found = read(page(tmp_path / "a.html", *rows, around="<h1>Agenda</h1>{}<p>Einde <i>van de</i> lijst"))
    assert [
        ("text-outside-table", "Agenda"),
        ("merged-cells", "GZ"),
        ("text-outside-table", "Einde van de lijst"),
    ] == said(found)
    assert [("x", 1), ("y", 0)] == [(item.description, len(item.parties)) for item in found if isinstance(item, Entry)]


def test_html_cell_to_the_end_of_its_rows(tmp_path: Path) -> None:
    """A cell with rowspan="0" goes on to the end of its group of rows, and into no other."""
    rows = "<tr><td rowspan=0>1a<td>Sloten<td>x<td>GZ", "<tr><td>Kaart<td>y<td>HD", "<tbody><tr><td>1b<td>Pad<td>z"
    found = read(page(tmp_path / "a.html", "<tr><td colspan=4>1. Water<tbody>", *rows))
    assert [("row-without-number", "Kaart | y | HD"), ("merged-cells", "1a")] == said(found)
    assert ["x", "z"] == [item.description for item in found if isinstance(item, Entry)]


def test_table_that_lays_out_a_page(tmp_path: Path) -> None:
    """What stands in its cells is read as if it were not there: headings, texts, and tables in any depth."""
    table = "<table><tr><th>Nr.<th>Project<th>Trekker<tr><td>1a<td>Sloten<td><table><tr><td>GZ</table></table>"
    frame = f"<table><tr><td>menu<td><table><tr><td><h2>Water</h2>Uitleg.{table}</table><td><p>nieuws</table>"
    (tmp_path / "a.html").write_text(f"{frame}<p>einde", encoding="utf-8")
    found = read(tmp_path / "a.html")
    assert [("1a", "Sloten", ("Water",))] == [
        (item.number, item.title, item.section) for item in found if isinstance(item, Entry)
    ]
    assert [
        ("text-outside-table", "menu"),
        ("text-outside-table", "Uitleg."),
        ("nested-table", ""),
        ("text-outside-table", "nieuws"),
        ("text-outside-table", "einde"),
    ] == said(found)


# PDF


def test_pdf_table_that_starts_on_page_7(tmp_path: Path) -> None:
    """Pages of text before the table are named line by line, and the table is read where it starts."""
    intro = [(f"Zin {number} van de inleiding.",) for number in range(1, 300)]
    conversions.pdf([*intro, HEADER, ROW], tmp_path / "a.pdf")
    found = read(tmp_path / "a.pdf")
    place = only(found).place
    assert place.first_page is not None
    assert place.first_page >= 7
    words = [words for code, words in said(found) if code == "text-outside-table"]
    assert not {text for (text,) in intro} - set(words)


def test_pdf_note_under_the_table(tmp_path: Path) -> None:
    """A note in the last row of the table is in no entry, and named with its page."""
    conversions.pdf([HEADER, ROW, ("* onder voorbehoud",)], tmp_path / "a.pdf")
    found = read(tmp_path / "a.pdf")
    assert "Schoon water." == only(found).description
    (note,) = (item for item in found if isinstance(item, Finding) and item.code == "looks-like-remark")
    assert note.place is not None
    assert ("* onder voorbehoud", 1) == (note.words, note.place.first_page)


def test_pdf_page_without_text(tmp_path: Path) -> None:
    """A page that is a picture in a document of text stops the release, with its number."""
    from pypdfium2 import PdfDocument

    conversions.pdf([HEADER, ROW], tmp_path / "tekst.pdf")
    drawing = canvas.Canvas(str(tmp_path / "scan.pdf"))
    drawing.rect(10, 10, 300, 300, fill=1)
    drawing.showPage()
    drawing.save()
    with PdfDocument(tmp_path / "tekst.pdf") as both, PdfDocument(tmp_path / "scan.pdf") as scan:
        both.import_pages(scan)
        both.save(tmp_path / "a.pdf")
    found = read(tmp_path / "a.pdf")
    assert ("page-without-text", "2") in said(found)


def test_pdf_words_at_the_end_of_a_line(tmp_path: Path) -> None:
    """A word broken at its hyphen is put together and named, for the hyphen may be one too many."""
    text = "Het plan voor de toekomst van het onderwijs in deze stad en haar omgeving met veel kennis-" * 3
    conversions.pdf(
        [HEADER, ("1a", "Sloten", text.replace("kennis-", "kennis-instellingen "), "GZ")], tmp_path / "a.pdf"
    )
    assert text.replace("kennis-", "kennis-instellingen ").strip() == only(read(tmp_path / "a.pdf")).description


def test_pdf_table_without_lines_is_refused(tmp_path: Path) -> None:
    """Columns that only the eye sees are not guessed."""
    drawing = canvas.Canvas(str(tmp_path / "a.pdf"))
    for at, row in enumerate((HEADER, ROW)):
        for column, cell in enumerate(row):
            drawing.drawString(50 + 130 * column, 700 - 20 * at, cell)
    drawing.save()
    with pytest.raises(UnreadableInput, match="no table"):
        read(tmp_path / "a.pdf")


def test_pdf_text_between_lines_that_make_no_cell(tmp_path: Path) -> None:
    """Text beside which the lines of a table run, but which is in no cell, stops the release."""
    drawing = canvas.Canvas(str(tmp_path / "a.pdf"))
    for column, cell in enumerate(ROW):
        drawing.drawString(55 + 130 * column, 690, cell)
        for at in range(0, 600, 5):  # dashes
            drawing.line(50 + 130 * column, 100 + at, 50 + 130 * column, 104 + at)
    drawing.save()
    codes = [row.code for row in in_this_process(tmp_path / "a.pdf") if isinstance(row, Finding)]
    assert ["text-in-open-table"] == codes


# Any kind


def test_garbled_letters(tmp_path: Path) -> None:
    """Letters that went wrong in an earlier life of the text are named."""
    (tmp_path / "a.txt").write_text("nr\tProject\tTrekker\n1a\tCafÃ© De Kroon\tGZ\n", encoding="utf-8")
    assert [("garbled-letters", "CafÃ© De Kroon")] == said(read(tmp_path / "a.txt"))


@pytest.mark.parametrize("sign", "\u200b\u202e\u2066\ufeff")
def test_case_59_invisible_characters(tmp_path: Path, sign: str) -> None:
    """Case 59: characters that nobody sees or that turn the text round are taken over, and said by their numbers."""
    (tmp_path / "a.txt").write_text(f"nr\tProject\tTrekker\n1a\tSlo{sign}ten\tGZ\n", encoding="utf-8")
    found = read(tmp_path / "a.txt")
    assert (f"Slo{sign}ten", [("invisible-characters", "Sloten")]) == (only(found).title, said(found))
    assert [f"U+{ord(sign):04X}"] == [item.values["characters"] for item in found if isinstance(item, Finding)]


@pytest.mark.parametrize("sign", "\u200b\u2060\ufeff")
def test_sign_without_width_beside_a_blank(tmp_path: Path, sign: str) -> None:
    """What a web editor puts in empty lines and around texts is no part of them, and needs no word."""
    (tmp_path / "a.txt").write_text(
        f"nr\tProject\tTrekker\n1a\t{sign}Sloten {sign} en{sign}{sign} riet{sign}\tGZ\n", encoding="utf-8"
    )
    found = read(tmp_path / "a.txt")
    assert ("Sloten en riet", []) == (only(found).title, said(found))


def test_family_in_an_emoji_is_no_invisible_character(tmp_path: Path) -> None:
    """A joiner within an emoji is part of it."""
    (tmp_path / "a.txt").write_text("nr\tProject\tTrekker\n1a\tGezin 👨\u200d👩\u200d👧\tGZ\n", encoding="utf-8")
    assert [] == said(read(tmp_path / "a.txt"))


def test_what_a_document_carries_along(tmp_path: Path) -> None:
    """Case 85: macros, embedded files and links to other files are listed, and nothing is asked for."""
    parts = word_parts(word_table(word_row(*ROW)))
    parts |= {"word/vbaProject.bin": b"\x00", "word/embeddings/oleObject1.bin": b"\x00"}
    link = '<Relationship Id="x" Type="t/attachedTemplate" Target="http://localhost:1/t.dotm" TargetMode="External"/>'
    parts["word/_rels/document.xml.rels"] = relations().replace("</Relationships>", f"{link}</Relationships>")
    words = "word/vbaProject.bin, word/embeddings/oleObject1.bin, http://localhost:1/t.dotm"
    found = read(zipped(tmp_path / "a.docx", parts))
    assert ("1a", [("carried-along", words)]) == (only(found).number, said(found))


@pytest.mark.parametrize(
    ("write", "name", "kind"),
    [
        (conversions.xlsx, "a.csv", "xlsx"),
        (conversions.docx_rows, "a.pdf", "docx"),
        (conversions.html_page, "a.xls", "html"),
        (conversions.pdf, "a.docx", "pdf"),
        (conversions.delimited(";", "utf-8"), "a.txt", "csv"),
        (conversions.text, "a.doc", "txt"),
        (conversions.ods, "a.xlsx", "ods"),
    ],
)
def test_case_88_the_content_decides(tmp_path: Path, write: conversions.Writer, name: str, kind: str) -> None:
    """Case 88: a wrong name is reported, and the document is read as what it is."""
    write([HEADER, ROW], tmp_path / name)
    found = read(tmp_path / name)
    assert ("kind-differs", name) in said(found)
    (finding,) = (item for item in found if isinstance(item, Finding) and item.code == "kind-differs")
    assert kind == finding.values["kind"]
    assert "1a" == only(found).number


def test_row_without_text_says_nothing(tmp_path: Path) -> None:
    """Empty cells and rows with a style only are no rows."""
    empty = '<row r="90000"><c r="ZZ90000" s="1"/></row>'
    found = read(workbook(tmp_path / "a.xlsx", sheet_row(2, *ROW), empty))
    assert ("1a", []) == (only(found).number, said(found))
