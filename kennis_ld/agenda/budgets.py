"""Reads the budget of a project: an amount with a currency, in the cell or in the heading of its column.

Only what is sure is read; what may mean two things is none.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from kennis_ld.agenda.patterns import compiled
from kennis_ld.agenda.wording import Words

_SIGN = r"(?:[€£$]|\b(?:eur(?:os?)?|gbp|usd)\b)"
_BY = rf"(?:[×*]|\bx|\bin\s)\s?(?:{_SIGN}\s?)?1"
_NO_MORE = r"(?![.,'’ ]?[0-9])"

_CURRENCY = re.compile(
    r"(?P<EUR>€|\b[kmt]?\s?eur(?:o(?:['’]?s)?)?\b)|(?P<GBP>£|\bgbp\b)|(?P<USD>\$|\busd\b)", re.IGNORECASE
)
_IS_COUNTED = re.compile(
    rf"(?:[×*]|\bx)\s?(?:{_SIGN}\s?)?[0-9]|(?<![0-9])(?!(?:19|20|21)[0-9]{{2}}(?![0-9.,'’]))[0-9][0-9.,'’ ]*00|000",
    re.IGNORECASE,
)
"""What a heading may say of a number that the amounts are counted in, beside words."""

_NUMBER = re.compile(r"[0-9][0-9.,'’   ]*")
_LEFT = re.compile(r"[\s()€£$.,:;*-]*")


def budget(text: str, heading: str, *, language: str, words: Words) -> tuple[Decimal, str] | None:
    """Returns amount and currency (ISO 4217) that a cell says; None where it is not sure.

    Args:
        heading: of its column, which may have the currency: "Budget (k€)".
        language: of the document; it says whether a comma or a stop stands before decimals.
    """
    currency = _currency(text) or _currency(heading)
    times = _times(text, words) or (1 if _CURRENCY.search(text) else _times_of_all(heading, words))
    # A sign stays where one stood: "€ 3 mln, € 4 mln" are two amounts and not 3,4.
    bare = _CURRENCY.sub("€", _thousands(words).sub("€", _millions(words).sub("€", text)))
    numbers = _NUMBER.findall(bare)
    if not currency or not times or len(numbers) != 1 or not _LEFT.fullmatch(_NUMBER.sub("", bare)):
        return None
    amount = _amount(numbers[0], language)
    return (amount * times, currency) if amount is not None else None


@cache
def _thousands(words: Words) -> re.Pattern[str]:
    return compiled(
        rf"{_BY}[.,'’ ]?000{_NO_MORE}|\b[kt]\s?{_SIGN}|\b[kt]euros?\b|\b[kt]eur\b|{_SIGN}\s?(?:k\b|['’]?000s?\b)|\bk\b"
        rf"|(?<=[0-9])\s?k(?![a-z])|{words.thousand.pattern}\.?"
    )


@cache
def _millions(words: Words) -> re.Pattern[str]:
    return compiled(
        rf"{_BY}[.,'’ ]?000[.,'’ ]?000{_NO_MORE}|\bm\s?{_SIGN}|\bm(?:euros?|eur)\b|{_SIGN}\s?m\b"
        rf"|{words.million.pattern}\.?|(?<=[0-9])\s?m(?![a-z0-9])"
    )


def _currency(text: str) -> str:
    found = {str(match.lastgroup) for match in _CURRENCY.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def _times(text: str, words: Words) -> int:
    """Returns what the amount is counted in; 0 where the text does not say so."""
    if _millions(words).search(text):
        return 1_000_000
    return 1_000 if _thousands(words).search(text) else 0


def _times_of_all(heading: str, words: Words) -> int:
    """Returns what the amounts under a heading are counted in; 0 where it seems to say so and it is not sure what."""
    thousands, rest = _thousands(words), _millions(words).sub(" ", heading)
    left = thousands.sub(" ", rest)
    if words.numbers.search(left) or _IS_COUNTED.search(left) or (rest != heading and thousands.search(rest)):
        return 0
    return _times(heading, words) or 1


def _amount(text: str, language: str) -> Decimal | None:
    """Returns a number; None where its stops and commas may be of two kinds ("1.500" in English)."""
    text = re.sub(r"['’   ]", "", text.strip().rstrip(".,"))
    if re.fullmatch(r"[0-9]+[.,][0-9]{1,2}", text):
        return Decimal(text.replace(",", "."))
    group, decimal = ",." if language.split("-")[0] == "en" else ".,"
    whole = rf"[0-9]+|[0-9]{{1,3}}(?:[{group}][0-9]{{3}})+(?:[{decimal}][0-9]{{1,2}})?"
    return Decimal(text.replace(group, "").replace(decimal, ".")) if re.fullmatch(whole, text) else None
