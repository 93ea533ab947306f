"""What changed between editions and releases, in words and as data, shown on the second city."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kennis_ld.cli import main
from kennis_ld.release.build import Built
from kennis_ld.release.diff import ProjectState, State, difference
from kennis_ld.release.diff_wording import lines as worded
from tests.conftest import ROOT
from tests.editions.conftest import FILES, compared
from tests.publications import write

pytestmark = pytest.mark.usefixtures("documents_read_here")

ZANDWIJK = ROOT / "data" / "zandwijk"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def zandwijk(*arguments: str) -> Result:
    return run("diff", "2028-2031", "2032-2035", "--publication", ZANDWIJK, "--lang", "nl", *arguments)


IN_WORDS = """\
Van Kennisagenda 2028-2031 (2028-2031) naar Kennisagenda 2032-2035 (2032-2035)

Nieuw (2)
  4 Zoet water bewaren (Leven met de zee)
  8 Digitaal kustgeheugen (Jong en oud)

Verdwenen (1)
  J2 Samen eten, samen weten (Jong en oud)

Veranderd (10)
  1 Slimme zeedijk
    heette “Dijk met sensoren”
    nummer was Z1
    trekker erbij: Zuiderzee-instituut Zandwijk
    partner weg: Zuiderzee-instituut Zandwijk
    de beschrijving is gewijzigd
  2 Stuifkaart
    nummer was Z3
  3 Strandgrond
    nummer was Z2
  5 Huiswerk aan zee
    nummer was J1
    de lijst van partijen is niet meer open
  6 Taal op de kade
    nummer was J3
    trekker erbij: Gemeente Zandwijk
    partner weg: Gemeente Zandwijk
  7 Kamers voor studenten
    heette “Loket voor studiewoningen”
    nummer was J4
  9 Stille schepen
    nummer was H1
  10 Haven zonder afval
    nummer was H2
  11 Walstroom voor vissers
    nummer was H3
    partner Hogeschool en mbo De Vloed (onzeker), nu Hogeschool en mbo De Vloed (bevestigd)
  12 Zilte tuin
    nummer was Z4
    thema was Leven met de zee, nu Slimme haven

