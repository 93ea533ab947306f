"""Answers a question from a pyoxigraph store in this process, and loads the files of a release into one.

Nothing here can stop a query: time and memory are a matter of the process (`kennis_ld.isolation`). Rows, bytes
and forms are seen to here. No text of the engine comes out: it names paths, ports and the inside of other servers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import pyoxigraph as ox

from kennis_ld import jsonld
from kennis_ld.engine import guard
from kennis_ld.engine.interface import Answer, Budget, Iri, Kind, Question, Term
from kennis_ld.engine.result_limits import BoundedBody, check_rows, sound_xml
from kennis_ld.engine.syntax_errors import malformed, unknown_function
from kennis_ld.engine.tokens import columns, prefixes, with_columns
from kennis_ld.errors import (
    BudgetExceeded,
    DamagedRelease,
    MalformedQuery,
    NoSuitableFormat,
    QueryError,
    ResultTooLarge,
)

SOLUTIONS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
}
_LOADED = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".ttl": ox.RdfFormat.TURTLE,
}
_REMEDY = "Build the release again, or go back to an earlier one."
_XML = frozenset({"xml", "rdf"})
_PARTIAL = frozenset({"rdf", "jsonld"})  # forms that cannot hold every graph
_XML_NAME = re.compile(
    # NCName of Namespaces in XML, at the end.
    "[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
    "[-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]*\\Z"
)
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NO_PROPERTIES = frozenset(
    {
        *("RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "Description"),
        *("aboutEach", "aboutEachPrefix", "li"),
    }
)

_Node = TypeVar("_Node")
_Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a release that goes into the store.

    Attributes:
        path: N-Quads (`.nq`), N-Triples (`.nt`) or Turtle (`.ttl`) without relative IRIs.
        graph: IRI of the named graph for its triples; None for the default graph. N-Quads name their own graphs.
        sha256: what the manifest says of its bytes; None to trust them.
    """

    path: Path
    graph: str | None = None
    sha256: str | None = None


def load_store(files: Iterable[DataFile | Path]) -> ox.Store:
    """Returns a store in memory with the statements of the files; triples of a bare path go into the default graph.

    Raises:
        DamagedRelease: a file is missing, not as the manifest says, or not in its format; or the files hold nothing at
            all, for an empty store would answer every query with nothing, and that is a lie.
    """
    store = ox.Store()
    for file in files:
        _load(store, file if isinstance(file, DataFile) else DataFile(file))
    if not len(store):
        raise DamagedRelease("The files of the release hold no statements.", remedy=_REMEDY)
    return store


class StoreEngine:
    """An `Engine` on a store in this process; safe to use from many threads.

    For queries of our own, in tests and on the command line. Queries from outside belong in `kennis_ld.isolation`.
    """

    def __init__(self, store: ox.Store, *, budget: Budget | None = None, guarded: bool = True) -> None:
        """Makes an engine; unguarded where the text has been through the guard already."""
        self._store = store
        self._budget = budget or Budget()
        self._guarded = guarded

    def answer(self, question: Question) -> Answer:
        """Returns the complete answer; see `Engine.answer`."""
        if self._guarded:
            guard.check(question.text, query_bytes=self._budget.query_bytes)
        if question.inline:
            question = question._replace(text=question.written, inline=())
        results = self._results(question)
        match results:
            case ox.QueryTriples():
                kind: Kind = "graph"
                form = question.graph
            case ox.QueryBoolean():
                kind, form = "boolean", question.solutions
            case _:
                kind, form = "solutions", question.solutions
        if form is None:
            raise NoSuitableFormat(kind=kind)
        try:
            body = self._written(results, form)
            if form == "jsonld":
                known = prefixes(question.text, question.base_iri)
                body = jsonld.small_document(body.decode().split("\n"), known)
        except MemoryError:
            raise BudgetExceeded(limit=self._budget.memory_in_words, cause="memory") from None
        except (RuntimeError, OSError, ValueError):
            raise _not_evaluated() from None
        sound = sound_xml(body) if form in _XML else body
        if sound is None:
            # No XML document can hold this answer, so the form does not suit it.
            raise NoSuitableFormat(kind=kind, unfit=[form])
        return Answer(kind, form, sound)

    def _results(self, question: Question) -> _Results:
        try:
            results = self._asked(question, question.text)
            if "*" in question.text and isinstance(results, ox.QuerySolutions):
                given = [variable.value for variable in results.variables]
                ordered = columns(question.text, given)
                if ordered != given:  # nothing was evaluated yet
                    return self._asked(question, with_columns(question.text, ordered))
            return results
        except SyntaxError:
            raise malformed(question.text, lambda text: self._complaint(text, question.base_iri)) from None
        except RuntimeError as error:
            if question.bindings and "projection" in str(error):
                names = ", ".join(f"?{name}" for name in question.bindings)
                words = f"{names} cannot be bound: a bound variable must stand in the SELECT clause."
                raise MalformedQuery(words) from None
            raise unknown_function(question.text, str(error)) or _not_evaluated() from None
        except (OSError, ValueError):
            raise _not_evaluated() from None

    def _asked(self, question: Question, text: str) -> _Results:
        # SPARQL 1.1 Protocol, section 2.1.4: where a request names graphs, the data set is those graphs and no others.
        own = not question.default_graphs and not question.named_graphs
        if own and not question.bindings:
            return self._store.query(text, base_iri=question.base_iri)
        return self._store.query(
            text,
            base_iri=question.base_iri,
            default_graph=None if own else _graphs(question.default_graphs),
            named_graphs=None if own else _graphs(question.named_graphs),
            substitutions=dict(starmap(_substitution, question.bindings.items())),
        )

    def _complaint(self, text: str, base_iri: str) -> str:
        """Returns what the parser has to say of a text; the empty data set makes sure that nothing is evaluated."""
        try:
            self._store.query(text, base_iri=base_iri, default_graph=[], named_graphs=[])
        except SyntaxError as error:
            return str(error)
        except (OSError, RuntimeError, ValueError):
            pass
        return ""

    def _written(self, results: _Results, form: str) -> bytes:
        rows, bounded = self._budget.rows, BoundedBody(self._budget.body_bytes)
        output = cast("IO[bytes]", bounded)
        counted = rows if isinstance(results, ox.QuerySolutions) else None
        try:
            if not isinstance(results, ox.QueryTriples):
                results.serialize(output, format=SOLUTIONS[form])
            elif rows is None and form not in _PARTIAL:
                results.serialize(output, format=_GRAPHS[form])
            else:
                # JSON-LD is made of lines, for pyoxigraph writes it without @type and without prefixes.
                written = _GRAPHS["nt" if form == "jsonld" else form]
                ox.serialize(_writable(_at_most(results, rows), form), output, format=written)
        except ResultTooLarge:
            # A person can do more with the number of rows than with the number of bytes.
            check_rows(bounded.body, form, counted)
            raise
        body = bytes(bounded.body)
        check_rows(body, form, counted)
        return body


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI, as the engine takes it."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _load(store: ox.Store, file: DataFile) -> None:
    where = file.path.name
    form = _LOADED.get(file.path.suffix)
    if form is None:
        raise DamagedRelease("This kind of file cannot be loaded.", where=where, remedy="Give .nq, .nt or .ttl files.")
    graph = ox.NamedNode(file.graph) if file.graph else None
    try:
        with file.path.open("rb") as content:
            if file.sha256 and hashlib.file_digest(content, "sha256").hexdigest() != file.sha256:
                raise DamagedRelease(
                    "The file is not the one that the manifest describes.", where=where, remedy=_REMEDY
                )
            content.seek(0)
            # What the manifest describes was checked when it was built; to check each IRI again takes a third longer.
            store.bulk_load(content, form, to_graph=graph, lenient=file.sha256 is not None)
    except (OSError, SyntaxError) as error:
        what = "is not in its format" if isinstance(error, SyntaxError) else "cannot be read"
        raise DamagedRelease(f"The file {what}.", where=where, remedy=_REMEDY) from error


