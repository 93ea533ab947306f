"""Word as people see it: styles that hide, changes that are tracked, rows that end early, lists and text boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.files import WORD, paragraph, word, word_row, word_table
from tests.reading.here import read, said, shown

ROW = ("1a", "Sloten", "Meten.", "GD")
RUN = '<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
DELETED_MARK = "<w:rPr><w:del w:id='1' w:author='x'/></w:rPr>"
STYLES = f"""<w:styles xmlns:w='{WORD}'>
<w:style w:type='paragraph' w:styleId='Intern'><w:name w:val='Intern'/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type='paragraph' w:styleId='Binnen'><w:name w:val='Binnen'/><w:basedOn w:val='Intern'/></w:style>
<w:style w:type='character' w:styleId='Weg'><w:name w:val='Weg'/><w:rPr><w:vanish/><w:strike/></w:rPr></w:style>
<w:style w:type='table' w:styleId='Tabel'><w:name w:val='Tabel'/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""


def styled(style: str, text: str, run: str = "") -> str:
    return f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{RUN.format(run, text)}</w:p>"


@pytest.mark.parametrize(
    ("cell", "hidden"),
    [
        pytest.param(styled("Intern", "geheim"), True, id="by the paragraph's style"),
        pytest.param(styled("Binnen", "geheim"), True, id="by the style that one is based on"),
        pytest.param(styled("", "geheim", "<w:rStyle w:val='Weg'/>"), True, id="by the style of the letters"),
        pytest.param(styled("Intern", "geheim", "<w:vanish w:val='0'/>"), False, id="shown after all"),
        pytest.param(styled("Intern", "geheim", "<w:rStyle w:val='Weg'/>"), False, id="two styles undo each other"),
    ],
)
def test_text_hidden_by_a_style(cell: str, hidden: bool, tmp_path: Path) -> None:
    """What a style hides is not read, and said; what the text itself shows again is read."""
    body = word_table(word_row("1a", "Sloten", paragraph("Meten.") + cell, "GD"))
    found = read(word(tmp_path / "a.docx", body, styles=STYLES))
    assert [("1a", "Sloten", "Meten." if hidden else "Meten.\n\ngeheim", "GD")] == [
        (number, title, text, *parties) for number, title, text, *parties in shown(found)
    ]
    assert hidden is (("hidden-text", "") in said(found))


def test_text_hidden_by_the_style_of_its_table(tmp_path: Path) -> None:
    """A style of a table hides its text as well."""
    table = word_table(word_row(*ROW)).replace("<w:tbl>", "<w:tbl><w:tblPr><w:tblStyle w:val='Tabel'/></w:tblPr>")
    found = read(word(tmp_path / "a.docx", word_table(word_row("1b", "Duin", "x", "GD")) + table, styles=STYLES))
    assert [("1b", "Duin", "x", "GD")] == shown(found)
    assert ("hidden-text", "") in said(found)


def test_column_deleted_under_tracked_changes(tmp_path: Path) -> None:
    """A cell that was deleted is not read, and those behind it keep their columns."""
    deleted = "<w:tc><w:tcPr><w:cellDel w:id='1' w:author='x'/></w:tcPr>{}</w:tc>"
    rows = [
        word_row("Nr", "Project", deleted.format(paragraph("Partners")), "Trekker"),
        word_row("1a", "Sloten", deleted.format(paragraph("UD")), "GD"),
    ]
    found = read(word(tmp_path / "a.docx", f"<w:tbl>{''.join(rows)}</w:tbl>"))
    assert [("1a", "Sloten", "", "GD")] == shown(found)
    assert [("tracked-changes", "")] * 2 == said(found)


def test_deleted_end_of_a_paragraph(tmp_path: Path) -> None:
    """Where the end of a paragraph was deleted, the next one goes on in the same word."""
    title = paragraph("Regen", DELETED_MARK) + paragraph("water", DELETED_MARK) + paragraph("kaart")
    heading = paragraph("Wat", DELETED_MARK + "<w:outlineLvl w:val='0'/>") + paragraph(
        "er", "<w:outlineLvl w:val='0'/>"
    )
    found = read(word(tmp_path / "a.docx", heading + word_table(word_row("1a", title, "x", "GD"))))
    assert [("1a", "Regenwaterkaart", "x", "GD")] == shown(found)
    assert ("text-outside-table", "Water") not in said(found)


