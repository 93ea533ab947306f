"""What one query may use, and the lanes in which queries wait their turn."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MIB = 1024 * 1024

LIGHT = 0.1
"""Seconds that a light query takes. Its asker is asked after them whether it may go on; a worker that has computed for
so long goes on behind all that is light."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one query may use; a query that passes it is refused or stopped, never answered in part.

    The defaults are those of the safety facts, section 3.

    Attributes:
        seconds: wall time, waiting for a free worker included.
        memory: bytes of memory on top of what the store itself takes.
        rows: solutions or triples of one answer; None for no bound.
        body_bytes: bytes of one answer; None for no bound.
        query_bytes: bytes of the text of the query in UTF-8.
    """

    seconds: float = 10.0
    memory: int = 512 * MIB
    rows: int | None = 10_000
    body_bytes: int | None = 10 * MIB
    query_bytes: int = 64 * 1024

    @property
    def time_in_words(self) -> str:
        """The bound on time, as an error says it."""
        return f"{self.seconds:g} second{'' if self.seconds == 1 else 's'}"

    @property
    def memory_in_words(self) -> str:
        """The bound on memory, as an error says it."""
        return f"{self.memory / MIB:g} MiB of memory"


TRUSTED = Budget(rows=None, body_bytes=None)
"""For the site's own queries: an overview of a large city may be long."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A group of workers with a queue of its own, so that one kind of query never waits for another.

    Attributes:
        name: names the lane; also the name of its socket.
        workers: how many queries run at the same time.
        heavy: how many of its workers may be at queries that are not light; None for all of them.
        budget: what one query may use.
        queue: how many queries may wait; one more is turned away at once.
        wait: seconds that a query waits for a free worker before it is turned away.
        patience: seconds during which a query is tried again while the workers' parent is being restarted.
        polite: whether a query that is not done soon lets others go first.
        guarded: whether the text is checked by `kennis_ld.engine.guard` first; False only in tests of the other layers.
    """

    name: str
    workers: int
    heavy: int | None = None
    budget: Budget = field(default_factory=Budget)
    queue: int = 256
    wait: float = 2.0
    patience: float = 0.2
    polite: bool = True
    guarded: bool = True

    def to_json(self) -> dict[str, Any]:
        """Returns the lane as values that JSON can write."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Lane:
        """Returns the lane that `to_json` described."""
        return cls(**{**values, "budget": Budget(**values["budget"])})


AGAIN = 2
"""Seconds after which a client can try again: what it takes to restart the workers' parent, or to empty a queue."""

PUBLIC = "public"
PAGES = "pages"


FEWEST_HEAVY = 4
"""Fewest places for heavy queries: two clients may have two each."""

LIGHT_WORKERS = 2
"""Workers that no heavy query may take: however many there are, the small ones of others are answered."""


def usual_lanes(budget: Budget | None = None, *, cores: int | None = None) -> tuple[Lane, Lane]:
    """Returns the two lanes of a site: `public` for queries from outside, `pages` for the site's own.

    There may be more workers than cores: a query that is not done soon lets others go
    first (`kennis_ld.engine.priority`), so it takes little time from a short one or from a page.

    Args:
        budget: what a query from outside may use.
        cores: cores of this machine; None to look.
    """
    cores = cores or os.cpu_count() or 1
    heavy = max(FEWEST_HEAVY, cores)
    return (
        Lane(PUBLIC, workers=heavy + LIGHT_WORKERS, heavy=heavy, budget=budget or Budget()),
        Lane(PAGES, workers=max(1, cores // 2), budget=TRUSTED, wait=5.0, patience=5.0, polite=False),
    )
