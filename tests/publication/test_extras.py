"""Extra columns: period, status, budget, link and remark, from the settings to the data; and what is left out, said."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.errors import WrongSetting
from kennis_ld.model import Severity
from kennis_ld.publication.settings import publication
from kennis_ld.quality.messages import messages
from kennis_ld.translation import in_dutch
from tests import pipeline
from tests.publications import SETTINGS, write

BASE = "https://data.zandwijk.example"
EXTRA = """
[extra]
period = ["Looptijd"]
status = ["Stand"]
budget = ["Budget (k€)"]
link = ["Meer informatie"]
remark = ["Resultaat 2032"]

[ignore]
"Intern nummer" = "Alleen voor de administratie."

[statuses.op-schema]
words = ["G", "groen"]
label.nl = "op schema"
label.en = "on track"
definition.nl = "Het project loopt zoals gepland."
definition.en = "The project goes as planned."
"""
HEADER = (
    "nr\tProject\tBeschrijving\tPartijen\tLooptijd\tStand\tBudget (k€)\tMeer informatie\tResultaat 2032\tIntern nummer"
)
ROW = (
    "1\tSlaap\tDrie wijken slapen beter.\tT: GZ P: ZU\tQ3 '30 – Q2 '32\tG\t180\thttps://slaap.example/nl\t3 wijken\tX-9"
)


def with_extras(*rows: str, own: str = EXTRA, base: str = BASE, header: str = HEADER) -> dict[str, str]:
    """Returns the files of a city with extra columns."""
    document = "\n".join([header, "1. Water", *(rows or [ROW]), ""])
    return {"publication.toml": SETTINGS.replace(BASE, base) + own, "agenda.txt": document}


def city(folder: Path, *rows: str, own: str = EXTRA, header: str = HEADER) -> pipeline.Read:
    return pipeline.read(publication(write(folder, with_extras(*rows, own=own, header=header))))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Read:
    """A row with all of them."""
    return city(tmp_path_factory.mktemp("cities") / "city")


def said(read: pipeline.Read, about: str, name: str) -> set[str]:
    start = f"<{BASE}/id/{about}> <{name}> "
    return {line.removeprefix(start).strip().removesuffix(" .") for line in read.current if line.startswith(start)}


def test_extra_columns_become_properties_of_the_project(read: pipeline.Read) -> None:
    """Start and end as precise as the text, the status as a concept, the amount with its currency, the address."""
    schema, ks, xsd = "https://schema.org/", f"{BASE}/def#", "http://www.w3.org/2001/XMLSchema#"
    project = "project/slaap"
    assert {f'"2030-07"^^<{xsd}gYearMonth>'} == said(read, project, f"{schema}startDate")
    assert {f'"2032-06"^^<{xsd}gYearMonth>'} == said(read, project, f"{schema}endDate")
    assert {f"<{BASE}/id/begrip/status-op-schema>"} == said(read, project, f"{ks}status")
    assert {f'"180000.0"^^<{xsd}decimal>'} == said(read, project, f"{ks}budget")
    assert {'"EUR"'} == said(read, project, f"{ks}currency")
    assert {"<https://slaap.example/nl>"} == said(read, project, f"{schema}url")


def test_the_text_of_each_cell_is_kept(read: pipeline.Read) -> None:
    """What the document says stands with the entry, behind the heading of its column, whatever was read of it."""
    expected = {
        "\"Looptijd: Q3 '30 – Q2 '32\"@nl",
        '"Stand: G"@nl',
        '"Budget (k€): 180"@nl',
        '"Meer informatie: https://slaap.example/nl"@nl',
        '"Resultaat 2032: 3 wijken"@nl',
    }
    assert expected == said(read, "agendapunt/2030--slaap", f"{BASE}/def#remark")


def test_a_status_is_a_concept(read: pipeline.Read) -> None:
    """It has labels and definitions in nl and en, in a scheme of its own; no shape has anything to say about it."""
    skos = "http://www.w3.org/2004/02/skos/core#"
    concept = "begrip/status-op-schema"
    assert {'"op schema"@nl', '"on track"@en'} == said(read, concept, f"{skos}prefLabel")
    assert {f"<{BASE}/id/begrippenkader/statussen>"} == said(read, concept, f"{skos}inScheme")
    assert [] == [item for item in read.validation.results if "begrip" in item.focus]
    assert Severity.VIOLATION not in {item.severity for item in read.validation.results}


def test_a_column_is_left_out_for_a_reason(read: pipeline.Read) -> None:
    """A column of [ignore] is said once, with its reason and without its words."""
    (told,) = [item for item in messages(read.findings) if item.code == "column-ignored"]
    assert "Kolom “Intern nummer” is niet overgenomen: Alleen voor de administratie." == told.message["nl"]
    assert "X-9" not in "".join([*read.current, *(item.words for item in read.findings)])


def test_what_is_not_sure_is_said_and_kept(tmp_path: Path) -> None:
    """Of a period, a status, an amount or an address that may mean anything, the text stays and nothing is made."""
    row = "1\tSlaap\tx\tT: GZ\tna de zomer\tR\t100 à 200\tzie de site\t\t"
    other = "2\tZon\ty\tT: GZ\tdoorlopend\tverkenning\t\t\tbel A. de Boer, 06-11223344\t"
    read = city(tmp_path / "city", row, other)
    codes = {(item.code, item.words) for item in read.findings if item.code not in {"new-project", "number-left-out"}}
    assert {
        ("period-unsure", "na de zomer"),
        ("period-unsure", "doorlopend"),
        ("status-unread", "R"),
        ("unknown-status", "verkenning"),
        ("budget-unsure", "100 à 200"),
        ("no-link", "zie de site"),
        ("contact-person", ""),
    } == codes
    kept = {"Looptijd: na de zomer", "Stand: R", "Budget (k€): 100 à 200", "Meer informatie: zie de site"}
    assert {f'"{text}"@nl' for text in kept} == said(read, "agendapunt/2030--slaap", f"{BASE}/def#remark")
    assert set() == said(read, "project/slaap", f"{BASE}/def#status") | said(
        read, "project/slaap", f"{BASE}/def#budget"
    )
    assert {f"<{BASE}/id/begrip/status-verkenning>"} == said(read, "project/zon", f"{BASE}/def#status")
    assert not [line for line in read.current if "11223344" in line or "Boer" in line]


def test_two_columns_with_one_heading(tmp_path: Path) -> None:
    """What stands in both is kept; a status in one of them does not put out that in the other."""
    own = '[extra]\nremark = ["Opmerking"]\n'
    header = "nr\tProject\tPartijen\tOpmerking\tOpmerking"
    read = city(tmp_path / "city", "1\tSlaap\tT: GZ\teen\ttwee", own=own, header=header)
    assert {'"Opmerking: een twee"@nl'} == said(read, "agendapunt/2030--slaap", f"{BASE}/def#remark")


def test_every_column_is_read_or_said(tmp_path: Path) -> None:
    """A column that the settings do not know is said with the line that would have it read, or as unknown."""
    read = city(tmp_path / "city", own="")
    lines = {(item.values["table"], item.values["line"]) for item in read.findings if item.code == "column-looks-like"}
    assert {
        ("[extra]", 'period = ["Looptijd"]'),
        ("[extra]", 'status = ["Stand"]'),
        ("[extra]", 'budget = ["Budget (k€)"]'),
        ("[extra]", 'link = ["Meer informatie"]'),
        ("[extra]", 'remark = ["Resultaat 2032"]'),
    } == lines
    assert ["10 (Intern nummer)"] == [item.values["column"] for item in read.findings if item.code == "unnamed-column"]


@pytest.mark.parametrize(
    ("own", "setting"),
    [
        ('[extra]\nperiode = ["Looptijd"]\n', "extra.periode"),
        ('[extra]\nperiod = "Looptijd"\n', "extra.period"),
        ('[extra]\nperiod = ["Tijd"]\nend = ["Tijd"]\n', "extra.end"),
        ('[ignore]\n"Tijd" = ""\n', "ignore.Tijd"),
        ('[statuses.a]\nwords = ["A"]\n', "statuses.a.label.nl"),
        ("[statuses.a]\nkleur = 1\n", "statuses.a.kleur"),
        (EXTRA.replace("label.en", 'label.fr = "en cours"\nlabel.en'), "statuses.op-schema.label.fr"),
        ('[statuses.a]\nwords = "A"\n', "statuses.a.words"),
        ("[statuses]\na = 1\n", "statuses.a"),
        (EXTRA + EXTRA[EXTRA.index("[statuses") :].replace("op-schema", "goed"), "statuses.goed"),
    ],
)
def test_wrong_settings_are_errors(own: str, setting: str, tmp_path: Path) -> None:
    """A setting of an extra column that cannot be is named, in Dutch too."""
    with pytest.raises(WrongSetting, match=f"Setting {setting}:") as caught:
        publication(write(tmp_path / "city", {"publication.toml": SETTINGS + own}))
    said = in_dutch(caught.value.what).partition(": ")[2], in_dutch(caught.value.remedy)
    assert caught.value.what.partition(": ")[2] != said[0]
    assert caught.value.remedy != said[1]


@pytest.mark.parametrize("dutch", ['"…"', "1"])
def test_a_dutch_name_that_is_none_is_an_error_in_any_language(tmp_path: Path, dutch: str) -> None:
    """A status of a city that speaks Frisian need not have a Dutch name; one that cannot be is not passed over."""
    own = EXTRA.replace("label.nl", f"label.nl = {dutch}\nlabel.fy").replace("definition.nl", "definition.fy")
    settings = SETTINGS.replace('language = "nl"', 'language = "fy"') + own
    with pytest.raises(WrongSetting, match=r"Setting statuses\.op-schema\.label\.nl:"):
        publication(write(tmp_path, {"publication.toml": settings}))
