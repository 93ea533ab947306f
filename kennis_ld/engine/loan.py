"""What a web process and a worker say to each other about connections of clients that the one lends to the other.

A client that asks one small query after the other costs more on its way through two processes than its queries take. So
the web process lends its connection, for a moment, to a worker, and says in `Terms` which requests that may answer, and
how. A worker knows nothing of HTTP: it may answer what is byte for byte the request that it was shown, but for the
query and the value of X-Forwarded-For. For anything else it gives the connection back.

A request is not taken from the connection before its answer is there. So whatever happens to a worker, the request is
still there for the web process to read.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from enum import Enum
from typing import Any

from kennis_ld.tags import tag_of, tag_text

MOST = 12
"""Connections that a worker has at the same time."""

SECONDS = 0.25
"""Seconds after which a worker gives all connections back."""

MOST_REQUEST = 16 * 1024
"""Bytes of the longest request that a worker answers."""

MOST_BODY = 64 * 1024
"""Bytes of the longest body that a worker sends."""

_MESSAGE = struct.Struct("!BI")
"""A number, and the length of what follows."""

_PROCESS = struct.Struct("!I")
_ANSWERED = struct.Struct("!BddHH")

_QUERY = re.compile(rb"[!\"$%'-~]*")
"""What an encoded query may consist of here; whatever else an address may have in it is for the web process."""

_FORWARDED = re.compile(rb"[0-9A-Za-z:., \[\]_-]*")


@dataclass(frozen=True, slots=True)
class Terms:
    """Which requests may be answered, and what their answers look like.

    Attributes:
        before: a request up to its encoded query.
        after: what stands behind the query, up to the value of X-Forwarded-For; where there is none, all of it.
        rest: what stands behind that value; None where there is none.
        base: base IRI of queries.
        solutions: form of the answers, a key of `kennis_ld.engine.interface.SOLUTION_FORMATS`.
        default_graphs: see `Question`.
        named_graphs: see `Question`.
        tag_before: what the tag of an answer is made from, up to the query; see `kennis_ld.tags`.
        tag_after: the same behind it.
        head: what is sent up to the tag.
        head_after_tag: what is sent from there to the length of the body.
        head_after_length: what is sent from there to the body.
        most_body: bytes of the longest body that may be sent so.
    """

    before: bytes
    after: bytes
    rest: bytes | None
    base: str
    solutions: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    tag_before: str
    tag_after: str
    head: bytes
    head_after_tag: bytes
    head_after_length: bytes
    most_body: int

    def asked(self, request: bytes) -> tuple[bytes, bytes] | None:
        """Returns the encoded query of a request and the value of X-Forwarded-For; None where it is another request."""
        if not request.startswith(self.before):
            return None
        query = _QUERY.match(request, len(self.before))
        if query is None or not request.startswith(self.after, query.end()):
            return None
        end = query.end() + len(self.after)
        if self.rest is None:
            return (query[0], b"") if end == len(request) else None
        forwarded = _FORWARDED.match(request, end)
        return (query[0], forwarded[0]) if forwarded and request[forwarded.end() :] == self.rest else None

    def response(self, query: str, body: bytes) -> bytes:
        """Returns what is sent."""
        tag = tag_of(self.tag_before + tag_text(query) + self.tag_after).encode()
        length = str(len(body)).encode()
        return b"".join((self.head, tag, self.head_after_tag, length, self.head_after_length, body))

    def to_bytes(self) -> bytes:
        """Returns the terms as they are sent."""
        values = {name: _text(value) for name, value in asdict(self).items()}
        return json.dumps(values, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, sent: bytes) -> Terms:
        """Returns the terms that `to_bytes` wrote."""
        values: dict[str, Any] = json.loads(sent)
        return cls(**{each.name: _value(values[each.name], str(each.type)) for each in fields(cls)})


def _text(value: object) -> object:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _value(value: Any, kind: str) -> Any:
    if isinstance(value, str) and kind.startswith("bytes"):
        return value.encode("latin-1")
    return tuple(value) if isinstance(value, list) else value


def lent(number: int, terms: Terms) -> bytes:
    """Returns the message that goes with a connection.

    Args:
        number: what it is called from now on, from 1 to MOST.
        terms: what may be answered on it.
    """
    sent = terms.to_bytes()
    return _MESSAGE.pack(number, len(sent)) + sent


def read_lent(buffer: bytearray) -> Iterator[tuple[int, Terms]]:
    """Takes the whole messages of `lent` from what has come in."""
    for number, sent in _whole(buffer):
        yield number, Terms.from_bytes(sent)


def _whole(buffer: bytearray) -> Iterator[tuple[int, bytes]]:
    """Takes the whole messages from what has come in; yields the number and the content of each."""
    while len(buffer) >= _MESSAGE.size:
        number, length = _MESSAGE.unpack_from(buffer)
        end = _MESSAGE.size + length
        if len(buffer) < end:
            return
        content = bytes(buffer[_MESSAGE.size : end])
        del buffer[:end]
        yield number, content


class Said(Enum):
    """What a worker says."""

    READY = 1
    """It takes connections; with its process id."""

    ANSWERED = 2
    """What it has answered; see `Answered`."""

    RETURNED = 3
    """It gives a connection back, with what it could not send on it; the number of the connection, and those bytes."""

    OVER = 4
    """It has given all connections back."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that was answered.

    Attributes:
        number: on which connection.
        seconds: seconds that the query took.
        took: seconds that all of it took.
        query: the query, as it was encoded.
        forwarded: the value of X-Forwarded-For.
    """

    number: int
    seconds: float
    took: float
    query: bytes
    forwarded: bytes

    def to_bytes(self) -> bytes:
        """Returns it as it is sent."""
        lengths = len(self.query), len(self.forwarded)
        return b"".join((_ANSWERED.pack(self.number, self.seconds, self.took, *lengths), self.query, self.forwarded))


def message(said: Said, content: bytes = b"") -> bytes:
    """Returns a message of a worker."""
    return _MESSAGE.pack(said.value, len(content)) + content


def ready(process: int) -> bytes:
    """Returns the first message of a worker."""
    return message(Said.READY, _PROCESS.pack(process))


def returned(number: int, unsent: bytes = b"") -> bytes:
    """Returns the message with which a connection goes back."""
    return message(Said.RETURNED, bytes([number]) + unsent)


def read(buffer: bytearray) -> Iterator[tuple[Said, bytes]]:
    """Takes the whole messages of a worker from what has come in."""
    for kind, content in _whole(buffer):
        yield Said(kind), content


def process_of(content: bytes) -> int:
    """Returns the process id in the first message."""
    number: int = _PROCESS.unpack(content)[0]
    return number


def read_answered(content: bytes) -> Iterator[Answered]:
    """Yields what was answered."""
    at = 0
    while at < len(content):
        number, seconds, took, query, forwarded = _ANSWERED.unpack_from(content, at)
        at += _ANSWERED.size
        between = at + query
        yield Answered(number, seconds, took, content[at:between], content[between : between + forwarded])
        at = between + forwarded
