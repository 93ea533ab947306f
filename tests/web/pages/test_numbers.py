"""A number has one answer: pages, their data and saved questions say the same of who leads and who works with whom."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kennis_ld.web.app import create_app
from tests.publications import DOCUMENT, REGISTER, write
from tests.web.conftest import built_site
from tests.web.html import read

BROWSER = {"Accept": "text/html"}


@pytest.fixture(params=["leiden_client", "second_client"])
def city(request: pytest.FixtureRequest) -> FlaskClient:
    """A client of each city in turn."""
    client: FlaskClient = request.getfixturevalue(request.param)
    return client


def answer(client: FlaskClient, path: str) -> list[list[str]]:
    """Returns the rows of a saved question."""
    return list(csv.reader(io.StringIO(client.get(f"/vraag/{path}").text)))[1:]


def test_who_leads_most_has_one_answer(city: FlaskClient) -> None:
    """The saved question, the list of organisations, the home page and the facet give the same order and numbers."""
    asked = [(iri, name, leads, doubtful) for iri, name, leads, doubtful in answer(city, "wie-trekt-het-meest.csv")]
    listed = [
        (each["adres"], each["naam"], each["trekker met onderdelen"], each["waarvan onzeker als trekker"])
        for each in city.get("/organisaties.json?sorteer=trekker").get_json()
    ]
    assert asked == [each for each in listed if each[2] != "0"]
    home = " ".join(read(city.get("/", headers=BROWSER).text).text.split())
    said = [
        f"{name} ({leads} project{'' if leads == '1' else 'en'}"
        + (f", waarvan {doubtful} onzeker)" if doubtful != "0" else ")")
        for _, name, leads, doubtful in asked[:3]
    ]
    assert _bare("Het vaakst trekker: " + ", ".join(said)) in _bare(home)
    facet = _bare(city.get("/projecten", headers=BROWSER).text.split('id="facet-trekker"')[1])
    for _, name, leads, _ in asked[:3]:
        assert _bare(f">{name}</bdi></a> <span class=count>{leads}</span>").replace("=count", '="count"') in facet


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("\u00a0", "").replace("&amp;", "&")


def test_who_works_with_whom_has_one_answer(city: FlaskClient) -> None:
    """The saved questions about pairs give the numbers of the page about them, and the circle of one organisation."""
    pairs = {frozenset((one, other)): number for one, _, other, _, number in answer(city, "wie-werkt-met-wie.csv")}
    rows = city.get("/samenwerking.json").get_json()
    assert pairs == {frozenset((each["adres"], each["adres van de ander"])): each["projecten samen"] for each in rows}
    first = rows[0]["adres"]
    others = {
        other: number for _, other, _, number in answer(city, f"met-wie-werkt-organisatie.csv?organisatie={first}")
    }
    assert others == {next(iter(pair - {first})): number for pair, number in pairs.items() if first in pair}


def test_a_doubt_is_told_where_it_is_counted(leiden_client: FlaskClient) -> None:
    """Where a doubtful lead counts among the leads, the page says so beside the number.

    The university is named in doubt twice, but in one of these projects (1n) a unit of it leads without doubt.
    """
    for path, words in {
        "/": "18 projecten, waarvan 1 onzeker",
        "/en": "18 projects, of which 1 doubtful",
        "/organisaties?sorteer=trekker": "18 (zelf 11; 1 onzeker)",
        "/doc/organisatie/ul": "waarvan 18 als trekker (1 onzeker)",
        "/samenwerking": "6 × trekker (1 onzeker), 6 × partner",
        "/doc/thema/vlaggenschepen": "2 (1 onzeker)",
        "/projecten?trekker=lumc": "Leiden Bio Science Park (LBSP)",
    }.items():
        text = leiden_client.get(path, headers=BROWSER).text
        assert _bare(words) in _bare(read(text).text), path
    listed = leiden_client.get("/projecten?trekker=lumc", headers=BROWSER).text
    assert 2 == listed.count('<span class="tag">onzeker</span>')  # the university and the hospital, of one project
    assert 4 == leiden_client.get("/doc/editie/2023-2027", headers=BROWSER).text.count(
        '<span class="tag">onzeker</span>'
    )
    rows = leiden_client.get("/projecten.json?trekker=lumc").get_json()
    doubtful = {row["titel"]: row["onzeker"] for row in rows if row["onzeker"]}
    assert doubtful["Leiden Bio Science Park (LBSP)"].startswith(
        "Leids Universitair Medisch Centrum; Universiteit Leiden"
    )


def test_a_project_of_many_counts_too(tmp_path: Path) -> None:
    """What two organisations share counts each project, however many take part, on pages and in saved questions."""
    names = [f"Vereniging {number:02}" for number in range(60)]
    register = REGISTER + "".join(f"v{at},{name},NGO,,,,\n" for at, name in enumerate(names))
    row = "2b\tIedereen\tEen project waar de hele stad aan meedoet, met alle verenigingen die er zijn.\tT: GZ P: "
    document = f"{DOCUMENT}{row}{', '.join(names)}\n"
    folder = write(tmp_path / "city", {"register.csv": register, "agenda.txt": document})
    client = create_app(built_site(folder, tmp_path / "releases")).test_client()
    test_who_works_with_whom_has_one_answer(client)
    circle = read(client.get("/samenwerking?organisatie=v1").text).text
    assert "Werkt met 60 organisaties samen, in 1 project." in circle
