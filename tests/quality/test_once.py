"""Findings about one column, table or name are one finding; each can be settled; what to do first stands first."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.model import Finding, Place, Severity
from kennis_ld.pipeline import checking
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.quality.messages import Message, first_to_do, messages
from tests.publications import DOCUMENT, SETTINGS, write


def at(line: int, document: str = "agenda.txt") -> Place:
    return Place(document, line, line)


def test_column_is_one_finding() -> None:
    """What stands in a column without a heading is told once, with all its places and all its words."""
    cells = [Finding("unnamed-column", at(line), f"{line} X", f"€ {line}", {"column": "5"}) for line in range(2, 9)]
    other = Finding("unnamed-column", at(3), "3 X", "ja", {"column": "6"})
    one, two = messages([*cells, other])
    assert (
        "Kolom 5 heeft geen bekende kop; de tekst van 7 cellen is niet overgenomen: € 2, € 3, € 4, € 5 … € 8"
        == (one.message["nl"])
    )
    assert [f"agenda.txt:{line}" for line in range(2, 9)] == list(one.places)
    assert "€ 2 | € 3 | € 4 | € 5 | € 6 | € 7 | € 8" == one.words
    assert ("5", "", "6", "3 X") == (one.about, one.subject, two.about, two.subject)


def test_columns_of_two_documents_are_two_findings() -> None:
    """The same column in another edition is another one."""
    found = [Finding("unnamed-column", at(2, name), "", "x", {"column": "5"}) for name in ("a.txt", "b.txt")]
    assert 2 == len(messages(found))


def test_name_is_one_finding_however_often_it_stands_there() -> None:
    """An unknown name of twenty entries asks for one row of the register."""
    found = [Finding("unknown-name", at(line), f"{line} X", "Huis", {"suggestions": "geen"}) for line in range(20)]
    (said,) = messages(found)
    assert 20 == len(said.places)
    assert said.message["nl"].startswith("“Huis” staat niet in het register")


def test_run_of_missing_numbers_is_one_finding() -> None:
    """A number 2023 among 1 and 2 is one thing to look at, not two thousand."""
    found = [Finding("number-left-out", at(4), "Water", str(number)) for number in range(3, 2023)]
    (said,) = messages(found)
    assert "2020 nummers ontbreken in de reeks: 3, 4, 5, 6 … 2022. Kop: Water." == said.message["nl"]
    (said,) = messages([Finding("number-left-out", at(4), "", "3")])
    assert "Nummer 3 ontbreekt in de reeks." == said.message["nl"]


def test_place_of_its_own_is_a_finding_of_its_own() -> None:
    """What has to be put right at each place stays apart."""
    assert 2 == len(messages([Finding("entry-without-title", at(line)) for line in (2, 3)]))


def said(code: str, severity: Severity, places: int) -> Message:
    text = {"nl": code, "en": code}
    return Message(code, severity, "a:1", "", "", text, text, "", tuple(f"a:{line}" for line in range(places)))


def test_ten_kinds_stand_first() -> None:
    """Violations come first, then what is found most often; a kind counts once, and what asks for nothing never."""
    given = [said(f"w{number:02}", Severity.WARNING, number) for number in range(1, 15)]
    given += [said("info", Severity.INFO, 99), said("fout", Severity.VIOLATION, 1), said("fout", Severity.VIOLATION, 1)]
    expected = [("fout", 1), *((f"w{number:02}", 0) for number in range(14, 5, -1))]
    assert expected == [(item.code, more) for item, more in first_to_do(given)]


def test_what_the_document_says_stands_before_what_lacks_by_it() -> None:
    """Once it is said who leads, no project lacks a lead: that comes first, however many projects lack one."""
    given = [said("shape:project-lead", Severity.WARNING, 9), said("role-unclear", Severity.WARNING, 1)]
    assert ["role-unclear", "shape:project-lead"] == [item.code for item, _ in first_to_do(given)]


def test_warnings_about_a_superseded_edition_do_not_stand_first(tmp_path: Path) -> None:
    """What an edition that a later one replaces lacks is no first thing to do, unless it stops the release."""
    given = [said("warning", Severity.WARNING, 3), said("fout", Severity.VIOLATION, 1)]
    assert ["fout"] == [item.code for item, _ in first_to_do(given, {"a"})]
    later = '[[editions]]\nkey = "2032"\ndocument = "later.txt"\ntitle.nl = "Later"\n{}\n[catalogue]'
    for kind, superseded in (("", {"agenda.txt"}), ('kind = "delta"', set())):
        toml = SETTINGS.replace("[catalogue]", later.format(kind))
        city = settings.publication(write(tmp_path / "city", {"publication.toml": toml, "later.txt": DOCUMENT}))
        assert superseded == city.superseded


def check(folder: Path, settled: str) -> checking.Checked:
    document = DOCUMENT.replace("P: ZU, inwoners", "P: ZU, Onbekend Huis").replace("T: HD, GZ P: ZU", "T: Ander Huis")
    table = f"code;words;subject;reason;decided_by;date\n{settled}"
    city = settings.publication(write(folder / "city", {"agenda.txt": document, "settled.csv": table}))
    return checking.check(city, definitions(), version="0")


@pytest.mark.parametrize(
    ("settled", "left"),
    [
        ("", {"Onbekend Huis", "Ander Huis"}),
        ("unknown-name;Onbekend Huis;;Bestaat pas in 2031;Bureau;2030-01-01\n", {"Ander Huis"}),
        ("unknown-name;;;Zoeken wij nog uit;Bureau;2030-01-01\n", set()),
        ("unknown-name;;2a Stuifplan;Zoeken wij nog uit;Bureau;2030-01-01\n", {"Onbekend Huis"}),
    ],
)
def test_settled_finding_is_told_no_more(tmp_path: Path, settled: str, left: set[str]) -> None:
    """A finding that people decided to leave is kept apart and counted: by its name, its project or its code."""
    checked = check(tmp_path, settled)
    assert left == {item.words for item in checked.messages if item.code == "unknown-name"}
    assert {"Onbekend Huis", "Ander Huis"} - left == {item.words for item in checked.settled}
    assert "settled-unused" not in {item.code for item in checked.messages}


def test_violation_cannot_be_settled(tmp_path: Path) -> None:
    """A decision about a violation, or about nothing there is, is a finding itself."""
    checked = check(tmp_path, "shape:project-lead;;;Weten wij;Bureau;2030-01-01\nfootnote;x;;Nee;Bureau;2030-01-01\n")
    assert ["settled.csv:2 shape:project-lead", "settled.csv:3 footnote x"] == [
        item.words for item in checked.messages if item.code == "settled-unused"
    ]
