"""Which entry is which project: decided once by people, proposed by the software, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kennis_ld.errors import UnreadableInput
from kennis_ld.pipeline.assembly import Assembly
from kennis_ld.pipeline.checking import Checked
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import Built
from tests.editions.conftest import DECIDED, FILES, LATER, codes, lines
from tests.publications import DOCUMENT, write

HEADER, *ROWS = DECIDED.splitlines(keepends=True)
FIRST_ONLY = HEADER + "".join(row for row in ROWS if ",2030," in row)


def proposed(folder: Path) -> list[tuple[str, str, str]]:
    """Key, number and title of the rows that the software proposes for projects.csv."""
    assembly = Assembly(settings.publication(folder), definitions(), version="0", keep=lambda said: None)
    for _ in assembly.statements("2034"):
        pass
    return [(row.project, row.number, row.title) for row in assembly.proposed_identities]


def test_uri_outlives_title_number_and_theme(built: Callable[..., Built]) -> None:
    """A project that is renamed, renumbered and moved is the same project, with its new name and number."""
    found = lines(built(FILES))
    project = "<id/project/schone-sloten>"
    assert f'{project} <https://schema.org/name> "Schone sloten in de wijk"@nl .' in found
    assert f'{project} <https://schema.org/identifier> "1" .' in found
    assert "<id/project/stuifplan> <https://schema.org/about> <id/thema/water> ." in found
    entries = {line.split()[2] for line in found if line.startswith(f"{project} <def#entry>") and line.count(" ") == 3}
    assert {"<id/agendapunt/2030--schone-sloten>", "<id/agendapunt/2034--schone-sloten>"} == entries


def test_likely_project_stops_the_release_by_name(built: Callable[..., Built]) -> None:
    """An undecided entry that may be a known project is a violation: it names candidate and reason."""
    result = built({**FILES, "projects.csv": FIRST_ONLY})
    assert result.release is None
    found = {item.subject: item for item in result.checked.messages if item.code == "identity-undecided"}
    assert {"1 Schone sloten in de wijk", "2 Stuifplan"} == set(found)
    renamed, same = found["1 Schone sloten in de wijk"], found["2 Stuifplan"]
    assert "“Schone sloten” (schone-sloten, 2030: bijna dezelfde titel)" in renamed.message["nl"]
    assert "“Stuifplan” (stuifplan, 2030: the same title)" in same.message["en"]
    assert renamed.remedy == same.remedy
    assert "later.txt:3" == renamed.place


def test_entry_like_nothing_known_is_a_new_project(checked: Callable[..., Checked]) -> None:
    """What looks like no known project gets a key of its own and a remark with the line to add, no more."""
    (new,) = [item for item in checked({"projects.csv": FIRST_ONLY}).messages if item.code == "new-project"]
    assert "3 Strandbibliotheek" == new.subject
    assert "strandbibliotheek,2034,zand,3,Strandbibliotheek" in new.remedy["nl"]


def test_deciding_lets_the_release_pass(checked: Callable[..., Checked], tmp_path: Path) -> None:
    """The proposed rows, taken over into projects.csv, are decisions: the next check has nothing to say."""
    folder = write(tmp_path / "proposals", {**FILES, "projects.csv": FIRST_ONLY})
    rows = proposed(folder)
    assert [
        ("strandbibliotheek", "3", "Strandbibliotheek"),
        ("schone-sloten", "1", "Schone sloten in de wijk"),
        ("stuifplan", "2", "Stuifplan"),
    ] == sorted(rows, key=lambda row: row[1] != "3")
    assert [] == codes(checked())


def test_first_edition_has_nothing_to_decide(checked: Callable[..., Checked]) -> None:
    """Without a table of identities, the entries of the first edition are new projects, keyed by their titles."""
    found = [item for item in checked({"projects.csv": HEADER}).messages if "agenda.txt" in item.place]
    (new,) = [item for item in found if item.code == "new-project"]
    assert "3 projecten staan nog niet in projects.csv." == new.message["nl"]
    assert ("agenda.txt:3", "agenda.txt:4", "agenda.txt:6") == new.places


def test_another_project_of_almost_the_same_title_is_decided_by_a_key_of_its_own(
    checked: Callable[..., Checked],
) -> None:
    """'It is a new project' is a decision too: a row with a new key in front settles it."""
    rows = DECIDED.replace("schone-sloten,2034", "schone-sloten-2,2034")
    assert [] == codes(checked({"projects.csv": rows}))


def test_several_likely_projects_are_all_named_and_none_is_proposed(tmp_path: Path) -> None:
    """Where two known projects are as likely, the proposed key is empty: people choose."""
    twins = DOCUMENT.replace("2a\tStuifplan", "2a\tSchone sloten")
    later = LATER.replace("Schone sloten in de wijk", "Schone sloten")
    rows = FIRST_ONLY.replace("2a,Stuifplan", "2a,Schone sloten")
    folder = write(tmp_path / "city", {**FILES, "agenda.txt": twins, "later.txt": later, "projects.csv": rows})
    assert ("", "1", "Schone sloten") in proposed(folder)


@pytest.mark.parametrize(
    ("title", "parties", "why"),
    [
        ("SCHONE SLOTEN!", "T: GZ", "dezelfde titel"),
        ("Schoone sloten", "T: GZ", "bijna dezelfde titel"),
        ("Waterwijzer", "T: GZ", "bijna dezelfde beschrijving"),
    ],
)
def test_what_makes_a_project_likely(checked: Callable[..., Checked], title: str, parties: str, why: str) -> None:
    """Title, description and parties each can tell; the finding says which did."""
    later = LATER.replace("Schone sloten in de wijk", title).replace("T: ZU P: GZ, inwoners", parties)
    found = checked({"later.txt": later, "projects.csv": FIRST_ONLY}).messages
    (item,) = [item for item in found if item.code == "identity-undecided" and item.subject.startswith("1 ")]
    assert f"schone-sloten, 2030: {why}" in item.message["nl"]


def test_same_parties_make_a_renamed_project_likely(checked: Callable[..., Checked]) -> None:
    """Another title and another description, but exactly the same three parties: ask."""
    later = LATER.replace("2\tStuifplan\tHoe de stad bij storm het zand uit de straten houdt, met metingen.", "2\tX\tY")
    found = checked({"later.txt": later, "projects.csv": FIRST_ONLY}).messages
    (item,) = [item for item in found if item.code == "identity-undecided" and item.subject.startswith("2 ")]
    assert "“Stuifplan” (stuifplan, 2030: precies dezelfde partijen)" in item.message["nl"]


def test_renumbered_row_of_one_edition_is_not_a_new_project(checked: Callable[..., Checked]) -> None:
    """A corrected document in which a number changed: the row that no entry fits any more is the candidate."""
    found = checked({"agenda.txt": DOCUMENT.replace("2a\t", "2b\t")})
    assert ["identity-undecided", "identity-unused"] == codes(found)
    assert "“Stuifplan” (stuifplan, 2030: dezelfde titel)" in found.messages[0].message["nl"]


def test_shifted_numbers_are_a_conflict(checked: Callable[..., Checked]) -> None:
    """A decided number under which the document now has another project's title is no silent change of title."""
    swapped = DOCUMENT.replace("1a\tSchone", "1x\tSchone").replace("1b\t", "1a\t").replace("1x\t", "1b\t")
    found = checked({"agenda.txt": swapped})
    assert ["identity-conflict", "identity-conflict"] == codes(found)
    told = {item.subject: item.message["nl"] for item in found.messages}
    assert "is de titel van een ander project: regenkaart." in told["1a Regenkaart"]


