"""When a project runs and what it costs: what is sure is read, and what may mean two things is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kennis_ld.agenda.budgets import budget
from kennis_ld.agenda.periods import Period, moment, period, years_about
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
    assert (Decimal(amount), currency) == budget(text, heading, language=language)


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
    assert (Decimal(250_000), "EUR") == budget("250", heading, language="nl")


@pytest.mark.parametrize(
    "heading",
    MILLIONS.replace("\n", " ").strip().split(" | "),
)
def test_heading_of_millions(heading: str) -> None:
    """The same for millions."""
    assert (Decimal(250_000_000), "EUR") == budget("250", heading, language="nl")


@pytest.mark.parametrize(
    "heading",
    ANOTHER_NUMBER.replace("\n", " ").strip().split(" | "),
)
def test_heading_of_another_number(heading: str) -> None:
    """A heading that counts in what is not sure gives no amount; an amount in the cell with its currency stays."""
    assert budget("250", heading, language="nl") is None
    assert (Decimal(250), "EUR") == budget("€ 250", heading, language="nl")


@pytest.mark.parametrize(
    ("text", "heading", "language"),
    [
        ("180", "Budget", "nl"),
        ("€ 1.500", "Budget", "en"),
        ("€ 1,500", "Budget", "nl"),
        ("€ 100 + € 50", "Budget", "nl"),
        ("€ 3 mln, € 4 mln", "Budget", "nl"),
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
    assert budget(text, heading, language=language) is None
