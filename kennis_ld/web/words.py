"""The words of the site: one table, Dutch and English, in `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("nl", "en")


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

    def get(self, name: str) -> str | None:
        """Returns the words under a name that need not be there (names of properties and types)."""
        return self._table.get(name)


def language_of(path: str) -> str:
    """Returns the language a path stands for: English under /en and in .en.html, else Dutch."""
    return "en" if path == "/en" or path.startswith("/en/") or path.endswith(".en.html") else "nl"


@cache
def _table(language: str) -> Mapping[str, str]:
    table: dict[str, str] = {}

    def collect(name: str, value: dict[str, Any]) -> None:
        if language in value and isinstance(value[language], str):
            table[name] = value[language]
        else:
            for key, inner in value.items():
                collect(f"{name}.{key}" if name else key, inner)

    collect("", tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8")))
    return table
