"""Every finding there is comes out of the pipeline: small publications, one for each kind of document or decision.

A code that no publication here gives has no test that it can be given at all, and the last test names it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings as config
from kennis_ld.quality.findings import WORDINGS
from kennis_ld.release import harvest
from kennis_ld.release.build import build
from kennis_ld.release.harvest import Changes, Harvest
from tests import pipeline
from tests.editions.test_changes import HEADER as CHANGED
from tests.editions.test_changes import files as files_with_changes
from tests.publication.test_extras import with_extras
from tests.publications import DOCUMENT, REGISTER, SETTINGS, write
from tests.reading.files import (
    SHEET,
    WORD,
    add_layers,
    paragraph,
    relations,
    sheet_parts,
    sheet_row,
    word_parts,
    word_row,
    word_table,
    zipped,
)

HEADER = "nr\tProject\tBeschrijving\tPartijen"
ROWS = (("Nr.", "Project", "Beschrijving", "Trekker"), ("1a", "Sloten", "Schoon water.", "GZ"))
PROJECTS = "project,edition,theme,number,title\n"
DECISIONS = "uri,decision,replaced_by,reason,decided_by,date\n"
UNSURE = """\
1\tSlaap\tDrie wijken.\tT: GZ\tooit\tR\tveel\tde site\tx\t9
2\tZon\tMeer zon.\tT: GZ\t\tverkenning\t\t\t\t"""
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
Found = set[str]


def codes(folder: Path) -> Found:
    """The codes that one reading of a publication gives."""
    return {finding.code for finding in pipeline.read(config.publication(folder)).findings}


def settings(document: str) -> str:
    return SETTINGS.replace("agenda.txt", document)


def of_text(folder: Path) -> Found:
    """Rows that are not as they should be."""
    lines = [
        "Een titel",
        f"{HEADER}\tFinancier\tContactpersoon\tIets",
        "1. Water",
        "1a\tSloten\tMe\u00adten, 06-12345678, 123456782.\tT: ☒ GZ ☐ HD\t€ 5\tVoor Beeld\tgroen",
        "1c\t\tZonder naam.\tT: GZ\t\t\t",
        "\tLos project\tMet een tekst\tT: GZ\t\t\t",
        "nummer\tCafÃ©\tSlo\u200bten\tT: GZ\t\t\t",
        "2026-02-01\tDatum\tMeten.\tT: GZ\t\t\t",
        "\tTotaal\t\t\t5\t\t",
        "GZ\tGemeente\t\t\t\t\t",
        "* voorbehoud\t\t\t\t\t\t",
        "2. Zand",
        "7. Onbekend",
        "2a\tZand\tMeten.\tT: GZ\t\t\t",
    ]
    groups = "key,name,spellings,open\ninwoners,inwoners,,nee\n"
    return codes(write(folder, {"agenda.txt": "\n".join(lines), "groups.csv": groups}))


def of_parties(folder: Path) -> Found:
    """Names that are unknown, ambiguous or doubtful, and words that are no names."""
    register = REGISTER.replace(
        "abbreviations,spellings,evidence", "abbreviations,spellings,doubtful_spellings,evidence"
    )
    register = register.replace(",,GZ,de gemeente,", ",,GZ,de gemeente,Gemeentehuis,").replace(",ZU,,", ",ZU|HD,,,")
    register = register.replace(",HD,,", ",HD,,,").replace(",ZL,,", ",ZL,,,")
    cell = "Los T: HD, Gemeentehuis, Stichting Onbekend, ZU? (een bureau) P: GZ, team Wad, n.t.b. Contact: Voor Beeld"
    cell += "<br>P: Stichting van<br>de zee; Meekijkers: GZ"
    return codes(write(folder, {"register.csv": register, "agenda.txt": f"{HEADER}\n1. Water\n1a\tA\tx\t{cell}\n"}))


def of_extra_columns(folder: Path) -> Found:
    """Cells of extra columns that are not sure, and a column that is left out for a reason."""
    return codes(write(folder, with_extras(UNSURE)))


def of_changes(folder: Path) -> Found:
    """An edition that only lists changes: a project that stopped, and one that refers to another."""
    rows = f"{CHANGED}1. Water\n1a\tSchone sloten\tZie 2a\t\t\n1b\tRegenkaart\tVervallen\t\t\n"
    return codes(write(folder, files_with_changes(rows, full=DOCUMENT + "2b\tZandbank\tEen bank.\tT: GZ P: HD\n")))


def of_saved_tables(folder: Path) -> Found:
    """Tables that a spreadsheet saved in an old encoding, and one that was saved wrongly twice."""
    write(folder)
    (folder / "register.csv").write_bytes(REGISTER.replace("Zandlab", "Zandcafé").encode("cp1252"))
    groups = "key,name,spellings,open\ninwoners,inwoners,cafÃ©,nee\n"
    (folder / "groups.csv").write_text(groups, encoding="utf-8")
    return codes(folder)


def of_decisions(folder: Path) -> Found:
    """What projects.csv and decisions.csv say against the documents, over two editions."""
    later = '[[editions]]\nkey = "2034"\ndocument = "later.txt"\ntitle.nl = "Agenda 2034"\n\n[catalogue]'
    projects = PROJECTS + "schone-sloten,2030,water,1a,Schone sloten\nregenkaart,2030,water,1b,Regenkaart\n"
    projects += "stuifplan,2030,zand,2a,Stuifplan\nschone-sloten,2034,water,1,Schone sloten\nweg,2034,water,9,Weg\n"
    projects += "regenkaart,2034,water,2,Regenkaart\n"
    changes = {
        "publication.toml": SETTINGS.replace("[catalogue]", later),
        "later.txt": f"{HEADER}\n1. Water\n1\tRegenkaart\tx\tT: GZ\n2\tKaart\tx\tT: GZ\n3\tStuifplannen\tx\tT: GZ\n",
        "projects.csv": projects,
        "decisions.csv": DECISIONS
        + "project/stuifplan,withdrawn,,Vervallen.,Bureau,2034-01-01\n"
        + "organisatie/gz,replaced,organisatie/bestaat-niet,Fusie.,Bureau,2034-01-01\n"
        + "editie/2099,confirmed,,Korter.,Bureau,2034-01-01\n",
    }
    return codes(write(folder, changes))


def of_a_second_release(folder: Path) -> Found:
    """A decision about what was never published, which only the release before can tell; and a finding that is none."""
    settled = "code,words,subject,reason,decided_by,date\nfootnote,,,Hoort zo.,Bureau,2034-01-01\n"
    found: Found = set()
    for decisions in ("", "project/nooit,withdrawn,,Vergissing.,Bureau,2034-01-01\n"):
        publication = config.publication(
            write(folder, {"decisions.csv": DECISIONS + decisions, "settled.csv": settled})
        )
        built = build(publication, definitions(), releases=folder / "releases", version="0")
        found |= {message.code for message in built.checked.messages if not message.code.startswith("shape:")}
    return found


def of_harvests(folder: Path) -> Found:
    """What the next harvest of a portal does; `tests/release/test_harvest.py` has the releases that do it."""
    all_sorts = Changes(("new",), ("other",), ("gone",))
    harvests = (Harvest(is_first=True), Harvest(), Harvest(all_sorts, all_sorts))
    return {finding.code for each in harvests for finding in harvest.findings(each)}


def of_a_matrix(folder: Path) -> Found:
    """A mark that nobody knows, a legend that is read, and one that is not."""
    text = "nr\tProject\tGZ\tZU\n1\tSloten\tT\tja\n● trekt\t\t\t\nT = wat\t\t\t\n"
    return codes(write(folder, {"publication.toml": f'layout = "matrix"\n{SETTINGS}', "agenda.txt": text}))


def of_colours(folder: Path) -> Found:
    """Empty cells with a colour, and rows with one of their own."""
    row = "<tr bgcolor='{}'><td>{}<td>Sloten<td>x<td>T: GZ<td bgcolor='lime'></tr>"
    head = "".join(f"<td>{heading}" for heading in (*HEADER.split("\t"), "Stand"))
    page = f"<table><tr>{head}</tr>{row.format('red', '1')}{row.format('yellow', '2')}</table>"
    return codes(write(folder, {"publication.toml": settings("agenda.html"), "agenda.html": page}))


def of_decided_looks(folder: Path) -> Found:
    """Struck text that the settings leave out, and a column that nobody gave a heading."""
    said = f'{settings("agenda.html")}\n[reading]\nstruck = "leave out"\n'
    row = "<tr><td>1<td>Sloten<td>x <s>oud</s><td>T: GZ<td>ja</tr>"
    page = f"<table><tr>{''.join(f'<td>{heading}' for heading in HEADER.split())}<td></tr>{row}</table>"
    return codes(write(folder, {"publication.toml": said, "agenda.html": page}))


def of_long_tables(folder: Path) -> Found:
    """A participation of no project, and a role that nobody knows."""
    tables = (
        (("id", "titel"), ("1", "Sloten")),
        (("project_id", "organisatie", "rol"), ("1", "GZ", "trekker"), ("1", "ZU", "XX"), ("7", "ZU", "trekker")),
    )
    rows = (["".join(f"<td>{cell}</td>" for cell in row) for row in table] for table in tables)
    page = "".join(f"<table>{''.join(f'<tr>{row}</tr>' for row in table)}</table>" for table in rows)
    said = f'layout = "long"\n{settings("agenda.html")}'
    return codes(write(folder, {"publication.toml": said, "agenda.html": page}))


def of_csv(folder: Path) -> Found:
    """Letters that no one can be sure of, a row that a quotation mark swallowed, and a name that does not fit."""
    write(folder, {"publication.toml": settings("agenda.ods")})
    text = 'nr;Project;Beschrijving;Partijen\n1a;Caf\xe9;"Een rij\n1b;Kaart;x;T: GZ";T: GZ\n'
    (folder / "agenda.ods").write_bytes(text.encode("latin-1"))
    return codes(folder)


def of_word(folder: Path) -> Found:
    """All that Word can put beside plain text."""
    write(folder, {"publication.toml": settings("agenda.docx")})
    cell = (
        f"<w:p>{RUN.format('Schoon')}<w:del w:id='1'><w:r><w:delText>vuil</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>"
        "<w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
        f"{paragraph('Let op')}</w:txbxContent></v:textbox></w:pict></w:r>"
        "<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r>"
        "<w:r><w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'/></w:drawing></w:r>"
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>oud</w:t></w:r>"
        f"<w:nieuw>{RUN.format('nieuw')}</w:nieuw></w:p><w:tbl>{word_row('a', 'b')}</w:tbl>"
    )
    merged = f"<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{paragraph('GZ')}</w:tc>"
    goes_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    counted = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    rows = (
        word_row("1a", "Sloten", cell, merged),
        word_row("1b", "Kaart", "x", goes_on),
        word_row(counted, "Weg", "x", "GZ"),
    )
    other = (
        f"<w:tbl>{word_row('GZ', 'Gemeente')}</w:tbl><w:tbl>{word_row('Nr', 'Actie', 'Doel')}{word_row('9')}</w:tbl>"
    )
    parts = word_parts(
        word_table(*rows) + paragraph("Afkortingen") + other,
        footnotes=f"<w:footnotes xmlns:w='{WORD}'><w:footnote>{paragraph('Noot')}</w:footnote></w:footnotes>",
        comments=f"<w:comments xmlns:w='{WORD}'><w:comment>{paragraph('hm')}</w:comment></w:comments>",
    )
    zipped(folder / "agenda.docx", parts | {"word/vbaProject.bin": b"\x00"})
    return codes(folder)


def of_a_spreadsheet(folder: Path) -> Found:
    """What a spreadsheet hides and computes."""
    write(folder, {"publication.toml": settings("agenda.xlsx")})
    rows = (
        sheet_row(1, *ROWS[0]),
        sheet_row(2, "1a", "Sloten", '<c><f>HYPERLINK("https://a.example")</f><v>7</v></c>', "GZ", "€ 5"),
        sheet_row(3, "1b", "Kaart", "<c><f>A1</f></c>", "GZ"),
        sheet_row(4, "1c", "Weg", '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "GZ"),
        sheet_row(5, "1d", "Geheim", "x", "GZ", attributes='hidden="1"'),
    )
    sheet = f'<cols><col min="5" max="5" hidden="1"/></cols><sheetData>{"".join(rows)}</sheetData>'
    parts = sheet_parts(sheet, "<sheetData/>")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('name="Blad2"', 'name="Oud" state="hidden"')
    parts["xl/_rels/sheet1.xml.rels"] = relations(comments="c.xml")
    parts["xl/c.xml"] = f'<comments xmlns="{SHEET}"><commentList><comment ref="B2"/></commentList></comments>'
    zipped(folder / "agenda.xlsx", parts)
    return codes(folder)


def of_pdf(folder: Path) -> Found:
    """Pages that are pictures, lines that make no cell, and words broken at the end of a line."""
    write(folder, {"publication.toml": settings("agenda.pdf")})
    drawing = canvas.Canvas(str(folder / "agenda.pdf"))
    lines = (
        ("nr", "Project", "Beschrijving", "Partijen"),
        ("1a", "Sloten", "Met kennis-", "T: GZ"),
        ("", "", "instellingen", ""),
    )
    for column in range(5):
        drawing.line(50 + 100 * column, 640, 50 + 100 * column, 720)
        for at, line in enumerate(lines):
            drawing.drawString(55 + 100 * column, 705 - 20 * at - 10 * (at > 0), line[column] if column < 4 else "")
    for y in (640, 695, 720):
        drawing.line(50, y, 450, y)
    drawing.showPage()
    drawing.rect(10, 10, 300, 300, fill=1)
    drawing.showPage()
    drawing.grid((50, 108, 160, 250, 300), (640, 680, 720))
    for column, cell in enumerate(("Nr.", "Project", "Beschrijving", "Trekker")):
        drawing.drawString((53, 111, 163, 253)[column], 690, cell)
    for at, text in enumerate(("1b", "Werkgele", "x", "GZ")):
        drawing.drawString((53, 111, 163, 253)[at], 668, text)
    drawing.drawString(111, 656, "heid")
    drawing.drawString(163, 656, "De heid")
    drawing.showPage()
    for column, cell in enumerate(ROWS[1]):
        drawing.drawString(55 + 130 * column, 690, cell)
        for at in range(0, 600, 5):
            drawing.line(50 + 130 * column, 100 + at, 50 + 130 * column, 104 + at)
    add_layers(drawing, {"Vertaling": False})
    drawing.save()
    return codes(folder)


def of_a_look(folder: Path) -> Found:
    """Colours that cannot be read."""
    site = '[site]\naccent = { light = "#ffd100", dark = "#331111" }\n'
    return codes(write(folder, {"publication.toml": f"{SETTINGS}\n{site}"}))


EXPECTED: dict[Callable[[Path], Found], str] = {
    of_text: """box-not-ticked number-is-date looks-like-total looks-like-legend looks-like-remark soft-hyphen
        text-outside-table unnamed-column number-left-out entry-without-title row-without-number
        unusual-number garbled-letters invisible-characters unknown-theme heading-without-entries new-project
        contact-column personal-details number-withheld column-looks-like""",
    of_parties: """unread-words ambiguous-name doubtful-spelling unknown-name doubtful-participation remark-in-brackets
        contact-person nobody-named unknown-unit name-on-two-lines unknown-role new-project""",
    of_extra_columns: """period-unsure status-unread unknown-status budget-unsure no-link column-ignored
        new-project""",
    of_changes: "project-stopped row-refers identity-unused identity-undecided",
    of_saved_tables: "encoding-guessed garbled-table new-project",
    of_decisions: """identity-conflict title-differs identity-undecided identity-unused entry-withdrawn
        decision-contradicted decision-dangling confirmation-unknown""",
    of_a_second_release: "decision-unknown settled-unused new-project",
    of_harvests: """harvest-first harvest-same harvest-changes-dataset harvest-adds-dataset harvest-deletes-dataset
        harvest-projects harvest-project-leaves""",
    of_a_matrix: "unknown-mark legend-read looks-like-legend new-project",
    of_colours: "colour-only rows-coloured new-project",
    of_decided_looks: "struck-left-out column-without-heading new-project",
    of_long_tables: "participation-without-project participation-without-role new-project",
    of_csv: "kind-differs encoding-guessed row-in-quotes new-project",
    of_word: """tracked-changes hidden-text text-box unreadable-letters pictures unknown-markup nested-table
        table-not-read note-mark struck-out merged-cells
        automatic-number row-without-number row-of-other-table text-outside-table footnote comments
        carried-along new-project""",
    of_a_spreadsheet: """hidden-columns hidden-rows hidden-sheet formula formula-without-value cell-error comments
        link-address new-project""",
    of_a_look: "low-contrast low-contrast-dark new-project",
    of_pdf: "hidden-layers word-torn page-without-text text-in-open-table word-broken-at-line new-project",
}


@pytest.mark.parametrize("publication", EXPECTED, ids=lambda publication: publication.__name__)
def test_publication_gives_these_findings(publication: Callable[[Path], Found], tmp_path: Path) -> None:
    """One reading gives the codes that its documents and tables were written for, and no other."""
    assert set(EXPECTED[publication].split()) == publication(tmp_path / "city")


def test_every_code_is_given_by_a_publication() -> None:
    """There is no code that no publication gives, and none without a wording."""
    given = {code for expected in EXPECTED.values() for code in expected.split()}
    assert set(WORDINGS) == given


def test_a_good_publication_gives_none(tmp_path: Path) -> None:
    """Where all is as it should be, and every project is known, nothing is said."""
    projects = PROJECTS + "schone-sloten,2030,water,1a,Schone sloten\nregenkaart,2030,water,1b,Regenkaart\n"
    projects += "stuifplan,2030,zand,2a,Stuifplan\n"
    assert set() == codes(write(tmp_path / "city", {"projects.csv": projects, "agenda.txt": DOCUMENT}))
