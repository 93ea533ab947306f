"""Knows the registers of others that a column of the register names, and what an identifier of each looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kennis_ld.iri import is_web_address
from kennis_ld.model.organisation import AUTHORITIES

IDENTIFIER_IRIS: Mapping[str, str] = {register: start for register, (_, start, _) in AUTHORITIES.items()}
"""Registers that a column of the register table may name, and where their IRIs begin."""

ADDRESSES = "same_as"
"""The column for identities in any other register: full addresses, divided by `|`."""

_IDENTIFIERS: Mapping[str, re.Pattern[str]] = {
    "ror": re.compile(r"0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}"),
    "wikidata": re.compile(r"Q[1-9][0-9]{0,17}"),
    "tooi": re.compile(r"[\w.~-]+(?:/[\w.~-]+)*", re.ASCII),
}
"""What stands behind the beginning of an IRI in each register."""

_OTHER_SPELLINGS = re.compile(
    r"(?:https?://)?(?:(?:www\.)?(ror)\.org/|(?:www\.|m\.)?(wikidata)\.org/(?:entity|wiki)/)([^/?#]+)/?", re.IGNORECASE
)
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def fits(register: str, value: str) -> bool:
    """Whether a text is an identifier of a register, as it stands behind the beginning of its IRIs."""
    return _IDENTIFIERS[register].fullmatch(value) is not None


def ror_adds_up(identifier: str) -> bool:
    """Whether the last two digits of a ROR identifier fit: 98 − 100n mod 97 (ISO 7064) of six in Crockford's base 32.

    >>> ror_adds_up("027bh9e22"), ror_adds_up("027bh9e23")
    (True, False)
    """
    number = 0
    for letter in identifier[1:7]:
        number = number * 32 + _CROCKFORD.index(letter)
    return int(identifier[7:]) == 98 - number * 100 % 97


def identity(text: str) -> tuple[str, str] | None:
    """Returns the column of the register table that an identity belongs in, and its IRI; None where it is no address.

    >>> identity("https://www.wikidata.org/wiki/Q156598")
    ('wikidata', 'http://www.wikidata.org/entity/Q156598')
    >>> identity("https://data.example.org/id/organisatie/ul")
    ('same_as', 'https://data.example.org/id/organisatie/ul')
    >>> identity("41169515"), identity("https://ror.org/027bh9e23")
    (None, None)
    """
    plain = text.strip()
    if found := _OTHER_SPELLINGS.fullmatch(plain):
        register = (found[1] or found[2]).lower()
        value = found[3].lower() if register == "ror" else found[3].upper()
        plain = IDENTIFIER_IRIS[register] + value
    for register, start in IDENTIFIER_IRIS.items():
        if plain.startswith(start):
            value = plain.removeprefix(start)
            sound = fits(register, value) and (register != "ror" or ror_adds_up(value))
            return (register, plain) if sound else None
    if fits("wikidata", plain):
        return "wikidata", IDENTIFIER_IRIS["wikidata"] + plain
    if fits("ror", plain) and ror_adds_up(plain):
        return "ror", IDENTIFIER_IRIS["ror"] + plain
    return (ADDRESSES, plain) if is_web_address(plain) and "|" not in plain else None
