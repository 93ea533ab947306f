"""Portals, with their own software: what a CKAN, the NDE register, a search engine and an archive make of a release."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph
from rdflib.namespace import DCAT, SDO

from kennis_ld.graph.stream import SPECIFICATION
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import build
from tests.publications import DOCUMENT, SETTINGS, write
from tests.w3c.served import Site

HERE = Path(__file__).parent
ENVIRONMENT = HERE / ".venv" / "bin"
PROBE = HERE / "node_modules" / "@lde" / "distribution-probe"
IRIS = "https://data.zandwijk.example"

pytestmark = [
    pytest.mark.portals,
    pytest.mark.skipif(
        not (ENVIRONMENT / "node").exists(),
        reason='needs the portals\' own software: see "Dependencies" in CONTRIBUTING.md',
    ),
]


def said(command: Sequence[str | Path], given: object) -> Any:
    """What a program answers in JSON to what it is given in JSON."""
    ran = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, timeout=60, check=False, cwd=HERE
    )
    assert 0 == ran.returncode, ran.stderr[-2000:]
    return json.loads(ran.stdout)


def released(folder: Path, changes: Mapping[str, str]) -> Path:
    """A release of the made-up city with other contents of the files that are named."""
    city = settings.publication(write(folder / "city", changes))
    release = build(city, definitions(), releases=folder / "releases", version="0").release
    assert release is not None
    return release


ENGLISH = SETTINGS.replace("[catalogue]", '[catalogue]\ntitle.nl = "Projecten"\ntitle.en = "Projects"\n')
ENGLISH = ENGLISH.replace(
    "description.nl", 'description.en = "The agenda of a city that does not exist."\ndescription.nl'
)
ENGLISH = ENGLISH.replace("[catalogue]", '[catalogue]\nkeywords.nl = ["kennis"]\nkeywords.en = ["knowledge"]')
KEYWORDS = SETTINGS.replace("[catalogue]", '[catalogue]\nkeywords.nl = ["kennis & kunde", "k", "wél. goed_-1"]')


@pytest.fixture(scope="module")
def ckan(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Any]:
    """What CKAN makes of two releases in three forms, the last of them in English, and of one with odd keywords."""
    folder = tmp_path_factory.mktemp("ckan")
    first = released(folder, {"publication.toml": ENGLISH})
    second = released(folder, {"publication.toml": ENGLISH, "agenda.txt": DOCUMENT.replace("hard regent", "giet")})
    odd = released(folder, {"publication.toml": KEYWORDS})
    assert 3 == len({first, second, odd})
    forms = ((first, "ttl", "turtle", "nl"), (second, "rdf", "xml", "nl"), (second, "jsonld", "json-ld", "en"))
    given = [
        {"path": str(release / f"catalog.{form}"), "format": name, "language": language}
        for release, form, name, language in (*forms, (odd, "ttl", "turtle", "nl"))
    ]
    return said([ENVIRONMENT / "python", HERE / "ckan_says.py"], given)  # type: ignore[no-any-return]


def test_ckan_takes_two_releases_over_without_an_error(ckan: Sequence[Any]) -> None:
    """By AP 2 and AP 3 ckanext-dcat reads every form, and both its schemas find no fault in either.

    The ids of resources stay; titles and descriptions, of resources too, come in the language of the portal.
    """
    for answer in ckan[:3]:
        assert 4 == len(answer["errors"])
        assert {} == {name: found for name, found in answer["errors"].items() if found != [{}]}
    for profile in ("AP 2", "AP 3"):
        (before,), (after,), (english,) = (answer["datasets"][profile] for answer in ckan[:3])
        assert ("Projecten", "Projecten", "Projects") == (before["title"], after["title"], english["title"])
        assert "The agenda of a city that does not exist." == english["notes"]
        for field in ("name", "description"):
            dutch, theirs = ({resource[field] for resource in dataset["resources"]} for dataset in (after, english))
            assert (8, 8, set()) == (len(dutch), len(theirs), dutch & theirs)
        assert "cc-by" == before["license_id"]
        assert ["kennis", "knowledge"] == sorted(tag["name"] for tag in before["tags"])
        ids = [[resource["uri"] for resource in dataset["resources"]] for dataset in (before, after, english)]
        assert ids[0] == ids[1] == ids[2]
        for dataset in (before, after, english):
            shown = {resource["uri"].rpartition("--")[2]: resource["format"] for resource in dataset["resources"]}
            assert {
                "csv": "CSV",
                "ttl": "RDF Turtle",
                "xlsx": "Excel XLSX",
                "sparql": "SPARQL",
            }.items() <= shown.items()
        addresses = [{resource["url"] for resource in dataset["resources"]} for dataset in (before, after)]
        assert {f"{IRIS}/sparql", f"{IRIS}/ldes"} == addresses[0] & addresses[1]
    assert "2030" == ckan[0]["datasets"]["AP 3"][0]["version"]


def test_ckan_refuses_what_check_says_it_refuses(ckan: Sequence[Any]) -> None:
    """Like `check --for ckan`, CKAN's validators refuse a keyword with an ampersand and one of a single letter."""
    (errors,) = ckan[3]["errors"]["dcat_ap_recommended, AP 3"]
    assert ["tags"] == list(errors)
    refused = " ".join(text for tag in errors["tags"] for texts in tag.values() for text in texts)
    assert '"kennis & kunde" can only contain' in refused
    assert '"k" length is less than' in refused
    assert "wél" not in refused


def fetched(address: str, accept: str) -> tuple[str, str]:
    """The address that a client ends at, and what it gets there as the kind of text that it asked for."""
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": accept})) as answer:
        assert answer.headers.get_content_type() == accept
        return answer.url, answer.read().decode()


