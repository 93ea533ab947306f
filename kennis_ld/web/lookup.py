"""Asks an engine the site's own questions, each a file in `queries/`.

The questions are fixed, only terms are bound to their variables; no text of a visitor becomes part of a query.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from kennis_ld.engine.interface import Engine, Question, Term
from kennis_ld.iri import Iris

_FOLDER = Path(__file__).parent / "queries"

Row = Mapping[str, str]
"""The bound variables of one solution; the language of `x` stands under `x@`, where it has one."""


class Lookup:
    """The site's own questions, to one engine."""

    def __init__(self, engine: Engine, iris: Iris) -> None:
        self._engine = engine
        self._base = iris.root
        self._texts = {path.stem: iris.shared(path.read_text(encoding="utf-8")) for path in _FOLDER.glob("*.rq")}

    def rows(self, name: str, **bindings: Term) -> Sequence[Row]:
        """Returns the solutions of a SELECT, in its order."""
        question = Question(self._texts[name], self._base, solutions="json", graph=None, bindings=bindings)
        document = json.loads(self._engine.answer(question).body)
        rows = []
        for solution in document["results"]["bindings"]:
            row = {variable: value(term) for variable, term in solution.items()}
            row |= {f"{variable}@": term["xml:lang"] for variable, term in solution.items() if "xml:lang" in term}
            rows.append(row)
        return rows

    def graph(self, name: str, **bindings: Term) -> bytes:
        """Returns the statements of a CONSTRUCT, as N-Triples."""
        question = Question(self._texts[name], self._base, solutions=None, bindings=bindings)
        return self._engine.answer(question).body


def value(term: Mapping[str, str]) -> str:
    """Returns what a term says; a boolean may be written in two ways (XML Schema part 2, section 3.2.2.1)."""
    if term.get("datatype") == "http://www.w3.org/2001/XMLSchema#boolean":
        return {"0": "false", "1": "true"}.get(term["value"], term["value"])
    return term["value"]
