"""A city whose document numbers nothing: its projects are on the agenda all the same, on pages and in queries."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from kennis_ld.graph.formats import default_graph
from kennis_ld.release.diff import state
from kennis_ld.web.app import create_app
from kennis_ld.web.site import Site
from tests.publications import SETTINGS, THEMES, write
from tests.web.conftest import built_site
from tests.web.html import read

BROWSER = {"Accept": "text/html"}
STAY = {"schone-sloten", "regenkaart"}
HEAD = "Project\tBeschrijving\tPartijen\nWater\nSchone sloten\tWat bewoners samen meten.\tT: GZ P: ZU/ZL e.a.\n"
PROJECTS = """\
project,edition,theme,number,title
schone-sloten,2028,water,,Schone sloten
weg,2028,water,,Weg
schone-sloten,2030,water,,Schone sloten
regenkaart,2030,water,,Regenkaart
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a city of two editions; one project is in both, one left and one came."""
    before, marker, edition = SETTINGS.partition("[[editions]]")
    older = edition.partition("[catalogue]")[0]
    older = older.replace("2030", "2028").replace("2031", "2029").replace("agenda.txt", "older.txt")
    files = {
        "publication.toml": before + marker + older + marker + edition,
        "older.txt": f"{HEAD}Weg\tWat niemand meer meet.\tT: ZU\n",
        "agenda.txt": f"{HEAD}Regenkaart\tWaar het water blijft.\t\n",
        "themes.csv": "".join(THEMES.splitlines(keepends=True)[:2]),
        "projects.csv": PROJECTS,
    }
    folder = tmp_path_factory.mktemp("city")
    return built_site(write(folder / "city", files), folder / "releases")


@pytest.fixture
def client(site: Site) -> FlaskClient:
    """A client of that site."""
    return create_app(site).test_client()


def keys(client: FlaskClient, path: str) -> set[str]:
    """Returns the keys of the projects in an answer as CSV."""
    rows = csv.DictReader(io.StringIO(client.get(path, headers={"Accept": "text/csv"}).text))
    return {row["project"].rsplit("/", 1)[-1] for row in rows}


def test_the_release_is_found_whole(client: FlaskClient) -> None:
    """The projects that the manifest counts are there."""
    assert 200 == client.get("/readyz").status_code


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("partijen-per-project", STAY),
        ("zonder-trekker", {"regenkaart"}),
        ("zonder-partner", {"regenkaart"}),
        ("open-lijsten", {"schone-sloten"}),
    ],
)
def test_saved_questions_tell_of_what_is_on_the_agenda(client: FlaskClient, question: str, expected: set[str]) -> None:
    """They have the projects of now, and not the one that left."""
    assert expected == keys(client, f"/vraag/{question}.csv")


@pytest.mark.parametrize("name", ["projecten", "organisaties", "themas"])
def test_a_list_says_what_its_query_answers(client: FlaskClient, name: str) -> None:
    """Rows and their numbers are the same."""
    links = read(client.get(f"/{name}", headers=BROWSER).text).values("a", "href")
    asked = next(link for link in links if link.startswith("/sparql?query="))
    rows = client.get(asked, headers={"Accept": "application/sparql-results+json"}).get_json(force=True)
    numbers = ("lead", "partner", "projects")
    found = [[value["value"] for key, value in row.items() if key in numbers] for row in rows["results"]["bindings"]]
    listed = client.get(f"/{name}.json").get_json()
    columns = ("trekker met onderdelen", "partner met onderdelen", "projecten")
    expected = [[row[column] for column in columns if column in row] for row in listed]
    assert (expected != [], sorted(expected)) == (True, sorted(found))


def test_only_what_left_says_so(client: FlaskClient) -> None:
    """The page of a project says that it left the agenda where it did."""
    told = {key: "op de agenda" in client.get(f"/doc/project/{key}", headers=BROWSER).text for key in (*STAY, "weg")}
    assert {**dict.fromkeys(STAY, False), "weg": True} == told
    links = read(client.get("/doc/thema/water", headers=BROWSER).text).values("a", "href")
    assert STAY == {link.rsplit("/", 1)[-1] for link in links if link.startswith("/doc/project/")}


def test_a_release_is_compared_by_what_is_on_the_agenda(site: Site) -> None:
    """Between releases a project without a number may come and go too."""
    with (site.release.folder / "agenda.nq").open("rb") as file:
        assert STAY == {*state(default_graph(file), site.iris).projects}
