"""For programs that look around."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from kennis_ld.release.feed import Transaction
from kennis_ld.release.release import Release
from kennis_ld.web import robots
from kennis_ld.web.app import create_app
from tests.conftest import ROOT
from tests.web.city import BASE, DIGEST, CountingEngine, site_of


def addresses(client: FlaskClient, path: str) -> list[str]:
    """The addresses in a file of the sitemap."""
    response = client.get(path)
    assert (200, "application/xml") == (response.status_code, response.mimetype)
    return re.findall("<loc>([^<]+)</loc>", response.text)


def test_robots(client: FlaskClient) -> None:
    """Robots stay out of queries and filters, may read every thing, and are told where the sitemap is."""
    text = client.get("/robots.txt").text
    rules = [re.escape(rule).replace(r"\*", ".*") for rule in re.findall("(?m)^Disallow: (.+)$", text)]
    assert len(rules) > 1

    def may_not(path: str) -> bool:
        return any(re.match(rule, path) for rule in rules)

    for page in ("sparql?query=ASK{}", "projecten?thema=water", "projecten.csv?thema=water", "kwaliteit?ernst=info",
                 "vraag/projecten-van-organisatie?organisatie=gv", "samenwerking?organisatie=gv", "zoeken?q=sloot",
                 "zoeken/suggesties"):  # fmt: skip
        assert may_not(f"/{page}"), page
        assert may_not(f"/en/{page}"), page
    for path in ("/", "/projecten", "/doc/project/schone-sloot.ttl", "/vraag/wie-trekt-het-meest", "/catalog.ttl",
                 f"/download/{DIGEST}/agenda.nq", "/en/zoeken", "/ldes/feed"):  # fmt: skip
        assert not may_not(path), path
    assert f"Sitemap: {BASE}/sitemap.xml" in text


def test_every_address_of_the_sitemap_is_a_page(client: FlaskClient) -> None:
    """The sitemap names pages that are there, each once, every project and organisation among them."""
    found = addresses(client, "/sitemap.xml")
    assert len(found) == len(set(found))
    assert {f"{BASE}/doc/project/schone-sloot", f"{BASE}/doc/organisatie/waterlab", f"{BASE}/en/projecten"} <= {*found}
    accept = {"Accept": "text/html"}
    assert {200} == {client.get(each.removeprefix(BASE) or "/", headers=accept).status_code for each in found}


def test_a_sitemap_of_many_pages_comes_in_parts(own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more pages than a file may list, the sitemap lists files, and these list all pages."""
    whole = addresses(own_client, "/sitemap.xml")
    monkeypatch.setattr(robots, "MOST_ADDRESSES", 7)
    parts = addresses(own_client, "/sitemap.xml?again")
    assert -(-len(whole) // 7) == len(parts)
    assert 404 == own_client.get(f"/sitemap-{len(parts) + 1}.xml").status_code


def test_llms(client: FlaskClient) -> None:
    """A language model is told what there is, and each address on this site answers."""
    text = client.get("/llms.txt").text
    assert text.startswith("# Knowledge agenda of Voorbeeldstad\n")
    links = re.findall(rf"\({re.escape(BASE)}([^)]+)\)", text)
    assert len(links) > 6
    for link in links:
        with client.get(link, follow_redirects=True) as response:
            assert 200 == response.status_code, link


def test_llms_has_the_form_that_its_readers_expect(leiden_client: FlaskClient) -> None:
    """Under a heading stand links only, a line each (llmstxt.org); its own parser for Python stops at anything else."""
    text = leiden_client.get("/llms.txt").text
    lines = text[text.index("\n## ") :].splitlines()
    others = [line for line in lines if not re.match(r"- \[[^\]]+\]\([^)]+\)(: |$)", line)]
    assert {"", "## Data", "## Queries", "## Saved questions"} == set(others)


def test_llms_can_fetch_the_saved_questions(leiden_client: FlaskClient) -> None:
    """Each question has an address that answers with data, once its parameters are filled in as is said there."""
    text = leiden_client.get("/llms.txt").text
    given = {
        "{organisatie}": "ul",
        "{project}": "leren-met-de-stad",
        "{text}": "water",
        "{iri}": "thema/vlaggenschepen",
    }
    asked = re.findall(r"\(http://localhost:8000(/vraag/[^)]+)\)", text)
    assert len(asked) == len(list((ROOT / "queries").glob("*.rq")))
    for address in asked:
        path = re.sub(r"\{\w+\}", lambda found: given[found[0]], address)
        response = leiden_client.get(path)
        assert 200 == response.status_code, path
        assert response.mimetype == ("text/turtle" if ".ttl" in path else "text/csv")


@pytest.mark.parametrize(("path", "document"), [("/", "/catalog"), ("/en", "/catalog"), ("/kwaliteit", "/kwaliteit")])
def test_a_page_leads_to_its_data(client: FlaskClient, path: str, document: str) -> None:
    """Who wants RDF of the home page or of the quality gets it elsewhere; who wants a page is told where it is."""
    response = client.get(path, headers={"Accept": "text/turtle"})
    assert (303, f"{document}.ttl") == (response.status_code, response.headers["Location"])
    assert "Accept" == response.headers["Vary"]
    page = client.get(path, headers={"Accept": "text/html"})
    assert f'<{document}>; rel="describedby"' == page.headers["Link"]


def test_documents_say_since_when(release: Release, engine: CountingEngine) -> None:
    """Last-Modified is when the release became the current one; a release that does not know says nothing."""
    publication = Transaction(1, "2026-03-01T12:00:00+00:00", "", release.digest, release.iris.base, {}, None, [])
    dated = replace(release, transactions=[publication])
    client = create_app(site_of(dated, engine)).test_client()
    for path in ("/", "/doc/project/schone-sloot.ttl", "/catalog.ttl", f"/download/{release.digest}/agenda.ttl"):
        with client.get(path) as response:
            assert "Sun, 01 Mar 2026 12:00:00 GMT" == response.headers["Last-Modified"]
