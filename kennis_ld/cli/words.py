"""The words of the commands: what `words.toml` says, in the language that was chosen."""

from __future__ import annotations

from typing import Any

from kennis_ld.cli import language
from kennis_ld.data_file import data_file


def words(name: str, /, **values: object) -> str:
    """Returns the words under a name such as `adopt.rows` in the chosen language, with the values filled in.

    Raises:
        KeyError: there are no such words, which is a mistake in the program.
    """
    found: Any = data_file(__file__, "words.toml")
    for part in name.split("."):
        found = found[part]
    return str(found[language.chosen()]).format(**values)
