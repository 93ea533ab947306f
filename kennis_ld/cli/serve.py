"""`kennis-ld serve`: serves the current release, and each after it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kennis_ld.cli import building, findings
from kennis_ld.cli.console import remark, remarks
from kennis_ld.cli.options import PUBLICATION, RELEASES
from kennis_ld.cli.service_options import service_options
from kennis_ld.engine import saved
from kennis_ld.publication import settings
from kennis_ld.publication.bundled import bundled
from kennis_ld.release import publish
from kennis_ld.release.folders import releases_folder
from kennis_ld.serving import service as site
from kennis_ld.serving.service import Service


@click.command()
@PUBLICATION
@RELEASES
@service_options
def serve(publication: Path | None, releases: Path | None, service: Service) -> None:
    """Serve the current release and each after it; build one first where there is none.

    \b
    Example:
      kennis-ld serve
      kennis-ld serve data/leiden --port 8080
      kennis-ld serve data/leiden --trusted-proxy 127.0.0.1 --query-seconds 5
    """
    city = settings.publication(publication)
    folder = publish.current(releases_folder(city, releases))
    if folder is None:
        built = building.built(city, releases)
        if built.release is None:
            findings.show(built.checked, form="text", lang="nl", remarks=remarks)
            sys.exit(building.VIOLATIONS)
        folder = built.release
    remark(f"Release {folder.resolve().name} of {city.agenda.title}")
    site.serve(
        city,
        folder,
        queries=saved.load_all(bundled("queries")),
        service=service,
        ready=lambda: remark(f"Serving on http://{service.address}:{service.port}/ (Ctrl-C stops)"),
    )
