"""`kennis-ld serve`: serves the current release, and each after it."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from kennis_ld.cli.console import remark
from kennis_ld.cli.options import LANGUAGE, PUBLICATION, RELEASES
from kennis_ld.cli.service_options import service_options
from kennis_ld.cli.words import words
from kennis_ld.engine import saved
from kennis_ld.model.texts import own
from kennis_ld.publication import settings
from kennis_ld.publication.bundled import bundled
from kennis_ld.release import manifest, publish
from kennis_ld.release.folders import releases_folder
from kennis_ld.serving import service as site
from kennis_ld.serving.service import Service


@click.command()
@LANGUAGE
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
        # Imported here: what builds takes a third of the time of a start, and stays in memory.
        from kennis_ld.cli import building, findings

        built = building.built(city, releases)
        if built.release is None:
            findings.show(built.checked, form="text")
            sys.exit(building.VIOLATIONS)
        folder = built.release
    remark(words("serve.release", name=folder.resolve().name, title=own(city.agenda.title)))
    if told := elsewhere(manifest.read(folder).base_uri, service):
        remark(told)
    site.serve(
        city,
        folder,
        queries=saved.load_all(bundled("queries")),
        service=service,
        ready=lambda: remark(words("serve.ready", address=service.address, port=service.port)),
    )


def elsewhere(base_uri: str, service: Service) -> str:
    """Returns a sentence where the links in a release lead to another address than the one it is served on."""
    base = urlsplit(base_uri)
    port = base.port or {"http": 80, "https": 443}[base.scheme]
    if base.hostname in _LOOPBACK:
        if base.scheme == "http" and port == service.port and not base.path:
            return ""
        return words("serve.elsewhere", base=base_uri, port=service.port)
    if (base.hostname, port) == (service.address, service.port):
        return ""
    return words("serve.behind", base=base_uri)


_LOOPBACK = {"localhost", "127.0.0.1"}
"""Hosts that are this machine: no proxy for others stands in front of them."""
