"""Sorting lines that do not fit in memory."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kennis_ld.release.sorting import sorted_lines


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.text(st.characters(blacklist_characters="\n\r"), max_size=5)), in_memory=st.integers(1, 7))
def test_lines_come_out_sorted_once(tmp_path: Path, lines: list[str], in_memory: int) -> None:
    """Whatever the size of a run, the result is the sorted set of lines, and no run is left on disk."""
    found = list(sorted_lines(lines, folder=tmp_path, in_memory=in_memory))
    assert sorted({f"{line}\n".encode() for line in lines}) == found
    assert [] == list(tmp_path.iterdir())
