"""The pages of single things: their address to copy, what is related, and nothing told as a raw property first."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kennis_ld.graph.description import Term
from kennis_ld.web.pages.overview import PARTNER, Organisation, Overview, Project
from kennis_ld.web.pages.related import MOST_PROJECTS, related
from tests.web.html import Page, read
from tests.web.kinds import PAGES

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
COPIED = re.compile(r'<span class="copy" [^>]*><code>(.*?)</code></span>')
ROWS = re.compile(r'<th scope="row">.*?</th>\n<td>\n(.*?)</td>', re.DOTALL)


def page(client: FlaskClient, path: str) -> Page:
    """Returns a page as a browser gets it."""
    return read(client.get(path, headers=BROWSER).text)


def copied(client: FlaskClient, path: str) -> list[str]:
    """Returns the texts of a page that are there to be copied."""
    text = client.get(path, headers=BROWSER).text
    return [re.sub("<[^>]*>", "", found) for found in COPIED.findall(text)]


def test_address_citation_and_identifiers_are_there_to_copy(leiden_client: FlaskClient) -> None:
    """Near the top of an organisation stand its IRI, how to cite it, and its IRIs in other registers."""
    found = copied(leiden_client, "/doc/organisatie/ul")
    release = leiden_client.get("/doc/organisatie/ul").headers["Kennis-Release"][:8]
    iri = "http://localhost:8000/id/organisatie/ul"
    assert [iri, "https://ror.org/027bh9e22", "http://www.wikidata.org/entity/Q156598"] == [found[0], *found[2:]]
    assert found[1].startswith("Gemeente Leiden (2023–2027). Universiteit Leiden. ")
    assert found[1].endswith(f"release {release}. {iri}")


def test_an_identifier_leads_to_whom_it_is_of(leiden_client: FlaskClient) -> None:
    """Who came from a register finds the organisation above the page."""
    links = read(leiden_client.get("/doc/identificatie/ul--ror", headers=BROWSER).text).links_above_the_foot()
    assert "/doc/organisatie/ul" in links


def test_what_an_organisation_does_itself_is_said_so(leiden_client: FlaskClient) -> None:
    """Where the sum counts units, the list below says that it leaves them out."""
    for name, heading in (("ul", "Zelf trekker van"), ("mbor", "Trekker van")):
        assert heading in read(leiden_client.get(f"/doc/organisatie/{name}", headers=BROWSER).text).texts["h2"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/doc/agendapunt/2023-2027--stad-en-taal", "Zo staat het in de agenda"),
        ("/doc/identificatie/ul--ror", "027bh9e22"),
        ("/doc/dataset/leiden-kennisstad", "CC0 1.0, vrij te gebruiken"),
        ("/catalog", "http://localhost:8000/catalog"),
        ("/doc/agenda/leiden-kennisstad", "Alle projecten (55)"),
    ],
)
def test_a_page_answers_first(leiden_client: FlaskClient, path: str, told: str) -> None:
    """The statements are folded away behind what a page tells, and say nothing twice."""
    text = leiden_client.get(path, headers=BROWSER).text
    assert told in read(text).text
    assert text.index("<details", text.index('<div class="columns">')) < text.index("<table")
    values = ROWS.findall(text)
    assert len(values) > 4
    assert sorted(set(values)) == sorted(values)


def test_related_projects_share_who_is_in_few(leiden_client: FlaskClient) -> None:
    """A project leads to others with the same organisations, and to all of its theme."""
    found = page(leiden_client, "/doc/project/leiden-bio-science-park")
    assert "ook met Provincie Zuid-Holland" in found.text
    assert "/projecten?thema=vlaggenschepen" in found.values("a", "href")
    alone = page(leiden_client, "/doc/project/stad-en-taal")
    assert "/projecten?thema=cultureel-erfgoed" in alone.values("a", "href")
    assert 3 == alone.text.count("zelfde thema")


def test_who_is_everywhere_relates_nothing() -> None:
    """An organisation in more projects than MOST_PROJECTS is no reason; what is in fewer is a better one."""
    projects = {f"p{number}": Project(f"p{number}", Term(f"P{number}")) for number in range(MOST_PROJECTS + 3)}
    organisations = {name: Organisation(name) for name in ("all", "three", "two")}

    def joins(party: str, *keys: str) -> None:
        for key in keys:
            projects[key].parties[PARTNER].append(party)
            organisations[party].own[PARTNER].append(key)

    joins("all", *projects)
    joins("three", "p1", "p2", "p3")
    joins("two", "p1", "p4")
    whole = Overview(projects, organisations, {})
    found = [(each.project, each.parties) for each in related(whole, "p1")]
    assert [("p4", ["two"]), ("p2", ["three"]), ("p3", ["three"])] == found
    assert [] == related(whole, "p9")


def test_every_table_has_a_name(leiden_client: FlaskClient) -> None:
    """Who hears a page hears what each table is about: it is called after a heading, or by a caption or a label."""
    for path in PAGES:
        text = leiden_client.get(path, headers=BROWSER).text
        ids = set(re.findall(' id="([^"]*)"', text))
        for table in re.findall(r"<table[^>]*>\n?(?:<caption)?", text):
            named = re.search('aria-labelledby="([^"]*)"', table)
            assert "<caption" in table or "aria-label=" in table or (named and named[1] in ids), (path, table)


def test_a_participation_marks_its_words_and_its_doubt(leiden_client: FlaskClient) -> None:
    """Who asks why it is not certain sees the words of the cell that say so."""
    page = leiden_client.get("/doc/deelname/leiden-bio-science-park--ul--trekker.html").text
    assert ["in nauwe samenwerking met", "UL"] == re.findall("<mark>([^<]*)</mark>", page)


def test_an_answer_is_taken_from_above_it(leiden_client: FlaskClient) -> None:
    """Nobody scrolls through a long answer to find how to take it along, on the page of a question as in the editor."""
    page = leiden_client.get("/vraag/wie-trekt-het-meest").text
    assert page.index("wie-trekt-het-meest.csv") < page.index("<table")
