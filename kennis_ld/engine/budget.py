"""What one query may use."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


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
        is_remote: whether another server evaluates the query; then the time that it is waited for counts as computing.
    """

    seconds: float = 10.0
    memory: int = 512 * MIB
    rows: int | None = 10_000
    body_bytes: int | None = 10 * MIB
    query_bytes: int = 64 * 1024
    is_remote: bool = False

    @property
    def time_in_words(self) -> str:
        """The bound on time, as an error says it."""
        return f"{self.seconds:g} second{'' if self.seconds == 1 else 's'}"

    @property
    def memory_in_words(self) -> str:
        """The bound on memory, as an error says it."""
        return f"{self.memory / MIB:g} MiB of memory"


OWN = Budget(seconds=3600.0, memory=16 * 1024 * MIB, rows=None, body_bytes=None)
"""For a person's own queries on the own machine: bounded, so that a mistake does not take it along."""

TRUSTED = Budget(rows=None, body_bytes=None)
"""For the site's own queries: an overview of a large city may be long."""
