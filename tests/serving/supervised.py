"""A supervisor in a process of its own, with families that serve nothing but say what they do.

with supervised(releases, behaviour) as site:
    site.hears("ready")
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kennis_ld.engine.interface import Budget
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import KennisError
from kennis_ld.isolation.messages import Channel, Order
from kennis_ld.serving.supervisor import Supervisor
from kennis_ld.serving.zygote import Zygote
from tests.processes import is_alive
from tests.waiting import PATIENCE

DRAIN = 0.5


@dataclass
class Supervised:
    """A supervisor that runs.

    Attributes:
        process: its process id.
        releases: the folder that it follows.
        said: all that was said so far: `ready`, `serves RELEASE PID`, `zygote RELEASE PID`, events, `ended: REASON`.
    """

    process: int
    releases: Path
    _said: int
    said: list[str] = field(default_factory=list)
    _rest: str = ""

    def switch(self, release: str) -> None:
        """Makes another release the current one."""
        link = self.releases / "new"
        link.symlink_to(release)
        link.replace(self.releases / "current")

    def hears(self, word: str, *, seconds: float = PATIENCE) -> str:
        """Returns the next line that begins so; what comes before it is passed over."""
        end = time.monotonic() + seconds
        while True:
            for at, line in enumerate(self.said):
                if line.startswith(word):
                    del self.said[: at + 1]
                    return line
            assert time.monotonic() < end, (word, self.said)
            if select.select([self._said], [], [], 0.1)[0]:
                text = self._rest + os.read(self._said, 65_536).decode()
                *lines, self._rest = text.split("\n")
                self.said += lines

    def exit_code(self) -> int:
        """Returns its exit code, when it has ended."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        self.process = 0
        return code


Behaviour = Callable[[str], object]
"""Is called with the name of a release in the process that loads it: raises where it cannot be served."""


@contextmanager
def supervised(
    releases: Path,
    load: Behaviour = lambda _: None,
    *,
    start: Behaviour = lambda _: None,
    prepare: Callable[[], object] = lambda: None,
) -> Iterator[Supervised]:
    """Runs a supervisor on the release `a`.

    Args:
        releases: an empty folder.
        load: is called in each zygote.
        start: is called in each web process, before it says that it answers.
        prepare: is called in the process of the supervisor.
    """
    (releases / "current").symlink_to("a")
    ours, theirs = os.pipe()

    def say(*words: object) -> None:
        os.write(theirs, f"{' '.join(map(str, words))}\n".encode())

    def make(folder: Path, lifeline: socket.socket) -> Zygote:
        say("zygote", folder.name, os.getpid())
        load(folder.name)

        def work(place: int, channel: Channel) -> None:
            start(folder.name)
            say("serves", folder.name, os.getpid())
            channel.tell(Order.READY)
            while not select.select([lifeline], [], [], 0.02)[0]:
                channel.tell(Order.READY)

        return Zygote(StoreEngine(ox.Store()), Budget(), web_processes=1, work=work, drain=DRAIN, count=say)

    child = os.fork()
    if not child:
        try:
            os.close(ours)
            prepare()
            supervisor = Supervisor(releases, make, drain=DRAIN, ready=lambda: say("ready"), count=say)
            supervisor.run("a")
            say("ended: in order")
            os._exit(0)
        except KennisError as error:
            say("ended:", error)
            os._exit(error.exit_code)
        finally:
            os._exit(99)
    os.close(theirs)
    site = Supervised(child, releases, ours)
    try:
        yield site
    finally:
        if site.process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
            site.exit_code()
        os.close(ours)


def pid(line: str) -> int:
    """Returns the process id at the end of a line."""
    return int(line.split()[-1])


def is_gone(process: int) -> bool:
    """Whether a process has ended."""
    return not is_alive(process)
