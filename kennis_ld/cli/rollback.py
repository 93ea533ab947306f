"""`kennis-ld rollback`: the way back to an earlier release."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import click

from kennis_ld.cli import language
from kennis_ld.cli.console import remarks, result
from kennis_ld.cli.options import LANGUAGE, PUBLICATION, RELEASES, RESULT_FORMAT
from kennis_ld.cli.words import words
from kennis_ld.errors import DamagedRelease, UnreadableInput
from kennis_ld.publication import settings
from kennis_ld.release import manifest, publish
from kennis_ld.release.folders import named, releases_folder
from kennis_ld.release.published import current_last, earlier
from kennis_ld.translation import said


@click.command()
@LANGUAGE
@PUBLICATION
@click.argument("release", required=False)
@RELEASES
@RESULT_FORMAT
def rollback(publication: Path | None, release: str | None, releases: Path | None, form: str) -> None:
    """Go back to the previous release, or to RELEASE; a running site follows within seconds.

    RELEASE is the name of a release that is kept; its first characters will do.

    \b
    Example:
      kennis-ld rollback
      kennis-ld rollback data/leiden 3f2a
    """
    city = settings.publication(publication)
    folder = releases_folder(city, releases)
    before, name = _gone_back(folder, release, city=city.folder)
    if form == "json":
        result(json.dumps({"release": name, "before": before}))
        return
    result(folder / name)
    if name == before:
        click.echo(words("rollback.same", name=name), err=True)
    else:
        click.echo(words("rollback.done", name=name, before=before), err=True)


def _gone_back(folder: Path, release: str | None, *, city: Path) -> tuple[str, str]:
    """Goes back to a release, or to the previous one; returns the names of the one before and of the one of now."""
    # Also where the current release is damaged or gone: that is when the way back is needed most.
    before = current_last(folder)
    if not before and not release:
        raise UnreadableInput("There is no current release.", where=str(folder), remedy=f"Run: kennis-ld build {city}")
    with publish.locked(folder):
        name = named(folder, release).name if release else _previous(folder, before)
        publish.switch(folder, name, by="rollback", version=version("kennis-ld"))
    return before, name


def _previous(folder: Path, now: str) -> str:
    """Returns the name of the newest sound release before one."""
    for name in earlier(folder, now):
        try:
            return manifest.verified(folder / name).release
        except DamagedRelease as error:
            remarks.print(said(error, language.chosen()))
    raise UnreadableInput(
        f"There is no release before the current one, {now}, that is sound.",
        where=str(folder),
        remedy="Build another one first, or name a release; `kennis-ld releases` lists them.",
    )
