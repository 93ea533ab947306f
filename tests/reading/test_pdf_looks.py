"""PDF as people see it: letters drawn twice or turned, notes, rows without lines between their columns, torn words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from kennis_ld.model import Entry, Finding, SourceRow
from kennis_ld.reading import documents
from kennis_ld.reading.pdflines import Line, Word, broken_words, paragraph, torn_words
from tests.reading.campaign import in_this_process
from tests.reading.files import add_layers, pdf, pdf_that_may_only_be_read
from tests.reading.here import read, said, shown

COLUMNS = (40, 80, 240, 400, 520)
HEADER = ("Nr.", "Project", "Beschrijving", "Trekker")
Draw = Callable[[canvas.Canvas, float, float, str], None]


def plain(drawing: canvas.Canvas, x: float, y: float, text: str) -> None:
    drawing.drawString(x + 3, y + 7, text)


def twice(drawing: canvas.Canvas, x: float, y: float, text: str) -> None:
    plain(drawing, x, y, text)
    plain(drawing, x + 0.3, y, text)


def table(
    path: Path,
    *rows: Sequence[str],
    draw: Draw = plain,
    height: int = 20,
    ruled: int | None = None,
    sides: Sequence[int] = (COLUMNS[0], COLUMNS[-1]),
) -> Path:
    """A table on one page; only the first `ruled` rows have lines between their columns, the others at these sides."""
    drawing = canvas.Canvas(str(path))
    drawing.setFont("Helvetica", 10)
    ruled = len(rows) if ruled is None else ruled
    for at, row in enumerate(rows):
        y = 700 - height * at
        drawing.line(COLUMNS[0], y, COLUMNS[-1], y)
        drawing.line(COLUMNS[0], y + height, COLUMNS[-1], y + height)
        for x in COLUMNS if at < ruled else sides:
            drawing.line(x, y, x, y + height)
        for x, text in zip(COLUMNS, row, strict=False):
            draw(drawing, x, y, text)
    drawing.save()
    return path


def test_letters_drawn_twice(tmp_path: Path) -> None:
    """Letters that are drawn twice to look bold are read once; double letters stay double."""
    found = read(table(tmp_path / "a.pdf", HEADER, ("1a", "Illusie in aarde", "Zoo", "GD"), draw=twice))
    assert [("1a", "Illusie in aarde", "Zoo", "GD")] == shown(found)


@pytest.mark.parametrize("angle", [90, -90])
def test_letters_on_their_side(angle: int, tmp_path: Path) -> None:
    """Text that is turned a quarter is read in its own direction, the lines of a cell in their order."""

    def turned(drawing: canvas.Canvas, x: float, y: float, text: str) -> None:
        if text not in {"Schone sloten", "GD"}:
            return plain(drawing, x, y, text)
        drawing.saveState()
        drawing.translate(x + 20, y + (8 if angle > 0 else 92))
        drawing.rotate(angle)
        for at, word in enumerate(text.split()):
            drawing.drawString(0, -12 * at, word)
        drawing.restoreState()
        return None

    found = read(table(tmp_path / "a.pdf", HEADER, ("1a", "Schone sloten", "x", "GD"), draw=turned, height=100))
    assert [("1a", "Schone sloten", "x", "GD")] == shown(found)


def test_watermark_is_no_part_of_the_table(tmp_path: Path) -> None:
    """Letters across the page are said, and in no cell."""

    def marked(drawing: canvas.Canvas, x: float, y: float, text: str) -> None:
        plain(drawing, x, y, text)
        if text == "Sloten":
            drawing.saveState()
            drawing.translate(x + 60, y + 2)
            drawing.rotate(45)
            drawing.drawString(0, 0, "CONCEPT")
            drawing.restoreState()

    found = read(table(tmp_path / "a.pdf", HEADER, ("1a", "Sloten", "x", "GD"), draw=marked))
    assert [("1a", "Sloten", "x", "GD")] == shown(found)
    assert [("text-outside-table", "CONCEPT")] == said(found)


def test_raised_mark_of_a_note(tmp_path: Path) -> None:
    """A small raised number behind a name is no part of it; square metres are."""

    def raised(drawing: canvas.Canvas, x: float, y: float, text: str) -> None:
        word, _, mark = text.partition("^")
        plain(drawing, x, y, word)
        drawing.setFont("Helvetica", 6)
        drawing.drawString(x + 3 + drawing.stringWidth(word, "Helvetica", 10), y + 11, mark)
        drawing.setFont("Helvetica", 10)

    found = read(table(tmp_path / "a.pdf", HEADER, ("1a", "Sloten", "Op 5 m^2", "UD^3"), draw=raised))
    assert [("1a", "Sloten", "Op 5 m2", "UD")] == shown(found)
    assert [("note-mark", "UD (3)")] == said(found)


ROWS = [(f"{number}", f"Plan {number}", "Meten en weten", "GD, UD") for number in range(1, 5)]


def test_rows_without_lines_between_their_columns(tmp_path: Path) -> None:
    """Rows with lines above and below them are rows when their words stand in the columns of the header."""
    found = read(table(tmp_path / "a.pdf", HEADER, *ROWS, ruled=1))
    assert (ROWS, []) == (shown(found), said(found))


def test_heading_without_lines_is_a_heading(tmp_path: Path) -> None:
    """A text that runs over the borders of the columns is a heading and no row."""
    heading = ("2. Water voor iedereen in de stad en haar ommelanden, nu en later",)
    found = read(table(tmp_path / "a.pdf", HEADER, heading, *ROWS, ruled=1))
    assert {heading} == {item.section for item in found if isinstance(item, Entry)}
    assert ROWS == shown(found)


@pytest.mark.parametrize("sides", [(), (COLUMNS[0], COLUMNS[-1])])
def test_table_without_lines_between_its_columns(sides: Sequence[int], tmp_path: Path) -> None:
    """Where no row has lines between its columns, these stand where the header and all rows leave room."""
    heading = ("1. Water en meer over de stad en haar land",)
    rows = [("1a", "Sloten", "Schoon water", "GD"), ("1b", "Bos", "Meten", "UD"), ("1c", "Duinen en strand", "", "UD")]
    found = read(table(tmp_path / "a.pdf", HEADER, heading, *rows, ruled=0, sides=sides))
    assert rows == shown(found)
    assert {heading} == {item.section for item in found if isinstance(item, Entry)}


def test_lines_around_text_are_no_table(tmp_path: Path) -> None:
    """Sentences between lines that run across the page are no rows, however many there are."""
    sentences = [
        "De stad werkt met haar partners aan kennis",
        "Elk jaar kijkt zij wat dat heeft opgeleverd",
        "Dat staat",
    ]
    path = table(tmp_path / "a.pdf", *[(sentence,) for sentence in sentences * 2], ruled=0, sides=())
    assert all(len(row.cells) == 1 for row in in_this_process(path) if isinstance(row, SourceRow) and row.cells)


def test_names_on_lines_of_their_own(tmp_path: Path) -> None:
    """A line that ends while the next word would still have fitted is its own, also where all are short."""

    def under_one_another(drawing: canvas.Canvas, x: float, y: float, text: str) -> None:
        for at, name in enumerate(text.split("/")):
            plain(drawing, x, y - 12 * at + 40, name)

    row = ("1a", "Sloten", "x", "Musea/Zoo/Duinraad")
    found = read(table(tmp_path / "a.pdf", HEADER, row, draw=under_one_another, height=60))
    assert ["Musea\nZoo\nDuinraad"] == [text for item in found if isinstance(item, Entry) for _, text in item.parties]


def test_words_far_apart_are_no_heading(tmp_path: Path) -> None:
    """A row whose words do not stand in the columns stops the release; it does not become a theme."""

    def shifted(drawing: canvas.Canvas, x: float, y: float, text: str) -> None:
        plain(drawing, x if text in HEADER else x - 20 * (x > 40), y, text)

    found = read(table(tmp_path / "a.pdf", HEADER, ("1", "Plan", "Meten", "GD"), draw=shifted, ruled=1))
    assert [] == shown(found)
    assert [("text-in-open-table", "1 Plan Meten GD")] == said(found)


def test_pdf_that_may_be_read_and_not_edited(tmp_path: Path) -> None:
    """A PDF that needs a password only to edit it is read, also where nothing can be loaded any more."""
    path = pdf_that_may_only_be_read(tmp_path / "a.pdf", b"BT /F 12 Tf 50 700 Td (Agenda) Tj ET")
    assert ["Agenda"] == [row.cells[0] for row in documents.rows(path) if isinstance(row, SourceRow)]


@pytest.mark.parametrize("others_off", [False, True])
def test_layers_that_are_off(others_off: bool, tmp_path: Path) -> None:
    """Layers that a reader does not show are named, whichever way the document says so."""
    drawing = canvas.Canvas(str(tmp_path / "a.pdf"))
    drawing.drawString(50, 700, "Agenda")
    add_layers(drawing, {"Tekst": True, "Vertaling": False, "Café": False}, others_off=others_off)
    drawing.save()
    found = [item for item in in_this_process(tmp_path / "a.pdf") if isinstance(item, Finding)]
    assert [("hidden-layers", "Vertaling, Café")] == [(item.code, item.words) for item in found]


def test_layers_that_are_on(tmp_path: Path) -> None:
    """Of layers that are shown nothing is said."""
    drawing = canvas.Canvas(str(tmp_path / "a.pdf"))
    drawing.drawString(50, 700, "Agenda")
    add_layers(drawing, {"Tekst": True})
    drawing.save()
    assert [] == [item for item in in_this_process(tmp_path / "a.pdf") if isinstance(item, Finding)]


def test_what_stands_on_a_layer_that_is_off(tmp_path: Path) -> None:
    """It is not read, whether it says its layer itself, by a group of layers, or as a form; what is on is."""
    text = "BT /F 12 Tf 50 {} Td ({}) Tj ET".format
    stream = " ".join(
        [
            text(700, "Agenda"),
            f"/OC /On BDC {text(680, 'Aan')} EMC /OC /Both BDC {text(660, 'Samen')} EMC",
            f"/OC /Off BDC /Span << >> BDC EMC {text(640, 'Uit')} EMC /OC /Group BDC {text(620, 'Groep')} EMC /Form Do",
            f"/OC /Own BDC {text(600, 'Los')} EMC EMC",
            text(580, "Einde"),
        ]
    ).encode()
    form = text(640, "Vorm").encode()
    resources = b"/Font << /F 5 0 R >> /XObject << /Form 8 0 R >> /Properties << /On 6 0 R /Off 7 0 R "
    resources += b"/Group << /OCGs [7 0 R] >> /Both << /OCGs [6 0 R 7 0 R] >> /Own << >> >>"
    pdf(
        tmp_path / "a.pdf",
        [
            b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R 7 0 R] /D << /OFF [7 0 R] >> >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << %s >> >>" % resources,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /OCG /Name (Tekst) >>",
            b"<< /Type /OCG /Name (Vertaling) >>",
            b"<< /Subtype /Form /BBox [0 0 600 800] /OC 7 0 R /Resources << /Font << /F 5 0 R >> >> /Length %d >>\n"
            b"stream\n%s\nendstream" % (len(form), form),
        ],
    )
    found = list(in_this_process(tmp_path / "a.pdf"))
    assert ["Agenda", "Aan", "Samen", "Los", "Einde"] == [row.cells[0] for row in found if isinstance(row, SourceRow)]
    assert ["hidden-layers"] == [item.code for item in found if isinstance(item, Finding)]


@pytest.mark.parametrize(
    ("mark", "description", "codes"),
    [
        ("FEFF00AD", "Meten van waterkwaliteitsmetingen", []),
        ("FEFF002D", "Meten van water-kwaliteitsmetingen", ["word-broken-at-line"]),
    ],
)
def test_hyphen_that_stands_for_a_soft_one(mark: str, description: str, codes: list[str], tmp_path: Path) -> None:
    """The hyphen by which a program broke a word goes with the end of its line; any other stays, and is said."""

    def broken(drawing: canvas.Canvas, x: float, y: float, text: str) -> None:
        before, sign, after = text.partition("|")
        plain(drawing, x, y + 12 * bool(sign), before)
        if sign:
            drawing._code.append(f"/Span << /ActualText <{mark}> >> BDC")
            plain(drawing, x + drawing.stringWidth(before), y + 12, "-")
            drawing._code.append("EMC")
            plain(drawing, x, y, after)

    rows = ("1", "Plan", "Meten van water|kwaliteitsmetingen", "GD")
    found = read(table(tmp_path / "a.pdf", HEADER, rows, draw=broken, height=40))
    assert [description] == [item.description for item in found if isinstance(item, Entry)]
    assert [(code, "water-kwaliteitsmetingen") for code in codes] == said(found)


def line(text: str, x1: float, first: float = 5) -> Line:
    *before, last = text.split()
    shown = [Word(each, 10, 12, 0, 10, first=first) for each in before]
    return Line((*shown, Word(last, 10, x1, 0, 10, first=first)))


@pytest.mark.parametrize(
    ("lines", "text", "broken", "torn"),
    [
        ([line("Werkgelegenhei", 88), line("d", 16)], "Werkgelegenheid", [], ["Werkgelegenheid"]),
        ([line("Werkge", 88), line("legen", 88), line("heid, in", 40)], "Werkgelegenheid, in", [], ["Werkgelegenheid"]),
        ([line("sportaccom", 83), line("modaties", 88, 8)], "sportaccommodaties", [], ["sportaccommodaties"]),
        ([line("sportaccom", 83), line("plannen", 88, 5)], "sportaccom plannen", [], []),
        ([line("verenigingen", 89), line(".", 12, 2)], "verenigingen.", [], ["verenigingen"]),
        ([line("Gemeente", 60), line("en", 22)], "Gemeente\nen", [], []),
        ([line("Hogeschool", 88), line("van Ost", 50)], "Hogeschool van Ost", [], ["Hogeschool van"]),
        ([line("Van", 88), line("oudsher", 50)], "Van oudsher", [], ["Van oudsher"]),
        ([line("Werkgelegenhei", 88), line("Duinrand", 50)], "Werkgelegenhei Duinrand", [], []),
        ([line("Werkgelegenheid,", 88), line("en", 22)], "Werkgelegenheid, en", [], []),
        ([line("120", 88), line("121", 88)], "120 121", [], ["120 121"]),
        ([line("over e-", 88), line("health", 50)], "over e-health", ["e-health"], []),
        ([line("kennis\xad", 88), line("stad", 50)], "kennisstad", [], []),
        ([], "", [], []),
    ],
)
def test_word_that_is_longer_than_its_column(lines: list[Line], text: str, broken: list[str], torn: list[str]) -> None:
    """A word that fills its column goes on in small letters on the next line, unless these are a word elsewhere."""
    assert text == paragraph(lines, 90, {"van"})
    assert (broken, torn) == (broken_words(lines, 90), torn_words(lines, 90, {"van"}))


def test_words_of_a_narrow_column_are_whole(tmp_path: Path) -> None:
    """Titles and names that a program broke where their column ends are read as one word; what stood apart stays so."""
    path = tmp_path / "a.pdf"
    style = ParagraphStyle("cell", fontName="Helvetica", fontSize=9)
    cells = [HEADER, ("1a", "Bereikbaarheidsonderzoek", "Meten met hogeschool en stad", "Samenwerkingsverband Duin")]
    made = [[Paragraph(text, style) for text in row] for row in cells]
    looks = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(str(path)).build([Table(made, colWidths=[40, 62, 120, 62], style=looks)])
    found = read(path)
    assert [("1a", cells[1][1], cells[1][2], cells[1][3])] == shown(found)
    assert [("word-torn", "Bereikbaarheidsonderzoek, Samenwerkingsverband")] == said(found)