def _at_most(triples: ox.QueryTriples, limit: int | None) -> Iterator[ox.Triple]:
    for count, triple in enumerate(triples, start=1):
        if limit is not None and count > limit:
            raise ResultTooLarge(limit=limit, unit="rows")
        yield triple


def _writable(triples: Iterable[ox.Triple], form: str) -> Iterator[ox.Triple]:
    """Yields triples while a form can hold them: pyoxigraph fails on others, or writes what nobody can read."""
    for triple in triples:
        if form in _PARTIAL and form in (unfit := _unfit(triple)):
            raise NoSuitableFormat(kind="graph", unfit=unfit)
        yield triple


def _unfit(triple: ox.Triple) -> set[str]:
    """Returns the forms that cannot hold a triple.

    JSON-LD has no triple terms. In RDF/XML a property is the name of an element, and some names are not for properties
    (RDF/XML, section 5.1).
    """
    unfit = set() if _is_element(triple.predicate.value) else {"rdf"}
    if isinstance(triple.object, ox.Triple):
        unfit |= {"jsonld"} | _unfit(triple.object)
    return unfit


@lru_cache(maxsize=1024)
def _is_element(predicate: str) -> bool:
    if predicate.startswith(_RDF):
        return predicate[len(_RDF) :] not in _NO_PROPERTIES
    return _XML_NAME.search(predicate) is not None


def _graphs(iris: Iterable[str]) -> list[Any]:
    # A list of named nodes is none of nodes to the type checker.
    return [_node(ox.NamedNode, iri, "The name of a graph is no absolute IRI.") for iri in iris]


def _substitution(name: str, term: Term) -> tuple[ox.Variable, ox.NamedNode | ox.Literal]:
    variable = _node(ox.Variable, name, "The name of a bound variable is not one that SPARQL has.")
    complaint = f"The value of ?{name} is no absolute IRI, or its language is none."
    if isinstance(term, Iri):
        return variable, _node(ox.NamedNode, term.value, complaint)
    language = term.language or None
    datatype = ox.NamedNode(term.datatype) if term.datatype else None
    return variable, _node(lambda text: ox.Literal(text, language=language, datatype=datatype), term.value, complaint)


def _node(make: Callable[[str], _Node], text: str, complaint: str) -> _Node:
    try:
        return make(text)
    except ValueError:
        raise MalformedQuery(complaint) from None


def _not_evaluated() -> QueryError:
    return QueryError(
        "The query is SPARQL, but it could not be evaluated.",
        remedy="Make it simpler to find the part that fails; tell the administrator if it keeps failing.",
    )
