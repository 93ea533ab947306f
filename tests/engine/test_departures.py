"""Those who go away before it is their turn: nothing is computed for them."""

from __future__ import annotations

import socket
import time
from pathlib import Path

from kennis_ld.engine import wire
from kennis_ld.engine.budget import PUBLIC, Budget, Lane
from kennis_ld.engine.pool import CURRENT
from kennis_ld.engine.supervisor import Supervisor
from tests.engine.conftest import ask
from tests.engine.processes import children
from tests.waiting import eventually

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SECONDS = 8.0


def put(service: Supervisor, number: int) -> socket.socket:
    """Asks an endless query, as a web process does; returns the connection."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(str(service.folder / CURRENT / PUBLIC))
    connection.sendall(wire.question_frame(ask(f"{ENDLESS} # {number}"), time.monotonic() + SECONDS, 1))
    return connection


def is_computing(service: Supervisor) -> bool:
    """Whether the one worker has computed for a tenth of a second."""
    ticks = 0
    for each in children(service.warden):
        fields = Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks > 10


def test_case_21_who_leaves_the_queue_costs_nothing(quads: Path) -> None:
    """Questions whose askers went away while they waited keep no worker from those who are still there."""
    lane = Lane(PUBLIC, workers=1, budget=Budget(seconds=SECONDS), wait=2.0)
    with Supervisor([quads], lanes=(lane,)) as service, put(service, 0) as first:
        assert eventually(lambda: is_computing(service))
        for number in range(1, 4):
            put(service, number).close()
        first.close()
        # It would be turned away were the worker at any of those.
        assert b"ding 1" in service.engine().answer(ask("SELECT ?name { <thing/1> <name> ?name }")).body
