"""Documents that are made to hurt, or damaged: refused or read within the bounds, with the place and what to do.

The numbers are those of the cases that a reader of documents has to stand.
"""

from __future__ import annotations

import itertools
import json
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Place, SourceRow
from kennis_ld.reading import documents, frames, limits, sandbox
from tests.reading import conversions
from tests.reading.conversions import ods_cell, ods_file
from tests.reading.files import (
    HEADER,
    deflated,
    paragraph,
    pdf,
    pdf_page,
    sheet_cell,
    sheet_parts,
    sheet_row,
    word,
    word_parts,
    word_row,
    word_table,
    zipped,
)

ROW = ("1a", "Sloten", "Schoon water.", "GZ")
TABLE = word_table(word_row(*ROW))
LONG = "x" * 5_000_000


def refused(path: Path, what: str, *, seconds: float = 10) -> UnreadableInput:
    """The error for a document that cannot be read; it says where and what to do, in time."""
    started = time.monotonic()
    with pytest.raises(UnreadableInput, match=what) as error:
        list(documents.rows(path))
    assert time.monotonic() - started < seconds
    assert path.name in error.value.where
    assert error.value.remedy
    return error.value


def rows(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in documents.rows(path) if isinstance(row, SourceRow) and row.cells]


def patched(path: Path, record: bytes, offset: int, value: bytes) -> Path:
    """Overwrites bytes in each record of a kind in a zip."""
    content = bytearray(path.read_bytes())
    at = content.find(record)
    while at >= 0:
        content[at + offset : at + offset + len(value)] = value
        at = content.find(record, at + 4)
    path.write_bytes(content)
    return path


def test_case_67_word_file_that_swells(tmp_path: Path) -> None:
    """300 MB of blanks in less than a megabyte and a half is refused before it is unpacked."""
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in word_parts("").items():
            if name != "word/document.xml":
                archive.writestr(name, content)
        with archive.open("word/document.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * 1_000_000)
    assert (tmp_path / "a.docx").stat().st_size < 1_500_000
    refused(tmp_path / "a.docx", "expanded size over 50 MB", seconds=3)


def test_case_68_size_that_the_directory_lies_about(tmp_path: Path) -> None:
    """What comes out of a part is counted: a list of files that says less is found out."""
    path = zipped(tmp_path / "a.docx", word_parts(TABLE + paragraph("x" * 100_000)))
    refused(patched(path, b"PK\x01\x02", 24, struct.pack("<L", 900)), "damaged")


@pytest.mark.usefixtures("documents_read_here")
def test_case_68_zip_with_too_many_files(tmp_path: Path) -> None:
    """A list of files is counted before it is read, and a false count helps nobody."""
    many = {f"x{number}": b"" for number in range(limits.MEMBERS + 1)}
    path = zipped(tmp_path / "a.docx", word_parts(TABLE) | many)
    refused(path, "more than 5000 files")
    refused(patched(path, b"PK\x05\x06", 8, b"\x01\x00\x01\x00"), "holds 50.. files|damaged")


def test_case_68_parts_in_the_same_place(tmp_path: Path) -> None:
    """Two names for the same bytes are refused."""
    path = zipped(tmp_path / "a.docx", word_parts(TABLE))
    refused(patched(path, b"PK\x01\x02", 42, b"\x00\x00\x00\x00"), "in the same place")


def test_case_68_zip_in_a_zip_is_never_opened(tmp_path: Path) -> None:
    """What stands in the zip and is no part of the document is not touched."""
    inner = zipped(tmp_path / "in.zip", {"x": b" " * 1_000_000}).read_bytes()
    assert ROW in rows(zipped(tmp_path / "a.docx", word_parts(TABLE) | {"word/media/image1.zip": inner}))


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [{}]>'
LAUGHS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise("abcdefgh"))


