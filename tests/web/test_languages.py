"""Cities that publish in another language than Dutch, from their settings to their pages."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDFS, SDO, SKOS

from kennis_ld.engine.saved import load_all
from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication.settings import publication
from kennis_ld.release import manifest
from kennis_ld.release.build import build
from kennis_ld.release.release import Release
from kennis_ld.serving.service import Service, site_settings
from kennis_ld.web.app import create_app
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.site import Site
from kennis_ld.web.store import store_files
from tests.conftest import ROOT
from tests.publications import SETTINGS, write

GERMAN = SETTINGS.replace('"nl"', '"de"').replace(".nl =", ".de =").replace("Kennisagenda", "Wissensagenda")
ENGLISH = (
    SETTINGS.replace('"nl"', '"en"').replace('title.en = "Zandwijk knowledge agenda"\n', "").replace(".nl =", ".en =")
)
STATUS = """
[statuses.laeuft]
words = ["läuft"]
label.de = "läuft"
label.en = "running"
definition.de = "Das Projekt läuft."
definition.en = "The project is going on."
"""
DUTCH = 'label.nl = "loopt"\n'
KEYWORDS = '\n[catalogue.keywords]\nde = ["Wissen", "Zandwijk"]\nen = ["knowledge", "Zandwijk"]\n'
REGISTER = """\
key,name,name_en,kind,parent,abbreviations,spellings,evidence,note,note_en
gz,Gemeinde Zandwijk,Municipality of Zandwijk,GovernmentOrganization,,GZ,die Stadt,Seite,Gibt sie heraus.,It publishes.
zu,Universität Zandwijk,,CollegeOrUniversity,,ZU,,,,
zu-lab,Sandlabor,,ResearchOrganization,zu,ZL,,,,
hd,Hochschule Düne,,CollegeOrUniversity,,HD,,,,
"""
THEMES = """\
key,number,headings,label,label_en,definition,definition_en,broader
water,1,Water,Wasser,Water,Projekte zum Wasser.,Projects about water.,
zand,2,Zand,Sand,,,,
"""
BASE = "https://data.zandwijk.example"


def served(folder: Path, changes: dict[str, str]) -> tuple[FlaskClient, Path]:
    """Builds a publication and returns a client of its site as `serve` sets it up, and the folder of its release."""
    city = publication(write(folder / "city", changes))
    built = build(city, definitions(), releases=folder / "releases", version="0")
    assert built.release is not None, [item.message["en"] for item in built.checked.messages]
    facts = manifest.read(built.release)
    engine = StoreEngine(load_store(store_files(built.release, facts)))
    settings = site_settings(city, load_all(ROOT / "queries"), Service())
    release = Release.of(built.release, facts)
    site = Site(engine=engine, lookup=Lookup(engine, city.iris), release=release, settings=settings)
    return create_app(site).test_client(), built.release


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, Path]:
    """A German city, with a status and keywords."""
    files = {"publication.toml": GERMAN + KEYWORDS + STATUS + DUTCH, "register.csv": REGISTER, "themes.csv": THEMES}
    return served(tmp_path_factory.mktemp("german"), files)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, Path]:
    """An English city."""
    return served(tmp_path_factory.mktemp("english"), {"publication.toml": ENGLISH})


def said(release: Path, iri: str, prop: URIRef, file: str = "agenda.ttl") -> set[tuple[str, str | None]]:
    """What a file of a release says of a thing with a property, with its language."""
    graph = Graph().parse(release / file)
    found = graph.objects(URIRef(f"{BASE}/id/{iri}"), prop)
    return {(str(text), getattr(text, "language", None)) for text in found}


def test_names_of_the_register_are_in_the_language_of_the_city(german: tuple[FlaskClient, Path]) -> None:
    """A name has the language of the publication, its English name English; nothing is called Dutch."""
    _, release = german
    names = {("Gemeinde Zandwijk", "de"), ("Municipality of Zandwijk", "en")}
    assert names == said(release, "organisatie/gz", SKOS.prefLabel) == said(release, "organisatie/gz", SDO.name)
    assert {("Gemeinde Zandwijk", "de")} == said(release, "organisatie/gz", RDFS.label)
    assert {("GZ", "de"), ("die Stadt", "de")} == said(release, "organisatie/gz", SKOS.altLabel)
    assert {("It publishes.", "en"), ("Gibt sie heraus.", "de")} == said(release, "organisatie/gz", SKOS.note)
    assert {("Seite", "de")} == said(release, "organisatie/gz", URIRef(f"{BASE}/def#evidence"))


def test_concepts_of_the_city_are_in_its_language(german: tuple[FlaskClient, Path]) -> None:
    """Themes and statuses have its language, and Dutch where it says so; those of the software Dutch and English."""
    _, release = german
    assert {("Wasser", "de"), ("Water", "en")} == said(release, "thema/water", SKOS.prefLabel)
    assert {("läuft", "de"), ("loopt", "nl"), ("running", "en")} == said(
        release, "begrip/status-laeuft", SKOS.prefLabel
    )
    assert {"nl", "en"} == {language for _, language in said(release, "begrip/trekker", SKOS.prefLabel)}
    participation = "deelname/schone-sloten--gz--trekker"
    assert {("lead", "en")} == said(release, participation, SDO.roleName)


def test_what_is_in_the_data_is_dutch_only_where_the_software_says_it(german: tuple[FlaskClient, Path]) -> None:
    """No statement about an organisation, a theme or a project of a German city is tagged as Dutch."""
    _, release = german
    graph = Graph().parse(release / "agenda.ttl")
    own = tuple(f"{BASE}/id/{each}/" for each in ("organisatie", "thema", "project", "agenda", "editie", "deelname"))
    dutch = {(s, p) for s, p, o in graph if str(s).startswith(own) and getattr(o, "language", None) == "nl"}
    assert set() == dutch


def test_catalogue_of_a_german_city(german: tuple[FlaskClient, Path]) -> None:
    """Portals find the title, keywords and contact in German, and that the data are German."""
    _, release = german
    dataset = "dataset/zandwijk"
    titles = {("Wissensagenda Zandwijk", "de"), ("Zandwijk knowledge agenda", "en")}
    assert titles == said(release, dataset, DCTERMS.title, "catalog.ttl")
    words = {("Wissen", "de"), ("Zandwijk", "de"), ("knowledge", "en")}
    assert words == said(release, dataset, DCAT.keyword, "catalog.ttl")
    languages = {str(each) for each, _ in said(release, dataset, DCTERMS.language, "catalog.ttl")}
    assert {"http://publications.europa.eu/resource/authority/language/DEU"} == languages
    assert {("Bureau Kennis", "de")} == said(release, "contact/zandwijk", RDFS.label, "catalog.ttl")


def test_what_the_software_names_has_a_name_in_german(tmp_path: Path) -> None:
    """Catalogue, services, stream and themes have one in the language of the city, also where it has no English."""
    own = GERMAN.replace('title.en = "Zandwijk knowledge agenda"\n', "")
    _, release = served(tmp_path, {"publication.toml": own})
    for thing, name in (("catalogus/zandwijk", "DCAT"), ("dienst/sparql", "SPARQL"), ("dienst/ldes", "LDES")):
        titles = said(release, thing, DCTERMS.title, "catalog.ttl")
        assert ("Wissensagenda Zandwijk (" + name + ")", "de") in titles
        assert {"de", "nl", "en"} == {language for _, language in titles}
    assert ("Wissensagenda Zandwijk (SKOS)", "de") in said(release, "begrippenkader/themas", DCTERMS.title)
    languages = said(release, "catalogus/zandwijk", DCTERMS.language, "catalog.ttl")
    assert {"DEU", "NLD", "ENG"} == {iri.rpartition("/")[2] for iri, _ in languages}


def test_title_of_the_table_says_its_language(german: tuple[FlaskClient, Path]) -> None:
    """The metadata of agenda.csv say the title as the catalogue does, in each language."""
    _, release = german
    told = json.loads((release / "agenda.csv-metadata.json").read_text(encoding="utf-8"))
    titles = {(title["@value"], title["@language"]) for title in told["dc:title"]}
    assert said(release, "dataset/zandwijk", DCTERMS.title, "catalog.ttl") == titles
    assert "@language" not in json.dumps(told["@context"])


def test_english_city_has_no_dutch_catalogue_title_of_the_dataset(english: tuple[FlaskClient, Path]) -> None:
    """What the city tells in English is English, once."""
    _, release = english
    assert {("Kennisagenda Zandwijk", "en")} == said(release, "dataset/zandwijk", DCTERMS.title, "catalog.ttl")
    assert {("Gemeente Zandwijk", "en")} == said(release, "organisatie/gz", SKOS.prefLabel)
    assert {("Water", "en")} == said(release, "thema/water", SKOS.prefLabel)


@pytest.mark.parametrize("path", ["/", "/en", "/doc/organisatie/hd", "/doc/organisatie/hd.en.html", "/themas", "/over"])
def test_german_name_on_a_page_says_that_it_is_german(german: tuple[FlaskClient, Path], path: str) -> None:
    """A page is in Dutch or English; the name of the site and what the city wrote have their own language."""
    client, _ = german
    page = html.fromstring(client.get(path, headers={"Accept": "text/html"}).data)
    language = page.get("lang")
    assert language == ("en" if "en" in path.replace(".", "/").split("/") else "nl")
    name = page.xpath("//header//a[@class='name']//bdi")[0]
    expected = ("Zandwijk knowledge agenda", None) if language == "en" else ("Wissensagenda Zandwijk", "de")
    assert expected == (name.text, name.get("lang"))
    for each in page.xpath("//bdi[starts-with(text(), 'Hochschule') or starts-with(text(), 'Universität')]"):
        assert "de" == next(above.get("lang") for above in [each, *each.iterancestors()] if above.get("lang"))


def rows(client: FlaskClient, name: str, **given: str) -> Iterator[tuple[str, ...]]:
    answer = client.get(f"/vraag/{name}.csv", query_string=given)
    assert 200 == answer.status_code, answer.text
    yield from map(tuple, list(csv.reader(answer.text.splitlines()))[1:])


def test_question_gives_one_row_a_thing(german: tuple[FlaskClient, Path]) -> None:
    """An organisation, theme or edition with two names is one row, with the name in the language of the city."""
    client, _ = german
    most = list(rows(client, "wie-trekt-het-meest"))
    assert len({row[0] for row in most}) == len(most)
    assert "Gemeinde Zandwijk" in {cell for row in most for cell in row}
    themes = list(rows(client, "projecten-per-thema"))
    assert ["Wasser", "Sand"] == [next(cell for cell in row if cell in {"Wasser", "Sand", "Water"}) for row in themes]
    assert 1 == len(list(rows(client, "edities")))


@pytest.mark.parametrize(("word", "name"), [("Hochschule", "Hochschule Düne"), ("Municipality", "Gemeinde Zandwijk")])
def test_search_finds_a_german_name(german: tuple[FlaskClient, Path], word: str, name: str) -> None:
    """A name in any language is found; the Dutch page shows the city's own."""
    client, _ = german
    page = html.fromstring(client.get("/zoeken", query_string={"q": word}).data)
    hit = page.xpath("//main//*[@class='hits']//a//bdi")[0]
    assert (name, "de") == (hit.text, hit.get("lang"))


