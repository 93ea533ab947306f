"""The second city, made up, and a second edition of the real one: what holds for one agenda holds for any."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kennis_ld.pipeline.checking import Checked, check
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import build
from tests.conftest import ROOT
from tests.editions.conftest import codes, compared

LEADS = "T: TNO en LUMC P: GL, LBSP, e.a."
LEIDEN = ROOT / "data" / "leiden"
NEXT = '[[editions]]\nkey = "2027-2031"\ndocument = "later.txt"\ntitle.nl = "Agenda 2027-2031"\nissued = "2027-01-01"\n'


@pytest.fixture(scope="module")
def zandwijk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checked, str]:
    """What the check of the second city says, and its release."""
    built = build(
        settings.publication(ROOT / "data" / "zandwijk"),
        definitions(),
        releases=tmp_path_factory.mktemp("zandwijk"),
        version="0",
    )
    assert built.release is not None, built.checked.messages
    return built.checked, (built.release / "agenda.nq").read_text(encoding="utf-8")


def test_second_city_is_sound(zandwijk: tuple[Checked, str]) -> None:
    """Another layout, other headings, leads and partners in two columns: all is read, nothing is a violation."""
    checked, _ = zandwijk
    assert checked.sound
    assert [] == codes(checked)
    assert {"doubtful-participation", "text-outside-table"} == {item.code for item in checked.messages}
    assert 12 == checked.counts["projects"]


def test_second_city_keeps_every_uri(zandwijk: tuple[Checked, str]) -> None:
    """A project that got another name, number and theme has the URI it had; what merged leads to the new one."""
    _, text = zandwijk
    start = "<http://localhost:8000/id"
    assert f'{start}/project/zeedijk> <https://schema.org/name> "Slimme zeedijk"@nl .' in text
    assert f"{start}/project/zilte-tuin> <https://schema.org/about> {start}/thema/haven> ." in text
    assert f"{start}/organisatie/hsd> <http://purl.org/dc/terms/isReplacedBy> {start}/organisatie/de-vloed> ." in text
    assert f'{start}/project/samen-eten> <https://schema.org/name> "Samen eten, samen weten"@nl .' in text


def test_second_city_says_that_it_is_made_up(zandwijk: tuple[Checked, str]) -> None:
    """Nobody who meets Zandwijk in the data can take it for real: no identifiers, and it says so."""
    _, text = zandwijk
    assert '"Kennisagenda Zandwijk (verzonnen)"@nl' in text
    assert "owl#sameAs" not in text


def edited(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        assert 1 == text.count(old), old
        text = text.replace(old, new)
    return text


@pytest.fixture
def leiden(tmp_path: Path) -> Callable[..., Path]:
    """The bundled agenda with a second edition made from its text; `rows` are the decisions about that one."""

    def make(rows: Callable[[list[str]], list[str]]) -> Path:
        folder = Path(shutil.copytree(LEIDEN, tmp_path / "leiden", ignore=shutil.ignore_patterns("releases")))
        text = (LEIDEN / "agenda-2023-2027.txt").read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        dropped = next(line for line in lines if line.startswith("1d\t"))
        moved = next(line for line in lines if line.startswith("2b\t"))
        before = next(line for line in lines if line.startswith("3c\t"))
        added = "3y\tNachtwacht op de singel\tVleermuizen tellen langs het water.\tT: GL P: Naturalis\n"
        changes = {
            dropped: "",
            moved: "",
            before: moved.replace("2b\t", "3z\t") + added + before,
            "1b\tStudentenwelzijn": "1b\tGelukkig studeren",
            LEADS: "T: TNO P: GL, LUMC",
        }
        (folder / "later.txt").write_text(edited(text, changes), encoding="utf-8")
        text = (folder / "publication.toml").read_text(encoding="utf-8")
        (folder / "publication.toml").write_text(text.replace("[columns]", f"{NEXT}\n[columns]"), encoding="utf-8")
        table = folder / "projects.csv"
        known = table.read_text(encoding="utf-8").splitlines(keepends=True)
        table.write_text("".join(known + rows(known[1:])), encoding="utf-8")
        return folder

    return make


def decided(known: list[str]) -> list[str]:
    """What an officer would add for the second edition."""
    later = [row.replace(",2023-2027,", ",2027-2031,") for row in known if not row.startswith("mdt-univercity,")]
    later = [row.replace(",1b,Studentenwelzijn", ",1b,Gelukkig studeren") for row in later]
    return [row.replace("biodiversiteit-duurzaamheid,2b", "cultureel-erfgoed,3z") for row in later]


def test_real_agenda_in_a_second_edition(leiden: Callable[..., Path]) -> None:
    """Renamed, dropped, moved, added, another lead: the difference says each of them, and no more."""
    found = compared(leiden(decided), "2023-2027", "2027-2031")
    assert ["Nachtwacht op de singel"] == [item.title for item in found.new]
    assert ["mdt-univercity"] == [item.key for item in found.gone]
    changes = {item.project.key: [(one.kind, one.before, one.after) for one in item.changes] for item in found.changed}
    assert {
        "studentenwelzijn": [("renamed", "Studentenwelzijn", "Gelukkig studeren")],
        "polderlab-vrouwe-venne-polder": [
            ("renumbered", "2b", "3z"),
            ("moved", "Biodiversiteit & Duurzaamheid", "Cultureel erfgoed"),
        ],
        "lifestyle4health": [
            ("lead-removed", "Leids Universitair Medisch Centrum", ""),
            ("partner-added", "", "Leids Universitair Medisch Centrum"),
            ("partner-removed", "Stichting Leiden Bio Science Park", ""),
            ("closed", "e.a.", ""),
        ],
    } == changes
    assert 55 - 1 - 3 == found.unchanged


def test_real_agenda_undecided_names_every_project(leiden: Callable[..., Path]) -> None:
    """Without decisions each of the entries that stayed is asked about by name, and only the added one is new."""
    checked = check(settings.publication(leiden(lambda known: [])), definitions(), version="0")
    found = [item for item in checked.messages if item.code == "identity-undecided"]
    assert 54 == len(found)
    assert ["3y Nachtwacht op de singel"] == [item.subject for item in checked.messages if item.code == "new-project"]
    (renamed,) = [item for item in found if item.subject == "1b Gelukkig studeren"]
    assert "“Studentenwelzijn” (studentenwelzijn, 2023-2027: bijna dezelfde beschrijving)" in renamed.message["nl"]
