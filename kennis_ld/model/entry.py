"""One numbered row of an edition: as it was read, and with its parties resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest

from kennis_ld.model.document import Place
from kennis_ld.model.extra import NO_FACTS, ExtraCell, Facts
from kennis_ld.model.party import Role
from kennis_ld.model.resolution import Way


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered row of an edition, rows broken over pages joined.

    Attributes:
        title: cleaned to plain text.
        description: cleaned; paragraphs are separated by an empty line, list items are lines that start with "- ".
        parties: the cells with leads and partners, as printed but for masked contact names; with the role that the
            column itself gives, or None where the cell says so with "T:" and "P:".
        section: the headings above it, outermost first, as printed.
        place: where the entry stands, all its pages.
        intended: the roles whose heading says that the parties may still be intended ("(beoogde) Partners").
        extras: the cells of the columns that the settings name under [extra].
        struck: whether all of its row is struck through.
        headings: over each of the cells with leads and partners, as printed; "" where the cell itself says who does
            what, and none where all do.
    """

    number: str
    title: str
    description: str
    parties: tuple[tuple[Role | None, str], ...]
    section: tuple[str, ...]
    place: Place
    intended: tuple[Role, ...] = ()
    extras: tuple[ExtraCell, ...] = ()
    struck: bool = False
    headings: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Number and title, for people."""
        return f"{self.number} {self.title}".strip()

    @property
    def parties_text(self) -> str:
        """The cells with leads and partners, leads first, each behind its heading."""
        cells = zip_longest(self.headings, (cell for _, cell in self.parties), fillvalue="")
        return " | ".join(f"{heading}: {cell}" if heading else cell for heading, cell in cells)


class Certainty(Enum):
    """What is known of a participation, from the source alone; the value is the key of the concept that defines it.

    STATED: the source names the organisation in this role without reserve.
    INTENDED: it stands under a heading that says that those named may be intended.
    DOUBTFUL: the source doubts, or the name can be read in more than one way.
    """

    STATED = "bevestigd"
    INTENDED = "beoogd"
    DOUBTFUL = "onzeker"


@dataclass(frozen=True, slots=True)
class Participation:
    """The part of one organisation in one project in one role, with every mention that says so.

    Attributes:
        project: key of the project.
        organisation: key of the organisation.
        certainty: how sure the source is.
        way: how the name was resolved.
        mentions: the words as they stand in the source; nearly always one.
        start: from when, where the source says so: a day, month or year as in ISO 8601.
        doubt: why it is doubtful; empty where it is not.
    """

    project: str
    organisation: str
    role: Role
    certainty: Certainty
    way: Way
    mentions: tuple[str, ...]
    start: str = ""
    end: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """One project as one edition has it: the entry with its parties resolved.

    Attributes:
        project: key of the project.
        entry: the entry it was read from.
        themes: keys of its themes, outermost first.
        participations: sorted by role and place in the cell.
        groups: texts of unnamed groups, as they stand in the source.
        open_list: the words that say that the list of parties is open; empty where it is closed.
        remarks: bracketed remarks in the cell.
        facts: what the extra cells surely say.
    """

    project: str
    entry: Entry
    themes: tuple[str, ...]
    participations: tuple[Participation, ...]
    groups: tuple[str, ...] = ()
    open_list: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    facts: Facts = NO_FACTS
