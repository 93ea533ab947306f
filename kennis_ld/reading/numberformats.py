"""Shows a number as a spreadsheet does: the format `000` makes 007 of 7, and `"WP"0` makes WP7.

In: a value and its format code (ECMA-376, part 1, 18.8.31). Out: what the cell shows. Digits are not grouped and the
decimal sign is a point, because the file does not say which country's signs its reader saw. What has no reading here
(fractions, powers of ten, conditions) is shown as a person would type it.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise

BUILT_IN = {"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "49": "@"}
"""The codes that a file does not spell out, by their number; those of dates stand with the dates."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<bracket>\[[^\]]*\])|_(?P<blank>.)'
    r"|\*(?P<fill>.)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<general>General|Standard|Standaard)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(?:[<>=]|h+\]|m+\]|s+\])", re.IGNORECASE)
_PLAIN = set(" -+/():!^&'~{}<>=$€£")
_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)

Token = tuple[str, str]


def is_date(code: str) -> bool:
    """Whether a format code shows a date or a time."""
    return any(kind == "other" and _DATE.match(text) for section in _sections(code) for kind, text in section)


def number(value: float, code: str) -> str:
    """Returns what a cell with a number shows; nothing where its format hides it.

    >>> number(7, "000"), number(3, '"WP"0'), number(105, r"00\\-00"), number(0.25, "0%"), number(7, ";;;")
    ('007', 'WP3', '01-05', '25%', '')
    """
    sections = _sections(code)
    exact = Decimal(repr(value))
    section = sections[0]
    if len(sections) > 2 and value == 0:
        section = sections[2]
    elif len(sections) > 1 and value < 0:
        section, exact = sections[1], -exact
    kinds = {kind for kind, _ in section}
    odd = "other" in kinds or any(_CONDITION.match(text) for kind, text in section if kind == "bracket")
    if odd or "text" in kinds or any(text == "/" and after == "digit" for (_, text), (after, _) in pairwise(section)):
        return typed(float(value))
    if not section and len(sections) > 1:
        return ""
    if "general" in kinds or "digit" not in kinds:
        shown = typed(float(abs(exact))) if "general" in kinds else ""
        sign = "-" if exact < 0 and shown else ""
        return (sign + "".join(shown if kind == "general" else text for kind, text in section)).strip()
    return _digits(exact, section)


def text(value: str, code: str) -> str:
    """Returns what a cell with a text shows; nothing where its format hides it.

    >>> text("3", '"WP"@'), text("geheim", ";;;"), text("Sloten", "0.00")
    ('WP3', '', 'Sloten')
    """
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else next((it for it in sections if ("text", "@") in it), None)
    if section is None:
        return value
    return "".join(value if kind == "text" else shown for kind, shown in section if kind != "bracket")


def typed(value: float) -> str:
    """Returns a number as a person would type it."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


@lru_cache(maxsize=1_024)
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """Returns the parts of a code: for positive numbers, negative ones, zero and texts; each as kinds and texts."""
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or ""
        shown = match[kind]
        if kind == "other" and shown == ";":
            sections.append([])
        elif kind in {"quoted", "escaped", "currency"} or (kind == "other" and shown in _PLAIN):
            sections[-1].append(("literal", shown))
        elif kind == "blank":
            sections[-1].append(("literal", " "))
        elif kind != "fill":
            sections[-1].append((kind, shown))
    return tuple(map(tuple, sections))


def _digits(value: Decimal, section: tuple[Token, ...]) -> str:
    tokens = [token for token in section if token[0] != "bracket"]
    point = next((at for at, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    last = max((at for at, (kind, _) in enumerate(tokens) if kind == "digit"), default=-1)
    behind = tokens[last + 1 :]
    thousands = next((at for at, (kind, _) in enumerate(behind) if kind != "comma"), len(behind))
    percents = sum(kind == "percent" for kind, _ in tokens)
    scaled = abs(value) * (Decimal(100) ** percents) / (Decimal(1000) ** thousands)
    decimals = [shown for kind, shown in tokens[point:] if kind == "digit"]
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    left = list(whole if whole != "0" else "")
    places = [at for at, (kind, _) in enumerate(tokens[:point]) if kind == "digit"]
    shown: list[str] = []
    for at in range(point - 1, -1, -1):
        kind, text = tokens[at]
        if kind == "digit":
            digit = left.pop() if left else {"0": "0", "?": " "}.get(text, "")
            shown.append("".join(left) + digit if at == places[0] else digit)
        elif kind in {"literal", "percent"}:
            shown.append(text)
    for at, (kind, text) in enumerate(tokens[point:]):
        if kind == "digit":
            digit, fraction = fraction[:1], fraction[1:]
            optional = text == "#" and not (digit + fraction).strip("0")
            tokens[point + at] = ("literal", "" if optional else digit)
        elif kind == "comma":
            tokens[point + at] = ("literal", "")
    sign = "-" if value < 0 and rounded else ""
    return (sign + "".join(reversed(shown)) + "".join(text for _, text in tokens[point:])).strip().removesuffix(".")
