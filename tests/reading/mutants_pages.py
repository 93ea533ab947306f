"""Web pages with something in them that a table of rows does not have: hidden, spanned, left open, in odd elements."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from random import Random

from tests.reading.careful import Row
from tests.reading.mutants_tables import Feature, Table, hide, say


def page_inside(text: str) -> str:
    """The inside of a cell of a web page."""
    return html.escape(text, quote=False)


def page_file(name: str, given: Table) -> bytes:
    rows = []
    for at, row in enumerate(given.cells):
        cells = (given.shut.get((at, column), f"<td>{cell}</td>") for column, cell in enumerate(row))
        rows.append(f"<tr {given.around.get(at, '')}>{''.join(cells)}</tr>")
    before, after = given.more.get("before", ""), given.more.get("after", "")
    head = "<!DOCTYPE html><html><head><meta charset=utf-8><title>Agenda</title></head><body>"
    return f"{head}{before}<table>{''.join(rows)}</table>{after}</body></html>".encode()


def _wrapped(start: str, end: str, *codes: str) -> Feature:
    def feature(chance: Random, table: Table, at: int, column: int) -> None:
        if table.rows[at].cells[column].strip():
            table.cells[at][column] = f"{start}{table.cells[at][column]}{end}"
            table.need.update(codes)

    return feature


def _added(markup: str, said: str, *codes: str) -> Feature:
    def feature(chance: Random, table: Table, at: int, column: int) -> None:
        table.cells[at][column] += markup
        if said:
            say(table, at, column, f"{table.rows[at].cells[column]} {said}")
        table.need.update(codes)

    return feature


def _gone(start: str, end: str) -> Feature:
    """A text that a browser does not show."""

    def feature(chance: Random, table: Table, at: int, column: int) -> None:
        if table.rows[at].cells[column].strip():
            table.cells[at][column] = f"{start}{table.cells[at][column]}{end}"
            say(table, at, column, "")
            table.need.add("hidden-text")

    return feature


def page_hidden_row(chance: Random, table: Table, at: int, column: int) -> None:
    table.around[at] = chance.choice(("hidden", 'style="display:none"', 'style="VISIBILITY: hidden"'))
    hide(table, at)


def page_spans(chance: Random, table: Table, at: int, column: int) -> None:
    if at + 1 < len(table.cells):
        table.shut[at, column] = f"<td rowspan=2>{table.cells[at][column]}</td>"
        table.shut[at + 1, column] = ""
        say(table, at + 1, column, "")
        if table.rows[at].cells[column].strip():
            table.need.add("merged-cells")


def page_cell_left_out(chance: Random, table: Table, at: int, column: int) -> None:
    table.shut[at, column] = ""
    cells = list(table.rows[at].cells)
    del cells[column]
    table.rows[at] = Row((*cells, ""))  # a browser leaves the last cell of a short row empty


def page_no_end_tags(chance: Random, table: Table, at: int, column: int) -> None:
    for place, cell in enumerate(table.cells[at]):
        table.shut[at, place] = f"<td>{cell}"


def page_text_between_rows(chance: Random, table: Table, at: int, column: int) -> None:
    table.shut[at, 0] = f"zwevende tekst<td>{table.cells[at][0]}</td>"
    table.seen.append(Row(("zwevende tekst",), line=True))


def page_caption(chance: Random, table: Table, at: int, column: int) -> None:
    table.shut[0, 0] = f"<caption>stand van mei</caption><td>{table.cells[0][0]}</td>"
    table.seen.append(Row(("stand van mei",), line=True))


def page_around(chance: Random, table: Table, at: int, column: int) -> None:
    before, after = chance.choice(
        (
            ("<p>vooraf", ""),
            ("", "<footer>tot slot"),
            ("<div><section>inleiding</section></div>", ""),
            ("<table><tr><td>menu<td>", "</table>"),
        )
    )
    table.more |= {"before": before, "after": after}
    table.seen.append(Row((re.sub("<[^>]*>", "", before + after),), line=True))


PAGE_FEATURES: Mapping[str, Feature] = {
    "in a span": _wrapped("<span class=x>", "</span>"),
    "in an odd element": _wrapped("<hoes>", "</hoes>"),
    "in details": _wrapped("<details open><summary></summary>", "</details>"),
    "in a select": _wrapped("<select><option>", "</select>"),
    "in an svg": _wrapped("<svg><text>", "</text></svg>"),
    "in math": _wrapped("<math><mi>", "</mi></math>"),
    "in a textarea": _wrapped("<textarea>", "</textarea>"),
    "in a button": _wrapped("<button>", "</button>"),
    "in an object": _gone("<object>", "</object>"),
    "in noscript": _gone("<noscript>", "</noscript>"),
    "in a template": _gone("<template>", "</template>"),
    "in pre": _wrapped("<pre>", "</pre>"),
    "in ins": _wrapped("<ins>", "</ins>"),
    "with a comment": _added("<!-- niet voor de pers -->", ""),
    "with entities": _added("<p>caf&eacute; &#8364; &amp; &lt;5", "café € 5"),
    "with a nested table": _added("<table><tr><td>schuim</table>", "schuim", "nested-table"),
    "with hidden text": _added("<span hidden>geheim</span>", "", "hidden-text"),
    "with a picture": _added("<img src=x alt=strand>", "", "pictures"),
    "with deleted text": _added("<del>weg</del>", "", "tracked-changes"),
    "with a field": _added("<input value='vul in'>", "", "text-box"),
    "with a line break": _added("<br>verder<hr>nog", "verder nog"),
    "with a list": _added("<ul><li>een<li>twee</ul>", "een twee"),
    "with an open tag": _added(" <b><i>schuin", "schuin"),
    "with a stray end tag": _added("</b></p></div>", ""),
    "with a quotation": _added(" <q>citaat</q> <cite>bron</cite>", "citaat bron"),
    **{
        feature.__name__: feature
        for feature in (
            *(page_hidden_row, page_spans, page_cell_left_out, page_no_end_tags, page_text_between_rows),
            *(page_caption, page_around),
        )
    },
}
