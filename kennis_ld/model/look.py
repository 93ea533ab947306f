"""How a city's site looks: colours in light and dark mode, logo, tagline and font; and the contrast of two colours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LEAST_CONTRAST = 4.5
"""Of text with what is behind it (WCAG 2.2, success criterion 1.4.3)."""

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of the site: `#rrggbb` in light mode and in dark mode."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Token:
    """A colour that the style sheet uses.

    Attributes:
        name: as the style sheet has it.
        default: where a city says nothing.
        setting: name of the design token (NL Design System); empty where it has none.
        on: names of the colours that it is read on.
    """

    name: str
    default: Colour
    setting: str = ""
    on: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture beside the name of the site."""

    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """What a city decides about the look of its site.

    Attributes:
        colours: those that it set, by name of the token.
        tagline: the line under the name of the site, by language ("nl", "en").
        font: a list of fonts as CSS has it, of what the visitor has; empty for that of the site.
    """

    colours: Mapping[str, Colour] = field(default_factory=dict)
    tagline: Mapping[str, str] = field(default_factory=dict)
    font: str = ""
    logo: Logo | None = None


def is_colour(text: str) -> bool:
    """Whether a text is a colour as a settings file may have it.

    >>> is_colour("#a3182b"), is_colour("#fff"), is_colour("red; }")
    (True, True, False)
    """
    return _HEX.fullmatch(text) is not None


def whole(colour: str) -> str:
    """Returns a colour with six digits, in small letters.

    >>> whole("#FD0")
    '#ffdd00'
    """
    digits = colour.lower().removeprefix("#")
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """Returns the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").

    >>> contrast("#000000", "#ffffff"), round(contrast("#767676", "#ffffff"), 2)
    (21.0, 4.54)
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lightened(colour: str, backgrounds: Sequence[str]) -> str:
    """Returns a colour mixed with as much white as it takes to be read on each background.

    >>> lightened("#ffffff", ["#16171a"]), lightened("#a3182b", ["#16171a"])
    ('#ffffff', '#c36975')
    """
    parts = _parts(colour)
    for step in range(21):
        mixed = "#" + "".join(f"{round(part + (255 - part) * step / 20):02x}" for part in parts)
        if all(contrast(mixed, each) >= LEAST_CONTRAST for each in backgrounds):
            return mixed
    return "#ffffff"


def _parts(colour: str) -> list[int]:
    digits = whole(colour)[1:]
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]


def _luminance(colour: str) -> float:
    """Returns the relative luminance of a colour in sRGB (WCAG 2.2, "relative luminance")."""
    values = [part / 255 for part in _parts(colour)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4) for value in values
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
