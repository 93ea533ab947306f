"""`kennis-ld export --static`: the whole site as files, for any web host."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kennis_ld.cli import building, progress
from kennis_ld.cli.console import remark, result
from kennis_ld.cli.options import LANGUAGE, PUBLICATION, RELEASES, RESULT_FORMAT
from kennis_ld.cli.words import words
from kennis_ld.engine import saved
from kennis_ld.engine.interface import TRUSTED
from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.export import static_site
from kennis_ld.publication import settings
from kennis_ld.publication.bundled import bundled
from kennis_ld.release import manifest
from kennis_ld.release.release import Release
from kennis_ld.serving.service import Service, site_settings
from kennis_ld.web.app import create_app
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.site import Site
from kennis_ld.web.store import store_files


@click.command()
@LANGUAGE
@PUBLICATION
@click.option(
    "--static",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for the site as files; an earlier export in it is replaced.",
)
@RELEASES
@RESULT_FORMAT
def export(publication: Path | None, folder: Path, releases: Path | None, form: str) -> None:
    """Write the whole site as files for any web host, with rules for nginx and Apache.

    Queries, filters and forms need a server, so they are left out; build a release first where there is none.

    \b
    Example:
      kennis-ld export --static site
      kennis-ld export data/leiden --static /srv/www/agenda
    """
    city = settings.publication(publication)
    current = building.current_release(city, releases).resolve()
    facts = manifest.verified(current)
    release = Release.of(current, facts)
    with progress.shown() as told:
        told("loading the release", 0, None)
        engine = StoreEngine(load_store(store_files(current, facts)), budget=TRUSTED)
        chosen = site_settings(city, saved.load_all(bundled("queries")), Service())
        site = Site(engine, Lookup(engine, release.iris), release, chosen)
        exported = static_site.export(create_app(site), site, folder, progress=told)
    if form == "json":
        result(json.dumps({"folder": str(exported.folder), "release": exported.release, "files": exported.files}))
    else:
        result(exported.folder)
    size = f"{exported.bytes / 1e6:.1f}"
    remark(words("export.done", files=exported.files, size=size, name=exported.release))
