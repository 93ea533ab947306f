"""Names the columns that settings know beside those of every agenda: extra ones, and those left out for a reason."""

from __future__ import annotations

from kennis_ld.model import Extra

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
