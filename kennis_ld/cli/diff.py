"""`kennis-ld diff`: what changed between two editions or releases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import click

from kennis_ld.cli import language
from kennis_ld.cli.console import remarks
from kennis_ld.cli.options import FINDINGS_FORMAT, LANGUAGE, RELEASES
from kennis_ld.cli.words import words
from kennis_ld.errors import UnreadableInput
from kennis_ld.graph import formats
from kennis_ld.model.texts import own
from kennis_ld.pipeline.assembly import Assembly
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.publication.publication import Publication
from kennis_ld.release import manifest, publish
from kennis_ld.release.diff import State, difference, state
from kennis_ld.release.diff_wording import lines, table
from kennis_ld.release.folders import kept, named, releases_folder


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: an edition or a release, what it is called, and what it says."""

    kind: str
    name: str
    title: str
    state: State


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--publication",
    type=click.Path(path_type=Path),
    help="The publication whose editions are compared.",
)
@RELEASES
@FINDINGS_FORMAT
@LANGUAGE
def diff(before: str, after: str, publication: Path | None, releases: Path | None, form: str) -> None:
    """Say what changed between two editions or releases: projects, numbers, themes, leads and partners.

    A and B are keys of editions, folders of releases, names of releases (the first characters will do), or "current".

    \b
    Example:
      kennis-ld diff 2028-2031 2032-2035 --publication data/zandwijk
      kennis-ld diff 3f2a current --format json
    """
    city = settings.publication(publication)
    folder = releases_folder(city, releases)
    with remarks.status(words("diff.comparing")):
        sides = [_side(name, city, folder) for name in (before, after)]
        found = difference(*(side.state for side in sides))
    if form == "json":
        names = {
            place: {"kind": side.kind, "name": side.name, "title": side.title}
            for place, side in zip(("from", "to"), sides, strict=True)
        }
        click.echo(json.dumps(names | found.as_json(), ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(table(found), nl=False)
    else:
        for line in lines(found, before=sides[0].title, after=sides[1].title, language=language.chosen()):
            click.echo(line)


def _side(name: str, publication: Publication, releases: Path) -> _Side:
    """Returns what an argument means.

    Raises:
        UnreadableInput: it is no edition and no release.
    """
    for edition in publication.editions:
        if edition.key == name:
            return _Side("edition", name, f"{own(edition.title)} ({name})", _edition(name, publication))
    folder = _release(name, releases)
    if folder is None:
        editions = ", ".join(edition.key for edition in publication.editions)
        known = ", ".join(path.name[:12] for path in kept(releases)) or "–"
        raise UnreadableInput(
            f"{name!r} is no edition of {own(publication.agenda.title)} and no release.",
            remedy=f"Editions: {editions}. Releases in {releases}: {known}.",
        )
    facts = manifest.verified(folder)
    iris = facts.iris
    with (folder / "agenda.nq").open("rb") as file:
        found = state(formats.default_graph(file), iris)
    return _Side("release", facts.release, f"{facts.title} ({facts.release[:12]})", found)


def _edition(key: str, publication: Publication) -> State:
    assembly = Assembly(publication, definitions(), version=version("kennis-ld"), keep=lambda said: None)
    found = state(assembly.statements(key), publication.iris)
    if waiting := sum(row.edition == key for row in assembly.proposed_identities):
        command = f"kennis-ld check {publication.folder} --proposals …"
        remarks.print(words("diff.waiting", number=waiting, key=key, command=command))
    return found


def _release(name: str, releases: Path) -> Path | None:
    if (Path(name) / manifest.MANIFEST).is_file():
        return Path(name)
    if name == publish.CURRENT:
        return publish.current(releases)
    return named(releases, name) if any(path.name.startswith(name) for path in kept(releases)) else None
