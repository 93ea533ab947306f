"""Draws how complete an agenda is: a bar for each edition and each theme, as SVG that everybody can read.

The picture has a title and a description for who does not see it, every bar has its numbers beside it, the colours
differ enough for who sees little (WCAG 2.2, 1.4.3 and 1.4.11), and there is no style sheet and no script in it, so the
strictest Content-Security-Policy shows it. The same numbers give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from kennis_ld.quality.completeness import Share

_WIDTH = 760
_BARS_AT, _BARS_WIDTH = 300, 280
_ROW, _BAR, _TOP = 46, 18, 56
_LINE = 34
"""Characters of a label that fit before the bars at 15 pixels."""

_INK, _BACKGROUND, _FULL, _EMPTY, _RIM = "#1c2329", "#ffffff", "#0b4f6c", "#e4eaee", "#5f6f7a"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is about, how much, and how deep it stands under the bar above it (0 for an edition)."""

    label: str
    share: Share
    depth: int = 0


def picture(bars: Sequence[Bar], *, title: str, description: str, language: str) -> str:
    """Returns the picture as the text of an SVG file (SVG 1.1, with the role of WAI-ARIA).

    Args:
        bars: from top to bottom.
        description: what exactly that is, as a sentence; the numbers are added to it.
    """
    height = _TOP + _ROW * len(bars) + 8
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    told = " ".join([description, *(f"{bar.label}: {_numbers(bar.share)}." for bar in bars)])
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description"',
        f'     lang="{escape(language)}" font-family="sans-serif" font-size="15">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(told)}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="{_BACKGROUND}"/>',
        f'<text x="16" y="32" font-size="19" font-weight="bold" fill="{_INK}">{escape(title)}</text>',
    ]
    for at, bar in enumerate(bars):
        lines += _row(bar, _TOP + _ROW * at)
    return "\n".join([*lines, "</svg>", ""])


def _row(bar: Bar, top: int) -> Iterator[str]:
    middle = top + _ROW // 2
    weight = "" if bar.depth else ' font-weight="bold"'
    label = _lines(bar.label, _LINE - 2 * bar.depth)
    for at, line in enumerate(label):
        y = middle + 5 - 9 * (len(label) - 1) + 18 * at
        yield f'<text x="{16 + 18 * bar.depth}" y="{y}"{weight} fill="{_INK}">{escape(line)}</text>'
    box = f'<rect x="{_BARS_AT}" y="{middle - _BAR // 2}" height="{_BAR}"'
    yield f'{box} width="{_BARS_WIDTH}" fill="{_EMPTY}" stroke="{_RIM}"/>'
    if filled := _BARS_WIDTH * bar.share.part // max(bar.share.whole, 1):
        yield f'{box} width="{filled}" fill="{_FULL}"/>'
    at_end = _BARS_AT + _BARS_WIDTH + 14
    yield f'<text x="{at_end}" y="{middle + 5}"{weight} fill="{_INK}">{_numbers(bar.share)}</text>'


def _numbers(share: Share) -> str:
    """Returns a share in figures, which are the same in every language."""
    return f"{share.part}/{share.whole} ({share.percent}%)" if share.whole else "0"


def _lines(label: str, width: int) -> Sequence[str]:
    """Returns a label on at most two lines; what does not fit is left to the description."""
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = [line if len(line) <= width else f"{line[: width - 1]}…" for line in lines[:2]]
    if len(lines) > 2:
        shown[1] = f"{shown[1][: width - 2].rstrip()} …"
    return shown
