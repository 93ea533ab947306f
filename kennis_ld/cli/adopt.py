"""`kennis-ld adopt`: takes over what people made of the proposals."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from kennis_ld.cli import building
from kennis_ld.cli.console import remarks, result
from kennis_ld.cli.options import LANGUAGE, RELEASES, REQUIRED_PUBLICATION, RESULT_FORMAT
from kennis_ld.cli.words import words
from kennis_ld.publication import adoption, settings
from kennis_ld.release.folders import releases_folder
from kennis_ld.release.published import published


def _words(context: click.Context, parameter: click.Parameter, given: str) -> str:
    """Takes a text as one line; a decision without words is none."""
    text = " ".join(given.split())
    if not text or not text.isprintable():
        raise click.BadParameter("This should be words on one line.")
    return text


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@REQUIRED_PUBLICATION
@click.option(
    "--by",
    callback=_words,
    required=True,
    help="The office that decided; it is kept and published, so no name of a person.",
)
@click.option("--why", callback=_words, required=True, help="Why the rows are right.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the decision; today by default.")
@RELEASES
@RESULT_FORMAT
@LANGUAGE
def adopt(
    folder: Path, publication: Path, by: str, why: str, on: datetime | None, releases: Path | None, form: str
) -> None:
    """Take over, into the tables of the publication, what you made of the proposals in FOLDER.

    \b
    Example:
      kennis-ld adopt proposals data/leiden --by "Bureau Kennis" --why "De namen staan zo op hun sites"
    """
    city = settings.publication(publication)
    day = (on or datetime.now().astimezone()).date()
    adopted = adoption.adopt(
        city,
        folder,
        building.checked(city).gaps,
        decided=adoption.Decided(by, why, day),
        releases=published(releases_folder(city, releases)).releases,
    )
    if form == "json":
        result(json.dumps(asdict(adopted), ensure_ascii=False))
        return
    for table, rows in adopted.rows.items():
        result(words("adopt.row" if rows == 1 else "adopt.rows", rows=rows, path=city.folder / table))
    for item in adopted.replacements:
        for column, (before, after) in item.changes.items():
            told = {"table": item.table, "row": item.row, "column": column, "before": before, "after": after}
            result(words("adopt.replaced", **told))
    for old, new in adopted.replaced.items():
        result(words("adopt.now" if new else "adopt.gone", old=old, new=new, path=city.table("decisions")))
    command = f"kennis-ld undo {shlex.quote(str(city.folder))}"
    remarks.print(words("adopt.back", command=command))
