"""`kennis-ld new`: a new, empty publication for another city."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kennis_ld.cli.console import remarks, result
from kennis_ld.cli.options import LANGUAGE, RESULT_FORMAT
from kennis_ld.cli.words import words
from kennis_ld.publication import scaffold


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@RESULT_FORMAT
@LANGUAGE
def new(folder: Path, form: str) -> None:
    """Make a new, empty publication for a city; its comments lead the way.

    \b
    Example:
      kennis-ld new my-city
      kennis-ld check my-city
    """
    written = scaffold.write(folder)
    if form == "json":
        result(json.dumps({"folder": str(folder), "files": [path.name for path in written]}, ensure_ascii=False))
    else:
        for path in written:
            result(path)
    remarks.print(words("new.begin", path=folder / scaffold.GUIDE))
