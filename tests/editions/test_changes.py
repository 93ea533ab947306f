"""An edition that only lists changes: what it does not name stays, what it says stopped goes, the rest is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kennis_ld.agenda.current_state import Row, numbers, row_of
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries, without_struck
from kennis_ld.cli import main
from kennis_ld.errors import WrongSetting
from kennis_ld.model import Entry, Place, ProjectEntry, Severity, SourceRow
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication.language import default_columns, default_words
from kennis_ld.publication.settings import publication
from kennis_ld.release.build import build
from tests import pipeline
from tests.publications import DOCUMENT, SETTINGS, write

BASE = "https://data.zandwijk.example"
DELTA = """
[[editions]]
key = "2031"
document = "changes.txt"
title.nl = "Voortgang 2031"
period = "2030/2031"
issued = "2031-01-02"
kind = "delta"
"""
HEADER = "nr\tProject\tBeschrijving\tPartijen\tStand\n"
CHANGES = f"""\
{HEADER}1. Water
1a\tSchone sloten\t\tT: HD P: GZ\t
1b\tRegenkaart\tVervallen\t\t
2. Zand
2a\tStuifplan\tEen nieuwe tekst over zand, met meer metingen en langs de hele kust.\t\tloopt
2b\tDuinpad\tEen nieuw pad door de duinen, dat met het zand meebeweegt.\tT: GZ P: ZU\t
"""
PROJECTS = """\
project,edition,theme,number,title
sloten,2030,water,1a,Schone sloten
regen,2030,water,1b,Regenkaart
stuif,2030,zand,2a,Stuifplan
sloten,2031,water,1a,Schone sloten
regen,2031,water,1b,Regenkaart
stuif,2031,zand,2a,Stuifplan
duin,2031,zand,2b,Duinpad
rest,2030,zand,2c,Zandbank
"""
FULL = DOCUMENT + "2c\tZandbank\tEen zandbank voor de kust die met de stroom mee mag bewegen.\tT: GZ P: HD\n"


def files(changes: str = CHANGES, *, more: str = "", projects: str = PROJECTS, full: str = FULL) -> dict[str, str]:
    settings = SETTINGS.replace("[catalogue]", f'{DELTA}\n[extra]\nstatus = ["Stand"]\n\n[catalogue]') + more
    return {"publication.toml": settings, "agenda.txt": full, "changes.txt": changes, "projects.csv": projects}


def city(folder: Path, **changed: str) -> pipeline.Read:
    return pipeline.read(publication(write(folder, files(**changed))))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Read:
    """A full edition, and one with four changed rows."""
    return city(tmp_path_factory.mktemp("cities") / "city")


def said(lines: object, about: str, name: str) -> set[str]:
    start = f"<{BASE}/id/{about}> <{name}> "
    assert isinstance(lines, list)
    return {
        line.removeprefix(start).strip().removesuffix(" .").removeprefix(f"<{BASE}/id/").rstrip(">")
        for line in lines
        if line.startswith(start)
    }


def test_what_is_not_named_stays(read: pipeline.Read) -> None:
    """A project of the last full edition that the changes do not name is on the agenda, with its parties."""
    assert {'"2c"'} == said(read.current, "project/rest", "https://schema.org/identifier")
    assert {"organisatie/gz"} == said(read.current, "project/rest", f"{BASE}/def#lead")
    assert {"editie/2030"} == said(read.current, "project/rest", "http://purl.org/dc/terms/isReferencedBy")


def test_a_row_is_put_over_the_one_before(read: pipeline.Read) -> None:
    """New parties take the place of those before; an empty cell leaves text or parties as they were."""
    assert {"organisatie/hd"} == said(read.current, "project/sloten", f"{BASE}/def#lead")
    (text,) = said(read.current, "project/sloten", "https://schema.org/description")
    assert "hoe schoon het water in de sloten is" in text
    (text,) = said(read.current, "project/stuif", "https://schema.org/description")
    assert "Een nieuwe tekst over zand" in text
    assert {"organisatie/hd", "organisatie/gz"} == said(read.current, "project/stuif", f"{BASE}/def#lead")
    part = "deelname/stuif--hd--trekker"
    assert {"agendapunt/2030--stuif"} == said(read.current, part, "http://www.w3.org/ns/prov#wasDerivedFrom")
    assert {"begrip/status-loopt"} == said(read.current, "project/stuif", f"{BASE}/def#status")
    both = {"agendapunt/2030--stuif", "agendapunt/2031--stuif"}
    assert both == said(read.current, "project/stuif", f"{BASE}/def#entry")


def test_what_stopped_is_gone_and_keeps_its_page(read: pipeline.Read) -> None:
    """A row that says "vervallen" takes its project off the agenda; text and entries stay, and it is said."""
    assert set() == said(read.current, "project/regen", "https://schema.org/identifier")
    assert set() == said(read.current, "project/regen", f"{BASE}/def#lead")
    (text,) = said(read.current, "project/regen", "https://schema.org/description")
    assert "waar het water blijft" in text
    assert said(read.current, "agendapunt/2031--regen", f"{BASE}/def#stopped")
    assert ["1b Regenkaart"] == [item.subject for item in read.findings if item.code == "project-stopped"]


def test_the_graph_of_the_edition_holds_only_what_it_says(read: pipeline.Read) -> None:
    """Nothing of a project that it does not name, and no parties where the row names none."""
    lines = list(read.editions["2031"])
    assert not [line for line in lines if "rest" in line.split()[0]]
    assert {"organisatie/hd"} == said(lines, "project/sloten", f"{BASE}/def#lead")
    assert set() == said(lines, "project/stuif", f"{BASE}/def#lead") | said(
        lines, "project/stuif", f"{BASE}/def#openEnded"
    )
    assert said(read.current, "editie/2031", f"{BASE}/def#changesOnly")


def test_shapes_have_no_violation(read: pipeline.Read) -> None:
    """Both editions and the state after them keep the rules; nothing is said of numbers that are left out."""
    assert [] == [item for item in read.validation.results if item.severity is Severity.VIOLATION]
    said_of = {item.code for item in read.findings if item.place and item.place.document == "changes.txt"}
    assert {"project-stopped", "unknown-status"} == said_of


def test_a_row_that_refers_is_a_question(tmp_path: Path) -> None:
    """What says "zie 2a" or joins two numbers changes nothing until people decide; what to write is said."""
    rows = f"{HEADER}1. Water\n1a\tSchone sloten\tZie 2a\t\t\n1b\tRegenkaart\t\t\tsamengevoegd met 2a\n"
    rows += "1a+1b\tSloten en regen\tHet water in de sloten en dat van de regen, samen gemeten.\tT: GZ P: ZU\t\n"
    found = city(tmp_path / "city", changes=rows)
    asked = [item for item in found.findings if item.code == "row-refers"]
    lines = {item.words: (item.values["gone"], item.values["stays"]) for item in asked}
    assert {
        "Zie 2a": ("sloten", "stuif"),
        "samengevoegd met 2a": ("regen", "stuif"),
        "1a+1b": ("sloten", "sloten-en-regen"),
    } == lines
    (text,) = said(found.current, "project/sloten", "https://schema.org/description")
    assert "hoe schoon het water" in text
    assert {"organisatie/gz"} == said(found.current, "project/sloten", f"{BASE}/def#lead")


def test_people_decide_about_a_merger(tmp_path: Path) -> None:
    """A project that was decided to be part of another is off the agenda, and leads to that one."""
    rows = f"{HEADER}1. Water\n1a\tSchone sloten\tZie 2a\t\t\n"
    decisions = "uri,decision,replaced_by,reason,decided_by,date\n"
    decisions += "project/sloten,replaced,project/stuif,Samengevoegd.,Bureau Kennis,2031-01-02\n"
    folder = write(tmp_path / "city", {**files(rows), "decisions.csv": decisions})
    found = pipeline.read(publication(folder))
    assert set() == said(found.current, "project/sloten", "https://schema.org/identifier")
    assert {"project/stuif"} == said(found.current, "project/sloten", "http://purl.org/dc/terms/isReplacedBy")
    assert "decision-contradicted" not in {item.code for item in found.findings}


def test_a_full_edition_after_changes(tmp_path: Path) -> None:
    """A full edition takes the place of all before it: what it does not name is gone."""
    later = SETTINGS.replace("[catalogue]", DELTA + DELTA.replace("2031", "2032").replace("changes.txt", "last.txt").replace('"delta"', '"full"') + "\n[catalogue]")  # fmt: skip  # noqa: E501
    last = "nr\tProject\tBeschrijving\tPartijen\n1. Water\n1a\tSchone sloten\tSchoon.\tT: GZ P: ZU\n"
    projects = PROJECTS + "sloten,2032,water,1a,Schone sloten\n"
    changes = {**files(projects=projects), "publication.toml": later, "last.txt": last}
    found = pipeline.read(publication(write(tmp_path / "city", changes)))
    numbered = {
        line.split()[0] for line in found.current if "<https://schema.org/identifier>" in line and "project" in line
    }
    assert {f"<{BASE}/id/project/sloten>"} == numbered


def test_diff_takes_what_is_not_named_for_unchanged(tmp_path: Path) -> None:
    """Diff compares what held before the changes with what holds after them: missing is not gone."""
    folder = write(tmp_path / "city", files())
    result = CliRunner().invoke(main, ["diff", "2030", "2031", "--publication", str(folder), "--lang", "nl"])
    assert 0 == result.exit_code
    assert "Nieuw (1)\n  2b Duinpad" in result.stdout
    assert "Verdwenen (1)\n  1b Regenkaart" in result.stdout
    assert "Veranderd (2)" in result.stdout
    assert "Gelijk gebleven: 1" in result.stdout


def test_release_has_the_current_state(tmp_path: Path) -> None:
    """The table of a release has the projects that stand, and the saved question says which came and went."""
    built = build(publication(write(tmp_path / "city", files())), definitions(), releases=tmp_path / "r", version="0")
    assert built.release is not None, [item.message["en"] for item in built.checked.messages]
    table = (built.release / "agenda.csv").read_text(encoding="utf-8")
    assert {"Schone sloten", "Stuifplan", "Duinpad", "Zandbank"} == {
        title for title in ("Schone sloten", "Regenkaart", "Stuifplan", "Duinpad", "Zandbank") if title in table
    }
    assert (4, 4) == tuple(built.checked.counts[name] for name in ("projects", "projects_complete"))
    query = ["query", "nieuw-en-verdwenen", "--publication", str(tmp_path / "city"), "--releases", str(tmp_path / "r")]
    answer = CliRunner().invoke(main, [*query, "--format", "csv"])
    rows = [line.split(",") for line in answer.stdout.splitlines()[1:]]
    assert [("2031", "nieuw", "duin"), ("2031", "verdwenen", "regen")] == [
        (row[0].rpartition("/")[2], row[1], row[2].rpartition("/")[2]) for row in rows
    ]


def test_a_row_that_is_struck_through_stops_its_project() -> None:
    """A row of which all is struck is no entry of a full edition, where struck text is left out, and one of changes."""
    cells = ("1a", "Schone sloten", "Meten.", "T: GZ")
    place = Place("a.docx", 1, 1)
    rows = [
        SourceRow(("nr", "Project", "Beschrijving", "Partijen"), place),
        SourceRow(("Water",), place),
        SourceRow(cells, place, kept=("", "", "", "")),
    ]
    assert rows[:2] == list(without_struck(rows, whole_rows=False))
    assert rows == list(without_struck(rows, whole_rows=True))
    words = default_words()
    found = entries(
        rows, columns=default_columns(), themes=(), document="a.docx", privacy=Privacy(words, Register((), ()))
    )
    (entry,) = [item for item in found if isinstance(item, Entry)]
    assert Row.STOPS is row_of(ProjectEntry("sloten", entry, (), ()), words)


@pytest.mark.parametrize(
    ("text", "found"), [("3.1+3.4", ["3.1", "3.4"]), ("2.3", ["2.3"]), ("1a en 2b", ["1a", "2b"]), ("vanaf", [])]
)
def test_numbers_in_a_text(text: str, found: list[str]) -> None:
    """Numbers of projects are found wherever they stand."""
    assert found == numbers(text)


def test_the_first_edition_is_full(tmp_path: Path) -> None:
    """Changes need something that they change."""
    settings = SETTINGS.replace('issued = "2030-01-02"', 'issued = "2030-01-02"\nkind = "delta"')
    with pytest.raises(WrongSetting, match=r"Setting editions\.kind:"):
        publication(write(tmp_path / "city", {"publication.toml": settings}))