@pytest.mark.parametrize(
    "entity",
    [
        "",
        LAUGHS,
        f'<!ENTITY h "{"x" * 50_000}">',
        '<!ENTITY h SYSTEM "file:///etc/passwd">',
        '<!ENTITY h SYSTEM "http://127.0.0.1:1/">',
        '<!ENTITY % h SYSTEM "http://127.0.0.1:1/"> %h;',
    ],
    ids=["none", "laughs", "quadratic", "file", "http", "parameter"],
)
@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "_rels/.rels", "docProps/app.xml", "word/footnotes.xml"]
)
def test_cases_69_and_70_doctype_in_any_part(tmp_path: Path, part: str, entity: str) -> None:
    """A document type declaration is refused in every part, whatever it declares; nothing is dropped or asked for."""
    parts = word_parts(TABLE, styles="<x/>", footnotes="<x/>") | {"docProps/app.xml": "<x/>"}
    content = str(parts[part])
    parts[part] = DOCTYPE.format(entity) + content[content.find("?>") + 2 :].replace("Sloten", "&h;")
    refused(zipped(tmp_path / "a.docx", parts), "DOCTYPE")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
@pytest.mark.usefixtures("documents_read_here")
def test_case_69_doctype_behind_a_long_comment(tmp_path: Path, encoding: str) -> None:
    """The parser refuses what a look at the first bytes does not see."""
    parts = word_parts(TABLE)
    body = str(parts["word/document.xml"]).partition("?>")[2].replace("Sloten", "&h;")
    text = f'<?xml version="1.0" encoding="{encoding}"?><!--{"x" * 5000}--><!DOCTYPE x [{LAUGHS}]>{body}'
    refused(zipped(tmp_path / "a.docx", parts | {"word/document.xml": text.encode(encoding)}), "DOCTYPE")


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
@pytest.mark.usefixtures("documents_read_here")
def test_case_69_doctype_in_a_spreadsheet(tmp_path: Path, name: str) -> None:
    """Spreadsheets of both kinds are held to the same."""
    writer = conversions.WRITERS[{"a.xlsx": "blad.xlsx", "a.ods": "blad.ods"}[name]]
    writer([HEADER, ROW], tmp_path / name)
    with zipfile.ZipFile(tmp_path / name) as archive:
        parts: dict[str, str | bytes] = {item: archive.read(item) for item in archive.namelist()}
    target = "content.xml" if name == "a.ods" else "xl/worksheets/sheet1.xml"
    content = bytes(parts[target])  # type: ignore[arg-type]
    parts[target] = DOCTYPE.format(LAUGHS).encode() + content.partition(b"?>")[2 if b"?>" in content else 0]
    refused(zipped(tmp_path / name, parts), "DOCTYPE")


def test_case_70_entities_in_a_web_page(tmp_path: Path) -> None:
    """A web page that declares entities is refused."""
    (tmp_path / "a.html").write_text(f"<!DOCTYPE html [{LAUGHS}]><table><tr><td>&h;</table>")
    refused(tmp_path / "a.html", "declares entities")


@pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "word/../../x.xml", "C:/x.xml", "..\\x.xml"])
@pytest.mark.usefixtures("documents_read_here")
def test_case_71_names_outside_the_document(tmp_path: Path, name: str) -> None:
    """A part with a name that leads elsewhere is refused; nothing is ever written to disk anyway."""
    refused(zipped(tmp_path / "a.docx", word_parts(TABLE) | {name: "<x/>"}), "outside the document")


def test_zip_with_a_part_before_the_start(tmp_path: Path) -> None:
    """A list of files that points before the start of the file, as one byte too few makes it, is refused in words."""
    word(tmp_path / "a.docx", TABLE)
    content = (tmp_path / "a.docx").read_bytes()
    (tmp_path / "a.docx").write_bytes(content[:60] + content[61:])
    assert "cannot handle" not in str(refused(tmp_path / "a.docx", "damaged|in the same place"))


def test_xml_in_an_encoding_that_does_not_exist(tmp_path: Path) -> None:
    """XML that names an encoding nobody knows is damaged."""
    parts = word_parts(TABLE)
    parts["word/document.xml"] = str(parts["word/document.xml"]).replace("UTF-8", "UUTF-8", 1)
    refused(zipped(tmp_path / "a.docx", parts), "The XML is damaged: unknown encoding")


def test_pdf_font_without_widths(tmp_path: Path) -> None:
    """Where no letter has a width, words cannot be told from one another: the document is refused, with the page."""
    stream = b"BT /F 10 Tf 50 700 Td (Kennisagenda van de stad) Tj ET"
    path = pdf_page(tmp_path / "a.pdf", stream)
    path.write_bytes(path.read_bytes().replace(b"/Helvetica", b"/Helvetic1"))
    refused(path, "does not say how wide its letters are")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.usefixtures("documents_read_here")
