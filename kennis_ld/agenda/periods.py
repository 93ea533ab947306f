"""Reads when a project runs: "Q3 '25 – Q2 '27", "2026-2028", "ab 2026", "Sept 26"; only what is sure.

In: the text of a cell, the words of the languages, and the years that the edition is about, for "26" is 2026 only in an
agenda of those years. Out: start and end as in ISO 8601, as precise as the text; None for a text that is not sure.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kennis_ld.agenda.patterns import YEAR
from kennis_ld.agenda.wording import Words, fold

_QUARTER = (
    r"(?:[qkt]\.?\s?(?P<n>[1-4])|(?P<m>[1-4])\s?(?:e|ste|de|st|nd|rd|th|\.)?\s?(?:kwartaal|kw\.?|quarter|quartal))"
)
_YEAR = rf"(?P<year>{YEAR}|['’‘][0-9]{{2}}|(?<![0-9])[0-9]{{2}})(?![0-9])"
_DAY = re.compile(
    rf"(?P<d>[0-9]{{1,2}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<y>{YEAR})|(?P<y2>{YEAR})-(?P<m2>[0-9]{{2}})-(?P<d2>[0-9]{{2}})"
)
_MONTH_NUMBER = re.compile(rf"(?P<m>[0-9]{{1,2}})[-/.](?P<y>{YEAR})|(?P<y2>{YEAR})[-/](?P<m2>[0-9]{{2}})")
_RANGE = re.compile(r"\s*(?:–|—|-|/)\s*")


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, a quarter, a month or a day: its first and its last part, as in ISO 8601 ("2025-07", "2025-09")."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Period:
    """Start and end as in ISO 8601; empty where the text does not tell one of them."""

    start: str = ""
    end: str = ""


def period(text: str, *, words: Words, years: Collection[int]) -> Period | None:
    """Returns the period that a text says; None where it is not sure.

    Args:
        text: of a cell.
        words: the words of the languages: months, from, until.
        years: those that the edition is about.
    """
    text = fold(text).strip(" .;")
    if match := words.from_start.match(text):
        found = moment(text[match.end() :], words=words, years=years)
        return Period(start=found.first) if found else None
    if match := words.until.match(text):
        found = moment(text[match.end() :], words=words, years=years)
        return Period(end=found.last) if found else None
    if whole := moment(text, words=words, years=years):
        return None if len(whole.first) == len("2026-01-31") else Period(whole.first, whole.last)
    return _between(text, words, years)


def moment(text: str, *, words: Words, years: Collection[int]) -> Moment | None:
    """Returns the one moment that a text says; None where it is none, or not sure."""
    text = fold(text).strip(" .;,")
    if match := _DAY.fullmatch(text):
        year, month, day = (int(match[name] or match[f"{name}2"]) for name in "ymd")
        return _day(year, month, day)
    if match := _MONTH_NUMBER.fullmatch(text):
        year, month = (int(match[name] or match[f"{name}2"]) for name in "ym")
        # "2026-28" are years, and "2009-10" may be two years or October.
        unsure = match["y2"] and 2000 + month > year
        return None if unsure else _month(year, month)
    if match := re.fullmatch(rf"{_QUARTER}\s*[-/]?\s*{_YEAR}", text):
        return _quarter(int(match["n"] or match["m"]), _year(match["year"], years))
    if match := re.fullmatch(rf"(?P<year>{YEAR})\s*[-/]?\s*{_QUARTER}", text):
        return _quarter(int(match["n"] or match["m"]), int(match["year"]))
    if match := re.fullmatch(rf"(?:(?P<day>[0-9]{{1,2}})\.?\s+)?(?P<month>[^\W\d_]+)\.?\s*{_YEAR}", text):
        number = words.months.get(match["month"])
        year_found = _year(match["year"], years)
        if number is None or year_found is None:
            return None
        return _day(year_found, number, int(match["day"])) if match["day"] else _month(year_found, number)
    if match := re.fullmatch(_YEAR, text):
        bare = text.isdigit() and len(text) == 2  # "26" alone is a number of anything
        year_found = None if bare else _year(match["year"], years)
        return Moment(str(year_found), str(year_found)) if year_found else None
    return None


def _between(text: str, words: Words, years: Collection[int]) -> Period | None:
    """Returns the period between two moments: each place where a text can be divided is tried, and one must fit."""
    if match := re.fullmatch(rf"(?P<start>{YEAR})\s?[-–/]\s?(?P<end>[0-9]{{2}})", text):
        end = match["start"][:2] + match["end"]
        sure = int(match["end"]) > 12 and match["start"] < end  # "2026-10" may be October
        return Period(match["start"], end) if sure else None
    found: set[Period] = set()
    for divider in (*_RANGE.finditer(text), *words.through.finditer(text)):
        first = moment(text[: divider.start()], words=words, years=years)
        if first is None:
            first = _of_the_same_year(text[: divider.start()], text[divider.end() :], words, years)
        last = moment(text[divider.end() :], words=words, years=years)
        if first and last and first.first[: len(last.last)] <= last.last[: len(first.first)]:
            found.add(Period(first.first, last.last))
    return found.pop() if len(found) == 1 else None


def _of_the_same_year(start: str, end: str, words: Words, years: Collection[int]) -> Moment | None:
    """Returns a start whose year stands with the end only: 'Q1 - Q3 2026', 'maart t/m mei 2026'."""
    year = re.search(rf"{_YEAR}\s*$", end)
    return moment(f"{start.strip()} {year['year']}", words=words, years=years) if year and start.strip() else None


def _year(text: str, years: Collection[int]) -> int | None:
    """Returns a year; one of two digits without an apostrophe only where the edition is about that year."""
    if len(text) == 4:
        return int(text)
    year = 2000 + int(text[-2:])
    return year if len(text) == 3 or year in years else None


def _quarter(number: int, year: int | None) -> Moment | None:
    if year is None:
        return None
    return Moment(f"{year}-{3 * number - 2:02}", f"{year}-{3 * number:02}")


def _month(year: int, month: int) -> Moment | None:
    if not 1 <= month <= 12:
        return None
    return Moment(f"{year}-{month:02}", f"{year}-{month:02}")


def _day(year: int, month: int, day: int) -> Moment | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    found = date(year, month, day).isoformat()
    return Moment(found, found)


def comparable(start: date | int | None, end: date | int | None) -> tuple[date | int | None, date | int | None]:
    """Returns start and end as two days or two years: a year beside a day is its first day, or its last."""
    if isinstance(start, int) and isinstance(end, date):
        return date(start, 1, 1), end
    if isinstance(start, date) and isinstance(end, int):
        return start, date(end, 12, 31)
    return start, end


def years_about(period: str, issued: str) -> Collection[int]:
    """Returns the years that an edition may speak of: those of its period, or some around its date of issue.

    Args:
        period: "2028/2031"; may be empty.
        issued: year, month or day; may be empty.
    """
    numbers = [int(year) for year in re.findall(r"[0-9]{4}", f"{period} {issued[:4]}")]
    return range(min(numbers) - 3, max(numbers) + 6) if numbers else ()
