"""A CKAN portal, with a database and all its stages, harvests a site that `kennis-ld serve` serves."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from kennis_ld.release import publish
from kennis_ld.release.harvest import CATALOGUE, Changes, Offered, datasets_of
from kennis_ld.release.harvest import harvest as compared
from tests.clients.test_portals import ENGLISH, ENVIRONMENT, HERE, IRIS, released
from tests.ports import free_port
from tests.publications import DOCUMENT
from tests.release.test_rollback import TRIAL, WITHDRAWN
from tests.serving.serving import Site, serving
from tests.waiting import eventually

ROOT = os.geteuid() == 0
USER = "postgres" if ROOT else None
"""PostgreSQL does not run as root; its Debian package makes this user."""
PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=Path("no PostgreSQL")).parent

DATASET = f"{IRIS}/id/dataset/zandwijk"

pytestmark = [
    pytest.mark.portals,
    pytest.mark.skipif(
        not (ENVIRONMENT / "node").exists(),
        reason='needs the portals\' own software: see "Dependencies" in CONTRIBUTING.md',
    ),
    pytest.mark.skipif(
        not PROGRAMS.is_dir() or (ROOT and USER not in {each.pw_name for each in pwd.getpwall()}),
        reason="needs PostgreSQL (Debian package postgresql)",
    ),
]

Harvest = Callable[[str, str], Any]
"""Harvests an address in a language, and returns what ckan_harvests.py says."""


@contextmanager
def database() -> Iterator[Path]:
    """A PostgreSQL with an empty database, on a socket in a temporary folder; gives the folder."""
    folder = Path(tempfile.mkdtemp(prefix="ckan-"))
    if USER:
        shutil.chown(folder, USER)

    def run(program: str, *options: str) -> None:
        subprocess.run(
            [PROGRAMS / program, *options], check=True, user=USER, group=USER, extra_groups=[] if USER else None,
            cwd=folder, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    data, own = str(folder / "data"), f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    try:
        run("initdb", "-D", data, "-U", "ckan", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-s", "-l", str(folder / "log"), "-o", own, "start")
        try:
            run("createdb", "-h", str(folder), "-U", "ckan", "ckan")
            yield folder
        finally:
            run("pg_ctl", "-D", data, "-s", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@contextmanager
def portal(log: Path) -> Iterator[Harvest]:
    """A portal with nothing in it."""
    with database() as folder, log.open("w") as file:
        command = [ENVIRONMENT / "python", HERE / "ckan_harvests.py", folder]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=file, text=True, cwd=HERE) as process:
            ways = process.stdin, process.stdout

            def harvest(address: str, language: str) -> Any:
                given, found = ways
                assert given is not None
                assert found is not None
                print(json.dumps({"address": address, "language": language}), file=given, flush=True)
                line = found.readline()
                assert line, log.read_text()[-2000:]
                return json.loads(line)

            yield harvest
            assert process.stdin is not None
            process.stdin.close()
            assert 0 == process.wait(30)


def renamed() -> Mapping[str, str]:
    """The city with another key for its agenda, and the decision that its dataset is another one from now on."""
    things = ("agenda", "dataset")
    rows = (f"{thing}/zandwijk,replaced,{thing}/agenda,Kortere naam.,Bureau,2030-02-01\n" for thing in things)
    return {
        "publication.toml": ENGLISH.replace('key = "zandwijk"', 'key = "agenda"'),
        "agenda.txt": DOCUMENT,
        "decisions.csv": WITHDRAWN + "".join(rows),
    }


def foretold(before: Path | None, after: Path) -> Changes:
    """What `check` says of the datasets that the next harvest adds, changes and deletes."""
    known = before and Offered(datasets_of(before / CATALOGUE), {})
    return compared(known, Offered(datasets_of(after / CATALOGUE), {})).datasets


def serve(site: Site, release: Path) -> None:
    """Makes a release the current one, and returns when the site serves no other."""
    with publish.locked(site.releases):
        publish.switch(site.releases, release.name, by="test", version="0")
    assert eventually(lambda: site.get("/catalog.ttl").headers["Kennis-Release"] == release.name and site.is_whole())


@pytest.fixture(scope="module")
def harvests(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What a portal says and has after each harvest, by what is new, in this order."""
    folder = tmp_path_factory.mktemp("harvests")
    first, second, third = (
        released(folder, {"publication.toml": ENGLISH, **changes})
        for changes in ({"agenda.txt": TRIAL}, {"decisions.csv": WITHDRAWN}, renamed())
    )
    publish.switch(folder / "releases", first.name, by="test", version="0")
    with serving(folder / "site", folder / "releases", is_forked=True) as site, portal(folder / "log") as harvest:
        url = f"http://127.0.0.1:{site.port}/catalog"
        said = {"first": harvest(f"{url}.ttl", "nl"), "again": harvest(f"{url}.jsonld", "nl")}
        said["English"] = harvest(f"{url}.rdf", "en")
        serve(site, second)
        said["next release"] = harvest(f"{url}.ttl", "nl")
        said["nobody answers"] = harvest(f"http://127.0.0.1:{free_port()}/catalog.ttl", "nl")
        said["page for people"] = harvest(f"http://127.0.0.1:{site.port}/", "nl")
        serve(site, third)
        said["another dataset"] = harvest(f"{url}.ttl", "nl")
        said["foretold"] = [foretold(None, first), foretold(first, second), foretold(second, third)]
    return said


def dataset(said: Any) -> Any:
    """The one dataset that a portal has."""
    (found,) = said["datasets"]
    return found


