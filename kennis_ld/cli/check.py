"""`kennis-ld check`: what is to be said about a publication, by us or by a portal, and proposals for its tables."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kennis_ld.cli import building, findings
from kennis_ld.cli.console import remarks
from kennis_ld.cli.options import FINDINGS_FORMAT, LANGUAGE, PUBLICATION, RELEASES
from kennis_ld.cli.words import words
from kennis_ld.errors import UnreadableInput, remedy_for
from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.model import Severity
from kennis_ld.model.texts import own
from kennis_ld.pipeline.setting_proposals import proposed_settings
from kennis_ld.publication import settings
from kennis_ld.publication.proposals import write_proposals
from kennis_ld.publication.publication import Publication
from kennis_ld.quality.messages import messages, sorted_messages
from kennis_ld.quality.portals import PORTALS, portal_messages, portal_shapes
from kennis_ld.release import harvest


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
@click.option(
    "--propose-settings",
    type=click.Path(path_type=Path, allow_dash=True),
    help="File for lines of publication.toml by which the documents could be read, or - to print them; nothing else.",
)
@RELEASES
@FINDINGS_FORMAT
@LANGUAGE
def check(
    publication: Path | None,
    proposals: Path | None,
    portal: str | None,
    propose_settings: Path | None,
    releases: Path | None,
    form: str,
) -> None:
    """Read, resolve and validate; print the findings; write nothing but the proposals that were asked for.

    \b
    Example:
      kennis-ld check
      kennis-ld check data/leiden --format csv --lang en
      kennis-ld check data/leiden --proposals proposals
      kennis-ld check data/leiden --for nde
      kennis-ld check data/leiden --propose-settings -
    """
    city = settings.publication(publication)
    if publication is None:
        remarks.print(words("check.took", title=own(city.agenda.title), folder=city.folder))
    if portal:
        if proposals:
            raise click.UsageError("--proposals does not go with --for.")
        sys.exit(0 if _foretell(city, portal, releases, form) else building.VIOLATIONS)
    if propose_settings:
        _propose(city, propose_settings)
        return
    checked = building.checked(city)
    findings.show(checked, form=form)
    if proposals:
        findings.show_proposed(write_proposals(proposals, city, checked.gaps), city.folder)
    sys.exit(0 if checked.sound else building.VIOLATIONS)


def _foretell(city: Publication, portal: str, releases: Path | None, form: str) -> bool:
    """Prints what a portal would say and do; returns whether it would take the catalogue.

    Where violations would stop the release there is no catalogue, so these are printed instead.
    """
    rehearsed = building.rehearsed(city, releases)
    if not rehearsed.checked.sound:
        findings.show(rehearsed.checked, form=form)
        remarks.print(words("build.stopped"), style="red")
        return False
    shapes = shapes_graph(portal_shapes(portal), city.iris)
    said = portal_messages(rehearsed.catalogue, shapes)
    told = sorted_messages([*said, *messages(harvest.findings(rehearsed.harvest))])
    found = [item.as_json() for item in told]
    data = {"portal": portal, "findings": found, "harvest": rehearsed.harvest.as_json()}
    findings.show_messages(told, data, form=form)
    sound = all(item.severity is not Severity.VIOLATION for item in said)
    catalogue = city.iris.catalogue
    remarks.print(words(f"portal.{portal}" if sound else "portal.refuses", catalogue=catalogue))
    return sound


def _propose(city: Publication, file: Path) -> None:
    """Writes settings to a new file, or prints them.

    Raises:
        UnreadableInput: the file exists; what somebody wrote is never overwritten.
    """
    found = proposed_settings(city)
    if not found:
        remarks.print(words("settings.none"))
        return
    lines = "\n\n".join(f"# {document}\n{text}" for document, text in found.items()) + "\n"
    lines = lines.replace("\nleft_out = ", f"\n# {words('settings.left-out')}\nleft_out = ")
    if str(file) == "-":
        click.echo(lines, nl=False)
        return
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(lines)
    except OSError as error:
        raise UnreadableInput(
            f"The proposal cannot be written: {error.strerror}.",
            where=str(file),
            remedy=remedy_for(error, "Name a file that does not exist yet, in a folder that you may write in."),
        ) from error
    remarks.print(words("settings.written", path=file))
