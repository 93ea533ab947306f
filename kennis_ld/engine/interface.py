"""What every engine takes and gives: a question with its formats and its budget, an answer whose bytes are complete.

An engine answers or raises a `QueryError`; it never gives half an answer. The bytes of an answer are in one of the
formats that the question accepts, so they can be sent on as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

Kind = Literal["solutions", "boolean", "graph"]
MIB = 1024 * 1024
AGENT = "kennis-ld"  # how we introduce ourselves to other servers (User-Agent)

SOLUTION_FORMATS: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""Formats of SELECT and ASK answers and their media types (SPARQL 1.1 Query Results JSON, XML, CSV and TSV)."""

GRAPH_FORMATS: Mapping[str, str] = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
"""Formats of CONSTRUCT and DESCRIBE answers and their media types, those first that most clients can read."""


class Iri(NamedTuple):
    """An IRI bound to a variable of a query."""

    value: str


class Text(NamedTuple):
    """A literal bound to a variable of a query; a plain string where it has no language and no datatype."""

    value: str
    language: str | None = None
    datatype: str | None = None


Term = Iri | Text


class Inline(NamedTuple):
    """What stands in the place of a piece of a query when it is asked: solutions that came from elsewhere.

    Attributes:
        start: where the piece starts.
        end: where it ends.
        block: what stands there (`kennis_ld.engine.inline.values`).
    """

    start: int
    end: int
    block: str


class Question(NamedTuple):
    """A SPARQL query and the formats its answer may have.

    Attributes:
        text: the query, SPARQL 1.1 or 1.2.
        base_iri: what relative IRIs in the text are resolved against.
        solutions: key of SOLUTION_FORMATS for a SELECT or ASK; None where the client accepts none of them.
        graph: key of GRAPH_FORMATS for a CONSTRUCT or DESCRIBE; None where the client accepts none of them.
        bindings: variables that get a value before the query runs; a variable must stand in the SELECT clause.
        default_graphs: IRIs of the graphs that form the default graph; empty for the engine's own default graph.
        named_graphs: IRIs of the named graphs; with both empty the dataset is the engine's own.
        inline: what stands in the place of pieces of the text, in their order.
    """

    text: str
    base_iri: str
    solutions: str | None = "json"
    graph: str | None = "nt"
    bindings: Mapping[str, Term] = MappingProxyType({})
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    inline: tuple[Inline, ...] = ()

    @property
    def written(self) -> str:
        """The text with all that stands in the place of its pieces."""
        text = self.text
        for start, end, block in reversed(self.inline):
            text = text[:start] + block + text[end:]
        return text


class Answer(NamedTuple):
    """A complete answer.

    Attributes:
        kind: what the query gave.
        format: key of SOLUTION_FORMATS or GRAPH_FORMATS.
        body: all of the answer, in that format.
    """

    kind: Kind
    format: str
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type of the body."""
        return (GRAPH_FORMATS if self.kind == "graph" else SOLUTION_FORMATS)[self.format]


@dataclass(frozen=True, slots=True)
class Budget:
    """What one query may use; a query that passes it is refused or stopped, never answered in part.

    The defaults are those of the safety facts, section 3.

    Attributes:
        seconds: wall time, waiting for a free worker included.
        memory: bytes of memory on top of what the store itself takes.
        rows: solutions or triples of one answer; None for no bound.
        body_bytes: bytes of one answer; None for no bound.
        query_bytes: bytes of the text of the query in UTF-8.
        is_remote: whether another server evaluates the query; then the time that it is waited for counts as computing.
    """

    seconds: float = 10.0
    memory: int = 512 * MIB
    rows: int | None = 10_000
    body_bytes: int | None = 10 * MIB
    query_bytes: int = 64 * 1024
    is_remote: bool = False

    @property
    def time_in_words(self) -> str:
        """The bound on time, as an error says it."""
        return f"{self.seconds:g} second{'' if self.seconds == 1 else 's'}"

    @property
    def memory_in_words(self) -> str:
        """The bound on memory, as an error says it."""
        return f"{self.memory / MIB:g} MiB of memory"


OWN = Budget(seconds=3600.0, memory=16 * 1024 * MIB, rows=None, body_bytes=None)
"""For a person's own queries on the own machine, and for what is asked of a whole release before a site answers.

It is bounded, so that a mistake does not take the machine along.
"""

TRUSTED = Budget(rows=None, body_bytes=None)
"""For the site's own queries while somebody waits: a list of a large city may be long."""


class Engine(Protocol):
    """Anything that answers questions."""

    def answer(self, question: Question) -> Answer:
        """Returns the complete answer.

        Raises:
            QueryError: the question was not answered; the subclass says why.
        """
