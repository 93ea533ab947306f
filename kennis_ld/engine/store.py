"""Answers a question from a pyoxigraph store, in this process.

Nothing here can stop a query: time and memory are a matter of the process (`kennis_ld.engine.worker`). Rows, bytes
and forms are seen to here. No text of the engine comes out: it names paths, ports and the inside of other servers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, cast

import pyoxigraph as ox

from kennis_ld.engine import guard
from kennis_ld.engine.bounds import BoundedBody, sound_xml
from kennis_ld.engine.budget import Budget
from kennis_ld.engine.interface import Answer, Iri, Kind, Question, Term
from kennis_ld.engine.mistakes import PADDING, malformed, unknown_function
from kennis_ld.errors import BudgetExceeded, MalformedQuery, NoSuitableFormat, QueryError, ResultTooLarge

_SOLUTIONS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
}
_XML = frozenset({"xml", "rdf"})

_Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class StoreEngine:
    """An `Engine` on a store in this process; safe to use from many threads.

    For queries of our own, in tests and on the command line. Queries from outside belong in `kennis_ld.engine.pool`.
    """

    def __init__(self, store: ox.Store, *, budget: Budget | None = None, guarded: bool = True) -> None:
        """Makes an engine.

        Args:
            store: holds the data; it is not changed.
            budget: bounds on rows, bytes and the text of the query.
            guarded: False where the text has been through the guard already.
        """
        self._store = store
        self._budget = budget or Budget()
        self._guarded = guarded

    def answer(self, question: Question) -> Answer:
        """Returns the complete answer; see `Engine.answer`."""
        if self._guarded:
            guard.check(question.text, query_bytes=self._budget.query_bytes)
        results = self._results(question)
        match results:
            case ox.QueryTriples():
                return self._written(results, kind="graph", form=question.graph)
            case ox.QueryBoolean():
                return self._written(results, kind="boolean", form=question.solutions)
            case _:
                return self._written(results, kind="solutions", form=question.solutions)

    def close(self) -> None:
        """Does nothing: the store goes with its last user."""

    def _results(self, question: Question) -> _Results:
        # SPARQL 1.1 Protocol, section 2.1.4: where a request names graphs, the data set is those graphs and no others.
        own = not question.default_graphs and not question.named_graphs
        try:
            return self._store.query(
                question.text,
                base_iri=question.base_iri,
                default_graph=None if own else [_graph(iri) for iri in question.default_graphs],
                named_graphs=None if own else [_graph(iri) for iri in question.named_graphs],
                substitutions={_variable(name): _term(term, name) for name, term in question.bindings.items()},
            )
        except SyntaxError:
            raise self._malformed(question) from None
        except RuntimeError as error:
            if question.bindings and "projection" in str(error):
                names = ", ".join(f"?{name}" for name in question.bindings)
                raise MalformedQuery(
                    f"{names} cannot be bound: a bound variable must stand in the SELECT clause."
                ) from None
            raise unknown_function(question.text, str(error)) or _not_evaluated() from None
        except (OSError, ValueError):
            raise _not_evaluated() from None

    def _malformed(self, question: Question) -> MalformedQuery:
        try:
            self._store.query(question.text + PADDING, base_iri=question.base_iri)
        except SyntaxError as error:
            return malformed(question.text, str(error))
        return malformed(question.text, "")

    def _written(self, results: _Results, *, kind: Kind, form: str | None) -> Answer:
        if form is None:
            raise NoSuitableFormat(kind=kind)
        try:
            body = self._graph(results, form) if isinstance(results, ox.QueryTriples) else self._table(results, form)
        except MemoryError:
            raise BudgetExceeded(limit=self._budget.memory_in_words) from None
        except (RuntimeError, OSError, ValueError):
            raise _not_evaluated() from None
        sound = sound_xml(body) if form in _XML else body
        if sound is None:
            # No XML document can hold this answer, so the form does not suit it.
            raise NoSuitableFormat(kind=kind)
        return Answer(kind, form, sound)

    def _table(self, results: ox.QuerySolutions | ox.QueryBoolean, form: str) -> bytes:
        rows, limit = self._budget.rows, self._budget.body_bytes
        if rows is None and limit is None:
            return results.serialize(format=_SOLUTIONS[form]) or b""
        body = BoundedBody(form=form, rows=None if isinstance(results, ox.QueryBoolean) else rows, limit=limit)
        results.serialize(cast("IO[bytes]", body), format=_SOLUTIONS[form])
        return body.complete()

    def _graph(self, results: ox.QueryTriples, form: str) -> bytes:
        rows, limit = self._budget.rows, self._budget.body_bytes
        if rows is None and limit is None:
            return results.serialize(format=_GRAPHS[form]) or b""
        body = BoundedBody(form=form, rows=None, limit=limit)
        ox.serialize(_at_most(results, rows), cast("IO[bytes]", body), format=_GRAPHS[form])
        return body.complete()


def _at_most(triples: ox.QueryTriples, limit: int | None) -> Iterator[ox.Triple]:
    for count, triple in enumerate(triples, start=1):
        if limit is not None and count > limit:
            raise ResultTooLarge(limit=limit, unit="rows")
        yield triple


def _graph(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise MalformedQuery("The name of a graph is no absolute IRI.") from None


def _variable(name: str) -> ox.Variable:
    try:
        return ox.Variable(name)
    except ValueError:
        raise MalformedQuery("The name of a bound variable is not one that SPARQL has.") from None


def _term(term: Term, name: str) -> ox.NamedNode | ox.Literal:
    try:
        if isinstance(term, Iri):
            return ox.NamedNode(term.value)
        return ox.Literal(term.value, language=term.language) if term.language else ox.Literal(term.value)
    except ValueError:
        raise MalformedQuery(f"The value of ?{name} is no absolute IRI, or its language is none.") from None


def _not_evaluated() -> QueryError:
    return QueryError(
        "The query is SPARQL, but it could not be evaluated.",
        remedy="Make it simpler to find the part that fails; tell the administrator if it keeps failing.",
    )
