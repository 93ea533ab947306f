"""A system that makes no more processes: questions hear so, nothing ends, and all is well when it makes them again.

The query service is started with an `os.fork` that fails as that of the system does, while a file is there. A whole
site, which makes threads as well, runs under the real limit (RLIMIT_NPROC), as somebody whom it binds; not as root.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kennis_ld.engine.supervisor import Supervisor
from kennis_ld.errors import EngineUnavailable
from tests.engine.conftest import LANES, ask
from tests.engine.processes import children, is_alive
from tests.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
GOOD = ask("SELECT ?name { <thing/1> <name> ?name }")
IMPATIENT = tuple(replace(lane, wait=0.3, patience=0.3) for lane in LANES)

CUSTOM = """
import errno, os, sys
from pathlib import Path

if "kennis_ld.engine.warden" in sys.orig_argv:
    fork = os.fork
    folder = Path(__file__).parent

    def refused():
        if (folder / "full").exists():
            with (folder / "refusals").open("a") as refusals:
                refusals.write("x")
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return fork()

    os.fork = refused
"""
"""What Python runs at its start, where it finds it, before anything else."""


@dataclass(frozen=True, slots=True)
class System:
    """Says whether there may be more processes, to those that are started by a test."""

    folder: Path

    def fill(self) -> None:
        """Lets every fork fail from now on."""
        (self.folder / "full").touch()

    def clear(self) -> None:
        """Lets forks succeed again."""
        (self.folder / "full").unlink()

    def refusals(self) -> int:
        """Returns how many forks have failed."""
        try:
            return (self.folder / "refusals").stat().st_size
        except FileNotFoundError:
            return 0


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> System:
    """What the wardens that are started from now on take for the system."""
    folder = tmp_path / "system"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(CUSTOM, encoding="utf-8")
    known = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{known}" if known else str(folder))
    return System(folder)


@pytest.fixture
def service(system: System, quads: Path) -> Iterator[Supervisor]:
    """A query service in that system, whose questions do not wait for long."""
    with Supervisor([quads], lanes=IMPATIENT) as service:
        yield service


def kill(*processes: int) -> None:
    for each in processes:
        os.kill(each, signal.SIGKILL)
    assert eventually(lambda: not any(map(is_alive, processes)))


def test_case_34_no_new_workers(service: Supervisor, system: System) -> None:
    """Without workers, and with none to be had, a question is refused in time; with them it is answered again."""
    engine, warden, keeper = service.engine(), service.warden, service.keeper
    engine.answer(GOOD)
    system.fill()
    kill(*children(warden))
    for lane in ("public", "pages"):
        start = time.monotonic()
        with pytest.raises(EngineUnavailable) as refused:
            service.engine(lane).answer(GOOD)
        assert refused.value.retry_after
        assert time.monotonic() - start < 2
    assert [] == children(warden)
    # It goes on trying, a few times in a second: it must not keep the machine busy.
    start, tried = time.monotonic(), system.refusals()
    assert eventually(lambda: system.refusals() >= tried + 3 * sum(lane.workers for lane in LANES))
    assert time.monotonic() - start > 0.1
    system.clear()
    assert b"ding 1" in _answer(service)
    assert eventually(lambda: len(children(warden)) == sum(lane.workers for lane in LANES))
    assert (warden, keeper) == (service.warden, service.keeper)


def test_case_34_those_who_are_left_go_on(service: Supervisor, system: System) -> None:
    """While the dead cannot be replaced, the workers that live answer all questions."""
    engine, warden = service.engine(), service.warden
    assert eventually(lambda: len(children(warden)) == sum(lane.workers for lane in LANES))
    engine.answer(GOOD)
    system.fill()
    # The first workers are those of `public`, the last is that of `pages`.
    kill(children(warden)[0])
    assert eventually(lambda: system.refusals() > 0)
    for _ in range(20):
        assert b"ding 1" in engine.answer(GOOD).body
    assert 2 == len(children(warden))


def test_case_34_no_new_warden(service: Supervisor, system: System) -> None:
    """A warden that cannot be replaced yet is missed, not mourned: its keeper goes on, and so does all else after."""
    keeper, warden = service.keeper, service.warden
    system.fill()
    kill(warden)
    with pytest.raises(EngineUnavailable):
        service.engine().answer(GOOD)
    assert eventually(lambda: system.refusals() > 1)
    assert is_alive(keeper)
    system.clear()
    assert b"ding 1" in _answer(service)
    assert keeper == service.keeper


def test_case_34_no_second_pair(service: Supervisor, system: System) -> None:
    """When the keeper dies its warden answers until another pair can be had, and that is taken up then."""
    keeper, warden = service.keeper, service.warden
    system.fill()
    kill(keeper)
    assert eventually(lambda: system.refusals() > 1, seconds=15)
    assert b"ding 1" in service.engine().answer(GOOD).body
    system.clear()
    assert eventually(lambda: service.keeper != keeper and not is_alive(warden), seconds=15)
    assert b"ding 1" in _answer(service)


@pytest.mark.parametrize("killed", ["workers", "warden", "keeper"])
def test_case_34_the_end_waits_for_no_process(quads: Path, system: System, killed: str) -> None:
    """A service that cannot replace what died can be ended in order, and leaves nothing."""
    service = Supervisor([quads], lanes=IMPATIENT)
    service.start()
    keeper, warden, workers = service.keeper, service.warden, children(service.warden)
    system.fill()
    kill(*{"workers": workers, "warden": [warden], "keeper": [keeper]}[killed])
    assert eventually(lambda: system.refusals() > 0, seconds=15)
    end = threading.Thread(target=service.close, kwargs={"seconds": 1.0}, daemon=True)
    end.start()
    end.join(5)
    is_ended = not end.is_alive()
    # Whatever comes of it, nothing of it outlives the test.
    system.clear()
    end.join(5)
    assert is_ended
    assert eventually(lambda: not any(map(is_alive, [keeper, warden, *workers])))
    assert not service.folder.exists()


def test_case_34_a_release_that_cannot_be_taken_up(service: Supervisor, system: System, quads: Path) -> None:
    """While no process can be made the old release goes on; the new one is taken up when they can."""
    warden = service.warden
    system.fill()
    swap = threading.Thread(target=service.swap, args=([quads],), kwargs={"name": "new"}, daemon=True)
    swap.start()
    assert eventually(lambda: system.refusals() > 1, seconds=15)
    assert b"ding 1" in service.engine().answer(GOOD).body
    assert warden == service.warden
    system.clear()
    swap.join(10)
    assert "new" == service.release
    assert b"ding 1" in _answer(service)


FULL = """
import json, os, resource, signal, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from kennis_ld.engine.budget import usual_lanes
from tests.operations.serving import release, serving
from tests.waiting import eventually

