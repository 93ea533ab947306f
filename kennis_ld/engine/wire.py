"""What goes over the socket between a web process and a worker: one question there, one answer back.

A frame is two lengths, a head in JSON and a body in bytes. The worker says which warden it has when it takes up the
question: before that nothing has been evaluated and the question may be asked again; after it, silence means that the
worker died of it, or with its warden.
"""

from __future__ import annotations

import json
import socket
import struct
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

STARTED = struct.Struct("!I")
"""What a worker says when it takes up a question: the process id of its warden."""

_LENGTHS = struct.Struct("!IQ")
_FIRST = 16 * 1024
"""Most of what a question or a small answer takes; a larger buffer costs more to allocate than it saves in reads."""


class Closed(Exception):
    """The other side closed the connection before the frame was complete."""


class Reader:
    """Reads frames from a connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._ahead = b""

    def wait(self) -> None:
        """Returns when there is something to read; a timeout of the connection loses nothing.

        Raises:
            Closed: the other side closed the connection.
        """
        if not self._ahead:
            self._ahead = self._connection.recv(_FIRST)
            if not self._ahead:
                raise Closed

    def exactly(self, length: int) -> bytes:
        """Returns so many bytes.

        Raises:
            Closed: the other side closed the connection before.
        """
        if len(self._ahead) < length:
            self._ahead += self._connection.recv(_FIRST)
        missing = length - len(self._ahead)
        if missing > 0:
            rest = memoryview(bytearray(missing))
            while missing > 0:
                got = self._connection.recv_into(rest[-missing:])
                if not got:
                    raise Closed
                missing -= got
            self._ahead += rest
        taken, self._ahead = self._ahead[:length], self._ahead[length:]
        return taken

    def frame(self) -> tuple[dict[str, Any], bytes]:
        """Returns head and body of the next frame."""
        head, body = _LENGTHS.unpack(self.exactly(_LENGTHS.size))
        return json.loads(self.exactly(head)), self.exactly(body)


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


def answer_frame(answer: Answer) -> bytes:
    """Returns an answer as a frame."""
    return _frame({"kind": answer.kind, "format": answer.format}, answer.body)


def error_frame(error: QueryError) -> bytes:
    """Returns as a frame why there is no answer."""
    head: dict[str, Any] = {"error": type(error).__name__, "what": error.what, "remedy": error.remedy}
    for name in ("line", "column", "reason", "limit", "unit", "kind", "retry_after"):
        if hasattr(error, name):
            head[name] = getattr(error, name)
    return _frame(head, b"")


def read_answer(reader: Reader) -> Answer:
    """Returns the answer.

    Raises:
        QueryError: there is none; this is what the worker said.
    """
    head, body = reader.frame()
    if "error" in head:
        raise _error(head)
    return Answer(head["kind"], head["format"], body)


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
