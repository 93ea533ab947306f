"""`kennis-ld build`: checks, then writes a release and makes it the current one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kennis_ld.cli import building, findings
from kennis_ld.cli.console import remarks, result
from kennis_ld.cli.options import LANGUAGE, PUBLICATION, RELEASES, RESULT_FORMAT
from kennis_ld.cli.words import words
from kennis_ld.publication import settings


@click.command()
@PUBLICATION
@RELEASES
@click.option(
    "--despite-damage",
    is_flag=True,
    help="Where the current release is damaged: give up the URIs that it alone published.",
)
@RESULT_FORMAT
@LANGUAGE
def build(publication: Path | None, releases: Path | None, despite_damage: bool, form: str) -> None:
    """Check, then write a release and make it the current one.

    \b
    Example:
      kennis-ld build
      kennis-ld build data/leiden --releases releases --format json
    """
    built = building.built(settings.publication(publication), releases, gives_up=despite_damage)
    if built.release is None:
        findings.show(built.checked, form=form)
        remarks.print(words("build.stopped"), style="red")
        sys.exit(building.VIOLATIONS)
    if form == "json":
        made = {"release": built.release.name, "folder": str(built.release), "unchanged": built.unchanged}
        result(json.dumps(made))
    else:
        result(built.release)
    remarks.print(findings.summary(built.checked))
    for name in built.skipped:
        remarks.print(words("build.damaged", name=name), style="yellow")
    if built.unchanged:
        remarks.print(words("build.unchanged"))
