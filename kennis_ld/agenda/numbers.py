"""The numbers of entries as agendas print them: what is one, which two are the same, which a row of them leaves out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

_NUMBER = re.compile(r"(?=.{0,11}$)[A-Za-z]{0,3}[.\-]?[0-9]{1,4}(?:[.\-]?[0-9]{1,4})*[.\-]?[a-z]{0,2}[.)]?")
_COUNTED = re.compile(r"(.*?)([0-9]+|[a-z])[.)]?")
_AMOUNT = re.compile(r"[€$£]?\s*[0-9][0-9.,' ]*(?:,-)?\s*(?:k|mln\.?|m|euro|eur|%)?", re.IGNORECASE)
_MOST_LEFT_OUT = 10_000


def is_number(text: str) -> bool:
    """Whether a text looks like the number of an entry: '1a', '12', 'WP-3.2', '１'."""
    return _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def are_counts(cells: Collection[str]) -> bool:
    """Whether cells of a row or column say how many there are: numbers, and more than one."""
    return len(cells) > 1 and all(map(str.isdecimal, cells))


def is_amount(text: str) -> bool:
    """Whether a text is a number or an amount and no more: '470000', '€ 470.000', '€ 1,2 mln'."""
    return _AMOUNT.fullmatch(text) is not None


def number_key(number: str) -> str:
    """Returns what makes two printed numbers the same: '01', '1.' and '１' are all '1'."""
    folded = unicodedata.normalize("NFKC", number).casefold().strip().rstrip(".)")
    return re.sub(r"0+(?=[0-9])", "", folded) if folded[:1] == "0" else folded


def goes_under(number: str, above: str) -> bool:
    """Whether a number is one below another: 'A1' and 'A.1' below 'A', '1.2' and '1b' below '1', but not '12'.

    >>> goes_under("A1", "A"), goes_under("1.2", "1."), goes_under("12", "1"), goes_under("AB1", "A")
    (True, True, False, False)
    """
    given, over = number_key(number), number_key(above)
    rest = given.removeprefix(over)
    return (
        len(over) > 0
        and rest not in ("", given)
        and not (rest[0].isdigit() if over[-1].isdigit() else rest[0].isalpha())
    )


def left_out(numbers: Sequence[str]) -> Iterator[str]:
    """Yields the numbers that a row of numbers leaves out: '1l' between '1k' and '1m', '5' between '4' and '6'."""
    counted: dict[str, list[str]] = {}
    printed: dict[str, str] = {}
    widths: dict[str, int] = {}  # of numbers with zeros in front
    for number in numbers:
        if is_number(number) and (match := _COUNTED.fullmatch(number_key(number))):
            prefix, count = match.groups()
            padded = re.search(r"(?<![0-9])0[0-9]+(?=[.)]?$)", number)
            widths[prefix] = max(widths.get(prefix, 0), len(padded[0]) if padded else 0)
            if prefix not in counted:
                found = re.search(re.escape(prefix), unicodedata.normalize("NFKC", number), re.IGNORECASE)
                printed[prefix] = found[0] if found else prefix
            counted.setdefault(prefix, []).append(count)
    for prefix, counts in counted.items():
        yield from (f"{printed[prefix]}{missing.zfill(widths[prefix])}" for missing in _between(counts))


def _between(counts: Sequence[str]) -> Iterator[str]:
    if all(count.isdigit() for count in counts):
        values = {int(count) for count in counts}
        last = min(max(values), min(values) + _MOST_LEFT_OUT)
        yield from (str(value) for value in range(min(values), last) if value not in values)
    elif not any(count.isdigit() for count in counts):
        letters = {ord(count) for count in counts}
        yield from (chr(letter) for letter in range(ord("a"), max(letters)) if letter not in letters)
