"""The values that travel through the text side: each stage of the pipeline has a frozen type of its own.

    document → SourceRow → Entry → Party (Mention, Group, …) → Resolution → Edition

A finding is a value too: what the software has to say about the data, with a place and the words it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a document; lines and pages count from 1.

    Attributes:
        document: file name of the document, without its folder.
        first_line: first line (text), row (spreadsheet) or paragraph; 0 where the document has no such thing.
        last_line: last one, the same as the first for something on one line.
        first_page: first page; None where the document has no pages.
        last_page: last page; None where the document has no pages.
    """

    document: str
    first_line: int = 0
    last_line: int = 0
    first_page: int | None = None
    last_page: int | None = None

    def through(self, other: Place) -> Place:
        """Returns the place from the start of this one to the end of the other."""
        return Place(self.document, self.first_line, other.last_line, self.first_page, other.last_page)

    def __str__(self) -> str:
        if not self.first_line:
            return self.document
        lines = str(self.first_line)
        if self.last_line != self.first_line:
            lines += f"-{self.last_line}"
        return f"{self.document}:{lines}"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a table as the document has it; a line outside the table is a row of one cell."""

    cells: tuple[str, ...]
    place: Place
    in_table: bool = True


class Severity(StrEnum):
    """How serious a finding is: a violation stops a release, a warning travels with it, an info explains."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the software has to say about the data.

    Attributes:
        code: key of the wording in `kennis_ld.quality.findings`; it never changes its meaning.
        place: where in the document; None for a finding about the publication as a whole.
        subject: what it is about, for people: number and title of the entry, or a key.
        words: the words in the document, without names of contact persons.
        values: what the wording mentions, by name.
    """

    code: str
    place: Place | None = None
    subject: str = ""
    words: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, self.place, self.subject, self.words))


class Role(Enum):
    """What an organisation does in a project; the value is the key of the concept."""

    LEAD = "trekker"
    PARTNER = "partner"

    @property
    def letter(self) -> str:
        """The letter before the colon in a parties cell."""
        return "T" if self is Role.LEAD else "P"


class Certainty(Enum):
    """How sure the source is of a participation; the value is the key of the concept."""

    CONFIRMED = "bevestigd"
    INTENDED = "beoogd"
    DOUBTFUL = "onzeker"


class Way(Enum):
    """How a name was resolved; the value is the key of the concept."""

    NAME = "herleid-naam"
    ABBREVIATION = "herleid-afkorting"
    SPELLING = "herleid-spelling"
    DOUBTFUL_SPELLING = "herleid-twijfelspelling"
    UNIT = "herleid-onderdeel"
    PROVISIONAL = "herleid-voorlopig"
    AMBIGUOUS = "herleid-meerduidig"


@dataclass(frozen=True, slots=True)
class Mention:
    """One name as it stands in a parties cell, e.g. 'UL/CS Lab' in row 1b.

    Attributes:
        text: the words as they stand there.
        role: lead or partner.
        start: from when, where the source says so ("na 1/1/23").
        end: until when, where the source says so ("tot 1/1/23").
        doubt: the words that make the part of this organisation doubtful ("?", "in nauwe samenwerking met"); empty
            where nothing does.
    """

    text: str
    role: Role
    start: date | None = None
    end: date | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Parties without a name, e.g. 'inwoners' or 'div. instellingen'; never an organisation."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class OpenList:
    """Words that say that the list goes on, e.g. 'e.a.' or 'nog veel meer partners'."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Remark:
    """Words in brackets that name no party of the register and no period."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact person was named here; the name itself is not kept."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that the grammar has no place for."""

    text: str


Party = Mention | Group | OpenList | Remark | Contact | Unread


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered row of an edition, rows broken over pages joined.

    Attributes:
        number: as printed.
        title: cleaned to plain text.
        description: cleaned; paragraphs are separated by an empty line, list items are lines that start with "- ".
        parties: the cells with leads and partners, as printed but for masked contact names; with the role that the
            column itself gives, or None where the cell says so with "T:" and "P:".
        section: the headings above it, outermost first, as printed.
        place: where the entry stands, all its pages.
        intended: the roles whose heading says that the parties may still be intended ("(beoogde) Partners").
    """

    number: str
    title: str
    description: str
    parties: tuple[tuple[Role | None, str], ...]
    section: tuple[str, ...]
    place: Place
    intended: tuple[Role, ...] = ()

    @property
    def label(self) -> str:
        """Number and title, for people."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identity of an organisation in somebody else's register.

    Attributes:
        register: `ror`, `wikidata` or `tooi`.
        value: the identifier as it stands in that register.
        iri: its IRI there.
        evidence: where it was read together with the name.
    """

    register: str
    value: str
    iri: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of the register, or a provisional one for a name that the register does not know.

    Attributes:
        key: fixed once, part of the IRI.
        name: preferred Dutch name.
        name_en: preferred English name; empty where none is known.
        kind: schema.org type, one of `kennis_ld.vocabulary.SCHEMA_CLASSES`.
        parents: keys of the organisations it is a unit of.
        abbreviations: short forms.
        spellings: other forms in which documents name it.
        doubtful_spellings: forms that probably, but not certainly, mean it.
        identifiers: verified identities elsewhere, with evidence.
        homepage: address of its site; empty where not verified.
        project: key of the project that is about this organisation; empty where there is none.
        note: what is doubtful about it or worth knowing, in the language of the publication.
        note_en: the same in English.
        provisional: whether the software made it up for an unknown name.
    """

    key: str
    name: str
    name_en: str = ""
    kind: str = "Organization"
    parents: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    doubtful_spellings: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    homepage: str = ""
    evidence: str = ""
    project: str = ""
    note: str = ""
    note_en: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group of the publication's list: its texts, so that the reader does not take it for an organisation."""

    key: str
    name: str
    spellings: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the agenda, or a sub-heading of one.

    Attributes:
        key: fixed once, part of the IRI.
        headings: how documents print the heading, without its number.
        label: Dutch label.
        label_en: English label; empty where none is given.
        definition: Dutch definition; empty where none is given.
        definition_en: English definition; empty where none is given.
        broader: key of the theme it stands under; empty for a theme.
        notation: the number before the heading; empty where it has none.
    """

    key: str
    headings: tuple[str, ...]
    label: str
    label_en: str = ""
    definition: str = ""
    definition_en: str = ""
    broader: str = ""
    notation: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What was decided once: this entry of that edition is this project."""

    project: str
    edition: str
    theme: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Known:
    """The name is that of one organisation of the register."""

    organisation: str
    way: Way


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The name is that of several organisations of the register; none is chosen."""

    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The register does not know the name."""


Resolution = Known | Ambiguous | Unknown


@dataclass(frozen=True, slots=True)
class Participation:
    """The part of one organisation in one project in one role, with every mention that says so.

    Attributes:
        project: key of the project.
        organisation: key of the organisation.
        role: lead or partner.
        certainty: how sure the source is.
        way: how the name was resolved.
        mentions: the words as they stand in the source; nearly always one.
        start: from when, where the source says so.
        end: until when, where the source says so.
        doubt: why it is doubtful; empty where it is not.
    """

    project: str
    organisation: str
    role: Role
    certainty: Certainty
    way: Way
    mentions: tuple[str, ...]
    start: date | None = None
    end: date | None = None
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
    """

    project: str
    entry: Entry
    themes: tuple[str, ...]
    participations: tuple[Participation, ...]
    groups: tuple[str, ...] = ()
    open_list: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
