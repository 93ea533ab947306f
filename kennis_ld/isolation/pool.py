"""The worker pool of one web process, driven by its event loop.

Queries go to a worker over a socketpair, those of one turn of the loop in one write (*pipelining*); the worker answers
in order. Where the first of them takes long, those behind it are asked again at another worker, and the first answer
counts (*hedged requests*; queries change nothing). So a query waits for its own work, and not for that of others.

| the query has computed for | then |
|---|---|
| `LATE` | its worker gets no others, and does not count; another one is forked where there are too few |
| `HEAVY` | it needs a place for heavy queries, and computes behind everything else; its worker ends with it |
| its budget | its worker is ended, and it is answered with an error |

A worker that dies is blamed on the query that it was at. Everything here runs in the thread of the loop.
"""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from kennis_ld.engine import guard
from kennis_ld.engine.budget import Budget
from kennis_ld.engine.interface import Answer, Question
from kennis_ld.errors import BudgetExceeded, EngineUnavailable, MalformedQuery, QueryError
from kennis_ld.isolation import frames
from kennis_ld.isolation.admission import HEAVY, Admission, Turn
from kennis_ld.isolation.clients import Client
from kennis_ld.isolation.control import Cause, Channel, News, Order
from kennis_ld.isolation.worker import BUSY_AGAIN

Done = Callable[[Answer | QueryError], object]
"""Is told what came of a query, once."""

LATE = 0.01
"""Seconds after which the queries behind another one are asked elsewhere."""

WARM = 2
"""Workers that wait for queries, or answer short ones."""

FEWEST_HEAVY = 4
"""Fewest places for heavy queries: two clients may have two each."""

_DEPTH = 32
"""Most queries at one worker."""

_QUICK = 0.001
"""Seconds in which a worker that is at a query is asked another one, for its caches are warm."""

_TICK = 0.005
_GRACE = 0.4
"""Seconds that an answer may still be on its way after the deadline."""

_LONGEST_WAIT = 5.0
"""Seconds that a query waits for a worker."""

_UNEXPLAINED = 0.3
"""Seconds after which a worker that is gone is taken for dead, where nobody says why."""

_IDLE = 1.0
"""Seconds after which a worker more than there should be is ended, when nobody asks it anything."""

_ATTEMPTS = 2
"""How often a query is begun whose worker was killed from outside."""

_PIECE = 64 * 1024


def places_for_heavy_queries() -> int:
    """Returns how many heavy queries all clients of a site may have at once."""
    return max(FEWEST_HEAVY, os.cpu_count() or 1)


@dataclass(slots=True, eq=False)
class Query:
    """One query, from its coming to its answer.

    Attributes:
        number: names it to the worker.
        frame: what is sent to a worker.
        client: who asks.
        turn: what it costs, and who pays.
        done: is told the outcome.
        since: when it was asked, on the monotonic clock.
        deadline: when the answer must be there.
        copies: at how many workers it is.
        attempts: how often a worker died of it that may have been killed from outside.
        is_over: whether there is an outcome.
        is_left: whether nobody may be waiting any more.
        is_waiting: whether it waits for a worker to be free.
    """

    number: int
    frame: bytes
    client: str
    turn: Turn
    done: Done
    since: float
    deadline: float
    copies: int = 0
    attempts: int = 0
    is_over: bool = False
    is_left: bool = False
    is_waiting: bool = False

    def leave(self) -> None:
        """Lets it be stopped as soon as it takes long: its asker is gone, or may be."""
        self.is_left = True


@dataclass(slots=True, eq=False)
class _Link:
    """A worker, as the pool sees it.

    Attributes:
        socket: the connection to it.
        worker: its process id.
        queries: those that it has not answered, in order.
        since: when it began with the first of them.
        computed: seconds of processor time it had used when it last answered.
        spent: seconds of processor time of the first query, when last looked at.
        is_late: whether the first query takes long, for whatever reason.
        is_long: whether the first query has computed for long.
        is_heavy: whether the first query is heavy; the worker ends with it.
        is_closed: whether the worker has closed its end.
        cause: why the worker ended; None where that is not known yet.
        out: frames that wait for the end of this turn of the loop.
        unsent: bytes that the socket had no room for.
        reader: cuts what comes in.
    """

    socket: socket.socket
    worker: int
    queries: deque[Query] = field(default_factory=deque)
    since: float = 0.0
    computed: float = 0.0
    spent: float = 0.0
    is_late: bool = False
    is_long: bool = False
    is_heavy: bool = False
    is_closed: bool = False
    cause: Cause | None = None
    out: list[bytes] = field(default_factory=list)
    unsent: bytes = b""
    reader: frames.Reader = field(default_factory=frames.Reader)