def test_case_71_links_and_doubles(tmp_path: Path) -> None:
    """A link, and a second part of the same name in any spelling, are refused."""
    with zipfile.ZipFile(zipped(tmp_path / "a.docx", word_parts(TABLE)), "a") as archive:
        link = zipfile.ZipInfo("word/x.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    refused(tmp_path / "a.docx", "is a link")
    for number, double in enumerate(("word/document.xml", "Word/Document.XML")):
        with zipfile.ZipFile(zipped(tmp_path / f"{number}.docx", word_parts(TABLE)), "a") as archive:
            archive.writestr(double, "<x/>")
        refused(tmp_path / f"{number}.docx", "twice")


@pytest.mark.parametrize("reference", ["XFD1048576", "IX2", "A250001"])
def test_case_72_cell_at_the_far_corner(tmp_path: Path, reference: str) -> None:
    """A text far from the corner of the sheet is refused at once, by the name of its cell."""
    digits = int("".join(filter(str.isdigit, reference)))
    sheet = f"<sheetData>{sheet_row(1, *HEADER)}{sheet_row(digits, sheet_cell('x', reference))}</sheetData>"
    error = refused(zipped(tmp_path / "a.xlsx", sheet_parts(sheet)), "over the limit", seconds=2)
    assert reference in error.what


@pytest.mark.parametrize("repeat", ["columns", "rows"])
def test_case_72_ods_cell_repeated_without_end(tmp_path: Path, repeat: str) -> None:
    """A text that is said to stand in a million cells is refused at once."""
    times = f'table:number-{repeat}-repeated="1000000"'
    cell = ods_cell("x", times if repeat == "columns" else "")
    row = f"<table:table-row {times if repeat == 'rows' else ''}>{cell}</table:table-row>"
    ods_file(tmp_path / "a.ods", f"<table:table table:name='A'>{row}</table:table>")
    refused(tmp_path / "a.ods", "over the limit", seconds=2)


def test_case_73_too_many_rows_of_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the bound all rows come out, streaming; more are read to the end, and refused with their exact number."""
    assert 250_000 == limits.ROWS
    monkeypatch.setattr(limits, "ROWS", 2_500)
    (tmp_path / "a.csv").write_text("nr,project,trekker\n" + "1,a,b\n" * 2_510)
    streamed = documents.rows(tmp_path / "a.csv")
    assert 2_500 == sum(1 for _ in itertools.islice(streamed, 2_500))
    with pytest.raises(UnreadableInput, match="has 2511 rows; kennis-ld reads at most 2500"):
        next(streamed)


def test_case_73_the_last_row_that_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document with as many rows as may be is read; with one more it is refused."""
    monkeypatch.setattr(limits, "ROWS", 100)
    path = tmp_path / "a.csv"
    path.write_text("nr,project,trekker\n" + "1,a,b\n" * 99)
    assert 100 == len(list(documents.rows(path)))
    path.write_text(path.read_text() + "1,a,b\n")
    refused(path, "has 101 rows; kennis-ld reads at most 100")


def test_case_73_too_many_rows_in_a_sheet(tmp_path: Path) -> None:
    """A sheet with more rows than a document may have is refused while it is read."""
    sheet = f"<sheetData>{'<row><c><v>1</v></c></row>' * 300_000}</sheetData>"
    refused(zipped(tmp_path / "a.xlsx", sheet_parts(sheet)), "A250001 holds a text", seconds=30)


def test_case_74_cell_without_end_in_a_text(tmp_path: Path) -> None:
    """A cell of 50 MB is refused with its line, in quotes or not, whatever the kind."""
    for name in ("a.txt", "a.csv"):
        (tmp_path / name).write_text("nr,project,trekker\n1,a,b\n2,a," + "x" * 49_000_000)
        assert refused(tmp_path / name, "longer than").where.endswith(f"{name}:3")
    lines = "x" * 1000 + "\n"
    (tmp_path / "b.csv").write_text(f'nr,project,trekker\n1,a,b\n2,a,"{lines * 200}"\n')
    assert refused(tmp_path / "b.csv", "more than 131072").where.endswith("b.csv:3")


def test_case_74_cell_without_end_elsewhere(tmp_path: Path) -> None:
    """A cell of millions of characters is refused with its row."""
    word(tmp_path / "a.docx", word_table(word_row(*ROW), word_row("1b", LONG, "x", "GZ")))
    assert "row or paragraph 3" in refused(tmp_path / "a.docx", "characters").what
    sheet = f"<sheetData>{sheet_row(1, *HEADER)}{sheet_row(2, '1a', sheet_cell(LONG, 'B2'))}</sheetData>"
    assert "row or paragraph 2" in refused(zipped(tmp_path / "a.xlsx", sheet_parts(sheet)), "characters").what
    (tmp_path / "a.html").write_text(f"<table>\n<tr><td>1a\n<tr><td>{LONG}</table>")
    assert refused(tmp_path / "a.html", "characters").where.endswith("a.html, table 1, row 2")
    half = "x" * 1_500_000
    word(tmp_path / "b.docx", word_table(word_row("1a", half, "x", "GZ")))
    assert refused(tmp_path / "b.docx", "more than 1048576").where.endswith("b.docx, table 1, row 2, cell 2")


@pytest.mark.parametrize(("times", "filters"), [(1, "/FlateDecode"), (2, "/FlateDecode /FlateDecode")])
def test_case_75_pdf_that_swells(tmp_path: Path, times: int, filters: str) -> None:
    """A stream of 100 MB or more in a PDF, packed once or twice, is an error and never an empty page."""
    refused(pdf_page(tmp_path / "a.pdf", deflated(200_000_000 // times, times), filters=filters), "expanded size")


@pytest.mark.usefixtures("documents_read_here")
def test_case_75_damaged_stream(tmp_path: Path) -> None:
    """A stream that breaks off is an error: what is behind the break would be lost."""
    stream = deflated(1_000_000)
    refused(pdf_page(tmp_path / "a.pdf", stream[: len(stream) // 2], filters="/FlateDecode"), "cut off|damaged")
    refused(pdf_page(tmp_path / "b.pdf", b"no zlib", filters="/FlateDecode"), "damaged")


def test_case_75_pages_in_a_loop(tmp_path: Path) -> None:
    """A list of pages that refers to itself, or has fewer pages than it says, is an error."""
    refused(pdf_page(tmp_path / "a.pdf", b"", kids="2 0 R 3 0 R", count=2), "2 pages, and 1 can be found")
    refused(pdf_page(tmp_path / "b.pdf", b"", kids="2 0 R"), "can be found|no text")
    refused(pdf_page(tmp_path / "c.pdf", b"", count=3), "3 pages, and 1 can be found")
    refused(pdf(tmp_path / "d.pdf", [b"<< /Type /Catalog >>"]), "can be found|damaged")


@pytest.mark.usefixtures("documents_read_here")
def test_case_75_encrypted_scanned_or_empty(tmp_path: Path) -> None:
    """A PDF with a password, one that is a scan and one with empty pages are errors that say so."""
    for name, password in (("a.pdf", "geheim"), ("b.pdf", None)):
        drawing = canvas.Canvas(str(tmp_path / name), encrypt=StandardEncryption(password) if password else None)
        drawing.rect(10, 10, 300, 300, fill=1)
        drawing.showPage()
        drawing.save()
    refused(tmp_path / "a.pdf", "password")
    refused(tmp_path / "b.pdf", "no text")
    refused(pdf_page(tmp_path / "c.pdf", b""), "no text")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_case_75_office_with_a_password(tmp_path: Path, name: str) -> None:
    """Word and Excel pack a file with a password in an older kind of file; so does LibreOffice within the zip."""
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    (tmp_path / name).write_bytes(old + "EncryptedPackage".encode("utf-16-le"))
    refused(tmp_path / name, "password")
    (tmp_path / "a.xls").write_bytes(old)
    refused(tmp_path / "a.xls", "before 2007")
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    manifest = f"<manifest:manifest {space}><manifest:encryption-data/></manifest:manifest>"
    parts = {"mimetype": conversions.ODS, "META-INF/manifest.xml": manifest, "content.xml": b"\x00\x01"}
    refused(zipped(tmp_path / "a.ods", parts), "password")


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("nr,project,trekker\n1,a\x00b,c\n", r"U\+0000", ":2"),
        ('nr,project,trekker\n1,a,b\n2,"a,b\n3,a,b\n', "never closed", ":3"),
        ('nr,project,trekker\n1,"a"b,c\n', "no CSV", ":2"),
        ("nr\nproject\n", "No comma", ""),
    ],
)
def test_case_78_damaged_csv(tmp_path: Path, text: str, what: str, line: str) -> None:
    """What is no CSV is an error with the line in which it begins."""
    (tmp_path / "a.csv").write_text(text)
    assert refused(tmp_path / "a.csv", what).where.removesuffix(":4").startswith(f"a.csv{line}")


def test_case_78_lines_and_delimiters(tmp_path: Path) -> None:
    """A lone carriage return ends a line; the delimiter is the one that gives all rows the same cells."""
    (tmp_path / "a.csv").write_bytes(b'nr;project;trekker\r1;a, b, c;"x;\ry"\r\r2;c, d, e;"z ""q"""\r')
    assert [("nr", "project", "trekker"), ("1", "a, b, c", "x;\ny"), ("2", "c, d, e", 'z "q"')] == rows(
        tmp_path / "a.csv"
    )
    (tmp_path / "b.csv").write_text("sep=|\nnr|project|trekker\n1|a,b,c|d\n")
    assert [("nr", "project", "trekker"), ("1", "a,b,c", "d")] == rows(tmp_path / "b.csv")


def test_two_columns(tmp_path: Path) -> None:
    """A table of two columns is one where every line has two cells; commas in a few texts divide nothing."""
    (tmp_path / "a.csv").write_text("id;titel\n1;Sloten, duinen, strand\n2;Zee\n")
    assert [("id", "titel"), ("1", "Sloten, duinen, strand"), ("2", "Zee")] == rows(tmp_path / "a.csv")


def test_case_78_row_swallowed_by_quotation_marks(tmp_path: Path) -> None:
    """Two stray quotation marks that make one cell of two rows are named."""
    (tmp_path / "a.csv").write_text('nr,project,trekker\n1a,a,"b\n1b,c,d"\n')
    found = [row for row in documents.rows(tmp_path / "a.csv") if isinstance(row, Finding)]
    assert [("row-in-quotes", "1b,c,d")] == [(item.code, item.words) for item in found]
    (tmp_path / "a.csv").write_text('nr,project,trekker\n1a,a,"b\nWater\n1b,c,d"\n')
    found = [row for row in documents.rows(tmp_path / "a.csv") if isinstance(row, Finding)]
    assert ["Water 1b,c,d"] == [" ".join(item.words.split()) for item in found]


SENTENCE = "Café “De Ruïne” – € 5, financiële coördinatie"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html"])
@pytest.mark.usefixtures("documents_read_here")
def test_case_79_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    """The text is right in every usual encoding, and it is said where the encoding was guessed."""
    lines = [("nr", "project", "trekker"), ("1a", SENTENCE, "GZ")]
    texts = {
        "a.txt": "\n".join("\t".join(line) for line in lines),
        "a.csv": "\n".join(";".join(line) for line in lines),
        "a.html": "<table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in line) for line in lines) + "</table>",
    }
    (tmp_path / name).write_bytes(texts[name].encode(encoding))
    assert lines == rows(tmp_path / name)
    guessed = [row.words for row in documents.rows(tmp_path / name) if isinstance(row, Finding)]
    words = "Café, Ruïne, €, financiële, coördinatie"
    assert ([words] if encoding in {"cp1252", "utf-16-le", "utf-16-be"} else []) == guessed


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("1\tCafé\tx\n".encode() + "2\tRuïne\tx\n".encode("cp1252"), "partly UTF-8"),
        ("1\tcafé\tx\n".encode("cp850"), "not UTF-8"),
        ("1\tcafé\tx\n".encode("mac-roman"), "not UTF-8"),
        ("1\tcafé\tx\n".encode("utf-32"), "UTF-32"),
        (b"1\tcaf\x81\tx\n", "neither UTF-8 nor Windows-1252"),
        ("1\tcaf\ufffd\tx\n".encode(), r"U\+FFFD"),
        (b"\xff\xfe1\x00\t\x00\x00\xd8", "begins as UTF-16"),
        (b"1\ta\x07b\n", r"U\+0007"),
    ],
)
def test_case_79_no_letters_by_accident(tmp_path: Path, content: bytes, what: str) -> None:
    """A text in two encodings, or in one that cannot be told, is refused; no letter is made up."""
    (tmp_path / "a.txt").write_bytes(content)
    refused(tmp_path / "a.txt", what)


@pytest.mark.usefixtures("documents_read_here")
def test_case_79_lost_letters_in_any_kind(tmp_path: Path) -> None:
    """A sign for a lost letter or a control character is refused in every kind, with its place."""
    word(tmp_path / "a.docx", word_table(word_row("1a", "caf\ufffd", "x", "GZ")))
    assert refused(tmp_path / "a.docx", r"U\+FFFD").where.endswith("a.docx, table 1, row 2, cell 2")
    conversions.xlsx([HEADER, ("1a", "_x0007_", "x", "GZ")], tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx", r"U\+0007").where.endswith("a.xlsx, cell B2")


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.xlsx", "a.docx", "a.pdf", "a.html", "a"])
@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b"\x00" * 1000])
def test_case_80_empty_file(tmp_path: Path, name: str, content: bytes) -> None:
    """A file with nothing in it is an error, whatever it is called."""
    (tmp_path / name).write_bytes(content)
    refused(tmp_path / name, "empty")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", ["blad.xlsx", "blad.ods", "tabel.docx", "tabel.pdf"])
@pytest.mark.usefixtures("documents_read_here")
def test_case_86_cut_off(tmp_path: Path, name: str, share: float) -> None:
    """A file that is shorter than it says is refused, wherever it was cut."""
    conversions.WRITERS[name]([HEADER, ROW], tmp_path / name)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: int(len(content) * share)])
    refused(tmp_path / name, "damaged|cut off")


