"""Starts the site on granian: the one place that knows the production server.

The web processes start afresh and each makes its own application; what they share is the query service that their
engines lead to, and the releases on disk. So what is given to `serve` must be fit for pickling.
"""

from __future__ import annotations

import http
import http.client
import multiprocessing
import os
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
from kennis_ld.web.site import Release, Settings, Site

Engines = Callable[[], tuple[Engine, Engine]]
"""Called once in each web process: gives the engine for visitors and the one for the site's own queries."""

THREADS = 128
QUERIES_AT_ONCE = 96
"""Fewer than THREADS, so that a page always finds a thread."""

_HEADER_MILLISECONDS = 10_000
_REACHABLE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to look, not where to listen
_LOOK = 0.2
_DRAIN = 9
"""Seconds that requests get to finish when the site stops (safety facts, case 114: within 10)."""


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
    _serve(make, host=host, port=port, workers=workers, ready=ready)


def serve_current(
    service: Path,
    releases: Path,
    settings: Settings,
    *,
    prefix: str,
    host: str,
    port: int,
    workers: int = 1,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serves the current release of a query service, and follows it to the next; see `serve`.

    Args:
        service: folder of the query service; the names of its releases are their digests.
        releases: folder of the releases.
        settings: what the publisher decides.
        prefix: path of the base address of every release.
        host: address to listen on.
        port: port to listen on.
        workers: number of web processes.
        ready: called once, when connections are taken.

    Raises:
        WrongSetting: there is another server at that address, or there is no such address here.
    """
    make = partial(following_application, service, releases, settings, prefix=prefix)
    _serve(make, host=host, port=port, workers=workers, ready=ready)


def _serve(make: Callable[[], Flask], *, host: str, port: int, workers: int, ready: Callable[[], None] | None) -> None:
    _check_free(host, port)
    server = _Server(
        "kennis_ld",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        # A client that takes longer over its headers than this does not keep a connection.
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_MILLISECONDS),
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=_DRAIN,
        log_level=LogLevels.error,
    )
    # A fork would copy locks that threads of this process hold (the supervisor has some), and a web process that waits
    # for such a lock, of an import for one, takes connections and never answers them.
    multiprocessing.set_start_method("spawn", force=True)
    if ready is not None:
        Thread(target=_tell, args=(host, port, ready), daemon=True).start()
    server.serve(target_loader=make, wrap_loader=False)


class _Server(Server):  # type: ignore[valid-type, misc]  # granian chooses the class by platform
    """Replaces a web process however often it dies: granian gives up where two die within some seconds."""

    def _respawn_workers(self, workers: Sequence[int], *more: Any, **others: Any) -> None:
        if any(time.monotonic() - worker.birth < _LOOK for worker in (self.wrks[idx] for idx in workers)):
            # What cannot even start must not keep the machine busy.
            time.sleep(1)
        super()._respawn_workers(workers, *more, **others)
        self.respawned_wrks.clear()


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


def _tell(host: str, port: int, ready: Callable[[], None]) -> None:
    """Waits until the site answers at the address; granian has no hook for that moment."""
    pause = Event()
    while not _answers(_REACHABLE.get(host, host), port):
        pause.wait(0.02)
    ready()


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


def following_application(service: Path, releases: Path, settings: Settings, *, prefix: str) -> Flask:
    """Returns the application of one web process, which goes from release to release with the query service."""
    log_as_json()
    counters = Counters(service)
    limits = Limits(settings.client_limits, at_once=QUERIES_AT_ONCE, folder=service)

    def site(name: str) -> Site:
        release = Release.of(releases / name, manifest.read(releases / name))
        visitors = PooledEngine(service, lane=PUBLIC, release=name)
        own = PooledEngine(service, lane=PAGES, release=name)
        return Site(
            FairEngine(visitors, limits, counters, current_client), Lookup(own, release.iris), release, settings
        )

    sites = FollowedSites(service, site)
    Thread(target=_follow, args=(sites, os.getppid()), name="follow", daemon=True).start()
    return create_app_for(sites, settings, prefix=prefix, counters=counters)


def _follow(sites: FollowedSites, parent: int) -> None:
    """Looks for the next release, and ends the process when its parent was killed and cannot tell it to."""
    pause = Event()
    while not pause.wait(_LOOK):
        if os.getppid() != parent:
            os._exit(1)
        try:
            sites.look()
        except OSError:
            # The service is gone: so is the parent, or it will be in a moment.
            continue
