"""E-mail addresses, and telephone, BSN and IBAN numbers in texts.

Numbers that the law protects, BSN and IBAN, are withheld everywhere until a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kennis_ld.agenda.wording import MASK_MAIL, MASK_PHONE

_SIGN = r"[^\s,;:()<>|/\[\]]"
MAIL = re.compile(rf"{_SIGN}{{1,80}}(?:@|\s?[(\[](?:at|apenstaartje)[)\]]\s?){_SIGN}+|@\w+", re.IGNORECASE)
_DAY = r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2,4}"
PHONE = re.compile(
    rf"(?<![\w/.-])(?!{_DAY}(?![-/. ]?[0-9]))"
    rf"(?:\+\s?[0-9]{{1,3}}[\s.-]?(?:\(0\))?|(?:\((?=0[0-9]{{1,5}}\)))?0)[0-9](?:\)?[\s./–-]{{0,3}}[0-9]){{6,11}}(?!\w)"
    r"|(?<!\w)(?:tel(?:efoon|ephone|efon)?|mobiel|mobile|phone|mob|fon)\b\.?\s?:?\s?(?:nr\.?\s?)?"
    r"\+?[0-9](?:[\s.()/-]{0,2}[0-9]){4,14}"
    r"|(?<!\w)(?:toestel|tst|ext(?:ension)?|durchwahl|apparat|app)\b\.?\s?:?\s?[0-9]{2,6}(?!\w)",
    re.IGNORECASE,
)
_BSN = re.compile(
    r"(?<![\w.,+-])(?:[0-9]{3}[ .]?[0-9]{2}[ .]?[0-9][ .]?[0-9]{3}|[0-9]{4}[ .][0-9]{2}[ .][0-9]{3})(?!\w|[.,-][0-9])"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}[0-9]{2}(?:[ .-]?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)

# What no address and no number is without; looking for these is many times faster than for the whole.
_OF_MAIL, _DIGIT = re.compile(r"[@(\[]"), re.compile("[0-9]")


def withheld(text: str, *, known: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Returns a text without the BSN and IBAN in it, and which of the two there were.

    Args:
        known: numbers about which a person decided that they are published, without blanks and stops.
    """
    found: list[str] = []
    if not _DIGIT.search(text):
        return text, ()

    def replaced(match: re.Match[str], name: str, *, proof: bool) -> str:
        if not proof or compact(match[0]) in known:
            return match[0]
        found.append(name)
        return f"[{name}]"

    text = _IBAN.sub(lambda match: replaced(match, "IBAN", proof=is_iban(match[0])), text)
    text = _BSN.sub(lambda match: replaced(match, "BSN", proof=is_bsn(match[0])), text)
    return text, tuple(dict.fromkeys(found))


def details(text: str, *, known: Collection[str]) -> tuple[str, ...]:
    """Returns which personal details there are in running text: "e-mail", "telephone"; those decided about are none."""
    found = []
    for kind, pattern, sign in (("e-mail", MAIL, _OF_MAIL), ("telephone", PHONE, _DIGIT)):
        if sign.search(text) and any(compact(match[0]) not in known for match in pattern.finditer(text)):
            found.append(kind)
    return tuple(found)


def numbers_masked(text: str) -> str:
    """Returns a text without e-mail addresses, telephone, BSN and IBAN numbers."""
    if _OF_MAIL.search(text):
        text = MAIL.sub(MASK_MAIL, text)
    if not _DIGIT.search(text):
        return text
    text = _IBAN.sub(lambda match: "[IBAN]" if is_iban(match[0]) else match[0], text)
    return withheld(PHONE.sub(MASK_PHONE, text), known=())[0]


def compact(number: str) -> str:
    """Returns a number or address as those decided about are compared."""
    return re.sub(r"[\s.()/-]", "", number).casefold() if "@" not in number else number.strip(".").casefold()


def is_bsn(number: str) -> bool:
    """Whether nine digits pass the 11-proof of a burgerservicenummer (Besluit BSN, article 7)."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    if len(digits) != 9 or not any(digits):
        return False
    return sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0


def is_iban(number: str) -> bool:
    """Whether a number passes the check of ISO 13616: rearranged and with letters as numbers it is 1 modulo 97."""
    plain = re.sub(r"[\s.-]", "", number).upper()
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
