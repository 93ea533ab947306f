"""Sorting lines that do not fit in memory."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kennis_ld.release.sorting import merged, written_run

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(st.lists(TEXTS)), in_memory=st.integers(1, 20))
def test_lines_come_out_sorted_once(tmp_path: Path, runs: list[list[str]], in_memory: int) -> None:
    """Whatever is held of a run at once, the result is the sorted set of lines, and no run is left on disk."""
    files = [written_run(lines, folder=tmp_path) for lines in runs]
    found = list(merged(files, in_memory=in_memory))
    assert sorted({f"{line}\n".encode() for lines in runs for line in lines}) == found
    assert [] == list(tmp_path.iterdir())
