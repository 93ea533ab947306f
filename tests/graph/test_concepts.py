"""The concepts that a city adds."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from kennis_ld.graph.concepts import status_triples, theme_triples
from kennis_ld.iri import Iris
from kennis_ld.model import Status, Theme

BASE = "https://data.zandwijk.example"
IRIS = Iris(BASE)


def nl(text: str) -> Literal:
    return Literal(text, lang="nl")


def test_themes_and_their_parts() -> None:
    """Themes are the top of one scheme, what stands under them is narrower; spellings and definitions go along."""
    themes = [
        Theme("water", ("Water", "Waterzaken"), "Water", "Water!", "Over water.", "About water.", notation="1"),
        Theme("peil", ("Peil",), "Peil", broader="water"),
    ]
    scheme = URIRef(f"{BASE}/id/begrippenkader/themas")
    water, peil = (URIRef(f"{BASE}/id/thema/{key}") for key in ("water", "peil"))
    expected = {
        (scheme, RDF.type, SKOS.ConceptScheme),
        (scheme, DCTERMS.title, nl("Thema's")),
        (scheme, DCTERMS.title, Literal("Themes", lang="en")),
        (scheme, SKOS.prefLabel, nl("Thema's")),
        (scheme, SKOS.prefLabel, Literal("Themes", lang="en")),
        (scheme, SKOS.hasTopConcept, water),
        (water, RDF.type, SKOS.Concept),
        (water, SKOS.prefLabel, nl("Water")),
        (water, SKOS.prefLabel, Literal("Water!", lang="en")),
        (water, SKOS.altLabel, nl("Waterzaken")),
        (water, SKOS.definition, nl("Over water.")),
        (water, SKOS.definition, Literal("About water.", lang="en")),
        (water, SKOS.inScheme, scheme),
        (water, SKOS.notation, Literal("1")),
        (water, SKOS.topConceptOf, scheme),
        (water, SKOS.narrower, peil),
        (peil, RDF.type, SKOS.Concept),
        (peil, SKOS.prefLabel, nl("Peil")),
        (peil, SKOS.inScheme, scheme),
        (peil, SKOS.broader, water),
    }
    assert expected == set(theme_triples(themes, title={"nl": "Thema's", "en": "Themes"}, iris=IRIS, language="nl"))
    none = theme_triples([], title={"nl": "Thema's"}, iris=IRIS, language="nl")
    assert not [value for _, _, value in none if str(value) == ""]


def test_statuses() -> None:
    """Each status is a concept of one scheme, with what the settings say of it; without statuses there is no scheme."""
    statuses = [
        Status("loopt", {"nl": "Loopt", "en": "Running"}, {"nl": "Is bezig.", "en": "Is going on."}),
        Status("af", {"nl": "Af"}),
    ]
    scheme = URIRef(f"{BASE}/id/begrippenkader/statussen")
    running, done = (URIRef(f"{BASE}/id/begrip/status-{key}") for key in ("loopt", "af"))
    expected = {
        (scheme, RDF.type, SKOS.ConceptScheme),
        *((scheme, name, nl("Statussen van projecten")) for name in (DCTERMS.title, SKOS.prefLabel)),
        *((scheme, name, Literal("Statuses of projects", lang="en")) for name in (DCTERMS.title, SKOS.prefLabel)),
        *((status, RDF.type, SKOS.Concept) for status in (running, done)),
        *((status, SKOS.inScheme, scheme) for status in (running, done)),
        *((status, SKOS.topConceptOf, scheme) for status in (running, done)),
        *((scheme, SKOS.hasTopConcept, status) for status in (running, done)),
        (running, SKOS.prefLabel, nl("Loopt")),
        (running, SKOS.prefLabel, Literal("Running", lang="en")),
        (running, SKOS.definition, nl("Is bezig.")),
        (running, SKOS.definition, Literal("Is going on.", lang="en")),
        (done, SKOS.prefLabel, nl("Af")),
    }
    found = list(status_triples(statuses, IRIS))
    assert expected == set(found)
    assert len(expected) == len(found)
    assert [] == list(status_triples([], IRIS))
