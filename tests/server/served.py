"""The made-up city behind its gateway, without a network and without workers.

with serving(release) as served:
    served.get("/projecten")
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kennis_ld.engine import guard
from kennis_ld.engine.interface import Answer, Question
from kennis_ld.errors import QueryError
from kennis_ld.isolation.admission import Client
from kennis_ld.release.release import Release
from kennis_ld.server.access_log import LogWriter
from kennis_ld.server.application import Application, VisitorsEngine
from kennis_ld.server.gateway import Gateway
from kennis_ld.server.metrics import Metrics
from kennis_ld.server.protocol import Connection
from kennis_ld.web.app import create_app
from tests.server.wire import Response, Wire, get, responses
from tests.web.city import CountingEngine, site_of


@dataclass
class Asked:
    """A query that the pool has, until it is answered.

    Attributes:
        answer: answers it.
        has_left: whether the client is gone.
    """

    answer: Callable[[], object]
    has_left: bool = False

    def leave(self) -> None:
        """Notes that the client is gone."""
        self.has_left = True


@dataclass
class Pool:
    """Answers from memory, in a later turn of the loop; or not at all, while it holds.

    Attributes:
        engine: answers.
        loop: where outcomes are told.
        is_ready: whether it says that it can be asked.
        is_remote: whether it says that another server is asked.
        holds: whether queries wait.
        held: those that wait.
        clients: who asked, in order.
    """

    engine: CountingEngine
    loop: asyncio.AbstractEventLoop
    is_ready: bool = True
    is_remote: bool = False
    holds: bool = False
    held: list[Asked] = field(default_factory=list)
    clients: list[str] = field(default_factory=list)

    def ask(self, question: Question, client: Client, done: Callable[[Answer | QueryError], object]) -> Asked:
        """Asks a query."""
        guard.check(question.text, query_bytes=64 * 1024)
        self.clients.append(client.key)
        asked = Asked(lambda: done(self._outcome(question)))
        if self.holds:
            self.held.append(asked)
        else:
            self.loop.call_soon(asked.answer)
        return asked

    def _outcome(self, question: Question) -> Answer | QueryError:
        try:
            return self.engine.answer(question)
        except QueryError as error:
            return error


@dataclass
class Served:
    """A gateway, and all that it has behind it."""

    gateway: Gateway
    application: Application
    pool: Pool
    engine: CountingEngine
    own_engine: CountingEngine
    metrics: Metrics
    release: Release
    loop: asyncio.AbstractEventLoop
    log: Path
    connections: set[Connection] = field(default_factory=set)

    def wire(self, *, most: int = 1000, peer: str = "192.0.2.1") -> Wire:
        """Returns a connection of a client."""
        return Wire(self.gateway, self.connections, most=most, peer=peer)

    def answered(self, wire: Wire, number: int = 1, *, heads: int = 0) -> list[Response]:
        """Returns so many responses on a connection, when they are there."""
        self.until(lambda: wire.transport.sent.count(b"\r\n\r\n") >= number and wire.connection._current is None)
        return responses(wire.transport.sent, heads=heads)

    def until(self, holds: Callable[[], bool]) -> None:
        """Runs the loop until something comes true."""

        async def wait() -> None:
            end = self.loop.time() + 20
            while not holds():
                assert self.loop.time() < end, "it does not come true"
                await asyncio.sleep(0.001)

        self.loop.run_until_complete(wait())

    def get(
        self, target: str, *, method: str = "GET", body: bytes = b"", peer: str = "192.0.2.1", **headers: str
    ) -> Response:
        """Returns the response to a request; `content_type` stands for Content-Type."""
        wire = self.wire(peer=peer)
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if name != "host"]
        request = get(target, *lines, method=method, body=body)
        if "host" in headers:
            request = request.replace(b"Host: localhost", f"Host: {headers['host']}".encode())
        wire.send(request)
        (response,) = self.answered(wire, heads=method == "HEAD")
        wire.connection.connection_lost(None)
        return response

    def counted(self, sample: str) -> int:
        """Returns a count of /metrics; 0 where there is none."""
        lines = self.metrics.text("").splitlines()
        return next((int(line.split()[-1]) for line in lines if line.startswith(f"{sample} ")), 0)

    def lines(self) -> list[str]:
        """Returns the lines of the log."""
        return self.log.read_text(encoding="utf-8").splitlines()


@contextmanager
def serving(release: Release, folder: Path, *, proxies: tuple[str, ...] = ()) -> Iterator[Served]:
    """Makes a gateway on a release, and ends it."""
    loop = asyncio.new_event_loop()
    engine, own_engine, metrics = CountingEngine(release), CountingEngine(release), Metrics()
    metrics.join()
    pool = Pool(engine, loop)
    site = site_of(release, VisitorsEngine(pool, loop), own_engine=own_engine)  # type: ignore[arg-type]
    application = Application(create_app(site, metrics=lambda: metrics.text(release.digest)).wsgi_app, loop)
    log = folder / "log"
    with log.open("wb", buffering=0) as file:
        writer = LogWriter(descriptor=file.fileno())
        gateway = Gateway(
            site,
            application,
            pool,  # type: ignore[arg-type]
            metrics=metrics,
            log=writer,
            trusted_proxies=proxies,
        )
        try:
            yield Served(gateway, application, pool, engine, own_engine, metrics, release, loop, log)
        finally:
            for each in pool.held:
                each.answer()
            loop.run_until_complete(asyncio.to_thread(application._threads.shutdown))
            loop.close()
