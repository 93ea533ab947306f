"""The feed of changes beside the releases: what it tells replays to what each release says."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from kennis_ld.errors import DamagedRelease
from kennis_ld.release import feed, folders, manifest
from kennis_ld.release.feed import Transaction
from kennis_ld.release.manifest import Manifest
from kennis_ld.release.release import Release
from tests.publications import DOCUMENT
from tests.release.conftest import Builder
from tests.release.test_rollback import TRIAL, WITHDRAWN

BASE = "https://data.zandwijk.example"
ACTIVITY = "https://www.w3.org/ns/activitystreams#"
DEPRECATED = ox.NamedNode("http://www.w3.org/2002/07/owl#deprecated")
OWN = {f"{ACTIVITY}{name}" for name in ("object", "published", "context")} | {"http://www.w3.org/ns/adms#status"}
MOMENT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)

Statements = Mapping[str, set[str]]
Make = Callable[..., str]


@pytest.fixture
def publish(tmp_path: Path) -> Make:
    """Writes a release with these projects, by key and title, and tells in the feed that it is the current one."""
    current = [""]

    def make(name: str, projects: Mapping[str, str] | None, *, base: str = BASE) -> str:
        folder = tmp_path / name
        if projects is not None:
            folder.mkdir()
            lines = []
            for key, title in projects.items():
                subject = f"<{base}/id/project/{key}>"
                lines += [
                    f'{subject} <https://schema.org/identifier> "1" .\n',
                    f'{subject} <{base}/def#openEnded> "false"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n',
                    f'{subject} <https://schema.org/name> "{title}"@nl .\n',
                    f'{subject} <https://schema.org/name> "{title}"@nl <{base}/id/editie/2030> .\n',
                ]
            (folder / manifest.STATEMENTS).write_text("".join(sorted(lines)), "utf-8")
            files = {manifest.STATEMENTS: manifest.file_facts(folder / manifest.STATEMENTS)}
            Manifest(name, base, "Zandwijk", {}, files, {}, {}).write(folder)
        feed.write(tmp_path, before=current[0], after=name, when=MOMENT)
        current[0] = name
        return name

    return make


def transactions(folder: Path) -> Sequence[Transaction]:
    """The transactions that lead to a release."""
    return Release.of(folder, manifest.read(folder)).transactions


def replayed(folder: Path) -> Statements:
    """What a follower has who reads all that leads to a release: by thing, its statements."""
    copy: dict[str, set[str]] = {}
    for transaction in transactions(folder):
        for number in range(1, len(transaction.pages) + 1):
            members: dict[str, list[ox.Quad]] = {}
            for quad in ox.parse(feed.page(folder.parent, transaction, number) or b"", format=ox.RdfFormat.N_TRIPLES):
                members.setdefault(quad.subject.value, []).append(quad)
            for iri, quads in members.items():
                thing = next((quad.object.value for quad in quads if quad.predicate.value == f"{ACTIVITY}object"), None)
                if thing is None:
                    continue
                assert f"/ldes/{transaction.number}-{number}#" in iri
                copy.pop(thing, None)
                if not any(quad.object == ox.NamedNode(f"{ACTIVITY}Delete") for quad in quads):
                    copy[thing] = {
                        f"{quad.predicate} {quad.object}"
                        for quad in quads
                        if quad.predicate.value not in OWN and not str(quad.object).startswith(f"<{ACTIVITY}")
                    }
    return copy


def said(folder: Path) -> Statements:
    """What a release says in its default graph, but for what it says of what is no longer."""
    found: dict[str, set[str]] = {}
    gone = set()
    for quad in ox.parse((folder / manifest.STATEMENTS).read_bytes(), format=ox.RdfFormat.N_QUADS):
        if quad.graph_name == ox.DefaultGraph():
            found.setdefault(quad.subject.value, set()).add(f"{quad.predicate} {quad.object}")
            if quad.predicate == DEPRECATED:
                gone.add(quad.subject.value)
    return {thing: statements for thing, statements in found.items() if thing not in gone}


def test_who_follows_has_what_is_published(built: Builder) -> None:
    """After each build, with a project that comes and is withdrawn, the stream replays to the release."""
    done = [built(), built({"agenda.txt": TRIAL}), built({"agenda.txt": DOCUMENT, "decisions.csv": WITHDRAWN})]
    made = [each.release for each in done if each.release is not None]
    assert [1, 2, 3] == [len(transactions(each)) for each in made]
    assert [said(each) for each in made] == [replayed(each) for each in made]
    told = [each.told for each in transactions(made[-1])]
    assert [None, {"new": 1, "gone": 0, "changed": 0}, {"new": 0, "gone": 1, "changed": 0}] == [
        each and each["counts"] for each in told
    ]
    assert "De proef stopte." == (told[-1] or {})["gone"][0]["reason"]
    assert 1 == transactions(made[-1])[-1].counts["deleted"]["project"]


def test_a_rollback_is_told_as_well(publish: Make, tmp_path: Path) -> None:
    """Going back is one more transaction, for whoever read of the release that was taken back."""
    publish("a", {"sloten": "Sloten", "kaart": "Kaart"})
    publish("b", {"sloten": "Schone sloten", "duin": "Duin"})
    publish("a", None)
    assert [3, 2] == [len(transactions(tmp_path / name)) for name in "ab"]
    assert [said(tmp_path / name) for name in "ab"] == [replayed(tmp_path / name) for name in "ab"]
    first, second, third = transactions(tmp_path / "a")
    assert [{"created"}, {"created", "updated", "deleted"}, {"created", "updated", "deleted"}] == [
        {*each.counts} for each in (first, second, third)
    ]
    told = third.told or {}
    assert ["project/duin"] == [each["project"] for each in told["gone"]]
    assert [{"kind": "renamed", "before": "Schone sloten", "after": "Sloten"}] == told["changed"][0]["changes"]


def test_the_moments_go_up(publish: Make, tmp_path: Path) -> None:
    """A clock that stands still or is set back makes no member that is older than the last (LDES, timestampPath)."""
    publish("a", {"sloten": "Sloten"})
    publish("b", {"sloten": "Sloot"})
    assert ["2030-01-02T03:04:05.000+00:00", "2030-01-02T03:04:05.001+00:00"] == [
        each.when for each in transactions(tmp_path / "b")
    ]


def test_what_was_written_stays(publish: Make, tmp_path: Path) -> None:
    """A page that was written stays as it was, byte for byte, and the feed is no release."""
    publish("a", {"sloten": "Sloten"})
    before = (tmp_path / "feed" / "000001" / "1.nt").read_bytes()
    publish("b", {"sloten": "Sloot"})
    assert before == (tmp_path / "feed" / "000001" / "1.nt").read_bytes()
    assert ["a", "b"] == [path.name for path in folders.kept(tmp_path)]
    assert [] == list(tmp_path.glob(".staging-*"))


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_the_feed_needs_no_older_release(publish: Make, tmp_path: Path, damage: str) -> None:
    """Where the release that was told last is gone or damaged, all is told anew, and still replays to what is said."""
    publish("a", {"sloten": "Sloten", "kaart": "Kaart"})
    if damage == "gone":
        shutil.rmtree(tmp_path / "a")
    else:
        (tmp_path / "a" / manifest.STATEMENTS).write_bytes(b"<a:a> <a:b> <a:c> .\n")
    publish("b", {"sloten": "Sloten", "duin": "Duin"})
    last = transactions(tmp_path / "b")[-1]
    assert {"updated": {"project": 1}, "created": {"project": 1}, "deleted": {"project": 1}} == last.counts
    assert last.told is None
    assert said(tmp_path / "b") == replayed(tmp_path / "b")


def test_a_large_change_has_pages(publish: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction is divided over pages; the first leads to the others, and the last member ends it."""
    monkeypatch.setattr(feed, "MOST_MEMBERS", 2)
    publish("a", {f"p{number}": "Project" for number in range(5)})
    (transaction,) = transactions(tmp_path / "a")
    pages = [feed.page(tmp_path, transaction, number) or b"" for number in range(1, len(transaction.pages) + 1)]
    leads_to = [[f"tree#node> <{BASE}/ldes/1-{n}> .".encode() in page for n in (1, 2, 3)] for page in pages]
    assert [[False, True, True], [False] * 3, [False] * 3] == leads_to
    assert [0, 0, 1] == [page.count(b"status/Completed") for page in pages]
    assert [b"ldes#immutable> " in page for page in pages] == [True] * 3
    assert said(tmp_path / "a") == replayed(tmp_path / "a")


