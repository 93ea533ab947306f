"""Turns a SPARQL 1.1 Query Results JSON document into a table for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kennis_ld.web.statements import Term

MOST_ROWS_SHOWN = 1000
"""A longer answer is complete in every download; the page shows its beginning and says so."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to show.

    Attributes:
        variables: names of the columns.
        rows: a term or None for each column.
        total: how many rows the whole answer has.
    """

    variables: Sequence[str]
    rows: Sequence[Sequence[Term | None]]
    total: int


def table_of(document: Mapping[str, Any]) -> Table:
    """Returns the table of a SELECT answer, its first MOST_ROWS_SHOWN rows."""
    variables = document["head"]["vars"]
    solutions = document["results"]["bindings"]
    rows = [[_term(solution.get(name)) for name in variables] for solution in solutions[:MOST_ROWS_SHOWN]]
    return Table(variables, rows, len(solutions))


def _term(value: Mapping[str, Any] | None) -> Term | None:
    if value is None:
        return None
    if not isinstance(value["value"], str):  # a quoted triple of SPARQL 1.2
        return Term(str(value["value"]))
    return Term(value["value"], value["type"] == "uri", value.get("xml:lang", ""), value.get("datatype", ""))
