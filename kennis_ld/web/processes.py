"""The web processes, as the process sees them that owns the site.

It starts one parent (`kennis_ld.web.parent`), which forks the web processes, so that one that dies is back in a moment.
A parent that dies is missed by nobody: its web processes go on until those of another parent take connections, and then
finish what they have and end.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import pickle
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kennis_ld.web.server import listen
from kennis_ld.web.site import Settings

logger = logging.getLogger(__name__)

DRAIN = 8
"""Seconds that requests get to finish when the site stops (safety facts, case 114: within 10)."""

READY = b"r"
"""What a web process tells when it can answer."""

REPLACED = b"x"
"""What web processes are told when others have taken their place."""

ENDED = b"e"
"""What the parent tells when a web process ended unasked."""

_LENGTH = struct.Struct("!IQ")
"""How many descriptors come along, and the length of the orders."""

_MOST = 128
"""More than there can be web processes."""

_LOOK = 0.05
_DELAYS = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Orders:
    """What the web processes have to do.

    Attributes:
        service: folder of the query service; the names of its releases are their digests.
        releases: folder of the releases.
        settings: what the publisher decides.
        prefix: path of the base address of every release.
        host: address to listen on.
        port: port to listen on.
        workers: number of web processes.
    """

    service: Path
    releases: Path
    settings: Settings
    prefix: str
    host: str
    port: int
    workers: int


def serve_current(
    orders: Orders,
    *,
    ready: Callable[[], None] = lambda: None,
    count: Callable[[str], object] = lambda _: None,
) -> None:
    """Serves the current release of a query service, and follows it to the next, until SIGTERM or SIGINT.

    A web process that dies is replaced; what waits to be taken waits for the others.

    Args:
        orders: what is served, and where.
        ready: called once, when requests are answered.
        count: told the name of each thing that went wrong with a process.

    Raises:
        WrongSetting: there is another server at that address, or there is no such address here.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with contextlib.ExitStack() as open_sockets:
        listeners = [open_sockets.enter_context(each) for each in listen(orders.host, orders.port, orders.workers)]
        keep_running(orders, listeners, until=stop, ready=ready, count=count)


def keep_running(
    orders: Orders,
    listeners: Sequence[socket.socket],
    *,
    until: threading.Event,
    ready: Callable[[], None],
    count: Callable[[str], object],
) -> None:
    """Keeps the web processes running until the event; returns when they have finished what they had, and ended.

    Args:
        orders: what they have to do.
        listeners: where requests come in, one for each web process.
        until: ends it all.
        ready: called once, when they answer.
        count: told the name of each thing that went wrong.
    """
    ready = functools.cache(ready)
    before: list[_Parent] = []
    attempt = 0
    while not until.is_set():
        parent = _Parent(orders, listeners, ready, count, before)
        while parent.process.poll() is None and not until.wait(_LOOK):
            pass
        before.append(parent)
        if until.is_set():
            break
        logger.error("The parent of the web processes ended unasked; another is started while they go on.")
        count("web-parent-restarts")
        attempt = 0 if parent.is_ready else attempt + 1
        until.wait(_DELAYS[min(attempt, len(_DELAYS) - 1)])
    for parent in before:
        parent.replace()
    for parent in before:
        parent.end()


class _Parent:
    """One parent of web processes, and what it and they say."""

    def __init__(
        self,
        orders: Orders,
        listeners: Sequence[socket.socket],
        ready: Callable[[], None],
        count: Callable[[str], object],
        before: list[_Parent],
    ) -> None:
        self._ready = ready
        self._count = count
        self._before = before
        self._owner, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                # -P: a module in the working directory is never taken for one of ours.
                [sys.executable, "-P", "-m", "kennis_ld.web.parent"],
                stdin=theirs.fileno(),
                # A Ctrl-C is for the owner, who then ends them in order. No session of its own: where the system
                # schedules by sessions, a query that fell behind would be first in its own.
                process_group=0,
            )
        text = pickle.dumps(orders)
        with contextlib.suppress(OSError):
            descriptors = [listener.fileno() for listener in listeners]
            socket.send_fds(self._owner, [_LENGTH.pack(len(descriptors), len(text))], descriptors)
            self._owner.sendall(text)
        self.is_ready = False
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        """Hears what the processes tell, until the last of them is gone."""
        while told := self._told():
            if READY in told and not self.is_ready:
                self.is_ready = True
                for parent in self._before:
                    parent.replace()
                self._ready()
            for _ in range(told.count(ENDED)):
                self._count("web-process-restarts")
                logger.error("A web process ended unasked and was started again.")

    def _told(self) -> bytes:
        try:
            return self._owner.recv(64)
        except OSError:
            return b""

    def replace(self) -> None:
        """Lets the web processes of a parent that died finish what they have, and end."""
        if self.process.poll() is not None:
            with contextlib.suppress(OSError):
                self._owner.sendall(REPLACED)

    def end(self) -> None:
        """Returns when the processes have ended, of themselves or killed."""
        self.process.terminate()
        try:
            self.process.wait(DRAIN + 0.5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        # Whatever is left of them learns that its owner is gone.
        with contextlib.suppress(OSError):
            self._owner.shutdown(socket.SHUT_WR)
        self._listener.join(1.0)
        self._owner.close()


class Owner:
    """The owner of the site, as its web processes see it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    @classmethod
    def of_this_process(cls) -> tuple[Owner, Orders, list[socket.socket]]:
        """Returns the owner that started this process, what it ordered, and where requests come in."""
        connection = socket.socket(fileno=sys.stdin.fileno())
        start, descriptors, _, _ = socket.recv_fds(connection, _LENGTH.size, _MOST)
        number, length = _LENGTH.unpack(start)
        if len(descriptors) != number:
            raise OSError(f"{len(descriptors)} of {number} sockets have come")
        text = connection.recv(length, socket.MSG_WAITALL)
        orders: Orders = pickle.loads(text)  # noqa: S301 - our own process wrote it a moment ago
        return cls(connection), orders, [socket.socket(fileno=each) for each in descriptors]

    def fileno(self) -> int:
        """Returns the descriptor on which there is something to read when the owner has said something."""
        return self._connection.fileno()

    def tell(self, what: bytes) -> None:
        """Tells the owner something."""
        with contextlib.suppress(OSError):
            self._connection.sendall(what)

    def said(self, seconds: float | None) -> bytes | None:
        """Returns REPLACED where the owner said so; nothing at all where it is gone, None where it is silent.

        It is heard by every process, however often it looks.

        Args:
            seconds: how long to wait for it; None for as long as it takes.
        """
        if not select.select([self._connection], [], [], seconds)[0]:
            return None
        try:
            return self._connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return b""
