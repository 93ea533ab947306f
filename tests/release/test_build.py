"""A release: whole, the same for the same input, refused where a promise would break."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kennis_ld.errors import DamagedRelease, KennisError, Refused, UnreadableInput
from kennis_ld.release import manifest, publish
from kennis_ld.release.writer import DUMPS
from tests.publications import DOCUMENT, REGISTER, SETTINGS, write
from tests.release.conftest import Builder

BASE = "https://data.zandwijk.example"
FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def triples(path: Path, form: str) -> set[str]:
    """The statements of the default graph of a dump, as pyoxigraph writes them."""
    quads = ox.parse(path=str(path), format=FORMATS[form])
    return {str(quad.triple) for quad in quads if quad.graph_name == ox.DefaultGraph()}


def digests(folder: Path) -> dict[str, str]:
    return {path.name: manifest.file_facts(path).sha256 for path in folder.iterdir()}


def test_all_forms_say_the_same(built: Builder) -> None:
    """Turtle, JSON-LD and RDF/XML parse, in another parser too, to the default graph of the N-Quads."""
    release = built().release
    assert release is not None
    truth = triples(release / "agenda.nq", "nq")
    assert len(truth) > 200
    for form in ("ttl", "jsonld", "rdf"):
        assert truth == triples(release / f"agenda.{form}", form)


def test_nquads_are_sorted_and_without_blank_nodes(built: Builder) -> None:
    """The truth is sorted bytes, each line once, and every node has an IRI."""
    release = built().release
    assert release is not None
    lines = (release / "agenda.nq").read_bytes().splitlines()
    assert sorted(set(lines)) == lines
    assert not any(line.startswith(b"_:") or b" _:" in line.partition(b'"')[0] for line in lines)


def test_edition_stands_in_a_graph_of_its_own(built: Builder) -> None:
    """Each edition is a named graph with the edition's IRI; what it says of a project is also the current state."""
    release = built().release
    assert release is not None
    quads = list(ox.parse(path=str(release / "agenda.nq"), format=FORMATS["nq"]))
    named = {str(quad.triple) for quad in quads if quad.graph_name == ox.NamedNode(f"{BASE}/id/editie/2030")}
    assert named
    assert named <= {str(quad.triple) for quad in quads if quad.graph_name == ox.DefaultGraph()}


def test_same_input_gives_the_same_bytes_in_any_surroundings(tmp_path: Path) -> None:
    """Another folder, time zone, locale and hash seed change nothing: two builds in processes of their own agree."""
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland", "LC_ALL": "nl_NL.UTF-8", "SOURCE_DATE_EPOCH": "1"},
    ]
    found = []
    for at, environment in enumerate(surroundings):
        folder = write(tmp_path / f"place-{at}" / "city")
        releases = tmp_path / f"releases-{at}"
        command = [sys.executable, "-m", "kennis_ld.cli", "build", folder, "--releases", releases]
        subprocess.run(command, check=True, env={**os.environ, **environment}, cwd=folder, capture_output=True)
        release = publish.current(releases)
        assert release is not None
        found.append((release.name, digests(release)))
    assert found[0] == found[1]


def test_same_input_again_is_the_same_release(built: Builder) -> None:
    """A build that changes nothing makes no new release."""
    first, second = built(), built()
    assert first.release == second.release
    assert (False, True) == (first.unchanged, second.unchanged)


def test_release_is_named_after_its_content(built: Builder) -> None:
    """Other content is another name, and the manifest says which release came before."""
    first = built().release
    second = built({"agenda.txt": DOCUMENT.replace("bij storm", "bij harde wind")}).release
    assert first is not None
    assert second is not None
    assert first.name != second.name
    assert first.name == manifest.verified(second).previous
    assert second == publish.current(second.parent)


def test_manifest_names_sources_and_counts(built: Builder) -> None:
    """Who gets a release can see what it was made of."""
    release = built().release
    assert release is not None
    facts = json.loads((release / "manifest.json").read_text())
    document = release.parent.parent / "city" / "agenda.txt"
    assert manifest.file_facts(document).sha256 == facts["sources"]["2030"]["sha256"]
    assert 3 == facts["counts"]["projects"]
    assert {f"agenda.{form}" for form in DUMPS} < set(facts["files"])


def test_violation_stops_the_release(built: Builder) -> None:
    """A violation writes nothing: the release that was current stays so, and nothing half is left."""
    first = built()
    stopped = built({"agenda.txt": DOCUMENT + "\tZonder nummer\tMet een tekst die lang genoeg is\tT: GZ\n"})
    assert stopped.release is None
    assert first.release is not None
    releases = first.release.parent
    assert first.release == publish.current(releases)
    assert {first.release.name, "current", ".lock", "changes.jsonl", "feed"} == {
        path.name for path in releases.iterdir()
    }


def test_unknown_name_becomes_a_provisional_organisation_and_a_finding(built: Builder) -> None:
    """A name that the register does not know is published as provisional, with a finding that suggests who it is."""
    result = built({"agenda.txt": DOCUMENT.replace("P: GZ, HD e.a.", "P: Universiteit Zandwyk")})
    (finding,) = [item for item in result.checked.messages if item.code == "unknown-name"]
    assert "Universiteit Zandwijk" in finding.message["nl"]
    assert "agenda.txt:4" == finding.place
    assert result.release is not None
    lines = (result.release / "agenda.nq").read_text()
    assert f"<{BASE}/id/organisatie/voorlopig-universiteit-zandwyk> <{BASE}/def#provisional>" in lines


