"""What one name or remark in a cell with leads and partners is, before anybody looks it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Role(Enum):
    """What an organisation does in a project; the value is the key of the concept."""

    LEAD = "trekker"
    PARTNER = "partner"

    @property
    def letter(self) -> str:
        """The letter before the colon in a parties cell."""
        return "T" if self is Role.LEAD else "P"


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
