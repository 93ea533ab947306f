"""Shows on a terminal what is being done and how far it is; says nothing in a pipe."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kennis_ld.cli import language
from kennis_ld.cli.console import remarks
from kennis_ld.translation import in_dutch

if TYPE_CHECKING:
    from kennis_ld.pipeline.assembly import Progress as Told


@contextlib.contextmanager
def busy(what: str) -> Iterator[None]:
    """Shows that something is being done of which nobody knows how far it is."""
    with shown() as told:
        told(what, 0, None)
        yield


@contextlib.contextmanager
def shown() -> Iterator[Told]:
    """Gives a function to be told of progress, and shows a bar where there is a terminal; it is gone at the end."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=remarks, transient=True, disable=not remarks.is_terminal) as bars:
        said = in_dutch if language.chosen() == "nl" else str
        task = bars.add_task(said("starting"), total=None, count="")

        def told(what: str, done: int, total: int | None) -> None:
            count = said(f"{done} entries") if total is None and done else ""
            bars.update(task, description=said(what), completed=done, total=total, count=count)

        yield told
