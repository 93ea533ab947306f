"""Which entry of which edition is which project, as people decided it once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """What was decided once: this entry of that edition is this project."""

    project: str
    edition: str
    theme: str
    number: str
    title: str
