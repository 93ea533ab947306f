"""Knows in which language to speak: the one asked for with `--lang`, else that of the publication, else Dutch."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import click

from kennis_ld.cli import asked
from kennis_ld.publication.publication import SETTINGS_FILE

VARIABLE = "KENNIS_LD_LANG"
"""The variable of the environment that stands in for `--lang`, for who always wants the same language."""

LANGUAGES: tuple[str, ...] = ("nl", "en")
ARGUMENTS = "kennis_ld.arguments"
"""Under which a context keeps what was typed: what cannot be understood is said in the language of that too."""

_CHOSEN = "kennis_ld.language"
_SETTING = re.compile(r"^\s*language\s*=\s*[\"']?([a-z]+)", re.MULTILINE)


def chosen(context: click.Context | None = None) -> str:
    """Returns "nl" or "en"; a publication in another language is spoken of in English."""
    context = context or click.get_current_context(silent=True)
    if context is None:
        return chosen_in(())
    if _CHOSEN not in context.meta:
        context.meta[_CHOSEN] = chosen_in(context.meta.get(ARGUMENTS, ()))
    return str(context.meta[_CHOSEN])


def chosen_in(arguments: Sequence[str]) -> str:
    """Returns the language that arguments ask for, or that of the first publication among them."""
    if (lang := asked(arguments)) in LANGUAGES:
        return lang
    paths = (Path(each.removeprefix("--publication="), SETTINGS_FILE) for each in arguments)
    # Unlike `is_file`, this is quiet about what can be no path.
    file = next((path for path in paths if os.path.isfile(path)), None)  # noqa: PTH113
    try:
        text = file.read_bytes().decode("latin-1") if file else ""
    except OSError:
        return "nl"
    found = _SETTING.search(text)
    return "nl" if not found or found[1] == "nl" else "en"
