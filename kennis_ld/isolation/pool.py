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

import logging
import os
import time
from asyncio import AbstractEventLoop, TimerHandle
from collections import OrderedDict, deque
from itertools import islice

from kennis_ld.engine import guard
from kennis_ld.engine.interface import Answer, Budget, Question
from kennis_ld.errors import BudgetExceeded, ClientLeft, EngineUnavailable, MalformedQuery, QueryError
from kennis_ld.isolation import messages
from kennis_ld.isolation.admission import HEAVY, Admission, Client
from kennis_ld.isolation.link import Done, Link, Query
from kennis_ld.isolation.messages import Cause, Channel, News, Order
from kennis_ld.isolation.worker import BUSY_AGAIN, all_busy

logger = logging.getLogger(__name__)

LATE = 0.01  # seconds after which the queries behind another one are asked elsewhere
WARM = 2  # workers that wait for queries, or answer short ones
FEWEST_HEAVY = 4  # places for heavy queries: two clients may have two each
_DEPTH = 32  # most queries at one worker
_QUICK = 0.001  # seconds in which a worker that is at a query is asked another one, for its caches are warm
_TICK = 0.005
_GRACE = 0.4  # seconds that an answer may still be on its way after the deadline
_LONGEST_WAIT = 5.0  # seconds that a query waits for a worker
_UNEXPLAINED = 0.3  # seconds after which a worker that is gone is taken for dead, where nobody says why
_IDLE = 1.0  # seconds after which a worker more than there should be is ended, when nobody asks it anything
_STUCK = 2.0  # seconds after which a worker is ended that is at a query and computes nothing
_LONGEST_LACK = 1.0  # seconds without a worker that can take a query after which a process is not ready
_ATTEMPTS = 2  # how often a query is begun whose worker was killed or stopped from outside


def places_for_heavy_queries() -> int:
    """Returns how many heavy queries all clients of a site may have at once."""
    return max(FEWEST_HEAVY, os.cpu_count() or 1)


