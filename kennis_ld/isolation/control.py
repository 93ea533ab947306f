"""What a web process and the zygote tell each other: a message of fixed size each, a descriptor with some.

The zygote is the parent of all workers, so only it forks, ends and reaps them.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from enum import IntEnum

_MESSAGE = struct.Struct("!BiI")


class Order(IntEnum):
    """What a web process wants of the zygote."""

    READY = 1  # nothing: it answers requests from now on
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
