"""The query service as a whole: it comes back, takes up releases, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kennis_ld.engine.budget import usual_lanes
from kennis_ld.engine.interface import Engine
from kennis_ld.engine.pool import PooledEngine
from kennis_ld.engine.supervisor import Supervisor
from kennis_ld.errors import BudgetExceeded, DamagedRelease, EngineUnavailable, QueryError, WrongSetting
from tests.engine.conftest import BASE, LANES, ask
from tests.engine.processes import children, descriptors, is_alive
from tests.waiting import eventually

GOOD = ask("SELECT ?name { <thing/1> <name> ?name }")
WHICH = ask("SELECT ?n { <release> <number> ?n }")
ENDLESS = ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")


@pytest.fixture
def running(quads: Path) -> Iterator[Supervisor]:
    with Supervisor([quads], lanes=LANES) as service:
        yield service


def test_a_killed_warden_comes_back(running: Supervisor) -> None:
    """After kill -9 of the workers' parent, queries are answered again within 3 s (case 32)."""
    engine, pages = running.engine(), running.engine("pages")
    engine.answer(GOOD)
    old, workers = running.warden, children(running.warden)
    os.kill(old, signal.SIGKILL)
    start = time.monotonic()
    assert b"ding 1" in pages.answer(GOOD).body
    assert eventually(lambda: running.warden != old and _answers(engine), seconds=3)
    assert time.monotonic() - start < 3
    assert eventually(lambda: not any(map(is_alive, workers)))


def test_a_query_that_runs_when_the_warden_dies_may_be_asked_again(running: Supervisor) -> None:
    """Who asked when the service died hears that it is restarting, not that the query was too heavy."""
    engine = running.engine()
    engine.answer(GOOD)
    heard: list[QueryError] = []

    def wait() -> None:
        try:
            engine.answer(ENDLESS)
        except QueryError as error:
            heard.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    before = {each: _cpu(each) for each in children(running.warden)}
    assert eventually(lambda: any(_cpu(each) > ticks + 3 for each, ticks in before.items()))
    os.kill(running.warden, signal.SIGKILL)
    thread.join(10)
    assert [type(each) for each in heard] == [EngineUnavailable]


def test_a_service_that_is_gone_is_unavailable(quads: Path) -> None:
    """After the end of the service an engine says so, with a time to come back; it does not hang."""
    with Supervisor([quads], lanes=LANES) as service:
        engine, folder = service.engine(), service.folder
    with pytest.raises(EngineUnavailable):
        engine.answer(GOOD)
    with pytest.raises(EngineUnavailable):
        PooledEngine(folder)


