"""Tells the colour behind a cell, in whatever way a document says it: six hexadecimal digits, or nothing.

White is nothing: it is the paper. A colour of a theme or a palette is looked up and tinted as the office programs do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

_HEX = re.compile(r"#?(?:[0-9a-f]{2})?(?P<rgb>[0-9a-f]{6})", re.IGNORECASE)
_SHORT = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*([0-9]{1,3})\s*[, ]\s*([0-9]{1,3})\s*[, ]\s*([0-9]{1,3})\s*(?:[,/]\s*([0-9.]+%?)\s*)?\)")
_NAMED = {
    "red": "ff0000", "darkred": "8b0000", "orange": "ffa500", "darkorange": "ff8c00", "gold": "ffd700",
    "yellow": "ffff00", "lightyellow": "ffffe0", "green": "008000", "lime": "00ff00", "limegreen": "32cd32",
    "lightgreen": "90ee90", "darkgreen": "006400", "blue": "0000ff", "lightblue": "add8e6", "navy": "000080",
    "teal": "008080", "aqua": "00ffff", "cyan": "00ffff", "purple": "800080", "magenta": "ff00ff", "fuchsia": "ff00ff",
    "pink": "ffc0cb", "salmon": "fa8072", "tomato": "ff6347", "brown": "a52a2a", "maroon": "800000", "olive": "808000",
    "grey": "808080", "gray": "808080", "silver": "c0c0c0", "lightgrey": "d3d3d3", "lightgray": "d3d3d3",
    "black": "000000",
}  # fmt: skip
"""The names in a web page that people use for a fill."""

INDEXED: Sequence[str] = (
    "000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff "
    * 2
    + "800000 008000 000080 808000 800080 008080 c0c0c0 808080 9999ff 993366 ffffcc ccffff 660066 ff8080 0066cc ccccff "
    "000080 ff00ff ffff00 00ffff 800080 800000 008080 0000ff 00ccff ccffff ccffcc ffff99 99ccff ff99cc cc99ff ffcc99 "
    "3366ff 33cccc 99cc00 ffcc00 ff9900 ff6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
).split()
"""The palette of Excel (ECMA-376, part 1, 18.8.27)."""


def colour(text: str) -> str:
    """Returns the colour that a text of a document or style sheet means; nothing for white, none or what is no colour.

    >>> colour("FF92D050"), colour("#9d5"), colour("rgb(255, 0, 0)"), colour("transparent"), colour("#FFFFFF")
    ('92d050', '99dd55', 'ff0000', '', '')
    """
    text = text.strip().casefold()
    if found := _HEX.fullmatch(text):
        rgb = found["rgb"]
    elif short := _SHORT.fullmatch(text):
        rgb = "".join(digit * 2 for digit in short.groups())
    elif (parts := _RGB.fullmatch(text)) and parts[4] not in {"0", "0%", "0.0"}:
        rgb = "".join(f"{min(int(part), 255):02x}" for part in parts.groups()[:3])
    else:
        rgb = _NAMED.get(text, "")
    return "" if rgb == "ffffff" else rgb


def tinted(rgb: str, tint: float) -> str:
    """Returns a colour made lighter or, for a tint below zero, darker (ECMA-376, part 1, 18.8.19).

    Hue and saturation stay, so what a part differs from the lightness changes as the room for it does. In fractions,
    for what lies between two colours must be the same one with every Python: `colorsys` changed within 3.11.

    >>> tinted("4472c4", 0.5), tinted("4472c4", -0.5)
    ('a2b8e2', '203864')
    """
    if not rgb or not tint:
        return colour(rgb)
    parts, by = [Fraction(int(rgb[at : at + 2], 16), 255) for at in (0, 2, 4)], Fraction(tint)
    light = (max(parts) + min(parts)) / 2
    lighter = min(max(light * (1 + by) if tint < 0 else light * (1 - by) + by, Fraction(0)), Fraction(1))
    room, left = (1 - abs(2 * each - 1) for each in (light, lighter))
    made = [lighter + (part - light) * left / room if room else lighter for part in parts]
    return colour("".join(f"{round(part * 255):02x}" for part in made))


def of_parts(parts: Sequence[float]) -> str:
    """Returns the colour that one, three or four numbers from 0 to 1 make: grey, RGB or CMYK, as in a PDF."""
    if len(parts) == 4:
        *inks, black = parts
        parts = [(1 - ink) * (1 - black) for ink in inks]
    elif len(parts) == 1:
        parts = [parts[0]] * 3
    if len(parts) != 3:
        return ""
    return colour("".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in parts))
