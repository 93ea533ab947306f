"""What docs/sparql.md says of expressions is what the engines say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib

from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
PREFIX = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
ROWS = "VALUES (?value ?text) { (1 'b') (2 'a') (UNDEF UNDEF) }"


def lines() -> Iterator[tuple[str, str, str]]:
    """Expression, its value here and its value elsewhere, of each row of a table that has them."""
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| `") and len(cells) > 2 and re.match(r"`|no value", cells[1]):
            here = cells[1].strip("`")
            yield cells[0].strip("`"), here, here if cells[2].startswith("the same") else cells[2].strip("`")


def query(expression: str) -> str:
    """A query whose one value is that of the expression."""
    rows = ROWS if "?" in expression else ""
    return f"{PREFIX} SELECT ({expression} AS ?x) {{ {rows} }}"


def test_lines_are_found() -> None:
    """The tables are read."""
    assert 24 < len(list(lines()))
    assert f"pyoxigraph {ox.__version__}" in TEXT
    assert f"rdflib {'.'.join(rdflib.__version__.split('.')[:2])}" in TEXT


@pytest.mark.parametrize(("expression", "expected"), [(each, here) for each, here, _ in lines()])
def test_here(expression: str, expected: str) -> None:
    """The engine of the site gives the value of the second column."""
    (row,) = ox.Store().query(query(expression))
    value = row[0]
    assert expected == ("no value" if value is None else value.value)


@pytest.mark.parametrize(("expression", "expected"), [(each, elsewhere) for each, _, elsewhere in lines()])
def test_elsewhere(expression: str, expected: str) -> None:
    """The third column is the value that rdflib gives, which writes the zone of a moment as a number."""
    found = [row[0] for row in rdflib.Graph().query(query(expression))]
    value = "no value" if not found or found[0] is None else str(found[0]).replace("+00:00", "Z")
    assert expected == value


def test_alternatives_in_a_path() -> None:
    """Who is both lead and partner is found once here and twice elsewhere; with DISTINCT and with UNION all agree."""
    data = "<a:p> <a:lead> <a:x> ; <a:partner> <a:x> , <a:y> ."
    store, graph = ox.Store(), rdflib.Graph()
    store.load(data.encode(), format=ox.RdfFormat.TURTLE)
    graph.parse(data=data, format="turtle")

    def counted(what: str, pattern: str) -> tuple[int, int]:
        text = f"SELECT (COUNT({what}) AS ?n) {{ {pattern} }}"
        (here,), (elsewhere,) = store.query(text), graph.query(text)
        return int(here[0].value), int(elsewhere[0])

    path, union = "?p <a:lead>|<a:partner> ?o", "{ ?p <a:lead> ?o } UNION { ?p <a:partner> ?o }"
    assert (2, 3) == counted("*", path)
    assert (2, 2) == counted("DISTINCT ?o", path)
    assert (3, 3) == counted("*", union)