def test_case_86_changed_while_it_is_read(tmp_path: Path) -> None:
    """A file that is not, at the end, what it was at the start, is refused; so is one that was replaced."""
    for change in ("append", "replace"):
        path = tmp_path / f"{change}.txt"
        path.write_text("nr\tproject\ttrekker\n1\ta\tb\n")
        reading = documents.rows(path)
        assert next(reading)
        if change == "append":
            with path.open("a") as file:
                file.write("2\ta\tb\n")
        else:
            (tmp_path / "new").write_text("nr\tproject\ttrekker\n1\tX\tb\n")
            (tmp_path / "new").replace(path)
        with pytest.raises(UnreadableInput, match="changed while"):
            list(reading)


def test_case_87_twice_the_same(tmp_path: Path) -> None:
    """The same file gives the same rows and findings each time."""
    conversions.pdf([HEADER, ROW], tmp_path / "a.pdf")
    assert list(documents.rows(tmp_path / "a.pdf")) == list(documents.rows(tmp_path / "a.pdf"))


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n...", b"{\\rtf1 x}", b"<?xml version='1.0'?><x/>", b"Rar!xx"])
def test_case_88_kinds_that_are_not_read(tmp_path: Path, content: bytes) -> None:
    """Another kind of document is an error that says what to save it as, whatever its name."""
    (tmp_path / "a.docx").write_bytes(content)
    assert "docx" in refused(tmp_path / "a.docx", "The document is").remedy


