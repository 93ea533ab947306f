"""Says what a portal would say of a publication before it is published, and what its next harvest would do."""

from __future__ import annotations

from pathlib import Path

from kennis_ld.cli import building, findings
from kennis_ld.cli.console import remarks
from kennis_ld.cli.words import words
from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.model import Severity
from kennis_ld.pipeline.definitions import portal_shapes
from kennis_ld.publication.publication import Publication
from kennis_ld.quality.messages import messages, sorted_messages
from kennis_ld.quality.portals import portal_messages
from kennis_ld.release import harvest


def foretell(publication: Publication, portal: str, *, releases: Path | None, form: str, lang: str) -> bool:
    """Prints what a portal would say and do; returns whether it would take the catalogue.

    Where violations would stop the release there is no catalogue, so these are printed instead.
    """
    rehearsed = building.rehearsed(publication, releases)
    if not rehearsed.checked.sound:
        findings.show(rehearsed.checked, form=form, lang=lang)
        remarks.print(words("build.stopped", lang), style="red")
        return False
    shapes = shapes_graph(portal_shapes(portal), publication.iris)
    said = portal_messages(rehearsed.catalogue, shapes)
    told = sorted_messages([*said, *messages(harvest.findings(rehearsed.harvest))])
    found = [item.as_json() for item in told]
    data = {"portal": portal, "findings": found, "harvest": rehearsed.harvest.as_json()}
    findings.show_messages(told, data, form=form, lang=lang)
    sound = all(item.severity is not Severity.VIOLATION for item in said)
    catalogue = publication.iris.catalogue
    remarks.print(words(f"portal.{portal}" if sound else "portal.refuses", lang, catalogue=catalogue))
    return sound