def test_contact_person_is_nowhere(built: Builder) -> None:
    """The name of a contact person is in no file of the release; a finding says that there was one."""
    result = built({"agenda.txt": DOCUMENT.replace("P: ZU\n", "P: ZU Contact: Voor Beeld\n")})
    assert ["contact-person"] == [item.code for item in result.checked.messages if item.code == "contact-person"]
    assert result.release is not None
    for path in result.release.iterdir():
        assert b"Voor Beeld" not in path.read_bytes()


def test_spreadsheet_runs_no_formula(built: Builder) -> None:
    """A title that a spreadsheet would run gets an apostrophe in the CSV and stays as it is in the RDF."""
    release = built({"agenda.txt": DOCUMENT.replace("Stuifplan", "=SOM(1;2)")}).release
    assert release is not None
    with (release / "agenda.csv").open(encoding="utf-8", newline="") as file:
        titles = {row["titel"] for row in csv.DictReader(file)}
    assert "'=SOM(1;2)" in titles
    assert '"=SOM(1;2)"@nl' in (release / "agenda.nq").read_text()


LOST = DOCUMENT.replace("2a\tStuifplan", "2a\tAnder plan")


def test_vanishing_uri_is_refused(built: Builder) -> None:
    """A project that was published and is gone from document and identities stops the build, by name."""
    first = built()
    with pytest.raises(Refused, match="project/stuifplan") as error:
        built({"agenda.txt": LOST})
    assert 3 == error.value.exit_code
    assert "decisions.csv" in error.value.remedy
    assert first.release is not None
    assert first.release == publish.current(first.release.parent)


def test_decision_lets_a_uri_go_and_keeps_its_memory(built: Builder) -> None:
    """A withdrawn URI stays in the data as deprecated, with the reason, in this release and in every later one."""
    built()
    header = "uri,decision,replaced_by,reason,decided_by,date"
    decisions = f"{header}\nproject/stuifplan,withdrawn,,Vergissing,Bureau,2030-02-01\n"
    second = built({"agenda.txt": LOST, "decisions.csv": decisions}).release
    assert second is not None
    gone = f"<{BASE}/id/project/stuifplan> <http://www.w3.org/2002/07/owl#deprecated>"
    assert gone in (second / "agenda.nq").read_text()
    third = built({"agenda.txt": LOST.replace("bij storm", "bij wind"), "decisions.csv": decisions}).release
    assert third is not None
    assert gone in (third / "agenda.nq").read_text()


def test_identity_keeps_the_uri_when_title_and_number_change(built: Builder) -> None:
    """What projects.csv decided holds, whatever the document calls the project."""
    built()
    identities = "project,edition,theme,number,title\nstuifplan,2030,zand,2b,Ander plan\n"
    second = built({"agenda.txt": LOST.replace("2a\tAnder", "2b\tAnder"), "projects.csv": identities}).release
    assert second is not None
    name = f'<{BASE}/id/project/stuifplan> <https://schema.org/name> "Ander plan"@nl'
    assert name in (second / "agenda.nq").read_text()


def test_other_base_is_refused(built: Builder) -> None:
    """A new base_uri would let every URI vanish; only addresses that nobody else could reach are no promise."""
    local = {"publication.toml": SETTINGS.replace(BASE, "http://localhost:8000")}
    built(local)
    built()
    with pytest.raises(Refused, match="base_uri"):
        built({"publication.toml": SETTINGS.replace(BASE, "https://elders.example")})


def test_two_builds_at_once_do_not_mix(built: Builder, tmp_path: Path) -> None:
    """While one build holds the folder, another says so and changes nothing."""
    (tmp_path / "releases").mkdir()
    with publish.staging(tmp_path / "releases"), pytest.raises(KennisError, match="Another build"):
        built()


def test_orphans_of_a_stopped_build_are_swept(built: Builder, tmp_path: Path) -> None:
    """What a killed build left behind is gone after the next."""
    orphan = tmp_path / "releases" / ".staging-orphan"
    orphan.mkdir(parents=True)
    (orphan / "half").write_text("x")
    built()
    assert not orphan.exists()


@pytest.mark.parametrize("name", ["agenda.nq", "agenda.csv", "catalog.ttl", "manifest.json", "manifest.json.sha256"])
def test_one_changed_byte_is_found(built: Builder, name: str) -> None:
    """A release with one flipped bit is not served and not switched to."""
    release = built().release
    assert release is not None
    path = release / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedRelease):
        manifest.verified(release)


def test_missing_extra_linked_and_renamed_are_found(built: Builder) -> None:
    """A release is its files, no more and no less, under its own name."""
    release = built().release
    assert release is not None
    manifest.verified(release)
    extra = release / "extra"
    extra.write_text("x")
    with pytest.raises(DamagedRelease, match="does not belong"):
        manifest.verified(release)
    extra.unlink()
    other = release.rename(release.with_name("0" * 32))
    with pytest.raises(DamagedRelease, match="name of its content"):
        manifest.verified(other)
    (other / "agenda.csv").rename(other.parent / "elsewhere.csv")
    with pytest.raises(DamagedRelease, match="is missing"):
        manifest.verified(other)


def test_damaged_release_is_built_again(built: Builder) -> None:
    """Building the same input mends a release whose files were damaged."""
    release = built().release
    assert release is not None
    (release / "agenda.ttl").write_text("kapot")
    assert release == built().release
    manifest.verified(release)


def test_releases_that_cannot_be_written_are_a_clear_error(built: Builder, tmp_path: Path) -> None:
    """A folder that is a file gives an error with a remedy, and nothing else."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreadableInput, match="cannot be written"):
        built(releases=tmp_path / "file")


def test_register_without_the_publisher_is_an_error(built: Builder) -> None:
    """A setting that names an organisation which is not in the register is found before anything is read."""
    with pytest.raises(KennisError, match=r"agenda\.publisher"):
        built({"register.csv": REGISTER.replace("gz,Gemeente", "g,Gemeente")})