def bound(most):
    for each in (site.process.pid, *site.descendants()):
        _, hard = resource.prlimit(each, resource.RLIMIT_NPROC)
        resource.prlimit(each, resource.RLIMIT_NPROC, (hard if most is None else most, hard))

def ask(number, path="/sparql?query=ASK%%7B%%7D%%23%d"):
    try:
        got = site.get(path % number, headers={"X-Forwarded-For": "198.18.0.%d" % (number % 50)})
    except OSError as error:
        return type(error).__name__
    return got.status if got.status == 200 or "Retry-After" in got.headers else -got.status

def together(numbers):
    with ThreadPoolExecutor(len(numbers)) as threads:
        return list(threads.map(ask, numbers))

folder = Path(sys.argv[1])
(folder / "site").mkdir()
release(folder / "before", folder / "built")
with serving(folder / "site", folder / "built", "--trusted-proxy", "127.0.0.1") as site:
    workers = sum(lane.workers for lane in usual_lanes())
    assert eventually(lambda: site.is_whole() and len(site.kinds()["query worker"]) == workers)
    before = site.descendants()
    bound(0)
    seen = {"while no thread can be made": sorted(set(map(str, together(range(100)))))}
    assert {*before} == {*site.descendants()}, seen
    workers = site.kinds()["query worker"]
    for each in workers:
        os.kill(each, signal.SIGKILL)
    assert eventually(lambda: not {*workers} & {*site.descendants()})
    seen["without workers"] = sorted(set(map(str, together(range(100, 120)))))
    web, _ = site.kinds()["web process"]
    os.kill(web, signal.SIGKILL)
    assert eventually(lambda: web not in site.descendants())
    seen["with one web process"] = sorted({str(ask(number, "/healthz?%d")) for number in range(20)})
    assert {*before} - {*workers, web} == {*site.descendants()}, seen
    bound(None)
    seen["whole again"] = eventually(lambda: site.is_whole() and site.answers(), seconds=20)
print(json.dumps(seen))
"""


def test_case_34_a_site_without_new_processes(tmp_path: Path) -> None:
    """While the system makes no process and no thread, visitors hear 503 at worst, and no part of the site ends."""
    # Root becomes somebody whom the limit binds, and who may read what is root's.
    rights = "+dac_override,+dac_read_search"
    other = ["setpriv", "--reuid", "54321", "--securebits", "+no_setuid_fixup"]
    other += ["--inh-caps", rights, "--ambient-caps", rights]
    ran = subprocess.run(
        [*(other if os.getuid() == 0 else []), sys.executable, "-c", FULL, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if ran.stderr.startswith("setpriv: "):
        pytest.skip(f"this system lets root be nobody else: {ran.stderr.strip()}")
    assert 0 == ran.returncode, ran.stderr
    seen = json.loads(ran.stdout)
    assert {"200"} <= set(seen["while no thread can be made"]) <= {"200", "429", "503"}
    assert ["503"] == seen["without workers"]
    assert ["200"] == seen["with one web process"]
    assert seen["whole again"]


def _answer(service: Supervisor) -> bytes:
    answers: list[bytes] = []

    def is_answered() -> bool:
        try:
            answers.append(service.engine().answer(GOOD).body)
        except EngineUnavailable:
            return False
        return True

    assert eventually(is_answered, seconds=15)
    return answers[0]