@pytest.mark.skipif(not PROBE.is_dir(), reason="needs @lde/distribution-probe: npm ci --prefix tests/clients")
def test_the_probe_of_nde_can_have_every_distribution(site: Site) -> None:
    """Each dump answers HEAD with its type and size, its content is RDF where it says so, and the endpoint answers."""
    catalogue = Graph().parse(data=fetched(f"{site.url}/catalog.ttl", "text/turtle")[1], format="turtle")
    # The probe knows dumps and SPARQL; the change feed has a client of its own in the tests.
    feeds = set(catalogue.subjects(SDO.usageInfo, SPECIFICATION))
    distributions = sorted(each for each in catalogue.subjects(SDO.contentUrl) if each not in feeds)
    given = [
        {"url": str(catalogue.value(each, SDO.contentUrl)), "mimeType": catalogue.value(each, SDO.encodingFormat)}
        for each in distributions
    ]
    found = said([ENVIRONMENT / "node", HERE / "probe.mjs"], given)
    assert 7 == len(found)
    for each, one in zip(distributions, found, strict=True):
        assert (True, [], None) == (one["good"], one["warnings"], one["reason"]), each
        if (size := catalogue.value(each, DCAT.byteSize)) is not None:
            assert int(str(size)) == one["size"], each
    assert 1 == [one["kind"] for one in found].count("SparqlProbeResult")


def test_the_subjects_that_occur_most_have_pages_that_name_them(site: Site) -> None:
    """NDE follows ten subjects of the most frequent namespace to a page with the IRI in it and to RDF; so do all."""
    query = "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s ORDER BY DESC(?n) ?s"
    answer = fetched(f"{site.endpoint}?query={urllib.parse.quote(query)}", "application/sparql-results+json")[1]
    subjects = [row["s"]["value"] for row in json.loads(answer)["results"]["bindings"]]
    namespaces = Counter(subject.rpartition("/")[0] for subject in subjects if "#" not in subject)
    ((often, _),) = namespaces.most_common(1)
    for subject in dict.fromkeys([*subjects[:10], *(each for each in subjects if each.rpartition("/")[0] == often)]):
        assert subject.startswith(site.url)
        page, html = fetched(subject, "text/html")
        assert subject in html, page
        assert f"<{subject}>" in fetched(subject, "application/n-triples")[1]


def test_a_search_engine_reads_one_item_on_a_page(site: Site) -> None:
    """On a page extruct finds one item of schema.org: the type and IRI of its thing, and the address of the page."""
    wanted = {
        "/doc/project/regenkaart": ("Project", "/id/project/regenkaart", "Regenkaart"),
        "/doc/organisatie/zu": ("CollegeOrUniversity", "/id/organisatie/zu", "Universiteit Zandwijk"),
        "/doc/dataset/zandwijk": ("Dataset", "/id/dataset/zandwijk", "Kennisagenda Zandwijk"),
        "/doc/thema/water": ("DefinedTerm", "/id/thema/water", "Water"),
    }
    pages = [fetched(f"{site.url}{path}.html", "text/html") for path in wanted]
    for items, (kind, iri, name), path in zip(
        said([ENVIRONMENT / "python", HERE / "pages_say.py"], pages), wanted.values(), wanted, strict=True
    ):
        (item,) = items
        assert (kind, f"{site.url}{iri}", name) == (item["@type"], item["@id"], item["name"])
        assert item["url"].startswith(f"{site.url}{path}")


def test_a_search_engine_reads_one_item_on_a_page_about_no_thing(site: Site) -> None:
    """On lists, a question with its answer, the query page and the others extruct finds what kind of page it is."""
    wanted = {
        "/": "Dataset", "/projecten": "CollectionPage", "/organisaties": "CollectionPage", "/themas": "CollectionPage",
        "/samenwerking": "CollectionPage", "/kwaliteit": "CollectionPage", "/vraag": "CollectionPage",
        "/vraag/wie-trekt-het-meest": "WebPage", "/sparql": "WebPage", "/zoeken?q=duin": "SearchResultsPage",
        "/over": "AboutPage", "/def": "DefinedTermSet", "/def/problems": "WebPage", "/ldes.html": "CollectionPage",
    }  # fmt: skip
    pages = [fetched(f"{site.url}{path}", "text/html") for path in wanted]
    read = said([ENVIRONMENT / "python", HERE / "pages_say.py"], pages)
    found = {path: [item["@type"] for item in items] for path, items in zip(wanted, read, strict=True)}
    assert {path: [kind] for path, kind in wanted.items()} == found


def test_a_release_is_a_valid_research_object(tmp_path: Path) -> None:
    """By roc-validator nothing that RO-Crate 1.1 requires or recommends is missing, but for a date that nobody told.

    In a copy without a licence and without one of its files it finds both.
    """
    dated = released(tmp_path, {})
    undated = released(tmp_path, {"publication.toml": SETTINGS.replace('issued = "2030-01-02"\n', "")})
    broken = shutil.copytree(dated, tmp_path / "broken")
    (broken / "agenda.csv").unlink()
    crate = json.loads((dated / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    del next(each for each in crate["@graph"] if each["@id"] == "./")["license"]
    (broken / "ro-crate-metadata.json").write_text(json.dumps(crate), encoding="utf-8")
    given = [str(each) for each in (dated, undated, broken)]
    good, without, bad = said([ENVIRONMENT / "python", HERE / "crates_say.py"], given)
    assert [] == good
    assert {"https://schema.org/datePublished"} == {prop.replace("http:", "https:") for _, prop, _ in without}
    required = [(prop.rpartition("/")[2], "agenda.csv" in message) for kind, prop, message in bad if kind == "REQUIRED"]
    assert [("", True), ("license", False)] == required
