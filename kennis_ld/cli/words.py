"""The words of the commands: what `words.toml` says, in the language that was chosen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


def words(name: str, language: str, /, **values: object) -> str:
    """Returns the words under a name such as `adopt.rows`, with the values filled in.

    Raises:
        KeyError: there are no such words, which is a mistake in the program.
    """
    found: Any = _table()
    for part in name.split("."):
        found = found[part]
    return str(found[language]).format(**values)


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
