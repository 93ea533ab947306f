"""The numbers of entries: what is one, which two are the same, and which a row of them leaves out."""

from __future__ import annotations

import pytest

from kennis_ld.agenda.numbers import is_number, left_out, number_key

NUMBERS = ["1", "1a", "1ab", "12", "12345", "1.2", "1-2", "WP3", "WP-3.2", "WPX1", "A.1", "01", "1.", "1a)", "１"]
NUMBERS += [" 1a ", "2.1.3a", "A-1", "1.", "12345678901"]
NO_NUMBERS = [
    "",
    "a",
    "Sloten",
    "1,5",
    "-",
    "123456789012",
    "1abc",
    "ABCD1",
    "1.2..3",
    "1a.)",
    "123.456.789a",
    "T: UL",
    "1 2",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_what_is_a_number(text: str) -> None:
    """Up to three letters, digits with points or hyphens, up to two letters, a mark: so agendas count."""
    assert is_number(text)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_none(text: str) -> None:
    """Words, sums, and what is longer than eleven characters are no numbers."""
    assert not is_number(text)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("1", "1"), ("01", "1"), ("001a", "1a"), ("1.", "1"), ("1)", "1"), (" 1A ", "1a"), ("１", "1"), ("0", "0"),
        ("00", "0"), ("10", "10"), ("A01", "a01"), ("1.02", "1.02"), ("", ""),
    ],
)  # fmt: skip
def test_which_two_are_the_same(number: str, key: str) -> None:
    """Noughts in front, a mark behind, capitals and wide digits make no difference; noughts inside do."""
    assert key == number_key(number)


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        pytest.param(["1a", "1b", "1d"], ["1c"], id="a letter between"),
        pytest.param(["1b", "1c"], ["1a"], id="letters start at a"),
        pytest.param(["1k", "1m", "1a"], [f"1{letter}" for letter in "bcdefghijl"], id="whatever their order"),
        pytest.param(["4", "6"], ["5"], id="a number between"),
        pytest.param(["4", "5"], [], id="numbers start anywhere"),
        pytest.param(["1.", "3)"], ["2"], id="marks"),
        pytest.param(["1.1", "1.3", "2.1", "2.2"], ["1.2"], id="each prefix by itself"),
        pytest.param(["1a", "2c"], ["2a", "2b"], id="each number by itself"),
        pytest.param(["WP1", "WP3"], ["WP2"], id="with letters in front, as printed"),
        pytest.param(
            ["VH-01", "VH-03", "VH-10"], ["VH-02", *(f"VH-{at:02}" for at in range(4, 10))], id="noughts in front"
        ),
        pytest.param(["01a", "01c"], ["1b"], id="noughts before letters"),
        pytest.param(["A1", "Aa"], [], id="digits and letters are not mixed"),
        pytest.param(["Sloten", "1", "3"], ["2"], id="what is no number does not count"),
        pytest.param(["9", "11"], ["10"], id="over ten"),
        pytest.param(["1"], [], id="one"),
        pytest.param([], [], id="none"),
    ],
)
def test_what_a_row_of_numbers_leaves_out(numbers: list[str], missing: list[str]) -> None:
    """Numbers are counted by what stands before the last part of them."""
    assert missing == list(left_out(numbers))


def test_a_slip_of_the_finger_does_not_leave_out_millions() -> None:
    """Of numbers that are far apart only what lies within ten thousand of the first is named."""
    found = list(left_out(["1", "99999999"]))
    assert (9_999, "2", "10000") == (len(found), found[0], found[-1])