def test_a_folder_with_too_long_a_name_is_refused(quads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no socket can be made, the start says so and what to do, and leaves nothing behind."""
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    with pytest.raises(WrongSetting, match="TMPDIR"):
        Supervisor([quads], lanes=LANES).start()
    assert [] == list(long.iterdir())


def test_nothing_is_left_behind(quads: Path) -> None:
    """After the end there is no process, no socket and no file of the service (case 114)."""
    with Supervisor([quads], lanes=LANES) as first:
        first.engine().answer(GOOD)
    before = descriptors(os.getpid())
    with Supervisor([quads], lanes=LANES) as service:
        engine = service.engine()
        for question in (GOOD, ENDLESS):
            try:
                engine.answer(question)
            except BudgetExceeded:
                continue
        engine.close()
        processes, folder = [service.warden, *children(service.warden)], service.folder
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not any(map(is_alive, processes))
    assert not folder.exists()
    assert descriptors(os.getpid()) == before


def test_no_process_outlives_an_owner_that_was_killed(quads: Path) -> None:
    """After kill -9 of the process that serves, warden, workers and files go of themselves."""
    program = (
        "import sys, pathlib\n"
        "from kennis_ld.engine.supervisor import Supervisor\n"
        f"service = Supervisor([pathlib.Path({str(quads)!r})]); service.start()\n"
        "print(service.warden, service.folder, flush=True); sys.stdin.read()\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with owner:
        assert owner.stdout is not None
        warden, folder = owner.stdout.readline().split()
        processes = [int(warden), *children(int(warden))]
        assert len(processes) > 1
        owner.kill()
    assert eventually(lambda: not any(map(is_alive, processes)))
    assert eventually(lambda: not Path(folder).exists())


def test_a_swap_fails_no_question(tmp_path: Path) -> None:
    """While releases change under load, every question is answered whole, from one release (case 102)."""
    releases = [_release(tmp_path, number) for number in range(4)]
    stop = threading.Event()
    seen: list[str] = []
    failed: list[Exception] = []
    with Supervisor([releases[0]], lanes=LANES) as service:

        def client() -> None:
            engine = service.engine()
            while not stop.is_set():
                try:
                    seen.append(_number(engine))
                except Exception as error:
                    failed.append(error)

        threads = [threading.Thread(target=client) for _ in range(4)]
        for thread in threads:
            thread.start()
        for release in releases[1:]:
            service.swap([release])
            assert _number(service.engine()) == release.stem
            # On a busy machine the clients may not have had their turn yet; each release must have answered them.
            assert eventually(partial(seen.__contains__, release.stem), seconds=30)
        stop.set()
        for thread in threads:
            thread.join()
    assert failed == []
    assert set(seen) == {"0", "1", "2", "3"}


def test_a_release_that_is_not_sound_is_not_taken_up(tmp_path: Path) -> None:
    """A release that cannot be loaded or fails its check leaves the old one in place (case 104)."""
    (tmp_path / "broken.nq").write_text("<a> <b>")
    with Supervisor([_release(tmp_path, 1)], lanes=LANES, check=_is_below_5) as service:
        old = service.warden
        for release in (tmp_path / "broken.nq", tmp_path / "absent.nq", _release(tmp_path, 7)):
            with pytest.raises(DamagedRelease):
                service.swap([release])
        assert (service.warden, _number(service.engine())) == (old, "1")
        assert len([each for each in service.folder.iterdir() if each.is_dir() and not each.is_symlink()]) == 1


def test_a_first_release_that_is_not_sound_is_refused(tmp_path: Path) -> None:
    """Where there is nothing to serve, starting says which file is wrong."""
    service = Supervisor([tmp_path / "absent.nq"], lanes=LANES)
    with pytest.raises(DamagedRelease, match=r"absent\.nq"):
        service.start()
    assert not service.folder.exists()


def test_a_store_on_disk_serves_too(quads: Path, tmp_path: Path) -> None:
    """With the data on disk the same workers give the same answers, and die of the same queries."""
    with Supervisor([quads], disk=tmp_path / "cache", lanes=LANES) as service:
        engine = service.engine()
        assert b"ding 1" in engine.answer(GOOD).body
        with pytest.raises(BudgetExceeded):
            engine.answer(ENDLESS)
        assert b"ding 1" in engine.answer(GOOD).body
        stored = tmp_path / "cache"
        with pytest.raises(DamagedRelease):
            service.swap([tmp_path / "absent.nq"], disk=tmp_path / "other")
        assert stored.is_dir()


def test_a_second_client_finds_a_worker() -> None:
    """There are more workers for visitors than the two heavy queries that one client may have (case 25)."""
    assert [(lane.workers, lane.heavy) for lane in (usual_lanes(cores=cores)[0] for cores in (1, 2, 8))] == [
        (6, 4),
        (6, 4),
        (10, 8),
    ]


def _release(folder: Path, number: int) -> Path:
    file = folder / f"{number}.nq"
    file.write_text(f'<{BASE}release> <{BASE}number> "{number}" .\n', encoding="utf-8")
    return file


def _number(engine: Engine) -> str:
    return str(json.loads(engine.answer(WHICH).body)["results"]["bindings"][0]["n"]["value"])


def _is_below_5(engine: Engine) -> None:
    if int(_number(engine)) >= 5:
        raise DamagedRelease("The number is wrong.")


def _answers(engine: Engine) -> bool:
    try:
        return b"ding 1" in engine.answer(GOOD).body
    except EngineUnavailable:
        return False


def _cpu(process: int) -> int:
    """Returns how many clock ticks a process has computed."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
