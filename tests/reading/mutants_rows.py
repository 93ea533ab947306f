"""What can go wrong in a table, whatever it is written in: rows, columns, cells, headings, numbers, letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

from tests.reading.mutants import Rows

Change = Callable[[Random, Rows], Rows]


def _body(rows: Rows) -> list[int]:
    """The places of the rows below the header that have cells; of any row when there are none."""
    header = next((at for at, row in enumerate(rows) if len(row) > 1), 0)
    return [at for at, row in enumerate(rows) if at > header and len(row) > 1] or list(range(len(rows)))


def _with(rows: Rows, at: int, *new: tuple[str, ...]) -> Rows:
    return [*rows[:at], *new, *rows[at + 1 :]]


def _header(rows: Rows) -> int:
    return next((at for at, row in enumerate(rows) if len(row) > 1), 0)


def nothing(_: Random, rows: Rows) -> Rows:
    return rows


def swap_columns_and_headers(chance: Random, rows: Rows) -> Rows:
    one, other = chance.sample(range(len(rows[_header(rows)])), 2)
    return [_swapped(row, one, other) if len(row) > 1 else row for row in rows]


def swap_columns_below_the_header(chance: Random, rows: Rows) -> Rows:
    one, other = chance.sample(range(len(rows[_header(rows)])), 2)
    body = set(_body(rows))
    return [_swapped(row, one, other) if at in body else row for at, row in enumerate(rows)]


def swap_two_cells(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    return _with(rows, at, _swapped(rows[at], *chance.sample(range(len(rows[at])), 2)))


def swap_rows(chance: Random, rows: Rows) -> Rows:
    body = _body(rows)
    one, other = chance.choice(body), chance.choice(body)
    rows = list(rows)
    rows[one], rows[other] = rows[other], rows[one]
    return rows


def move_a_row(chance: Random, rows: Rows) -> Rows:
    rows = list(rows)
    row = rows.pop(chance.randrange(len(rows)))
    rows.insert(chance.randrange(len(rows) + 1), row)
    return rows


def double_a_row(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    return _with(rows, at, rows[at], rows[at])


def drop_a_row(chance: Random, rows: Rows) -> Rows:
    return _with(rows, chance.randrange(len(rows)))


def _halves(chance: Random, text: str) -> tuple[str, str]:
    pieces = text.split(" ")
    middle = chance.randint(0, len(pieces))
    return " ".join(pieces[:middle]), " ".join(pieces[middle:])


def split_a_row_in_its_columns(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(len(rows[at]))
    first, second = _halves(chance, rows[at][column])
    upper = (*rows[at][:column], first, *[""] * (len(rows[at]) - column - 1))
    return _with(rows, at, upper, (*[""] * column, second, *rows[at][column + 1 :]))


def split_every_cell(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    pairs = [(cell, "") if place == 0 else _halves(chance, cell) for place, cell in enumerate(rows[at])]
    return _with(rows, at, tuple(first for first, _ in pairs), tuple(second for _, second in pairs))


def split_a_row_to_the_left(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(1, max(2, len(rows[at])))
    left = rows[at][column:]
    pad = [""] * (len(rows[at]) - len(left))
    return _with(rows, at, (*rows[at][:column], *[""] * len(left)), (*left, *pad))


def join_two_rows(chance: Random, rows: Rows) -> Rows:
    body = [at for at in _body(rows) if at + 1 < len(rows)] or [0]
    at = chance.choice(body)
    pairs = zip(rows[at], [*rows[at + 1], *[""] * len(rows[at])], strict=False)
    return [*rows[:at], tuple(f"{one} {other}".strip() for one, other in pairs), *rows[at + 2 :]]


def rows_behind_one_another(chance: Random, rows: Rows) -> Rows:
    body = [at for at in _body(rows) if at + 1 < len(rows)] or [0]
    at = chance.choice(body)
    return [*rows[:at], rows[at] + rows[at + 1], *rows[at + 2 :]]


def drop_a_cell(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(len(rows[at]))
    return _with(rows, at, (*rows[at][:column], *rows[at][column + 1 :], ""))


def double_a_cell(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(len(rows[at]))
    return _with(rows, at, (*rows[at][: column + 1], *rows[at][column:]))


def empty_a_cell(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(len(rows[at]))
    return _with(rows, at, (*rows[at][:column], "", *rows[at][column + 1 :]))


def empty_cells(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    return _with(rows, at, tuple(cell if chance.random() < 0.5 else "" for cell in rows[at]))


def drop_a_column(chance: Random, rows: Rows) -> Rows:
    column = chance.randrange(len(rows[_header(rows)]))
    return [(*row[:column], *row[column + 1 :]) if len(row) > 1 else row for row in rows]


def drop_the_header(_: Random, rows: Rows) -> Rows:
    return _with(rows, _header(rows))


def rename_a_header(chance: Random, rows: Rows) -> Rows:
    at = _header(rows)
    column = chance.randrange(len(rows[at]))
    name = chance.choice(("Stand van zaken", "", "Nr", "project", rows[at][column] + "e", "Trekker", "Partner 2", "–"))
    return _with(rows, at, (*rows[at][:column], name, *rows[at][column + 1 :]))


def restyle_the_header(chance: Random, rows: Rows) -> Rows:
    at = _header(rows)
    ways: tuple[Callable[[str], str], ...] = (str.upper, str.lower, lambda name: f" {name} ", lambda name: f"{name}:")
    return _with(rows, at, tuple(chance.choice(ways)(name) for name in rows[at]))


def repeat_the_header(chance: Random, rows: Rows) -> Rows:
    rows = list(rows)
    rows.insert(chance.randint(_header(rows) + 1, len(rows)), rows[_header(rows)])
    return rows


def move_the_header(chance: Random, rows: Rows) -> Rows:
    rows = list(rows)
    header = rows.pop(_header(rows))
    rows.insert(chance.randint(0, len(rows)), header)
    return rows


def extra_column(chance: Random, rows: Rows) -> Rows:
    header, body = _header(rows), chance.choice(_body(rows))
    name = chance.choice(("", "Opmerkingen", "Partner 2", "Nr."))
    extra = {header: name, body: "let op het begrotingsjaar"}
    return [(*row, extra.get(at, "")) if len(row) > 1 else row for at, row in enumerate(rows)]


def other_numbers(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    number = rows[at][0]
    new = chance.choice(
        (
            "١٢",
            "１ａ",
            "²",
            "1,5",
            "Ⅳ",
            "IV",
            "1a-1b",
            "01",
            "1.",
            "nr 1",
            "2e",
            "1 a",
            "-",
            "?",
            f"{number}{number}",
            "a" * 40,
        )
    )
    return _with(rows, at, (new, *rows[at][1:]))


_ODD = "\u200b\u200d\u202e\u202d\u2066\ufeff\u00a0\u0301\u00ad\u2028\u0085\u200f\u3000\U0001f30a"


def odd_letters(chance: Random, rows: Rows) -> Rows:
    at = chance.randrange(len(rows))
    column = chance.randrange(len(rows[at]))
    text = rows[at][column]
    place = chance.randint(0, len(text))
    cell = text[:place] + "".join(chance.choices(_ODD, k=chance.randint(1, 3))) + text[place:]
    return _with(rows, at, (*rows[at][:column], cell, *rows[at][column + 1 :]))


def signs_in_a_cell(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(len(rows[at]))
    pieces = rows[at][column].split(" ")
    sign = chance.choice(
        ('"', '""', "'", ",", ";", "|", "<", ">", "<b>", "</td>", "<5 jaar", "&lt;", "&amp;amp;", "&", "<script>",
         "<!--", "-->", "=1+1", "\\", "]]>", "<br>", "<p", "{x}", "%20", "(", ")", "T:", "P:", "Contact: ")
    )  # fmt: skip
    pieces.insert(chance.randint(0, len(pieces)), sign)
    return _with(rows, at, (*rows[at][:column], " ".join(pieces), *rows[at][column + 1 :]))


def line_breaks_in_a_cell(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(len(rows[at]))
    pieces = rows[at][column].split(" ")
    pieces.insert(chance.randint(0, len(pieces)), chance.choice(("\n", "\n\n", "\r\n", "\n- ", "\n1. ")))
    return _with(rows, at, (*rows[at][:column], " ".join(pieces), *rows[at][column + 1 :]))


def tab_in_a_cell(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(len(rows[at]))
    first, second = _halves(chance, rows[at][column])
    return _with(rows, at, (*rows[at][:column], f"{first}\t{second}", *rows[at][column + 1 :]))


def text_between_rows(chance: Random, rows: Rows) -> Rows:
    rows = list(rows)
    text = chance.choice(("* Onder voorbehoud van besluit", "Stand per maart", "5. Nieuw thema", "1", "Vervolg", "1a"))
    rows.insert(chance.randint(0, len(rows)), (text,))
    return rows


def text_in_one_column(chance: Random, rows: Rows) -> Rows:
    rows = list(rows)
    width = len(rows[_header(rows)])
    column = chance.randrange(width)
    text = chance.choice(("zie boven", "Onderwijs", "2. Zee", "1z", "T: GL", "noot bij het project hierboven"))
    row = tuple(text if at == column else "" for at in range(width))
    rows.insert(chance.randint(_header(rows), len(rows)), row)
    return rows


def other_table(_: Random, rows: Rows) -> Rows:
    return [*rows, ("Afkorting", "Betekenis"), ("GL", "Gemeente Leiden"), ("UL", "Universiteit Leiden")]


def drop_a_heading(chance: Random, rows: Rows) -> Rows:
    headings = [at for at, row in enumerate(rows) if len(row) == 1]
    return _with(rows, chance.choice(headings)) if headings else rows


def heading_in_another_cell(chance: Random, rows: Rows) -> Rows:
    headings = [at for at, row in enumerate(rows) if len(row) == 1]
    if not headings:
        return rows
    at, width = chance.choice(headings), len(rows[_header(rows)])
    column = chance.randrange(width)
    return _with(rows, at, tuple(rows[at][0] if place == column else "" for place in range(width)))


def heading_with_number_apart(chance: Random, rows: Rows) -> Rows:
    headings = [at for at, row in enumerate(rows) if len(row) == 1 and re.match(r"[0-9]+\.", row[0])]
    if not headings:
        return rows
    at, width = chance.choice(headings), len(rows[_header(rows)])
    number, _, rest = rows[at][0].partition(".")
    return _with(rows, at, (number, rest.strip(), *[""] * (width - 2)))


def control_letters(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(len(rows[at]))
    text = rows[at][column]
    place = chance.randint(0, len(text))
    cell = text[:place] + chance.choice("\x00\x01\x0b\x1b\x7f\ufffd\ufffe") + text[place:]
    return _with(rows, at, (*rows[at][:column], cell, *rows[at][column + 1 :]))


def cell_without_end(chance: Random, rows: Rows) -> Rows:
    at = chance.choice(_body(rows))
    column = chance.randrange(len(rows[at]))
    return _with(rows, at, (*rows[at][:column], "water en zand " * 6_000, *rows[at][column + 1 :]))


def _swapped(row: tuple[str, ...], one: int, other: int) -> tuple[str, ...]:
    cells = list(row)
    if max(one, other) < len(cells):
        cells[one], cells[other] = cells[other], cells[one]
    return tuple(cells)


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        *(nothing, swap_columns_and_headers, swap_columns_below_the_header, swap_two_cells, swap_rows, move_a_row),
        *(double_a_row, drop_a_row, split_a_row_in_its_columns, split_every_cell, split_a_row_to_the_left),
        *(join_two_rows, rows_behind_one_another, drop_a_cell, double_a_cell, empty_a_cell, empty_cells),
        *(drop_a_column, drop_the_header, rename_a_header, restyle_the_header, repeat_the_header, move_the_header),
        *(extra_column, other_numbers, odd_letters, signs_in_a_cell, line_breaks_in_a_cell, tab_in_a_cell),
        *(text_between_rows, text_in_one_column, other_table, drop_a_heading, heading_in_another_cell),
        *(heading_with_number_apart, control_letters, cell_without_end),
    )
}
"""What can go wrong in a table, whatever it is written in."""

SAYS_NOTHING = frozenset({"nothing", "swap_columns_and_headers", "restyle_the_header", "repeat_the_header"})
"""Changes after which the agenda says the same as before."""

PLAIN = frozenset(CHANGES) - {"odd_letters", "control_letters", "cell_without_end", "other_numbers"}
"""Changes that a PDF made with one of the fourteen standard fonts can show."""