def test_new_title_under_a_decided_number_keeps_the_uri_and_is_said(checked: Callable[..., Checked]) -> None:
    """A title that nobody else has is the project's new title, and a warning."""
    assert ["title-differs"] == codes(checked({"agenda.txt": DOCUMENT.replace("Stuifplan", "Stuifzandplan")}))


def test_decision_about_no_entry_is_said(checked: Callable[..., Checked]) -> None:
    """A row of projects.csv that fits no entry or no edition is not skipped."""
    rows = DECIDED + "oud,2026,water,9,Oud project\nnergens,2034,water,99,Nergens\n"
    assert ["identity-unused", "identity-unused"] == codes(checked({"projects.csv": rows}))


def test_one_project_is_one_entry_of_an_edition(checked: Callable[..., Checked]) -> None:
    """Two entries of one edition cannot be the same project: their entry has one IRI."""
    with pytest.raises(UnreadableInput, match=r"'stuifplan'.*two entries of edition '2034'"):
        checked({"projects.csv": DECIDED.replace("strandbibliotheek,2034", "stuifplan,2034")})


def test_what_lacks_of_a_project_that_left_is_said_once(checked: Callable[..., Checked]) -> None:
    """It is said at its last row, and not again at its address, where nobody can mend it."""
    document = re.sub(r"(?<=\tRegenkaart\t)[^\t]*", "", DOCUMENT)
    found = checked({"agenda.txt": document}).messages
    assert [("agenda.txt:4", "1b Regenkaart")] == [
        (item.place, item.subject) for item in found if item.code == "shape:project-description"
    ]