class Pool:
    """Asks workers; gives answers to who asked."""

    def __init__(
        self,
        zygote: Channel,
        admission: Admission,
        *,
        budget: Budget,
        loop: asyncio.AbstractEventLoop,
        warm: int = WARM,
    ) -> None:
        """Makes a pool, and orders its first workers.

        Args:
            zygote: forks and ends workers; the channel must not block.
            admission: says who may ask.
            budget: what one query may use.
            loop: everything is called in its thread.
            warm: how many workers wait for queries.
        """
        self._zygote = zygote
        self._admission = admission
        self._budget = budget
        self._loop = loop
        self._warm = warm
        self._most = warm + places_for_heavy_queries() + 1
        self._links: list[_Link] = []
        self._ordered = 0
        self._waiting: OrderedDict[str, deque[Query]] = OrderedDict()
        self._number = 0
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False
        loop.add_reader(zygote.fileno(), self._hear)
        self._grow()

    @property
    def is_ready(self) -> bool:
        """Whether there is a worker that can take a query now."""
        return any(not link.is_long and not link.is_closed for link in self._links)

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits for an answer."""
        return not self._waiting and not any(link.queries for link in self._links)

    def ask(self, question: Question, client: Client, done: Done) -> Query:
        """Asks a query.

        Args:
            question: the query and the forms of its answer.
            client: who asks.
            done: is told the outcome, later.

        Raises:
            QueryError: the query may not be asked, or not now; `done` is not called.
        """
        guard.check(question.text, query_bytes=self._budget.query_bytes)
        turn = self._admission.enter(client)
        now = time.monotonic()
        self._number = number = self._number + 1 & 0xFFFFFFFF
        deadline = now + self._budget.seconds
        query = Query(number, frames.question_frame(number, question, deadline), client.key, turn, done, now, deadline)
        self._place(query)
        if self._timer is None:
            self._timer = self._loop.call_later(_TICK, self._look)
        return query

    def close(self) -> None:
        """Closes the links, by which the workers end; what was not answered is told so."""
        self._is_closed = True
        self._loop.remove_reader(self._zygote.fileno())
        if self._timer is not None:
            self._timer.cancel()
        gone = EngineUnavailable("The query service is being restarted.", retry_after=BUSY_AGAIN)
        for link in tuple(self._links):
            self._remove(link)
            for query in link.queries:
                self._finish(query, gone)
        for queries in self._waiting.values():
            for query in queries:
                self._finish(query, gone)
        self._waiting.clear()

    # Where a query goes

    def _place(self, query: Query) -> None:
        link = self._free_link()
        if link is None:
            self._wait(query)
            self._grow()
        else:
            self._send(link, query)

    def _wait(self, query: Query) -> None:
        query.is_waiting = True
        self._waiting.setdefault(query.client, deque()).append(query)

    def _free_link(self) -> _Link | None:
        """Returns the first worker that is quick, for its caches are warm, else that with the fewest queries."""
        now, best = time.monotonic(), None
        for link in self._links:
            if link.is_long or link.is_closed:
                continue
            depth = len(link.queries)
            if not depth or (depth < _DEPTH and now - link.since < _QUICK):
                return link
            if depth < _DEPTH and (best is None or (link.is_late, depth) < (best.is_late, len(best.queries))):
                best = link
        return best

    def _send(self, link: _Link, query: Query) -> None:
        if not link.queries:
            link.since = time.monotonic()
        link.queries.append(query)
        query.copies += 1
        query.is_waiting = False
        if not link.out and not link.unsent:
            self._loop.call_soon(self._flush, link)
        link.out.append(query.frame)

    def _flush(self, link: _Link) -> None:
        """Writes what was asked in this turn of the loop."""
        if link.is_closed or not (link.out or link.unsent):
            return
        data = link.unsent + b"".join(link.out)
        link.out.clear()
        try:
            sent = link.socket.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            # The worker is gone, which shows when reading.
            sent = len(data)
        had_rest, link.unsent = bool(link.unsent), data[sent:]
        if link.unsent and not had_rest:
            self._loop.add_writer(link.socket.fileno(), self._flush, link)
        elif had_rest and not link.unsent:
            self._loop.remove_writer(link.socket.fileno())

    def _pump(self) -> None:
        """Lets those go that wait, the clients in turn."""
        while self._waiting and (link := self._free_link()) is not None:
            client, queries = self._waiting.popitem(last=False)
            query = queries.popleft()
            if queries:
                self._waiting[client] = queries
            if not query.is_over:
                self._send(link, query)

    # What comes back

    def _read(self, link: _Link) -> None:
        try:
            data = link.socket.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._is_closing(link)
            return
        for frame in link.reader.frames(data):
            query = link.queries.popleft()
            query.copies -= 1
            seconds = max(0.0, frame.seconds - link.computed)
            link.computed = frame.seconds
            if not query.is_over:
                self._finish(query, frames.outcome_of(frame), seconds)
            if link.is_heavy:
                self._end(link)
                return
            link.is_late = link.is_long = False
            link.spent, link.since = 0.0, time.monotonic()
        if self._waiting:
            self._pump()

    def _finish(self, query: Query, outcome: Answer | QueryError, seconds: float = 0.0) -> None:
        if not query.is_over:
            query.is_over = True
            query.turn.end(seconds, malformed=isinstance(outcome, MalformedQuery))
            query.done(outcome)

    # What takes long

    def _look(self) -> None:
        """Looks, some hundred times in a second while there is something to do, what takes long."""
        now = time.monotonic()
        for link in tuple(self._links):
            if link.queries or link.is_closed:
                self._look_at(link, now)
        self._turn_away(now)
        self._shrink(now)
        is_at_rest = self.is_idle and len(self._links) <= self._warm and not any(each.is_closed for each in self._links)
        self._timer = None if is_at_rest or self._is_closed else self._loop.call_later(_TICK, self._look)

    def _look_at(self, link: _Link, now: float) -> None:
        if link.is_closed:
            if now - link.since > _UNEXPLAINED:
                self._is_gone(link, Cause.KILLED if link.cause is None else link.cause)
            return
        if now - link.since < LATE:
            return
        first = link.queries[0]
        computed = _processor_time(link.worker) - link.computed
        if now > first.deadline + _GRACE:
            self._finish(first, BudgetExceeded(limit=self._budget.time_in_words), computed)
            self._end(link)
            return
        if now - link.since > HEAVY and (first.is_over or first.is_left):
            self._finish(first, EngineUnavailable("The client has left.", retry_after=1), computed)
            self._end(link)
            return
        if computed > HEAVY and not link.is_heavy and not self._may_be_heavy(link, first, computed):
            return
        link.is_late, link.is_long, link.spent = True, computed > LATE, computed
        self._hedge(link)
        if link.is_long:
            self._grow()

    def _may_be_heavy(self, link: _Link, query: Query, computed: float) -> bool:
        try:
            query.turn.is_heavy()
        except QueryError as error:
            self._finish(query, error, computed)
            self._end(link)
            return False
        link.is_heavy = True
        self._zygote.tell(Order.DEMOTE, link.worker)
        return True

    def _hedge(self, link: _Link) -> None:
        """Asks again elsewhere what waits behind a query that takes long."""
        for query in islice(tuple(link.queries), 1, None):
            if query.is_over or query.is_waiting or query.copies > 1:
                continue
            other = self._free_link()
            if other is not None and not other.is_late:
                self._send(other, query)
            elif link.is_long:
                self._wait(query)

    def _turn_away(self, now: float) -> None:
        """Refuses what has waited for too long."""
        for client, queries in tuple(self._waiting.items()):
            while queries and (queries[0].is_over or queries[0].is_left or now - queries[0].since > _LONGEST_WAIT):
                query = queries.popleft()
                query.is_waiting = False
                if not query.copies:
                    self._finish(query, EngineUnavailable("All workers are busy.", retry_after=BUSY_AGAIN))
            if not queries:
                del self._waiting[client]

    # Workers that come and go

    def _grow(self) -> None:
        """Orders workers where there are too few that can take a query."""
        able = sum(not link.is_long and not link.is_closed for link in self._links)
        missing = min(self._warm - able, self._most - len(self._links)) - self._ordered
        for _ in range(missing if not self._is_closed else 0):
            self._ordered += 1
            self._zygote.tell(Order.FORK)

    def _shrink(self, now: float) -> None:
        """Ends a worker that is one too many, when it has nothing to do."""
        able = [link for link in self._links if not link.is_long and not link.is_closed]
        for link in able[self._warm :]:
            if not link.queries and now - link.since > _IDLE:
                self._end(link)
                return

    def _hear(self) -> None:
        """Reads what the zygote tells."""
        try:
            said = self._zygote.hear()
        except BlockingIOError:
            return
        match said:
            case News.WORKER, worker, _, descriptor:
                self._ordered = max(0, self._ordered - 1)
                self._add(worker, descriptor)
            case News.NO_WORKER, _, _, _:
                self._ordered = max(0, self._ordered - 1)
                self._loop.call_later(_UNEXPLAINED, self._grow)
            case News.ENDED, worker, cause, _:
                for link in tuple(self._links):
                    if link.worker == worker:
                        link.cause = Cause(cause)
                        if link.is_closed:
                            self._is_gone(link, link.cause)
            case None:
                # Until another family takes over, the workers that there are have to do.
                self._loop.remove_reader(self._zygote.fileno())

    def _add(self, worker: int, descriptor: int) -> None:
        if descriptor < 0:
            return
        link = _Link(socket.socket(fileno=descriptor), worker, since=time.monotonic())
        link.socket.setblocking(False)
        self._links.append(link)
        self._loop.add_reader(descriptor, self._read, link)
        self._pump()
        if self._timer is None:
            self._timer = self._loop.call_later(_TICK, self._look)

    def _is_closing(self, link: _Link) -> None:
        """Notes that a worker has closed its end; why, the zygote says."""
        self._loop.remove_reader(link.socket.fileno())
        self._loop.remove_writer(link.socket.fileno())
        link.is_closed, link.since = True, time.monotonic()
        if link.cause is not None:
            self._is_gone(link, link.cause)
        elif self._timer is None:
            self._timer = self._loop.call_later(_TICK, self._look)

    def _is_gone(self, link: _Link, cause: Cause) -> None:
        """Answers the query of which a worker died; what waited behind it is asked again."""
        if cause is not Cause.RETIRED and link.queries:
            first = link.queries[0]
            first.attempts += 1
            if cause is not Cause.KILLED or first.attempts >= _ATTEMPTS:
                self._finish(first, self._cost_a_worker(cause), link.spent)
        self._remove(link)
        self._ask_again(link)

    def _cost_a_worker(self, cause: Cause) -> BudgetExceeded:
        if cause is Cause.TIME:
            return BudgetExceeded(limit=self._budget.time_in_words)
        if cause is Cause.MEMORY:
            return BudgetExceeded(limit=self._budget.memory_in_words, cause="memory")
        return BudgetExceeded(cause="engine")

    def _end(self, link: _Link) -> None:
        """Ends a worker; what waited behind its query is asked again."""
        self._zygote.tell(Order.END, link.worker)
        self._remove(link)
        self._ask_again(link)

    def _remove(self, link: _Link) -> None:
        self._links.remove(link)
        self._loop.remove_reader(link.socket.fileno())
        self._loop.remove_writer(link.socket.fileno())
        link.socket.close()
        link.is_closed = True

    def _ask_again(self, link: _Link) -> None:
        for query in link.queries:
            query.copies -= 1
            if not query.is_over and not query.copies:
                self._place(query)
        link.queries.clear()
        self._grow()


def _processor_time(process: int) -> float:
    """Returns the seconds of processor time of a process (clock_getcpuclockid(3)); none where that is not told."""
    try:
        return time.clock_gettime(~process << 3 | 2)
    except OSError:
        return 0.0
