"""Numbers as a spreadsheet shows them, by their format code."""

from __future__ import annotations

import pytest

from kennis_ld.reading import numberformats


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (7, "000", "007"),
        (3, '"WP"0', "WP3"),
        (4, '0"a"', "4a"),
        (105, r"00\-00", "01-05"),
        (9, r"\P0", "P9"),
        (25000, "#,##0", "25000"),
        (25000, '"€" #,##0.00', "€ 25000.00"),
        (0.25, "0%", "25%"),
        (1.5, "0.00", "1.50"),
        (1.5, "0.##", "1.5"),
        (2, "0.##", "2"),
        (2.5, "0", "3"),
        (12345, "00", "12345"),
        (1234567, "0.0,,", "1.2"),
        (-3, "0", "-3"),
        (-3, "0;(0)", "(3)"),
        (0, '0;-0;"geen"', "geen"),
        (7, ";;;", ""),
        (7, "General", "7"),
        (7, 'General" jaar"', "7 jaar"),
        (7, "[Red]0", "7"),
        (7, "[$€-413] 0", "€ 7"),
        (0.5, "# ?/?", "0.5"),
        (7, "[>5]0", "7"),
        (7, "0_)", "7"),
        (1e20, "0", "100000000000000000000"),
    ],
)
def test_number(value: float, code: str, shown: str) -> None:
    """What stands in quotation marks, zeros in front, decimals and percentages come out as in the sheet."""
    assert shown == numberformats.number(value, code)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [("3", '"WP"@', "WP3"), ("geheim", ";;;", ""), ("Sloten", "0.00", "Sloten"), ("Sloten", "", "Sloten")],
)
def test_text(value: str, code: str, shown: str) -> None:
    """A format says how a text is shown as well, or hides it."""
    assert shown == numberformats.text(value, code)


@pytest.mark.parametrize(("code", "expected"), [("d-mmm", True), ('"dag" 0', False), ("[h]:mm", True), ("0.00", False)])
def test_date(code: str, expected: bool) -> None:
    """The letters of days, months and hours make a date, unless they are quoted."""
    assert expected is numberformats.is_date(code)
