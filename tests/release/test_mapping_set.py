"""The mapping set (SSSOM/TSV) and the research object (RO-Crate 1.1) that lie beside the data, by the rules of each."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from kennis_ld.model import Identifier, Organisation
from kennis_ld.publication import tables
from kennis_ld.publication.publication import Publication
from kennis_ld.release.crate import crate
from kennis_ld.release.mapping_set import mapping_set
from kennis_ld.web.catalogue import DUMPS
from tests.graph.cities import of_leiden, of_voorbeeldstad
from tests.publications import REGISTER
from tests.release.conftest import Builder

ROR, CONCEPT = "https://ror.org/027bh9e22", "https://thes.example/terms#c1"
EVIDENCE = 'seen as "Huis"\n\tin a list'
HOUSE = Organisation(
    "huis",
    "Huis",
    identifiers=(
        Identifier("same_as", CONCEPT, CONCEPT),
        Identifier("ror", "027bh9e22", ROR),
    ),
    evidence=EVIDENCE,
)


def read(text: str) -> tuple[dict[str, str], dict[str, str], list[dict[str, str]]]:
    """Prefixes, metadata and rows of a mapping set, as its specification says that they are read."""
    lines = text.splitlines(keepends=True)
    top = [line[1:].rstrip("\n") for line in lines if line.startswith("#")]
    assert "curie_map:" == top[0]
    pairs = [line.partition(": ") for line in top[1:]]
    prefixes = {name.strip(): json.loads(value) for name, _, value in pairs if name.startswith(" ")}
    metadata = {name: json.loads(value) for name, _, value in pairs if not name.startswith(" ")}
    return prefixes, metadata, list(csv.DictReader(lines[len(top) :], delimiter="\t"))


def test_each_identity_is_a_mapping() -> None:
    """Subject, property, object, who compared them and where that was read; every CURIE has its prefix on top."""
    catalogue, iris = of_voorbeeldstad()
    prefixes, metadata, rows = read(mapping_set([HOUSE], catalogue, iris))
    full = [
        tuple(prefixes[prefix] + name for prefix, _, name in (row[column].partition(":") for column in columns))
        for row in rows
        for columns in [("subject_id", "predicate_id", "object_id")]
    ]
    subject = iris.organisation("huis")
    assert [
        (subject, "http://www.w3.org/2002/07/owl#sameAs", ROR),
        (subject, "https://schema.org/sameAs", CONCEPT),
    ] == full
    assert {("Huis", "semapv:ManualMappingCuration", 'seen as "Huis" in a list')} == {
        (row["subject_label"], row["mapping_justification"], row["comment"]) for row in rows
    }
    assert {"mapping_set_id", "mapping_set_title", "license", "mapping_provider"} == set(metadata)


def test_leiden_has_all_its_identities(leiden: Publication) -> None:
    """No identity of the register is left out, and the order of the register does not change the bytes."""
    catalogue, iris = of_leiden(leiden)
    register = tables.organisations(leiden.table("register"))
    text = mapping_set(register, catalogue, iris)
    prefixes, _, rows = read(text)
    given = {identifier.iri for each in register for identifier in each.identifiers}
    told = {prefixes[prefix] + name for prefix, _, name in (row["object_id"].partition(":") for row in rows)}
    assert given == told
    assert len(rows) > 40
    assert text == mapping_set(reversed(register), catalogue, iris)


def entities(text: str) -> dict[str, dict[str, Any]]:
    whole = json.loads(text)
    assert "https://w3id.org/ro/crate/1.1/context" == whole["@context"]
    found = {each["@id"]: each for each in whole["@graph"]}
    assert len(found) == len(whole["@graph"])
    return found


def test_crate_keeps_the_rules() -> None:
    """A descriptor about the root, a root with what RO-Crate 1.1 asks for, and every reference is described."""
    catalogue, iris = of_voorbeeldstad()
    files = [("agenda.ttl", 7), ("CITATION.cff", 3), ("agenda.csv-metadata.json", 9)]
    found = entities(crate(catalogue, files, iris))
    descriptor = found["ro-crate-metadata.json"]
    assert ("CreativeWork", {"@id": "./"}) == (descriptor["@type"], descriptor["about"])
    assert {"@id": "https://w3id.org/ro/crate/1.1"} == descriptor["conformsTo"]
    root = found["./"]
    assert {"name", "description", "datePublished", "license"} < set(root)
    assert ("Dataset", "2025-02-01") == (root["@type"], root["datePublished"])
    assert sorted(name for name, _ in files) == [part["@id"] for part in root["hasPart"]]
    assert [("File", "7", "text/turtle"), ("File", "9", "application/csvm+json")] == [
        tuple(found[file][name] for name in ("@type", "contentSize", "encodingFormat"))
        for file in ("agenda.ttl", "agenda.csv-metadata.json")
    ]
    referred = {value["@id"] for value in root.values() if isinstance(value, dict)}
    assert referred
    assert referred < set(found)


def test_crate_tells_what_a_person_reads() -> None:
    """A licence has its name, or its address where we know none; an organisation its homepage, or its page here."""
    catalogue, iris = of_voorbeeldstad()
    for address, name in (
        ("https://creativecommons.org/licenses/by/4.0/deed.nl", "CC BY 4.0"),
        ("https://voorbeeldstad.example/licentie", "https://voorbeeldstad.example/licentie"),
    ):
        found = entities(crate(replace(catalogue, facts=replace(catalogue.facts, license=address)), [], iris))
        assert name == found[found["./"]["license"]["@id"]]["name"]
    publisher = catalogue.publisher
    iri = iris.organisation(publisher.key)
    for homepage, url in (("https://voorbeeldstad.example", "https://voorbeeldstad.example"), ("", iris.page(iri))):
        changed = replace(publisher, homepage=homepage)
        found = entities(crate(replace(catalogue, publisher=changed, creator=changed), [], iris))
        assert url == found[iri]["url"]


def test_date_that_nobody_told_is_none() -> None:
    """A city that does not date its edition gets no date of ours."""
    catalogue, iris = of_voorbeeldstad()
    found = entities(crate(replace(catalogue, editions=(("2025", "", ""),)), [], iris))
    assert "datePublished" not in found["./"]


def test_both_are_in_the_release(built: Builder) -> None:
    """A release has both, with the same bytes each time; every file of the research object can be fetched there."""
    register = f"{REGISTER.splitlines()[0]},ror\nzu,Universiteit Zandwijk,,,,,gezien,{ROR}\n"
    register += "\n".join(f"{line}," for line in REGISTER.splitlines()[1:] if not line.startswith("zu,")) + "\n"
    first = built({"register.csv": register}).release
    assert isinstance(first, Path)
    assert ROR.rpartition("/")[2] in (first / "identities.sssom.tsv").read_text(encoding="utf-8")
    parts = entities((first / "ro-crate-metadata.json").read_text(encoding="utf-8"))["./"]["hasPart"]
    names = {part["@id"] for part in parts}
    assert {"agenda.nq", "agenda.csv", "identities.sssom.tsv", "findings.json"} < names
    assert set() == names - {path.name for path in first.iterdir()}
    assert set() == names - set(DUMPS)
