"""The queries of SHACL-SPARQL rules, compiled: what is understood, and what is left to pyshacl."""

from __future__ import annotations

import pytest

from kennis_ld.quality.index import Index
from kennis_ld.quality.sparql_constraints import Query

PREFIX = "BASE <https://data.example.org/> PREFIX ks: <def#>\n"
A, B, C = (f"<https://data.example.org/id/{name}>" for name in "abc")
PARTNER, LEAD, NUMBER = (f"<https://data.example.org/def#{name}>" for name in ("partner", "lead", "number"))
STATEMENTS = [(A, PARTNER, B), (A, PARTNER, C), (A, LEAD, B), (C, LEAD, A), (A, NUMBER, '"1"'), (C, NUMBER, '"1"')]


def answer(where: str, select: str = "$this ?value") -> list[dict[str, str]]:
    """What a query says about A."""
    index = Index(None)
    index.add(STATEMENTS)
    rows = Query.compiled(f"{PREFIX}SELECT DISTINCT {select} WHERE {where}").bound(index)(A)
    return sorted((dict(row) for row in rows), key=lambda row: sorted(row.items()))


@pytest.mark.parametrize(
    ("where", "values"),
    [
        ("{ $this ks:partner ?value }", [B, C]),
        ("{ $this ks:partner ?value . FILTER (?value != <id/b>) }", [C]),
        ("{ $this ks:partner ?value . FILTER (?value = <id/b>) $this ks:lead ?value . }", [B]),
        ("{ $this ks:partner ?value FILTER NOT EXISTS { $this ks:lead ?value } }", [C]),
        ("{ $this ks:partner ?value FILTER EXISTS { ?value ks:lead ?any FILTER (?any = $this) } }", [C]),
        ("{ $this ks:number ?number . ?value ks:number ?number FILTER (?value != $this) }", [C]),
        ("{ $this ks:partner ?value FILTER EXISTS { $this ks:lead ?o } FILTER EXISTS { ?o ks:lead $this } }", [B, C]),
        ("{ $this ks:partner ?value # all\n FILTER (?value = <id/c> || NOT EXISTS { ?value ks:lead ?any }) }", [B, C]),
        ("{ $this ks:partner ?value FILTER (?value = <id/b> && (?value != <id/b> || ?value = <id/c>)) }", []),
    ],
)
def test_a_query_finds_what_its_patterns_say(where: str, values: list[str]) -> None:
    """Patterns, filters before and after them, EXISTS and NOT EXISTS have the meaning that SPARQL gives them."""
    assert [{"this": A, "value": value} for value in values] == answer(where)


def test_a_path_may_be_given() -> None:
    """A rule may say along which property the fault lies."""
    rows = answer("{ $this ks:lead ?value }", "$this (ks:lead AS ?path) ?value")
    assert [{"this": A, "path": LEAD, "value": B}] == rows


@pytest.mark.parametrize(
    "where",
    [
        "{ $this ks:partner/ks:lead ?value }",
        "{ $this ks:partner* ?value }",
        "{ $this ^ks:lead ?value }",
        "{ $this ?any ?value }",
        "{ $this other:lead ?value }",
        '{ $this ks:number "1" ; ks:lead ?value }',
        "{ OPTIONAL { $this ks:lead ?value } }",
        "{ { $this ks:lead ?value } UNION { $this ks:partner ?value } }",
        "{ VALUES ?value { <id/a> } $this ks:lead ?value }",
        "{ $this ks:lead ?value MINUS { ?value ks:lead $this } }",
        "{ SERVICE <http://elders.example/> { $this ks:lead ?value } }",
        "{ $this ks:lead ?value FILTER (?value > <id/a>) }",
        "{ $this ks:lead ?value FILTER (?other = <id/a>) }",
        "{ $this ks:lead ?value FILTER isIRI(?value) }",
        "{ FILTER (?value = <id/b>) $this ks:lead ?value }",
        "{ FILTER EXISTS { $this ks:partner ?value } $this ks:lead ?value }",
        "{ ?any ks:lead ?value }",
        "{ $this ks:lead ?value } LIMIT 1",
        "{ $this ks:lead ?value",
        "{ $this ks:lead ?value FILTER (",
    ],
)
def test_anything_else_is_not_compiled(where: str) -> None:
    """What is not understood is refused whole, so that pyshacl is asked; nothing is passed over."""
    with pytest.raises(ValueError, match=r"\S"):
        answer(where)


def test_literals_are_not_compared() -> None:
    """Whether two literals are equal is for pyshacl to say: 1 and 1.0 are."""
    with pytest.raises(ValueError, match="literals"):
        answer("{ $this ks:number ?number . ?value ks:number ?number FILTER (?number = <id/a>) }")