def test_zip_of_another_kind(tmp_path: Path) -> None:
    """A zip that is no Word file or spreadsheet says what it is."""
    refused(zipped(tmp_path / "a.docx", {"x.txt": "x"}), "no Word file or spreadsheet")
    slides = "application/vnd.oasis.opendocument.presentation"
    refused(zipped(tmp_path / "b.docx", {"mimetype": slides}), "opendocument.presentation")


def test_no_file(tmp_path: Path) -> None:
    """A folder, a pipe and a file that is too large are refused before they are opened."""
    refused(tmp_path, "no file")
    for start, most in ((b"PK\x03\x04", limits.FILE_BYTES), (b"nr\tproject\n", limits.TEXT_BYTES)):
        with (tmp_path / "a.docx").open("wb") as file:
            file.write(start)
            file.truncate(most + 1)
        refused(tmp_path / "a.docx", f"at most {most} are read")


@pytest.mark.parametrize("count", [200, 5_000])
def test_elements_within_one_another(tmp_path: Path, count: int) -> None:
    """Tables in tables in tables, and elements without an end, are refused or read; the program lives."""
    nested = "<w:tbl><w:tr><w:tc>" * count + paragraph("x") + "</w:tc></w:tr></w:tbl>" * count
    refused(word(tmp_path / "a.docx", nested), "deep")
    (tmp_path / "a.html").write_text("<table><tr><td>" * count)
    refused(tmp_path / "a.html", "deep")


