"""The parent of the web processes: a process that has loaded all they need, and forks them.

Started as a program of its own (`python -m kennis_ld.web.parent`) by the owner of the site, which it takes its orders
from (`kennis_ld.web.processes`). It has nothing of the owner in it: no thread that could hold a lock while it forks.
"""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import signal
import sys
import time
from functools import partial
from multiprocessing.util import Finalize
from threading import Event, Thread

from flask import Flask

from kennis_ld.web import server
from kennis_ld.web.follow import FollowedSites
from kennis_ld.web.journal import log_as_json
from kennis_ld.web.processes import DRAIN, ENDED, READY, REPLACED, Orders, Owner

_LOOK = 0.2
_LINGER = 1.0
"""Seconds that a replaced web process goes on, until those that replace it certainly take connections."""

_CONNECTIONS = 65_536


def main() -> int:
    """Runs the web processes until told to stop; returns the exit status."""
    log_as_json()
    _allow_connections()
    owner, orders = Owner.of_this_process()
    Thread(target=_end_with, args=(owner,), daemon=True).start()
    server.run(
        partial(_application, orders, owner),
        host=orders.host,
        port=orders.port,
        workers=orders.workers,
        start="fork",
        drain=DRAIN,
        ended=partial(owner.tell, ENDED),
    )
    return 0


def _allow_connections() -> None:
    """Takes as many connections as the system lets this process have; mostly it gives fewer unless asked."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS if most == resource.RLIM_INFINITY else min(most, _CONNECTIONS)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _end_with(owner: Owner) -> None:
    """Ends this process when its owner was killed and cannot tell it to."""
    while owner.said(None) != b"":
        time.sleep(_LOOK)
    os._exit(1)


def _application(orders: Orders, owner: Owner) -> Flask:
    """Returns the application of one web process; runs in that process."""
    # What the parent does at these signals is not for its children; the server sets its own in a moment.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    application, sites = server.following_application(
        orders.service, orders.releases, orders.settings, prefix=orders.prefix
    )
    # A forked process ends without what Python does at the end; the last lines of the log have to go out all the same.
    Finalize(None, logging.shutdown, exitpriority=1)
    Thread(target=_follow, args=(sites, owner), name="follow", daemon=True).start()
    owner.tell(READY)
    return application


def _follow(sites: FollowedSites, owner: Owner) -> None:
    """Looks for the next release, and ends the process in order when it was replaced, and at once without an owner."""
    pause = Event()
    while (said := owner.said(0)) is None:
        sites.look()
        pause.wait(_LOOK)
    if said == REPLACED:
        pause.wait(_LINGER)
        os.kill(os.getpid(), signal.SIGTERM)
        pause.wait(DRAIN)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
