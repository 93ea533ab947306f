"""The changes of the data, as an event stream and in words."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release import feed, manifest
from kennis_ld.release.build import build
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from kennis_ld.web.store import store_files
from tests.publications import DOCUMENT, write
from tests.web.city import site_of
from tests.web.html import read

BASE = "https://data.zandwijk.example"
ATOM = "{http://www.w3.org/2005/Atom}"
FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
TWO = DOCUMENT.replace("P: ZU, inwoners", "P: ZU, HD, inwoners") + (
    "2b\tDuin & <wacht>\tVrijwilligers tellen elke week de planten op drie plekken in het duin.\tT: GZ P: ZU\n"
)


def served(release: Path) -> FlaskClient:
    facts = manifest.read(release)
    engine = StoreEngine(load_store(store_files(release, facts)))
    return create_app(site_of(Release.of(release, facts), engine)).test_client()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The site of a city that published twice."""
    folder = tmp_path_factory.mktemp("changed")
    for text in (DOCUMENT, TWO):
        city = settings.publication(write(folder / "city", {"agenda.txt": text}))
        release = build(city, definitions(), releases=folder / "releases", version="0").release
    assert release is not None
    return served(release)


def triples(client: FlaskClient, path: str, media_type: str = "application/n-triples") -> set[str]:
    response = client.get(path, headers={"Accept": media_type})
    assert (200, media_type) == (response.status_code, response.mimetype)
    found = {str(quad.triple) for quad in ox.parse(response.data, format=FORMS[media_type])}
    assert not any(triple.startswith("_:") for triple in found)
    return found


@pytest.mark.parametrize("path", ["/ldes", "/ldes/2-1"])
def test_every_form_says_the_same(changed: FlaskClient, path: str) -> None:
    """The view and its pages come in each form of RDF, without blank nodes, and say that Accept matters."""
    first, *others = [triples(changed, path, media_type) for media_type in FORMS]
    assert all(first == each for each in others)
    assert "Accept" == changed.get(path).headers["Vary"]


def test_the_view_leads_to_each_transaction(changed: FlaskClient) -> None:
    """There is one view, one retention policy, which is an IRI, and two bounds for each transaction."""
    graph = [*ox.parse(changed.get("/ldes.nt").data, format=ox.RdfFormat.N_TRIPLES)]

    def values(name: str) -> list[str]:
        return [quad.object.value for quad in graph if quad.predicate.value.endswith(f"#{name}")]

    assert [f"{BASE}/ldes"] == values("view")
    assert [f"{BASE}/ldes#retention"] == values("retentionPolicy")
    assert [f"{BASE}/ldes/1-1"] * 2 + [f"{BASE}/ldes/2-1"] * 2 == sorted(values("node"))
    assert 4 == len(values("value"))
    assert values("startingFrom") == sorted(values("value"))[:1]
    assert all(value.endswith("+00:00") for value in values("value"))


def test_a_page_never_changes_and_the_view_is_asked_for(changed: FlaskClient) -> None:
    """A page may be kept for ever, the view only with its tag; a page that is not there yet is 404."""
    page, view = changed.get("/ldes/1-1.ttl"), changed.get("/ldes")
    assert "immutable" in page.headers["Cache-Control"]
    assert "no-cache" == view.headers["Cache-Control"]
    tag = {"If-None-Match": view.headers["ETag"]}
    assert 304 == changed.get("/ldes", headers=tag).status_code
    missing = ("/ldes/3-1", "/ldes/2-2", "/ldes/0-1", "/ldes/1-1.exe", "/ldes/..", "/ldes/1")
    assert {404} == {changed.get(path).status_code for path in missing}
    assert 406 == changed.get("/ldes/1-1", headers={"Accept": "image/png"}).status_code


def test_a_page_that_was_taken_away_is_gone(changed: FlaskClient) -> None:
    """What the administrator removes answers 410, which a follower takes for an empty page (LDES 1.0)."""
    site = changed.application.extensions["kennis_ld"]
    path: Path = site.release.folder.parent / "feed" / "000001" / "1.nt"
    content = path.read_bytes()
    path.unlink()
    try:
        assert 410 == changed.get("/ldes/1-1.jsonld").status_code
    finally:
        path.write_bytes(content)


