"""Draws how costs grow with size as an SVG: both axes logarithmic, a line a task, nothing but text and lines in it.

Written here because it is little, needs nothing to be installed, and gives the same bytes for the same values.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from html import escape

from bench.figures import Growth

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 900, 60, 460, 46, 15
_FONT = 'font-family="sans-serif" font-size="11"'
_COLOURS = ("#0b5fa5", "#a5390b", "#2b7a2b", "#7a2b7a", "#8a6d00", "#00707a", "#b0195f", "#444444")


def plot(title: str, figures: Sequence[Growth]) -> str:
    """Returns the plot of tasks at several sizes, the most costly first."""
    lines = sorted((each for each in figures if each.values), key=_last, reverse=True)
    height = max(360, _TOP + _ROW * (len(lines) + 4))
    sizes = sorted({size for each in lines for size in each.values}) or [1, 10]
    medians = [_median(each, size) for each in lines for size in each.values] or [1.0]
    low, high = 10 ** math.floor(math.log10(min(medians))), 10 ** math.ceil(math.log10(max(medians)) or 1)
    bottom = height - 40

    def across(size: int) -> float:
        return _LEFT + (_RIGHT - _LEFT) * _share(size, sizes[0], sizes[-1])

    def up(value: float) -> float:
        return bottom - (bottom - _TOP) * _share(value, low, high)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" {_FONT}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="22" font-size="14">{escape(title)}</text>',
    ]
    value = float(low)
    while value <= high * 1.01:
        parts.append(f'<path d="M{_LEFT} {up(value):.1f}H{_RIGHT}" stroke="#cccccc"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{up(value) + 4:.1f}" text-anchor="end">{value:,g}</text>')
        value *= 10
    for size in sizes:
        parts.append(f'<path d="M{across(size):.1f} {_TOP}V{bottom}" stroke="#cccccc"/>')
        parts.append(f'<text x="{across(size):.1f}" y="{bottom + 16}" text-anchor="middle">{size:,}</text>')
    places = _apart([up(_last(each)) for each in lines], height - 10)
    for n, (each, place) in enumerate(zip(lines, places, strict=True)):
        colour = _COLOURS[n % len(_COLOURS)]
        points = [(across(size), up(_median(each, size))) for size in each.values]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        parts.append(f'<path d="M{x + 4:.1f} {y:.1f}L{_RIGHT + 24} {place:.1f}" stroke="{colour}" stroke-width="0.5"/>')
        told = f"{each.task}: {_last(each):,.1f}"
        parts.append(f'<text x="{_RIGHT + 28}" y="{place + 4:.1f}" fill="{colour}">{escape(told)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _apart(places: Sequence[float], bottom: float) -> Iterator[float]:
    """Yields places for labels, from the top, so that none stands on another and the last is above the bottom."""
    least: float = _TOP
    for n, place in enumerate(places):
        highest = bottom - _ROW * (len(places) - 1 - n)
        least = max(least, min(place, highest))
        yield least
        least += _ROW


def _share(value: float, low: float, high: float) -> float:
    return 0.5 if low == high else math.log(value / low) / math.log(high / low)


def _median(figure: Growth, size: int) -> float:
    return max(statistics.median(figure.values[size]), 1e-3)


def _last(figure: Growth) -> float:
    return _median(figure, max(figure.values))
