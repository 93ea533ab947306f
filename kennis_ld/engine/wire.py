"""What goes over the socket between a web process and a worker: one question there, one answer back.

A frame is two lengths, two numbers, a head in JSON and a body in bytes. Heads are nearly always the same few. Where the
answer takes a while, the worker first says that it has begun. A connection that is reset was closed before the question
was read, so it may be asked again; one that just ends was closed by a worker that died of the question, or with its
warden (unix(7) in Linux). A connection may carry one question after the other.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any

from kennis_ld.engine.interface import Answer, Iri, Question, Term, Text
from kennis_ld.errors import (
    BudgetExceeded,
    EngineUnavailable,
    MalformedQuery,
    NoSuitableFormat,
    QueryError,
    QueryNotAllowed,
    ResultTooLarge,
)

_START = struct.Struct("!IQdI")
"""Length of the head, length of the body, seconds (the deadline of a question, or what it took), and the mark of a
question, or the process id of a worker."""

_FIRST = 16 * 1024
"""Most of what a question or a small answer takes; a larger buffer costs more to allocate than it saves in reads."""

_MOST = 1024 * 1024


class Progress(Enum):
    """What a worker says of a question before it is done with it: a frame without a head."""

    BEGUN = 0
    """It has begun, and the answer is not there soon."""

    HEAVY = 1
    """The question has taken more time than a light one."""

    LOANS = 2
    """No question: who writes this has connections of clients to lend (`kennis_ld.engine.loan`)."""


BEGUN, HEAVY, LOANS = (_START.pack(0, each.value, 0.0, 0) for each in Progress)


class Lends(Exception):
    """The other side asks nothing, but has connections to lend."""


class Closed(Exception):
    """The other side closed the connection before the frame was complete."""


@dataclass(frozen=True, slots=True)
class _Frame:
    head: Mapping[str, Any]
    body: bytes
    seconds: float
    number: int


class Reader:
    """Reads frames from a connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._ahead = bytearray()

    def frame(self, flags: int = 0) -> _Frame | Progress:
        """Returns the next frame; where time is over before it is there, ask again later.

        Args:
            flags: of recv(2).

        Raises:
            Closed: the other side closed the connection before.
            OSError: something else happened to it, or time is over.
        """
        start = _START.size
        self._read_to(start, flags)
        head, body, seconds, number = _START.unpack_from(self._ahead)
        if not head:
            del self._ahead[:start]
            return Progress(body)
        end = start + head + body
        self._read_to(end, flags)
        frame, self._ahead = memoryview(self._ahead), self._ahead[end:]
        return _Frame(_read_head(bytes(frame[start : start + head])), bytes(frame[start + head : end]), seconds, number)

    def _read_to(self, length: int, flags: int) -> None:
        while (missing := length - len(self._ahead)) > 0:
            read = self._connection.recv(max(_FIRST, min(missing, _MOST)), flags)
            if not read:
                raise Closed
            self._ahead += read


@lru_cache(maxsize=64)
def _read_head(text: bytes) -> Mapping[str, Any]:
    head: dict[str, Any] = json.loads(text)
    return head


def _write_head(head: Mapping[str, Any]) -> bytes:
    return json.dumps(head, separators=(",", ":")).encode()


@lru_cache(maxsize=64)
def _question_head(base_iri: str, solutions: str | None, graph: str | None) -> bytes:
    return _write_head({"base": base_iri, "solutions": solutions, "graph": graph})


@lru_cache(maxsize=64)
def _answer_head(kind: str, form: str) -> bytes:
    return _write_head({"kind": kind, "format": form})


def _frame(head: bytes, body: bytes, seconds: float, number: int) -> bytes:
    return b"".join((_START.pack(len(head), len(body), seconds, number), head, body))