@pytest.mark.parametrize(("taken", "left"), [(1, {2, 3}), (2, {1, 3}), (3, {1, 2})])
def test_nothing_leads_to_a_page_that_was_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: int, left: set[int]
) -> None:
    """Whoever begins at the view finds all other pages, in every form, also where they were asked before."""
    monkeypatch.setattr(feed, "MOST_MEMBERS", 40)
    city = settings.publication(write(tmp_path / "city", {}))
    release = build(city, definitions(), releases=tmp_path / "releases", version="0").release
    assert release is not None
    client = served(release)

    def reached(media_type: str) -> set[str]:
        found, waiting = set(), [f"{BASE}/ldes"]
        while waiting:
            nodes = (
                triple.partition("tree#node> <")[2].partition(">")[0]
                for triple in triples(client, waiting.pop().removeprefix(BASE), media_type)
            )
            new = {*nodes} - {*found, ""}
            found |= new
            waiting += new
        return found

    assert {f"{BASE}/ldes/1-{number}" for number in (1, 2, 3)} == reached("text/turtle")
    (release.parent / "feed" / "000001" / f"{taken}.nt").unlink()
    for media_type in FORMS:
        assert {f"{BASE}/ldes/1-{number}" for number in left} == reached(media_type)
    assert 410 == client.get(f"/ldes/1-{taken}").status_code


@pytest.mark.parametrize("path", ["/ldes.html", "/ldes.en.html", "/ldes/2-1.html"])
def test_people_read_what_changed(changed: FlaskClient, path: str) -> None:
    """The page names the project that came and says who joined another, with links."""
    response = changed.get(path)
    page = read(response.text)
    is_english = ".en." in path
    assert ("en" if is_english else "nl") == page.language
    assert ["1 new, 0 off" in page.text, "1 nieuw, 0 van" in page.text] == [is_english, not is_english]
    assert "2b Duin & <wacht>" in page.texts["a"]
    words = "new partner: Hogeschool Duin" if is_english else "partner erbij: Hogeschool Duin"
    assert words in page.text
    assert "wijziging-2" in page.values("section", "id")


@pytest.mark.parametrize(("path", "language"), [("/atom.xml", "nl"), ("/en/atom.xml", "en")])
def test_atom_by_the_rules(changed: FlaskClient, path: str, language: str) -> None:
    """The feed has what RFC 4287 asks for, entries newest first, and HTML whose links are whole."""
    response = changed.get(path)
    assert (200, "application/atom+xml", language) == (
        response.status_code, response.mimetype, response.headers["Content-Language"],
    )  # fmt: skip
    feed = ElementTree.fromstring(response.data)  # noqa: S314 - our own
    assert f"{ATOM}feed" == feed.tag
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert f"{BASE}{path}" == links["self"] == feed.findtext(f"{ATOM}id")
    assert "Gemeente Zandwijk" == feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert moments[0] == feed.findtext(f"{ATOM}updated")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(entries) == len(set(ids)) == 2
    content = entries[0].find(f"{ATOM}content")
    assert content is not None
    assert "html" == content.get("type")
    shown = read(content.text or "")
    assert {f"{BASE}/id/project/duin-wacht", f"{BASE}/id/project/schone-sloten"} <= {*shown.values("a", "href")}
    assert "Duin & <wacht>" in shown.text


def test_pages_lead_to_the_feed(changed: FlaskClient) -> None:
    """A feed reader finds the feed from every page, in the language of the page."""
    for path, expected in (("/", "/atom.xml"), ("/en/projecten", "/en/atom.xml")):
        page = read(changed.get(path, headers={"Accept": "text/html"}).text)
        links = [found for name, found in page.elements if name == "link"]
        assert [expected] == [each["href"] for each in links if each.get("type") == "application/atom+xml"]


def test_a_release_without_history_has_an_empty_stream(client: FlaskClient) -> None:
    """Where no changes were kept the stream has no pages, the page says so, and the feed is valid."""
    assert b"relation" not in client.get("/ldes.nt").data
    assert 404 == client.get("/ldes/1-1").status_code
    assert "nog geen wijzigingen" in client.get("/ldes.html").text
    feed = ElementTree.fromstring(client.get("/atom.xml").data)  # noqa: S314 - our own
    assert (None, "1970-01-01T00:00:00.000+00:00") == (feed.find(f"{ATOM}entry"), feed.findtext(f"{ATOM}updated"))
