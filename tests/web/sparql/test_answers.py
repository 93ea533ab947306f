"""An answer to a SELECT as a page shows it: its beginning, however long it is."""

from __future__ import annotations

import json

import pytest

from kennis_ld.graph.description import Term
from kennis_ld.web.sparql.answers import MOST_ROWS_SHOWN, table


@pytest.mark.parametrize("written", [json.dumps, lambda value: json.dumps(value, indent=2)])
@pytest.mark.parametrize("rows", [0, 1, MOST_ROWS_SHOWN, MOST_ROWS_SHOWN + 5])
@pytest.mark.parametrize("is_head_first", [True, False])
def test_a_table_has_the_first_rows_and_says_how_many_there_are(written, rows: int, *, is_head_first: bool) -> None:  # type: ignore[no-untyped-def]
    """However an engine lays out its JSON; a name or a text that looks like JSON changes nothing."""
    values = ['"bindings": [', "]", "}, {"]
    solutions = [{"bindings": {"type": "literal", "value": values[at % 3]}} for at in range(rows)]
    parts = {"head": {"link": ['"bindings": ['], "vars": ["bindings", "n"]}, "results": {"bindings": solutions}}
    document = parts if is_head_first else dict(reversed(parts.items()))
    found = table(written(document).encode(), "SELECT ?bindings ?n { }")
    assert (["bindings", "n"], rows) == (found.variables, found.total)
    assert [[Term(values[at % 3]), None] for at in range(min(rows, MOST_ROWS_SHOWN))] == found.rows
