"""What the processes of a site tell each other, over socketpairs.

Between a web process and a query worker go *frames*: queries one way, answers the other, in the same order. A frame is
a header of fixed size, a head in JSON, by which a worker gone wrong can send nothing but data, and a body in bytes.

Between a web process and the zygote go messages of fixed size, a descriptor with some. The zygote is the parent of all
workers, so only it forks, ends and reaps them.
"""

from __future__ import annotations

import contextlib
import json
import math
import socket
import struct
from collections.abc import Hashable
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

from kennis_ld.engine.interface import Answer, Iri, Question, Text
from kennis_ld.errors import QueryError

_ERRORS: dict[str, type[QueryError]] = {"QueryError": QueryError}
_ERRORS |= {each.__name__: each for each in QueryError.__subclasses__()}
_HEADER = struct.Struct("!IQd")  # bytes of the head and of the body; seconds
_MESSAGE = struct.Struct("!BiI")


class Frame(NamedTuple):
    """One frame."""

    head: bytes  # what it is, in JSON
    body: bytes  # text of the query, or bytes of the answer
    seconds: float  # deadline of a query (monotonic clock), or processor time of the worker so far


class Reader:
    """Cuts a stream of bytes into frames; one that says that it has more than `most` bytes comes out empty, at once."""

    def __init__(self, most: float = math.inf) -> None:
        self._most = most
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
            head, body, seconds = _HEADER.unpack_from(data, at)
            stop = at + size + head + body
            if head + body > self._most:
                found.append(Frame(b"", b"", seconds))
                break
            if stop > end:
                self._missing = stop - at
                break
            found.append(Frame(data[at + size : at + size + head], data[at + size + head : stop], seconds))
            at = stop
        if at < end or self._rest:
            self._rest = bytearray(data[at:])
        return found


def question_frame(question: Question, deadline: float) -> bytes:
    """Returns a query as a frame, with its deadline on the monotonic clock, which all processes of a machine share."""
    head = (*question[1:4], tuple(question.bindings.items()), question.default_graphs, question.named_graphs)
    return _frame(head, question.written.encode(), deadline)


def question_of(frame: Frame) -> Question:
    """Returns the query in a frame."""
    base, solutions, graph, bindings, default, named = _read(frame.head)
    terms = {name: Text(*term) if len(term) > 1 else Iri(*term) for name, term in bindings}
    return Question(frame.body.decode(), base, solutions, graph, terms, tuple(default), tuple(named))


def outcome_frame(outcome: Answer | QueryError, seconds: float) -> bytes:
    """Returns an answer, or why there is none, as a frame, with the processor time of the worker so far."""
    if isinstance(outcome, Answer):
        return _frame((outcome.kind, outcome.format), outcome.body, seconds)
    values = ((name, tuple(each) if isinstance(each, frozenset) else each) for name, each in vars(outcome).items())
    return _frame((type(outcome).__name__, tuple(values)), b"", seconds)


def outcome_of(frame: Frame) -> Answer | QueryError:
    """Returns the answer in a frame, or why there is none."""
    kind, more = _read(frame.head)
    if isinstance(more, str):
        return Answer(kind, more, frame.body)
    error = _ERRORS[kind].__new__(_ERRORS[kind])
    vars(error).update((name, frozenset(each) if isinstance(each, list) else each) for name, each in more)
    return error


def _frame(head: Hashable, body: bytes, seconds: float) -> bytes:
    written = _written(head)
    return b"".join((_HEADER.pack(len(written), len(body), seconds), written, body))


# Nearly all queries have one of few heads, and so have their answers.
@lru_cache(maxsize=64)
def _written(head: Hashable) -> bytes:
    return json.dumps(head).encode()


@lru_cache(maxsize=64)
def _read(head: bytes) -> Any:
    return json.loads(head)


class Order(IntEnum):
    """What a web process wants of the zygote."""

    READY = 1  # nothing: it answers requests; who does not say so again and again is replaced
    FORK = 2  # another worker
    END = 3  # the end of a worker of its own
    DEMOTE = 4  # a worker of its own computes behind everything else from now on, until its end


class News(IntEnum):
    """What the zygote tells a web process."""

    WORKER = 1  # there is another worker; the descriptor is the link to it
    ENDED = 2  # a worker ended; the number says why, as a `Cause`
    NO_WORKER = 3  # the system lets the zygote fork no worker now


class Cause(IntEnum):
    """Why a worker ended, by its exit status and what the kernel counted of it."""

    RETIRED = 0  # of itself, between two queries
    TIME = 1  # by the alarm that was armed for its query
    MEMORY = 2  # it was refused memory, or ended because of it
    ENGINE = 3  # the engine ended the process
    KILLED = 4  # somebody killed it; its query need not be the reason


class Channel:
    """One end of the connection between a web process and the zygote."""

    def __init__(self, end: socket.socket) -> None:
        self.socket = end

    def fileno(self) -> int:
        """Returns the descriptor to wait on."""
        return self.socket.fileno()

    def tell(self, what: int, worker: int = 0, number: int = 0, *, descriptor: int | None = None) -> None:
        """Sends a message; where the other end is gone, that shows when reading."""
        text = _MESSAGE.pack(what, worker, number)
        with contextlib.suppress(OSError):
            if descriptor is None:
                self.socket.sendall(text)
            else:
                socket.send_fds(self.socket, [text], [descriptor])

    def hear(self) -> tuple[int, int, int, int] | None:
        """Returns the next message: what it says, the worker, the number, and the descriptor, -1 where none came.

        None where the other end is gone.

        Raises:
            BlockingIOError: nothing is there now.
        """
        try:
            text, descriptors, _, _ = socket.recv_fds(self.socket, _MESSAGE.size, 1)
        except ConnectionError:
            return None
        if len(text) < _MESSAGE.size:
            return None
        what, worker, number = _MESSAGE.unpack(text)
        return what, worker, number, descriptors[0] if descriptors else -1


def channel() -> tuple[Channel, Channel]:
    """Returns both ends of a new connection."""
    one, other = socket.socketpair()
    return Channel(one), Channel(other)
