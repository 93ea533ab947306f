"""Pages, lists and tables of a city with more roles than two, and with extra columns."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.publication.test_extras import EXTRA
from tests.publication.test_roles import COLUMNS, FUND, HEADER, ROLES
from tests.publications import REGISTER, SETTINGS
from tests.web.small_city import served

HOST = {"Host": "data.zandwijk.example"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, Path]:
    """The city, built and served once."""
    row = "1\tSlaap in de stad\tDrie wijken slapen beter.\tGZ\tHD\tZF\tP: ZU Klankbord: ZL"
    row += "\tQ3 '30 – Q2 '32\tG\t180\thttps://slaap.example/nl"
    header = HEADER.replace("\tWie", "\tWie\tLooptijd\tStand\tBudget (k€)\tMeer informatie")
    document = f"{header}\n{row}\n"
    changes = {
        "publication.toml": SETTINGS + ROLES + COLUMNS + EXTRA,
        "agenda.txt": document,
        "register.csv": REGISTER + FUND,
    }
    return served(tmp_path_factory.mktemp("roles"), changes)


def page(site: tuple[FlaskClient, Path], path: str) -> str:
    answer = site[0].get(path, headers={"Host": "kennis.example.org", "Accept": "text/html"})
    assert 200 == answer.status_code
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/doc/project/slaap-in-de-stad.html", ">financier</a>"),
        ("/doc/project/slaap-in-de-stad.en.html", ">funder</a>"),
        ("/doc/organisatie/zf.html", ">financier</a>"),
        ("/doc/deelname/slaap-in-de-stad--zf--financier.html", "Zandfonds in Slaap in de stad: financier"),
        ("/doc/begrip/rol-klankbord.html", "Organisatie die meedenkt en niet meedoet."),
        ("/doc/project/slaap-in-de-stad.html", ">op schema"),
        ("/doc/project/slaap-in-de-stad.en.html", ">on track"),
        ("/doc/project/slaap-in-de-stad.html", "vanaf juli 2030 tot en met juni 2032"),
        ("/doc/project/slaap-in-de-stad.html", "€ 180.000"),
        ("/doc/project/slaap-in-de-stad.en.html", "€ 180,000"),
        ("/doc/project/slaap-in-de-stad.html", 'href="https://slaap.example/nl"'),
        ("/doc/begrip/status-op-schema.html", "Het project loopt zoals gepland."),
        ("/projecten?partner=zf", "Slaap in de stad"),
    ],
)
def test_page_tells(path: str, told: str, site: tuple[FlaskClient, Path]) -> None:
    """Pages say in which narrower role an organisation takes part, and what extra columns say of the project."""
    assert told in page(site, path)


def test_table_has_what_extra_columns_say(site: tuple[FlaskClient, Path]) -> None:
    """agenda.csv has period, status, budget, addresses and remarks in columns of their own."""
    with (site[1] / "agenda.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    names = ("begin", "einde", "status", "budget", "munt", "webadressen")
    assert ["2030-07", "2032-06", "op schema", "180000", "EUR", "https://slaap.example/nl"] == [
        row[name] for name in names
    ]
    assert row["opmerkingen"].startswith("Looptijd: Q3 '30 – Q2 '32 | Stand: G")


def test_table_has_the_role(site: tuple[FlaskClient, Path]) -> None:
    """agenda.csv says the role of each participation by its Dutch name."""
    with (site[1] / "agenda.csv").open(encoding="utf-8", newline="") as file:
        roles = {(row["rol"], row["organisatie_naam"]) for row in csv.DictReader(file)}
    assert ("financier", "Zandfonds") in roles
    assert ("klankbord", "Zandlab") in roles
