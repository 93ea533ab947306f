"""Whatever process is killed, the site is whole again within three seconds, and pages go on meanwhile."""

from __future__ import annotations

import http.client
import os
import signal
import time
from collections import deque
from collections.abc import Sequence

import pytest

from tests.processes import is_alive
from tests.serving.serving import Site
from tests.waiting import eventually

KILLS = [("query worker",), ("web process",), ("zygote",), ("zygote", "query worker"), ("zygote", "web process")]
KINDS = ("query worker", "web process", "zygote")


@pytest.mark.parametrize("kinds", KILLS, ids=" and ".join)
def test_case_32_killed_processes_come_back(site: Site, kinds: Sequence[str]) -> None:
    """After kill -9 of all processes of a kind the site answers again within 3 s (cases 32 and 33)."""
    killed = [each for kind in kinds for each in site.kinds()[kind]]
    for each in killed:
        os.kill(each, signal.SIGKILL)
    start = time.monotonic()
    assert eventually(lambda: not any(map(is_alive, killed)) and site.answers())
    assert time.monotonic() - start < 3
    assert eventually(site.is_whole)
    assert not set(killed) & set(site.descendants())


@pytest.mark.parametrize("kind", KINDS)
def test_sigterm_of_one_kind_ends_nothing(site: Site, kind: str) -> None:
    """After SIGTERM of all processes of a kind queries and pages are answered as before, at once and later (F1)."""
    for each in site.kinds()[kind]:
        os.kill(each, signal.SIGTERM)
    for number in range(20):
        assert 200 == site.get(f"/projecten?{kind[0]}t={number}").status
        assert 200 == site.get(f"/sparql?query=ASK%7B%7D%23{kind[0]}t{number}").status
        assert 200 == site.get("/readyz").status
    assert eventually(site.is_whole)
    assert site.answers()


@pytest.mark.parametrize("kind", ["query worker", "zygote"])
def test_case_32_pages_go_on(site: Site, kind: str) -> None:
    """While a process behind the pages is replaced, pages answer 200, and queries 200 or 503 with Retry-After."""
    for each in site.kinds()[kind]:
        os.kill(each, signal.SIGKILL)
    queries = []
    for number in range(40):
        assert 200 == site.get(f"/projecten?{kind[0]}={number}").status
        queries.append(site.get(f"/sparql?query=ASK%7B%7D%23{kind[0]}{number}"))
    assert {200, 503} >= {each.status for each in queries}
    assert all("Retry-After" in each.headers for each in queries if each.status == 503)
    # Forty requests may be over before the next workers are there.
    assert eventually(site.answers)


def test_nobody_is_cut_off_when_web_processes_are_replaced(site: Site) -> None:
    """Web processes whose zygote was killed answer everybody whom they took in, also who asks a little later."""
    old = site.kinds()["web process"]
    os.kill(site.kinds()["zygote"][0], signal.SIGKILL)
    taken_in = deque(site.connect() for _ in range(10))
    end = time.monotonic() + 20
    while any(map(is_alive, old)):
        assert time.monotonic() < end
        taken_in.append(site.connect())
        with taken_in.popleft() as first:
            first.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert first.recv(15) == b"HTTP/1.1 200 OK"
    for each in taken_in:
        each.close()
    assert eventually(site.is_whole)


def test_a_stopped_process_is_replaced(site: Site) -> None:
    """A process that is stopped, not dead, is replaced within some seconds; then all is answered as before (F6).

    That a zygote is as well, a supervisor with less patience shows (`test_supervisor.py`).
    """
    stopped = site.kinds()["web process"][0]
    os.kill(stopped, signal.SIGSTOP)
    assert eventually(lambda: not is_alive(stopped), seconds=15)
    assert eventually(lambda: site.is_whole() and site.answers())


@pytest.mark.parametrize("kind", ["web process", "query worker"])
def test_a_stopped_process_does_not_outlive_its_zygote(site: Site, kind: str) -> None:
    """A process that is stopped when its zygote dies hears of nothing; it is ended with what is left of its family."""
    stopped, (zygote,) = site.kinds()[kind][0], site.kinds()["zygote"]
    os.kill(stopped, signal.SIGSTOP)
    os.kill(zygote, signal.SIGKILL)
    assert eventually(lambda: not is_alive(stopped))
    assert eventually(lambda: site.is_whole() and site.answers())


def test_case_33_one_of_two_web_processes_is_hardly_missed(site: Site) -> None:
    """A request that meets a web process in its death succeeds when it is sent again, as a proxy does."""
    os.kill(site.kinds()["web process"][0], signal.SIGKILL)
    for number in range(40):
        assert 200 == _twice(site, f"/projecten?one={number}")


def test_zygote_twice_in_a_row(site: Site) -> None:
    """The zygote that took the place of one that was killed may be killed as well, and so on."""
    for _ in range(3):
        (zygote,) = site.kinds()["zygote"]
        os.kill(zygote, signal.SIGKILL)
        assert eventually(lambda old=zygote: site.kinds()["zygote"] not in ([], [old]))  # type: ignore[misc]
    assert eventually(lambda: site.is_whole() and site.answers())


def test_restarts_are_counted(site: Site) -> None:
    """Every restart shows in the metrics and in the log."""
    names = ("zygote_restarts", "web_process_restarts")
    before = [_count(site, name) for name in names]
    for kind in ("zygote", "web process"):
        assert eventually(site.is_whole)
        killed = site.kinds()[kind][0]
        os.kill(killed, signal.SIGKILL)
        # Until it is gone, the site looks whole.
        assert eventually(lambda gone=killed: not is_alive(gone) and site.is_whole() and site.answers())  # type: ignore[misc]
    assert eventually(lambda: [each + 1 for each in before] == [_count(site, name) for name in names])
    assert eventually(
        lambda: (
            {"kennis_ld.serving.supervisor", "kennis_ld.serving.zygote"}
            <= {str(line.get("logger")) for line in site.lines() if line.get("level") == "error"}
        )
    )


def _count(site: Site, name: str) -> int:
    lines = site.get("/metrics").body.decode().splitlines()
    return int(next(line for line in lines if line.startswith(f"kennis_ld_{name}_total ")).split()[1])


def _twice(site: Site, path: str) -> int:
    for _ in range(2):
        try:
            return site.get(path).status
        except (OSError, http.client.HTTPException):
            continue
    return 0
