"""The end of a site: in order when it is asked to, and without anything left when it is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.processes import is_alive
from tests.serving.serving import ENDLESS, ROOT, Got, serving
from tests.waiting import eventually


def test_case_114_sigterm_lets_requests_finish(tmp_path: Path, releases: Path) -> None:
    """After SIGTERM a query that runs gets its answer, all processes end within 10 s, and the exit status is 0."""
    with serving(tmp_path, releases, "--query-seconds", "2", is_forked=True) as site:
        idle, slow = site.connect(), site.connect()
        slow.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n")
        processes = site.descendants()
        got: list[Got] = []
        asker = threading.Thread(target=lambda: got.append(site.ask(ENDLESS)))
        assert eventually(site.is_whole)
        before = {each: _ticks(each) for each in site.kinds()["query worker"]}
        asker.start()
        assert eventually(lambda: _is_at_work(before))
        start = time.monotonic()
        site.process.send_signal(signal.SIGTERM)
        assert 0 == site.process.wait(15)
        assert time.monotonic() - start < 10
        asker.join()
        assert [503] == [each.status for each in got]
        assert b"2 seconds" in got[0].body
        assert not any(map(is_alive, processes))
        idle.close()
        slow.close()


def test_case_114_nothing_is_left_after_a_kill(tmp_path: Path, releases: Path) -> None:
    """After kill -9 of the first process all others end of themselves, whichever of them was killed before."""
    with serving(tmp_path, releases, is_forked=True) as site:
        os.kill(site.kinds()["query worker"][0], signal.SIGKILL)
        os.kill(site.kinds()["zygote"][0], signal.SIGKILL)
        processes = site.descendants()
        site.process.kill()
        site.process.wait(5)
        assert eventually(lambda: not any(map(is_alive, processes)))
        assert eventually(lambda: not _of_site(site.releases))


def test_case_114_sigterm_while_it_loads(tmp_path: Path, releases: Path) -> None:
    """A site that is stopped before it serves ends in order too."""
    command = [sys.executable, "-m", "kennis_ld.cli", "serve", "--releases", str(releases), "--port", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert b"Release" in process.stderr.readline()
        # The query service is being started by now, or was; the port cannot be had, so it never serves.
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) in {0, 2, -signal.SIGTERM}
    assert eventually(lambda: not _of_site(releases))


def test_a_query_has_all_of_its_time(tmp_path: Path, releases: Path) -> None:
    """A query has its whole budget after SIGTERM, also where every process of the site gets it (F11)."""
    with serving(tmp_path, releases, "--query-seconds", "2", "--client-heavy", "0", is_forked=True) as site:
        got: list[Got] = []
        asker = threading.Thread(target=lambda: got.append(site.ask(ENDLESS)))
        assert eventually(site.is_whole)
        before = {each: _ticks(each) for each in site.kinds()["query worker"]}
        asker.start()
        assert eventually(lambda: _is_at_work(before))
        start = time.monotonic()
        for each in (*site.descendants(), site.process.pid):
            os.kill(each, signal.SIGTERM)
        assert 0 == site.process.wait(15)
        asker.join()
        assert 1 < time.monotonic() - start < 5
        assert [503] == [each.status for each in got]
        assert b"2 seconds" in got[0].body


def test_a_site_that_can_never_start_says_so(tmp_path: Path, releases: Path) -> None:
    """With too little memory for a worker (ulimit -v) the command ends soon, with the reason and exit status 2 (F5)."""
    command = [sys.executable, "-m", "kennis_ld.cli", "serve", "--releases", str(releases), "--port", str(free_port())]
    limited = ["bash", "-c", 'ulimit -v 400000; exec "$@"', "-", *command]
    ran = subprocess.run(limited, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert 2 == ran.returncode
    assert re.search("No web process can start|could not be served", ran.stderr), ran.stderr
    assert not _of_site(releases)


@pytest.mark.parametrize("log", ["full", "closed", "unread"])
def test_case_111_a_log_that_cannot_be_written(tmp_path: Path, releases: Path, log: str) -> None:
    """A full disk, a closed stream and a pipe that nobody reads do not keep the site from answering and healing."""
    ours, theirs = os.pipe()
    if log == "full":
        os.close(theirs)
        theirs = os.open("/dev/full", os.O_WRONLY)
    elif log == "closed":
        os.close(ours)
    else:
        os.set_blocking(theirs, False)
        while _can_write(theirs):
            pass
        os.set_blocking(theirs, True)
    if log == "unread":
        # Room for the two remarks at the start, which are for people who read.
        os.read(ours, 8192)
    with (
        Connection(theirs, readable=False) as stderr,
        serving(tmp_path, releases, stderr=stderr, is_forked=True) as site,
    ):
        for _ in range(3):
            for each in site.kinds()["query worker"]:
                os.kill(each, signal.SIGKILL)
            assert eventually(lambda: site.is_whole() and site.answers())
        for number in range(60):
            assert 200 == site.get(f"/projecten?x={number}").status
        os.kill(site.kinds()["zygote"][0], signal.SIGKILL)
        assert eventually(lambda: site.is_whole() and site.answers())
    if log != "closed":
        os.close(ours)


def _can_write(descriptor: int) -> bool:
    try:
        return os.write(descriptor, b"\n" * 4096) > 0
    except BlockingIOError:
        return False


def _is_at_work(before: Mapping[int, int]) -> bool:
    """Whether a worker has computed for 50 ms more than before; with 100 ms it has to give way to everything else."""
    return any(_ticks(worker) > ticks + 5 for worker, ticks in before.items())


def _ticks(process: int) -> int:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _of_site(releases: Path) -> list[int]:
    """Returns the processes that were started for these releases."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = each.read_text(encoding="utf-8")
        except OSError:
            continue
        if str(releases) in text:
            found.append(int(each.parent.name))
    return [each for each in found if is_alive(each)]