class Pool:
    """Asks workers; gives answers to who asked."""

    def __init__(
        self,
        zygote: Channel,
        admission: Admission,
        *,
        budget: Budget,
        loop: AbstractEventLoop,
        warm: int = WARM,
    ) -> None:
        """Makes a pool, and orders its first workers of the zygote, by a channel that does not block."""
        self._zygote = zygote
        self._admission = admission
        self._budget = budget
        self._loop = loop
        self._warm = warm
        self._most = warm + places_for_heavy_queries() + 1
        self._links: list[Link] = []
        self._ordered = 0
        self._able = 0.0  # when a worker could last take a query, as far as somebody looked
        self._waiting: OrderedDict[str, deque[Query]] = OrderedDict()
        self._timer: TimerHandle | None = None
        self._is_closed = self._is_alone = False
        loop.add_reader(zygote.fileno(), self._hear)
        self._grow()

    @property
    def is_ready(self) -> bool:
        """Whether a worker can take a query now, or could a moment ago: another one is on its way."""
        return any(link.is_able for link in self._links) or time.monotonic() - self._able < _LONGEST_LACK

    @property
    def is_remote(self) -> bool:
        """Whether another server evaluates the queries, which can be gone while the workers are well."""
        return self._budget.is_remote

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits for an answer."""
        return not self._waiting and not any(link.queries for link in self._links)

    def ask(self, question: Question, client: Client, done: Done) -> Query:
        """Asks a query; `done` is told the outcome, later.

        Raises:
            QueryError: the query may not be asked, or not now; `done` is not called.
        """
        guard.check(question.text, query_bytes=self._budget.query_bytes)
        permit, now = self._admission.enter(client), time.monotonic()
        deadline = now + self._budget.seconds
        query = Query(messages.question_frame(question, deadline), client.key, permit, done, now, deadline)
        self._place(query)
        self._keep_looking()
        return query

    def close(self) -> None:
        """Closes the links, by which the workers end; what was not answered is told so."""
        self._is_closed = True
        self._loop.remove_reader(self._zygote.fileno())
        if self._timer is not None:
            self._timer.cancel()
        left = [query for link in self._links for query in link.queries]
        left += [query for queries in self._waiting.values() for query in queries]
        while self._links:
            self._links.pop().close()
        self._waiting.clear()
        for query in left:
            self._finish(query, EngineUnavailable("The query service is being restarted.", retry_after=BUSY_AGAIN))

    # Where a query goes

    def _place(self, query: Query) -> None:
        link = self._free_link()
        if link is None:
            self._wait(query)
            self._grow()
        else:
            link.send(query)

    def _wait(self, query: Query) -> None:
        query.is_waiting = True
        self._waiting.setdefault(query.client, deque()).append(query)

    def _free_link(self) -> Link | None:
        """Returns the first worker that is quick, for its caches are warm, else that with the fewest queries."""
        now, best = time.monotonic(), None
        for link in self._links:
            depth = len(link.queries)
            if not link.is_able or depth >= _DEPTH:
                continue
            if not depth or now - link.since < _QUICK:
                return link
            if best is None or (link.is_late, depth) < (best.is_late, len(best.queries)):
                best = link
        return best

    def _pump(self) -> None:
        """Lets those go that wait, the clients in turn."""
        while self._waiting and (link := self._free_link()) is not None:
            client, queries = self._waiting.popitem(last=False)
            query = queries.popleft()
            if queries:
                self._waiting[client] = queries
            if not query.is_over:
                link.send(query)

    # What comes back

    def _read(self, link: Link) -> None:
        found = link.read()
        if found is None:
            # The worker has closed its end; why, the zygote says.
            link.close()
            link.since = time.monotonic()
            if link.cause is not None:
                self._bury(link, link.cause)
            self._keep_looking()
            return
        for frame in found:
            if not link.queries:
                # It answers what nobody asked: it has gone wrong.
                self._end(link)
                return
            try:
                outcome = messages.outcome_of(frame)
            except (KeyError, TypeError, ValueError):
                self._stop(link, BudgetExceeded(cause="engine"), link.seen)
                return
            query = link.queries.popleft()
            query.copies -= 1
            self._finish(query, outcome, link.answered(frame.seconds))
            if link.is_heavy:
                self._end(link)
                return
            link.is_late = link.is_long = False
        if self._waiting:
            self._pump()

    def _finish(self, query: Query, outcome: Answer | QueryError, seconds: float = 0.0) -> None:
        if not query.is_over:
            query.is_over = True
            query.permit.end(seconds, malformed=isinstance(outcome, MalformedQuery))
            try:
                query.done(outcome)
            except Exception:
                # Who cannot take an answer must not keep those behind it from theirs.
                logger.exception("An answer could not be told.")

    # What takes long

    def _keep_looking(self) -> None:
        if self._timer is None and not self._is_closed:
            self._timer = self._loop.call_later(_TICK, self._look)

    def _look(self) -> None:
        """Looks, some hundred times in a second while there is something to do, what takes long."""
        self._timer, now = None, time.monotonic()
        for link in tuple(self._links):
            if link.is_closed:
                if now - link.since > _UNEXPLAINED:
                    self._bury(link, Cause.KILLED if link.cause is None else link.cause)
            elif link.queries and now - link.since >= LATE:
                self._look_at(link, now)
        self._turn_away(now)
        able = [link for link in self._links if link.is_able]
        self._able = now if able else self._able
        for link in able[self._warm :]:
            if not link.queries and now - link.since > _IDLE:
                self._end(link)
        if not self.is_idle or len(self._links) > self._warm or any(link.is_closed for link in self._links):
            self._keep_looking()

    def _look_at(self, link: Link, now: float) -> None:
        """Sees to a worker whose first query takes long."""
        first, spent = link.queries[0], link.spent()
        if now > first.deadline + _GRACE:
            self._stop(link, BudgetExceeded(limit=self._budget.time_in_words), spent)
        elif now - link.since > HEAVY and (first.is_over or first.is_left):
            self._stop(link, ClientLeft(), spent)
        elif spent > HEAVY and any(
            each.is_heavy and first is each.queries[0] for each in self._links if each is not link
        ):
            # Another worker is at it, and has been for longer.
            self._end(link)
        elif spent > HEAVY and not link.is_heavy and (refusal := self._refusal(first)) is not None:
            self._stop(link, refusal, spent)
        elif spent < LATE and now - link.since > _STUCK and first.stops < _ATTEMPTS:
            # The worker is stopped, or gets no processor: the query is asked again elsewhere.
            first.stops += 1
            self._end(link)
        else:
            if spent > HEAVY and not link.is_heavy:
                link.is_heavy = True
                if not self._budget.is_remote:
                    self._zygote.tell(Order.DEMOTE, link.worker)
            link.is_late, link.is_long = True, spent > LATE
            self._hedge(link)
            if link.is_long:
                self._grow()

    def _refusal(self, query: Query) -> QueryError | None:
        """Returns why a query may not be heavy; None where it may."""
        try:
            query.permit.take_heavy_places()
        except QueryError as error:
            return error
        return None

    def _stop(self, link: Link, error: QueryError, seconds: float) -> None:
        """Answers the first query of a worker with an error, and ends the worker."""
        self._finish(link.queries[0], error, seconds)
        self._end(link)

    def _hedge(self, link: Link) -> None:
        """Asks again elsewhere what waits behind a query that takes long."""
        for query in islice(tuple(link.queries), 1, None):
            if query.is_over or query.is_waiting or self._gets_on(query):
                continue
            other = self._free_link()
            if other is not None and not other.is_late:
                other.send(query)
            elif link.is_long:
                self._wait(query)

    def _gets_on(self, query: Query) -> bool:
        """Whether a worker is at a query, or will be soon."""
        return any(query in (islice(each.queries, 1) if each.is_late else each.queries) for each in self._links)

    def _turn_away(self, now: float) -> None:
        """Refuses what has waited for too long, or waits for nobody."""
        longest = 0.0 if self._is_alone and not self._links else _LONGEST_WAIT
        for client, queries in tuple(self._waiting.items()):
            while queries and (queries[0].is_over or queries[0].is_left or now - queries[0].since > longest):
                query = queries.popleft()
                query.is_waiting = False
                if not query.copies:
                    self._finish(query, all_busy())
            if not queries:
                del self._waiting[client]

    # Workers that come and go

    def _grow(self) -> None:
        """Orders workers where there are too few that can take a query."""
        able = sum(link.is_able for link in self._links)
        missing = min(self._warm - able, self._most - len(self._links)) - self._ordered
        for _ in range(missing if not self._is_closed else 0):
            self._ordered += 1
            self._zygote.tell(Order.FORK)

    def _hear(self) -> None:
        """Reads what the zygote tells."""
        try:
            said = self._zygote.hear()
        except BlockingIOError:
            return
        match said:
            case News.WORKER, worker, _, descriptor if descriptor >= 0:
                self._ordered = max(0, self._ordered - 1)
                self._links.append(Link(self._loop, descriptor, worker, self._read, self._budget))
                self._pump()
                self._keep_looking()
            case ((News.WORKER | News.NO_WORKER), _, _, _):
                self._ordered = max(0, self._ordered - 1)
                self._loop.call_later(_UNEXPLAINED, self._grow)
            case News.ENDED, worker, cause, _:
                for link in tuple(self._links):
                    if link.worker == worker:
                        link.cause = Cause(cause)
                        if link.is_closed:
                            self._bury(link, link.cause)
            case None:
                # Until another family takes over, the workers that there are have to do.
                self._is_alone = True
                self._loop.remove_reader(self._zygote.fileno())

    def _bury(self, link: Link, cause: Cause) -> None:
        """Answers the query of which a worker died; what waited behind it is asked again."""
        if cause is not Cause.RETIRED and link.queries:
            first = link.queries[0]
            first.kills += 1
            if cause is not Cause.KILLED or first.kills >= _ATTEMPTS:
                self._finish(first, self._cost_a_worker(cause), link.seen)
        self._remove(link)

    def _cost_a_worker(self, cause: Cause) -> BudgetExceeded:
        if cause is Cause.TIME:
            return BudgetExceeded(limit=self._budget.time_in_words)
        if cause is Cause.MEMORY:
            return BudgetExceeded(limit=self._budget.memory_in_words, cause="memory")
        return BudgetExceeded(cause="engine")

    def _end(self, link: Link) -> None:
        """Ends a worker; what waited behind its query is asked again."""
        self._zygote.tell(Order.END, link.worker)
        self._remove(link)

    def _remove(self, link: Link) -> None:
        link.close()
        self._links.remove(link)
        for query in link.queries:
            query.copies -= 1
            if not query.is_over and not query.copies and not query.is_waiting:
                if time.monotonic() < query.deadline:
                    self._place(query)
                else:
                    self._finish(query, all_busy())
        link.queries.clear()
        self._grow()
