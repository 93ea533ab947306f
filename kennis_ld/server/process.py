"""A web process: the event loop, what runs on it, and its end in order."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import resource
import signal
import socket
import sys
import time
from dataclasses import dataclass, replace
from functools import partial

import uvloop

from kennis_ld.engine.federation import FederatedEngine
from kennis_ld.engine.interface import Answer, Budget, Question
from kennis_ld.engine.services import Federation, ask_endpoint
from kennis_ld.errors import QueryError
from kennis_ld.isolation.admission import Admission, Client
from kennis_ld.isolation.messages import Channel, Order
from kennis_ld.isolation.pool import Pool
from kennis_ld.server.access_log import LogWriter, log_as_json
from kennis_ld.server.application import Application, VisitorsEngine, VisitorsServices
from kennis_ld.server.gateway import Gateway
from kennis_ld.server.metrics import Metrics
from kennis_ld.server.protocol import Connection
from kennis_ld.web.app import create_app
from kennis_ld.web.site import Site

_CONNECTIONS = 16_384
_OTHER_DESCRIPTORS = 96  # descriptors that are no connections of clients: workers, threads, files that are sent
_COLLECT = 10_000, 10, 10  # objects more before rings of them are looked for that nobody needs
_TICK = 0.5
_SWITCH = 0.0005
_SETTLE = 0.02
_LINGER = 1.0  # seconds that clients with an idle connection get to ask once more, when this process is to end


@dataclass(frozen=True, slots=True)
class Web:
    """What a web process needs; made before it is forked."""

    site: Site  # with what was made of the whole release for all pages; its engine is not asked
    admission: Admission
    metrics: Metrics
    budget: Budget  # what one query may use
    federation: Federation  # whom a query may ask besides, and what it may have of them
    trusted_proxies: tuple[str, ...]  # networks of proxies whose X-Forwarded-For is believed
    logs_requests: bool  # whether each request gets a line in the log
    drain: float  # seconds that requests get to finish when the lifeline ends


def run(web: Web, listener: socket.socket, lifeline: socket.socket, zygote: Channel) -> None:
    """Answers what comes in until the lifeline ends; then what has come in by then. Who stops a site ends the lifeline.

    The zygote forks and ends workers; it is told now and then that the loop runs.
    """
    writer = LogWriter(gathers=True)
    log_as_json(writer)
    web.metrics.join()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    # The loop must not wait for threads that compute.
    sys.setswitchinterval(_SWITCH)
    loop = uvloop.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_serve(web, listener, lifeline, zygote, writer))


async def _serve(
    web: Web, listener: socket.socket, lifeline: socket.socket, zygote: Channel, writer: LogWriter
) -> None:
    loop, most = asyncio.get_running_loop(), max(1, _allow_descriptors() - _OTHER_DESCRIPTORS)
    zygote.socket.setblocking(False)
    pool = Pool(zygote, web.admission, budget=web.budget, loop=loop)
    others = VisitorsServices(partial(ask_endpoint, web.federation), web.admission, loop, count=web.metrics.event)
    site = replace(web.site, engine=FederatedEngine(VisitorsEngine(pool, loop), others.ask, web.federation))
    app = create_app(site, metrics=partial(web.metrics.text, site.release.digest))
    application = Application(app.wsgi_app, loop)
    log = writer if web.logs_requests else None
    gateway = Gateway(site, application, pool, metrics=web.metrics, log=log, trusted_proxies=web.trusted_proxies)
    connections: set[Connection] = set()
    server = await loop.create_server(lambda: Connection(gateway, connections, most=most), sock=listener)
    ending = asyncio.Event()
    loop.add_reader(lifeline.fileno(), ending.set)
    outcomes: list[Answer | QueryError] = []
    pool.ask(Question("ASK {}", site.iris.root), Client("-", "-"), outcomes.append)
    while not outcomes and not ending.is_set():
        await asyncio.sleep(0.001)
    if outcomes and isinstance(outcomes[0], QueryError):
        # Not even this: a process that starts again and again is told of, one that answers nothing is not.
        raise outcomes[0]
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    while not ending.is_set():
        zygote.tell(Order.READY)
        _look(connections)
        writer.send()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), _TICK)
    loop.remove_reader(lifeline.fileno())
    server.close()
    await _drain(connections, application, pool, web.drain, zygote)
    pool.close()


def _look(connections: set[Connection]) -> None:
    now = time.monotonic()
    for connection in tuple(connections):
        connection.look(now)


async def _drain(
    connections: set[Connection], application: Application, pool: Pool, seconds: float, zygote: Channel
) -> None:
    """Lets what has begun be finished; who has a connection and asks nothing may ask once more, for a moment."""
    start = time.monotonic()
    # A client that was just taken in has no connection here before the loop comes round.
    await asyncio.sleep(_SETTLE)
    while time.monotonic() - start < seconds and (connections or not application.is_idle or not pool.is_idle):
        zygote.tell(Order.READY)
        _look(connections)
        for connection in tuple(connections):
            # A client that was just taken in has not had the time to ask.
            connection.drain()
            if connection.is_idle and time.monotonic() - start > _LINGER and not connection.has_unread:
                connection.close()
        await asyncio.sleep(_SETTLE)
    for connection in tuple(connections):
        connection.abort()


def _allow_descriptors() -> int:
    """Takes as many descriptors as the system lets this process have; returns how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(_CONNECTIONS + _OTHER_DESCRIPTORS, sys.maxsize if hard == resource.RLIM_INFINITY else hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):
        logging.getLogger(__name__).warning("This process may have only %s descriptors.", soft)
        return soft
    return wanted
