"""`kennis-ld build`: checks, then writes a release and makes it the current one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kennis_ld.cli import building, findings, language
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
    lang = language.chosen()
    built = building.built(settings.publication(publication), releases, gives_up=despite_damage)
    if built.release is None:
        findings.show(built.checked, form=form, lang=lang)
        remarks.print(words("build.stopped", lang), style="red")
        sys.exit(building.VIOLATIONS)
    if form == "json":
        made = {"release": built.release.name, "folder": str(built.release), "unchanged": built.unchanged}
        result(json.dumps(made))
    else:
        result(built.release)
    remarks.print(findings.summary(built.checked, lang))
    for name in built.skipped:
        text = words("build.damaged", lang, name=name)
        remarks.print(text, style="yellow")
    if built.unchanged:
        remarks.print(words("build.unchanged", lang))
