"""What one name or remark in a cell with parties is, before anybody looks it up, and the roles that there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from kennis_ld.model.resolution import Resolution, Unknown
from kennis_ld.model.texts import Texts, own


@dataclass(frozen=True, slots=True)
class Role:
    """What an organisation does in a project: it leads, takes part, or what a narrower role says, such as to pay.

    Attributes:
        key: of the concept; fixed once, part of IRIs.
        notation: short form; "T" and "P" stand before the colon in a parties cell.
        labels: by language, that of the publication first where it is the publication's own.
        definitions: by language, the same; none of lead and partner, which the ontology defines.
        broader: lead or partner, of a role that is narrower than it (`skos:broader`).
    """

    LEAD: ClassVar[Role]
    PARTNER: ClassVar[Role]

    key: str
    notation: str = field(compare=False)
    labels: Texts = field(compare=False)
    definitions: Texts = field(default_factory=dict, compare=False)
    broader: Role | None = field(default=None, compare=False)

    @property
    def label(self) -> str:
        """What whoever describes the role calls it in their own language."""
        return own(self.labels)

    @property
    def main(self) -> Role:
        """Lead or partner: what it is narrower than, or the role itself."""
        return self.broader or self


Role.LEAD = Role("trekker", "T", {"nl": "trekker", "en": "lead"})
Role.PARTNER = Role("partner", "P", {"nl": "partner", "en": "partner"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One name as it stands in a parties cell, e.g. 'UL/CS Lab' in row 1b.

    Attributes:
        start: from when, where the source says so: a day ("na 1/1/23"), month or year ("vanaf 2025") as in ISO 8601.
        end: until when, in the same way ("tot 1/1/23").
        doubt: the words that make the part of this organisation doubtful ("?", "in nauwe samenwerking met"); empty
            where nothing does.
        name: the name in these words, without what is said about it ("GO" in "GO 60%").
        resolution: which organisations the name may be, looked up as it was read; no part of what stands there.
        wrapped: whether the name was put together from two lines and the register does not know it.
    """

    text: str
    role: Role
    start: str = ""
    end: str = ""
    doubt: str = ""
    name: str = field(default="", compare=False)
    resolution: Resolution = field(default=Unknown(), compare=False)
    wrapped: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """Parties without a name, e.g. 'inwoners' or 'div. instellingen'; never an organisation.

    Attributes:
        open: whether it is left open who belongs to it; no part of what stands there.
    """

    text: str
    role: Role
    open: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class OpenList:
    """Words that say that the list goes on, e.g. 'e.a.' or 'nog veel meer partners'."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Nobody:
    """Words that say that nobody is known yet, e.g. 'n.t.b.' or '?'; the list is left open."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Remark:
    """Words that name no party of the register, in brackets or behind a name.

    Attributes:
        unit_of: the organisation of which the words name a part that the register does not know; mostly empty.
        may_be: the role that the words may give, as [roles] calls it; mostly empty.
    """

    text: str
    role: Role
    unit_of: str = field(default="", compare=False)
    may_be: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact person was named here; the name itself is not kept."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that the grammar has no place for."""

    text: str


Party = Mention | Group | OpenList | Nobody | Remark | Contact | Unread
