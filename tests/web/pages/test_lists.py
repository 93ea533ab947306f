"""The pages for people: what they say, in two languages, and that every link leads somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urlsplit

import pytest
from flask.testing import FlaskClient

from kennis_ld.iri import Iris
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from kennis_ld.web.pages.route import PAGE_SIZE
from kennis_ld.web.words import twins
from tests.publications import THEMES, write
from tests.web.city import BASE, DIGEST, CountingEngine, site_of, write_release
from tests.web.conftest import built_site
from tests.web.html import Page, read

SOME = 2
FALSE = '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
LISTS = [
    "/",
    "/projecten",
    "/organisaties",
    "/themas",
    "/samenwerking",
    "/samenwerking?organisatie=gemeente-voorbeeldstad",
    "/over",
    "/kwaliteit",
    "/zoeken",
    "/zoeken?q=sloot",
    "/sparql",
]
THINGS = [
    "/doc/project/schone-sloot", "/doc/project/lezen", "/doc/project/draaien", "/doc/project/vergeten",
    "/doc/organisatie/gemeente-voorbeeldstad", "/doc/organisatie/universiteit", "/doc/organisatie/waterlab",
    "/doc/organisatie/museum", "/doc/organisatie/voorlopig-buurtclub", "/doc/thema/water", "/doc/thema/sloten",
    "/doc/editie/2023-2027", "/doc/agenda/voorbeeldstad", "/doc/agendapunt/2023-2027--schone-sloot",
    "/doc/deelname/schone-sloot--waterlab--partner", "/doc/begrip/trekker", "/doc/begrippenkader/themas",
    "/doc/identificatie/gemeente-voorbeeldstad--wikidata", "/doc/catalogus/voorbeeldstad", "/catalog", "/def",
    "/def/problems",
]  # fmt: skip


def page(client: FlaskClient, path: str) -> Page:
    """Returns a page as a browser gets it."""
    response = client.get(path, headers=BROWSER)
    assert (200, "text/html; charset=utf-8") == (response.status_code, response.headers["Content-Type"]), path
    return read(response.text)


def test_no_link_leads_nowhere(client: FlaskClient) -> None:
    """Whoever starts at the home page and follows every link, also to the English twins, never meets an error.

    Of links to one page that give values to the same parameters, some are followed: a list has thousands. So are some
    of those to one page with as many parameters, where these are more than two: each pair has been followed by then.
    """
    seen: dict[str, int] = {}
    alike: Counter[tuple[str, tuple[str, ...] | int]] = Counter()
    to_visit = ["/", "/doc/project/vergeten", "/robots.txt"]
    known = set(to_visit)
    while to_visit:
        path = to_visit.pop()
        with client.get(path, headers=BROWSER, follow_redirects=True) as response:
            seen[path] = response.status_code
            if response.mimetype != "text/html":
                continue
            found = read(response.text)
        anchors = {value for _, each in found.elements for key, value in each.items() if key == "id"}
        links = (*found.values("a", "href"), *found.values("link", "href"), *found.values("form", "action"))
        for link in dict.fromkeys(links):
            target, anchor = urldefrag(link)
            parts = urlsplit(target)
            if anchor and not target:
                assert anchor in anchors, link
            elif not parts.scheme and target not in known:
                assert target.startswith("/"), (path, link)
                known.add(target)
                names = tuple(parse_qs(parts.query))
                kind = (parts.path, names if len(names) <= 2 else len(names))
                alike[kind] += 1
                if alike[kind] <= (SOME if parts.query else 1):
                    to_visit.append(target)
    assert 100 < len(seen)
    assert {} == {path: status for path, status in seen.items() if status != 200}


@pytest.mark.parametrize("path", [*LISTS, *THINGS])
def test_twins(client: FlaskClient, path: str) -> None:
    """Every page has a twin in the other language; each says which it is and where the other stands."""
    dutch = page(client, path)
    bare, _, query = path.partition("?")
    english_path = twins(bare)["en"] + (f"?{query}" if query else "")
    english = page(client, english_path)
    assert ("nl", "en") == (dutch.language, english.language)
    for each in (dutch, english):
        alternates = [found for name, found in each.elements if name == "link" and found.get("hreflang")]
        assert {"nl": path, "en": english_path} == {found["hreflang"]: found["href"] for found in alternates}
    assert "en" == client.get(english_path, headers=BROWSER).headers["Content-Language"]
    assert "Projecten" in dutch.text
    assert "Projects" in english.text
    assert dutch.text != english.text


@pytest.mark.parametrize(
    "path", [*LISTS, *THINGS, "/en/projecten", "/doc/project/schone-sloot.en.html", "/bestaat-niet"]
)
def test_structure(client: FlaskClient, path: str) -> None:
    """Well nested; one h1, no level skipped; landmarks; a way past the menu; a label for each field; no script."""
    found = read(client.get(path, headers=BROWSER).text)
    assert [] == found.misplaced
    levels = [int(tag[1]) for tag in found.tags() if tag in {"h1", "h2", "h3", "h4"}]
    assert 1 == levels.count(1)
    assert 1 == levels[0]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for landmark in ("header", "nav", "main", "footer"):
        assert landmark in found.tags()
    assert "#inhoud" == found.values("a", "href")[0]
    assert found.values("main", "id") == ["inhoud"]
    ids = [value for _, each in found.elements for key, value in each.items() if key == "id"]
    assert sorted(set(ids)) == sorted(ids)
    fields = {
        each["id"]
        for name, each in found.elements
        if name in {"input", "select", "textarea"} and each.get("type") != "hidden"
    }
    assert fields == set(found.values("label", "for"))
    assert "style" not in found.tags()
    assert {"application/ld+json"} >= set(found.values("script", "type"))
    assert not [key for _, each in found.elements for key in each if key == "style" or key.startswith("on")]


def test_project_page(client: FlaskClient) -> None:
    """The page tells who leads, who takes part, what is open, and where the document says so."""
    found = page(client, "/doc/project/schone-sloot")
    for words in (
        "Sloten 1a", "Schone sloot", "Sloten", "Gemeente Voorbeeldstad", "Waterlab", "onzeker", "tot 1 januari 2023",
        "inwoners", "De lijst van partners is open", "e.a.", "Agenda 2023-2027", "Agenda 2019-2022", "regels 4–5",
        "bladzijde 2", "T: GV P: UV/Waterlab (tot 1/1/23), Buurtclub?, inwoners e.a.", "UV/Waterlab", "afkorting",
        "herleid als onderdeel", f"{BASE}/id/project/schone-sloot",
    ):  # fmt: skip
        assert words in found.text, words
    for suffix in ("ttl", "jsonld", "rdf", "nt"):
        assert f"/doc/project/schone-sloot.{suffix}" in found.values("a", "href")


def test_dutch_text_in_an_english_page_says_so(client: FlaskClient) -> None:
    """Text of the city keeps its own language on a page in another."""
    found = page(client, "/doc/project/schone-sloot.en.html")
    assert "nl" in found.values("bdi", "lang")
    assert ["nl"] == found.values("div", "lang")
    assert "The list of partners is open" in found.text
    assert "Ditches" in found.text


def test_organisation_page(client: FlaskClient) -> None:
    """The page tells what an organisation leads and joins, its units, names, identifiers with evidence, and doubts."""
    city = page(client, "/doc/organisatie/gemeente-voorbeeldstad")
    for words in (
        "overheid",
        "GV",
        "Trekker van",
        "Schone sloot",
        "Partner in",
        "Wikidata",
        "Q1",
        "label and municipality code agree",
    ):
        assert words in city.text, words
    assert "http://www.wikidata.org/entity/Q1" in city.values("a", "href")
    assert "/doc/organisatie/waterlab" in page(client, "/doc/organisatie/universiteit").values("a", "href")
    assert "Onderdeel van" in page(client, "/doc/organisatie/waterlab").text
    assert "nog niet in het register" in page(client, "/doc/organisatie/voorlopig-buurtclub").text
    assert "Twee musea dragen deze naam." in page(client, "/doc/organisatie/museum").text


def test_theme_page(client: FlaskClient) -> None:
    """The page of a theme has its definition, what is under it and its projects in the order of their numbers."""
    learning = page(client, "/doc/thema/leren")
    links = learning.values("a", "href")
    assert links.index("/doc/project/lezen") < links.index("/doc/project/draaien")
    water = page(client, "/doc/thema/water")
    assert "Alles wat stroomt en groeit." in water.text
    assert "/doc/thema/sloten" in water.values("a", "href")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["schone-sloot", "lezen", "draaien"]),
        ("thema=water", ["schone-sloot"]),
        ("thema=sloten", ["schone-sloot"]),
        ("thema=leren", ["lezen", "draaien"]),
        ("thema=bestaat-niet", []),
        ("organisatie=gemeente-voorbeeldstad", ["schone-sloot", "lezen"]),
        ("organisatie=gemeente-voorbeeldstad&rol=trekker", ["schone-sloot"]),
        ("organisatie=gemeente-voorbeeldstad&rol=partner", ["lezen"]),
        ("organisatie=gemeente-voorbeeldstad&rol=partner&thema=water", []),
        ("rol=trekker", ["schone-sloot", "lezen"]),
        ("rol=baas", []),
        ("pagina=2", ["schone-sloot", "lezen", "draaien"]),
        ("pagina=%C2%B2", ["schone-sloot", "lezen", "draaien"]),
    ],
)
def test_filter(client: FlaskClient, query: str, expected: list[str]) -> None:
    """Theme (with what is under it), organisation and role narrow the list; a page too far is the last one."""
    links = page(client, f"/projecten?{query}").values("a", "href")
    assert [f"/doc/project/{key}" for key in expected] == [link for link in links if link.startswith("/doc/project/")]


def with_more(folder: Path, lines: str) -> FlaskClient:
    """Returns a client of the made-up city that has more statements."""
    release = write_release(folder)
    with (release.folder / "agenda.nq").open("a") as statements:
        statements.write(lines)
    return create_app(site_of(release, CountingEngine(release))).test_client()


def test_long_list_has_pages(tmp_path: Path) -> None:
    """A list longer than a page goes on, with the same filter."""
    lines = ""
    for number in range(PAGE_SIZE):
        iri = f"<{BASE}/id/project/p{number}>"
        lines += f"{iri} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}/def#Project> .\n"
        lines += f'{iri} <https://schema.org/name> "P{number}"@nl .\n'
        lines += f"{iri} <https://schema.org/about> <{BASE}/id/thema/water> .\n"
        lines += f'{iri} <https://schema.org/identifier> "{number}" .\n'
        lines += f"{iri} <{BASE}/def#openEnded> {FALSE} .\n"
    client = with_more(tmp_path, lines)
    first = page(client, "/projecten?thema=water").values("a", "href")
    assert "/projecten?thema=water&pagina=2" in first
    rest = page(client, "/projecten?thema=water&pagina=2").values("a", "href")
    shown = [link for link in (*first, *rest) if link.startswith("/doc/project/")]
    assert PAGE_SIZE + 1 == len(set(shown)) == len(shown)


def test_a_very_long_word_may_be_broken(tmp_path: Path) -> None:
    """A title that is one long word does not make a table wider than the window; others stay whole."""
    iri = f"<{BASE}/id/project/lang>"
    lines = f"{iri} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}/def#Project> .\n"
    lines += f'{iri} <https://schema.org/name> "{"sloot" * 9}"@nl .\n{iri} <{BASE}/def#openEnded> {FALSE} .\n'
    assert ["long"] == [each for each in page(with_more(tmp_path, lines), "/projecten").values("bdi", "class") if each]


def test_an_organisation_with_very_many_projects_shows_the_first(tmp_path: Path) -> None:
    """The page has as many as a list has on a page, and leads to the list of all that it leads itself."""
    lines = ""
    for number in range(PAGE_SIZE):
        project, part = f"<{BASE}/id/project/p{number}>", f"<{BASE}/id/deelname/p{number}--museum--trekker>"
        lines += f"{project} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}/def#Project> .\n"
        lines += f'{project} <https://schema.org/name> "P{number}"@nl .\n'
        lines += f'{project} <https://schema.org/identifier> "{number}" .\n'
        lines += f"{part} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}/def#Participation> .\n"
        lines += f"{part} <http://www.w3.org/ns/org#organization> {project} .\n"
        lines += f"{part} <http://www.w3.org/ns/org#member> <{BASE}/id/organisatie/gemeente-voorbeeldstad> .\n"
        lines += f"{part} <http://www.w3.org/ns/org#role> <{BASE}/id/begrip/trekker> .\n"
    found = page(with_more(tmp_path, lines), "/doc/organisatie/gemeente-voorbeeldstad")
    all_of_them = "/projecten?trekker=gemeente-voorbeeldstad&zelf=ja"
    assert all_of_them in found.values("a", "href")
    assert PAGE_SIZE == len([link for link in found.values("a", "href") if "--trekker" in (link or "")])


def test_long_list_of_organisations_has_pages(tmp_path: Path) -> None:
    """The organisations go on as well, in the same order; every one of them stands in the spreadsheet."""
    lines = ""
    for number in range(PAGE_SIZE):
        iri = f"<{BASE}/id/organisatie/o{number}>"
        lines += f"{iri} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Organization> .\n"
        lines += f'{iri} <http://www.w3.org/2004/02/skos/core#prefLabel> "O{number}"@nl .\n'
    client = with_more(tmp_path, lines)
    first, second = (page(client, f"/organisaties?sorteer=trekker{more}").rows("stack") for more in ("", "&pagina=2"))
    assert (PAGE_SIZE, 5) == (len(first), len(second))
    assert PAGE_SIZE + 5 == len(client.get("/organisaties.json").get_json())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sloot", ["/doc/project/schone-sloot"]),
        ("SLOOT baggeren", ["/doc/project/schone-sloot"]),
        ("sloot bestaatniet", []),
        ("universi", ["/doc/organisatie/universiteit", "/doc/organisatie/waterlab", "/doc/project/lezen"]),
        ("uv", ["/doc/organisatie/universiteit", "/doc/project/lezen"]),
        ('") } #', []),
        ("%27%22%5C", []),
        ("", []),
    ],
)
def test_search(client: FlaskClient, words: str, expected: list[str]) -> None:
    """All words must occur; a thing comes before what it takes part in; what looks like SPARQL is only text."""
    links = page(client, f"/zoeken?q={words}").links_above_the_foot()
    assert expected == [link for link in links if link.startswith("/doc/")]


def test_collaboration(client: FlaskClient) -> None:
    """The matrix has a row for each organisation that is a unit of no other, and each pair stands there once."""
    found = page(client, "/samenwerking")
    assert (4, 5) == (len(found.rows("matrix")), found.tags().count("tr") - 2 - 4)
    assert "/samenwerking" == client.get("/netwerk").headers["Location"]


def test_the_picture_has_room_for_every_name(tmp_path: Path) -> None:
    """A very long name is cut in the circle, in the middle too; who hears the picture has all of it."""
    name, iri, part = "Vereniging van verenigingen " * 3, f"<{BASE}/id/organisatie/vv>", f"<{BASE}/id/deelname/vv>"
    lines = f"{iri} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Organization> .\n"
    lines += f'{iri} <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}"@nl .\n'
    lines += f"{part} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}/def#Participation> .\n"
    lines += f"{part} <http://www.w3.org/ns/org#organization> <{BASE}/id/project/schone-sloot> .\n"
    lines += f"{part} <http://www.w3.org/ns/org#member> {iri} .\n"
    lines += f"{part} <http://www.w3.org/ns/org#role> <{BASE}/id/begrip/partner> .\n"
    picture = with_more(tmp_path, lines).get("/samenwerking.svg?organisatie=vv").text
    shown = re.findall("<text[^>]*>([^<]*)</text>", picture)
    assert name in picture
    assert "Vereniging van verenigingen Vere…" == shown[-1]


def test_quality(client: FlaskClient, tmp_path: Path) -> None:
    """Findings are told in the language of the page; a release without them, or with none, has a page too."""
    assert "Het project heeft geen trekker." in page(client, "/kwaliteit").text
    assert "Name at least one lead in the document" in page(client, "/en/kwaliteit").text
    release = write_release(tmp_path)
    (release.folder / "findings.json").write_text(json.dumps([]))
    assert (
        "geen meldingen" in page(create_app(site_of(release, CountingEngine(release))).test_client(), "/kwaliteit").text
    )
    (release.folder / "findings.json").unlink()
    assert (
        "geen meldingen" in page(create_app(site_of(release, CountingEngine(release))).test_client(), "/kwaliteit").text
    )


def test_home(client: FlaskClient) -> None:
    """The first page counts, and leads to a project, the endpoint, catalogue and ontology; /over to the dumps."""
    found = page(client, "/")
    assert {"/projecten", "/organisaties", "/themas"} <= set(found.links_above_the_foot())
    assert "3 projecten 5 organisaties" in " ".join(found.text.split())
    assert f"{BASE}/id/project/schone-sloot" in found.text
    for link in ("/doc/project/schone-sloot", "/sparql", "/catalog.ttl", "/def"):
        assert link in found.values("a", "href")
    assert f"/download/{DIGEST}/agenda.nq" in page(client, "/over").values("a", "href")


def test_empty_publication(tmp_path: Path) -> None:
    """A city that has nothing to tell yet has a site all the same."""
    release = write_release(tmp_path)
    (release.folder / "agenda.nq").write_text("")
    client = create_app(site_of(release, CountingEngine(release))).test_client()
    for path in LISTS:
        page(client, path)


def test_site_under_a_path(tmp_path: Path) -> None:
    """With a path in base_uri every link stands under that path, whether or not a proxy takes it off."""
    base = "https://www.voorbeeld.example/kennis"
    release: Release = write_release(tmp_path, base=base)
    assert Iris(base) == release.iris
    client = create_app(site_of(release, CountingEngine(release))).test_client()
    for path in ("/kennis/id/project/schone-sloot", "/id/project/schone-sloot"):
        assert "/kennis/doc/project/schone-sloot" == client.get(path).headers["Location"]
    for path in ("/kennis", "/kennis/doc/project/schone-sloot", "/kennis/projecten", "/kennis/sparql"):
        found = page(client, path)
        local = [link for link in found.values("a", "href") if not urlsplit(link).scheme and not link.startswith("#")]
        assert local
        assert [] == [link for link in local if not (link == "/kennis" or link.startswith("/kennis/"))]


def test_an_agenda_without_themes_has_all_its_pages(tmp_path: Path) -> None:
    """It is released with a warning, and no page needs a theme."""
    document = "nr\tProject\tBeschrijving\tPartijen\n1\tSchone sloten\tStudenten meten het water.\tT: GZ P: ZU\n"
    folder = write(tmp_path / "city", {"agenda.txt": document, "themes.csv": THEMES.split("\n", 1)[0] + "\n"})
    client = create_app(built_site(folder, tmp_path / "releases")).test_client()
    assert "Deze agenda heeft geen thema" in page(client, "/themas").text
    assert "Gemeente Zandwijk" in page(client, "/").text
    assert "Het project staat onder geen thema." in page(client, "/kwaliteit").text
    for path in ("/projecten", "/samenwerking", "/doc/project/schone-sloten", "/doc/editie/2030", "/catalog", "/def"):
        assert 200 == client.get(path, headers={"Accept": "text/html"}).status_code