def test_row_that_ends_early(tmp_path: Path) -> None:
    """A row with room behind its last cell, or simply with fewer cells, has empty ones there."""
    rows = word_row("1a", "Sloten", properties="<w:gridAfter w:val='2'/>"), word_row("1b", "Duin", "Zand.")
    found = read(word(tmp_path / "a.docx", word_table(*rows)))
    assert [("1a", "Sloten", ""), ("1b", "Duin", "Zand.")] == shown(found)


def test_border_that_was_dragged(tmp_path: Path) -> None:
    """A cell that reaches a little into the next column belongs to the column it overlaps most."""
    grid = "".join(f"<w:gridCol w:w='{width}'/>" for width in (500, 2500, 200, 3000, 1000))
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{}</w:tc>"
    header = word_row("Nr", wide.format(paragraph("Project")), "Beschrijving", "Trekker")
    row = word_row("1a", "Sloten", wide.format(paragraph("Meten.")), "GD")
    found = read(word(tmp_path / "a.docx", f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{header}{row}</w:tbl>"))
    assert ([("1a", "Sloten", "Meten.", "GD")], []) == (shown(found), said(found))


def test_list_in_a_title_and_a_heading(tmp_path: Path) -> None:
    """A title or heading in the style of a list has no dash in front."""
    item = "<w:numPr><w:numId w:val='1'/></w:numPr>"
    heading = f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='4'/></w:tcPr>{paragraph('Water', item)}</w:tc></w:tr>"
    found = read(word(tmp_path / "a.docx", word_table(heading, word_row("1a", paragraph("Sloten", item), "x", "GD"))))
    assert ([("1a", "Sloten", "x", "GD")], []) == (shown(found), said(found))


def test_raised_and_struck_letters(tmp_path: Path) -> None:
    """A mark of a note is no part of a name, and a name that is struck through is said."""
    looks = [("", "GD"), ("<w:vertAlign w:val='superscript'/>", "3"), ("", ", ")]
    looks += [("<w:strike/>", "UD"), ("<w:strike w:val='0'/>", ", HZ")]
    parties = f"<w:p>{''.join(RUN.format(*look) for look in looks)}</w:p>"
    found = read(word(tmp_path / "a.docx", word_table(word_row("1a", "Sloten", "x", parties))))
    assert [("1a", "Sloten", "x", "GD, UD, HZ")] == shown(found)
    assert {("struck-out", "UD,"), ("note-mark", "GD (3)")} == set(said(found))


def test_words_beside_the_text(tmp_path: Path) -> None:
    """A text box in the head of a page, and markup nobody knows in a note, are said."""
    box = "<w:p><w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
    box += f"{paragraph('CONCEPT')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    head = f"<w:hdr xmlns:w='{WORD}'>{box}</w:hdr>"
    odd = f"<w:p><w:nieuw>{RUN.format('', 'let op')}</w:nieuw></w:p>"
    note = f"<w:footnotes xmlns:w='{WORD}'><w:footnote>{odd}</w:footnote></w:footnotes>"
    found = read(word(tmp_path / "a.docx", word_table(word_row(*ROW)), header=head, footnotes=note))
    assert {("text-box", "CONCEPT"), ("unknown-markup", "let op")} == set(said(found))


def test_a_cell_in_markup_that_nobody_knows_keeps_its_column(tmp_path: Path) -> None:
    """Its words are said, and the cells behind it stay in theirs."""
    odd = f"<x:hoes xmlns:x='urn:x'><w:tc>{paragraph('Sloten')}</w:tc></x:hoes>"
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Meten.", "GD"))
    row = f"<w:tr><w:tc>{paragraph('1a')}</w:tc>{odd}{cells}</w:tr>"
    found = read(word(tmp_path / "a.docx", word_table(row)))
    assert [("1a", "", "Meten.", "GD")] == shown(found)
    assert ("unknown-markup", "Sloten") in said(found)
