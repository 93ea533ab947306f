"""What may be proposed for an organisation, what a person has to choose, and what never is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kennis_ld.linking.candidate import Candidate, Kind
from kennis_ld.linking.matching import Home, Link, Outcome, Wanted, links
from kennis_ld.model import Identifier, Organisation
from tests.linking.files import QID, ROR_A, ROR_B, ROR_C

OWN = "https://data.zandwijk.example/"
UZ = Organisation("uz", "Universiteit Zandwijk", "University of Zandwijk", spellings=("UniZand",))
GZ = Organisation("gz", "Gemeente Zandwijk", kind="GovernmentOrganization", spellings=("Zandwijk",))


def candidate(name: str, iri: str = ROR_A, *, kind: Kind = Kind.ORGANISATION, **more: str) -> Candidate:
    register = "ror" if "ror.org" in iri else "wikidata" if "wikidata" in iri else "same_as"
    made = Candidate((name,), {register: iri}, iri, kind=kind)
    return replace(made, **{key: (value,) if key == "country" else value for key, value in more.items()})


def linked(organisation: Organisation, *found: Candidate, home: Home | None = None) -> Link:
    (link,) = links(Wanted([organisation]), found, home=home or Home(), own=OWN)
    return link


def told(link: Link) -> tuple[Outcome, Sequence[tuple[float, str]]]:
    return link.outcome, [(hit.score, hit.candidate.where) for hit in link.hits]


@pytest.mark.parametrize("name", ["Universiteit Zandwijk", "UNIVERSITEIT  ZANDWIJK.", "University of Zandwijk"])
def test_same_name_is_proposed(name: str) -> None:
    """One organisation with the same name, in Dutch or English, whatever its capitals, is proposed."""
    assert (Outcome.PROPOSED, [(100.0, ROR_A)]) == told(linked(UZ, candidate(name)))


@pytest.mark.parametrize("name", ["Zandwijk Universiteit", "Universiteit Zandwyk", "UniZand"])
def test_name_that_is_nearly_the_same_is_a_choice(name: str) -> None:
    """Another order, a slip, or a name that is only a spelling here: a person says whether it is the same."""
    link = linked(UZ, candidate(name))
    assert Outcome.CHOOSE == link.outcome
    assert link.hits[0].score < 100 or link.hits[0].signs[0] == "near"


def test_name_like_nothing_is_nothing() -> None:
    """A part of the name is no likeness: a faculty is not its university."""
    assert (Outcome.NOTHING, []) == told(linked(UZ, candidate("Universiteit Zandwijk, faculteit der Letteren")))


def test_two_with_the_name_are_a_choice() -> None:
    """Of two namesakes none is proposed; both are to choose from."""
    link = linked(UZ, candidate(UZ.name, ROR_A), candidate(UZ.name, ROR_B))
    assert (Outcome.CHOOSE, {ROR_A, ROR_B}) == (link.outcome, {hit.candidate.where for hit in link.hits})


@pytest.mark.parametrize(
    ("more", "home"),
    [
        ({"site": "https://uz.example/en"}, Home()),
        ({"town": "Zandwijk"}, Home()),
        ({"town": "Duin"}, Home(town="DUIN")),
        ({"town_iri": "https://sws.geonames.org/1/"}, Home(town_iri="https://sws.geonames.org/1/")),
        ({"country": "NL"}, Home(country="nl")),
    ],
)
def test_namesakes_are_told_apart(more: dict[str, str], home: Home) -> None:
    """Site, town and country tell which of two namesakes is meant, where the file says them."""
    organisation = replace(UZ, homepage="http://www.uz.example")
    there = candidate(UZ.name, ROR_B, town="Veen", country="BE", site="https://veen.example")
    assert (Outcome.PROPOSED, [(100.0, ROR_A)]) == told(
        linked(organisation, there, candidate(UZ.name, ROR_A, **more), home=home)
    )


@pytest.mark.parametrize(
    ("country", "more", "outcome"),
    [
        ("PT", {}, Outcome.CHOOSE),
        ("NL", {}, Outcome.PROPOSED),
        ("", {}, Outcome.PROPOSED),
        ("PT", {"site": "https://uz.example/en"}, Outcome.PROPOSED),
        ("PT", {"town": "Zandwijk"}, Outcome.PROPOSED),
    ],
)
def test_namesake_in_another_country_is_a_choice(country: str, more: dict[str, str], outcome: Outcome) -> None:
    """The only one of that name is another one, as often as not, where it is abroad and nothing else speaks for it."""
    organisation = replace(UZ, homepage="http://www.uz.example")
    there = replace(candidate(UZ.name, **more), country=(country,) if country else ())
    assert (outcome, [(100.0, ROR_A)]) == told(linked(organisation, there, home=Home(country="NL")))


def test_name_that_is_nearly_the_same_in_another_country_is_passed_over() -> None:
    """Ministries and institutes of the whole world have names that are nearly the same; it is said."""
    link = linked(UZ, candidate("Universiteit Zandwyk", country="PT"), home=Home(country="NL"))
    assert (Outcome.NOTHING, ["abroad"]) == (link.outcome, [item.passed_over for item in link.passed_over])
    assert Outcome.CHOOSE == linked(UZ, candidate("Universiteit Zandwyk", country="PT")).outcome


def test_known_identity_goes_before_the_name() -> None:
    """Who has the ROR identifier of the register is the same, whatever its name; what it lacks is proposed."""
    organisation = replace(UZ, identifiers=(Identifier("ror", "027bh9e22", ROR_A),))
    other = Candidate(("Zandwijk Uni",), {"ror": ROR_A, "wikidata": QID}, "r")
    link = linked(organisation, other)
    assert (Outcome.PROPOSED, {"wikidata": QID}) == (link.outcome, dict(link.hits[0].adds))
    assert "identifier" == link.hits[0].signs[0]


def test_another_identifier_in_the_same_register_is_another_organisation() -> None:
    """A namesake with another ROR identifier is passed over, and said."""
    organisation = replace(UZ, identifiers=(Identifier("ror", "027bh9e22", ROR_A),))
    link = linked(organisation, Candidate((UZ.name,), {"ror": ROR_B, "wikidata": QID}, "r"))
    assert (Outcome.NOTHING, ["other"]) == (link.outcome, [item.passed_over for item in link.passed_over])


@pytest.mark.parametrize(
    ("name", "kind"), [("Zandwijk", Kind.UNSAID), ("Gemeente Zandwijk", Kind.PLACE), ("Zandwijk", Kind.PLACE)]
)
def test_territory_is_never_its_government(name: str, kind: Kind) -> None:
    """The town is not proposed for its municipality, also where the register spells it so; it is said."""
    link = linked(GZ, candidate(name, QID, kind=kind))
    assert (Outcome.NOTHING, ["place"]) == (link.outcome, [item.passed_over for item in link.passed_over])


def test_item_of_wikidata_for_a_government_is_a_choice() -> None:
    """One item is often both the municipality and its territory; beside another identity it is left out."""
    assert Outcome.CHOOSE == linked(GZ, candidate(GZ.name, QID)).outcome
    both = Candidate((GZ.name,), {"ror": ROR_A, "wikidata": QID}, ROR_A, kind=Kind.GOVERNMENT)
    assert {"ror": ROR_A} == dict(linked(GZ, both).hits[0].adds)


def test_identity_of_another_organisation_is_taken() -> None:
    """An identity belongs to one organisation of the register: a unit never gets that of its whole."""
    whole = replace(UZ, identifiers=(Identifier("ror", "027bh9e22", ROR_A),))
    unit = Organisation("uz-x", "Universiteit te Zandwijk")
    found = links(Wanted([whole, unit]), [candidate(unit.name)], home=Home(), own=OWN)
    assert [("uz-x", ["taken"])] == [
        (link.organisation.key, [item.passed_over for item in link.passed_over]) for link in found
    ]


def test_identity_for_two_is_a_choice() -> None:
    """Where one candidate has the names of two organisations, a person decides whose it is."""
    lab, huis = Organisation("lab", "Zandlab"), Organisation("huis", "Zandhuis")
    both = Candidate(("Zandlab", "Zandhuis"), {"ror": ROR_C}, ROR_C)
    assert [Outcome.CHOOSE] * 2 == [link.outcome for link in links(Wanted([lab, huis]), [both], home=Home(), own=OWN)]


def test_abbreviation_alone_is_no_candidate() -> None:
    """An abbreviation alone is nobody: UL is Leiden's and Ljubljana's. A name of the register may be one."""
    short = Candidate(("University of Zagora",), {"ror": ROR_A}, ROR_A, abbreviations=("UZ",))
    assert Outcome.NOTHING == linked(replace(UZ, abbreviations=("UZ",)), short).outcome
    assert (Outcome.CHOOSE, [(90.0, ROR_A)]) == told(linked(Organisation("uz", "UZ"), short))


def test_own_address_is_no_identity() -> None:
    """A publication is not linked with itself."""
    assert (Outcome.NOTHING, []) == told(linked(UZ, candidate(UZ.name, f"{OWN}id/organisatie/uz")))
