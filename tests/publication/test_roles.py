"""Roles that say more than lead or partner: named in the settings, and found from the cell to the published data."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.errors import WrongSetting
from kennis_ld.model import Severity
from kennis_ld.publication.own_roles import standard_roles
from kennis_ld.publication.settings import publication
from kennis_ld.quality.messages import messages
from kennis_ld.quality.validation import NothingToValidate
from kennis_ld.translation import in_dutch
from tests import pipeline
from tests.publications import REGISTER, SETTINGS, write

BASE = "https://data.zandwijk.example"
ROLES = """
[roles]
"Cofinanciers" = "funder"
"Uitvoering" = "executing"
"Opdrachtgever" = "client"
"Klankbord" = "klankbord"

[own_roles.klankbord]
broader = "partner"
notation = "K"
label.nl = "klankbord"
label.en = "sounding board"
definition.nl = "Organisatie die meedenkt en niet meedoet."
definition.en = "Organisation that gives advice and does not take part."
"""
HEADER = "Code\tProject\tBeschrijving\tBestuurlijk trekker\tUitvoering\tCofinanciers\tWie\n1. Water"
COLUMNS = '[columns]\nnumber = ["Code"]\nleads = ["Bestuurlijk trekker"]\nparties = ["Wie"]\n'
FUND = "zf,Zandfonds,Organization,,ZF,,\n"


def city(folder: Path, *rows: str, own: str = ROLES + COLUMNS, header: str = HEADER) -> pipeline.Read:
    document = "\n".join([header, *rows, ""])
    changes = {"publication.toml": SETTINGS + own, "agenda.txt": document, "register.csv": REGISTER + FUND}
    return pipeline.read(publication(write(folder, changes)))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Read:
    """A table with four roles in columns of their own, and others in a cell."""
    row = "GEZ-03\tSlaap in de stad\tDrie wijken slapen beter.\tGZ\tHD\tZF 40%, GZ 60%\tOpdrachtgever: ZU Klankbord: ZL"
    return city(tmp_path_factory.mktemp("cities") / "city", row)


def test_each_column_and_word_gives_its_role(read: pipeline.Read) -> None:
    """A word of [roles] gives its role as the heading of a column and before a colon, beside lead and partner."""
    parts = {(part.role.key, part.organisation) for part in read.entries["2030"][0].participations}
    assert {
        ("trekker", "gz"),
        ("uitvoerder", "hd"),
        ("financier", "zf"),
        ("financier", "gz"),
        ("opdrachtgever", "zu"),
        ("rol-klankbord", "zu-lab"),
    } == parts


def test_a_role_is_a_concept_under_lead_or_partner(read: pipeline.Read) -> None:
    """The concept of a city's own role has labels, definitions, a notation, its scheme, and the role above it."""
    about = f"<{BASE}/id/begrip/rol-klankbord> "
    skos, org = "<http://www.w3.org/2004/02/skos/core#", "<http://www.w3.org/ns/org#"
    partner, scheme = f"<{BASE}/id/begrip/partner>", f"<{BASE}/id/begrippenkader/rollen>"
    expected = {
        f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {skos}Concept>",
        f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {org}Role>",
        f'{skos}prefLabel> "klankbord"@nl',
        f'{skos}prefLabel> "sounding board"@en',
        f'{skos}definition> "Organisatie die meedenkt en niet meedoet."@nl',
        f'{skos}definition> "Organisation that gives advice and does not take part."@en',
        f'{skos}notation> "K"',
        f"{skos}inScheme> {scheme}",
        f"{skos}broader> {partner}",
    }
    assert expected == {line.removeprefix(about).removesuffix(" .\n").removesuffix(" .") for line in read.current if line.startswith(about)}  # fmt: skip  # noqa: E501
    assert any(line.startswith(f"{partner} {skos}narrower> {about}") for line in read.current)


def test_short_cuts_follow_the_role_above(read: pipeline.Read) -> None:
    """ks:lead holds for leads and clients, ks:partner for partners and all that stand under these."""
    project = f"<{BASE}/id/project/slaap-in-de-stad>"
    found = {
        name: {line.split()[2].rpartition("/")[2].rstrip(">") for line in read.current if line.startswith(start)}
        for name in ("lead", "partner")
        for start in [f"{project} <{BASE}/def#{name}> "]
    }
    assert {"lead": {"gz", "zu"}, "partner": {"hd", "zf", "gz", "zu-lab"}} == found


def test_a_participation_names_its_role(read: pipeline.Read) -> None:
    """A funder is found as what it is: by its concept, and by the name of the role in words."""
    about = f"<{BASE}/id/deelname/slaap-in-de-stad--zf--financier> "
    lines = [line.removeprefix(about) for line in read.current if line.startswith(about)]
    assert any(line.startswith(f"<http://www.w3.org/ns/org#role> <{BASE}/id/begrip/financier>") for line in lines)
    assert any(line.startswith('<https://schema.org/roleName> "financier"@nl') for line in lines)


def test_shapes_take_a_narrower_role(read: pipeline.Read) -> None:
    """No shape speaks of a violation, nor of a project without lead or partner."""
    assert not isinstance(read.validation, NothingToValidate)
    shapes = {item.shape.rpartition("#")[2] for item in read.validation.results}
    assert {"project-lead", "project-partner"}.isdisjoint(shapes)
    assert Severity.VIOLATION not in {item.severity for item in read.validation.results}


