"""A keeper, its wardens and their workers, as the process sees them that started them."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from typing import IO, Any, cast

from kennis_ld.engine.events import Events
from kennis_ld.engine.warden import Orders
from kennis_ld.errors import DamagedRelease

logger = logging.getLogger(__name__)


class Generation:
    """One keeper and its wardens, from the start to the end.

    Attributes:
        process: the keeper.
        warden: process id of the warden; 0 before it is ready.
    """

    def __init__(self, orders: Orders, events: Events) -> None:
        self._folder = orders.folder
        self._events = events
        self._silent = threading.Event()
        self.warden = 0
        self.process = subprocess.Popen(
            # -P: a module in the working directory is never taken for one of ours.
            [sys.executable, "-P", "-m", "kennis_ld.engine.warden"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A Ctrl-C is for the owner, who then ends the warden in order. No session of its own: where the system
            # schedules by sessions, a query that fell behind would be first in its own.
            process_group=0,
        )
        self._told = cast("IO[bytes]", self.process.stdout)
        # Left open: its end tells the keeper and the warden that this process is gone.
        self._orders = cast("IO[bytes]", self.process.stdin)
        with contextlib.suppress(BrokenPipeError):
            self._orders.write(orders.to_line().encode())
            self._orders.flush()

    def wait_until_ready(self) -> None:
        """Waits until the workers answer.

        Raises:
            DamagedRelease: the files cannot be loaded.
        """
        event = self._event()
        match event:
            case {"event": "ready", "warden": int(warden)}:
                self.warden = warden
            case {"event": "refused"}:
                raise DamagedRelease(event["what"], where=event["where"], remedy=event["remedy"])
            case _:
                raise DamagedRelease("The query service ended while it loaded the release.", remedy="Read its log.")

    def report(self) -> None:
        """Counts and logs what is told, until the end of the keeper and of the last warden."""
        while event := self._event():
            match event:
                case {"event": "ready", "warden": int(warden)}:
                    self.warden = warden
                    self._events.count("warden-restarts")
                    logger.error("The warden of the query workers ended unasked and was started again.")
                case {"event": "worker-ended", "lane": str(lane), "code": int(code)}:
                    self._events.count("worker-deaths", lane, str(code))
                    logger.info("A worker of lane %s ended with code %s.", lane, code)
        self._told.close()
        self._silent.set()

    def _event(self) -> dict[str, Any]:
        line = self._told.readline()
        return json.loads(line) if line else {}

    def drain(self) -> None:
        """Takes no new questions, finishes those that wait, and then ends."""
        if self.process.poll() is None:
            self.process.terminate()
        else:
            self._signal_warden(signal.SIGTERM)

    def wait_for_warden(self, seconds: float) -> None:
        """Returns when the last warden has ended, of itself or killed after so many seconds."""
        if not self._silent.wait(seconds):
            self._signal_warden(signal.SIGKILL)
            self._silent.wait()

    def end(self, seconds: float) -> None:
        """Returns when all has ended, of itself or killed after so many seconds."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            self._signal_warden(signal.SIGKILL)
        self.wait_for_warden(1.0)
        self.tidy()

    def abandon(self) -> None:
        """Ends all at once, where nobody listens yet to what is told."""
        self.process.kill()
        self.process.wait()
        self._signal_warden(signal.SIGKILL)
        # The end of the file is the end of the warden, which held it open.
        self._told.read()
        self._told.close()
        self.tidy()

    def _signal_warden(self, number: signal.Signals) -> None:
        # While it has not closed what it tells us through, the process is there, and the number is its.
        if self.warden and not self._silent.is_set():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.warden, number)

    def tidy(self) -> None:
        """Removes what a warden leaves that was killed."""
        with contextlib.suppress(BrokenPipeError):
            self._orders.close()
        shutil.rmtree(self._folder, ignore_errors=True)
