"""Where results and remarks go: to stdout and stderr, so that a pipe gets results only."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click
from rich.console import Console

remarks = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def remark(text: str) -> None:
    """Says something to who is there to read it: to serve, nobody has to be."""
    # rich wants to end the program where a pipe is closed.
    with contextlib.suppress(OSError, SystemExit):
        remarks.print(text)


def result(text: str | Path) -> None:
    """Prints a line of a result; the name of a file comes out as the bytes that it has, also where they are no text."""
    click.echo(str(text).encode("utf-8", "surrogateescape"))
