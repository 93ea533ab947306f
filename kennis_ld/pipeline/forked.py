"""Runs a function beside what goes on, in a process that is forked for it, so that both processors are used.

The function has all that its maker had at that moment, and changes nothing of it; only its result comes back.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Generic, TypeVar

from kennis_ld.errors import KennisError

_T = TypeVar("_T")


class Forked(Generic[_T]):
    """A function that runs aside; it is stopped at the end of the block, done or not.

    Args:
        function: what is run; what it returns can be pickled.
    """

    def __init__(self, function: Callable[[], _T]) -> None:
        context = multiprocessing.get_context("fork")
        self._answer, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(function, sender), daemon=True)
        self._process.start()
        sender.close()

    def __enter__(self) -> Forked[_T]:
        """Returns itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops the process, and waits until it is gone."""
        self._process.kill()
        self._process.join()
        self._answer.close()

    def result(self) -> _T:
        """Waits for the result; to be called once.

        Raises:
            ValueError, OSError: the function did.
            KennisError: its process ended without a result.
        """
        try:
            raised, result = self._answer.recv()
        except EOFError as error:
            raise KennisError(
                "A process that the work was divided over ended before it was done.",
                remedy="See whether there is memory enough, and start again.",
            ) from error
        if raised is not None:
            raise raised
        value: _T = result
        return value


def _run(function: Callable[[], _T], sender: Connection) -> None:
    # Ctrl-C reaches the whole family; who waits for us ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answer = (None, function())
    except (ValueError, OSError) as error:
        sender.send((error, None))
    else:
        sender.send(answer)
