"""Compares statements with a golden file, and shows what differs so that a person can read it: by subject."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

MOST_SHOWN = 60
"""Lines of a difference; behind them stands how many more there are."""


def difference(expected: Iterable[str], found: Iterable[str], *, base: str = "") -> str:
    """Returns what is missing (-) and what is new (+), under the subject it is about; empty where nothing differs.

    Args:
        expected: lines of N-Triples.
        found: lines of N-Triples.
        base: address that is left out in what is shown.
    """
    before, after = set(expected), set(found)
    changed = sorted((*((line, "-") for line in before - after), *((line, "+") for line in after - before)))
    shown: list[str] = []
    for subject, lines in groupby(changed, key=lambda item: item[0].partition(" ")[0]):
        shown.append(_short(subject, base))
        shown += [f"  {sign} {_short(line.partition(' ')[2], base)}" for line, sign in lines]
    more = [f"… and {len(shown) - MOST_SHOWN} more lines"] if len(shown) > MOST_SHOWN else []
    return "\n".join([*shown[:MOST_SHOWN], *more])


def compare(path: Path, found: Iterable[str], *, update: bool, base: str = "") -> None:
    """Holds statements against a golden file; `--update-golden` writes them there instead, but never in CI."""
    assert not (update and "CI" in os.environ), "CI writes no golden file: review the difference and commit it"
    lines = sorted(set(found))
    assert lines, f"nothing to compare with {path.name}"
    if update:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    expected = path.read_text(encoding="utf-8").splitlines()
    assert expected == sorted(set(expected)), f"{path.name} is not sorted"
    differs = difference(expected, lines, base=base)
    assert not differs, f"{path.name} differs (- was expected, + is new):\n{differs}"


def by_subject(lines: Iterable[str]) -> Mapping[str, set[str]]:
    """Returns lines of N-Triples by their subject, in its brackets."""
    found: dict[str, set[str]] = {}
    for line in lines:
        found.setdefault(line.partition(" ")[0], set()).add(line)
    return found


def _short(words: str, base: str) -> str:
    return words.replace(f"<{base}/", "<") if base else words