Gelijk gebleven: 0
"""


def test_difference_in_words() -> None:
    """New, gone, renamed, renumbered, moved, who came and left: all of it, in the order of the agenda."""
    result = zandwijk()
    assert (0, IN_WORDS) == (result.exit_code, result.stdout)


def test_difference_in_english() -> None:
    """The words have an English twin; titles stay as the city wrote them."""
    text = zandwijk("--lang", "en").stdout
    assert "New (2)\n  4 Zoet water bewaren (Leven met de zee)\n" in text
    assert "    theme was Leven met de zee, now Slimme haven\n" in text


def test_difference_as_data() -> None:
    """The same as JSON: which project, which kind of change, before and after, and the organisation it is about."""
    data = json.loads(zandwijk("--format", "json").stdout)
    assert {"kind": "edition", "name": "2032-2035", "title": "Kennisagenda 2032-2035 (2032-2035)"} == data["to"]
    assert ["project/zoet-water", "project/kustgeheugen"] == [item["project"] for item in data["new"]]
    assert [{"project": "project/samen-eten", "number": "J2", "title": "Samen eten, samen weten"}] == [
        {name: item[name] for name in ("project", "number", "title")} for item in data["gone"]
    ]
    changes = {item["project"]: item["changes"] for item in data["changed"]}
    assert [
        {"kind": "renumbered", "before": "J3", "after": "6"},
        {"kind": "lead-added", "after": "Gemeente Zandwijk", "thing": "organisatie/gemeente-zandwijk"},
        {"kind": "partner-removed", "before": "Gemeente Zandwijk", "thing": "organisatie/gemeente-zandwijk"},
    ] == changes["project/taal-op-de-kade"]
    assert {"kind": "closed", "before": "e.a."} in changes["project/huiswerk-aan-zee"]
    assert 0 == data["unchanged"]


def test_difference_as_table() -> None:
    """The same as CSV, a row for each change."""
    rows = list(csv.DictReader(io.StringIO(zandwijk("--format", "csv").stdout)))
    assert ["new", "new", "gone"] == [row["change"] for row in rows[:3]]
    assert sum(line.startswith("    ") for line in IN_WORDS.splitlines()) == len(rows) - 3
    (moved,) = [row for row in rows if row["change"] == "moved"]
    assert ("project/zilte-tuin", "Leven met de zee", "Slimme haven") == (
        moved["project"],
        moved["before"],
        moved["after"],
    )


def test_every_kind_of_change_has_words(tmp_path: Path) -> None:
    """Turned around, what came is what goes; no kind of change is without words in either language."""
    before, after = (compared(write(tmp_path / "city", FILES), *pair) for pair in (("2030", "2034"), ("2034", "2030")))
    assert ["strandbibliotheek"] == [item.key for item in before.new] == [item.key for item in after.gone]
    assert ["regenkaart"] == [item.key for item in before.gone] == [item.key for item in after.new]
    for language in ("nl", "en"):
        assert "{" not in "\n".join(worded(before, before="A", after="B", language=language))


def test_releases_are_compared_like_editions(built: Callable[..., Built], tmp_path: Path) -> None:
    """Two releases by the first characters of a name, by folder, or as 'current' give what their editions give."""
    known = {"projects.csv": "".join(row for row in FILES["projects.csv"].splitlines(True) if "2034" not in row)}
    first, second = built(known).release, built(FILES).release
    assert first is not None
    assert second is not None
    folder = tmp_path / "city"
    by_name = run(
        "diff", "--lang", "nl", first.name[:8], "current", "--publication", folder, "--releases", first.parent
    )
    assert 0 == by_name.exit_code, by_name.stderr
    by_folder = run("diff", "--lang", "nl", first, second, "--publication", folder)
    assert by_name.stdout == by_folder.stdout
    by_edition = run("diff", "--lang", "nl", "2030", "2034", "--publication", folder)
    assert by_edition.stdout.splitlines()[1:] == by_name.stdout.splitlines()[1:]
    assert "    trekker erbij: Universiteit Zandwijk\n" in by_name.stdout


def test_withdrawn_project_is_gone_with_its_reason(built: Callable[..., Built], tmp_path: Path) -> None:
    """Where a decision let a project go, the difference says why."""
    first = built(FILES).release
    decided = "uri,decision,replaced_by,reason,decided_by,date\n"
    row = "project/strandbibliotheek,withdrawn,,Gaat niet door.,Bureau,2034-03-01\n"
    second = built({**FILES, "decisions.csv": decided + row}).release
    assert first is not None
    assert second is not None
    found = run("diff", "--lang", "nl", first, second, "--publication", tmp_path / "city")
    assert "Verdwenen (1)\n  3 Strandbibliotheek (Zand)\n    ingetrokken: Gaat niet door.\n" in found.stdout


def test_nothing_changed_is_said() -> None:
    """A state compared with itself is the same."""
    result = run("diff", "--lang", "nl", "2028-2031", "2028-2031", "--publication", ZANDWIJK)
    assert "Aan de projecten is niets veranderd." == result.stdout.splitlines()[1]


def test_what_cannot_be_compared_is_an_error_with_the_choices() -> None:
    """A name that is no edition and no release: exit 2, and what there is."""
    result = run("diff", "2028-2031", "2099", "--publication", ZANDWIJK)
    assert 2 == result.exit_code
    assert "Editions: 2028-2031, 2032-2035." in result.stderr


def test_undecided_entries_are_said(tmp_path: Path) -> None:
    """A comparison with an edition that still waits for decisions says so on stderr, and goes on."""
    folder = Path(shutil.copytree(ZANDWIJK, tmp_path / "zandwijk", ignore=shutil.ignore_patterns("releases")))
    known = (folder / "projects.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "projects.csv").write_text("".join(row for row in known if ",12," not in row), encoding="utf-8")
    result = run("diff", "2028-2031", "2032-2035", "--publication", folder)
    assert 0 == result.exit_code
    assert "1 entries of 2032-2035 are not in projects.csv" in result.stderr


def test_order_of_statements_is_no_difference() -> None:
    """Comparing does not depend on the order in which statements come."""
    found = compared(ZANDWIJK, "2028-2031", "2032-2035")
    again = difference(found.before, found.after)
    assert found.as_json() == again.as_json()


def test_role_under_a_partner() -> None:
    """Who comes or goes in a narrower role is told with the name of that role."""
    names = {("begrip", "financier"): "financier", ("organisatie", "zf"): "Zandfonds"}
    old, new = ProjectState("a", "1", "A"), ProjectState("a", "1", "A", parties={("financier", "zf"): "bevestigd"})
    there, back = (
        difference(State({"a": before}, names, {}), State({"a": after}, names, {}))
        for before, after in ((old, new), (new, old))
    )
    assert "    erbij als financier: Zandfonds" in list(worded(there, before="A", after="B", language="nl"))
    assert "    gone as financier: Zandfonds" in list(worded(back, before="B", after="A", language="en"))


def test_status_period_and_budget() -> None:
    """What extra columns say is compared as well, by the names of the statuses."""
    old = ProjectState("a", "1", "A", period=("2030", "2031"), status="status-plan", budget=("EUR", "5"))
    new = ProjectState("a", "1", "A", period=("2030", "2032"), status="status-loopt")
    names = {("begrip", "status-loopt"): "loopt", ("begrip", "status-plan"): "plan"}
    found = difference(State({"a": old}, names, {}), State({"a": new}, names, {}))
    assert [
        "    status was “plan”, nu “loopt”",
        "    looptijd was “2030 – 2031”, nu “2030 – 2032”",
        "    budget was “EUR – 5”, nu “”",
    ] == list(worded(found, before="A", after="B", language="nl"))[4:7]
