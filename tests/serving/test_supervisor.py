"""The supervisor and its families, without releases and without requests."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from kennis_ld.errors import DamagedRelease
from kennis_ld.serving import supervisor, zygote
from tests.serving.supervised import is_gone, pid, supervised
from tests.waiting import eventually

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets looks and pauses be short."""
    monkeypatch.setattr(supervisor, "LOOK", 0.1)
    monkeypatch.setattr(zygote, "LOOK", 0.1)
    monkeypatch.setattr(zygote, "_PAUSE", 0.05)
    monkeypatch.setattr(supervisor, "_DELAYS", (0.0, 0.05, 0.05))
    monkeypatch.setattr(supervisor, "_END", 0.2)


def damaged(release: str) -> None:
    """Refuses the releases that are called so."""
    if release == "damaged":
        raise DamagedRelease("A file is not what its manifest says.", where=release, remedy="Build it again.")


def test_a_release_is_taken_up(tmp_path: Path) -> None:
    """Another current release is another family; when it answers, the one before ends, zygote and web process."""
    with supervised(tmp_path) as site:
        first = [pid(site.hears("zygote a")), pid(site.hears("serves a"))]
        site.hears("ready")
        site.switch("b")
        site.hears("serves b")
        site.hears("releases_taken_up")
        assert eventually(lambda: all(map(is_gone, first)))
        site.switch("a")
        site.hears("serves a")


def test_a_damaged_release_is_refused(tmp_path: Path) -> None:
    """A release that cannot be served is not taken up, the one before goes on, and the next good one is taken up."""
    with supervised(tmp_path, damaged) as site:
        first = pid(site.hears("serves a"))
        site.switch("damaged")
        site.hears("releases_refused")
        assert not is_gone(first)
        # The link was looked at again by the time that the zygote of the next one is there.
        site.switch("b")
        assert "zygote b" == site.hears("zygote").rpartition(" ")[0]
        site.hears("releases_taken_up")
        assert eventually(lambda: is_gone(first))


def test_the_first_release_must_be_served(tmp_path: Path) -> None:
    """Where the first release cannot be served, the site ends with the reason that its zygote gave."""

    def refuse(_: str) -> None:
        damaged("damaged")

    with supervised(tmp_path, refuse) as site:
        assert "ended: damaged: A file is not what its manifest says. Build it again." == site.hears("ended")
        assert 2 == site.exit_code()


def test_a_zygote_that_dies_while_it_loads(tmp_path: Path) -> None:
    """Where nobody says why, the site ends with what it knows and what to look for."""
    with supervised(tmp_path, lambda _: os.kill(os.getpid(), signal.SIGKILL)) as site:
        assert "its zygote ended (-9) before it could answer" in site.hears("ended")


def test_web_processes_that_can_never_start(tmp_path: Path) -> None:
    """After some web processes that ended before they could answer, the site ends with that reason (F5)."""
    with supervised(tmp_path, start=lambda _: os._exit(1)) as site:
        assert "No web process can start; 5 have ended before they could answer." in site.hears("ended")
        assert 2 == site.exit_code()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_zygote_that_ends_is_replaced(tmp_path: Path, number: signal.Signals) -> None:
    """Whatever ends a zygote, its web process goes on until that of another one answers (F1)."""
    with supervised(tmp_path) as site:
        first, web = pid(site.hears("zygote a")), pid(site.hears("serves a"))
        site.hears("ready")
        os.kill(first, number)
        second = pid(site.hears("zygote a"))
        assert not is_gone(web)
        site.hears("serves a")
        assert eventually(lambda: is_gone(web))
        os.kill(second, number)
        site.hears("serves a")


def test_a_zygote_that_is_stopped_is_replaced(tmp_path: Path) -> None:
    """A zygote that is alive and does nothing is ended, and another one takes its place (F6)."""
    with supervised(tmp_path) as site:
        first = pid(site.hears("zygote a"))
        site.hears("ready")
        os.kill(first, signal.SIGSTOP)
        site.hears("zygote_restarts")
        site.hears("serves a")
        assert eventually(lambda: is_gone(first))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_web_process_that_ends_or_is_stopped_is_replaced(tmp_path: Path, number: signal.Signals) -> None:
    """Its zygote starts another one, of the same family (F6)."""
    with supervised(tmp_path) as site:
        web = pid(site.hears("serves a"))
        site.hears("ready")
        os.kill(web, number)
        site.hears("web_process_restarts")
        site.hears("serves a")
        assert eventually(lambda: is_gone(web))
        assert not [line for line in site.said if line.startswith("zygote")]


