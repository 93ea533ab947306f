"""Which columns there are beside number, title and text, and what each is called among the kinds of columns.

Columns of parties with the role that they give: the three that every agenda has, and those of [roles], which stay apart
from that of the partners. Extra columns, and those that are left out for a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kennis_ld.agenda.wording import Words
from kennis_ld.model import Extra, Role

PARTY_COLUMNS: Mapping[str, Role | None] = {"leads": Role.LEAD, "partners": Role.PARTNER, "parties": None}
"""The columns that name parties in every agenda, with the role that they give."""

_OF_A_ROLE = "role "


def kind_of_role(heading: str, words: Words) -> str:
    """Returns the kind of a column whose heading is a word of [roles] for a narrower role; empty for any other."""
    match = words.role.fullmatch(heading)
    role = words.role_of(match) if match else None
    return f"{_OF_A_ROLE}{role.key}" if role and role.broader else ""


def party_columns(columns: Iterable[str]) -> Sequence[str]:
    """Returns the kinds of columns that hold parties, those of every agenda first."""
    narrower = sorted({column for column in columns if column.startswith(_OF_A_ROLE)})
    return (*PARTY_COLUMNS, *narrower)


def role_of_column(column: str, words: Words) -> Role | None:
    """Returns the role that a column of parties gives; None where the cells themselves say so."""
    if column in PARTY_COLUMNS:
        return PARTY_COLUMNS[column]
    key = column.removeprefix(_OF_A_ROLE)
    return next(role for role in words.roles.values() if role.key == key)


_EXTRA, _IGNORED = "extra ", "ignored "


def extra_column(kind: Extra) -> str:
    """Returns the kind of column that holds this."""
    return f"{_EXTRA}{kind}"


def extra_of(column: str) -> Extra | None:
    """Returns what a column holds; None where it is no extra one."""
    return Extra(column.removeprefix(_EXTRA)) if column.startswith(_EXTRA) else None


def ignored_column(reason: str) -> str:
    """Returns the kind of column that is left out for this reason."""
    return f"{_IGNORED}{reason}"


def reason_of(column: str) -> str:
    """Returns why a column is left out; empty where it is not one of [ignore]."""
    return column.removeprefix(_IGNORED) if column.startswith(_IGNORED) else ""