# The process that reads


def test_reader_is_stopped_when_it_takes_too_long(tmp_path: Path) -> None:
    """A PDF that keeps its reader busy is an error after the seconds it may take."""
    path = pdf_page(tmp_path / "a.pdf", b"0 0 m 1 1 l S\n" * 1_000_000)
    with path.open("rb") as file, pytest.raises(UnreadableInput, match="more time"):
        list(sandbox.rows(file, kind="pdf", document="a.pdf", seconds=2))


def test_reader_is_stopped_when_it_takes_too_much(tmp_path: Path) -> None:
    """A page that needs more memory than it may take is an error."""
    (tmp_path / "a.html").write_text("<table><tr><td>" + "x" * 40_000_000)
    with (tmp_path / "a.html").open("rb") as file, pytest.raises(UnreadableInput, match="memory"):
        list(sandbox.rows(file, kind="html", document="a.html", memory=30_000_000))


def test_reader_that_dies_is_an_error(tmp_path: Path) -> None:
    """A reader that ends without saying so has lost rows: that is never taken for the end of the document."""
    (tmp_path / "a.html").write_text("<table><tr><td>x</table>")
    with (tmp_path / "a.html").open("rb") as file, pytest.raises(UnreadableInput, match="made its reader stop"):
        list(sandbox.rows(file, kind="no such kind", document="a.html"))


