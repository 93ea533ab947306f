"""Starts the site on granian: the one place that knows the production server.

Each web process makes its own application; what they share is the query service that their engines lead to, and the
releases on disk. What is given to `serve` and `serve_current` must be fit for pickling.
"""

from __future__ import annotations

import http
import http.client
import multiprocessing
import signal
import socket
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from kennis_ld.engine.budget import PAGES, PUBLIC
from kennis_ld.engine.interface import Engine
from kennis_ld.engine.pool import PooledEngine
from kennis_ld.errors import WrongSetting
from kennis_ld.release import manifest
from kennis_ld.web.app import create_app, create_app_for
from kennis_ld.web.counters import Counters
from kennis_ld.web.follow import FollowedSites
from kennis_ld.web.front import current_client
from kennis_ld.web.journal import log_as_json
from kennis_ld.web.limits import FairEngine, Limits
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.processes import DRAIN, Orders, keep_running
from kennis_ld.web.site import Release, Settings, Site

Engines = Callable[[], tuple[Engine, Engine]]
"""Called once in each web process: gives the engine for visitors and the one for the site's own queries."""

THREADS = 256
QUERIES_AT_ONCE = 96
"""With the bodies and downloads on their way (`kennis_ld.web.patience`) fewer than THREADS, so that a page always finds
a thread."""

_CONNECTIONS = 16_384
"""Of one web process; those that say nothing must not keep others out until their time is over."""

_HEADER_MILLISECONDS = 10_000
_REACHABLE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to look, not where to listen
_SHORT_LIFE = 0.2
_PAUSE = 1.0


def serve(
    release: Release,
    settings: Settings,
    engines: Engines,
    *,
    host: str,
    port: int,
    workers: int = 1,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serves one release until the process is told to stop (SIGTERM, SIGINT); a web process that dies is replaced.

    Args:
        release: what is served; it has been verified.
        settings: what the publisher decides.
        engines: makes the engines of a web process; a function of a module, or a `partial` of one.
        host: address to listen on.
        port: port to listen on.
        workers: number of web processes.
        ready: called once, when connections are taken.

    Raises:
        WrongSetting: there is another server at that address, or there is no such address here.
    """
    make = partial(application, release, settings, engines)
    _check_free(host, port)
    _tell_when_ready(host, port, ready)
    # A fork would copy locks that threads of this process hold, and a web process that waits for such a lock, of an
    # import for one, takes connections and never answers them.
    run(make, host=host, port=port, workers=workers, start="spawn", drain=DRAIN)


def serve_current(
    orders: Orders,
    *,
    ready: Callable[[], None] | None = None,
    count: Callable[[str], object] = lambda _: None,
) -> None:
    """Serves the current release of a query service, and follows it to the next; see `serve`.

    Args:
        orders: what is served, and where.
        ready: called once, when connections are taken.
        count: told the name of each thing that went wrong with a process.

    Raises:
        WrongSetting: there is another server at that address, or there is no such address here.
    """
    _check_free(orders.host, orders.port)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _tell_when_ready(orders.host, orders.port, ready)
    keep_running(orders, until=stop, count=count)


def run(
    make: Callable[[], Flask],
    *,
    host: str,
    port: int,
    workers: int,
    start: str,
    drain: int,
    ended: Callable[[], None] = lambda: None,
) -> None:
    """Runs web processes until this process is told to stop.

    Args:
        make: makes the application, in each web process.
        host: address to listen on.
        port: port to listen on.
        workers: number of web processes.
        start: how they are started, "fork" or "spawn".
        drain: seconds that requests get to finish.
        ended: told that a web process ended unasked.
    """
    server = _Server(
        "kennis_ld",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=_CONNECTIONS,
        http=HTTPModes.http1,
        # A client that takes longer over its headers than this does not keep a connection.
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_MILLISECONDS),
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=drain,
        log_level=LogLevels.critical,
        # What it says goes into our own log.
        log_dictconfig={"loggers": {"_granian": {"propagate": True}}},
    )
    server.ended = ended
    multiprocessing.set_start_method(start, force=True)
    server.serve(target_loader=make, wrap_loader=False)


class _Server(Server):  # type: ignore[valid-type, misc]  # granian chooses the class by platform
    """Replaces every web process that dies, however often: granian gives up where two die within some seconds."""

    ended: Callable[[], None]

    def _respawn_workers(self, workers: Sequence[int], *more: Any, **others: Any) -> None:
        # Two that die at the same time are told of as one, so look at all. One that was replaced may be told of again.
        dead = [at for at, worker in enumerate(self.wrks) if not worker.is_alive()]
        if any(time.monotonic() - self.wrks[at].birth < _SHORT_LIFE for at in dead):
            # What cannot even start must not keep the machine busy.
            time.sleep(_PAUSE)
        for _ in dead:
            self.ended()
        super()._respawn_workers(dead, *more, **others)
        self.respawned_wrks.clear()
        if self.interrupt_children:
            self.main_loop_interrupt.set()


def _check_free(host: str, port: int) -> None:
    """Refuses a port where another server listens: granian would share it, and each would get some of the requests."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # Connections that have just ended are no server.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise WrongSetting(
            f"No server can be started at {host} port {port}: {error.strerror or error}.",
            remedy="Stop the other server, or choose another --port or --host.",
        ) from error


def _tell_when_ready(host: str, port: int, ready: Callable[[], None] | None) -> None:
    """Tells, from a thread, when the site answers at the address; granian has no hook for that moment."""

    def tell() -> None:
        pause = Event()
        while not _answers(_REACHABLE.get(host, host), port):
            pause.wait(0.02)
        if ready is not None:
            ready()

    if ready is not None:
        Thread(target=tell, daemon=True).start()


def _answers(host: str, port: int) -> bool:
    # A mere connection proves nothing: to a port where nobody listens yet, one can be connected with oneself.
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def application(release: Release, settings: Settings, engines: Engines) -> Flask:
    """Returns the application of one web process, on one release."""
    visitors, own = engines()
    return create_app(visitors, release, settings, own_engine=own)


def following_application(
    service: Path, releases: Path, settings: Settings, *, prefix: str
) -> tuple[Flask, FollowedSites]:
    """Returns the application of one web process, and what takes it from release to release.

    Args:
        service: folder of the query service.
        releases: folder of the releases.
        settings: what the publisher decides.
        prefix: path of the base address of every release.
    """
    log_as_json()
    counters = Counters(service)
    heavy = PooledEngine(service, lane=PUBLIC).lane.heavy
    limits = Limits(settings.client_limits, at_once=QUERIES_AT_ONCE, heavy=heavy, folder=service)

    def site(name: str) -> Site:
        release = Release.of(releases / name, manifest.read(releases / name))
        visitors = PooledEngine(service, lane=PUBLIC, release=name)
        own = PooledEngine(service, lane=PAGES, release=name)
        return Site(
            FairEngine(visitors, limits, counters, current_client), Lookup(own, release.iris), release, settings
        )

    sites = FollowedSites(service, site)
    return create_app_for(sites, settings, prefix=prefix, counters=counters), sites
