"""Which layout a publication says that its documents have, and the rows of an ordinary table that it makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.layouts import cards, listed, long, matrix, titles
from kennis_ld.agenda.layouts.listed import Pattern
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.unread_columns import unread_link
from kennis_ld.model import Finding, SourceRow


class Name(StrEnum):
    """The layouts there are.

    TABLE: a project is a row, its parties stand in columns that say so.
    MATRIX: a project is a row, an organisation a column, and a mark says what it does.
    CARDS: a project is a table of two columns, or a column of one, with a field in each row.
    LIST: a project is a numbered paragraph.
    LONG: a table of projects, and one with a row for each participation.
    TITLES: a project is a row, with its title across the table above it.
    """

    TABLE = "table"
    MATRIX = "matrix"
    CARDS = "cards"
    LIST = "list"
    LONG = "long"
    TITLES = "titles"


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout with what a publication says about it.

    Attributes:
        marks: for a matrix, what the publication says of a mark: a word for a role, with "?" behind it in doubt, or
            nothing.
        patterns: for a list, what a paragraph looks like that is an entry or the heading of a theme.
        lead: for a list, who leads a project whose paragraph names no lead.
        participations: for long tables, the publication's own headings of columns of participations.
    """

    name: Name = Name.TABLE
    marks: Mapping[str, str] = field(default_factory=dict)
    patterns: Sequence[Pattern] = ()
    lead: str = ""
    participations: Mapping[str, Sequence[str]] = field(default_factory=dict)


def as_table(
    rows: Iterable[SourceRow | Finding],
    layout: Layout,
    *,
    columns: Mapping[str, Sequence[str]],
    privacy: Privacy,
    document: str,
) -> Iterator[SourceRow | Finding]:
    """Yields the rows of an ordinary table with what stands in the rows of a document.

    Raises:
        UnreadableInput: nothing in the document has this layout.
    """
    known = Headings(columns, privacy.words)
    if layout.name is not Name.TABLE:
        rows = _without_links(rows, privacy)
    match layout.name:
        case Name.TABLE:
            yield from rows
        case Name.MATRIX:
            yield from matrix.rows(rows, layout.marks, known=known, privacy=privacy, document=document)
        case Name.CARDS:
            yield from cards.rows(rows, known=known, privacy=privacy, document=document)
        case Name.LIST:
            patterns, lead = layout.patterns, layout.lead
            yield from listed.rows(rows, patterns, lead=lead, known=known, privacy=privacy, document=document)
        case Name.TITLES:
            yield from titles.rows(rows, known=known, privacy=privacy, document=document)
        case Name.LONG:
            yield from long.rows(rows, layout.participations, known=known, privacy=privacy, document=document)


def _without_links(rows: Iterable[SourceRow | Finding], privacy: Privacy) -> Iterator[SourceRow | Finding]:
    """Yields rows without the addresses behind their words, for a cell may become another one; each is said."""
    for row in rows:
        if isinstance(row, Finding) or not row.links:
            yield row
            continue
        for at in range(len(row.links)):
            yield from unread_link(row, at, privacy=privacy)
        yield replace(row, links=())
