"""Addresses and numbers in texts: in which forms they are seen, and what looks like one and is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.agenda.contact_details import compact, details, is_bsn, is_iban, numbers_masked, withheld
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.model import Place
from kennis_ld.publication.language import default_words


@pytest.mark.parametrize(
    "number",
    [
        "06-10000001", "06 10 00 00 01", "0610000001", "071-1000001", "071 100 00 01", "(071) 100 00 01",
        "0511/10000001",
        "+31 6 10000001", "+31610000001", "+31 (0)6-10000001", "+ 31 71 1000001", "0031 6 10000001", "020 1000 0001",
        "+49-30-1000001", "+353.1.1000001", "071.100.00.01", "071/ 100 00 01",
        "tel. 12345", "tel 12345", "tel: 12345", "Tel.: 12345", "telefoon 12345", "telephone: 12345", "Telefon 12345",
        "mobiel 12345", "mobile 12345", "phone 12345", "mob. 12345", "fon 12345", "tel. nr. 12345", "tel.nr 12345",
        "tel +12345", "tel. 12 (3) 45-67",
    ],
)  # fmt: skip
def test_telephone_numbers(number: str) -> None:
    """A number is masked whole, in each form that people write, at the start, between words and at the end."""
    assert ["[telefoon]", "bel [telefoon] of", "GD ([telefoon])."] == [
        numbers_masked(text) for text in (number, f"bel {number} of", f"GD ({number}).")
    ]
    assert ("telephone",) == details(f"bel {number}", known=())
    assert () == details(f"bel {number}", known={compact(number)})


@pytest.mark.parametrize(
    "text",
    [
        "01-01-2025", "1-1-25", "01/01/2025", "01.01.2025", "2025-2027", "€ 1.000.000", "071", "06-1", "06-10000",
        "1a06-10000001", "06-10000001x", "artikel 0612345", "hotel 12345", "telt 12345", "tel. 1234", "0,5 fte",
        "12345678",
    ],
)  # fmt: skip
def test_no_telephone_numbers(text: str) -> None:
    """Dates, amounts, numbers of a few digits and digits in a word are none."""
    assert text == numbers_masked(text)
    assert () == details(text, known=())


@pytest.mark.parametrize(
    "address",
    [
        "a.b@stad.example", "A_B+c@mail.stad.example", "a(at)stad.example", "a (at) stad.example",
        "a [at] stad.example",
        "a (AT) stad.example", "a(apenstaartje)stad.example", "@stad",
    ],
)  # fmt: skip
def test_addresses(address: str) -> None:
    """An address is masked whole, also one that is written so that no program finds it, and a name of a network."""
    assert ["[e-mail]", "mail [e-mail]; of", "GD ([e-mail])"] == [
        numbers_masked(text) for text in (address, f"mail {address}; of", f"GD ({address})")
    ]
    assert ("e-mail",) == details(f"mail {address}", known=())


@pytest.mark.parametrize("text", ["a @ b", "a (bij) b", "kunst (atelier)", "[x]", "twee (at"])
def test_no_addresses(text: str) -> None:
    """A sign between blanks and other words in brackets are none."""
    assert (text, ()) == (numbers_masked(text), details(text, known=()))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("(071) 100-00/01.", "0711000001"),
        ("06 10.00 00-01", "0610000001"),
        ("A.B@Stad.example.", "a.b@stad.example"),
        ("NL91 ABNA 0417", "nl91abna0417"),
    ],
)
def test_what_a_person_decided_about(number: str, expected: str) -> None:
    """Numbers are compared without what stands between their digits; an address as it is, without the last stop."""
    assert expected == compact(number)


@given(st.integers(1, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_no_bsn(start: int, at: int, more: int) -> None:
    """The 11-proof notices a wrong digit; of every eight digits at most one ninth makes a BSN."""
    eight = f"{start:08}"
    proved = [number for last in range(10) if is_bsn(number := f"{eight}{last}")]
    weighed = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), eight, strict=True)) % 11
    assert ([f"{eight}{weighed}"] if weighed < 10 else []) == proved
    for number in proved:
        other = f"{number[:at]}{(int(number[at]) + more) % 10}{number[at + 1 :]}"
        assert not is_bsn(other)


@pytest.mark.parametrize(
    ("number", "proof"),
    [
        ("NO9386011117947", True),
        ("NO938601111794", False),
        ("MT84MALT011000012345MTLCAST001S", True),
        ("LC55HEMM000100010012001200023015", True),
        ("NL91-ABNA.0417 1643 00", True),
        ("NL91ABNA0417164309", False),
    ],
)
def test_iban(number: str, proof: bool) -> None:
    """An IBAN of any country has 15 to 34 signs and its proof; those of the examples are of the registry's page."""
    assert proof is is_iban(number)
    text = f"rekening {number}, en"
    assert (f"rekening {'[IBAN]' if proof else number}, en", ("IBAN",) if proof else ()) == withheld(text, known=())
    assert f"rekening {'[IBAN]' if proof else number}, en" == numbers_masked(text)


@pytest.mark.parametrize(
    "text", ["x123456782", "123456782x", "1,123456782", "123456782,5", "123456782-1", "-123456782"]
)
def test_nine_digits_in_another_number(text: str) -> None:
    """Beside letters, commas and dashes they are part of something else."""
    assert (text, ()) == withheld(text, known=())


@pytest.mark.parametrize("text", ["123456782", "123 45 6 782", "123.45.6.782", "1234.56.782", "1234 56 782"])
def test_forms_of_a_bsn(text: str) -> None:
    """With and without blanks and stops; each is told once, however many there are."""
    assert ("[BSN] en [BSN]", ("BSN",)) == withheld(f"{text} en {text}", known=())
    assert (f"{text} en {text}", ()) == withheld(f"{text} en {text}", known={"123456782"})
    assert "[BSN]" == numbers_masked(text)


def test_kinds_of_numbers_that_are_withheld() -> None:
    """One finding of an entry names them, each once."""
    privacy, text = Privacy(default_words(), Register([], [])), "BSN 123456782, NL91 ABNA 0417 1643 00, BSN 123456782"
    (finding,) = privacy.findings("Sloten", text, place=Place("a.docx", 1, 1), subject="1")
    assert ("number-withheld", {"kinds": "IBAN, BSN"}) == (finding.code, finding.values)


def test_kinds_of_details_of_a_person() -> None:
    """One finding of an entry names them, each once: those of its title and text, and a name behind "Contact"."""
    privacy, title = Privacy(default_words(), Register([], [])), "Sloten Contactpersoon: Voor Beeld, 06-12345678"
    (finding,) = privacy.findings(title, "a@b.nl of 06-12345678", place=Place("a.docx", 1, 1), subject="1")
    assert ("personal-details", {"kinds": "telephone, e-mail, name"}) == (finding.code, finding.values)
