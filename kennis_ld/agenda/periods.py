"""Reads when a project runs, or a party takes part: "Q3 '25 – Q2 '27", "2026-2028", "ab 2026", "Sept 26"; what is sure.

In: the text of a cell, the words of the languages, and the years that the edition is about, for "26" is 2026 only in an
agenda of those years. Out: start and end as in ISO 8601, as precise as the text; None for a text that is not sure.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kennis_ld.agenda.patterns import YEAR
from kennis_ld.agenda.wording import Words, fold

_YEAR = rf"(?P<year>{YEAR}|['’‘][0-9]{{2}}|(?<![0-9])[0-9]{{2}})(?![0-9])"
_DAY = re.compile(
    rf"(?P<d>[0-9]{{1,2}})[-/. ](?P<m>[0-9]{{1,2}})[-/. ](?P<y>{YEAR}|[0-9]{{2}})"
    rf"|(?P<y2>{YEAR})-(?P<m2>[0-9]{{2}})-(?P<d2>[0-9]{{2}})"
)
_MONTH_NUMBER = re.compile(rf"(?P<m>[0-9]{{1,2}})[-/.](?P<y>{YEAR})|(?P<y2>{YEAR})[-/](?P<m2>[0-9]{{2}})")
_RANGE = re.compile(r"\s*(?:–|—|-|/)\s*")
_YEARS = re.compile(rf"{YEAR}|(?:[0-9]{{1,2}}[-/.]){{2}}[0-9]{{2}}(?![0-9])")


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


def period(text: str, *, words: Words, years: Collection[int], of_party: bool = False) -> Period | None:
    """Returns the period that a text says; None where it is not sure.

    Args:
        years: those that the edition is about.
        of_party: whether it is about a party: then "tot 2027" is an end, and a moment alone is neither start nor end.
    """
    text = fold(text).strip(" ,.;")
    starts, ends, through = words.from_start, words.until, [words.through]
    if of_party:
        starts, ends, through = words.starts, words.ends, [words.through, words.ends]
    if match := starts.match(text):
        found = _from(text[match.end() :], words, years, through)
        is_later = words.after.match(text) and found and len(found.start) < len("2026-01-31")  # "na 2026"
        return None if is_later else found
    if match := ends.match(text):
        last = _edge(text[match.end() :], words, years)
        return Period(end=last.last) if last else None
    if of_party and (match := words.onwards.search(text)):  # "2026-"
        return _from(text[: match.start()], words, years, [])
    if whole := moment(text, words=words, years=years):
        return None if of_party or len(whole.first) == len("2026-01-31") else Period(whole.first, whole.last)
    return _between(text, words, years, through)


@lru_cache(maxsize=4_096)
def period_of_party(text: str, words: Words) -> Period | None:
    """Returns the start, the end or both that words beside a party say: "tot 2027", "na 1/1/23", "2026-"."""
    return period(text, words=words, years=(), of_party=True) if any(map(str.isdigit, text)) else None


def is_time(text: str, words: Words) -> bool:
    """Whether all words of a text are about time, and one tells the year or month: "medio 2026", "tot 1 maart"."""
    said = fold(text).replace(".", " ").split()
    told = any(map(str.isdigit, text)) or words.starts.match(text) or words.ends.match(text)  # "vanaf mei"
    month = told and not words.months.keys().isdisjoint(said)
    return bool(month or _YEARS.search(text)) and all(_is_of_time(word, words) for word in text.split())


def time_before(text: str, words: Words) -> int:
    """Returns where the words of time end with which a text begins; 0 where it begins with others."""
    end = 0
    for match in re.finditer(r"\S+", text):
        if not _is_of_time(match[0], words):
            break
        end = match.end()
    return end if is_time(text[:end], words) else 0


def _is_of_time(word: str, words: Words) -> bool:
    word = fold(word).strip(".,;:–—-")
    return not word or word in words.times or word in words.months or bool(words.time_number.fullmatch(word))


def _from(text: str, words: Words, years: Collection[int], through: Sequence[re.Pattern[str]]) -> Period | None:
    """Returns what follows on "vanaf": a start, or both: "vanaf 2026 t/m 2028"."""
    if match := words.onwards.search(text):
        text = text[: match.start()]
    found = _edge(text, words, years)
    return Period(start=found.first) if found else _between(text, words, years, through)


def _edge(text: str, words: Words, years: Collection[int]) -> Moment | None:
    """Returns a moment at which something begins or ends; of "eind 2028" and "zomer 2026" the year is sure."""
    if found := moment(text, words=words, years=years):
        return found
    part = words.part_of_year.match(text.strip())
    year = part and re.fullmatch(YEAR, text.strip()[part.end() :].strip(" .,;"))
    return Moment(year[0], year[0]) if year else None


@lru_cache(maxsize=8)
def _quarters(words: Words) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Returns what a quarter is before its year, and behind it."""
    quarter = words.quarter.pattern
    return (
        re.compile(rf"{quarter}\s*[-/]?\s*{_YEAR}", re.IGNORECASE),
        re.compile(rf"(?P<year>{YEAR})\s*[-/]?\s*{quarter}", re.IGNORECASE),
    )


