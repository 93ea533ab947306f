"""Recognises the header of a table: which column is what, also over two rows, and what is missing where it is none.

In: rows, and the headings by which columns are known. Out: a header, or what was seen of one, for a person to add to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kennis_ld.agenda.columns import kind_of_role, party_columns, role_of_column
from kennis_ld.agenda.numbers import is_number
from kennis_ld.agenda.patterns import compiled
from kennis_ld.agenda.role_words import roles_in_heading, roles_named
from kennis_ld.agenda.text import cleaned, one_line
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Continuation, Role, SourceRow

_NUMBERED = "numbered title"
TITLED = "text below its title"
"""The column with title and description in one cell."""

_BETWEEN: Mapping[str, str] = {"parties": " ", "description": "\n\n"}
_LAST_NUMBER = re.compile(r" ?[0-9]{1,2}$")
_BROKEN = re.compile(r"(?<=\w)- (?=\w)")
_ITEM = re.compile(r"(?m)^- ")
_NUMBER_IN_FRONT = re.compile(r"(?P<number>\S*[0-9]\S*?)(?P<end>[.):]*)\s+(?P<title>\S.*)")
_LONGEST_HEADING = 100
"""Characters in a heading that gives a role; a longer text is running text, and every row is asked what it is."""

_TITLES = frozenset({"title", _NUMBERED, TITLED})

_FEWEST = 3
"""Columns of a table without numbers; one of two columns is a list of abbreviations."""


@dataclass(frozen=True, slots=True)
class Header:
    """Which column is what, how its headings are printed, and which roles they call intended.

    Attributes:
        columns: what stands in a column, by its place.
        intended: the roles whose heading says that the parties may still be intended.
        is_numbered_title: whether the heading says that number and title stand in one column.
        is_titled_text: whether it says so of title and description; the first line of a cell is then the title.
        rows: those that it was read from, one or two.
    """

    columns: Mapping[int, str]
    printed: tuple[str, ...]
    intended: tuple[Role, ...]
    is_numbered_title: bool = False
    is_titled_text: bool = False
    rows: tuple[SourceRow, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.printed)

    @property
    def has_numbers(self) -> bool:
        """Whether there is a column of numbers."""
        return "number" in self.columns.values()

    @property
    def has_partners_in_parties(self) -> bool:
        """Whether "Betrokken partijen" can only be the partners, for the leads have a column of their own."""
        return "leads" in self.columns.values() and "partners" not in self.columns.values()

    def heading(self, column: str) -> str:
        """Returns the heading of a column; the headings of several columns of one name are joined."""
        return " / ".join(one_line(self.printed[at]) for at, name in self.columns.items() if name == column).rstrip(
            " :"
        )

    def cell(self, row: SourceRow, column: str) -> str:
        """Returns the text of a column in a row; several columns of one name ("Partner 1", "Partner 2") are joined."""
        texts = [row.cells[at] for at in self._places(row, column) if row.cells[at]]
        if column == "description" and self.is_titled_text:
            texts[:0] = filter(None, [self._titled(row)[1]])
        return _between(column).join(texts)

    def how(self, row: SourceRow, column: str) -> Continuation:
        """Returns how the text of a column goes on from the row above, as far as the reader saw that."""
        column = "title" if column == "description" and self.is_titled_text else column
        return next((row.how(at) for at in self._places(row, column) if row.cells[at]), Continuation.NONE)

    def goes_on(self, row: SourceRow) -> bool:
        """Whether the reader saw that a row goes on with the one above it."""
        return self.how(row, "title") is Continuation.LINE or self.is_merged(row)

    def is_merged(self, row: SourceRow) -> bool:
        """Whether number and title of the row above reach into this one."""
        named = [at for name in ("number", "title") for at in self._places(row, name)]
        return bool(named) and all(row.how(at) is Continuation.MERGED for at in named)

    def name(self, row: SourceRow) -> tuple[str, str]:
        """Returns number and title of a row; the number is empty where there is none, or taken from the title."""
        title = plain_line(self._titled(row)[0] if self.is_titled_text else self.cell(row, "title"))
        if self.has_numbers:
            number = plain_line(self.cell(row, "number"))
            return number if title or any(map(str.isalnum, number)) else "", title  # a dash alone names no entry
        found = _NUMBER_IN_FRONT.fullmatch(title)
        if found and is_number(found["number"]) and (self.is_numbered_title or found["end"] or "." in found["number"]):
            return found["number"], found["title"]
        return "", title

    def place(self, column: str) -> int | None:
        """Returns where a column stands; None where there is none."""
        return next((at for at, name in self.columns.items() if name == column), None)

    def fill(self, row: SourceRow) -> str:
        """Returns the colour of a row: that behind its title, else its number; empty for none."""
        places = (self.place("title"), self.place("number"))
        return next((row.fill(at) for at in places if at is not None and row.fill(at)), "")

    def _titled(self, row: SourceRow) -> tuple[str, str]:
        """Returns title and description where they stand in one cell; a row that goes on has no title."""
        text = cleaned(self.cell(row, "title"))
        if self.goes_on(row) or (self.has_numbers and not self.cell(row, "number").strip()):
            return "", text
        title, _, more = text.partition("\n")
        return title, more.strip("\n")

    def _places(self, row: SourceRow, column: str) -> Sequence[int]:
        return [at for at, name in self.columns.items() if name == column and at < len(row.cells)]


class Headings:
    """The headings by which columns are known.

    Args:
        columns: headings by what stands in the column; what the settings name comes last and counts before the rest.
        words: the words of the language that give a role.
    """

    def __init__(self, columns: Mapping[str, Sequence[str]], words: Words) -> None:
        self._columns = columns
        self._words = words
        self._both = compiled(rf"\s*(?:[/+&-]|{words.and_.pattern}|\s)\s*")
        self._title_and_text = compiled(rf"\s*(?:[/+&]|{words.and_.pattern}|{words.weak_alongside.pattern})\s*")
        self._has_roles = bool(words.narrower_roles)
        self._kinds = {_column_name(name): column for column, known in columns.items() for name in known}
        # A narrow column of a PDF tears its heading: "Beschrijvi ng".
        self._whole = {name.replace(" ", ""): column for name, column in self._kinds.items()}
        # Two names and what stands between them, or one with a blank between all letters; most cells are longer.
        self._longest = max(2 * max(map(len, self._kinds)) + len(" and "), _LONGEST_HEADING)

    def kind(self, heading: str) -> str:
        """Returns what stands in a column with this heading; empty where nobody knows."""
        return self._named(heading) or ("parties" if _names_both_roles(heading, self._words) else "")

    def _named(self, heading: str) -> str:
        """Returns what `kind` does, without a look at words in the heading that give a role."""
        name = _column_name(heading)
        if len(name) > self._longest:
            return ""
        # "Partner 1" and "Partner 2" are two columns of one kind.
        kind = (
            (self._has_roles and len(name) <= _LONGEST_HEADING and kind_of_role(name, self._words))
            or self._kinds.get(name)
            or self._kinds.get(_LAST_NUMBER.sub("", name))
            or self._whole.get(_BROKEN.sub("", name).replace(" ", ""))  # "Project-<br>nummer"
        )
        if kind:
            return kind
        halves = [self._kinds.get(half) for half in self._both.split(name, maxsplit=1)]
        if halves == ["number", "title"]:
            return _NUMBERED
        halves = [self._kinds.get(half) for half in self._title_and_text.split(name, maxsplit=1)]
        return TITLED if halves == ["title", "description"] else ""

    def heading(self, column: str) -> str:
        """Returns a heading by which a column is known."""
        return next(name for name in self._columns[column] if self.kind(name) == column)

    @staticmethod
    def names_title(kinds: Iterable[str]) -> bool:
        """Whether one of these kinds of columns is that of projects."""
        return not _TITLES.isdisjoint(kinds)

    def header(self, row: SourceRow, *, needs_number: bool = True, needs_parties: bool = True) -> Header | None:
        """Returns the header that a row is, or None.

        Args:
            needs_number: whether a row is no header that names no column of numbers.
            needs_parties: whether it is none that names no column of parties.
        """
        if not row.in_table or not any(self._named(cell) in _TITLES for cell in row.cells):
            return None
        kinds = {at: self.kind(cell) for at, cell in enumerate(row.cells)}
        first = next((at for at, kind in kinds.items() if kind == "number"), None)  # a second one is no number
        found = {at: kind for at, kind in kinds.items() if kind and (kind != "number" or at == first)}
        named = set(found.values())
        of_parties = party_columns(named)
        if needs_parties and not named & set(of_parties):
            return None
        if not named & {"number", _NUMBERED}:
            if needs_number or len(row.cells) < _FEWEST:
                return None
            title = next(at for at, kind in found.items() if kind in _TITLES)
            unnamed = [at for at in range(title) if not row.cells[at].strip()]
            found |= dict.fromkeys(unnamed[:1], "number")
        is_titled = TITLED in named and named.isdisjoint(_TITLES - {TITLED})
        names = dict.fromkeys(_TITLES, "title") | ({} if is_titled else {TITLED: "description"})
        columns = {at: names.get(kind, kind) for at, kind in sorted(found.items())}
        intended: list[Role] = []
        for at, column in columns.items():
            if column in of_parties:
                role = role_of_column(column, self._words)
                intended += roles_in_heading(row.cells[at], role, words=self._words)
        roles = tuple(dict.fromkeys(intended))
        return Header(columns, tuple(map(one_line, row.cells)), roles, _NUMBERED in named, is_titled, rows=(row,))

    def over_two_rows(
        self, above: SourceRow | None, row: SourceRow, *, needs_number: bool = True, needs_parties: bool = True
    ) -> Header | None:
        """Returns the header that two rows are together: "Wie" over "Trekker" and "Partners"; None where they are none.

        Every text in the second row must be the heading of a column, alone or behind the one above it, or all must
        divide the headings above them.
        """
        if above is None or len(above.cells) != len(row.cells) or len(row.cells) < 2:
            return None
        if not self.divides(above, row) and any(
            cell.strip() and not self._is_lower(over, cell) for over, cell in zip(above.cells, row.cells, strict=True)
        ):
            return None
        found = self.header(self.joined(above, row), needs_number=needs_number, needs_parties=needs_parties)
        return replace(found, rows=(above, row)) if found else None

    def divides(self, above: SourceRow, row: SourceRow) -> bool:
        """Whether a row says what a heading has below it that empty cells follow, as "Q1" and "Q2" below "2031".

        A text that is no heading below that of numbers or projects is a project.
        """
        if len(above.cells) != len(row.cells):
            return False
        over, lower = ([bool(cell.strip()) for cell in cells] for cells in (above.cells, row.cells))
        starts = [at for at, is_filled in enumerate(over) if is_filled]
        groups = [slice(at, end) for at, end in pairwise([*starts, len(over)]) if end - at > 1]
        divided = [group for group in groups if all(lower[group])]
        below = {at for group in divided for at in range(group.start, group.stop)}
        others = {at for at in range(len(lower)) if lower[at]} - below
        if len(starts) < 2 or not below or all(lower):
            return False
        if others:  # in a header one name may stand below a heading that nobody knows
            kinds = list(map(self.kind, above.cells))
            if not self.names_title(kinds) or any(kinds[at] for at in others):
                return False
        named = ((self.kind(above.cells[group.start]), self.kind(row.cells[group.start])) for group in divided)
        return not any(kind in {"number", *_TITLES} and not lower for kind, lower in named)

    def joined(self, above: SourceRow, row: SourceRow) -> SourceRow:
        """Returns the headings that two rows are together."""
        cells = tuple(self._one_heading(over, cell) for over, cell in zip(above.cells, row.cells, strict=True))
        return replace(row, cells=cells, kept=None)

    def first(self, above: SourceRow | None, row: SourceRow) -> Header | None:
        """Returns the first header of a document that a row is, alone or with the row above it; None for neither."""
        return self.header(row, needs_number=False) or self.over_two_rows(above, row, needs_number=False)

    def again(self, header: Header, row: SourceRow, *, below: bool) -> Header | None:
        """Returns the header that a row is, alone or with the row above it; None for a row that is none.

        Args:
            header: the one that holds so far.
            below: whether the row stands right below it, and may be its second half.
        """
        if any(row.cells == part.cells for part in header.rows):
            return header
        needs_number = header.has_numbers or header.is_numbered_title
        found = self.header(row, needs_number=needs_number)
        if below and not found:
            # A number may stand below no heading, and parties below headings that nobody knows.
            is_whole = not self.divides(header.rows[0], row)
            needs_number = needs_number and is_whole
            found = self.over_two_rows(header.rows[0], row, needs_number=needs_number, needs_parties=is_whole)
        return replace(found, rows=(*header.rows, row)) if found and below else found

    def known(self, row: SourceRow) -> int:
        """Returns how many cells of a row are headings of columns."""
        return sum(bool(cell.strip() and self.kind(cell)) for cell in row.cells)

    def all(self) -> Sequence[str]:
        """Returns all headings by which columns are known, sorted."""
        return sorted({name for names in self._columns.values() for name in names})

    def _one_heading(self, over: str, cell: str) -> str:
        if not cell.strip():
            return over
        return f"{over} {cell}" if self._named(f"{over} {cell}") and over.strip() else cell

    def _is_lower(self, over: str, cell: str) -> bool:
        """Whether a text is a heading below another one: of a column, alone or behind it, or all words for roles.

        "T: Trekker P: Partners" is one, "T: Gemeente P: Museum" is what stands under it; a number is none.
        """
        if not any(character.isalpha() for character in cell):
            return False
        rest = self._words.role.sub("", one_line(cell))
        is_roles = _names_both_roles(cell, self._words) and not any(character.isalnum() for character in rest)
        return bool(self._named(cell) or self._named(f"{over} {cell}") or is_roles)


@lru_cache(maxsize=256)
def _between(column: str) -> str:
    """Returns what stands between the texts of several columns of one kind: of those of one role it is a comma."""
    return _BETWEEN.get(column, ", " if column in party_columns([column]) else " ")


@lru_cache(maxsize=256)
def plain_line(text: str) -> str:
    """Returns the text of a title or heading on one line, without the dashes of a list."""
    return " ".join(_ITEM.sub("", cleaned(text)).split())


@lru_cache(maxsize=8_192)
def _column_name(cell: str) -> str:
    return re.sub(r"[\s.:…_]+", " ", plain_line(cell)).strip().casefold()


def _names_both_roles(heading: str, words: Words) -> bool:
    """Whether the heading of a column says that leads and partners stand in it behind 'T:' and 'P:'."""
    return {Role.LEAD, Role.PARTNER} <= {role.main for role in roles_named(one_line(heading), words)}
