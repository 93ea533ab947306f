"""Cards: a project is a table of two columns, with a field in each row, or paragraphs that begin with the name of one.

Several projects may stand beside one another, each in a column.

In: rows. Out: a table with a column for each field and a row for each card. A row of four cells may have two fields.
A field without a heading in front of it goes on with the one above it. A heading right above a card is its title, if
the card itself has none; other headings stay headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kennis_ld.agenda.headers import Headings, plain_line
from kennis_ld.agenda.layouts import fields, turned
from kennis_ld.agenda.numbers import is_number
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.top import row_words
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, Place, SourceRow

_NUMBERED = re.compile(r"(?P<name>.+?)\s*(?:nr\.?|no\.?)?\s+(?P<number>\S*[0-9]\S*)", re.IGNORECASE)
_NUMBER_IN_FRONT = re.compile(r"(?:\S+\s+)?(?P<number>\S*[0-9]\S*?)[.):]*\s*[-–:]?\s+(?P<title>\S.*)")

_Column = tuple[str, int]
"""A field, and which of the fields of that name on one card."""


@dataclass(slots=True)
class _Card:
    """One card: its fields with their texts, in their order, and the colours of those that have one and no text."""

    place: Place
    fields: dict[_Column, str] = field(default_factory=dict)
    fills: dict[_Column, str] = field(default_factory=dict)

    def add(self, name: str, text: str, fill: str = "") -> None:
        count = sum(given == name for given, _ in self.fields)
        self.fields[name, count] = text
        self.fills[name, count] = fill

    def go_on(self, text: str) -> None:
        last = next(reversed(self.fields))
        self.fields[last] = "\n".join(filter(None, (self.fields[last], text)))


def rows(
    given: Iterable[SourceRow | Finding], *, known: Headings, privacy: Privacy, document: str
) -> Iterator[SourceRow | Finding]:
    """Yields the cards of a document as the rows of a table, with what stands between them.

    Raises:
        UnreadableInput: no table has a field with the title of a project.
    """
    given = list(turned.as_cards(given, known, known.kind))
    given = list(fields.as_cards(given, fields.names_in(given, known.kind), known))
    found: list[SourceRow | Finding | _Card] = list(_divided(given, known, names_beside(given)))
    cards = [item for item in found if isinstance(item, _Card)]
    if not any(known.kind(name) == "title" for card in cards for name, _ in card.fields):
        names = list(dict.fromkeys(name for card in cards for name, _ in card.fields))[:20]
        seen = f" The fields are: {', '.join(map(privacy.cell, names))}." if names else ""
        raise UnreadableInput(
            f"There are no cards: no table of two columns has a field with the title of a project.{seen}",
            where=document,
            remedy="Name that field under [columns] title in publication.toml, or take another layout.",
        )
    columns = list(dict.fromkeys(column for card in cards for column in card.fields))
    if all(known.kind(name) != "description" for name, _ in columns):
        columns.append((known.heading("description"), 0))
    header = tuple(name for name, _ in columns)
    needed = "number" if any(known.kind(name) == "number" for name, _ in columns) else "title"
    filled = {name for card in cards for (name, at), text in card.fields.items() if text or card.fills[name, at]}
    for item in found:
        if isinstance(item, _Card):
            if item is cards[0]:
                yield SourceRow(header, item.place.whole(), Kind.HEADER)
            for name in (name for name, _ in item.fields if not known.kind(name)):
                if name not in filled:  # beside it nothing stands, on no card
                    filled.add(name)
                    yield Finding("text-outside-table", item.place, words=privacy.cell(name))
            yield from _row(item, columns, needed, known, privacy)
        elif isinstance(item, Finding) or item.kind is not Kind.EDGE:
            yield item


def names_beside(given: Iterable[SourceRow | Finding]) -> frozenset[str]:
    """Returns what names a field beside another one: it stands in most rows that begin with the same field."""
    rows = [row for row in given if isinstance(row, SourceRow) and len(row.cells) > 1]
    firsts = Counter(plain_line(row.cells[0]) for row in rows)
    pairs = Counter((plain_line(row.cells[0]), plain_line(cell)) for row in rows for cell in row.cells[2:-1:2])
    return frozenset(name for (first, name), count in pairs.items() if name and count > max(1, firsts[first] / 2))


def fields_of(row: SourceRow, beside: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Yields the fields in a row of a card: name, and from which cell to which its text stands."""
    at = 0
    while at < len(row.cells):
        end = next(
            (to for to in range(at + 2, len(row.cells), 2) if plain_line(row.cells[to]) in beside), len(row.cells)
        )
        yield plain_line(row.cells[at]), at + 1, end
        at = end


