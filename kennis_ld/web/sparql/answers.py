"""An answer to a SELECT as a page shows it, and the names beside addresses in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kennis_ld.engine.tokens import columns
from kennis_ld.graph.description import Description, Term
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.site import Site, made_once
from kennis_ld.web.words import Words

MOST_ROWS_SHOWN = 75
"""A longer answer is complete in every download; the page shows its beginning and says so."""

_NUMBERS = {f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT as a page shows it.

    Attributes:
        variables: of the columns.
        rows: the first MOST_ROWS_SHOWN.
        total: how many rows the whole answer has.
        highest: the highest number in each column of numbers that are not negative; None for any other column.
    """

    variables: Sequence[str]
    rows: Sequence[Sequence[Term | None]]
    total: int
    highest: Sequence[float | None]


_SOLUTIONS, _BETWEEN = re.compile(r'"bindings"\s*:\s*\['), re.compile(r"[\s,]*")
"""What stands before the first solution of an answer, and between two."""


def table(body: bytes, query: str) -> Table:
    """Returns the table of an answer in the SPARQL 1.1 Query Results JSON Format; its columns stand as in the query.

    An answer may be very long, so no more of it is kept than is shown.
    """
    text = body.decode()
    begin = _SOLUTIONS.search(text)
    if begin is None:
        raise ValueError("this is no answer to a SELECT in JSON")
    solutions: list[Mapping[str, Any]] = []
    total, at, decode = 0, _after(text, begin.end()), json.JSONDecoder().raw_decode
    while text[at] != "]":
        solution, end = decode(text, at)
        total, at = total + 1, _after(text, end)
        if total <= MOST_ROWS_SHOWN:
            solutions.append(solution)
    head = json.loads(text[: begin.end()] + text[at:])["head"]
    variables = columns(query, head["vars"])
    rows = [[_term(solution.get(name)) for name in variables] for solution in solutions]
    return Table(variables, rows, total, [_highest(column) for column in zip(*rows, strict=True)])


def _after(text: str, place: int) -> int:
    """Returns where the next solution begins, or the end of them stands."""
    between = _BETWEEN.match(text, place)
    return between.end() if between else place


def told_once(found: Table, name: Callable[[str, str], Term | None], *, given: Collection[str]) -> Table:
    """Returns a table without columns that repeat what was given, or the name by which a thing elsewhere is shown.

    `given` are the variables that are the same in all rows, for they were given.
    """
    columns = list(zip(*found.rows, strict=True))
    things = [column for column in columns if any(term and term.is_iri for term in column)]

    def repeats(column: Sequence[Term | None]) -> bool:
        return any(
            all(_is_name(term, thing, name) for term, thing in zip(column, other, strict=True))
            for other in things
            if other is not column
        )

    kept = [
        place
        for place, (variable, column) in enumerate(zip(found.variables, columns, strict=False))
        if variable not in given and not repeats(column)
    ]
    if not kept:
        return found
    rows = [[row[place] for place in kept] for row in found.rows]
    highest = [found.highest[place] for place in kept]
    return Table([found.variables[place] for place in kept], rows, found.total, highest)


def _is_name(term: Term | None, thing: Term | None, name: Callable[[str, str], Term | None]) -> bool:
    if term is None or thing is None:
        return term is None and thing is None
    names = (name(thing.value, language) for language in ("nl", "en")) if thing.is_iri else ()
    return not term.is_iri and any(known is not None and known.value == term.value for known in names)


def _highest(column: Sequence[Term | None]) -> float | None:
    terms = [term for term in column if term is not None]
    if not terms or any(term.datatype not in _NUMBERS for term in terms):
        return None
    try:
        numbers = [float(term.value) for term in terms]
    except ValueError:  # "abc"^^xsd:integer is a term too
        return None
    return max(numbers) if all(0 <= number < float("inf") for number in numbers) else None


def _term(value: Mapping[str, Any] | None) -> Term | None:
    if value is None:
        return None
    if value["type"] == "triple":
        parts = [_term(value["value"][part]) for part in ("subject", "predicate", "object")]
        return Term(f"<<( {' '.join(part.value for part in parts if part)} )>>")
    return Term(value["value"], value["type"] == "uri", value.get("xml:lang", ""), value.get("datatype", ""))


def labels(site: Site, language: str) -> Callable[[str], Term | None]:
    """Returns what gives the name of a thing or term in a language; None where it has none."""
    whole, words = overview(site), Words(language)
    names = Description((), terms=site.iris.terms)
    told = _labels(site)

    def label(iri: str) -> Term | None:
        if (known := whole.known(iri, language)) is not None:
            return known
        if (general := words.get(f"term.{names.short(iri).replace(':', '-')}")) is not None:
            return Term(general, language=language)
        found = told.get(iri, {})
        spoken = language if language in found else next(iter(found), None)
        return None if spoken is None else Term(found[spoken], language=spoken)

    return label


@made_once
def _labels(site: Site) -> Mapping[str, Mapping[str, str]]:
    """Returns the labels of the terms of the ontology, of concepts and of editions, by language."""
    found: dict[str, dict[str, str]] = {}
    for name in ("terms", "labels"):
        for row in site.lookup.rows(name):
            found.setdefault(row["term"], {}).setdefault(row.get("label@", ""), row["label"])
    return found
