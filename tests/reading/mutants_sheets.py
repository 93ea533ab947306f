"""Spreadsheets with something in them that a table of rows does not have: hidden, merged, computed, repeated."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from xml.sax.saxutils import escape

from tests.reading.careful import Row
from tests.reading.conversions import ODS, ODS_HEAD
from tests.reading.files import sheet_parts
from tests.reading.mutants_tables import Feature, Table, hide, say, zipped


def sheet_inside(text: str) -> str:
    """The inside of a cell of a sheet."""
    return escape(text)


def _letters(column: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]


def sheet_file(name: str, given: Table) -> bytes:
    rows, shared = [], []
    for at, row in enumerate(given.cells):
        cells = []
        for column, cell in enumerate(row):
            where = f'r="{_letters(column)}{at + 1}"'
            usual = f'<c {where} t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>' if cell else ""
            if name == "gedeeld.xlsx" and cell:
                shared.append(f'<si><t xml:space="preserve">{cell}</t></si>')
                usual = f'<c {where} t="s"><v>{len(shared) - 1}</v></c>'
            cells.append(given.shut.get((at, column), usual).replace("@", where))
        rows.append(f'<row r="{at + 1}" {given.around.get(at, "")}>{"".join(cells)}</row>')
    more = dict(given.more)
    before, after, other = more.pop("before", ""), more.pop("after", ""), more.pop("other", "")
    if shared:
        more["sharedStrings"] = (
            f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{"".join(shared)}</sst>'
        )
    sheets = [f"{before}<sheetData>{''.join(rows)}</sheetData>{after}", *([other] if other else [])]
    parts = sheet_parts(*sheets, **more)
    if other and "hidden-sheet" in given.need:
        parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('name="Blad2"', 'name="Oud" state="hidden"')
    return zipped(parts)


def sheet_hidden_row(chance: Random, table: Table, at: int, column: int) -> None:
    table.around[at] = 'hidden="1"'
    hide(table, at)


def sheet_hidden_column(chance: Random, table: Table, at: int, column: int) -> None:
    table.more["before"] = f'<cols><col min="{column + 1}" max="{column + 1}" hidden="1"/></cols>'
    for row in range(len(table.rows)):
        say(table, row, column, "")
    table.need.add("hidden-columns")


def sheet_other(chance: Random, table: Table, at: int, column: int) -> None:
    table.more["other"] = '<sheetData><row><c t="inlineStr"><is><t>klad van de wethouder</t></is></c></row></sheetData>'
    if chance.random() < 0.5:
        table.need.add("hidden-sheet")
    else:
        table.seen += [Row(("klad van de wethouder",), line=True)]


def sheet_formula(chance: Random, table: Table, at: int, column: int) -> None:
    text = escape(table.rows[at].cells[column])
    table.shut[at, column] = f'<c @ t="str"><f>A1</f><v>{text}</v></c>'
    if text.strip():  # the result of a formula may be an empty text
        table.need.add("formula")


def sheet_formula_without_value(chance: Random, table: Table, at: int, column: int) -> None:
    table.shut[at, column] = "<c @><f>A1</f></c>"
    say(table, at, column, "")
    table.need.add("formula-without-value")


def sheet_error(chance: Random, table: Table, at: int, column: int) -> None:
    table.shut[at, column] = '<c @ t="e"><v>#REF!</v></c>'
    say(table, at, column, "#REF!")
    table.need.add("cell-error")


def sheet_value(chance: Random, table: Table, at: int, column: int) -> None:
    """A cell that is no text: numbers, logical values, and a kind that does not exist."""
    shown = {"n": ("1201", "1201"), "b": ("1", "ja"), "x": ("woord", "woord"), "d": ("2028-01-31", "2028-01-31")}
    kind = chance.choice(sorted(shown))
    table.shut[at, column] = f'<c @ t="{kind}"><v>{shown[kind][0]}</v></c>'
    say(table, at, column, shown[kind][1])


def sheet_merged(chance: Random, table: Table, at: int, column: int) -> None:
    """A merged cell; Excel keeps the text of the first only, other programs may keep those of the others."""
    height, width = chance.randint(1, 2), chance.randint(1, 2)
    if (
        not table.rows[at].cells[column].strip()
        or height * width == 1
        or at + height > len(table.cells)
        or column + width > len(table.cells[at])
    ):
        return
    last = f"{_letters(column + width - 1)}{at + height}"
    table.more["after"] = f'<mergeCells><mergeCell ref="{_letters(column)}{at + 1}:{last}"/></mergeCells>'
    empty = chance.random() < 0.5
    for row in range(at, at + height):
        for place in range(column, column + width):
            if (row, place) != (at, column):
                if empty:
                    table.shut[row, place] = ""
                elif table.rows[row].cells[place].strip():
                    table.need.add("hidden-text")
                say(table, row, place, "")


def sheet_rich_text(chance: Random, table: Table, at: int, column: int) -> None:
    text = escape(table.rows[at].cells[column])
    runs = f"<r><t xml:space='preserve'>{text}</t></r><r><rPr><b/></rPr><t xml:space='preserve'> vet</t></r>"
    table.shut[at, column] = f'<c @ t="inlineStr"><is>{runs}</is></c>'
    say(table, at, column, table.rows[at].cells[column] + " vet")


def sheet_far_cell(chance: Random, table: Table, at: int, column: int) -> None:
    table.more["after"] = ""
    table.cells.append([""] * len(table.cells[0]))
    table.shut[len(table.cells) - 1, 0] = '<c r="T900" t="inlineStr"><is><t>verdwaald</t></is></c>'
    table.rows.append(Row(("verdwaald",), line=True))


def sheet_no_places(chance: Random, table: Table, at: int, column: int) -> None:
    """Cells that do not say where they stand, as small programs write them: they stand behind one another."""
    for place, text in enumerate(table.rows[at].cells):
        table.shut[at, place] = f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def ods_inside(text: str) -> str:
    """The inside of a cell of an ODS sheet."""
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))


def ods_file(name: str, given: Table) -> bytes:
    rows = []
    for at, row in enumerate(given.cells):
        cells = (
            given.shut.get((at, column), f'<table:table-cell office:value-type="string">{cell}</table:table-cell>')
            for column, cell in enumerate(row)
        )
        rows.append(f"<table:table-row {given.around.get(at, '')}>{''.join(cells)}</table:table-row>")
    columns = given.more.get("columns", "")
    styles, other = given.more.get("styles", ""), given.more.get("other", "")
    body = f'<table:table table:name="Agenda">{columns}{"".join(rows)}</table:table>{other}'
    content = f"{ODS_HEAD}{styles}<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    return zipped({"mimetype": ODS, "content.xml": f"{content}</office:document-content>"})


def ods_hidden_row(chance: Random, table: Table, at: int, column: int) -> None:
    table.around[at] = f'table:visibility="{chance.choice(("collapse", "filter"))}"'
    hide(table, at)


def ods_hidden_column(chance: Random, table: Table, at: int, column: int) -> None:
    before = f'<table:table-column table:number-columns-repeated="{column}"/>' if column else ""
    table.more["columns"] = f'{before}<table:table-column table:visibility="collapse"/>'
    for row in range(len(table.rows)):
        say(table, row, column, "")
    table.need.add("hidden-columns")


def ods_repeated_row(chance: Random, table: Table, at: int, column: int) -> None:
    table.around[at] = 'table:number-rows-repeated="2"'
    table.rows.insert(at, table.rows[at])


def ods_merged(chance: Random, table: Table, at: int, column: int) -> None:
    inside = table.cells[at][column]
    if at + 1 >= len(table.cells):
        return
    table.shut[at, column] = f'<table:table-cell table:number-rows-spanned="2">{inside}</table:table-cell>'
    kept = table.cells[at + 1][column] if chance.random() < 0.3 else ""
    table.shut[at + 1, column] = f"<table:covered-table-cell>{kept}</table:covered-table-cell>"
    if kept and table.rows[at + 1].cells[column].strip():
        table.need.add("hidden-text")
    say(table, at + 1, column, "")


def ods_formula(chance: Random, table: Table, at: int, column: int) -> None:
    inside = table.cells[at][column]
    table.shut[at, column] = f'<table:table-cell table:formula="of:=1">{inside}</table:table-cell>'
    table.need.add("formula" if table.rows[at].cells[column].strip() else "formula-without-value")


def ods_note(chance: Random, table: Table, at: int, column: int) -> None:
    note = "<office:annotation><text:p>wie is dit</text:p></office:annotation>"
    table.cells[at][column] = note + table.cells[at][column]
    table.need.add("comments")


def ods_hidden_sheet(chance: Random, table: Table, at: int, column: int) -> None:
    table.more["styles"] = (
        "<office:automatic-styles><style:style style:name='h'><style:table-properties table:display='false'/>"
        "</style:style></office:automatic-styles>"
    )
    cell = "<table:table-cell><text:p>klad</text:p></table:table-cell>"
    row = f"<table:table-row>{cell}</table:table-row>"
    table.more["other"] = f"<table:table table:name='B' table:style-name='h'>{row}</table:table>"
    table.need.add("hidden-sheet")


def ods_pieces(chance: Random, table: Table, at: int, column: int) -> None:
    """A text in pieces: spans, blanks, tabs and links."""
    inside = "<text:p>een<text:s/>twee<text:tab/><text:span>drie</text:span> <text:a>vier</text:a>"
    inside += "<text:line-break/>vijf</text:p>"
    table.cells[at][column] += inside
    say(table, at, column, table.rows[at].cells[column] + " een twee drie vier vijf")


def ods_shape(chance: Random, table: Table, at: int, column: int) -> None:
    box = "<draw:frame><draw:text-box><text:p>kijk uit</text:p></draw:text-box></draw:frame>"
    table.cells[at][column] += box
    table.seen.append(Row(("kijk uit",), line=True))


def ods_list(chance: Random, table: Table, at: int, column: int) -> None:
    start, end = chance.choice(
        (
            ("<text:list><text:list-item>", "</text:list-item></text:list>"),
            ("<text:h>", "</text:h>"),
            ("<text:section>", "</text:section>"),
        )
    )
    inside = "zes" if start == "<text:h>" else "<text:p>zes</text:p>"
    table.cells[at][column] += f"{start}{inside}{end}"
    say(table, at, column, table.rows[at].cells[column] + " zes")


SHEET_FEATURES: Mapping[str, Feature] = {
    feature.__name__: feature
    for feature in (
        *(sheet_hidden_row, sheet_hidden_column, sheet_other, sheet_formula, sheet_formula_without_value),
        *(sheet_error, sheet_value, sheet_merged, sheet_rich_text, sheet_far_cell, sheet_no_places),
    )
}

ODS_FEATURES: Mapping[str, Feature] = {
    feature.__name__: feature
    for feature in (
        *(ods_hidden_row, ods_hidden_column, ods_repeated_row, ods_merged, ods_formula, ods_note),
        *(ods_hidden_sheet, ods_pieces, ods_shape, ods_list),
    )
}