def _row(
    card: _Card, columns: Sequence[_Column], needed: str, known: Headings, privacy: Privacy
) -> Iterator[SourceRow | Finding]:
    """Yields the row that a card is; without what an entry needs it would go on with the card before it."""
    kinds = {known.kind(name) for (name, _), text in card.fields.items() if text.strip()}
    fills = tuple(card.fills.get(column, "") for column in columns)
    texts = tuple(card.fields.get(column, "") for column in columns)
    row = SourceRow(texts, card.place, fills=fills if any(fills) else ())
    if needed in kinds:
        yield row
        return
    told = SourceRow(tuple(cell for (name, _), text in card.fields.items() for cell in (name, text)), card.place)
    contacts = [2 * at + 1 for at, (name, _) in enumerate(card.fields) if privacy.is_contact_column(name)]
    code = "row-without-number" if kinds - {""} else "row-of-other-table"
    yield Finding(code, card.place, words=row_words(told, privacy, contacts))


def _divided(
    given: Iterable[SourceRow | Finding], known: Headings, beside: Collection[str]
) -> Iterator[SourceRow | Finding | _Card]:
    """Yields what stands between cards as it is, and each card behind what was said about its rows."""
    card: _Card | None = None
    over: SourceRow | None = None  # a heading right above the card at hand
    for row in given:
        if isinstance(row, Finding):
            yield row
        elif row.kind is Kind.EDGE:
            if card:
                yield from _finished(card, over, known)
                card = over = None
        elif len(row.cells) < 2:
            if card:
                yield from _finished(card, over, known)
            elif over:
                yield over
            card, over = None, row
        else:
            for name, start, end in fields_of(row, beside):
                text = "\n".join(filter(None, map(str.strip, row.cells[start:end])))
                if card and _starts_card(card, name, known):  # cards that stand in one table
                    yield from _finished(card, over, known)
                    card = over = None
                card = card or _Card(row.place)
                card.place = card.place.through(row.place)
                if not name and card.fields:
                    card.go_on(text)
                else:
                    own = row.fill(start) != row.fill(start - 1)
                    _add(
                        card,
                        name or known.heading("description"),
                        text,
                        known,
                        fill=row.fill(start) if own and not text else "",
                    )
    if card:
        yield from _finished(card, over, known)
    elif over:
        yield over


def _starts_card(card: _Card, name: str, known: Headings) -> bool:
    """Whether a field starts the next card: its number or title, where the card has one."""
    kind = "number" if _number_in(name, known) else known.kind(name)
    return kind in {"number", "title"} and any(known.kind(given) == kind for given, _ in card.fields)


def _number_in(name: str, known: Headings) -> str:
    """Returns the number of a project in the name of a field: "Project 12"."""
    found = _NUMBERED.fullmatch(name)
    if found and is_number(found["number"]) and known.kind(found["name"]) in {"number", "title"}:
        return found["number"]
    return ""


def _add(card: _Card, name: str, text: str, known: Headings, *, fill: str) -> None:
    """Adds a field; "Project 12" with a title behind it is number and title."""
    if number := _number_in(name, known):
        card.add(known.heading("number"), number)
        if text:
            card.add(known.heading("title"), text)
    else:
        is_number_field = known.kind(name) == "number"  # of all cards in one column, "Nr" or "Nummer"
        card.add(known.heading("number") if is_number_field else name, text, fill)


def _finished(card: _Card, over: SourceRow | None, known: Headings) -> Iterator[SourceRow | Finding | _Card]:
    """Yields a card, with the heading above it as its title where it has none of its own."""
    kinds = {known.kind(name) for name, _ in card.fields}
    if over and "title" not in kinds:
        line = plain_line(over.cells[0])
        found = _NUMBER_IN_FRONT.fullmatch(line)
        if found and is_number(found["number"]) and "number" not in kinds:
            card.add(known.heading("number"), found["number"])
            line = found["title"]
        card.add(known.heading("title"), line)
    elif over:
        yield over
    yield card
