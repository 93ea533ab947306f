"""Runs a function beside what goes on, in a process that is forked for it, so that both processors are used.

The function has all that its maker had at that moment, and changes nothing of it; only its result comes back.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from kennis_ld.errors import KennisError

WORTH_A_PROCESS = 1_000_000
"""Bytes of statements that take longer to write than a process to fork."""

_T = TypeVar("_T")


@contextlib.contextmanager
def forked(function: Callable[[], _T]) -> Iterator[Callable[[], _T]]:
    """Runs a function aside, and gives what waits for its result, once; at the end of the block it is stopped.

    What is given raises what the function does (ValueError or OSError), and KennisError where its process ended without
    a result.

    Args:
        function: what is run; what it returns can be pickled.
    """
    context = multiprocessing.get_context("fork")
    answer, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(function, sender), daemon=True)
    process.start()
    sender.close()

    def result() -> _T:
        try:
            raised, value = answer.recv()
        except (EOFError, OSError) as error:
            raise KennisError(
                "A process that the work was divided over ended before it was done.",
                remedy="See whether there is memory enough, and start again.",
            ) from error
        if raised is not None:
            raise raised
        found: _T = value
        return found

    try:
        yield result
    finally:
        process.kill()
        process.join()
        answer.close()


@contextlib.contextmanager
def aside(function: Callable[[], _T], files: Iterable[Path]) -> Iterator[Callable[[], _T]]:
    """Runs a function as `forked` does where the files that it reads are large; otherwise when it is asked for."""
    if sum(path.stat().st_size for path in files) < WORTH_A_PROCESS:
        yield function
    else:
        with forked(function) as result:
            yield result


def _run(function: Callable[[], _T], sender: Connection) -> None:
    # Ctrl-C reaches the whole family; who waits for us ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answer = (None, function())
    except (ValueError, OSError) as error:
        sender.send((error, None))
    else:
        sender.send(answer)