def moment(text: str, *, words: Words, years: Collection[int]) -> Moment | None:
    """Returns the one moment that a text says; None where it is none, or not sure."""
    text = fold(text).strip(" .;,")
    if match := _DAY.fullmatch(text):
        year, month, day = (int(match[name] or match[f"{name}2"]) for name in "ymd")
        return _day(year if year > 99 else year + 2000, month, day)
    if match := _MONTH_NUMBER.fullmatch(text):
        year, month = (int(match[name] or match[f"{name}2"]) for name in "ym")
        # "2026-28" are years, and "2009-10" may be two years or October.
        unsure = match["y2"] and 2000 + month > year
        return None if unsure else _month(year, month)
    before_year, behind_year = _quarters(words)
    if match := before_year.fullmatch(text):
        return _quarter(int(match["n"] or match["m"]), _year(match["year"], years))
    if match := behind_year.fullmatch(text):
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


def _between(text: str, words: Words, years: Collection[int], through: Sequence[re.Pattern[str]]) -> Period | None:
    """Returns the period between two moments: each place where a text can be divided is tried, and one must fit."""
    if match := re.fullmatch(rf"(?P<start>{YEAR})\s?[-–/]\s?(?P<end>[0-9]{{2}})", text):
        end = match["start"][:2] + match["end"]
        sure = int(match["end"]) > 12 and match["start"] < end  # "2026-10" may be October
        return Period(match["start"], end) if sure else None
    found: set[Period] = set()
    for divider in (match for pattern in (_RANGE, *through) for match in pattern.finditer(text)):
        first = _edge(text[: divider.start()], words, years)
        if first is None:
            first = _of_the_same_year(text[: divider.start()], text[divider.end() :], words, years)
        last = _edge(text[divider.end() :], words, years)
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


def comparable(start: str, end: str) -> tuple[str, str]:
    """Returns start and end as two days, two months or two years: one beside a day is its first day, or its last."""
    if not start or not end or len(start) == len(end):
        return start, end
    last = f"{end}-12"[:7]
    days = monthrange(*map(int, last.split("-")))[1]
    return f"{start}-01-01"[:10], end if len(end) == 10 else f"{last}-{days}"


def years_about(period: str, issued: str) -> Collection[int]:
    """Returns the years that an edition may speak of: those of its period, or some around its date of issue.

    Args:
        period: "2028/2031"; may be empty.
        issued: year, month or day; may be empty.
    """
    numbers = [int(year) for year in re.findall(r"[0-9]{4}", f"{period} {issued[:4]}")]
    return range(min(numbers) - 3, max(numbers) + 6) if numbers else ()
