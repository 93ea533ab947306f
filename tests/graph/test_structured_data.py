"""What search engines read in a page: one small block in the words of schema.org."""

from __future__ import annotations

import json
from typing import Any

import pytest

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
@prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
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


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("skos:ConceptScheme", "DefinedTermSet"),
        ("owl:Ontology", "DefinedTermSet"),
        ("dcat:DataService", "WebAPI"),
        ("prov:Activity", "CreateAction"),
        ("prov:Entity", "Thing"),
        ("prov:Entity , schema:Thesis", "Thesis"),
        ("schema:Library , schema:Museum", ["Library", "Museum"]),
        ("schema:Organization , schema:Library", "Library"),
    ],
)
def test_type(kind: str, expected: object) -> None:
    """A type of schema.org, the special one before that of any organisation; else what it is in its words."""
    assert expected == block(f"<d> a {kind} .", "d")["@type"]


@pytest.mark.parametrize(
    ("said", "name", "expected"),
    [
        ('dct:description "Schoon."', "description", "Schoon."),
        ('skos:definition "Nat."@nl , "Wet."@en', "description", "Nat."),
        ('skos:altLabel "A"@nl , "B" , "C"@en', "alternateName", ["A", "B"]),
        ('schema:slogan "Nat."@de , "Wet."@en', "slogan", "Nat."),
        ("dct:license <l>", "license", f"{CITY}/l"),
        ("owl:sameAs <l>", "sameAs", f"{CITY}/l"),
        ("schema:about <l>", "about", {"@type": "Book", "@id": f"{CITY}/l", "name": "CC0"}),
        ("schema:about <m>", "about", f"{CITY}/m"),
        (f'schema:identifier "{CITY}/l"', "identifier", f"{CITY}/l"),
    ],
)
def test_property(said: str, name: str, expected: object) -> None:
    """A text in the language of the page, or the best there is; a thing with its name, a licence by its address."""
    assert expected == block(f'<d> {said} . <l> a schema:Book ; schema:name "CC0" .', "d")[name]


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
    found = block(f'<o> a schema:Museum , schema:Library ; schema:name "Stad"@nl ; owl:sameAs {identities} .', "o")
    assert (["Library", "Museum"], "Stad") == (found["@type"], found["name"])
    assert 10 < len(found["sameAs"]) < 200


def test_all_that_fits_is_told() -> None:
    """One byte more than fits takes the last item off the list that takes the most room, and then all of the list."""

    def length(more: int) -> str:
        said = f"schema:about <a> , <b> ; owl:sameAs <{'x' * 1200}> , <{'y' * (1200 + more)}> , <{'z' * 1200}>"
        return f"<o> a schema:Museum , schema:Library ; {said} ."

    room = MOST_BYTES - len(json.dumps(block(length(0), "o"), separators=(",", ":")))
    assert (3, 2) == tuple(len(block(length(room + more), "o")["sameAs"]) for more in (0, 1))
    long = f"schema:about <a> , <b> ; owl:sameAs <{'x' * 5000}> , <{'y' * 5000}>"
    assert {"@context", "@type", "@id", "name", "about", "url"} == set(block(f"<o> a schema:Museum ; {long} .", "o"))


def test_without_lists_the_longest_text_goes() -> None:
    """A letter that takes six bytes makes long texts too much; the others stay, and so do types and name."""
    texts = (f'schema:{name} "{"é" * count}"' for name, count in (("award", 9), ("slogan", 450), ("text", 400)))
    found = block(f"<o> a schema:Museum , schema:Library ; {' ; '.join(texts)} .", "o")
    assert {"@context", "@type", "@id", "name", "award", "text", "url"} == set(found)


def test_long_text_is_cut() -> None:
    """Of more than 500 characters whole words stay, of the name too; a text of 500 stays as it is."""
    cut = f"{('woord ' * 83).strip()}…"
    assert cut == block(f'<o> schema:description "{"woord " * 900}" .', "o")["description"]
    assert cut == block(f'<o> schema:name "{"woord " * 90}" .', "o")["name"]
    whole = f"{'woord ' * 83}aa"
    assert whole == block(f'<o> schema:description "{whole}" .', "o")["description"]
    assert cut == block(f'<o> schema:description "{whole}a" .', "o")["description"]


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
    assert ("DataCatalog", "Dataset", iri) == (whole["@type"], whole["dataset"]["@type"], found["identifier"])
    told = {"@type", "@id", "name", "description", "license", "publisher", "creator", "dateModified"}
    assert told == set(whole["dataset"])
