"""`kennis-ld check`: what is to be said about a publication, by us or by a portal, and proposals for its tables."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kennis_ld.cli import building, findings, language, portals
from kennis_ld.cli.console import remarks
from kennis_ld.cli.options import FINDINGS_FORMAT, LANGUAGE, PUBLICATION, RELEASES
from kennis_ld.cli.words import words
from kennis_ld.errors import UnreadableInput, remedy_for
from kennis_ld.model.texts import own
from kennis_ld.pipeline.setting_proposals import proposed_settings
from kennis_ld.publication import settings
from kennis_ld.publication.proposals import write_proposals
from kennis_ld.publication.publication import Publication
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
    lang = language.chosen()
    city = settings.publication(publication)
    if publication is None:
        remarks.print(words("check.took", lang, title=own(city.agenda.title), folder=city.folder))
    if portal:
        if proposals:
            raise click.UsageError("--proposals does not go with --for.")
        taken = portals.foretell(city, portal, releases=releases, form=form, lang=lang)
        sys.exit(0 if taken else building.VIOLATIONS)
    if propose_settings:
        _propose(city, propose_settings, lang)
        return
    checked = building.checked(city)
    findings.show(checked, form=form, lang=lang)
    if proposals:
        findings.show_proposed(write_proposals(proposals, city, checked.gaps), city.folder, lang=lang)
    sys.exit(0 if checked.sound else building.VIOLATIONS)


def _propose(city: Publication, file: Path, lang: str) -> None:
    """Writes settings to a new file, or prints them.

    Raises:
        UnreadableInput: the file exists; what somebody wrote is never overwritten.
    """
    found = proposed_settings(city)
    if not found:
        remarks.print(words("settings.none", lang))
        return
    lines = "\n\n".join(f"# {document}\n{text}" for document, text in found.items()) + "\n"
    lines = lines.replace("\nleft_out = ", f"\n# {words('settings.left-out', lang)}\nleft_out = ")
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
    remarks.print(words("settings.written", lang, path=file))
