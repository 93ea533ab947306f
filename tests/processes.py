"""Looks at processes through /proc."""

from __future__ import annotations

from pathlib import Path


def children(process: int) -> list[int]:
    """Returns the process ids of the living children of a process."""
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(each) for each in listed.split() if is_alive(int(each))]


def is_alive(process: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def name(process: int) -> str:
    """Returns what a process calls itself; empty where it is gone."""
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def descriptors(process: int) -> int:
    """Returns how many descriptors a process has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))