def test_another_base_is_another_stream(publish: Make, tmp_path: Path) -> None:
    """What was tried on this machine is no part of the stream of the site that others reach."""
    publish("a", {"sloten": "Sloten"}, base="http://localhost:8000")
    publish("b", {"sloten": "Sloten"})
    assert [[1], [2]] == [[each.number for each in transactions(tmp_path / name)] for name in "ab"]
    assert said(tmp_path / "b") == replayed(tmp_path / "b")


def test_a_damaged_page_is_not_served(publish: Make, tmp_path: Path) -> None:
    """A file that is not what was written is an error with its place; a page that was taken away is none."""
    publish("a", {"sloten": "Sloten"})
    (transaction,) = transactions(tmp_path / "a")
    page = tmp_path / "feed" / "000001" / "1.nt"
    page.write_bytes(page.read_bytes().replace(b"Sloten", b"Sloter"))
    with pytest.raises(DamagedRelease, match=r"1\.nt"):
        feed.page(tmp_path, transaction, 1)
    page.unlink()
    assert feed.page(tmp_path, transaction, 1) is None
    (page.parent / "transaction.json").write_text('{"number": 1}')
    with pytest.raises(DamagedRelease, match=r"transaction\.json"):
        transactions(tmp_path / "a")


def test_a_change_that_was_stopped_is_followed_on(publish: Make, tmp_path: Path) -> None:
    """A transaction of a release that never became the current one shows on no site, and the next follows on it."""
    publish("a", {"sloten": "Sloten"})
    publish("b", {"sloten": "Sloot"})
    assert 1 == len(transactions(tmp_path / "a"))
    # The machine stopped before the link was moved: for the history a is the release before c.
    folder = tmp_path / "c"
    shutil.copytree(tmp_path / "a", folder)
    facts = manifest.read(tmp_path / "a")
    Manifest("c", facts.base_uri, facts.title, {}, facts.files, {}, {}).write(folder)
    feed.write(tmp_path, before="a", after="c", when=MOMENT)
    assert ["", "a", "b"] == [each.before for each in transactions(folder)]
    assert said(folder) == replayed(folder)
