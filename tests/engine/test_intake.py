"""Who is answered first by a worker to which several turn."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennis_ld.engine.intake import Intake


@pytest.fixture
def queue() -> Iterator[socket.socket]:
    """The queue of a lane."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(Path(folder, "queue")))
        listener.listen()
        listener.setblocking(False)
        yield listener


def asker(queue: socket.socket, question: bytes) -> socket.socket:
    """Returns a new connection on which something was asked."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(queue.getsockname())
    connection.sendall(question)
    return connection


def heard(intake: Intake) -> bytes:
    """What the next one asks."""
    connection = intake.next()
    assert connection is not None
    return connection.recv(10)


def test_who_was_taken_from_the_queue_is_answered_first(queue: socket.socket) -> None:
    """A question out of the queue waits behind none on a kept connection: that one could still go elsewhere."""
    intake = Intake(queue)
    with asker(queue, b"first") as kept:
        assert b"first" == heard(intake)
        kept.sendall(b"again")
        with asker(queue, b"new"):
            assert [b"new", b"again"] == [heard(intake), heard(intake)]
    intake.close()
