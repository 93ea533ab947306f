"""Reads the budget of a project: an amount with a currency, in the cell or in the heading of its column.

Only what is sure is read; what may mean two things is none.
"""

from __future__ import annotations

import re
from decimal import Decimal

_CURRENCY = re.compile(
    r"(?P<EUR>€|\beuros?\b|\beur\b|k€|keur\b|m€)|(?P<GBP>£|\bgbp\b|£k)|(?P<USD>\$|\busd\b)", re.IGNORECASE
)
_THOUSANDS = re.compile(r"k€|€\s?k\b|\bk\b|£k|\bkeur\b|(?<=[0-9])\s?k(?![a-z])|×\s?1[.,]?000|\bx\s?1[.,]?000\b|\bduizend\b|\bthousand\b|\btsd\.?\b|\btausend\b", re.IGNORECASE)  # fmt: skip  # noqa: E501
_MILLIONS = re.compile(
    r"m€|\bmln\.?|\bmio\.?|\bmiljoen\b|\bmillion\b|\bmillionen\b|(?<=[0-9])\s?m(?![a-z0-9])", re.IGNORECASE
)
_NUMBER = re.compile(r"[0-9][0-9.,'’   ]*(?:,-)?")
_LEFT = re.compile(r"[\s()€£$.,:;*-]*")


def budget(text: str, heading: str, *, language: str) -> tuple[Decimal, str] | None:
    """Returns amount and currency (ISO 4217) that a cell says; None where it is not sure.

    Args:
        text: of the cell.
        heading: of its column, which may have the currency: "Budget (k€)".
        language: of the document; it says whether a comma or a stop stands before decimals.
    """
    currency = _currency(text) or _currency(heading)
    times = _times(text) or (_times(heading) if not _CURRENCY.search(text) else 1) or 1
    bare = re.sub(r"(?:×|\bx)\s?1[.,]?000", "", text)
    numbers = _NUMBER.findall(bare)
    rest = _NUMBER.sub("", bare)
    for pattern in (_CURRENCY, _MILLIONS, _THOUSANDS):
        rest = pattern.sub("", rest)
    rest = re.sub(r"(?<![a-z])[km](?![a-z])", "", rest, flags=re.IGNORECASE)
    if not currency or len(numbers) != 1 or not _LEFT.fullmatch(rest):
        return None
    amount = _amount(numbers[0], language)
    return (amount * times, currency) if amount is not None else None


def _currency(text: str) -> str:
    found = {match.lastgroup for match in _CURRENCY.finditer(text)}
    return next(iter(found)) or "" if len(found) == 1 else ""


def _times(text: str) -> int:
    """Returns what the amount is counted in; 0 where the text does not say so."""
    if _MILLIONS.search(text):
        return 1_000_000
    return 1_000 if _THOUSANDS.search(text) else 0


def _amount(text: str, language: str) -> Decimal | None:
    """Returns a number; None where its stops and commas may be of two kinds ("1.500" in English)."""
    text = re.sub(r"['’   ]", "", text.strip().removesuffix(",-").rstrip(".,"))
    decimal = "." if language.split("-")[0] == "en" else ","
    group = "," if decimal == "." else "."
    if not re.fullmatch(rf"[0-9]+|[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+(?:{re.escape(decimal)}[0-9]{{1,2}})?"
                        rf"|[0-9]+[.,][0-9]{{1,2}}", text):  # fmt: skip
        return None
    if re.fullmatch(r"[0-9]+[.,][0-9]{1,2}", text):
        return Decimal(text.replace(",", "."))
    return Decimal(text.replace(group, "").replace(decimal, "."))
