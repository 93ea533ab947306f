"""Pages, lists and tables of a city with more roles than two."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.publication.test_roles import COLUMNS, FUND, HEADER, ROLES
from tests.publications import REGISTER, SETTINGS
from tests.web.small_city import served

HOST = {"Host": "data.zandwijk.example"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, Path]:
    """The city, built and served once."""
    row = "1\tSlaap in de stad\tDrie wijken slapen beter.\tGZ\tHD\tZF\tP: ZU Klankbord: ZL"
    document = f"{HEADER}\n{row}\n"
    changes = {"publication.toml": SETTINGS + ROLES + COLUMNS, "agenda.txt": document, "register.csv": REGISTER + FUND}
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
        ("/projecten?partner=zf", "Slaap in de stad"),
    ],
)
def test_page_tells_the_role(path: str, told: str, site: tuple[FlaskClient, Path]) -> None:
    """Where an organisation takes part in a narrower role, the page says in which; lists find it as a partner."""
    assert told in page(site, path)


def test_table_has_the_role(site: tuple[FlaskClient, Path]) -> None:
    """agenda.csv says the role of each participation by its Dutch name."""
    with (site[1] / "agenda.csv").open(encoding="utf-8", newline="") as file:
        roles = {(row["rol"], row["organisatie_naam"]) for row in csv.DictReader(file)}
    assert ("financier", "Zandfonds") in roles
    assert ("klankbord", "Zandlab") in roles
