"""`kennis-ld undo`: takes the last adoption of a publication back."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kennis_ld.cli.console import result
from kennis_ld.cli.options import LANGUAGE, REQUIRED_PUBLICATION, RESULT_FORMAT
from kennis_ld.cli.words import words
from kennis_ld.publication import settings, undoing


@click.command()
@REQUIRED_PUBLICATION
@RESULT_FORMAT
@LANGUAGE
def undo(publication: Path, form: str) -> None:
    """Take the last adoption back: the tables are again what they were before.

    \b
    Example:
      kennis-ld undo my-city
    """
    undone = undoing.undo(settings.publication(publication).folder)
    if form == "json":
        told = {
            "restored": [str(path) for path in undone.restored],
            "removed": [str(path) for path in undone.removed],
        }
        result(json.dumps(told, ensure_ascii=False))
        return
    for path in undone.restored:
        result(words("undo.restored", path=path))
    for path in undone.removed:
        result(words("undo.removed", path=path))
