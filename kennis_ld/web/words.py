"""The two languages of the site: its words, one table in `words.toml`, and the paths that each language has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from kennis_ld.data_file import data_file
from kennis_ld.graph.description import Term, fitting


class Words:
    """The words of one language.

    Attributes:
        language: "nl" or "en".
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._table = _table(language)

    def __call__(self, name: str, **values: object) -> str:
        """Returns the words under a name, with the values filled in; a missing name is a mistake in the program."""
        return self._table[name].format(**values)

    def count(self, kind: str, number: int) -> str:
        """Returns a number of things in words, such as "1 project" and "2 projecten"."""
        return self(f"count.{kind}-one" if number == 1 else f"count.{kind}", number=number)

    def day(self, written: str) -> str:
        """Returns a day or month of the data as people write it, and anything else as it stands.

        >>> Words("nl").day("2023-01-01"), Words("en").day("2023-01"), Words("nl").day("2023")
        ('1 januari 2023', 'January 2023', '2023')
        """
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", written)
        if found is None:
            return written
        year, month, day = found.groups()
        return f"{f'{int(day)} ' if day else ''}{self(f'month.{int(month)}')} {year}"

    def amount(self, written: str) -> str:
        """Returns a number as people write it, with two decimals where it is not whole.

        >>> Words("nl").amount("1250000.5"), Words("en").amount("1250000")
        ('1.250.000,50', '1,250,000')
        """
        number = Decimal(written)
        shown = f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"
        return shown.translate(str.maketrans(",.", ".,")) if self.language == "nl" else shown

    def get(self, name: str) -> str | None:
        """Returns the words under a name that need not be there (names of properties and types)."""
        return self._table.get(name)


def in_language(texts: Mapping[str, str], language: str) -> Term:
    """Returns which of a text in several languages fits a page in a language; nothing where there is none.

    >>> texts = {"de": "Wissensagenda", "en": "Knowledge agenda"}
    >>> in_language(texts, "nl").value, in_language(texts, "en").value
    ('Wissensagenda', 'Knowledge agenda')
    """
    if language in texts:
        return Term(texts[language], language=language)
    return fitting((Term(text, language=each) for each, text in texts.items()), language) or Term("")


def language_of(path: str) -> str:
    """Returns the language a path stands for: English under /en and in .en.html, else Dutch."""
    return "en" if path == "/en" or path.startswith("/en/") or path.endswith(".en.html") else "nl"


def best_language(wanted: Iterable[str]) -> str:
    """Returns the language of the site that fits the first tag that one fits, as "en" does "en-GB" (RFC 4647, 3.4).

    >>> best_language(["fr", "en-GB", "nl"]), best_language(["fr"])
    ('en', 'nl')
    """
    return next((language for tag in wanted if (language := tag.partition("-")[0].lower()) in {"nl", "en"}), "nl")


def twins(path: str) -> dict[str, str]:
    """Returns the path of the same page in each language, by language.

    >>> twins("/doc/project/a.en.html")
    {'nl': '/doc/project/a', 'en': '/doc/project/a.en.html'}
    >>> twins("/projecten")
    {'nl': '/projecten', 'en': '/en/projecten'}
    """
    if path.startswith(("/doc/", "/def", "/catalog", "/ldes")):
        stem = path.removesuffix(".html").removesuffix(".en")
        return {"nl": stem, "en": f"{stem}.en.html"}
    dutch = path.removeprefix("/en") if path == "/en" or path.startswith("/en/") else path
    return {"nl": dutch or "/", "en": f"/en{dutch}" if dutch != "/" else "/en"}


@cache
def _table(language: str) -> Mapping[str, str]:
    table: dict[str, str] = {}

    def collect(name: str, value: Mapping[str, Any]) -> None:
        if language in value and isinstance(value[language], str):
            table[name] = value[language]
        else:
            for key, inner in value.items():
                collect(f"{name}.{key}" if name else key, inner)

    collect("", data_file(__file__, "words.toml"))
    return table
