"""What goes over the socketpair between a web process and a query worker: queries one way, answers the other.

A frame is a header of fixed size, a head in JSON and a body in bytes. A worker answers in the order in which it was
asked; the number of a frame only makes sure of that.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from kennis_ld.engine.interface import Answer, Iri, Question, Term, Text
from kennis_ld.errors import QueryError

_ERRORS: dict[str, type[QueryError]] = {"QueryError": QueryError}
_ERRORS |= {each.__name__: each for each in QueryError.__subclasses__()}
_HEADER = struct.Struct("!IIQd")  # number of the query; bytes of the head and of the body; seconds


class Frame(NamedTuple):
    """One frame."""

    number: int  # of the query
    head: bytes  # what it is, in JSON
    body: bytes  # text of the query, or bytes of the answer
    seconds: float  # deadline of a query (monotonic clock), or processor time of the worker so far


class Reader:
    """Cuts a stream of bytes into frames."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._missing = 0

    def frames(self, data: bytes) -> list[Frame]:
        """Returns the frames that are complete with this piece of the stream."""
        if self._rest:
            self._rest += data
            if len(self._rest) < self._missing:
                return []
            data = bytes(self._rest)
        found, at, size, end = [], 0, _HEADER.size, len(data)
        self._missing = size
        while end - at >= size:
            number, head, body, seconds = _HEADER.unpack_from(data, at)
            stop = at + size + head + body
            if stop > end:
                self._missing = stop - at
                break
            found.append(Frame(number, data[at + size : at + size + head], data[at + size + head : stop], seconds))
            at = stop
        if at < end or self._rest:
            self._rest = bytearray(data[at:])
        return found


def _frame(number: int, head: bytes, body: bytes, seconds: float) -> bytes:
    return b"".join((_HEADER.pack(number, len(head), len(body), seconds), head, body))


def _written(head: Mapping[str, Any]) -> bytes:
    return json.dumps(head, separators=(",", ":")).encode()


@lru_cache(maxsize=64)
def _read(head: bytes) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(head)
    return found


@lru_cache(maxsize=64)
def _plain_head(base_iri: str, solutions: str | None, graph: str | None) -> bytes:
    """Returns the head of a query that is nothing more than a text."""
    return _written({"base": base_iri, "solutions": solutions, "graph": graph})


@lru_cache(maxsize=64)
def _asked(head: bytes) -> tuple[Any, ...]:
    """Returns what a head says of a query: all of a `Question` but its text."""
    found = _read(head)
    return (
        *(found["base"], found["solutions"], found["graph"]),
        {name: _term_in(term) for name, term in found.get("bindings", {}).items()},
        *(tuple(found.get("default", ())), tuple(found.get("named", ()))),
    )


@lru_cache(maxsize=64)
def _answer_head(kind: str, form: str) -> bytes:
    return _written({"kind": kind, "format": form})


def question_frame(number: int, question: Question, deadline: float) -> bytes:
    """Returns a query as a frame, with its deadline on the monotonic clock, which all processes of a machine share."""
    head = _plain_head(question.base_iri, question.solutions, question.graph)
    if question.bindings or question.default_graphs or question.named_graphs:
        more = {
            "bindings": {name: _term_out(term) for name, term in question.bindings.items()},
            "default": question.default_graphs,
            "named": question.named_graphs,
        }
        head = _written({**_read(head), **more})
    return _frame(number, head, question.written.encode(), deadline)


def question_of(frame: Frame) -> Question:
    """Returns the query in a frame."""
    return Question(frame.body.decode(), *_asked(frame.head))


def outcome_frame(number: int, outcome: Answer | QueryError, seconds: float) -> bytes:
    """Returns an answer, or why there is none, as a frame, with the processor time of the worker so far."""
    if isinstance(outcome, Answer):
        return _frame(number, _answer_head(outcome.kind, outcome.format), outcome.body, seconds)
    values = {name: sorted(each) if isinstance(each, frozenset) else each for name, each in vars(outcome).items()}
    return _frame(number, _written({"error": type(outcome).__name__, "values": values}), b"", seconds)


def outcome_of(frame: Frame) -> Answer | QueryError:
    """Returns the answer in a frame, or why there is none."""
    head = _read(frame.head)
    if "kind" in head:
        return Answer(head["kind"], head["format"], frame.body)
    kind = _ERRORS[head["error"]]
    error: QueryError = kind.__new__(kind)
    vars(error).update(
        (name, frozenset(each) if isinstance(each, list) else each) for name, each in head["values"].items()
    )
    return error


def _term_out(term: Term) -> list[str | None]:
    return [term.value] if isinstance(term, Iri) else [term.value, term.language, term.datatype]


def _term_in(term: list[str | None]) -> Term:
    match term:
        case [str(value)]:
            return Iri(value)
        case [str(value), language, datatype]:
            return Text(value, language, datatype)
        case _:
            raise ValueError(term)
