"""What docs/sparql.md says of expressions is what the engines say."""

from __future__ import annotations

import re
import subprocess
import sys
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


@pytest.mark.parametrize("moment", ['"2024-01-15"^^xsd:date', '"2024-01-15T00:00:00Z"^^xsd:dateTime'])
def test_less_than_nothing(moment: str) -> None:
    """A day less a negative duration has a value here, whatever the number; with "+" some numbers have none."""
    sums: dict[str, set[int]] = {'- "-P{}D"': set(), '+ "P{}D"': set()}
    for form, found in sums.items():
        for number in range(1, 61):
            pattern = f"VALUES ?start {{ {moment} }} BIND(?start {form.format(number)}^^xsd:dayTimeDuration AS ?x)"
            found |= {number for row in ox.Store().query(f"{PREFIX} SELECT ?x {{ {pattern} }}") if row[0] is not None}
    assert set(range(1, 61)) == sums['- "-P{}D"'] > sums['+ "P{}D"'] > {14}


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


def test_path_from_elsewhere() -> None:
    """A path of no steps from what the data do not have is a row elsewhere only; with UNION all agree."""
    store, graph = ox.Store(), rdflib.Graph()
    store.load(b"<a:groen> <a:narrower> <a:bomen> .", format=ox.RdfFormat.TURTLE)
    graph.parse(data="<a:groen> <a:narrower> <a:bomen> .", format="turtle")

    def rows(pattern: str) -> tuple[int, int]:
        text = f"SELECT ?t {{ {pattern} }}"
        return len(list(store.query(text))), len(list(graph.query(text)))

    assert (2, 2) == rows("<a:groen> <a:narrower>* ?t")
    assert (0, 1) == rows("<a:elsewhere> <a:narrower>* ?t")
    for theme, count in (("<a:elsewhere>", 1), ("<a:groen>", 2)):
        assert (count, count) == rows(f"{{ BIND({theme} AS ?t) }} UNION {{ {theme} <a:narrower>+ ?t }}")


SORTED = """
import random, sys, pyoxigraph as ox
random.seed(1)
dates = ["2020-01-01", "2020-01-01Z", "2020-01-01+10:00", "2019-12-31-14:00", "2020-01-02-10:00", "2019-12-31"]
values = " ".join(f'"{each}"^^xsd:date' for each in random.choices(dates, k=30))
text = f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?d {{ VALUES ?d {{ {values} }} }} ORDER BY "
print(len(list(ox.Store().query(text + sys.argv[1]))))
"""


@pytest.mark.parametrize(("order", "answered"), [("?d", False), ("STR(?d)", True)])
def test_sorting_dates_with_and_without_a_zone(order: str, answered: bool) -> None:
    """The engine can end its process at them; as texts it sorts them."""
    ended = subprocess.run([sys.executable, "-c", SORTED, order], capture_output=True, check=False)
    assert answered == (ended.returncode == 0) == (ended.stdout == b"30\n")
