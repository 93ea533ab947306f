"""Where remarks go: stderr, so that a pipe gets results only."""

from __future__ import annotations

import contextlib

from rich.console import Console

remarks = Console(stderr=True, highlight=False)


def remark(text: str) -> None:
    """Says something to who is there to read it: to serve, nobody has to be."""
    # rich wants to end the program where a pipe is closed.
    with contextlib.suppress(OSError, SystemExit):
        remarks.print(text)