def question_frame(question: Question, deadline: float, mark: int) -> bytes:
    """Returns a question as a frame.

    Args:
        question: its text is Unicode (the guard has seen to that).
        deadline: when the answer must be there, on the clock that all processes of this machine share.
        mark: one of `kennis_ld.engine.busy.MARKS`.
    """
    head = _question_head(question.base_iri, question.solutions, question.graph)
    if question.bindings or question.default_graphs or question.named_graphs:
        more = {
            "bindings": {name: _term_out(term) for name, term in question.bindings.items()},
            "default": question.default_graphs,
            "named": question.named_graphs,
        }
        head = _write_head({**_read_head(head), **more})
    return _frame(head, question.text.encode(), deadline, mark)


def read_question(reader: Reader) -> tuple[Question, float, int]:
    """Returns the question, its deadline and its mark.

    Raises:
        Closed: the other side closed the connection, or has nothing to ask.
        Lends: it has connections to lend.
    """
    frame = reader.frame()
    if frame is Progress.LOANS:
        raise Lends
    if isinstance(frame, Progress):
        raise Closed
    head = frame.head
    question = Question(frame.body.decode(), head["base"], solutions=head["solutions"], graph=head["graph"])
    if "bindings" in head:
        question = replace(
            question,
            bindings={name: _term_in(term) for name, term in head["bindings"].items()},
            default_graphs=tuple(head["default"]),
            named_graphs=tuple(head["named"]),
        )
    return question, frame.seconds, frame.number


def answer_frame(answer: Answer, *, seconds: float, worker: int) -> bytes:
    """Returns an answer as a frame.

    Args:
        answer: the answer.
        seconds: how long it took.
        worker: process id of the worker.
    """
    return _frame(_answer_head(answer.kind, answer.format), answer.body, seconds, worker)


def error_frame(error: QueryError, *, seconds: float, worker: int) -> bytes:
    """Returns as a frame why there is no answer; see `answer_frame`."""
    head: dict[str, Any] = {"error": type(error).__name__, "what": error.what, "remedy": error.remedy}
    for name in ("line", "column", "reason", "limit", "unit", "kind", "retry_after"):
        if hasattr(error, name):
            head[name] = getattr(error, name)
    return _frame(_write_head(head), b"", seconds, worker)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question.

    Attributes:
        result: the answer, or why there is none.
        seconds: how long that took.
        worker: process id of the worker.
    """

    result: Answer | QueryError
    seconds: float
    worker: int


def read_outcome(reader: Reader, flags: int = 0) -> Outcome | Progress:
    """Returns what came of the question, or how far it is.

    Args:
        reader: reads the connection.
        flags: of recv(2).

    Raises:
        Closed: the other side closed the connection before.
        OSError: something else happened to it, or time is over.
    """
    frame = reader.frame(flags)
    if isinstance(frame, Progress):
        return frame
    head = frame.head
    result = _error(head) if "error" in head else Answer(head["kind"], head["format"], frame.body)
    return Outcome(result, frame.seconds, frame.number)


def _error(head: Mapping[str, Any]) -> QueryError:
    match head:
        case {"error": "MalformedQuery", "what": what, "line": line, "column": column}:
            return MalformedQuery(what, line=line, column=column)
        case {"error": "QueryNotAllowed", "what": what, "reason": reason, "remedy": remedy}:
            return QueryNotAllowed(what, reason=reason, remedy=remedy)
        case {"error": "ResultTooLarge", "limit": limit, "unit": unit}:
            return ResultTooLarge(limit=limit, unit=unit)
        case {"error": "NoSuitableFormat", "kind": kind}:
            return NoSuitableFormat(kind=kind)
        case {"error": "BudgetExceeded", "limit": limit}:
            return BudgetExceeded(limit=limit)
        case {"error": "EngineUnavailable", "what": what, "retry_after": seconds}:
            return EngineUnavailable(what, retry_after=seconds)
        case _:
            return QueryError(head["what"], remedy=head["remedy"])


def _term_out(term: Term) -> list[str | None]:
    match term:
        case Iri(value):
            return [value]
        case Text(value, language):
            return [value, language]


def _term_in(term: list[str | None]) -> Term:
    match term:
        case [str(value)]:
            return Iri(value)
        case [str(value), language]:
            return Text(value, language)
        case _:
            raise ValueError(term)
