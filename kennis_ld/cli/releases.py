"""`kennis-ld releases`: which releases are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kennis_ld.cli import language
from kennis_ld.cli.options import LANGUAGE, PUBLICATION, RELEASES, RESULT_FORMAT
from kennis_ld.cli.words import words
from kennis_ld.errors import DamagedRelease
from kennis_ld.publication import settings
from kennis_ld.release import manifest, publish
from kennis_ld.release.folders import kept, releases_folder
from kennis_ld.release.manifest import Manifest

_SHOWN = ("projects", "organisations", "quads")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A release as the list shows it.

    Attributes:
        name: name of the release.
        facts: its manifest; None where that is damaged.
        current: whether it is the current one.
    """

    name: str
    facts: Manifest | None
    current: bool

    def as_json(self) -> dict[str, Any]:
        """Returns the release as values that JSON can write."""
        return {
            "release": self.name,
            "current": self.current,
            "damaged": self.facts is None,
            "previous": (self.facts.previous or None) if self.facts else None,
            "counts": dict(self.facts.counts) if self.facts else {},
        }


@click.command()
@LANGUAGE
@PUBLICATION
@RELEASES
@RESULT_FORMAT
def releases(publication: Path | None, releases: Path | None, form: str) -> None:
    """List the releases that are kept: the current one first, then the one before it, and so on.

    \b
    Example:
      kennis-ld releases
      kennis-ld releases data/leiden --format json
    """
    city = settings.publication(publication)
    listed = _listed(releases_folder(city, releases))
    if form == "json":
        click.echo(json.dumps([each.as_json() for each in listed], indent=1))
        return
    lang = language.chosen()
    if not listed:
        click.echo(words("releases.none", lang, city=city.folder), err=True)
    for each in listed:
        mark = "*" if each.current else " "
        if each.facts is None:
            click.echo(f"{mark} {each.name}  {words('releases.damaged', lang)}")
            continue
        shown = [name for name in _SHOWN if name in each.facts.counts]
        counts = ", ".join(f"{each.facts.counts[name]} {words(f'releases.{name}', lang)}" for name in shown)
        previous = each.facts.previous
        before = words("releases.after", lang, name=previous) if previous else words("releases.first", lang)
        click.echo(f"{mark} {each.name}  {counts}  {before}")


def _listed(folder: Path) -> list[_Listed]:
    now = publish.target(folder)
    found: dict[str, _Listed] = {}
    for path in kept(folder):
        try:
            facts = manifest.read(path)
        except DamagedRelease:
            facts = None
        found[path.name] = _Listed(path.name, facts, current=path.name == now)
    if now and now not in found:
        found[now] = _Listed(now, None, current=True)
    ordered: list[_Listed] = []
    name = now
    while name in found:
        ordered.append(found.pop(name))
        facts = ordered[-1].facts
        name = facts.previous if facts else ""
    return [*ordered, *found.values()]
