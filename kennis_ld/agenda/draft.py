"""An entry in the making: rows that belong together become one entry, whatever page they stand on.

In: a row with its header, and the rows that go on with it. Out: an entry and what is to be said about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import reduce
from typing import TypeVar

from kennis_ld.agenda.colours import as_text, is_colour, own_colour
from kennis_ld.agenda.columns import extra_of, party_columns, role_of_column
from kennis_ld.agenda.headers import Header
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.role_words import roles_named
from kennis_ld.agenda.text import cleaned, joined
from kennis_ld.agenda.wording import MASK, MASK_MAIL, MASK_PHONE
from kennis_ld.model import Continuation, Entry, Extra, ExtraCell, Finding, Role, SourceRow

_Cell = TypeVar("_Cell")

_CHOSEN = re.compile(r";#(?:[0-9]+(?:;#|$))?")
"""Between what is chosen in a list of SharePoint, with the number that it has there: "Gemeente;#3;#ROC;#5"."""

_BETWEEN = {Continuation.LINE: " ", Continuation.PARAGRAPH: "\n\n"}


class Draft:
    """An entry that may still go on in the next row.

    Args:
        above: the entry before it, which a cell that says "idem" repeats.
        with_colour: whether the colour of its row is its status.
    """

    def __init__(
        self,
        row: SourceRow,
        header: Header,
        number: str,
        title: str,
        section: tuple[str, ...],
        privacy: Privacy,
        *,
        above: Draft | None,
        with_colour: bool,
    ) -> None:
        self._header = header
        self._privacy = privacy
        self._with_colour = with_colour
        self._section = section
        self._number = number
        self._title = title
        self._description = [header.cell(row, "description")]
        of_parties = party_columns(header.columns.values())
        self._parties = {column: self._parties_text(header.cell(row, column)) for column in of_parties}
        self._extras: dict[tuple[Extra, str], str] = {}
        self._add_extras(row, header)
        if above:
            self._parties = self._repeated(self._parties, above._parties)
            self._extras = self._repeated(self._extras, above._extras)
        self._is_struck = row.kept is not None and not any(row.kept)
        self._place = row.place

    @property
    def parties(self) -> str:
        """What stands in its column of leads and partners so far."""
        return self._parties["parties"]

    def add(self, row: SourceRow, title: str, header: Header) -> None:
        """Puts a row that goes on with it behind what there is."""
        self._title = f"{self._title} {title}".strip()
        more = header.cell(row, "description")
        if between := _BETWEEN.get(header.how(row, "description")):  # the reader saw how the text goes on
            self._description[-1] += between + more
        else:
            self._description.append(more)
        for column in party_columns(header.columns.values()):
            before, after = self._parties.get(column, ""), header.cell(row, column)
            # A list of one name a line goes on on a line of its own, and so does what has a cell of its own.
            as_list = "\n" in before.strip() or header.how(row, column) is Continuation.PARAGRAPH
            as_list = as_list or header.is_merged(row)
            between = "\n" if as_list else " "
            self._parties[column] = f"{before}{between}{self._parties_text(after)}".strip()
        self._add_extras(row, header)
        self._place = self._place.through(row.place)

    def finished(self) -> Iterator[Entry | Finding]:
        """Yields the entry, behind what is to be said about it."""
        privacy = self._privacy
        description = reduce(joined, map(cleaned, self._description))
        parties = {column: (self._role(column, text), text) for column, text in self._parties.items() if text}
        headings = tuple(
            privacy.heading(self._header.heading(each)) if role else "" for each, (role, _) in parties.items()
        )
        entry = Entry(
            number=self._number,
            title=privacy.title(self._title),
            description=privacy.description(description),
            parties=tuple(parties.values()),
            section=self._section,
            place=self._place,
            intended=self._header.intended,
            extras=tuple(ExtraCell(kind, heading, text) for (kind, heading), text in self._extras.items()),
            struck=self._is_struck,
            headings=headings if any(headings) else (),
        )
        if not entry.title:
            yield Finding("entry-without-title", entry.place, subject=entry.label)
        # A name in a cell of parties is found when that is read.
        yield from privacy.findings(self._title, description, place=entry.place, subject=entry.label)
        yield entry

    def _add_extras(self, row: SourceRow, header: Header) -> None:
        """Puts the extra cells of a row behind those of one heading that there are; a colour counts once."""
        for extra, text in self._extra_cells(row, header):
            before = self._extras.get(extra, "")
            if not is_colour(text) or text not in before.split():
                self._extras[extra] = f"{before} {text}".strip()

    def _repeated(self, cells: Mapping[_Cell, str], above: Mapping[_Cell, str]) -> dict[_Cell, str]:
        """Returns cells with the text of the one above for those that only say that they repeat it."""
        same = self._privacy.words.above
        return {each: (same.fullmatch(text) and above.get(each)) or text for each, text in cells.items()}

    def _parties_text(self, cell: str) -> str:
        """Returns a cell of parties with its line breaks, without persons."""
        text = cleaned(cell)
        text = _CHOSEN.sub("; ", text).strip("; ") if ";#" in text else text
        return self._privacy.cell(re.sub(r"\n+", "\n", text))

    def _extra_cells(self, row: SourceRow, header: Header) -> Iterator[tuple[tuple[Extra, str], str]]:
        """Yields the extra cells of a row that have a text, without persons: kind, heading and text."""
        for at, column in header.columns.items():
            if not (kind := extra_of(column)) or at >= len(row.cells):
                continue
            if kind is Extra.STATUS and (colour := own_colour(row, at, header.place("title"))):
                yield (kind, header.printed[at]), colour
            elif row.cells[at].strip() or row.link(at):
                words = cleaned(row.cells[at])
                if kind is Extra.LINK and "://" not in words:
                    words = f"{words} {''.join(row.links[at : at + 1])}".strip()
                text = self._privacy.heading(self._privacy.cell(words))
                # Beside a telephone number there is a name, wherever it stands.
                hidden = MASK_PHONE in text or MASK_MAIL in text
                yield (kind, header.printed[at]), MASK if hidden else text
        if self._with_colour and (fill := header.fill(row)):
            yield (Extra.STATUS, ""), as_text(fill)

    def _role(self, column: str, text: str) -> Role | None:
        """Returns the role that a column gives the parties in it; None where the cell itself says so."""
        partners = column == "parties" and self._header.has_partners_in_parties
        if partners and not any(roles_named(text, self._privacy.words)):
            return Role.PARTNER
        return role_of_column(column, self._privacy.words)
