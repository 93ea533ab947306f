"""What portals would say: nothing of a catalogue that tells all, and each rule of the thing that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH

from kennis_ld.graph import formats
from kennis_ld.graph.catalogue import Catalogue, catalogue_triples
from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.graph.formats import Statement
from kennis_ld.iri import Iris
from kennis_ld.model import Identifier
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication.settings import _SCHEMA
from kennis_ld.publication.tables import REGISTER
from kennis_ld.quality.portals import PORTALS, place_of, portal_messages, portal_shapes
from tests.graph.cities import of_voorbeeldstad

IRIS = Iris("https://agenda.voorbeeld.example")
EVERY = ("portal-reachable", "portal-https", "portal-english")


TOOI = Identifier(register="tooi", value="gemeente/gm0000", iri="https://tooi.example/gemeente/gm0000")


@cache
def shapes(portal: str) -> Graph:
    return shapes_graph(portal_shapes(portal), IRIS)


def rules(portal: str) -> Sequence[str]:
    return sorted(str(shape).rpartition("#")[2] for shape in shapes(portal).subjects(SH.severity, None))


def city() -> Catalogue:
    """A city that tells portals all that they want to know."""
    little, _ = of_voorbeeldstad()
    facts = replace(
        little.facts,
        title=little.facts.title | {"en": "Projects of Voorbeeldstad"},
        spatial="https://sws.geonames.org/1/",
    )
    publisher = replace(little.publisher, identifiers=(TOOI,))
    return replace(
        little,
        facts=facts,
        publisher=publisher,
        creator=publisher,
        editions=(("eerste", "2021/2024", "2021-03-01"), ("tweede", "", "2025-02-01")),
    )


def said(portal: str, catalogue: Catalogue, *, without: str = "", base: str = IRIS.base) -> set[str]:
    """The rules that a portal finds broken, without the statements with a property."""
    iris = Iris(base)
    statements = formats.statements(catalogue_triples(catalogue, iris))
    kept: list[Statement] = [each for each in statements if not (without and each[1].endswith(f"{without}>"))]
    return {item.code.removeprefix("shape:") for item in portal_messages(kept, shapes(portal))}


@pytest.mark.parametrize("portal", PORTALS)
def test_a_city_that_tells_all_hears_nothing(portal: str) -> None:
    """No portal has anything to say of a catalogue that tells all."""
    assert set() == said(portal, city())


def changed(**facts: object) -> Catalogue:
    """The city with other facts."""
    whole = city()
    return replace(whole, facts=replace(whole.facts, **facts))  # type: ignore[arg-type]


def by(*issued: str) -> Catalogue:
    """The city with other dates of issue."""
    keys = ("eerste", "tweede")
    return replace(city(), editions=tuple((key, "2021/2024", day) for key, day in zip(keys, issued, strict=True)))


LONG = replace(city(), agenda=replace(city().agenda, description={"nl": "woord " * 400}))
CONTACT = replace(city().facts.contact, email="", url="https://voorbeeld.example")
OTHER = "https://voorbeeld.example/licentie"
BROKEN: dict[str, tuple[Catalogue, str]] = {
    "portal-english": (changed(title={"nl": "Projecten van Voorbeeldstad"}), ""),
    "nde-name": (city(), "schema.org/name"),
    "nde-description": (city(), "schema.org/description"),
    "nde-description-length": (LONG, ""),
    "nde-publisher": (city(), "schema.org/publisher"),
    "nde-creator": (city(), "schema.org/creator"),
    "nde-license": (city(), "schema.org/license"),
    "nde-license-list": (changed(license=OTHER), ""),
    "nde-issued": (by("", "2025-02-01"), ""),
    "nde-issued-day": (by("2021-03", "2025-02-01"), ""),
    "nde-modified-day": (by("2021-03-01", "2025"), ""),
    "nde-place": (changed(spatial=""), ""),
    "nde-period": (replace(city(), editions=(("eerste", "ooit", "2021-03-01"),)), ""),
    "nde-email": (changed(contact=CONTACT), ""),
    "ckan-title": (city(), "dc/terms/title"),
    "ckan-description": (city(), "dc/terms/description"),
    "ckan-tag-characters": (changed(keywords={"nl": ("kennis & kunde",)}), ""),
    "ckan-tag-length": (changed(keywords={"nl": ("k",)}), ""),
    "ckan-tags": (changed(keywords={}), ""),
    "ckan-license": (changed(license=OTHER), ""),
    "ckan-contact": (city(), "dcat#contactPoint"),
    "overheid-title": (city(), "dc/terms/title"),
    "overheid-description": (city(), "dc/terms/description"),
    "overheid-publisher": (city(), "dc/terms/publisher"),
    "overheid-creator": (city(), "dc/terms/creator"),
    "overheid-contact": (city(), "dcat#contactPoint"),
    "overheid-theme": (city(), "dcat#theme"),
    "overheid-access": (city(), "dc/terms/accessRights"),
    "overheid-license": (city(), "schema.org/license"),
    "overheid-license-list": (changed(license=OTHER), ""),
    "overheid-public": (changed(access_rights="RESTRICTED"), ""),
    "overheid-email": (changed(contact=CONTACT), ""),
    "overheid-publisher-known": (city(), "owl#sameAs"),
    "overheid-keyword": (changed(keywords={}), ""),
    "overheid-place": (changed(spatial=""), ""),
    "overheid-period": (replace(city(), editions=(("eerste", "ooit", "2021-03-01"),)), ""),
}
"""For each rule a catalogue that breaks it, and the end of the property that is taken out; empty where nothing is."""

FOLLOWS = {"overheid-license": {"overheid-license-list"}, "overheid-publisher": {"overheid-publisher-known"}}
FOLLOWS |= {"overheid-access": {"overheid-public"}, "nde-name": set(), "nde-license": set()}
FOLLOWS |= {key: {"portal-english", "ckan-license"} for key in ("overheid-title", "ckan-title")}
"""What else cannot hold then."""


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_finds_what_it_is_about(rule: str) -> None:
    """A catalogue with one fault breaks the rule about it, and no other but what follows from it."""
    portal = next((name for name in PORTALS if rule in rules(name) and rule not in EVERY), PORTALS[0])
    catalogue, without = BROKEN[rule]
    found = said(portal, catalogue, without=without)
    assert rule in found
    assert found <= {rule} | FOLLOWS.get(rule, set())


@pytest.mark.parametrize(
    ("base", "found"),
    [
        ("http://localhost:8000", {"portal-reachable", "portal-https"}),
        ("http://127.0.0.1", {"portal-reachable", "portal-https"}),
        ("https://10.1.2.3", {"portal-reachable"}),
        ("https://172.20.1.2", {"portal-reachable"}),
        ("https://server/agenda", {"portal-reachable"}),
        ("http://data.voorbeeld.example", {"portal-https"}),
        ("https://localhost.voorbeeld.example", set()),
        ("https://172.voorbeeld.example", set()),
        ("https://agenda.internal", {"portal-reachable"}),
        ("https://internal.voorbeeld.example", set()),
        ("https://10.voorbeeld.example", set()),
    ],
)
def test_a_portal_must_reach_the_address(base: str, found: set[str]) -> None:
    """An address of one machine or one network is refused, whatever it is called; one without https is remarked."""
    assert found == said("nde", city(), base=base)


def test_every_rule_has_a_failing_case() -> None:
    """A rule exists when its failing case exists."""
    assert {*BROKEN, *EVERY} == {rule for portal in PORTALS for rule in rules(portal)}


@pytest.mark.parametrize("portal", PORTALS)
def test_rules_explain_themselves_and_say_where(portal: str) -> None:
    """A rule says in two languages what, why and what to do, and names a setting or column that there is."""
    for rule in rules(portal):
        shape = URIRef(f"{IRIS.base}/def/shapes#{rule}")
        for predicate in (SH.name, SH.description, SH.message, URIRef(f"{IRIS.base}/def/shapes#remedy")):
            texts = [text for text in shapes(portal).objects(shape, predicate) if isinstance(text, Literal)]
            assert ["en", "nl"] == sorted(str(text.language) for text in texts), (rule, predicate)
        file, setting = place_of(shape, shapes(portal))
        if file == "register.csv":
            assert setting in REGISTER.columns
        else:
            table, _, name = setting.rpartition(".")
            assert name in _SCHEMA[table], setting


def test_a_finding_names_the_words_and_the_setting() -> None:
    """What is wrong, the keyword it is about, what to do, in which file and under which setting."""
    statements = formats.statements(catalogue_triples(changed(keywords={"nl": ("kennis & kunde",)}), IRIS))
    (item,) = portal_messages(statements, shapes("ckan"))
    assert ("publication.toml", "catalogue.keywords", "kennis & kunde") == (item.file, item.place, item.words)
    assert item.message["nl"].endswith("CKAN weigert dan de dataset: kennis & kunde")


def test_portal_rules_are_not_published_with_those_of_the_data() -> None:
    """Who validates data of ours with the published shapes is not told what portals want."""
    assert not any("shapes:nde-" in text for text in definitions().shapes)
