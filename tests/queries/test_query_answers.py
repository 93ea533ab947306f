"""Every saved query gives exactly the rows that can be seen by eye in Duinstad (`duinstad/agenda-2028.txt`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from kennis_ld.model.saved_query import SavedQuery

Rows = list[tuple[str, ...]]
Ask = Callable[..., Rows]

GD, UD = ("organisatie/gd", "Gemeente Duinstad"), ("organisatie/ud", "Universiteit Duinstad")
FN, LAB = ("organisatie/ud-fn", "Faculteit Natuur"), ("organisatie/ud-fn-lab", "Waterlab")
MZ, DT, VC = (
    ("organisatie/mz", "Museum Zee"),
    ("organisatie/dt", "Dune Trust"),
    ("organisatie/voorlopig-vogelclub", "Vogelclub"),
)
DUINPAD, ZEEWATER = ("project/duinpad", "Duinpad"), ("project/zeewater", "Zeewater")
STRANDZORG, DUINMUSEUM = ("project/strandzorg", "Strandzorg"), ("project/duinmuseum", "Duinmuseum")
STRANDTENT = ("project/strandtent", "Strandtent")
NOW = "editie/2028"

ANSWERS: Mapping[str, tuple[dict[str, str], Rows]] = {
    "edities": (
        {},
        [
            ("editie/2024", "Agenda 2024", "2024/2028", "2024-03-01", "", "3", "4"),
            (NOW, "Agenda 2028", "", "", "editie/2024", "4", "8"),
        ],
    ),
    "gewisselde-trekkers": (
        {},
        [
            (*DUINPAD, *UD, "gaat", "", NOW),
            (*DUINPAD, *GD, "komt", "", NOW),
            # The edition names a lead that the one before did not, and says since when; the museum led in both.
            (*ZEEWATER, *LAB, "komt", "", NOW),
            (*ZEEWATER, *MZ, "gaat", "2027-01-01", NOW),
            (*ZEEWATER, *LAB, "komt", "2027-01-01", NOW),
        ],
    ),
    "herkomst-van-project": (
        {"project": "duinpad"},
        [
            (DUINPAD[0], *who, role, words, way, certainty, "agendapunt/2028--duinpad", NOW, "3", "4", "", "",
             "T: GD P: UD/FN, GD, bewoners e.a.")
            for who, role, words, way, certainty in (
                (GD, "trekker", "GD", "herleid via een afkorting", "bevestigd"),
                (FN, "partner", "UD/FN", "herleid als onderdeel", "beoogd"),
                (GD, "partner", "GD", "herleid via een afkorting", "beoogd"),
            )
        ],
    ),
    "hoe-namen-zijn-herleid": (
        {},
        [
            ("begrip/herleid-naam", "herleid via de naam", "3"),
            ("begrip/herleid-afkorting", "herleid via een afkorting", "2"),
            ("begrip/herleid-onderdeel", "herleid als onderdeel", "1"),
            ("begrip/herleid-spelling", "herleid via een schrijfwijze", "1"),
            ("begrip/herleid-voorlopig", "voorlopige organisatie", "1"),
        ],
    ),
    "identiteiten-elders": (
        {},
        [
            (*GD, "TOOI", "gemeente/gm9999", "https://identifier.overheid.nl/tooi/id/gemeente/gm9999",
             "TOOI, list of municipalities"),
            (*UD, "ROR", "00dvn0054", "https://ror.org/00dvn0054", "ROR, name and town"),
        ],
    ),
    "keten-van-onderdelen": (
        {},
        [
            (*FN, *LAB, *ZEEWATER, "trekker"),
            (*UD, *FN, *DUINPAD, "partner"),
            (*UD, *LAB, *ZEEWATER, "trekker"),
        ],
    ),
    "met-wie-werkt-organisatie": ({"organisatie": "ud"}, [(UD[0], *GD, "1"), (UD[0], *MZ, "1")]),
    "namen-in-de-bron": (
        {"organisatie": "ud"},
        [
            (UD[0], "UD", "herleid via een schrijfwijze", "1"),
            (UD[0], "univ. Duinstad", "herleid via een schrijfwijze", "1"),
        ],
    ),
    "nieuw-en-verdwenen": (
        {},
        [(NOW, "nieuw", *DUINMUSEUM), (NOW, "nieuw", *STRANDZORG), (NOW, "verdwenen", *STRANDTENT)],
    ),
    "onbenoemde-groepen": ({}, [("bewoners", *DUINPAD)]),
    "open-lijsten": ({}, [("project/duinpad", "1a", "Duinpad", "e.a.")]),
    "partijen-per-project": (
        {},
        [
            ("project/duinpad", "1a", "Duinpad", "1", "2", "true"),
            ("project/zeewater", "1b", "Zeewater", "2", "1", "false"),
            ("project/strandzorg", "2a", "Strandzorg", "1", "1", "false"),
            ("project/duinmuseum", "2b", "Duinmuseum", "0", "0", "false"),
        ],
    ),
    "projecten-met-woord": (
        {"woord": "zEE"},
        [
            ("zEE", "project/zeewater", "1b", "Zeewater", "true"),
            ("zEE", "project/duinpad", "1a", "Duinpad", "false"),
            ("zEE", "project/strandzorg", "2a", "Strandzorg", "false"),
        ],
    ),
    "projecten-per-thema": (
        {},
        [
            ("thema/natuur", "Natuur", "", "3"),
            ("thema/water", "Water", "thema/natuur", "1"),
            # Strandtent was about care too, but it left the agenda.
            ("thema/zorg", "Zorg", "", "1"),
            ("thema/kunst", "Kunst", "", "0"),
        ],
    ),
    "projecten-van-organisatie": (
        {"organisatie": "ud"},
        [
            (UD[0], *FN, *DUINPAD, "partner", "beoogd"),
            (UD[0], *UD, *ZEEWATER, "partner", "beoogd"),
            (UD[0], *LAB, *ZEEWATER, "trekker", "bevestigd"),
        ],
    ),
    "soorten-organisaties": (
        {},
        [
            ("https://schema.org/CollegeOrUniversity", "2", "2"),
            ("https://schema.org/NGO", "2", "2"),
            ("https://schema.org/GovernmentOrganization", "1", "1"),
            ("https://schema.org/Organization", "1", "1"),
            ("https://schema.org/ResearchOrganization", "1", "1"),
        ],
    ),
    "themas-van-organisatie": (
        {"organisatie": "ud"},
        [(UD[0], "thema/water", "Water", "1", "1"), (UD[0], "thema/natuur", "Natuur", "0", "1")],
    ),
    "trekker-en-partner": ({}, [(*GD, *DUINPAD)]),
    "twijfel": ({}, [(*STRANDZORG, *DT, "trekker", "Dune Trust?", "?", "herleid via de naam")]),
    "voorlopige-organisaties": ({}, [(*VC, *STRANDZORG, "Vogelclub")]),
    "wie-trekt-het-meest": ({}, [*((*who, "1", "0") for who in (FN, GD, MZ, UD, LAB)), (*DT, "1", "1")]),
    "wie-werkt-met-wie": ({}, [(*DT, *VC, "1"), (*GD, *UD, "1"), (*MZ, *UD, "1")]),
    "zoek-op-naam": (
        {"woord": "waTER"},
        [
            ("waTER", LAB[0], "organisatie", LAB[1], "Waterlab"),
            ("waTER", ZEEWATER[0], "project", ZEEWATER[1], "Zeewater"),
            # A heading that a document uses is a name of the theme too.
            ("waTER", "thema/water", "thema", "Water", "Onder water"),
            ("waTER", "thema/water", "thema", "Water", "Water"),
        ],
    ),
    "zonder-identiteit": (
        {},
        [(*DT, "1"), (*FN, "1"), (*MZ, "1"), (*VC, "1"), (*LAB, "1")],
    ),
    # Strandtent left the agenda and Dune Trust is in doubt: neither makes a project without a lead.
    "zonder-trekker": ({}, [("project/duinmuseum", "2b", "Duinmuseum")]),
    "zonder-partner": ({}, [("project/duinmuseum", "2b", "Duinmuseum")]),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_what_one_sees(duinstad: Ask, name: str) -> None:
    """The rows are all there, in their order, and no others."""
    given, expected = ANSWERS[name]
    assert duinstad(name, **given) == expected


def test_every_query_has_an_answer_here(saved: Mapping[str, SavedQuery]) -> None:
    """A new query comes with its rows; those that give statements have tests of their own."""
    assert set(ANSWERS) | {"beschrijf", "beschrijf-project"} == set(saved)


def test_a_description_is_whole_and_readable(duinstad: Ask) -> None:
    """The statements about a project, its entries and participations are all there, and everything named has a name."""
    found = duinstad("beschrijf-project", project="strandzorg")
    assert {row[0] for row in found} == {
        "project/strandzorg",
        "agendapunt/2028--strandzorg",
        "deelname/strandzorg--dt--trekker",
        "deelname/strandzorg--voorlopig-vogelclub--partner",
        "organisatie/dt",
        "organisatie/voorlopig-vogelclub",
        "thema/zorg",
        "editie/2028",
        "begrip/trekker",
        "begrip/partner",
        "begrip/onzeker",
        "begrip/beoogd",
        "begrip/herleid-naam",
        "begrip/herleid-voorlopig",
    }
    said = [
        row[1].rpartition("/")[2].rpartition("#")[2] for row in found if row[0] == "deelname/strandzorg--dt--trekker"
    ]
    assert sorted(said) == [
        "certainty", "doubt", "member", "member", "organization", "resolution", "role", "roleName", "sourceText",
        "type", "type", "type", "wasDerivedFrom",
    ]  # fmt: skip
    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    assert [row for row in found if row[0] == "organisatie/dt"] == [("organisatie/dt", label, '"Dune Trust"@nl')]


@pytest.mark.parametrize("thing", ["thema/water", "organisatie/ud-fn-lab", "editie/2028", "begrip/trekker"])
def test_of_anything_there_is_what_is_said_of_it(duinstad: Ask, thing: str) -> None:
    """Whatever it is: its statements, and the names of what they lead to."""
    found = duinstad("beschrijf", ding=thing)
    assert {row[0] for row in found if row[0] == thing} == {thing}
    said = {row[2] for row in found if row[0] == thing}
    named = {row[0] for row in found} - {thing}
    assert named <= said
    assert named


def test_an_older_edition_keeps_its_entry_in_a_description(duinstad: Ask) -> None:
    """What an earlier edition said of a project is found from the project as well."""
    subjects = {row[0] for row in duinstad("beschrijf-project", project="duinpad")}
    assert {"agendapunt/2024--duinpad", "agendapunt/2028--duinpad", "editie/2024", "editie/2028"} <= subjects


def test_an_unknown_organisation_has_no_rows(duinstad: Ask) -> None:
    """A reference that nothing has gives an empty answer, not the answer for all."""
    assert duinstad("projecten-van-organisatie", organisatie="bestaat-niet") == []
    assert duinstad("met-wie-werkt-organisatie", organisatie="bestaat-niet") == []
    assert duinstad("themas-van-organisatie", organisatie="bestaat-niet") == []