def test_only_roles_that_are_named_are_published(tmp_path: Path) -> None:
    """Without [roles] there are lead and partner, as ever."""
    read = city(tmp_path / "city", "1\tSlaap\tx\tGZ\tHD\tZF\tP: ZU", own=COLUMNS)
    assert not [line for line in read.current if "/begrip/financier" in line]


def test_a_column_of_a_role_that_is_not_named(tmp_path: Path) -> None:
    """A column that looks like one of funders is not lost: a finding gives the line to write, once."""
    read = city(tmp_path / "city", "1\tSlaap\tx\tGZ\tHD\tZF\tP: ZU", "2\tZon\ty\tGZ\tHD\tZU\tP: ZU", own=COLUMNS)
    found = {item.values["line"]: item.words for item in read.findings if item.code == "column-looks-like"}
    assert {'"Uitvoering" = "executing"': "HD", '"Cofinanciers" = "funder"': "ZU"} == found
    said = [item for item in messages(read.findings) if item.code == "column-looks-like"]
    assert said[0].remedy["en"].startswith('Write in publication.toml under [roles]: "Uitvoering" = "executing";')
    assert ["5 (Uitvoering)", "6 (Cofinanciers)"] == [item.about for item in said]


def test_a_word_that_looks_like_a_role(tmp_path: Path) -> None:
    """An unknown word before a colon in a cell of parties is said, with the line to write."""
    read = city(tmp_path / "city", "1\tSlaap\tx\tGZ\t\t\tP: HD; Meekijkers: ZU", own=COLUMNS)
    found = [item for item in read.findings if item.code == "unknown-role"]
    assert [("Meekijkers", '"Meekijkers" = "partner"')] == [(item.words, item.values["line"]) for item in found]


IN_BRACKETS = "P: GZ (cofinancier), HD (penvoerder), ZU (meelezer), ZF (subsidieverstrekker), Lab (tot 1/1/23)"


def test_a_role_in_brackets_that_says_more(tmp_path: Path) -> None:
    """A word in brackets gives its role where the language knows it; what says more than that is said and kept."""
    read = city(tmp_path / "city", f"1\tSlaap\tx\tGZ\t\t\t{IN_BRACKETS}", own=COLUMNS)
    found = [item.values["line"] for item in read.findings if item.code == "unknown-role"]
    assert ['"cofinancier" = "funder"', '"meelezer" = "partner"', '"subsidieverstrekker" = "funder"'] == found
    assert any("/id/deelname/slaap--hd--trekker>" in line for line in read.current)
    assert all(any(f'remark> "{word}"' in line for line in read.current) for word in ("cofinancier", "meelezer"))


def test_a_role_in_brackets_that_the_city_names(tmp_path: Path) -> None:
    """What stands under [roles] is the role of who has it in brackets, be it a plain partner; no finding remains."""
    own = COLUMNS + '[roles]\n"cofinancier" = "funder"\n"meelezer" = "partner"\n"subsidieverstrekker" = "partner"\n'
    read = city(tmp_path / "city", f"1\tSlaap\tx\tGZ\t\t\t{IN_BRACKETS}", own=own)
    assert [] == [item for item in read.findings if item.code in {"unknown-role", "remark-in-brackets"}]
    assert any("/id/deelname/slaap--gz--financier>" in line for line in read.current)


@pytest.mark.parametrize(
    ("own", "setting"),
    [
        ('[roles]\n"Fonds" = "geldgever"\n', "roles.Fonds"),
        ('[own_roles.lead]\nbroader = "partner"\n', "own_roles.lead"),
        ('[own_roles.raad]\nbroader = "baas"\n', "own_roles.raad.broader"),
        ('[own_roles.raad]\nbroader = "partner"\nkleur = "rood"\n', "own_roles.raad.kleur"),
        ('[own_roles.raad]\nbroader = "partner"\nlabel.nl = "raad"\n', "own_roles.raad.label.en"),
        (ROLES.replace('"K"', '"F"'), "own_roles.klankbord.notation"),
        ("[own_roles]\nraad = 1\n", "own_roles.raad"),
    ],
)
def test_wrong_roles_are_errors(own: str, setting: str, tmp_path: Path) -> None:
    """A role that is not there, or not described as roles are, is named with what it should be, in Dutch too."""
    with pytest.raises(WrongSetting, match=f"Setting {setting}:") as caught:
        publication(write(tmp_path / "city", {"publication.toml": SETTINGS + own}))
    said = in_dutch(caught.value.what).partition(": ")[2], in_dutch(caught.value.remedy)
    assert caught.value.what.partition(": ")[2] != said[0]
    assert caught.value.remedy != said[1]


def test_standard_roles_are_described_in_both_languages() -> None:
    """Every role that the software brings along has a label and a definition in nl and en, and letters of its own."""
    roles = standard_roles().values()
    assert {("nl", "en")} == {tuple(texts) for role in roles for texts in (role.labels, role.definitions)}
    assert len({"T", "P", *(role.notation for role in roles)}) == len(roles) + 2
