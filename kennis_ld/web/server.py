"""Runs a web process on uvicorn: the one place that knows the production server.

Each web process makes its own application; what they share is the socket they listen on, the query service that their
engines lead to, and the releases on disk.
"""

from __future__ import annotations

import logging
import signal
import socket
import time
from pathlib import Path

import uvicorn
from flask import Flask

from kennis_ld.engine.budget import PAGES, PUBLIC
from kennis_ld.engine.pool import PooledEngine
from kennis_ld.errors import WrongSetting
from kennis_ld.release import manifest
from kennis_ld.web.app import MOST_BODY_BYTES, create_app_for
from kennis_ld.web.bridge import Bridge
from kennis_ld.web.connection import Connection
from kennis_ld.web.counters import Counters
from kennis_ld.web.direct import Direct
from kennis_ld.web.fair import FairEngine
from kennis_ld.web.follow import FollowedSites
from kennis_ld.web.front import Front, current_client, current_departure
from kennis_ld.web.limits import Limits
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.site import Release, Settings, Site

QUERIES_AT_ONCE = 96
"""With these fewer than `kennis_ld.web.bridge.THREADS`, so that a page always finds a thread."""

_WAITING = 4096
"""Connections that wait to be taken, for all web processes together."""

_LOOK = 10
"""Ticks of the server, ten in a second, between two looks at its connections."""


def listen(host: str, port: int) -> socket.socket:
    """Returns a socket that listens.

    Args:
        host: address to listen on; `::` takes IPv4 in as well.
        port: port to listen on; 0 for any that is free.

    Raises:
        WrongSetting: there is another server at that address, or there is no such address here.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    try:
        return socket.create_server((host, port), family=family, backlog=_WAITING, dualstack_ipv6=both)
    except OSError as error:
        raise WrongSetting(
            f"No server can be started at {host} port {port}: {error.strerror or error}.",
            remedy="Stop the other server, or choose another --port or --host.",
        ) from error


def run(application: Flask, listener: socket.socket, *, drain: int) -> None:
    """Answers what comes in until the process is told to stop (SIGTERM, SIGINT); to be called in the main thread.

    Args:
        application: what `create_app` made.
        listener: what `listen` returned, also in another process.
        drain: seconds that requests get to finish.
    """
    front = application.wsgi_app
    if not isinstance(front, Front):
        raise TypeError(front)
    config = uvicorn.Config(
        Bridge(application, most_body=MOST_BODY_BYTES),
        interface="asgi3",
        http=Connection.past(Direct(front)),
        ws="none",
        lifespan="off",
        # Whom to believe about who asks is for `kennis_ld.web.clients`.
        proxy_headers=False,
        server_header=False,
        # What goes wrong comes into our own log; what is no HTTP is nothing wrong here.
        log_config=None,
        log_level=logging.ERROR,
        access_log=False,
        timeout_graceful_shutdown=drain,
    )
    # The server ends by the signal that stopped it; the process has more to do.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Looks at its connections now and then."""

    async def on_tick(self, counter: int) -> bool:
        if counter % _LOOK == 0:
            now = time.monotonic()
            for connection in list(self.server_state.connections):
                if isinstance(connection, Connection):
                    connection.look(now)
        return await super().on_tick(counter)


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
    counters = Counters(service)
    heavy = PooledEngine(service, lane=PUBLIC).lane.heavy
    limits = Limits(settings.client_limits, at_once=QUERIES_AT_ONCE, heavy=heavy, folder=service)

    def site(name: str) -> Site:
        release = Release.of(releases / name, manifest.read(releases / name))
        visitors = PooledEngine(service, lane=PUBLIC, release=name)
        own = PooledEngine(service, lane=PAGES, release=name)
        return Site(
            FairEngine(visitors, limits, counters, current_client, current_departure),
            Lookup(own, release.iris),
            release,
            settings,
        )

    sites = FollowedSites(service, site)
    return create_app_for(sites, settings, prefix=prefix, counters=counters), sites
