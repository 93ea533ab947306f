"""What was published before a rollback stays published: every release that was ever the current one counts."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.errors import Refused
from kennis_ld.release import manifest, publish
from kennis_ld.release.build import Built
from kennis_ld.release.history import FILE
from kennis_ld.release.published import published
from tests.publications import DOCUMENT, SETTINGS
from tests.release.conftest import Builder, build_city

BASE = "https://data.zandwijk.example"
TRIAL = (
    DOCUMENT + "2b\tDuinwacht\tVrijwilligers tellen elke week de planten op drie plekken in het duin.\tT: GZ P: ZU\n"
)
CHANGED = DOCUMENT.replace("bij storm", "bij harde wind")
DECISIONS = "uri,decision,replaced_by,reason,decided_by,date\nproject/duinwacht,{},Bureau,2030-02-01\n"
WITHDRAWN = DECISIONS.format("withdrawn,,De proef stopte.")
REPLACED = DECISIONS.format("replaced,project/stuifplan,Samengevoegd.")
NO_DECISIONS = DECISIONS.partition("\n")[0] + "\n"


def back(release: Built) -> None:
    """Goes back to a release."""
    assert release.release is not None
    publish.switch(release.release.parent, release.release.name, by="rollback", version="0")


def said(built: Built, thing: str) -> Mapping[str, str]:
    """Returns what a release says of a thing: objects by the last word of their predicates."""
    assert built.release is not None
    start = f"<{BASE}/id/{thing}> <"
    lines = (built.release / "agenda.nq").read_text("utf-8").splitlines()
    parts = [line.removeprefix(start).partition("> ") for line in lines if line.startswith(start)]
    return {predicate.replace("#", "/").rpartition("/")[2]: value for predicate, _, value in parts}


def codes(built: Built) -> list[str]:
    return [item.code for item in built.checked.messages if item.code.startswith("decision-")]


Three = tuple[Built, Built, Built]


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Three:
    """A release without Duinwacht, one with it, and the current one, which withdraws it."""
    folder = tmp_path_factory.mktemp("three")
    first, second = build_city(folder), build_city(folder, {"agenda.txt": TRIAL})
    return first, second, build_city(folder, {"agenda.txt": DOCUMENT, "decisions.csv": WITHDRAWN})


@pytest.fixture
def three(built_once: Three, tmp_path: Path) -> Three:
    """The three releases and their publication, in the folder of the test."""

    def here(built: Built) -> Built:
        assert built.release is not None
        return replace(built, release=tmp_path / "releases" / built.release.name)

    first, second, third = built_once
    assert first.release is not None
    shutil.copytree(first.release.parent.parent, tmp_path, symlinks=True, dirs_exist_ok=True)
    return here(first), here(second), here(third)


def test_decision_outlives_a_rollback(built: Builder, three: Three) -> None:
    """After a rollback to before Duinwacht, the next release still says that it, and its entry, were withdrawn."""
    back(three[0])
    found = built({"agenda.txt": CHANGED, "decisions.csv": WITHDRAWN})
    for thing in ("project/duinwacht", "agendapunt/2030--duinwacht", "deelname/duinwacht--zu--partner"):
        assert ('"De proef stopte."@nl .', True) == (
            said(found, thing)["changeNote"],
            "deprecated" in said(found, thing),
        )
    assert [] == codes(found)


def test_decision_outlives_a_rollback_and_its_line(built: Builder, three: Three) -> None:
    """A decision that only a release behind the rollback tells is kept, as is who took it."""
    back(three[0])
    found = built({"agenda.txt": CHANGED, "decisions.csv": NO_DECISIONS})
    for thing in ("project/duinwacht", "agendapunt/2030--duinwacht", "besluit/project--duinwacht"):
        assert said(three[2], thing) == said(found, thing) != {}


def test_vanishing_behind_a_rollback_is_refused(built: Builder) -> None:
    """What only a release behind the rollback published does not vanish without a decision; that release is named."""
    first, second = built(), built({"agenda.txt": TRIAL})
    assert second.release is not None
    back(first)
    with pytest.raises(Refused, match="project/duinwacht") as error:
        built({"agenda.txt": CHANGED})
    assert f"of release {second.release.name} would vanish" in error.value.what
    found = built({"agenda.txt": CHANGED, "decisions.csv": REPLACED})
    assert f"<{BASE}/id/project/stuifplan> ." == said(found, "project/duinwacht")["isReplacedBy"]


def test_vanishing_from_several_releases_names_them(built: Builder) -> None:
    """Where several releases published what would vanish, each is named."""
    first = built()
    built({"agenda.txt": TRIAL})
    back(first)
    third = built({"agenda.txt": TRIAL.replace("Duinwacht", "Strandwacht"), "decisions.csv": WITHDRAWN})
    back(first)
    with pytest.raises(Refused, match="project/strandwacht") as error:
        built({"agenda.txt": CHANGED.replace("Stuifplan", "Ander plan"), "decisions.csv": NO_DECISIONS})
    assert "project/stuifplan" in error.value.what
    for release in (first, third):
        assert release.release is not None
        assert release.release.name in error.value.what


@pytest.mark.parametrize("turns", [(0,), (0, 2), (0, 2, 0), (1, 0, 1)])
def test_same_input_after_rollbacks_is_the_same_release(built: Builder, three: Three, turns: tuple[int, ...]) -> None:
    """However often one went back and forth, the input of the last release makes it again, byte for byte."""
    release = three[2].release
    assert release is not None
    before = (release / "manifest.json").read_bytes()
    for turn in turns:
        back(three[turn])
    assert release == built({"agenda.txt": DOCUMENT, "decisions.csv": WITHDRAWN}).release
    shutil.rmtree(release)
    back(three[0])
    assert release == built({"agenda.txt": DOCUMENT, "decisions.csv": WITHDRAWN}).release
    assert manifest.verified(release).files == manifest._parsed(before, release).files


def test_same_history_gives_the_same_bytes(built: Builder, tmp_path: Path) -> None:
    """Two folders of releases with the same history give the same release for the same input."""
    names = []
    for place in ("one", "two"):
        releases = tmp_path / place
        first = built({"decisions.csv": NO_DECISIONS}, releases=releases)
        built({"agenda.txt": TRIAL, "decisions.csv": NO_DECISIONS}, releases=releases)
        built({"decisions.csv": WITHDRAWN}, releases=releases)
        back(first)
        found = built({"agenda.txt": CHANGED, "decisions.csv": NO_DECISIONS}, releases=releases).release
        assert found is not None
        names.append((found.name, (found / "manifest.json").read_bytes()))
    assert names[0] == names[1]


def test_what_is_back_is_back(built: Builder, three: Three) -> None:
    """A project that is on the agenda again is not deprecated, whatever was decided; that decision stays readable."""
    back(three[0])
    found = built({"agenda.txt": TRIAL.replace("bij storm", "bij wind"), "decisions.csv": NO_DECISIONS})
    assert "deprecated" not in said(found, "project/duinwacht")
    assert said(three[2], "besluit/project--duinwacht") == said(found, "besluit/project--duinwacht") != {}


def test_what_a_rollback_brought_back_is_back(built: Builder, three: Three) -> None:
    """Who goes back to Duinwacht needs a decision to let it go again: the release there has the last word."""
    back(three[1])
    with pytest.raises(Refused, match="project/duinwacht"):
        built({"agenda.txt": CHANGED, "decisions.csv": NO_DECISIONS})


def test_newest_word_wins(built: Builder, three: Three) -> None:
    """Where two releases say something else of what became of a project, that of the newest counts."""
    back(three[1])
    newest = built({"agenda.txt": CHANGED, "decisions.csv": WITHDRAWN.replace("De proef stopte.", "Geen geld.")})
    assert '"Geen geld."@nl .' == said(newest, "project/duinwacht")["changeNote"]
    back(three[0])
    found = built({"agenda.txt": DOCUMENT.replace("regent", "giet"), "decisions.csv": NO_DECISIONS})
    assert '"Geen geld."@nl .' == said(found, "project/duinwacht")["changeNote"]
    back(three[2])
    again = built({"agenda.txt": DOCUMENT.replace("regent", "stormt"), "decisions.csv": NO_DECISIONS})
    assert '"De proef stopte."@nl .' == said(again, "project/duinwacht")["changeNote"]


def test_damaged_release_behind_a_rollback_is_skipped_and_said(built: Builder, three: Three) -> None:
    """A damaged release that no sound one followed is named; what the one before it published is kept all the same."""
    damaged = three[2].release
    assert damaged is not None
    back(three[0])
    (damaged / "agenda.nq").write_bytes(b"")
    with pytest.raises(Refused, match="project/duinwacht"):
        built({"agenda.txt": CHANGED, "decisions.csv": NO_DECISIONS})
    found = built({"agenda.txt": CHANGED, "decisions.csv": WITHDRAWN})
    assert [damaged.name] == list(found.skipped)
    assert "deprecated" in said(found, "project/duinwacht")


def test_damaged_release_that_a_sound_one_followed_is_no_loss(built: Builder, three: Three) -> None:
    """What a damaged release published stands in the sound one that followed it, so nothing has to be said."""
    assert three[1].release is not None
    (three[1].release / "agenda.nq").write_bytes(b"")
    back(three[0])
    found = built({"agenda.txt": CHANGED, "decisions.csv": NO_DECISIONS})
    assert [] == list(found.skipped)
    assert "deprecated" in said(found, "project/duinwacht")


def test_release_that_was_removed_asks_for_nothing(built: Builder) -> None:
    """What a release published that somebody took away cannot be known: a build goes on, without a word."""
    first, second = built(), built({"agenda.txt": TRIAL})
    assert second.release is not None
    back(first)
    shutil.rmtree(second.release)
    found = built({"agenda.txt": CHANGED})
    assert (True, []) == (found.release is not None, list(found.skipped))


def test_release_that_never_was_current_promised_nothing(built: Builder, tmp_path: Path) -> None:
    """A release whose publishing was stopped before it became the current one binds nobody."""
    first = built()
    never = built({"agenda.txt": TRIAL}, releases=tmp_path / "other").release
    assert first.release is not None
    assert never is not None
    shutil.copytree(never, first.release.parent / never.name)
    assert built({"agenda.txt": CHANGED}).release is not None


@pytest.mark.parametrize("how", ["history gone", "link moved by hand"])
def test_without_a_whole_history_all_that_is_kept_counts(built: Builder, how: str) -> None:
    """Where nobody can tell which releases were current, each that is kept may have been."""
    first, second = built(), built({"agenda.txt": TRIAL})
    assert first.release is not None
    assert second.release is not None
    releases = first.release.parent
    if how == "history gone":
        back(first)
        (releases / FILE).unlink()
    else:
        (releases / FILE).write_text((releases / FILE).read_text().splitlines(keepends=True)[0])
        back(first)
    with pytest.raises(Refused, match="project/duinwacht"):
        built({"agenda.txt": CHANGED})


def test_of_releases_that_follow_each_other_the_last_is_enough(built: Builder, three: Three) -> None:
    """A release has all that the one before it published, so only the ends of the lines have to be read."""
    first, _, third = three
    assert third.release is not None
    releases = third.release.parent
    assert [third.release] == list(published(releases).releases)
    back(first)
    assert [first.release, third.release] == list(published(releases).releases)
    fourth = built({"agenda.txt": CHANGED, "decisions.csv": WITHDRAWN})
    assert [fourth.release, third.release] == list(published(releases).releases)


def test_other_base_behind_a_rollback_is_refused(built: Builder) -> None:
    """Going back to a release at localhost does not free a base that others can have linked to."""
    local = built({"publication.toml": SETTINGS.replace(BASE, "http://localhost:8000")})
    built()
    back(local)
    with pytest.raises(Refused, match=r"base_uri was https://data\.zandwijk\.example"):
        built({"publication.toml": SETTINGS.replace(BASE, "https://elders.example")})
    assert built({"publication.toml": SETTINGS}).release is not None
