"""Counting rows in what the engine wrote."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.engine.result_limits import has_more_rows

FORMS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TEXTS = st.text(alphabet='a",{}[]\\\r\n\t<>&:;é', max_size=8)
ROWS = st.lists(st.tuples(TEXTS, st.none() | TEXTS), max_size=6)


def _written(rows: list[tuple[str, str | None]], form: str) -> bytes:
    values = " ".join(
        f"({ox.Literal(first)} {'UNDEF' if second is None else ox.Literal(second)})" for first, second in rows
    )
    return ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}").serialize(format=FORMS[form]) or b""


@pytest.mark.parametrize("form", FORMS)
@given(rows=ROWS)
def test_rows_are_counted_exactly(form: str, rows: list[tuple[str, str | None]]) -> None:
    """Whatever stands in the values, the count is the number of rows."""
    body = _written(rows, form)
    assert not has_more_rows(body, form, len(rows))
    assert not rows or has_more_rows(body, form, len(rows) - 1)


@pytest.mark.parametrize("form", FORMS)
def test_rows_without_variables_count_too(form: str) -> None:
    """A row in which nothing is bound is a row."""
    body = ox.Store().query("SELECT * { {} UNION {} UNION {} }").serialize(format=FORMS[form]) or b""
    assert has_more_rows(body, form, 2)
    assert not has_more_rows(body, form, 3)
