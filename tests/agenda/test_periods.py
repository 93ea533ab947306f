"""When a project runs and what it costs: what is sure is read, and what may mean two things is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kennis_ld.agenda.budgets import budget
from kennis_ld.agenda.periods import (
    Moment,
    Period,
    comparable,
    is_time,
    moment,
    period,
    period_of_party,
    time_before,
    years_about,
)
from kennis_ld.publication.language import default_words

YEARS = range(2024, 2032)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Q3 '25 – Q2 '27", "2025-07", "2027-06"),
        ("Q3 2025 - Q2 2027", "2025-07", "2027-06"),
        ("2026-2028", "2026", "2028"),
        ("2026 – 2028", "2026", "2028"),
        ("2026/2028", "2026", "2028"),
        ("2026-28", "2026", "2028"),
        ("2026-10", "2026-10", "2026-10"),
        ("2026 t/m 2028", "2026", "2028"),
        ("2026", "2026", "2026"),
        ("ab 2026", "2026", ""),
        ("vanaf september 2026", "2026-09", ""),
        ("vanaf 2026 t/m 2028", "2026", "2028"),
        ("begin 2026 – eind 2027", "2026", "2027"),
        ("from Sept 26", "2026-09", ""),
        ("t/m 2027", "", "2027"),
        ("bis Q4 2026", "", "2026-12"),
        ("Sept 26", "2026-09", "2026-09"),
        ("sept. 2026 - mei 2027", "2026-09", "2027-05"),
        ("maart t/m mei 2026", "2026-03", "2026-05"),
        ("Q1 - Q3 2026", "2026-01", "2026-09"),
        ("1-9-2026 – 31-12-2027", "2026-09-01", "2027-12-31"),
        ("1 september 2026 t/m 31 december 2027", "2026-09-01", "2027-12-31"),
        ("Januar 2026 bis März 2027", "2026-01", "2027-03"),
        ("2026-09 – 2027-03", "2026-09", "2027-03"),
        ("3e kwartaal 2026", "2026-07", "2026-09"),
        ("2026 Q3", "2026-07", "2026-09"),
    ],
)
def test_sure_period(text: str, start: str, end: str) -> None:
    """Start and end are as precise as the text; a quarter begins with its first month and ends with its last."""
    assert Period(start, end) == period(text, words=default_words(), years=YEARS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "n.t.b.",
        "doorlopend",
        "na de zomer",
        "begin 2026",
        "ca. 2026",
        "26",
        "2009-10",
        "2009-12",
        "2026-26",
        "tot 2028",
        "2028-2026",
        "31-2-2026",
        "Q5 2026",
        "Sept 12",
        "1-9-2026",
        "2026, 2027",
        "12.500",
        "180",
        "1800",
        "2026 - 2027 - 2028",
        "maart",
    ],
)
def test_unsure_period(text: str) -> None:
    """A text with words we do not know, without a year, or that may be two things, gives no period."""
    assert period(text, words=default_words(), years=YEARS) is None


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_quarters(quarter: int) -> None:
    """A quarter is written in many ways, before its year or behind it, and has three months."""
    words = default_words()
    names = ("Q{}", "q. {}", "K{}", "T {}", "{}e kwartaal", "{}ste kwartaal", "{} de kw", "{}. Quartal", "{}st quarter")
    names += ("{}nd quarter", "{}rd quarter", "{}th quarter", "{} kwartaal", "{}e kw.")
    expected = Moment(f"2026-{3 * quarter - 2:02}", f"2026-{3 * quarter:02}")
    for name in names:
        called = name.format(quarter)
        before = [f"{called} 2026", f"{called} '26", f"{called} 26", f"{called}-2026", f"{called} / 2026"]
        forms = (*before, f"2026 {called}", f"2026-{called}", f"2026/{called}")
        told = {form: moment(form, words=words, years=YEARS) for form in forms}
        assert dict.fromkeys(told, expected) == told
    unsure = ("Q{} 1949", "Q{} 2151", "Q{} 12", "Q{}", "Q{}5 2026")
    assert {None} == {moment(form.format(quarter), words=words, years=YEARS) for form in unsure}
    assert moment(f"Q{quarter} 26", words=words, years=()) is None


def test_months() -> None:
    """Each name of a month in each language is one, with a day or without, with a year of four digits or of two."""
    words = default_words()
    assert set(range(1, 13)) == set(words.months.values())
    for name, month in words.months.items():
        year_month, day = f"2026-{month:02}", f"2026-{month:02}-09"
        for form in (f"{name} 2026", f"{name.upper()}. 2026", f"{name} '26", f"{name} 26", f"{name}2026"):
            assert Moment(year_month, year_month) == moment(form, words=words, years=YEARS), form
        for form in (f"9 {name} 2026", f"09. {name} 2026", f"9 {name}. ’26"):
            assert Moment(day, day) == moment(form, words=words, years=YEARS), form
        unsure = ("{} 1949", "{} 2151", "{} 12", "32 {} 2026", "0 {} 2026", "x {} 2026", "{}")
        assert {None} == {moment(form.format(name), words=words, years=YEARS) for form in unsure}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01-09-2026", "2026-09-01"), ("1/9/2026", "2026-09-01"), ("1.9.2026", "2026-09-01"),
        ("2026-09-01", "2026-09-01"), ("31-12-2026", "2026-12-31"), ("29-2-2028", "2028-02-29"), ("29-2-2026", ""),
        ("32-1-2026", ""), ("0-1-2026", ""), ("1-13-2026", ""), ("1-0-2026", ""), ("1-1-1949", ""),
        ("1-1-1950", "1950-01-01"), ("31-12-2150", "2150-12-31"), ("1-1-2151", ""), ("9-2026", "2026-09"),
        ("09/2026", "2026-09"), ("12.2026", "2026-12"), ("13-2026", ""), ("0-2026", ""), ("1-1950", "1950-01"),
        ("1-1949", ""), ("1-2150", "2150-01"), ("1-2151", ""), ("2026-09", "2026-09"), ("2012-12", "2012-12"),
        ("2011-12", ""), ("2026-13", ""), ("2026", "2026"), ("'26", "2026"), ("’26", "2026"), ("‘26", "2026"),
        ("1950", "1950"), ("2150", "2150"), ("2199", ""),
        ("1949", ""), ("1899", ""), ("26", ""), (" 2026. ", "2026"), ("2026;", "2026"), ("2026,", "2026"),
        ("voorjaar 2026", ""), ("2026 2027", ""), ("'12", "2012"),
    ],
)  # fmt: skip
def test_moments(text: str, expected: str) -> None:
    """A year, month or day in numbers; what no calendar has, and years of long ago or far ahead, are none."""
    found = moment(text, words=default_words(), years=YEARS)
    assert (Moment(expected, expected) if expected else None) == found


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-13", "", ""), ("2026-27", "2026", "2027"), ("2012/13", "2012", "2013"), ("2026 – 28", "2026", "2028"),
        ("2026 - 26", "", ""), ("2026-09 - 2026-09", "2026-09", "2026-09"), ("2027-01 - 2026-12", "", ""),
        ("2026 – 1-9-2026", "2026", "2026-09-01"), ("1-9-2027 – 2026", "", ""),
        ("2026 — maart 2027", "2026", "2027-03"), ("1 - 9 - 2026", "", ""), ("maart - mei", "", ""),
        (" - 2026", "", ""), ("2026 -", "", ""), ("mei '26 - '27", "2026-05", "2027"), ("vanaf", "", ""),
        ("vanaf ooit", "", ""), ("tot en met", "", ""), ("t/m ooit", "", ""), ("vanaf 1-9-2026", "2026-09-01", ""),
        ("t/m 31-12-2026", "", "2026-12-31"), ("vanaf Q2 2026", "2026-04", ""), ("t/m Q2 2026", "", "2026-06"),
    ],
)  # fmt: skip
def test_two_moments(text: str, start: str, end: str) -> None:
    """A start and an end in their order, however precise each is; what is before its start is none."""
    found = period(text, words=default_words(), years=YEARS)
    assert (Period(start, end) if start or end else None) == found


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025", "2026-05-01", ("2025-01-01", "2026-05-01")),
        ("2025-05-01", "2026", ("2025-05-01", "2026-12-31")),
        ("2025-05", "2026", ("2025-05-01", "2026-12-31")),
        ("2025", "2026-02", ("2025-01-01", "2026-02-28")),
        ("2025", "2026", ("2025", "2026")),
        ("2025-05", "2026-05", ("2025-05", "2026-05")),
        ("", "2026", ("", "2026")),
        ("2025-05-01", "", ("2025-05-01", "")),
        ("", "", ("", "")),
    ],
)
def test_comparable(start: str, end: str, expected: tuple[str, str]) -> None:
    """A year or month beside another is its first or last day; two of a kind stay as they are."""
    assert expected == comparable(start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("sept 2026 – eind 2028", "2026-09", "2028"), ("2026-", "2026", ""), ("2026 e.v.", "2026", ""),
        ("tot 30/06/2026", "", "2026-06-30"), ("vanaf Q3 2026", "2026-07", ""), ("bis Ende 2027", "", "2027"),
        ("ab Q3/2026", "2026-07", ""), ("from Sept 2026 to March 2027", "2026-09", "2027-03"), ("tot 2028", "", "2028"),
        ("vanaf medio 2027", "2027", ""), ("na 1/1/23", "2023-01-01", ""), ("from Sept 2026 onwards", "2026-09", ""),
        ("van maart tot mei 2026", "2026-03", "2026-05"), ("Frühjahr 2026 bis Sommer 2027", "2026", "2027"),
        ("1. Halbjahr 2026 – 31.12.2027", "2026", "2027-12-31"), ("by the end of 2027", "", "2027"),
        ("na 2026", "", ""), ("zomer 2026", "", ""), ("maart 2026", "", ""), ("2026", "", ""), ("vanaf morgen", "", ""),
    ],
)  # fmt: skip
def test_period_of_a_party(text: str, start: str, end: str) -> None:
    """Beside a name words say a start, an end or both; of a part of a year the year is sure, a moment says neither."""
    found = period_of_party(text, default_words())
    assert (Period(start, end) if start or end else None) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [("medio 2026", True), ("Q3 2026", True), ("2027-2025", True), ("eind 2026 of 2027", True), ("wijk 2026", False),
     ("zomer", False), ("Q3", False), ("", False)],
)  # fmt: skip
def test_words_of_time(text: str, expected: bool) -> None:
    """Words that are all about time, one of them a year, are no name; before a name they end where it begins."""
    words = default_words()
    assert expected is is_time(text, words)
    assert (len(text) if expected else 0) == time_before(f"{text} UL", words)


def test_years_that_an_edition_is_about() -> None:
    """Three before the first and five behind the last of its period and its issue; none where nothing is told."""
    assert range(2025, 2037) == years_about("2028/2031", "")
    assert range(2023, 2032) == years_about("", "2026-03")
    assert range(2023, 2037) == years_about("2028/2031", "2026")
    assert () == years_about("", "")


def test_two_digits_are_a_year_only_near_the_edition() -> None:
    """'Sept 26' is September 2026 in an agenda of those years, and may be a day in another."""
    assert moment("Sept 26", words=default_words(), years=range(2005, 2010)) is None
    assert moment("Sept 26", words=default_words(), years=years_about("", "")) is None
    assert moment("Sept 26", words=default_words(), years=years_about("2025/2028", "2025-01")) is not None


@pytest.mark.parametrize(
    ("text", "heading", "language", "amount", "currency"),
    [
        ("180", "Budget (k€)", "nl", "180000", "EUR"),
        ("€ 50.000", "Budget", "nl", "50000", "EUR"),
        ("€ 50.000,-", "Budget", "nl", "50000", "EUR"),
        ("€1.250.000,50", "Budget", "nl", "1250000.50", "EUR"),
        ("1,2 mln euro", "Kosten", "nl", "1200000.0", "EUR"),
        ("€ 75k", "", "nl", "75000", "EUR"),
        ("€ 500", "Budget (k€)", "nl", "500", "EUR"),
        ("£50,000", "Budget", "en", "50000", "GBP"),
        ("2.5", "Budget (£ million)", "en", "2500000.0", "GBP"),
        ("120 Tsd. €", "Kosten", "de", "120000", "EUR"),
        ("50", "Budget (x 1.000 euro)", "nl", "50000", "EUR"),
        ("0", "Budget (€)", "nl", "0", "EUR"),
        ("€ 1.000", "Budget (x € 1.000)", "nl", "1000", "EUR"),
        ("250 (x € 1.000)", "Budget", "nl", "250000", "EUR"),
        ("250", "Budget 2025 (€)", "nl", "250", "EUR"),
        ("250", "Budget 2025-2028 (€)", "nl", "250", "EUR"),
        ("250", "Budget in euro, fase 1", "nl", "250", "EUR"),
        ("$1,500.50", "", "en", "1500.50", "USD"),
        ("12 usd", "Budget (€)", "en", "12", "USD"),
        ("GBP 7", "", "en", "7", "GBP"),
        ("5 meuro", "", "nl", "5000000", "EUR"),
        ("5 meur", "", "nl", "5000000", "EUR"),
        ("€ 1’500’000", "", "de", "1500000", "EUR"),
        ("€ 1,5", "", "en", "1.5", "EUR"),
        ("€ 12,50", "", "nl", "12.50", "EUR"),
    ],
)
def test_sure_budget(text: str, heading: str, language: str, amount: str, currency: str) -> None:
    """An amount with its currency and what it is counted in, in the cell or else in the heading."""
    assert (Decimal(amount), currency) == budget(text, heading, language=language, words=default_words())


THOUSANDS = """
Budget (x € 1.000) | Budget (x €1000) | Budget (×€ 1.000) | Budget (× 1.000 €) | Budget (x 1.000 euro) |
Budget (€ x 1.000) | Budget (€ * 1000) | Budget x 1.000 (€) | Budget (in € 1.000) | Budget (in 1.000 €) |
in duizenden euro's | Budget in duizendtallen (€) | Budget (k€) | Budget (€k) | Budget (€ k) | Budget (K euro) |
Budget (keuro) | Budget (kEUR) | Kosten (T€) | Kosten (T €) | Kosten (TEUR) | Kosten (in Tsd. €) |
Kosten (Tsd. Euro) | Kosten (in Tausend Euro) | Cost in thousands of euros | Cost (EUR thousand) | Cost (€ 000) |
Cost (€000s) | Cost (€'000)
"""
MILLIONS = """
Budget (in € mln) | Budget (€ x mln.) | Budget (mln €) | Budget (M€) | Budget (€M) | Budget (€ m) |
Budget (MEUR) | Budget in miljoenen euro's | Budget (x € 1.000.000) | Budget (€ x 1 000 000) | Kosten (Mio. €) |
Kosten (in Mill. Euro) | Cost in millions of euros
"""
ANOTHER_NUMBER = """
Budget (€ mld) | Budget in miljarden euro | Budget (1.000 €) | Budget (€ x 100) | Budget (€ in honderdduizenden) |
Kosten (Mrd. €) | Cost (€ bn) | Kosten per 1.000 inwoners (€) | Budget (€, 000s) | Budget (€ mln of x 1.000) |
Budget (euro, x 10.000) | Budget (€ duizendjes)
"""


@pytest.mark.parametrize(
    "heading",
    THOUSANDS.replace("\n", " ").strip().split(" | "),
)
def test_heading_of_thousands(heading: str) -> None:
    """However a heading says that the amounts are thousands of euros, 250 under it is 250000."""
    assert (Decimal(250_000), "EUR") == budget("250", heading, language="nl", words=default_words())


@pytest.mark.parametrize(
    "heading",
    MILLIONS.replace("\n", " ").strip().split(" | "),
)
def test_heading_of_millions(heading: str) -> None:
    """The same for millions."""
    assert (Decimal(250_000_000), "EUR") == budget("250", heading, language="nl", words=default_words())


@pytest.mark.parametrize(
    "heading",
    ANOTHER_NUMBER.replace("\n", " ").strip().split(" | "),
)
def test_heading_of_another_number(heading: str) -> None:
    """A heading that counts in what is not sure gives no amount; an amount in the cell with its currency stays."""
    assert budget("250", heading, language="nl", words=default_words()) is None
    assert (Decimal(250), "EUR") == budget("€ 250", heading, language="nl", words=default_words())


@pytest.mark.parametrize(
    ("text", "heading", "language"),
    [
        ("180", "Budget", "nl"),
        ("€ 1.500", "Budget", "en"),
        ("€ 1,500", "Budget", "nl"),
        ("€ 100 + € 50", "Budget", "nl"),
        ("€ 3 mln, € 4 mln", "Budget", "nl"),
        ("3 mln, 4 mln", "Budget (€)", "nl"),
        ("3 k, 4 k", "Budget (€)", "nl"),
        ("€ 3, € 4", "Budget", "nl"),
        ("3 euro 4 euro", "Budget", "nl"),
        ("€ 12,500", "Budget", "de"),
        ("€ 1.5000", "Budget", "nl"),
        ("100 - 200", "Budget (€)", "nl"),
        ("€ 100 p.j.", "Budget", "nl"),
        ("Land (beantragt)", "Finanzierung", "de"),
        ("€ of £ 5", "Budget", "en"),
        ("n.t.b.", "Budget (k€)", "nl"),
    ],
)
def test_unsure_budget(text: str, heading: str, language: str) -> None:
    """No currency, two amounts, other words, or a comma that may be of two kinds: no amount."""
    assert budget(text, heading, language=language, words=default_words()) is None
