"""Proposes settings for the columns beside those of every agenda, and for statuses, with what a legend says of them.

In: the tables of a document that can be read. Out: lines for publication.toml that a person completes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from kennis_ld.agenda.colours import RowColours, as_text, called, is_colour, names, own_colour
from kennis_ld.agenda.columns import extra_of
from kennis_ld.agenda.extras import LONGEST_STATUS, SHORTEST_STATUS
from kennis_ld.agenda.headers import Header
from kennis_ld.agenda.legends import meanings_of, with_names
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.text import one_line
from kennis_ld.agenda.unread_columns import has_text_below, is_full, quoted, rest, seems, table_lines, table_of
from kennis_ld.agenda.wording import MASKED, Words, fold
from kennis_ld.iri import slug
from kennis_ld.model import Extra, SourceRow, Status

_MOST = 12
"""Statuses that are proposed; a column with more tells stories."""

_OPEN = "…"
"""What a person fills in; the settings refuse it as it is."""


Table = tuple[Header, Sequence[SourceRow]]
"""A header and the rows below it."""

_Unread = Sequence[tuple[int, str]]
"""The columns that nobody knows, by their place, and what each seems to hold."""


def settings_of_tables(
    tables: Sequence[Table], privacy: Privacy, known: Sequence[Status], *, language: str, row_colours: bool | None
) -> Iterator[str]:
    """Yields lines that name the headings nobody knows and the statuses nobody described.

    Args:
        known: the statuses that the settings describe.
        row_colours: whether the colour of a row is a status; None where nobody said so.
    """
    unread = [list(_unread(table, privacy)) for table in tables]
    asks = row_colours is None and _are_rows_coloured(tables, privacy.words)
    yield from ("[reading]", 'row_colour = "status"') if asks else ()
    yield from table_lines(_columns(tables, unread))
    with_rows = asks or row_colours is True
    texts = [_statuses(*each, privacy, with_rows=with_rows) for each in zip(tables, unread, strict=True)]
    yield from _status_lines(tables, dict.fromkeys(chain.from_iterable(texts)), privacy, known, language)


def _columns(tables: Sequence[Table], unread: Sequence[_Unread]) -> Mapping[str, Mapping[str, list[str]]]:
    """Returns headings that nobody knows by table of the settings and name in it: [extra] status."""
    found: dict[str, dict[str, list[str]]] = {}
    kinds: dict[str, str] = {}  # of two tables the one counts in which the column looks like something
    for given, columns in zip(tables, unread, strict=True):
        if heading := _with_text(given):
            found["columns"] = {"title": [heading], "description": [heading]}
        for at, kind in columns:
            heading = given[0].printed[at]
            kinds[heading] = kinds.get(heading) or kind
    for heading, kind in kinds.items():
        table, name = table_of(kind)
        found.setdefault(table, {}).setdefault(name, []).append(heading)
    return found


def _with_text(table: Table) -> str:
    """Returns the heading of the titles where, without a column of descriptions, most have running text below them."""
    header, rows = table
    at = header.place("title")
    if at is None or "description" in header.columns.values() or header.is_titled_text:
        return ""
    return header.printed[at] if has_text_below([row.cells[at] for row in _entries(header, rows)]) else ""


def _unread(table: Table, privacy: Privacy) -> Iterator[tuple[int, str]]:
    """Yields the columns that nobody knows; those of contact persons need no setting."""
    header, rows = table
    fitting = [row for row in rows if len(row.cells) == header.width and is_full(row, header.printed)]
    cells = {heading: [row.cells[at] for row in fitting] for at, heading in enumerate(header.printed)}
    kinds = {header.printed[at]: kind for at, kind in header.columns.items()}
    seen = seems(cells, kinds, privacy.words)
    for at, heading in enumerate(header.printed):
        if at not in header.columns and heading.strip() and not privacy.is_contact_column(heading):
            coloured = "status" if _is_coloured(rows, at, header) else ""
            yield at, seen.get(heading) or coloured or rest(cells[heading], privacy)


def _status_lines(
    tables: Sequence[Table], texts: Iterable[str], privacy: Privacy, known: Sequence[Status], language: str
) -> Iterator[str]:
    """Yields lines for the statuses, each once, that the settings do not describe."""
    described = {fold(word) for status in known for word in (*status.labels.values(), *status.words)}
    used = [text for text in texts if not described & with_names([text], privacy.words)][:_MOST]
    signs = with_names(used, privacy.words)
    told = dict(pair for _, rows in tables for row in rows for pair in meanings_of(row, signs, privacy.words))
    shown = Counter(called(text, language, privacy.words) for text in texts)
    keys: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for text in used:
        meaning = next((told[name] for name in map(fold, names(text, privacy.words)) if name in told), "")
        name = called(text, language, privacy.words)
        label = privacy.cell(meaning) or (_OPEN if is_colour(text) or len(text) < SHORTEST_STATUS else text)
        key = slug(label) or slug(name) or f"status-{len(keys) + 1}"
        keys.setdefault(key, []).append(name if shown[name] == 1 else text)
        labels[key] = label
    for key, words in keys.items():
        yield from ("", f"[statuses.{key}]", f"words = [{', '.join(map(quoted, words))}]")
        both = dict.fromkeys((language, "en"), _OPEN)
        yield from (f"label.{each} = {quoted(text)}" for each, text in (both | {language: labels[key]}).items())
        yield from (f"definition.{each} = {quoted(text)}" for each, text in both.items())


def _are_rows_coloured(tables: Sequence[Table], words: Words) -> bool:
    """Whether the colours of the rows seem to say something."""
    colours = RowColours(words)
    for at, (header, rows) in enumerate(tables):
        for row in _entries(header, rows):
            colours.add(header.fill(row), (str(at),), row.place)
    return any(colours.said())


def _statuses(table: Table, unread: _Unread, privacy: Privacy, *, with_rows: bool) -> Iterator[str]:
    """Yields the short texts and colours that stand in columns of statuses, and the colours of rows that are some."""
    header, rows = table
    places = [at for at, column in header.columns.items() if extra_of(column) is Extra.STATUS]
    places += [at for at, kind in unread if kind == "status"]
    for row in _entries(header, rows):
        for at in places:
            text = own_colour(row, at, header.place("title")) or one_line(row.cells[at]).strip(" .")
            if text and len(text) <= LONGEST_STATUS and not MASKED.search(privacy.cell(text)):
                yield text
        if with_rows and (fill := header.fill(row)):
            yield as_text(fill)


def _entries(header: Header, rows: Sequence[SourceRow]) -> Iterator[SourceRow]:
    fitting = (row for row in rows if len(row.cells) == header.width)
    return (row for row in fitting if all(header.name(row)[0 if header.has_numbers else 1 :]))


def _is_coloured(rows: Sequence[SourceRow], at: int, header: Header) -> bool:
    return any(own_colour(row, at, header.place("title")) for row in _entries(header, rows))
