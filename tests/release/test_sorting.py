"""Sorting lines that do not fit in memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kennis_ld.release.sorting import merged, written_run

SUBJECTS = st.sampled_from(["<a>", "<a/b>", "<a-b>", "<é>", "<\U0001f30a>"])
LINES = st.builds(
    "{} {}".format, SUBJECTS, st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=3)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(st.lists(LINES)), in_memory=st.integers(1, 40))
def test_lines_come_out_sorted_once(tmp_path: Path, runs: list[list[str]], in_memory: int) -> None:
    """Whatever is held of a run at once, the result is the sorted set of lines, and no run is left on disk."""
    files = [written_run(blocks(lines), folder=tmp_path) for lines in runs]
    found = list(merged(files, in_memory=in_memory))
    assert sorted({f"{line}\n".encode() for lines in runs for line in lines}) == b"".join(found).splitlines(True)
    assert len({line.partition(" ")[0] for lines in runs for line in lines}) == len(found)
    assert [] == list(tmp_path.iterdir())


def blocks(lines: list[str]) -> Iterator[str]:
    """Lines as a run has them: those about one subject together, sorted, each once."""
    for _, found in groupby(sorted(set(lines)), key=lambda line: line.partition(" ")[0]):
        yield "".join(f"{line}\n" for line in found)
