"""What search engines read in a page: one small block in the words of schema.org."""

from __future__ import annotations

import json
from typing import Any

from kennis_ld.graph import formats
from kennis_ld.graph.catalogue import catalogue_triples, dataset_iri
from kennis_ld.graph.description import Description, statements
from kennis_ld.graph.structured_data import MOST_BYTES, page_data, structured_data
from tests.graph.cities import of_voorbeeldstad

CITY = "https://agenda.voorbeeld.example"
PREFIXES = f"""
@base <{CITY}/> . @prefix ks: <def#> . @prefix schema: <https://schema.org/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
"""


def block(turtle: str, iri: str, language: str = "nl") -> Any:
    """The block about a thing in a Turtle text."""
    lines = "".join(f"{line}\n" for line in formats.lines(formats.parsed((PREFIXES + turtle).encode(), "ttl")))
    about = Description(statements(lines.encode()), terms=f"{CITY}/def#")
    text = structured_data(f"{CITY}/{iri}", about, language=language, page=f"{CITY}/doc/x")
    assert len(text.encode()) <= MOST_BYTES
    return json.loads(text)


def test_a_project() -> None:
    """A project says its name and text in the language of the page, its theme, and who takes part."""
    turtle = """
    <p> a ks:Project , schema:Project ; schema:name "Sloten"@nl ; schema:description "Schoon."@nl , "Clean."@en ;
      schema:identifier "1a" ; schema:about <t> .
    <t> a skos:Concept ; skos:prefLabel "Water"@nl .
    <d> org:organization <p> ; org:member <o> ; org:role <r> . <r> skos:notation "T" .
    <o> a schema:Organization , schema:Library ; schema:name "Boekerij"@nl .
    """
    assert {
        "@context": "https://schema.org/",
        "@type": "Project",
        "@id": f"{CITY}/p",
        "name": "Sloten",
        "description": "Clean.",
        "identifier": "1a",
        "about": {"@type": "DefinedTerm", "@id": f"{CITY}/t", "name": "Water"},
        "member": [{"@type": "Library", "@id": f"{CITY}/o", "name": "Boekerij"}],
        "url": f"{CITY}/doc/x",
    } == block(turtle, "p", language="en")
    assert [{"@type": "Project", "@id": f"{CITY}/p", "name": "Sloten"}] == block(turtle, "o")["memberOf"]


def test_a_concept() -> None:
    """What has no type of schema.org gets the one that fits: a concept is a defined term."""
    found = block(
        '<t> a skos:Concept ; skos:prefLabel "Water"@nl ; skos:definition "Nat."@nl ; skos:inScheme <s> .', "t"
    )
    assert ("DefinedTerm", "Water", "Nat.", f"{CITY}/s") == tuple(
        found[name] for name in ("@type", "name", "description", "inDefinedTermSet")
    )


def test_a_licence_is_an_address() -> None:
    """Who reads it looks the licence up by its address, also where it is described beside the thing."""
    found = block('<d> a schema:Dataset ; schema:license <l> . <l> a schema:CreativeWork ; schema:name "CC0" .', "d")
    assert f"{CITY}/l" == found["license"]


def test_a_page_about_no_single_thing() -> None:
    """It says what it is called, in which language, of which site it is part, and what it shows."""
    site, dataset = (CITY, "Agenda van Voorbeeldstad"), f"{CITY}/id/dataset"
    text = page_data(f"{CITY}/projecten", "CollectionPage", "Projecten", language="nl", site=site, dataset=dataset)
    assert {
        "@context": "https://schema.org/",
        "@type": "CollectionPage",
        "@id": f"{CITY}/projecten",
        "name": "Projecten",
        "inLanguage": "nl",
        "isPartOf": {"@type": "WebSite", "@id": CITY, "name": "Agenda van Voorbeeldstad"},
        "isBasedOn": dataset,
        "url": f"{CITY}/projecten",
    } == json.loads(text)


def test_it_stays_small() -> None:
    """However long a text or a list is, the block is less than 4 kB; name and type stay."""
    identities = " , ".join(f"<https://e.example/{'x' * 80}{n}>" for n in range(200))
    text = "woord " * 900
    found = block(
        f'<o> a schema:Organization ; schema:name "Stad"@nl ; schema:description "{text}"@nl ; '
        f"owl:sameAs {identities} .",
        "o",
    )
    assert ("Organization", "Stad") == (found["@type"], found["name"])
    assert f"{('woord ' * 83).strip()}…" == found["description"]
    assert 10 < len(found["sameAs"]) < 200


def test_nothing_in_it_ends_the_script() -> None:
    """A text with markup stays a text."""
    found = block('<o> a schema:Organization ; schema:name "</script><b>&"@nl .', "o")
    assert "</script><b>&" == found["name"]


def test_a_dataset_has_what_portals_ask() -> None:
    """The dataset names publisher, licence and files, each with an address and a form (NDE; Google Dataset Search)."""
    catalogue, iris = of_voorbeeldstad()
    lines = "".join(f"{line}\n" for line in formats.lines(catalogue_triples(catalogue, iris)))
    about = Description(statements(lines.encode()), terms=iris.terms)
    iri = str(dataset_iri(catalogue.agenda.key, iris))
    found = json.loads(structured_data(iri, about, language="nl", page=iris.page(iri)))
    assert "Dataset" == found["@type"]
    for name in ("name", "description", "license", "publisher", "distribution"):
        assert found[name]
    for file in found["distribution"]:
        assert {"@type", "@id", "name", "contentUrl", "license"} <= set(file)
        assert {"encodingFormat", "usageInfo"} & set(file)
    whole = json.loads(structured_data(iris.resource("catalogus", "agenda"), about, language="nl", page=iris.catalogue))
    assert ("DataCatalog", "Dataset") == (whole["@type"], whole["dataset"]["@type"])
    assert {"name", "description", "license", "publisher"} <= set(whole["dataset"])
