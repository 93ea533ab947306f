"""Says errors in Dutch: finds the English text in `errors_nl.toml`, with what is filled in, and returns the Dutch one.

Errors carry English, also from one process to another, and are translated where a person reads them. A text that is not
in the file stays English; a test finds the errors that the program can give and the file lacks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kennis_ld.data_file import data_file
from kennis_ld.errors import KennisError, QueryError

_GAP = re.compile(r"\{(\d)\}")
_PART = r"sheet .+|(?:pages?|table|after table|rows?|cell) [A-Z]*[0-9]+(?:-[0-9]+)?(?: to page [0-9]+)?"
_PLACE = re.compile(rf"(?P<document>.+?)(?::(?P<lines>[0-9]+(?:-[0-9]+)?))?(?P<where>(?:, (?:{_PART}))*)", re.DOTALL)


def said(error: KennisError, language: str) -> str:
    """Returns where it is, what is wrong and what to do, in "nl" or else in English."""
    if language != "nl":
        return str(error)
    # Where something is in a query has words of its own; elsewhere it is a place in a file.
    at = in_dutch(error.where) if isinstance(error, QueryError) else place(error.where, language)
    where = f"{at}: " if at else ""
    return f"{where}{in_dutch(error.what)} {in_dutch(error.remedy)}".rstrip()


def in_dutch(text: str) -> str:
    """Returns the Dutch of a text of an error, or the text itself where there is none.

    >>> in_dutch("The document has 9 pages")
    'The document has 9 pages'
    >>> in_dutch("The document cannot be opened: Permission denied.")
    'Het document kan niet worden geopend: dat mag deze gebruiker niet.'
    """
    if not text:
        return text
    for english, dutch in _known():
        if found := _found(english, text):
            said = dutch.format(*map(in_dutch, found.groups()))
            return said[:1].upper() + said[1:] if text[0].isupper() else said
    if "\n" in text:
        return "\n".join(map(in_dutch, text.split("\n")))
    return place(text, "nl") if divided(text)[2] else text


def place(text: str, language: str) -> str:
    """Returns a place as `kennis_ld.model.Place` says it, in "nl" or else in English.

    >>> place("a.pdf, page 3, row 9 to page 4, row 1", "nl")
    'a.pdf, bladzijde 3, rij 9 tot bladzijde 4, rij 1'
    """
    document, lines, where = divided(text)
    return f"{document}{lines}{where_in(where, language)}"


def divided(place: str) -> tuple[str, str, str]:
    """Returns document, lines (":3-4") and the rest of a place (", page 3, row 4"), of which two may be empty."""
    found = _PLACE.fullmatch(place)
    if not found:
        return place, "", ""
    return found["document"], f":{found['lines']}" if found["lines"] else "", found["where"]


def where_in(where: str, language: str) -> str:
    """Returns where in a document something stands, in "nl" or else in English."""
    return ", ".join(map(in_dutch, where.split(", "))) if language == "nl" else where


def known(template: str) -> bool:
    """Whether a text is in the file, with `{0}`, `{1}` for what is filled in."""
    return any(_found(english, template) for english, _ in _known())


@cache
def _known() -> Sequence[tuple[str, str]]:
    """The texts with most words of their own first, so that no general one takes the place of a special one."""
    return sorted(
        data_file(__file__, "errors_nl.toml").items(), key=lambda item: (-len(_GAP.sub("", item[0])), item[0])
    )


def _found(english: str, text: str) -> re.Match[str] | None:
    # To compile all of them takes longer than to start: few begin as the text does.
    return _pattern(english).fullmatch(text) if text.startswith(english.partition("{")[0][1:], 1) else None


@cache
def _pattern(english: str) -> re.Pattern[str]:
    """Returns what matches a text; its first letter may be a capital, since a sentence may begin with it."""
    parts = _GAP.split(english)
    first = re.escape(parts[0])
    if parts[0][:1].isalpha():
        first = f"(?i:{re.escape(parts[0][0])}){re.escape(parts[0][1:])}"
    return re.compile(first + "".join(f"(.*?){re.escape(part)}" for part in parts[2::2]), re.DOTALL)