def test_reconcile_gives_the_german_name(german: tuple[FlaskClient, Path]) -> None:
    """The service matches the name in the language of the city."""
    client, _ = german
    asked = {"queries": json.dumps({"q": {"query": "Gemeinde Zandwijk"}})}
    (first, *_) = client.get("/reconcile", query_string=asked).get_json()["q"]["result"]
    assert ("Gemeinde Zandwijk", True) == (first["name"], first["match"])


def test_feed_of_changes_is_called_as_the_city_is(german: tuple[FlaskClient, Path]) -> None:
    """The stream and the feed have the name of the publication in words of the software."""
    client, _ = german
    stream = Graph().parse(data=client.get("/ldes.ttl").data, format="turtle")
    names = {(str(text), text.language) for text in stream.objects(None, RDFS.label) if hasattr(text, "language")}
    own = {("Wissensagenda Zandwijk (LDES)", "de")}
    assert own | {("Wijzigingen: Wissensagenda Zandwijk", "nl"), ("Changes: Zandwijk knowledge agenda", "en")} == names
    assert "Wissensagenda Zandwijk" in client.get("/atom.xml").text


def test_dutch_title_of_a_frisian_city_stays_dutch(tmp_path: Path) -> None:
    """A text may be told in Dutch beside the language of the city, and is taken for nothing else."""
    frisian = SETTINGS.replace('language = "nl"', 'language = "fy"').replace(
        'title.nl = "Agenda 2030"', 'title.fy = "Wurklist 2030"\ntitle.nl = "Agenda 2030"'
    )
    _, release = served(tmp_path, {"publication.toml": frisian})
    assert {("Wurklist 2030", "fy"), ("Agenda 2030", "nl")} == said(release, "editie/2030", DCTERMS.title)
    titles = {("Kennisagenda Zandwijk", "nl"), ("Zandwijk knowledge agenda", "en")}
    assert titles == said(release, "agenda/zandwijk", DCTERMS.title)


def test_every_question_has_the_same_rows_in_any_language(german: tuple[FlaskClient, Path], tmp_path: Path) -> None:
    """The same city in Dutch gives the same answers, but for the names of roles."""
    settings = (GERMAN + KEYWORDS + STATUS).replace('"de"', '"nl"').replace("de =", "nl =")
    dutch = {"publication.toml": settings}
    clients = (german[0], served(tmp_path, {**dutch, "register.csv": REGISTER, "themes.csv": THEMES})[0])
    values = {"organisatie": "zu", "project": "schone-sloten", "thema": "water", "": f"{BASE}/id/organisatie/zu"}
    for query in load_all(ROOT / "queries").values():
        given = {each.name: values[each.concept] if each.kind == "IRI" else "a" for each in query.parameters}
        ends = "csv" if query.columns else "nt"
        one, other = (client.get(f"/vraag/{query.name}.{ends}", query_string=given).text for client in clients)
        if query.columns:
            assert sorted(one.replace("lead", "trekker").splitlines()) == sorted(other.splitlines()), query.name
        else:
            assert len(one.splitlines()) == len(other.splitlines()), query.name
