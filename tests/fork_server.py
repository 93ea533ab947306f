"""Forks processes from one that has the code of a site in memory, once for many tests: to load it takes seconds."""

from __future__ import annotations

import os
import subprocess
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.loaded"])


class Forked(ForkServerProcess):
    """A process, which is told and waited for as one of `subprocess.Popen`."""

    @property
    def pid(self) -> int:
        """Its process id, once it was started."""
        pid = super().pid
        assert pid is not None
        return pid

    @property
    def returncode(self) -> int | None:
        """Its exit code, when it has ended."""
        return self.exitcode

    def poll(self) -> int | None:
        """Returns its exit code, when it has ended."""
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Returns its exit code."""
        self.join(timeout)
        if self.exitcode is None:
            raise subprocess.TimeoutExpired(self.name, timeout)
        return self.exitcode

    def send_signal(self, number: int) -> None:
        """Sends it a signal."""
        os.kill(self.pid, number)