def test_a_stopped_web_process_ends_with_its_family(tmp_path: Path) -> None:
    """A web process that is stopped when its zygote dies is ended, when another family has answered for a while."""
    with supervised(tmp_path) as site:
        first, web = pid(site.hears("zygote a")), pid(site.hears("serves a"))
        site.hears("ready")
        os.kill(web, signal.SIGSTOP)
        os.kill(first, signal.SIGKILL)
        site.hears("serves a")
        assert eventually(lambda: is_gone(web))


@pytest.mark.parametrize("where", ["load", "start"])
def test_a_process_that_is_stopped_at_its_start_goes_on(tmp_path: Path, where: str) -> None:
    """A zygote that is stopped while it loads, or a web process before it answers, is woken: its release is served."""

    def stop(release: str) -> None:
        if release == "b":
            os.kill(os.getpid(), signal.SIGSTOP)

    with supervised(tmp_path, **{where: stop}) as site:
        site.hears("ready")
        site.switch("b")
        site.hears("releases_taken_up")


def test_a_supervisor_that_was_stopped_goes_on(tmp_path: Path) -> None:
    """While it is stopped its family goes on; afterwards it replaces nobody, and follows the link again."""
    with supervised(tmp_path) as site:
        web = pid(site.hears("serves a"))
        site.hears("ready")
        os.kill(site.process, signal.SIGSTOP)
        end = time.monotonic() + 2
        assert eventually(lambda: time.monotonic() > end)
        os.kill(site.process, signal.SIGCONT)
        assert not is_gone(web)
        site.switch("b")
        site.hears("releases_taken_up")
        assert not [line for line in site.said if "restarts" in line]


def test_no_zygote_can_be_started_for_a_while(tmp_path: Path) -> None:
    """While the system lets nobody fork, web processes go on; when it does again, there is another family."""
    may_fork = tmp_path.with_name("may-fork")
    may_fork.touch()

    def prepare() -> None:
        fork = os.fork

        def sometimes() -> int:
            if not may_fork.exists():
                raise BlockingIOError(11, "Resource temporarily unavailable")
            return fork()

        supervisor.os.fork = sometimes

    with supervised(tmp_path, prepare=prepare) as site:
        first, web = pid(site.hears("zygote a")), pid(site.hears("serves a"))
        site.hears("ready")
        may_fork.unlink()
        os.kill(first, signal.SIGKILL)
        site.hears("zygote_restarts")
        end = time.monotonic() + 0.5
        assert eventually(lambda: time.monotonic() > end)
        assert not is_gone(web)
        may_fork.touch()
        site.hears("serves a")


@pytest.mark.parametrize("stopped", [(), (0,), (1,), (0, 1)])
def test_nothing_is_left_at_the_end(tmp_path: Path, stopped: tuple[int, ...]) -> None:
    """After SIGTERM all processes of all families have ended, stopped or not, and it says that it ended in order."""
    with supervised(tmp_path) as site:
        processes = [pid(site.hears("zygote a")), pid(site.hears("serves a"))]
        site.hears("ready")
        for each in stopped:
            os.kill(processes[each], signal.SIGSTOP)
        site.switch("b")
        processes += [pid(site.hears("zygote b"))]
        os.kill(site.process, signal.SIGTERM)
        site.hears("ended: in order")
        assert 0 == site.exit_code()
        assert all(map(is_gone, processes))


@pytest.mark.parametrize("stopped", [False, True])
def test_nothing_is_left_after_a_kill(tmp_path: Path, stopped: bool) -> None:
    """After kill -9 of the supervisor its families end of themselves, also where a web process is stopped."""
    with supervised(tmp_path) as site:
        processes = [pid(site.hears("zygote a")), pid(site.hears("serves a"))]
        site.hears("ready")
        if stopped:
            os.kill(processes[1], signal.SIGSTOP)
        os.kill(site.process, signal.SIGKILL)
        site.exit_code()
        assert eventually(lambda: all(map(is_gone, processes)))
