"""What the next harvest of a portal does, told before; and what it would delete, refused until a person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kennis_ld.errors import Refused
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.publication.publication import Publication
from kennis_ld.release import harvest
from kennis_ld.release.build import Rehearsed, build, rehearse
from kennis_ld.release.harvest import Changes, Harvest, Offered
from tests.publications import DOCUMENT, SETTINGS, write
from tests.release.conftest import Builder

BASE = "https://data.zandwijk.example"
DATASET = f"{BASE}/id/dataset/zandwijk"
PROJECTS = ("regenkaart", "schone-sloten", "stuifplan")
DECISIONS = "uri,decision,replaced_by,reason,decided_by,date\n"
LATER = '[[editions]]\nkey = "2034"\ndocument = "later.txt"\ntitle.nl = "Agenda 2034"\n\n[catalogue]'
HEADER = DOCUMENT.partition("\n")[0]
IDENTITIES = (
    "project,edition,theme,number,title\nschone-sloten,2030,water,1a,Schone sloten\n"
    "regenkaart,2030,water,1b,Regenkaart\nstuifplan,2030,zand,2a,Stuifplan\nregenkaart,2034,water,1,Regenkaart\n"
)
SMALL = {
    "publication.toml": SETTINGS.replace("[catalogue]", LATER),
    "later.txt": f"{HEADER}\n1. Water\n1\tRegenkaart\tEen kaart die laat zien waar het water blijft.\tT: GZ\n",
    "projects.csv": IDENTITIES,
}
"""A later edition that has one of the three projects left."""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one release of the made-up city, for tests that publish no other."""
    folder = tmp_path_factory.mktemp("harvest")
    city = settings.publication(write(folder / "city"))
    build(city, definitions(), releases=folder / "releases", version="0")
    return folder / "releases"


def publication(folder: Path, changes: Mapping[str, str] | None = None) -> Publication:
    """The made-up city with other contents of the files that are named."""
    return settings.publication(write(folder / "city", changes))


def rehearsed(folder: Path, releases: Path, changes: Mapping[str, str] | None = None) -> Rehearsed:
    """What would come of a build of the made-up city beside releases."""
    return rehearse(publication(folder, changes), definitions(), releases=releases, version="0")


# What is compared


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (None, Offered({"a": "1"}, {"x": 1}), Harvest(Changes(("a",)), Changes(("x",)), is_first=True)),
        (Offered({"a": "1"}, {"x": 1}), Offered({"a": "1"}, {"x": 1}), Harvest()),
        (
            Offered({"a": "1", "b": "1"}, {"x": 1, "y": 1}),
            Offered({"b": "2", "c": "1"}, {"y": 2, "z": 1}),
            Harvest(Changes(("c",), ("b",), ("a",)), Changes(("z",), ("y",), ("x",))),
        ),
    ],
)
def test_what_comes_changes_and_goes(before: Offered | None, after: Offered, found: Harvest) -> None:
    """What is only there now is added, what is only there before deleted, and what has another digest changed."""
    assert found == harvest.harvest(before, after)


# What is told


def test_a_first_release_is_all_new(tmp_path: Path) -> None:
    """Where there is no release the portal finds one dataset, and nothing was written that it could find."""
    found = rehearsed(tmp_path, tmp_path / "releases")
    assert Harvest(Changes((DATASET,)), Changes(PROJECTS), is_first=True) == found.harvest
    assert not (tmp_path / "releases").exists()


def test_the_same_release_changes_nothing(releases: Path, tmp_path: Path) -> None:
    """The same input is the same release, so the next harvest does nothing; and nothing was published."""
    before = sorted(releases.iterdir())
    assert Harvest() == rehearsed(tmp_path, releases).harvest
    assert before == sorted(releases.iterdir())


def test_a_changed_project_changes_its_dataset(releases: Path, tmp_path: Path) -> None:
    """A lead more is a change of that project and of the dataset, whose downloads are others; no IRI comes or goes."""
    found = rehearsed(
        tmp_path, releases, {"agenda.txt": DOCUMENT.replace("T: GZ P: ZU, inw", "T: GZ, HD P: ZU, inw")}
    ).harvest
    assert Harvest(Changes(changed=(DATASET,)), Changes(changed=("schone-sloten",))) == found


def test_other_words_for_portals_change_the_dataset_only(releases: Path, tmp_path: Path) -> None:
    """What publication.toml tells portals is of the dataset and of no project."""
    other = SETTINGS.replace('themes = ["GOVE"]', 'themes = ["GOVE", "ENVI"]')
    found = rehearsed(tmp_path, releases, {"publication.toml": other}).harvest
    assert Harvest(Changes(changed=(DATASET,))) == found