def test_a_portal_takes_the_catalogue_over(harvests: Mapping[str, Any]) -> None:
    """The first harvest adds one dataset with all that belongs to it, and eight resources whose formats have names."""
    said = harvests["first"]
    assert ([], [{"guid": DATASET, "report": "added", "errors": []}]) == (said["errors"], said["objects"])
    found = dataset(said)
    assert ("Projecten", "active", "zandwijk") == (found["title"], found["state"], found["organization"]["name"])
    assert ("cc-by", "Creative Commons Attribution", True) == tuple(
        found[key] for key in ("license_id", "license_title", "isopen")
    )
    assert ["kennis", "knowledge"] == sorted(tag["name"] for tag in found["tags"])
    assert ("2030", DATASET) == (found["version"], found["identifier"])
    assert ["kennis@zandwijk.example"] == [each["email"] for each in found["contact"]]
    assert [f"{IRIS}/sparql"] == [each["url"] for each in found["resources"] if each["mimetype"] == "None"]
    formats = {each["uri"].rpartition("--")[2]: each["format"] for each in found["resources"]}
    assert formats == {
        "csv": "CSV",
        "jsonld": "JSON-LD",
        "ldes": "RDF Turtle",
        "nq": "RDF N-Quads",
        "rdf": "RDF XML",
        "sparql": "SPARQL",
        "ttl": "RDF Turtle",
        "xlsx": "Excel XLSX",
    }


def test_a_portal_keeps_ids(harvests: Mapping[str, Any]) -> None:
    """Another form of the catalogue, another language and another release change no id of dataset or resource."""
    told = {"guid": DATASET, "report": "updated", "errors": []}
    ids = {resource["uri"]: resource["id"] for resource in dataset(harvests["first"])["resources"]}
    assert 8 == len(ids)
    for name in ("again", "English", "next release"):
        assert ([], [told]) == (harvests[name]["errors"], harvests[name]["objects"])
        found = dataset(harvests[name])
        assert (dataset(harvests["first"])["id"], "projecten", "active") == (found["id"], found["name"], found["state"])
        assert ids == {resource["uri"]: resource["id"] for resource in found["resources"]}


def test_a_portal_reads_either_language(harvests: Mapping[str, Any]) -> None:
    """An English portal has titles and descriptions in English, of resources too; then in Dutch again."""
    dutch, english, again = (dataset(harvests[name]) for name in ("first", "English", "next release"))
    assert ("Projecten", "Projects", "Projecten") == (dutch["title"], english["title"], again["title"])
    assert ("De agenda van een verzonnen stad.", "The agenda of a city that does not exist.") == (
        dutch["notes"], english["notes"],
    )  # fmt: skip
    for one, other in zip(dutch["resources"], english["resources"], strict=True):
        assert one["name"].replace("Projecten", "Projects") == other["name"]
        assert one["description"] != other["description"]


def test_a_portal_has_the_addresses_of_the_release_that_it_harvested(harvests: Mapping[str, Any]) -> None:
    """A project that left deletes nothing: the dumps have other addresses and checksums, the services do not."""
    before, after = (
        {each["uri"].rpartition("--")[2]: (each["url"], each["hash"]) for each in dataset(harvests[name])["resources"]}
        for name in ("again", "next release")
    )
    assert {name for name in before if before[name] == after[name]} == {"ldes", "sparql"}
    assert f"{IRIS}/sparql" == after["sparql"][0]


def test_a_portal_passes_the_dataset_on(harvests: Mapping[str, Any]) -> None:
    """Another portal reads there our IRIs of dataset, publisher, contact, and distributions with file and format."""
    (turtle,) = harvests["first"]["turtle"]
    passed_on, told = Graph().parse(data=turtle, format="turtle"), URIRef(DATASET)
    assert [told] == [*passed_on.subjects(RDF.type, DCAT.Dataset)]
    for prop, thing in ((DCTERMS.publisher, "organisatie/gz"), (DCAT.contactPoint, "contact/zandwijk")):
        assert URIRef(f"{IRIS}/id/{thing}") == passed_on.value(told, prop)
    distributions = {str(each).rpartition("--")[2]: each for each in passed_on.objects(told, DCAT.distribution)}
    assert {"csv", "jsonld", "ldes", "nq", "rdf", "sparql", "ttl", "xlsx"} == set(distributions)
    for name, each in distributions.items():
        file, form = passed_on.value(each, DCAT.downloadURL), passed_on.value(each, DCTERMS["format"])
        assert (name in {"ldes", "sparql"}, True) == (file is None, form is not None), name


def test_a_portal_loses_nothing_when_it_cannot_read(harvests: Mapping[str, Any]) -> None:
    """Where nobody answers, or with a page for people, the portal says so and keeps what it had."""
    for name, words in (("nobody answers", "connection error occurred"), ("page for people", "Error parsing")):
        (error,) = harvests[name]["errors"]
        assert words in error
        assert [] == harvests[name]["objects"]
        assert harvests["next release"]["datasets"] == harvests[name]["datasets"]


def test_a_portal_deletes_a_dataset_whose_iri_is_gone(harvests: Mapping[str, Any]) -> None:
    """It adds the new one and deletes the old one."""
    states = {each["uri"]: each["state"] for each in harvests["another dataset"]["datasets"]}
    assert {f"{IRIS}/id/dataset/agenda": "active", DATASET: "deleted"} == states


def test_a_portal_does_what_check_foretells(harvests: Mapping[str, Any]) -> None:
    """What `check --for ckan` says that the next harvest does, CKAN does: added, changed, deleted."""
    names = ("first", "next release", "another dataset")
    for name, expected in zip(names, harvests["foretold"], strict=True):
        done: dict[str, list[str]] = {"added": [], "updated": [], "deleted": []}
        for each in harvests[name]["objects"]:
            done[each["report"]].append(each["guid"])
        assert [*expected.as_json().values()] == [*done.values()]
