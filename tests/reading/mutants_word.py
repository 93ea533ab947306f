"""Word files with something in them that a table of rows does not have: hidden, merged, tracked, unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from xml.sax.saxutils import escape

from tests.reading.careful import Row
from tests.reading.files import WORD, word_parts
from tests.reading.mutants_tables import Feature, Table, hide, say, zipped

_RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def word_inside(text: str) -> str:
    """The inside of a cell of Word: a paragraph for each line."""
    return "".join(f"<w:p>{_RUN.format(escape(line))}</w:p>" for line in text.split("\n"))


def word_file(name: str, given: Table) -> bytes:
    rows = []
    for at, row in enumerate(given.cells):
        cells = (given.shut.get((at, column), f"<w:tc>{cell}</w:tc>") for column, cell in enumerate(row))
        rows.append(f"<w:tr><w:trPr>{given.around.get(at, '')}</w:trPr>{''.join(cells)}</w:tr>")
    whole = f"<w:tbl>{''.join(rows)}</w:tbl>"
    body = given.more.pop("before", "") + given.more.pop("table", "{}").replace("{}", whole)
    return zipped(word_parts(body + given.more.pop("after", ""), **given.more))


def _around_run(start: str, end: str, *codes: str) -> Feature:
    def feature(chance: Random, table: Table, at: int, column: int) -> None:
        run = re.search(r"<w:r>.*?</w:r>", table.cells[at][column])
        if run:
            changed = f"{start}{run[0]}{end}"
            table.cells[at][column] = table.cells[at][column].replace(run[0], changed, 1)
            if ">" in run[0] and re.sub("<[^>]*>", "", run[0]).strip():
                table.need.update(codes)

    return feature


def _around_cell(start: str, end: str) -> Feature:
    def feature(chance: Random, table: Table, at: int, column: int) -> None:
        table.shut[at, column] = f"{start}<w:tc>{table.cells[at][column]}</w:tc>{end}"

    return feature


def _around_block(start: str, end: str) -> Feature:
    def feature(chance: Random, table: Table, at: int, column: int) -> None:
        table.cells[at][column] = f"{start}{table.cells[at][column]}{end}"

    return feature


def word_hidden_row(chance: Random, table: Table, at: int, column: int) -> None:
    table.around[at] = "<w:hidden/>"
    hide(table, at)


def word_deleted_row(chance: Random, table: Table, at: int, column: int) -> None:
    table.around[at] = '<w:del w:id="1"/>'
    table.rows[at] = Row(())
    table.need.add("tracked-changes")


def word_deleted_run(chance: Random, table: Table, at: int, column: int) -> None:
    table.cells[at][column] += "<w:p><w:del w:id='1'><w:r><w:delText>weg ermee</w:delText></w:r></w:del></w:p>"
    table.need.add("tracked-changes")


def word_hidden_run(chance: Random, table: Table, at: int, column: int) -> None:
    table.cells[at][column] += "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r></w:p>"
    table.need.add("hidden-text")


def word_merged_down(chance: Random, table: Table, at: int, column: int) -> None:
    for row, how in ((at, 'w:val="restart"'), (at + 1, "")):
        if row < len(table.cells):
            inside = table.cells[row][column] if how else "<w:p/>"
            table.shut[row, column] = f"<w:tc><w:tcPr><w:vMerge {how}/></w:tcPr>{inside}</w:tc>"
            if not how:
                say(table, row, column, "")
    if at + 1 < len(table.cells) and table.rows[at].cells[column].strip():
        table.need.add("merged-cells")


def word_merged_down_with_text(chance: Random, table: Table, at: int, column: int) -> None:
    """A cell that goes on from the one above and has a text of its own, which Word would not show."""
    for row, how in ((at, 'w:val="restart"'), (at + 1, "")):
        if row < len(table.cells):
            table.shut[row, column] = f"<w:tc><w:tcPr><w:vMerge {how}/></w:tcPr>{table.cells[row][column]}</w:tc>"


def word_merged_right(chance: Random, table: Table, at: int, column: int) -> None:
    if column + 1 < len(table.cells[at]):
        table.shut[at, column] = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{table.cells[at][column]}</w:tc>'
        table.shut[at, column + 1] = ""
        say(table, at, column + 1, "")
        if table.rows[at].cells[column].strip():
            table.need.add("merged-cells")


def word_nested(chance: Random, table: Table, at: int, column: int) -> None:
    nested = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>schuim</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    table.cells[at][column] += nested
    say(table, at, column, table.rows[at].cells[column] + " schuim")
    table.need.add("nested-table")


def word_note(chance: Random, table: Table, at: int, column: int) -> None:
    kind = chance.choice(("footnotes", "endnotes"))
    tag = kind[:-1]
    note = f'<w:{tag} w:id="2"><w:p>{_RUN.format("onder voorbehoud van geld")}</w:p></w:{tag}>'
    table.more[kind] = f'<w:{kind} xmlns:w="{WORD}">{note}</w:{kind}>'
    table.need.add("footnote")


def word_running_head(chance: Random, table: Table, at: int, column: int) -> None:
    kind = chance.choice(("header", "footer"))
    tag = {"header": "hdr", "footer": "ftr"}[kind]
    table.more[kind] = f'<w:{tag} xmlns:w="{WORD}"><w:p>{_RUN.format("versie van mei")}</w:p></w:{tag}>'
    table.seen.append(Row(("versie van mei",), line=True))


def word_symbol(chance: Random, table: Table, at: int, column: int) -> None:
    table.cells[at][column] += "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>"
    table.need.add("unreadable-letters")


def word_text_box(chance: Random, table: Table, at: int, column: int) -> None:
    box = (
        "<w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent><w:p><w:r><w:t>kijk uit</w:t></w:r>"
    )
    table.cells[at][column] += f"<w:p><w:r>{box}</w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    table.seen.append(Row(("kijk uit",), line=True))


def word_field(chance: Random, table: Table, at: int, column: int) -> None:
    field_ = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
    field_ += f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{_RUN.format('zeventien')}"
    table.cells[at][column] += f"<w:p>{field_}<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    say(table, at, column, table.rows[at].cells[column] + " zeventien")


def word_skipped_column(chance: Random, table: Table, at: int, column: int) -> None:
    table.around[at] = '<w:gridBefore w:val="1"/>'
    table.rows[at] = Row(("", *table.rows[at].cells), ragged=True)


def word_paragraph_between(chance: Random, table: Table, at: int, column: int) -> None:
    start, end = chance.choice((("", ""), ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"), ("<w:x>", "</w:x>")))
    table.more["after"] = f"{start}<w:p>{_RUN.format('slot van de agenda')}</w:p>{end}"
    table.seen.append(Row(("slot van de agenda",), line=True))


_BOX = ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")
_ODD = ('<x:hoes xmlns:x="urn:x">', "</x:hoes>")

WORD_FEATURES: Mapping[str, Feature] = {
    "inserted run": _around_run("<w:ins w:id='1'>", "</w:ins>", "tracked-changes"),
    "moved run": _around_run("<w:moveTo w:id='1'>", "</w:moveTo>", "tracked-changes"),
    "run in a link": _around_run("<w:hyperlink>", "</w:hyperlink>"),
    "run in a content control": _around_run(*_BOX),
    "run in an odd element": _around_run(*_ODD),
    "run in an odd element of Word": _around_run("<w:nieuw>", "</w:nieuw>"),
    "run in a fallback": _around_run(
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Fallback>',
        "</mc:Fallback></mc:AlternateContent>",
    ),
    "cell in a content control": _around_cell(*_BOX),
    "cell in an odd element": _around_cell(*_ODD),
    "paragraph in a content control": _around_block(*_BOX),
    "paragraph in an odd element": _around_block(*_ODD),
    **{
        feature.__name__: feature
        for feature in (
            *(word_hidden_row, word_deleted_row, word_deleted_run, word_hidden_run, word_merged_down),
            *(word_merged_down_with_text, word_merged_right, word_nested, word_note, word_running_head),
            *(word_symbol, word_text_box, word_field, word_skipped_column, word_paragraph_between),
        )
    },
}
