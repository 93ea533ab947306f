"""Says what a column that is not read seems to hold, by its heading or by its cells, and which line would have it read.

In: cells, their headings, and the words of the languages. Out: findings without persons, what each column seems to be,
and lines for publication.toml that a person checks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice, takewhile

from kennis_ld.agenda.colours import described
from kennis_ld.agenda.columns import party_columns
from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.numbers import is_number
from kennis_ld.agenda.periods import is_time
from kennis_ld.agenda.pieces import ENDS
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.role_words import role_at
from kennis_ld.agenda.text import cleaned, one_line
from kennis_ld.agenda.wording import NARROWER, Words, fold
from kennis_ld.model import Extra, Finding, Place, Role, SourceRow

_HEADLESS = "column-without-heading"
_MAIN = {Role.LEAD: "leads", Role.PARTNER: "partners"}


def table_of(kind: str) -> tuple[str, str]:
    """Returns where the settings name a column that looks like one of a kind: the table, and the name in it.

    Of [roles] the name is the role. A column that looks like nothing is left out.
    """
    if kind in NARROWER:
        return "roles", kind
    if kind in {each.value for each in Extra}:
        return "extra", kind
    return "columns", kind or "left_out"


def table_lines(found: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[str]:
    """Yields headings as publication.toml has them, by table and name; of [roles] a heading stands before its role."""
    for table, given in found.items():
        yield from [f"[{table}]"] if given else ()
        for name, headings in given.items():
            if table == "roles":
                yield from (f'{quoted(heading)} = "{name}"' for heading in headings)
            else:
                yield f"{name} = [{', '.join(map(quoted, headings))}]"


def quoted(words: str) -> str:
    """Returns a text as TOML has it."""
    return json.dumps(words, ensure_ascii=False)


def unread_cell(cell: str, heading: str, number: int, *, place: Place, privacy: Privacy) -> Finding:
    """Returns what is to be said about a cell that was not taken over; what is said of a column is put together later.

    Args:
        heading: that of its column; may be empty.
        number: of the column, from 1.
    """
    found = unnamed_cell(cell, heading, number, place=place, privacy=privacy)
    if found.code != "unnamed-column" or not (kind := looks_like(one_line(heading), privacy.words)):
        return found
    values = {**found.values, **_line(kind, one_line(heading))}
    return Finding("column-looks-like", place, words=found.words, values=values)


def unnamed_cell(cell: str, heading: str, number: int, *, place: Place, privacy: Privacy) -> Finding:
    """Returns what is to be said about a cell of a column that no setting names, as `unread_cell`."""
    heading = one_line(heading)
    values = {"column": f"{number} ({heading})" if heading else str(number)}
    if privacy.is_contact_column(heading):
        return Finding("contact-column", place, values=values)
    return Finding("unnamed-column" if heading else _HEADLESS, place, words=privacy.cell(cell), values=values)


def unread_colour(colour: str, heading: str, number: int, *, place: Place, words: Words) -> Finding:
    """Returns what is to be said about an empty cell of such a column that has a colour of its own."""
    heading = one_line(heading)
    if not heading:
        return Finding(_HEADLESS, place, words=described(colour, words), values={"column": str(number)})
    values = {"column": f"{number} ({heading})", **_line(Extra.STATUS.value, heading)}
    return Finding("colour-only", place, words=described(colour, words), values=values)


def unread_link(row: SourceRow, at: int, heading: str = "", *, privacy: Privacy) -> Iterator[Finding]:
    """Yields what is to be said about the addresses behind the words of a cell, where they are not taken over."""
    if link := row.link(at):
        yield Finding("link-address", row.cell_place(at), words=privacy.cell(link), values={"column": heading})


def _line(kind: str, heading: str) -> Mapping[str, str]:
    """Returns the line to write for a column that looks like one of a kind, and in which table of the settings."""
    table, name = table_of(kind)
    return dict(zip(("table", "line"), table_lines({table: {name: [heading]}}), strict=True))


def looks_like(heading: str, words: Words) -> str:
    """Returns what a column with this heading seems to hold, as the lists of [columns] of a language call it."""
    name = re.sub(r"[\s.:]+$", "", fold(heading.replace("_", " ")))
    columns = {kind: pattern for kind, pattern in words.columns.items() if kind != "title"}
    for whole in (name, name.replace(" ", "")):  # a narrow column of a PDF tears its heading
        if kind := next((kind for kind, pattern in columns.items() if pattern.fullmatch(whole)), ""):
            return kind
    if match := words.role.fullmatch(name):
        return _MAIN[words.role_of(match).main]
    for kind, time in (("start", words.starts), ("end", words.ends)):
        if time.fullmatch(name):  # "von" and "bis" below "Wann"
            return kind
    found = [kind for kind, pattern in columns.items() if kind != "theme" and pattern.search(name)]
    return "parties" if {"leads", "partners"} <= set(found) else next(iter(found), "")


_FEWEST = 2
"""Cells by which a column is judged."""

_SHORTEST_TEXT = 6.0
"""Words in the cells of a column, in the mean, that is more than titles and names."""

_MOST_DIFFERENT = 0.7
"""Share of the names in a column that differ, where the same ones stand there again and again."""

_BETWEEN = r"\s*(?:[;,/&|\n•]|(?:^|(?<=\s))-(?=\s))\s*"
_WORD = re.compile(r"[^\W\d_]{3}")
_BRACKETS = re.compile(r"\(([^()]+)\)")
_ROLES = ("leads", "partners")

_EDGES = ("start", "end")

Columns = Mapping[str, Sequence[str]]
"""Cells by the heading of their column, in the order of the columns."""


def seems(columns: Columns, kinds: Mapping[str, str], words: Words) -> Mapping[str, str]:
    """Returns what each column nobody knows seems to hold: by its heading, else by what stands in its cells.

    Before the title stand numbers and themes; the longest text is the description, any other a remark.

    Args:
        kinds: what each column is known as; empty for those nobody knows.
    """
    unknown = {heading: cells for heading, cells in columns.items() if not kinds.get(heading)}
    found = {heading: looks_like(heading, words) for heading in unknown}
    for one in ("description", "theme"):
        same = [heading for heading, kind in found.items() if kind == one]
        found |= dict.fromkeys(same[one not in kinds.values() :], "remark")
    if not Headings.names_title(kinds.values()):
        titles = (heading for heading in unknown if words.columns["title"].fullmatch(fold(heading.strip(" .:?"))))
        found |= dict.fromkeys(islice(titles, 1), "title")
    found |= dict.fromkeys(
        (name for name in unknown if found[name] in _EDGES and _is_choice(unknown[name], words)), "status"
    )
    said = (heading for heading in unknown if found[heading] in {"", *_ROLES} and _say_roles(unknown[heading], words))
    found |= dict.fromkeys(said, "parties")
    names = _with_names(unknown, words)
    for role in _ROLES:
        same = [heading for heading, kind in found.items() if kind == role]
        is_title = role in kinds.values() and not Headings.names_title(kinds.values())
        if is_title or not names.isdisjoint(same):  # of two headings for one role that over names counts
            found |= dict.fromkeys(set(same) - names, "")
    taken = {*kinds.values(), *found.values()}
    unnamed = sorted(
        (heading for heading in names if not found[heading]), key=lambda name: len(_names(unknown[name], words))
    )
    found |= zip(unnamed, (role for role in _ROLES if role not in taken), strict=False)
    held = {heading: _held(unknown[heading], words) for heading, kind in found.items() if not kind}
    texts = [heading for heading, kind in held.items() if kind == "description"]
    before = set(_before_title(columns, {**kinds, **found}, [heading for heading, kind in held.items() if not kind]))
    for heading, kind in held.items():
        if kind == "description":
            is_longest = heading == max(texts, key=lambda text: _length(unknown[text]))
            found[heading] = kind if kind not in taken and is_longest else "remark"
        elif kind and kind not in taken and (kind == "period" or heading in before):
            found[heading] = kind
            taken.add(kind)
    return found


def rest(cells: Sequence[str], privacy: Privacy) -> str:
    """Returns where a column goes that looks like nothing: a remark where it says something, and of no person."""
    filled = [text for text in map(one_line, cells) if text]
    says = 2 * sum(_WORD.search(text) is not None for text in filled) > len(filled)
    return "remark" if says and all(privacy.cell(text) == text for text in filled) else ""


def has_text_below(cells: Sequence[str]) -> bool:
    """Whether most cells of a column have a title on their first line, and running text below it."""
    divided = [cleaned(cell).partition("\n") for cell in cells if cell.strip()]
    below = [text for _, _, text in divided if text.strip()]
    runs_on = not is_short(below) or all(text.rstrip().endswith((".", "!", "?")) for text in below)
    return 2 * len(below) > len(divided) and is_short([title for title, _, _ in divided]) and runs_on


def is_counted(cells: Sequence[str]) -> bool:
    """Whether a column has numbers and amounts only, and can name nothing."""
    return any(map(str.strip, cells)) and not any(character.isalpha() for cell in cells for character in cell)


def is_full(row: SourceRow, headings: Sequence[str]) -> bool:
    """Whether a row says something in most columns, and is not the header again; that of a total says little."""
    return row.cells != tuple(headings) and 2 * sum(map(bool, map(str.strip, row.cells))) > len(row.cells)


def is_short(cells: Sequence[str]) -> bool:
    """Whether cells hold names or titles, and no running text."""
    return _length(cells) <= _SHORTEST_TEXT


def _held(cells: Sequence[str], words: Words) -> str:
    """Returns what the cells of a column look like; nothing where they are too few or too much alike to say so."""
    filled = [text for text in map(one_line, cells) if text]
    if len(filled) < _FEWEST:
        return ""
    if all(is_time(text, words) for text in filled):
        return "period"
    if all(map(is_number, filled)):
        return "number" if len(set(filled)) == len(filled) else ""
    if not is_short(filled):
        return "description"
    runs = len(list(groupby(filled)))  # a theme goes on for some rows, in each table
    return "theme" if 1 < len(set(filled)) <= runs <= len(cells) / 2 else ""


def _is_choice(cells: Sequence[str], words: Words) -> bool:
    """Whether cells say one of two things, and none a time: "Gereed?" with "ja" and "nee"."""
    filled = list(filter(None, map(one_line, cells)))
    return len(set(filled)) == 2 < len(filled) and not any(map(str.isdigit, "".join(filled)))


def _say_roles(cells: Sequence[str], words: Words) -> bool:
    """Whether most cells say who does what: "T: GD" or "GD (trekker)"."""
    filled = list(filter(None, (one_line(cell).lstrip(f"{ENDS}*•") for cell in cells)))
    said = (role_at(text, 0, words) or any(map(words.role.fullmatch, _BRACKETS.findall(text))) for text in filled)
    return len(filled) >= _FEWEST and 2 * sum(map(bool, said)) > len(filled)


def _before_title(columns: Columns, kinds: Mapping[str, str], plain: Sequence[str]) -> Iterator[str]:
    """Yields the headings before that of the title: the one that is known, else the first that holds nothing else."""
    title = next((heading for heading in columns if kinds.get(heading) == "title"), next(iter(plain), None))
    return takewhile(lambda heading: heading != title, columns if title is not None else ())


def _with_names(columns: Columns, words: Words) -> set[str]:
    """Returns the headings of columns in which the same names stand again and again, more than one in a cell.

    So do those of columns that have one name in a cell, where most of these stand in such a column too.
    """
    names = {heading: _names(cells, words) for heading, cells in columns.items()}
    several = {
        heading
        for heading, found in names.items()
        if len(found) > sum(bool(cell.strip()) for cell in columns[heading]) > _FEWEST
        and is_short(found)
        and len(set(found)) <= _MOST_DIFFERENT * len(found)
    }
    every = {name for heading in several for name in names[heading]}
    return several | {heading for heading, found in names.items() if 2 * len(every & set(found)) > len(set(found))}


def _names(cells: Sequence[str], words: Words) -> Sequence[str]:
    """Returns the names in cells that hold one or more."""
    between = rf"{_BETWEEN}|\s*{words.and_.pattern}\s*"
    return [part for cell in cells for part in re.split(between, cell.strip(), flags=re.IGNORECASE) if part]


def _length(cells: Sequence[str]) -> float:
    """Returns how many words stand in a cell that has any, in the mean."""
    counts = [len(cell.split()) for cell in cells if cell.strip()]
    return sum(counts) / max(len(counts), 1)


def missing_columns(kinds: Mapping[str, str]) -> list[str]:
    """Returns the columns that a table needs and that these headings do not name."""
    named = {kind for kind in kinds.values() if kind}
    missing = [] if Headings.names_title(named) else ["title"]
    return missing + ([] if named & set(party_columns(named)) else ["leads", "partners"])


_TEXTS = {"", "remark"}
"""What a column of text may look like."""


def lines_of_columns(kinds: Mapping[str, str], cells: Mapping[str, Sequence[str]], privacy: Privacy) -> Sequence[str]:
    """Returns settings that give the columns that are missing the headings nobody knows.

    One that looks like such a column comes before the others, which are taken in their order; what is left goes where
    it looks like it belongs.
    """
    missing = missing_columns(kinds)
    looks = dict(seems(cells, kinds, privacy.words))
    unknown = [heading for heading in looks if looks[heading] or not is_counted(cells[heading])]
    is_one = missing == ["leads", "partners"] and len(unknown) == 1 and not any(looks.values())
    say_roles = "parties" in looks.values() and "leads" in missing
    wanted = [*missing[: missing.index("leads")], "parties"] if is_one or say_roles else missing
    texts = [heading for heading, kind in kinds.items() if kind == "description" or looks.get(heading) in _TEXTS]
    if wanted[:1] == ["title"] and len(texts) > 1 and kinds[texts[0]] == "description" and is_short(cells[texts[0]]):
        # Of two columns of text the first is the title, whatever it is called.
        looks |= dict.fromkeys(texts[:2], "")
        unknown = [*texts[:2], *(heading for heading in unknown if heading not in texts[:2])]
        wanted = ["title", "description", *wanted[1:]]
    found: dict[str, dict[str, list[str]]] = {"columns": {}}
    both = next((heading for heading in looks if has_text_below(cells[heading])), None)
    if both and wanted[:1] == ["title"] and "description" not in kinds.values():
        found["columns"] = {"title": [both], "description": [both]}
        unknown = [heading for heading in unknown if heading != both]
        wanted = wanted[1:]
    for column in wanted:
        named = next((heading for heading in unknown if looks.get(heading) == column), None)
        plain = next((heading for heading in unknown if not looks.get(heading)), None)
        heading = named or plain
        if heading is not None:
            unknown.remove(heading)
        if heading is not None or column != "partners":
            found["columns"][column] = [heading or "…"]
    for heading in looks:
        if not any(heading in given for given in found["columns"].values()):
            table, name = table_of(looks[heading] or rest(cells[heading], privacy))
            found.setdefault(table, {}).setdefault(name, []).append(heading)
    return list(table_lines(found))
