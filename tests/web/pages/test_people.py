"""What people may expect of pages: titles that differ, nothing raw, one kind and one publisher, findings both ways."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kennis_ld.web.words import twins
from tests.web.html import Page, read
from tests.web.kinds import PAGES, SMALL

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
RAW = re.compile(r"--|https?://|^\d{5,}$")
EXPLAINED = re.compile(r"^https?://[^ ]+/(?:catalog|sparql|id/project/[^ ]+)$")
"""Addresses that a page shows so that people can copy them."""


def page(client: FlaskClient, path: str) -> Page:
    """Returns a page as a browser gets it."""
    return read(client.get(path, headers=BROWSER).text)


def english(path: str) -> str:
    """Returns the address of the English twin."""
    bare, _, query = path.partition("?")
    return twins(bare)["en"] + (f"?{query}" if query else "")


def test_every_page_has_a_title_of_its_own(leiden_client: FlaskClient) -> None:
    """No two pages have one title, so that tabs, bookmarks and results of search engines tell them apart."""
    paths = [*PAGES, "/projecten?sorteer=titel", "/organisaties?soort=museum", "/zoeken?q=musea", "/zoeken",
             "/doc/deelname/leren-met-de-stad--gl--trekker", "/doc/deelname/leren-met-de-stad--gl--partner",
             "/doc/project/leren-met-de-stad", "/doc/agendapunt/2023-2027--leren-met-de-stad"]  # fmt: skip
    titles: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        titles[page(leiden_client, path).texts["title"][0]].append(path)
    assert len(titles) > 25
    assert {} == {title: found for title, found in titles.items() if len(found) > 1}


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith("/sparql?query=SELECT")])
def test_no_link_is_a_code(leiden_client: FlaskClient, path: str) -> None:
    """A link says in words where it leads; only an address that is there to be copied is shown as one."""
    for address in (path, english(path)):
        shown = [text for text in page(leiden_client, address).texts["a"] if RAW.search(text)]
        assert [] == [text for text in shown if not EXPLAINED.match(text)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_parts_of_a_page_have_one_name(second_client: FlaskClient, language: str) -> None:
    """Headings of parts differ, so that who hears the page can tell them apart."""
    for path in SMALL:
        headings = page(second_client, path if language == "nl" else english(path)).texts["h2"]
        assert sorted(set(headings)) == sorted(headings), path


def test_a_kind_is_the_same_in_the_list_and_on_the_page(leiden_client: FlaskClient) -> None:
    """The list of organisations and their pages name one kind, also for units and for the publisher."""
    rows = leiden_client.get("/organisaties.json").get_json()
    assert len(rows) > 80
    for row in rows:
        found = page(leiden_client, row["adres"].replace("http://localhost:8000/id/", "/doc/"))
        assert row["soort"] in found.texts["p"], row


def test_the_publisher_is_the_same_everywhere(leiden_client: FlaskClient) -> None:
    """Foot, /over and catalogue name one publisher."""
    catalogue = leiden_client.get("/catalog.nt").text
    publishers = set(re.findall(r"<http://purl.org/dc/terms/publisher> <http://localhost:8000/id/([^>]*)>", catalogue))
    assert {"organisatie/gl"} == publishers
    for path in PAGES:
        found = page(leiden_client, path)
        foot = [text for text in found.texts["a"][-15:] if text]
        assert "Gemeente Leiden" in foot, path
        assert "/doc/organisatie/gl" in found.values("a", "href")


def test_the_foot_leads_to_licence_contact_citation_and_accessibility(leiden_client: FlaskClient) -> None:
    """One click from every page; each of the promised parts is there, and the citation names the release."""
    about = page(leiden_client, "/over")
    ids = {each["id"] for _, each in about.elements if "id" in each}
    for path in PAGES:
        links = page(leiden_client, path).values("a", "href")
        assert "https://creativecommons.org/publicdomain/zero/1.0/" in links
        for part in ("contact", "citeren", "downloaden", "toegankelijkheid", "privacy"):
            assert f"/over#{part}" in links
            assert part in ids
    assert "Gemeente Leiden. (2023–2027). " in about.text
    assert leiden_client.get("/over").headers["Kennis-Release"][:8] in about.text


def test_numbers_stand_with_their_theme(leiden_client: FlaskClient) -> None:
    """Two themes have a project 1; lists and pages say which."""
    listed = page(leiden_client, "/projecten").text
    assert "Vlaggenschepen 1" in listed
    assert "Kennisinfrastructuur 1" in listed
    assert "Vlaggenschepen 1" in " ".join(page(leiden_client, "/doc/project/leren-met-de-stad").texts["p"])
    assert "Vlaggenschepen 1" in page(leiden_client, "/doc/organisatie/ul").text


def test_dutch_in_an_english_page_says_so(leiden_client: FlaskClient) -> None:
    """Titles and quoted words keep their language among the findings, also within an English sentence."""
    found = page(leiden_client, "/en/kwaliteit")
    assert "nl" in found.values("bdi", "lang")
    assert "nl" in found.values("span", "lang")
    assert set() == set(page(leiden_client, "/kwaliteit").values("span", "lang"))


def test_every_finding_leads_to_its_thing_and_back(leiden_client: FlaskClient) -> None:
    """Each finding has an address; the project that it is about shows it and leads to that address."""
    found = page(leiden_client, "/kwaliteit")
    anchors = {each["id"] or "" for name, each in found.elements if name == "div" and "id" in each}
    assert 16 == len(anchors)
    projects = [link for link in found.links_above_the_foot() if link.startswith("/doc/project/")]
    assert 8 == len(projects)
    for project in projects:
        back = [link for link in page(leiden_client, project).values("a", "href") if "/kwaliteit#" in link]
        assert back
        assert {link.partition("#")[2] for link in back} <= anchors


def test_a_project_says_what_is_wrong_and_where(leiden_client: FlaskClient) -> None:
    """The row of the document stands on the page, with what is missing or doubtful marked in it."""
    empty = leiden_client.get("/doc/project/stad-en-taal", headers=BROWSER).text
    for words in ("Het project heeft geen trekker.", "regel 66", "agenda-2023-2027.txt", "<mark>(lege cel)</mark>"):
        assert words in empty
    # What the project is comes first, with a link to what is wrong; below stands how to mend it, above the row.
    link = 'href="#meldingen">Nog niet volledig of niet zeker: 2 meldingen</a>'
    order = ("<h1>", link, 'id="beschrijving"', 'id="wie"', 'id="meldingen"', 'id="herkomst"')
    assert sorted(order, key=empty.index) == list(order)
    doubtful = leiden_client.get("/doc/project/leiden-bio-science-park", headers=BROWSER).text
    for words in ("<mark>OVBS</mark>", "<mark>LUMC</mark>"):
        assert words in doubtful


def test_only_a_doubt_has_a_tag(leiden_client: FlaskClient) -> None:
    """What holds for all partners stands there once, in a sentence; a tag is a doubt with its reason."""
    found = leiden_client.get("/doc/project/cultuurkwartier", headers=BROWSER).text
    assert 1 == found.count('class="tag"')
    assert "onzeker: “<bdi>?</bdi>”" in found
    assert "beoogd" in read(found).text
    assert 'class="tag"' not in leiden_client.get("/doc/project/studentenwelzijn", headers=BROWSER).text
    # Beside a link to the same participation it is no second one, too near for a thumb.
    listed = leiden_client.get("/doc/organisatie/ul", headers=BROWSER).text
    assert '<span class="tag">onzeker: “<bdi>UI</bdi>”</span>' in listed
    assert 1 == listed.count('href="/doc/deelname/stadscriminoloog--ul--trekker"')


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/doc/deelname/leren-met-de-stad--gl--trekker", "Gemeente Leiden is trekker van “Leren met de stad”"),
        ("/doc/deelname/leren-met-de-stad--gl--trekker.en.html", "Municipality of Leiden leads “Leren met de stad”"),
        ("/doc/deelname/leren-met-de-stad--ocw--partner", "is partner in “Leren met de stad”"),
    ],
)
def test_a_participation_is_a_sentence_with_its_evidence(leiden_client: FlaskClient, path: str, sentence: str) -> None:
    """The heading says who does what; below stands the row of the document with the words marked."""
    text = leiden_client.get(path, headers=BROWSER).text
    assert sentence in read(text).texts["h1"][0]
    assert "<mark>" in text
    assert "72" in read(text).text
    assert "Dit is niet zeker" not in text
    doubtful = leiden_client.get("/doc/deelname/leiden-bio-science-park--ul--trekker", headers=BROWSER).text
    assert "Dit is niet zeker. De twijfel zit in: “in nauwe samenwerking met”" in read(doubtful).text
    assert (
        "Universiteit Leiden is misschien trekker van Leiden Bio Science Park (LBSP)" == read(doubtful).texts["h1"][0]
    )


def test_a_typed_query_gets_an_address_as_long_as_that_fits(leiden_client: FlaskClient) -> None:
    """The form leads to an address that can be shared; a query too long for one is answered too."""
    short = leiden_client.post("/sparql", data={"query": "ASK {}", "via": "form"}, headers=BROWSER)
    assert (303, "/sparql?query=ASK+%7B%7D") == (short.status_code, short.headers["Location"])
    query = "SELECT * { ?s ?p ?o } LIMIT 1 # " + "é" * 9000
    long = leiden_client.post("/en/sparql", data={"query": query, "via": "form"}, headers=BROWSER)
    assert 200 == long.status_code
    found = read(long.text)
    assert ["post", "post"] == found.values("form", "method")
    assert query in found.values("input", "value")
    assert not [link for link in found.values("a", "href") if len(link) > 8000]


def test_all_projects_that_an_organisation_leads_as_csv(leiden_client: FlaskClient) -> None:
    """A list can be taken along with the same parameters; the list of organisations says the same number."""
    rows = leiden_client.get("/projecten.csv?trekker=mbor").text.splitlines()
    listed = page(leiden_client, "/projecten?trekker=mbor")
    assert "5 projecten" in listed.texts["p"]
    assert 6 == len(rows)
    assert "/projecten.csv?trekker=mbor" in listed.values("a", "href")
    leading = {row["naam"]: row["trekker met onderdelen"] for row in leiden_client.get("/organisaties.json").get_json()}
    assert ("5", "18") == (leading["mboRijnland"], leading["Universiteit Leiden"])


@pytest.mark.parametrize(
    "parameters",
    [
        "",
        "trekker=ul",
        "partner=hsl&thema=vlaggenschepen",
        "organisatie=ul&met=gl",
        "trekker=ul&zelf=ja",
        "organisatie=gl&rol=trekker",
    ],
)
def test_a_list_gives_the_same_projects_as_its_query(leiden_client: FlaskClient, parameters: str) -> None:
    """The query that a list offers answers with the projects of the list."""
    listed = page(leiden_client, f"/projecten?{parameters}")
    link = next(link for link in listed.values("a", "href") if link.startswith("/sparql?query="))
    answer = leiden_client.get(link, headers={"Accept": "application/sparql-results+json"}).get_json(force=True)
    found = {row["project"]["value"] for row in answer["results"]["bindings"]}
    rows = leiden_client.get(f"/projecten.json?{parameters}").get_json()
    assert found
    assert found == {row["adres"] for row in rows}


def test_a_list_as_turtle_says_what_the_things_say(leiden_client: FlaskClient) -> None:
    """The Turtle of a list has the statements of each project in it."""
    text = leiden_client.get("/projecten.ttl?trekker=mbor").text
    assert 5 == text.count("schema:Project")
    assert "ul>" in leiden_client.get("/organisaties.ttl").text
    assert 6 == leiden_client.get("/themas.ttl").text.count("skos:prefLabel")
    assert 404 == leiden_client.get("/samenwerking.ttl").status_code


@pytest.mark.parametrize("name", ["organisaties", "organisaties?soort=ngo", "themas"])
def test_the_numbers_of_a_list_are_those_of_its_query(
    leiden_client: FlaskClient, second_client: FlaskClient, name: str
) -> None:
    """What an organisation leads and joins, and a theme has, is one number on the page and in the query."""
    numbers = {"lead": "trekker met onderdelen", "partner": "partner met onderdelen", "projects": "projecten"}
    for client in (leiden_client, second_client):
        listed = page(client, f"/{name}")
        link = next(link for link in listed.values("a", "href") if link.startswith("/sparql?query="))
        answer = client.get(link, headers={"Accept": "application/sparql-results+json"}).get_json(force=True)
        rows = client.get(f"/{name.replace('?', '.json?') if '?' in name else f'{name}.json'}").get_json()
        own = {row["adres"]: [row[column] for column in numbers.values() if column in row] for row in rows}
        for row in answer["results"]["bindings"]:
            found = [row[variable]["value"] for variable in numbers if variable in row]
            assert own[row[answer["head"]["vars"][0]]["value"]] == found
        assert len(own) == len(answer["results"]["bindings"]) > 0


def test_pairs_by_theme(leiden_client: FlaskClient) -> None:
    """A theme narrows the pairs, on the page and as a spreadsheet, and the projects behind each number."""
    found = page(leiden_client, "/samenwerking?thema=cultureel-erfgoed")
    rows = leiden_client.get("/samenwerking.json?thema=cultureel-erfgoed").get_json()
    assert f"{len(rows)} paren" in found.text
    link = next(link for link in found.values("a", "href") if "&met=" in link)
    assert "thema=cultureel-erfgoed" in link
    total = len(leiden_client.get(link.replace("/projecten?", "/projecten.json?")).get_json())
    assert rows[0]["projecten samen"] == str(total)
    assert [] == leiden_client.get("/samenwerking.json?thema=bestaat-niet").get_json()


def test_what_is_asked_for_stays_text(leiden_client: FlaskClient) -> None:
    """Parameters that nothing has are shown as text, and select nothing."""
    found = leiden_client.get(f"/projecten?trekker={quote('<b>x')}", headers=BROWSER).text
    assert "<b>x" not in found
    assert "0 projecten" in read(found).texts["p"]


def test_pages_are_light(leiden_client: FlaskClient) -> None:
    """At most 12 kB of HTML and 5 kB of style on the wire, and no scripts but for search, copying and the editor."""
    for path in PAGES:
        response = leiden_client.get(path, headers=BROWSER)
        assert 12_000 >= len(gzip.compress(response.data)), path
        assert {"application/ld+json"} >= set(read(response.text).values("script", "type"))
        assert {"/static/search.js", "/static/copy.js", "/static/editor.js"} >= set(
            read(response.text).values("script", "src")
        )
    with leiden_client.get("/static/site.css") as style:
        assert 5_000 >= len(gzip.compress(style.data))


def test_a_number_of_shared_projects_is_that_of_the_list(leiden_client: FlaskClient) -> None:
    """The number beside a pair leads to a list of as many projects."""
    found = page(leiden_client, "/samenwerking")
    links = [link for link in found.values("a", "href") if "&met=" in link]
    assert 50 == len(links)
    assert 50 < len(leiden_client.get("/samenwerking.json").get_json())
    for link in (links[0], links[20], links[-1]):
        total = len(leiden_client.get(link.replace("/projecten?", "/projecten.json?")).get_json())
        assert str(total) == found.texts["a"][found.values("a", "href").index(link)]


def test_quality_begins_with_what_to_do_first(leiden_client: FlaskClient) -> None:
    """Above the findings stands what to do, the gravest first and then what is most, each with a link to where."""
    text = leiden_client.get("/kwaliteit", headers=BROWSER).text
    above = text[: text.index('id="meldingen"')]
    assert "48 van de 55 projecten zijn volledig." in read(above).text
    links = [link for link in read(above).values("a", "href") if link.startswith("/kwaliteit?soort=")]
    counts = [len(leiden_client.get(link.replace("?", ".json?")).get_json()) for link in links]
    severities = re.findall('<td data-l="Hoe ernstig" class="([a-z]+)"', above)
    assert (16, 9) == (sum(counts), len(set(links)))
    assert [*zip(severities, counts, strict=True)] == sorted(
        zip(severities, counts, strict=True), key=lambda each: (each[0] != "warning", -each[1])
    )
    chosen = page(leiden_client, "/kwaliteit?soort=shape:project-lead")
    assert "Het project heeft geen trekker." in chosen.texts["title"][0]
    assert "shape:" not in chosen.text
    for link in ("/kwaliteit?ernst=warning", "/kwaliteit?ernst=info"):
        assert link in read(above).values("a", "href")


def test_findings_by_theme_and_severity(leiden_client: FlaskClient) -> None:
    """Each choice leaves as many findings as it says, on the page and as a spreadsheet."""
    found = page(leiden_client, "/kwaliteit")
    choices = [link for link in found.values("a", "href") if link.startswith("/kwaliteit?")]
    assert len(choices) > 4
    for link in choices:
        rows = leiden_client.get(link.replace("/kwaliteit?", "/kwaliteit.json?")).get_json()
        narrowed = leiden_client.get(link, headers=BROWSER).text
        assert len(rows) == narrowed.count('<div class="finding ')
    nothing = page(leiden_client, "/kwaliteit?ernst=violation&thema=vlaggenschepen")
    assert "Geen melding past bij deze keuze." in nothing.text
    first = leiden_client.get("/en/kwaliteit.csv").data.decode("utf-8-sig").splitlines()
    assert "severity,about,address,finding,what to do,document,place" == first[0]
    assert 17 == len(first)
