"""Text documents of Writer with something in them that a table of rows does not have: hidden, merged, tracked, odd."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from xml.sax.saxutils import escape

from tests.reading.careful import Row
from tests.reading.conversions import ODS_HEAD, ODT
from tests.reading.mutants_tables import Feature, Table, say, zipped

_HIDDEN = '<style:style style:name="weg"><style:text-properties text:display="none"/></style:style>'
_PARAGRAPH = re.compile(r"<text:p>(.*?)</text:p>", re.DOTALL)


def odt_inside(text: str) -> str:
    """The inside of a cell of Writer: a paragraph for each line."""
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))


def odt_file(name: str, given: Table) -> bytes:
    rows = []
    for at, row in enumerate(given.cells):
        whole = (given.shut.get((at, column), _cell(cell)) for column, cell in enumerate(row))
        start, end = given.around.get(at, "|").split("|")
        rows.append(f"{start}<table:table-row>{''.join(whole)}</table:table-row>{end}")
    column = f'<table:table-column table:number-columns-repeated="{max(map(len, given.cells))}"/>'
    table = f'<table:table table:name="Agenda">{column}{"".join(rows)}</table:table>'
    body = given.more.pop("before", "") + given.more.pop("table", "{}").replace("{}", table)
    content = f"{ODS_HEAD}<office:automatic-styles>{_HIDDEN}</office:automatic-styles><office:body><office:text>"
    content += f"{body}{given.more.pop('after', '')}</office:text></office:body></office:document-content>"
    return zipped({"mimetype": ODT, "content.xml": content, **given.more})


def _cell(inside: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def _around_text(start: str, end: str, *codes: str) -> Feature:
    def feature(chance: Random, table: Table, at: int, column: int) -> None:
        found = _PARAGRAPH.search(table.cells[at][column])
        if found:
            changed = f"<text:p>{start}{found[1]}{end}</text:p>"
            table.cells[at][column] = table.cells[at][column].replace(found[0], changed, 1)
            table.need.update(codes if found[1].strip() else ())

    return feature


def _around_block(start: str, end: str) -> Feature:
    def feature(chance: Random, table: Table, at: int, column: int) -> None:
        table.cells[at][column] = f"{start}{table.cells[at][column]}{end}"

    return feature


def _beside(markup: str, *codes: str, seen: str = "") -> Feature:
    def feature(chance: Random, table: Table, at: int, column: int) -> None:
        table.cells[at][column] += f"<text:p>{markup}</text:p>"
        table.need.update(codes)
        table.seen.extend([Row((seen,), line=True)] if seen else [])

    return feature


def odt_cell_in_an_odd_element(chance: Random, table: Table, at: int, column: int) -> None:
    table.shut[at, column] = f'<x:hoes xmlns:x="urn:x">{_cell(table.cells[at][column])}</x:hoes>'


def odt_hidden_span(chance: Random, table: Table, at: int, column: int) -> None:
    table.cells[at][column] += '<text:p><text:span text:style-name="weg">geheim</text:span></text:p>'
    table.need.add("hidden-text")


def odt_hidden_section(chance: Random, table: Table, at: int, column: int) -> None:
    table.more["after"] = '<text:section text:display="none"><text:p>geheim</text:p></text:section>'
    table.need.add("hidden-text")


def odt_tracked_changes(chance: Random, table: Table, at: int, column: int) -> None:
    deleted = "<text:changed-region><text:deletion><text:p>weg ermee</text:p></text:deletion></text:changed-region>"
    table.more["before"] = f"<text:tracked-changes>{deleted}</text:tracked-changes>"
    table.cells[at][column] += "<text:p><text:change/></text:p>"
    table.need.add("tracked-changes")


def odt_merged(chance: Random, table: Table, at: int, column: int) -> None:
    down = chance.random() < 0.5
    other = (at + 1, column) if down else (at, column + 1)
    if other[0] >= len(table.cells) or other[1] >= len(table.cells[at]):
        return
    spans = f'table:number-{"rows" if down else "columns"}-spanned="2"'
    table.shut[at, column] = _cell(table.cells[at][column], spans)
    table.shut[other] = "<table:covered-table-cell/>"
    say(table, *other, "")
    if table.rows[at].cells[column].strip():
        table.need.add("merged-cells")


def odt_nested(chance: Random, table: Table, at: int, column: int) -> None:
    nested = f"<table:table><table:table-row>{_cell('<text:p>schuim</text:p>')}</table:table-row></table:table>"
    table.cells[at][column] += nested
    say(table, at, column, table.rows[at].cells[column] + " schuim")
    table.need.add("nested-table")


def odt_list(chance: Random, table: Table, at: int, column: int) -> None:
    items = "".join(f"<text:list-item><text:p>{word}</text:p></text:list-item>" for word in ("graven", "meten"))
    table.cells[at][column] += f"<text:list>{items}</text:list>"
    say(table, at, column, table.rows[at].cells[column] + "\n- graven\n- meten")


def odt_running_head(chance: Random, table: Table, at: int, column: int) -> None:
    head = f"<style:{chance.choice(('header', 'footer'))}>"
    page = f"{head}<text:p>versie van mei</text:p>{head.replace('<', '</')}"
    styles = f"<office:master-styles><style:master-page>{page}</style:master-page></office:master-styles>"
    table.more["styles.xml"] = f"{ODS_HEAD}{styles}</office:document-content>"
    table.seen.append(Row(("versie van mei",), line=True))


def odt_header_rows(chance: Random, table: Table, at: int, column: int) -> None:
    table.around[0] = "<table:table-header-rows>|</table:table-header-rows>"


def odt_paragraph_between(chance: Random, table: Table, at: int, column: int) -> None:
    start, end = chance.choice((("", ""), ("<text:section>", "</text:section>"), ("<text:x>", "</text:x>")))
    table.more["after"] = f"{start}<text:p>slot van de agenda</text:p>{end}"
    table.seen.append(Row(("slot van de agenda",), line=True))


_BOX = "<draw:frame><draw:text-box><text:p>kijk uit</text:p></draw:text-box></draw:frame>"
_NOTE = "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
_NOTE += "<text:p>onder voorbehoud van geld</text:p></text:note-body></text:note>"

ODT_FEATURES: Mapping[str, Feature] = {
    "text in a span": _around_text("<text:span>", "</text:span>"),
    "text in a link": _around_text("<text:a>", "</text:a>"),
    "text in an odd element": _around_text("<text:nieuw>", "</text:nieuw>"),
    "inserted text": _around_text("<text:change-start/>", "<text:change-end/>"),
    "end of a page in a text": _around_text("<text:soft-page-break/>", ""),
    "paragraph in an odd element": _around_block('<x:hoes xmlns:x="urn:x">', "</x:hoes>"),
    "paragraph in a section": _around_block("<text:section>", "</text:section>"),
    "text box": _beside(_BOX, "text-box", seen="kijk uit"),
    "note": _beside(_NOTE, "footnote"),
    "comment": _beside("<office:annotation><text:p>vraag het na</text:p></office:annotation>", "comments"),
    "picture": _beside("<draw:frame><draw:image/></draw:frame>", "pictures"),
    **{
        feature.__name__: feature
        for feature in (
            *(odt_cell_in_an_odd_element, odt_hidden_span, odt_hidden_section, odt_tracked_changes, odt_merged),
            *(odt_nested, odt_list, odt_running_head, odt_header_rows, odt_paragraph_between),
        )
    },
}