def test_reader_left_alone_is_ended(tmp_path: Path) -> None:
    """Who stops asking for rows leaves no process behind."""
    conversions.html_page([HEADER, *[ROW] * 20_000], tmp_path / "a.html")
    reading = documents.rows(tmp_path / "a.html")
    assert isinstance(reading, Iterator)
    assert next(reading)
    reading.close()  # type: ignore[attr-defined]
    children = Path(f"/proc/self/task/{threading_id()}/children").read_text(encoding="ascii").split()
    assert [] == [child for child in children if "kennis_ld.reading" in command(child)]


def test_a_reader_that_ends_within_a_row_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that was cut off is an error that says that the reader stopped, and none of Python."""
    row = frames.packed(SourceRow(("a", "b"), Place("a.html", 1, 1)))
    monkeypatch.setattr(sandbox, "_START", f"import os; os.write(1, {row + row[:9]!r}); os._exit(3)")
    (tmp_path / "a.html").write_bytes(b"<table>")
    with (tmp_path / "a.html").open("rb") as file, pytest.raises(UnreadableInput, match=r"stop \(code 3\)"):
        list(sandbox.rows(file, kind="html", document="a.html"))


def test_reader_can_open_nothing() -> None:
    """Within the process that reads there are no other files, no network, no other programs and no way back."""
    script = """
import json, resource, socket, subprocess, sys
sys.path[:] = json.loads(sys.argv[1])
from kennis_ld.reading import child
child._confine(20, 100_000_000)
said = []
for name, act in {
    "file": lambda: open("/etc/hostname"),
    "write": lambda: open("/tmp/x", "w"),
    "connect": lambda: socket.socket().connect(("127.0.0.1", 1)),
    "program": lambda: subprocess.run(["true"]),
    "memory": lambda: bytearray(200_000_000),
    "back": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100)),
}.items():
    try:
        act()
        said.append(name)
    except (OSError, MemoryError, ValueError):
        pass
print(said)
"""
    command = [sys.executable, "-I", "-c", script, json.dumps(sys.path)]
    # Root may widen its own bounds; the hook on events holds for everybody.
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout in {"[]\n", "['back']\n"}


def threading_id() -> int:
    import threading

    return threading.get_native_id()


def command(process: str) -> str:
    path = Path(f"/proc/{process}/cmdline")
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