def test_an_address_of_this_machine_was_never_harvested(built: Builder, tmp_path: Path) -> None:
    """With the public address all is new: no portal can know the one of a single machine."""
    built({"publication.toml": SETTINGS.replace(BASE, "http://localhost:8000")})
    assert rehearsed(tmp_path, tmp_path / "releases").harvest.is_first


# What is refused


def test_a_dataset_with_another_key_is_refused(releases: Path, tmp_path: Path) -> None:
    """A portal would delete the dataset and lose all links to it, so somebody has to decide that."""
    with pytest.raises(Refused, match="dataset/zandwijk\n") as error:
        rehearsed(tmp_path, releases, {"publication.toml": SETTINGS.replace('key = "zandwijk"', 'key = "agenda"')})
    assert "Every portal deletes a dataset that goes" in error.value.remedy


def test_a_decision_lets_a_dataset_go_and_leads_on(built: Builder, tmp_path: Path) -> None:
    """With the decision the release is made, the old address leads to the new dataset, and check tells the deletion."""
    built()
    rows = "".join(
        f"{thing}/zandwijk,replaced,{thing}/agenda,Kortere naam.,Bureau,2030-02-01\n" for thing in ("agenda", "dataset")
    )
    renamed = {
        "publication.toml": SETTINGS.replace('key = "zandwijk"', 'key = "agenda"'),
        "decisions.csv": DECISIONS + rows,
    }
    found = rehearsed(tmp_path, tmp_path / "releases", renamed)
    new = f"{BASE}/id/dataset/agenda"
    assert Changes((new,), deleted=(DATASET,)) == found.harvest.datasets
    result = built(renamed)
    assert not [item for item in result.checked.messages if item.code.startswith("decision-")]
    leads = f"<{DATASET}> <http://purl.org/dc/terms/isReplacedBy> <{new}> .\n"
    for release in (result.release, built({**renamed, "decisions.csv": DECISIONS}).release):
        assert release is not None
        assert leads in (release / "agenda.nq").read_text()


def test_a_dataset_in_use_cannot_be_withdrawn(tmp_path: Path) -> None:
    """A decision about the dataset that the catalogue still offers is a violation."""
    withdrawn = {"decisions.csv": f"{DECISIONS}dataset/zandwijk,withdrawn,,Reden,Bureau,2030-02-01\n"}
    found = rehearsed(tmp_path, tmp_path / "releases", withdrawn).checked
    assert ["decision-contradicted"] == [item.code for item in found.messages if item.severity.value == "violation"]


def test_a_landslide_is_refused_until_a_person_confirms(releases: Path, tmp_path: Path) -> None:
    """Where more than half of the projects leave, the wrong document may have been read: exit 3, each by name."""
    with pytest.raises(Refused, match="2 of 3 projects would leave") as error:
        rehearsed(tmp_path, releases, SMALL)
    assert 3 == error.value.exit_code
    assert "  project/schone-sloten\n  project/stuifplan\n" in str(error.value)
    assert "editie/2034, confirmed" in error.value.remedy
    confirmed = f"{DECISIONS}editie/2034,bevestigd,,Kortere agenda.,Bureau,2034-02-01\n"
    result = rehearsed(tmp_path, releases, {**SMALL, "decisions.csv": confirmed})
    assert ("schone-sloten", "stuifplan") == result.harvest.projects.deleted
    assert not [item for item in result.checked.messages if item.code.startswith(("decision-", "confirmation-"))]


def test_how_many_may_leave_is_a_setting(releases: Path, tmp_path: Path) -> None:
    """A city that expects short agendas sets another share; it counts in whole hundredths."""
    allowed = SMALL["publication.toml"] + "\n[portals]\nmost_leaving = 67\n"
    assert 2 == len(rehearsed(tmp_path, releases, {**SMALL, "publication.toml": allowed}).harvest.projects.deleted)


def test_what_was_decided_about_is_no_landslide(releases: Path, tmp_path: Path) -> None:
    """A project that was withdrawn by a decision of its own needs no second one."""
    rows = "".join(f"project/{key},withdrawn,,Vervallen.,Bureau,2034-02-01\n" for key in ("schone-sloten", "stuifplan"))
    found = rehearsed(tmp_path, releases, {**SMALL, "decisions.csv": DECISIONS + rows}).harvest
    assert ("schone-sloten", "stuifplan") == found.projects.deleted
