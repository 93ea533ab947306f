"""Which columns hold parties, and which role they give: the three that every agenda has, and those of [roles].

A column of a narrower role (funder, client) has a name of its own, so that it stays apart from that of the partners.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kennis_ld.agenda.wording import Words
from kennis_ld.model import AnyRole, NarrowerRole, Role

PARTY_COLUMNS: Mapping[str, Role | None] = {"leads": Role.LEAD, "partners": Role.PARTNER, "parties": None}
"""The columns that name parties in every agenda, with the role that they give."""

_OF_A_ROLE = "role "


def kind_of_role(heading: str, words: Words) -> str:
    """Returns the kind of a column whose heading is a word of [roles] for a narrower role; empty for any other."""
    match = words.role.fullmatch(heading)
    role = words.role_of(match) if match else None
    return f"{_OF_A_ROLE}{role.key}" if isinstance(role, NarrowerRole) else ""


def party_columns(columns: Iterable[str]) -> Sequence[str]:
    """Returns the kinds of columns that hold parties, those of every agenda first."""
    narrower = sorted({column for column in columns if column.startswith(_OF_A_ROLE)})
    return (*PARTY_COLUMNS, *narrower)


def role_of_column(column: str, words: Words) -> AnyRole | None:
    """Returns the role that a column of parties gives; None where the cells themselves say so."""
    if column in PARTY_COLUMNS:
        return PARTY_COLUMNS[column]
    key = column.removeprefix(_OF_A_ROLE)
    return next(role for role in words.roles.values() if role.key == key)
