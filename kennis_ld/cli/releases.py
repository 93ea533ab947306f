"""`kennis-ld releases`: which releases are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kennis_ld.cli.options import LANGUAGE, PUBLICATION, RELEASES, RESULT_FORMAT
from kennis_ld.cli.words import words
from kennis_ld.errors import DamagedRelease
from kennis_ld.publication import settings
from kennis_ld.release import manifest, publish
from kennis_ld.release.folders import kept, releases_folder
from kennis_ld.release.manifest import Manifest

_SHOWN = ("projects", "organisations", "quads")


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
    folder = releases_folder(city, releases)
    now, listed = publish.target(folder), _listed(folder)
    if form == "json":
        click.echo(json.dumps([_as_json(name, facts, now=now) for name, facts in listed.items()], indent=1))
        return
    if not listed:
        click.echo(words("releases.none", city=city.folder), err=True)
    for name, facts in listed.items():
        mark = "*" if name == now else " "
        if facts is None:
            click.echo(f"{mark} {name}  {words('releases.damaged')}")
            continue
        counts = ", ".join(
            f"{facts.counts[each]} {words(f'releases.{each}')}" for each in _SHOWN if each in facts.counts
        )
        before = words("releases.after", name=facts.previous) if facts.previous else words("releases.first")
        click.echo(f"{mark} {name}  {counts}  {before}")


def _as_json(name: str, facts: Manifest | None, *, now: str) -> dict[str, Any]:
    return {
        "release": name,
        "current": name == now,
        "damaged": facts is None,
        "previous": (facts.previous or None) if facts else None,
        "counts": dict(facts.counts) if facts else {},
    }


def _listed(folder: Path) -> Mapping[str, Manifest | None]:
    """Returns the manifest of each release, None where it is damaged: the current one first, then the one before it."""
    found: dict[str, Manifest | None] = {}
    for path in kept(folder):
        try:
            found[path.name] = manifest.read(path)
        except DamagedRelease:
            found[path.name] = None
    now = publish.target(folder)
    if now:
        found.setdefault(now, None)
    ordered: dict[str, Manifest | None] = {}
    while now in found:
        facts = ordered[now] = found.pop(now)
        now = facts.previous if facts else ""
    return ordered | found
