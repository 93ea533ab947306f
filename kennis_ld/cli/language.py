"""Knows in which language to speak: the one asked for with `--lang`, else that of the publication, else Dutch."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from kennis_ld.publication.publication import SETTINGS_FILE

VARIABLE = "KENNIS_LD_LANG"
"""The variable of the environment that stands in for `--lang`, for who always wants the same language."""

LANGUAGES = ("nl", "en")
_LANGUAGE = "kennis_ld.language"
_PUBLICATION = "kennis_ld.publication"
_SETTING = re.compile(r"^\s*language\s*=\s*[\"']?([a-z]+)", re.MULTILINE)


def keep_language(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """Keeps what was asked for, so that an error can be said in it."""
    context.meta[_LANGUAGE] = given
    return given


def keep_publication(context: click.Context, parameter: click.Parameter, given: Path | None) -> Path | None:
    """Keeps which publication it is about, so that an error can be said in its language."""
    context.meta[_PUBLICATION] = given
    return given


def chosen(context: click.Context | None = None) -> str:
    """Returns "nl" or "en"; a publication in another language is spoken of in English."""
    context = context or click.get_current_context(silent=True)
    meta = context.meta if context else {}
    asked = meta.get(_LANGUAGE) or os.environ.get(VARIABLE, "")
    if asked in LANGUAGES:
        return str(asked)
    folder = meta.get(_PUBLICATION)
    if folder is None:
        return "nl"
    try:
        text = (folder / SETTINGS_FILE).read_bytes().decode("latin-1")
    except OSError:
        return "nl"
    found = _SETTING.search(text)
    return "nl" if not found or found[1] == "nl" else "en"
