"""The command line: one file a command."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import FrameType

STOPPED = 130
"""Exit code of a command that was stopped with Ctrl-C, as shells have it: 128 and the number of the signal."""


def asked(arguments: Sequence[str]) -> str:
    """Returns the language that is asked for with `--lang`, or else by the environment; empty where none is."""
    pairs = pairwise(("", *arguments))
    given = [each.removeprefix("--lang=") for before, each in pairs if before == "--lang" or each.startswith("--lang=")]
    return given[-1] if given else os.environ.get("KENNIS_LD_LANG", "")


def _end(number: int, frame: FrameType | None) -> None:
    """Ends a command that has not begun yet: an exception would come out of a library that is half loaded."""
    os.write(2, ("✖ Stopped.\n" if asked(sys.argv) == "en" else "✖ Gestopt.\n").encode())
    os._exit(STOPPED)


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Lets Ctrl-C end the process at once while code is loaded, where this is a command and nobody else hears it."""
    hears = threading.current_thread() is threading.main_thread() and (
        signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if hears:
        signal.signal(signal.SIGINT, _end)
    yield
    if hears:
        signal.signal(signal.SIGINT, signal.default_int_handler)


with loading():
    from kennis_ld.cli.group import main

__all__ = ["STOPPED", "loading", "main"]
