"""What remains of a URI that people withdrew or replaced."""

from __future__ import annotations

from datetime import date

import pytest

from kennis_ld.graph.formats import lines
from kennis_ld.graph.tombstones import tombstone
from kennis_ld.iri import Iris
from kennis_ld.model.decision import Decision, following

IRIS = Iris("https://stad.example")
DAY = date(2032, 2, 20)
WITHDRAWN = Decision(IRIS.project("kaart"), "", "Op verzoek.", "Bureau Kennis", DAY)
REPLACED = Decision(IRIS.organisation("hsd"), IRIS.organisation("vloed"), "Samengegaan.", "Bureau Kennis", DAY)
SHORT = {
    "https://stad.example/": "",
    "http://www.w3.org/2002/07/owl#": "owl#",
    "http://www.w3.org/2004/02/skos/core#": "skos#",
    "http://www.w3.org/ns/prov#": "prov#",
    "http://purl.org/dc/terms/": "dct#",
    "http://purl.org/dc/elements/1.1/": "dc#",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs#",
    "http://www.w3.org/2001/XMLSchema#": "xsd#",
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>": "a",
}


def said(decision: Decision) -> list[str]:
    """The statements, with short names."""
    text = "\n".join(lines(tombstone(decision, IRIS, "nl")))
    for long, short in SHORT.items():
        text = text.replace(long, short)
    return text.splitlines()


def test_withdrawn() -> None:
    """It is deprecated and says why; the decision says who and when."""
    assert [
        '<id/project/kaart> <owl#deprecated> "true"^^<xsd#boolean> .',
        '<id/project/kaart> <skos#changeNote> "Op verzoek."@nl .',
        "<id/project/kaart> <prov#wasInvalidatedBy> <id/besluit/project--kaart> .",
        "<id/besluit/project--kaart> a <prov#Activity> .",
        '<id/besluit/project--kaart> <rdfs#label> "Besluit: project/kaart is ingetrokken"@nl .',
        '<id/besluit/project--kaart> <rdfs#label> "Decision: project/kaart was withdrawn"@en .',
        '<id/besluit/project--kaart> <dct#description> "Op verzoek."@nl .',
        '<id/besluit/project--kaart> <dc#creator> "Bureau Kennis" .',
        '<id/besluit/project--kaart> <dct#date> "2032-02-20"^^<xsd#date> .',
    ] == said(WITHDRAWN)


def test_replaced() -> None:
    """What took its place is said beside it, and the decision is called so."""
    found = said(REPLACED)
    assert "<id/organisatie/hsd> <dct#isReplacedBy> <id/organisatie/vloed> ." == found[3]
    assert '<id/besluit/organisatie--hsd> <rdfs#label> "Besluit: organisatie/hsd is vervangen"@nl .' in found
    assert '<id/besluit/organisatie--hsd> <rdfs#label> "Decision: organisatie/hsd was replaced"@en .' in found


@pytest.mark.parametrize("replaced_by", ["", IRIS.resource("deelname", "kaart", "vloed", "partner")])
def test_what_follows_from_a_decision_leads_to_it(replaced_by: str) -> None:
    """A participation of what was decided about has no decision of its own."""
    gone = IRIS.resource("deelname", "kaart", "hsd", "partner")
    short = "<id/deelname/kaart--hsd--partner>"
    replaced = [f"{short} <dct#isReplacedBy> <id/deelname/kaart--vloed--partner> ."] if replaced_by else []
    assert [
        f'{short} <owl#deprecated> "true"^^<xsd#boolean> .',
        f'{short} <skos#changeNote> "Samengegaan."@nl .',
        f"{short} <prov#wasInvalidatedBy> <id/besluit/organisatie--hsd> .",
        *replaced,
    ] == said(following(REPLACED, gone, replaced_by))
