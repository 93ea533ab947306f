"""Runs a web process on uvicorn: the one place that knows the production server.

Each web process makes its own application; what they share is the address they listen at, the query service that their
engines lead to, and the releases on disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import cast

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
"""Connections that wait to be taken by a web process."""

_LOOK = 10
"""Ticks of the server, ten in a second, between two looks at its connections."""


def listen(host: str, port: int, number: int = 1) -> list[socket.socket]:
    """Returns sockets that listen at one address: one for each web process, between which the system spreads clients.

    Args:
        host: address to listen on; `::` takes IPv4 in as well.
        port: port to listen on; 0 for any that is free.
        number: how many sockets; it may be the same one several times, where the system does not spread.

    Raises:
        WrongSetting: there is another server at that address, or there is no such address here.
    """
    try:
        first = _listener(host, port, shared=False)
        if number == 1 or sys.platform != "linux":
            return [first] * number
        # Nobody else listens there, so from now on several of ours may.
        with first:
            port = first.getsockname()[1]
        return [_listener(host, port, shared=True) for _ in range(number)]
    except OSError as error:
        raise WrongSetting(
            f"No server can be started at {host} port {port}: {error.strerror or error}.",
            remedy="Stop the other server, or choose another --port or --host.",
        ) from error


def _listener(host: str, port: int, *, shared: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    listener = socket.create_server(
        (host, port), family=family, backlog=_WAITING, reuse_port=shared, dualstack_ipv6=both
    )
    listener.setblocking(False)
    return listener


def run(
    application: Flask,
    listener: socket.socket,
    *,
    others: Sequence[socket.socket] = (),
    leaving: Event | None = None,
    drain: int,
) -> None:
    """Answers what comes in until the process is told to stop (SIGTERM, SIGINT); to be called in the main thread.

    Args:
        application: what `create_app` made.
        listener: one of what `listen` returned, also in another process.
        others: those of other processes; who waits there for long is taken in here.
        leaving: set where nobody is to be taken in any more.
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
    _Server(config, others, leaving or Event()).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Looks now and then at its connections, and whether somebody waits for a process that does not take them."""

    def __init__(self, config: uvicorn.Config, others: Sequence[socket.socket], leaving: Event) -> None:
        super().__init__(config)
        self._others = others
        self._leaving = leaving

    async def on_tick(self, counter: int) -> bool:
        if self._leaving.is_set():
            for each in self.servers:
                each.close()
            self._others = ()
        for listener in self._others:
            with contextlib.suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    await asyncio.get_running_loop().connect_accepted_socket(self._connection, client)
        if counter % _LOOK == 0:
            now = time.monotonic()
            for connection in list(self.server_state.connections):
                if isinstance(connection, Connection):
                    connection.look(now)
        return await super().on_tick(counter)

    def _connection(self) -> asyncio.Protocol:
        kind = cast("type[Connection]", self.config.http_protocol_class)
        return kind(self.config, self.server_state, app_state={})


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
