"""What a bench measured, in one form: each bench prints it, `compare.py` puts it in docs/benchmarks.md.

Values are those of each turn, in the order of the turns, so that a ratio is one of two values measured beside each
other. How long computing takes is processor time unless the task says otherwise.
"""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

OURS = "kennis-ld"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A task done by us and by another, in turns.

    Attributes:
        task: what is done.
        unit: unit of the values.
        ours: what it took us, or what we did, in each turn.
        name: who the other is.
        other: the same of the other.
        goal: how many times as good we want to be.
        rate: whether more is better.
        peer: whether the other is software of others that people could use instead.
    """

    task: str
    unit: str
    ours: Sequence[float]
    name: str
    other: Sequence[float]
    goal: float | None = None
    rate: bool = False
    peer: bool = True

    @property
    def times(self) -> Sequence[float]:
        """How many times as good we are, in each turn."""
        return [us / them if self.rate else them / us for us, them in zip(self.ours, self.other, strict=True)]

    @property
    def met(self) -> bool:
        """Whether the goal is met, or there is none."""
        return self.goal is None or statistics.median(self.times) >= self.goal

    @property
    def peer_wins(self) -> bool:
        """Whether people would be served better by the other, as far as this task goes."""
        return self.peer and statistics.median(self.times) < 1


@dataclass(frozen=True, slots=True)
class Growth:
    """A task at several sizes.

    Attributes:
        task: what is done.
        unit: unit of the values.
        values: what it took in each turn, by size; the smallest first.
        most: how many times as much the largest may take as the smallest.
        told: what is told of a size instead of a value: why there is none.
    """

    task: str
    unit: str
    values: Mapping[int, Sequence[float]]
    most: float | None = None
    told: Mapping[int, str] = field(default_factory=dict)

    @property
    def sizes(self) -> Sequence[int]:
        """The sizes of which something is told."""
        return sorted({*self.values, *self.told})

    def at(self, size: int) -> str:
        """Returns what is told of a size."""
        return _number(self.values[size]) if size in self.values else self.told.get(size, "")

    @property
    def times(self) -> float:
        """How many times as much the largest takes as the smallest."""
        if not self.values:
            return 1.0
        small, large = (statistics.median(self.values[size]) for size in (min(self.values), max(self.values)))
        return large / small if small else 1.0

    @property
    def met(self) -> bool:
        """Whether the goal is met, or there is none."""
        return self.most is None or self.times <= self.most


Figure: TypeAlias = Comparison | Growth


def shown(figures: Iterable[Figure]) -> int:
    """Prints figures as they come, and returns 1 where a goal is not met."""
    missed = False
    for figure in figures:
        missed |= not figure.met
        print(line(figure), flush=True)
    return 1 if missed else 0


def line(figure: Figure) -> str:
    """Returns a figure on one line."""
    goal = "" if figure.met else ", GOAL NOT MET"
    match figure:
        case Comparison():
            sides = f"{_number(figure.ours)} {figure.unit}, {figure.name} {_number(figure.other)} {figure.unit}"
            return f"{figure.task}: {sides}, {_times(figure)} times{_goal(figure, ' (goal {})')}{goal}"
        case Growth():
            sizes = ", ".join(f"{size:,}: {figure.at(size)}" for size in figure.sizes)
            return f"{figure.task} ({figure.unit}): {sizes}; × {figure.times:.2f}{_goal(figure, ' (at most {})')}{goal}"


def tables(figures: Iterable[Figure]) -> Iterator[str]:
    """Yields Markdown tables: what was compared, then what was measured at each size."""
    known = list(figures)
    compared = [figure for figure in known if isinstance(figure, Comparison)]
    if compared:
        yield f"| task | {OURS} | beside | it took or did | times as good | goal |\n|---|---|---|---|---|---|"
        for each in compared:
            cells = (each.task, f"{_number(each.ours)} {each.unit}", each.name, f"{_number(each.other)} {each.unit}")
            yield f"| {' | '.join(cells)} | {_times(each)} | {_goal(each)} |"
        yield ""
    grown = [figure for figure in known if isinstance(figure, Growth)]
    for sizes, same in groupby(grown, key=lambda figure: figure.sizes):
        yield f"| at size | {' | '.join(f'{size:,}' for size in sizes)} | growth | at most |"
        yield "|---" * (len(sizes) + 3) + "|"
        for growth in same:
            row = (f"{growth.task}, {growth.unit}", *map(growth.at, sizes))
            yield f"| {' | '.join(row)} | × {growth.times:.2f} | {_goal(growth)} |"
        yield ""


def _number(values: Sequence[float]) -> str:
    """The median, and the least and most where there is more than one."""
    if len(values) == 1:
        return _short(values[0])
    return f"{_short(statistics.median(values))} ({_short(min(values))}–{_short(max(values))})"


def _short(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"


def _times(figure: Comparison) -> str:
    times = figure.times
    spread = f" ({_ratio(min(times))}–{_ratio(max(times))})" if len(times) > 1 else ""
    return f"{_ratio(statistics.median(times))}{spread}"


def _ratio(times: float) -> str:
    """How many times; one in so many where it is far less than one."""
    return f"{times:.1f}" if times >= 10 else f"{times:.2f}" if times >= 0.4 else f"1/{float(f'{1 / times:.3g}'):g}"


def _goal(figure: Figure, form: str = "{}") -> str:
    goal = figure.goal if isinstance(figure, Comparison) else figure.most
    if goal is None:
        return ""
    told = form.format(_ratio(goal) if isinstance(figure, Comparison) else f"{goal:g}")
    return told if figure.met else f"{told}, not met" if form == "{}" else told


def commit() -> str:
    """Returns the commit that is measured, and whether something was changed since."""

    def git(*arguments: str) -> str:
        return subprocess.check_output(["git", *arguments], cwd=Path(__file__).parent.parent, text=True).strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "kennis_ld", "bench", "shapes", "queries")
    return git("rev-parse", "--short", "HEAD") + (" with changes" if changed else "")
