"""`kennis-ld check`: what is to be said about a publication, by us or by a portal, and proposals for its tables."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kennis_ld.cli import building, findings, language, portals
from kennis_ld.cli.console import remarks
from kennis_ld.cli.options import FINDINGS_FORMAT, LANGUAGE, PUBLICATION, RELEASES
from kennis_ld.publication import settings
from kennis_ld.publication.proposals import write_proposals
from kennis_ld.quality.portals import PORTALS


@click.command()
@PUBLICATION
@click.option(
    "--proposals", type=click.Path(path_type=Path), help="Folder for tables with what register and other tables lack."
)
@click.option(
    "--for",
    "portal",
    type=click.Choice(PORTALS),
    help="Say what that portal would say, and what its next harvest would do.",
)
@RELEASES
@FINDINGS_FORMAT
@LANGUAGE
def check(
    publication: Path | None, proposals: Path | None, portal: str | None, releases: Path | None, form: str
) -> None:
    """Read, resolve and validate; print the findings; write nothing but the proposals that were asked for.

    \b
    Example:
      kennis-ld check
      kennis-ld check data/leiden --format csv --lang en
      kennis-ld check data/leiden --proposals proposals
      kennis-ld check data/leiden --for nde
    """
    lang = language.chosen()
    city = settings.publication(publication)
    if portal:
        if proposals:
            raise click.UsageError("--proposals does not go with --for.")
        taken = portals.foretell(city, portal, releases=releases, form=form, lang=lang)
        sys.exit(0 if taken else building.VIOLATIONS)
    checked = building.checked(city)
    findings.show(checked, form=form, lang=lang, remarks=remarks)
    if proposals:
        findings.show_proposed(write_proposals(proposals, city, checked.gaps), city.folder, lang=lang, remarks=remarks)
    sys.exit(0 if checked.sound else building.VIOLATIONS)
