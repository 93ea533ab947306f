"""Starts the site on granian: the one place that knows the production server.

The web processes start afresh and each makes its own application; what they share is the query service that their
engines lead to, and the release on disk. So what is given to `serve` must be fit for pickling.
"""

from __future__ import annotations

import http
import http.client
import multiprocessing
import socket
from collections.abc import Callable
from functools import partial
from threading import Event, Thread

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from kennis_ld.engine.interface import Engine
from kennis_ld.errors import WrongSetting
from kennis_ld.web.app import create_app
from kennis_ld.web.site import Release, Settings

Engines = Callable[[], tuple[Engine, Engine]]
"""Called once in each web process: gives the engine for visitors and the one for the site's own queries."""

# More than the queries that can wait at once (16 in a lane, and those that run), so that a page always finds a thread.
THREADS = 64
_HEADER_MILLISECONDS = 10_000
_REACHABLE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to look, not where to listen


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
    """Serves a release until the process is told to stop (SIGTERM, SIGINT); a web process that dies is replaced.

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
    _check_free(host, port)
    server = Server(
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
        workers_kill_timeout=10,
        log_level=LogLevels.error,
    )
    # A fork would copy locks that threads of this process hold (the supervisor has some), and a web process that waits
    # for such a lock, of an import for one, takes connections and never answers them.
    multiprocessing.set_start_method("spawn", force=True)
    if ready is not None:
        Thread(target=_tell, args=(host, port, ready), daemon=True).start()
    server.serve(target_loader=partial(application, release, settings, engines), wrap_loader=False)


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
    """Returns the application of one web process."""
    visitors, own = engines()
    return create_app(visitors, release, settings, own_engine=own)
