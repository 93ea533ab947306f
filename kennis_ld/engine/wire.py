"""What goes over the socket between a web process and a worker: one question there, one answer back.

A frame is two lengths, a head in JSON and a body in bytes. Where the answer takes a while, the worker first says that
it has begun. A connection that is reset was closed before the question was read, so it may be asked again; one that
just ends was closed by a worker that died of the question, or with its warden (unix(7) in Linux). A connection may
carry one question after the other.
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import dataclass
from enum import Enum
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

_LENGTHS = struct.Struct("!IQ")
_FIRST = 16 * 1024
"""Most of what a question or a small answer takes; a larger buffer costs more to allocate than it saves in reads."""

_MOST = 1024 * 1024


class Progress(Enum):
    """What a worker says of a question before it is done with it: a frame without a head."""

    BEGUN = 0
    """It has begun, and the answer is not there soon."""

    HEAVY = 1
    """The question has taken more time than a light one."""


BEGUN, HEAVY = (_LENGTHS.pack(0, each.value) for each in Progress)


class Closed(Exception):
    """The other side closed the connection before the frame was complete."""


class Reader:
    """Reads frames from a connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._ahead = bytearray()

    def frame(self) -> tuple[dict[str, Any] | Progress, bytes]:
        """Returns head and body of the next frame; where time is over before it is there, ask again later.

        Raises:
            Closed: the other side closed the connection before.
            OSError: something else happened to it, or time is over.
        """
        self._read_to(_LENGTHS.size)
        head, body = _LENGTHS.unpack_from(self._ahead)
        if not head:
            del self._ahead[: _LENGTHS.size]
            return Progress(body), b""
        start, end = _LENGTHS.size + head, _LENGTHS.size + head + body
        self._read_to(end)
        frame, self._ahead = memoryview(self._ahead), self._ahead[end:]
        return json.loads(bytes(frame[_LENGTHS.size : start])), bytes(frame[start:end])

    def _read_to(self, length: int) -> None:
        while (missing := length - len(self._ahead)) > 0:
            read = self._connection.recv(max(_FIRST, min(missing, _MOST)))
            if not read:
                raise Closed
            self._ahead += read


def _frame(head: dict[str, Any], body: bytes) -> bytes:
    text = json.dumps(head, separators=(",", ":")).encode()
    return b"".join((_LENGTHS.pack(len(text), len(body)), text, body))


def question_frame(question: Question, deadline: float) -> bytes:
    """Returns a question as a frame.

    Args:
        question: its text is Unicode (the guard has seen to that).
        deadline: when the answer must be there, on the clock that all processes of this machine share.
    """
    head: dict[str, Any] = {"base": question.base_iri, "deadline": deadline}
    if question.solutions:
        head["solutions"] = question.solutions
    if question.graph:
        head["graph"] = question.graph
    if question.bindings:
        head["bindings"] = {name: _term_out(term) for name, term in question.bindings.items()}
    if question.default_graphs:
        head["default"] = question.default_graphs
    if question.named_graphs:
        head["named"] = question.named_graphs
    return _frame(head, question.text.encode())


def read_question(reader: Reader) -> tuple[Question, float]:
    """Returns the question and its deadline."""
    head, text = reader.frame()
    if isinstance(head, Progress):
        raise Closed
    question = Question(
        text.decode(),
        head["base"],
        solutions=head.get("solutions"),
        graph=head.get("graph"),
        bindings={name: _term_in(term) for name, term in head.get("bindings", {}).items()},
        default_graphs=tuple(head.get("default", ())),
        named_graphs=tuple(head.get("named", ())),
    )
    return question, head["deadline"]


def answer_frame(answer: Answer, *, seconds: float, worker: int) -> bytes:
    """Returns an answer as a frame.

    Args:
        answer: the answer.
        seconds: how long it took.
        worker: process id of the worker.
    """
    return _frame({"kind": answer.kind, "format": answer.format, "seconds": seconds, "worker": worker}, answer.body)


def error_frame(error: QueryError, *, seconds: float, worker: int) -> bytes:
    """Returns as a frame why there is no answer; see `answer_frame`."""
    head: dict[str, Any] = {"error": type(error).__name__, "what": error.what, "remedy": error.remedy}
    for name in ("line", "column", "reason", "limit", "unit", "kind", "retry_after"):
        if hasattr(error, name):
            head[name] = getattr(error, name)
    return _frame({**head, "seconds": seconds, "worker": worker}, b"")


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


def read_outcome(reader: Reader) -> Outcome | Progress:
    """Returns what came of the question, or how far it is.

    Raises:
        Closed: the other side closed the connection before.
        OSError: something else happened to it, or time is over.
    """
    head, body = reader.frame()
    if isinstance(head, Progress):
        return head
    result = _error(head) if "error" in head else Answer(head["kind"], head["format"], body)
    return Outcome(result, head["seconds"], head["worker"])


def _error(head: dict[str, Any]) -> QueryError:
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
