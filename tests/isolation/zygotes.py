"""A pool whose zygote is in this process, and whose workers do what their queries say.

with running() as site:
    asked = site.ask("sleep 0.1")
    site.finish(asked)
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import resource
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

from kennis_ld.engine.interface import Answer, Budget, Question
from kennis_ld.errors import MalformedQuery, QueryError
from kennis_ld.isolation import admission, messages
from kennis_ld.isolation.admission import Admission, Client, ClientLimits
from kennis_ld.isolation.messages import Cause, Channel, News, Order, channel
from kennis_ld.isolation.pool import Pool, Query
from tests.waiting import PATIENCE

ONE, OTHER = Client("192.0.2.1", "-"), Client("192.0.2.2", "-")
ANY = ClientLimits(heavy=0, seconds=0, errors=0)
BUDGET = Budget(seconds=0.6)


def scripted(link: socket.socket) -> NoReturn:
    """Is a worker that does what the first word of each query says, and answers with the query."""
    reader = messages.Reader()
    while data := link.recv(65_536):
        for frame in reader.frames(data):
            what, _, much = frame.body.decode().partition(" ")
            outcome: Answer | QueryError = Answer("boolean", "text/csv", frame.body)
            match what:
                case "sleep":
                    time.sleep(float(much.split()[0]))
                case "burn":
                    end = time.process_time() + float(much.split()[0])
                    while time.process_time() < end:
                        pass
                case "die":
                    os.kill(os.getpid(), int(much.split()[0]))
                case "retire":
                    os._exit(0)
                case "bad":
                    outcome = MalformedQuery("No query.")
            answer = messages.outcome_frame(outcome, time.process_time())
            match what:
                case "twice":
                    answer *= 2
                case "garble":
                    answer = answer.replace(b"[", b"{", 1)
                case "boast":
                    answer = struct.pack("!IQd", 2, 1 << 62, 0.0)
            link.sendall(answer)
    os._exit(0)


class Zygote:
    """The other end of the channel of a pool, on the same loop: forks, ends and reaps.

    Attributes:
        workers: process ids of those that live, in the order of their births.
        orders: what the pool wanted, in order.
        forked: how many workers there have been.
        may_fork: whether it forks when it is asked to.
        ended: those that the pool wanted to end.
    """

    def __init__(self, end: Channel, loop: asyncio.AbstractEventLoop) -> None:
        self._end = end
        self._loop = loop
        self.workers: list[int] = []
        self.orders: list[tuple[Order, int]] = []
        self.forked = 0
        self.may_fork = True
        self.ended: set[int] = set()
        end.socket.setblocking(False)
        loop.add_reader(end.fileno(), self._hear)

    def _hear(self) -> None:
        said = self._end.hear()
        if said is None:
            self.go()
            return
        order, worker = Order(said[0]), said[1]
        self.orders.append((order, worker))
        if order is Order.FORK and self.may_fork:
            self._fork()
        elif order is Order.FORK:
            self._end.tell(News.NO_WORKER)
        elif order is Order.END and worker in self.workers:
            self.ended.add(worker)
            os.kill(worker, signal.SIGKILL)

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        child = os.fork()
        if not child:
            try:
                # Else the core of a worker that dies of a signal would be written, which takes long.
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                faulthandler.disable()
                number = os.dup2(theirs.fileno(), 3)
                os.closerange(4, 4096)
                scripted(socket.socket(fileno=number))
            finally:
                os._exit(1)
        theirs.close()
        self.forked += 1
        self.workers.append(child)
        watched = os.pidfd_open(child)
        self._loop.add_reader(watched, self._reap, child, watched)
        self._end.tell(News.WORKER, child, descriptor=ours.fileno())
        ours.close()

    def _reap(self, child: int, watched: int) -> None:
        self._loop.remove_reader(watched)
        os.close(watched)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        self.workers.remove(child)
        if child not in self.ended:
            # A worker of these tests retires when it gets SIGTERM.
            causes = {0: Cause.RETIRED, -signal.SIGTERM: Cause.RETIRED, -signal.SIGKILL: Cause.KILLED}
            causes |= {-signal.SIGALRM: Cause.TIME}
            self._end.tell(News.ENDED, child, causes.get(code, Cause.ENGINE))

    def go(self) -> None:
        """Closes its end of the channel; the workers stay."""
        if self._end.fileno() >= 0:
            self._loop.remove_reader(self._end.fileno())
            self._end.socket.close()

    def close(self) -> None:
        """Ends all workers."""
        self.go()
        for each in tuple(self.workers):
            os.kill(each, signal.SIGKILL)
            os.waitpid(each, 0)


@dataclass
class Asked:
    """A query that was asked, and all that was said of it: exactly one outcome, in the end."""

    query: Query | None = None
    outcomes: list[Answer | QueryError] = field(default_factory=list)
    when: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether there is an outcome."""
        return bool(self.outcomes)

    @property
    def outcome(self) -> Answer | QueryError:
        """The one outcome."""
        (outcome,) = self.outcomes
        return outcome

    @property
    def text(self) -> str:
        """The text of the answer."""
        assert isinstance(self.outcome, Answer), self.outcome
        return self.outcome.body.decode()


@dataclass
class Running:
    """A pool, its zygote, and the loop that both run on.

    Attributes:
        done: the queries that have an outcome, in the order of their outcomes.
    """

    pool: Pool
    zygote: Zygote
    loop: asyncio.AbstractEventLoop
    done: list[Asked] = field(default_factory=list)

    def ask(self, text: str, client: Client = ONE) -> Asked:
        """Asks a query of the scripted workers."""
        asked = Asked()

        def done(outcome: Answer | QueryError) -> None:
            asked.outcomes.append(outcome)
            asked.when = time.monotonic()
            self.done.append(asked)

        asked.query = self.pool.ask(Question(text, "http://example.org/"), client, done)
        return asked

    def until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Runs the loop until something comes true."""

        async def wait() -> None:
            end = time.monotonic() + seconds
            while not holds():
                assert time.monotonic() < end, "it does not come true"
                await asyncio.sleep(0.001)

        self.loop.run_until_complete(wait())

    def finish(self, *asked: Asked) -> None:
        """Runs the loop until queries have their outcomes, and a little longer, in which no second one may come."""
        self.until(lambda: all(each.is_done for each in asked))
        self.until(lambda: self.pool.is_idle)
        assert {1} == {len(each.outcomes) for each in asked}


@contextmanager
def running(*, limits: ClientLimits = ANY, heavy: int = 8, budget: Budget = BUDGET, warm: int = 2) -> Iterator[Running]:
    """Makes a pool with its first workers, and ends it."""
    loop = asyncio.new_event_loop()
    ours, theirs = channel()
    ours.socket.setblocking(False)
    control = Admission(limits, admission.table(), heavy=heavy, secret=b"x" * 32)
    zygote = Zygote(theirs, loop)
    pool = Pool(ours, control, budget=budget, loop=loop, warm=warm)
    site = Running(pool, zygote, loop)
    try:
        site.until(lambda: len(zygote.workers) == warm and pool.is_ready)
        yield site
    finally:
        pool.close()
        zygote.close()
        ours.socket.close()
        loop.close()
