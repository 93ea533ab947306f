"""docs/layouts.md is true: each example is read as it says, from its settings; a wrong setting is an error."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kennis_ld.agenda.extras import ExtraReader
from kennis_ld.agenda.layouts.layout import as_table
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.errors import KennisError, WrongSetting
from kennis_ld.model import Entry, Role, SourceRow, Theme
from kennis_ld.publication import settings
from tests import pipeline
from tests.agenda.source import rows
from tests.conftest import ROOT
from tests.publications import REGISTER, SETTINGS, write

PAGE = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
BLOCKS = ".*?".join(rf"^```{name}\n(.*?)^```$" for name in ("toml", "text", "read"))
EXAMPLES = re.findall(rf"^## (.*?)$.*?{BLOCKS}", PAGE, re.MULTILINE | re.DOTALL)
COLOUR = re.compile(r"\{(?P<colour>groen|oranje|rood)\}\s*(?P<text>.*)")
FILLS = {"groen": "92d050", "oranje": "ffc000", "rood": "ff0000"}
THEMES = (Theme("water", ("Water",), "Water"), Theme("zand", ("Zand",), "Zand"))


def with_settings(more: str) -> str:
    """The settings of a city with more: what is of the publication as a whole in front, tables behind."""
    top, sign, tables = more.partition("[")
    return f"{top}\n{SETTINGS}\n{sign}{tables}"


def document(text: str) -> list[SourceRow]:
    """The lines of an example as rows; of a cell that begins with a colour in braces, that is the colour behind it."""
    found = rows(*("|".join(cell.strip() for cell in line.split("|")) for line in text.splitlines()))
    return [_coloured(row) for row in found]


def _coloured(row: SourceRow) -> SourceRow:
    matches = [COLOUR.fullmatch(cell) for cell in row.cells]
    fills = tuple(FILLS[match["colour"]] if match else "" for match in matches)
    cells = tuple(match["text"] if match else cell for match, cell in zip(matches, row.cells, strict=True))
    return replace(row, cells=cells, fills=fills if any(fills) else ())


@pytest.mark.parametrize(("name", "toml", "text", "read"), EXAMPLES, ids=[example[0] for example in EXAMPLES])
def test_example(name: str, toml: str, text: str, read: str, tmp_path: Path) -> None:
    """The document of an example is read as the page says."""
    publication = settings.publication(write(tmp_path, {"publication.toml": with_settings(toml)}))
    privacy = Privacy(publication.words, Register([], []))
    layout, columns = publication.editions[-1].layout, publication.columns
    table = as_table(document(text), layout, columns=columns, privacy=privacy, document="a.docx")
    given = entries(
        table,
        columns=columns,
        themes=THEMES,
        document="a.docx",
        privacy=privacy,
        row_colours=publication.row_colours,
    )
    extras = ExtraReader(publication.words, publication.statuses, publication.language, ())
    assert [line.split(" | ") for line in read.splitlines()] == [
        [
            *item.section[-1:],
            item.number,
            item.title,
            " ".join(_parties(item, publication.words.roles)),
            *(status.label for status in [extras.facts(item)[0].status] if status),
        ]
        for item in given
        if isinstance(item, Entry)
    ]


def _parties(entry: Entry, roles: Mapping[str, Role]) -> list[str]:
    told = []
    for role, text in entry.parties:
        for line in text.split("\n") if role is None else [text.replace("\n", "; ")]:
            word, _, names = line.rpartition(": ") if role is None else ("", "", line)
            lead = role == Role.LEAD or (role is None and roles[word.casefold()] == Role.LEAD)
            told.append(f"{'T' if lead else 'P'}: {names}")
    return told


def test_every_layout_has_an_example() -> None:
    """The page has an example of each layout there is."""
    layouts = ["A table", "A colour for a status", "The colour of a row", "A matrix"]
    layouts += ["Titles above their rows", "Cards", "Cards beside one another", "Cards without tables"]
    layouts += ["A list", "Long tables", "A row for each participation in one table", "Long tables in two files"]
    assert layouts == [example[0] for example in EXAMPLES]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ('layout = "matrijs"', "is not in the list. Choose one of: table, matrix, cards, list, long, titles."),
        ('layout = "list"', "list.entries: there is none"),
        (
            'layout = "list"\n[list]\nentries = ["AC {nummer} {title}"]',
            "names {nummer}, and that is nothing of a project",
        ),
        ('layout = "list"\n[list]\nentries = ["AC {number}"]', "has no {title}"),
        ('layout = "list"\n[list]\nentries = ["{title}"]\nthemes = ["AC {title}"]', "has no {theme}"),
        ('layout = "matrix"\n[marks]\n"●" = "baas"', "marks.●: '●' is 'baas', and that is no role"),
        ('[marks]\n"●" = "lead"', "marks: it is for the layout 'matrix', and this publication has 'table'"),
        ('layout = "long"\n[participations]\nrol = ["x"]', "Did you mean 'role'"),
    ],
)
def test_wrong_setting(more: str, what: str, tmp_path: Path) -> None:
    """A layout that does not exist, and a setting that it cannot use, are named."""
    with pytest.raises(WrongSetting) as error:
        settings.publication(write(tmp_path, {"publication.toml": with_settings(more)}))
    assert what in str(error.value)


def test_an_edition_has_a_layout_of_its_own(tmp_path: Path) -> None:
    """A city that goes over to a matrix keeps the table of the edition before."""
    later = '[[editions]]\nkey = "2032"\nlayout = "matrix"\ndocument = "later.txt"\ntitle.nl = "Later"\n\n[catalogue]'
    files = {"publication.toml": SETTINGS.replace("[catalogue]", later), "later.txt": "nr\tProject\tGZ\n1\tSloten\tT\n"}
    publication = settings.publication(write(tmp_path, files))
    assert ["table", "matrix"] == [edition.layout.name for edition in publication.editions]
    (entry,) = pipeline.read(publication).entries["2032"]
    assert ["gz"] == [part.organisation for part in entry.participations]


def test_marks_become_participations(tmp_path: Path) -> None:
    """From the matrix to the data: who leads, who takes part, and who may."""
    text = "nr\tProject\tGZ\tZU\tHD\n1\tSloten\t●\t○\t?\n2\tDuinen\tx\t●\tx\n"
    files = {"publication.toml": with_settings('layout = "matrix"\n'), "agenda.txt": text, "register.csv": REGISTER}
    read = pipeline.read(settings.publication(write(tmp_path, files)))
    assert [
        {("gz", Role.LEAD, "bevestigd"), ("zu", Role.PARTNER, "bevestigd"), ("hd", Role.PARTNER, "onzeker")},
        {("gz", Role.PARTNER, "bevestigd"), ("zu", Role.LEAD, "bevestigd"), ("hd", Role.PARTNER, "bevestigd")},
    ] == [
        {(part.organisation, part.role, part.certainty.value) for part in item.participations}
        for item in read.entries["2030"]
    ]


def test_days_become_start_and_end(tmp_path: Path) -> None:
    """From long tables to the data: the days of a participation."""
    html = "".join(
        "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}' for cell in line)}" for line in table) + "</table>"
        for table in (
            (("id", "titel"), ("1", "Sloten")),
            (("project_id", "organisatie", "rol", "van", "tot"), ("1", "GZ", "trekker", "2026-02-01", "2027-12-31")),
        )
    )
    files = {
        "publication.toml": with_settings('layout = "long"\n').replace("agenda.txt", "agenda.html"),
        "agenda.html": html,
    }
    read = pipeline.read(settings.publication(write(tmp_path, files)))
    (part,) = read.entries["2030"][0].participations
    assert ("gz", "2026-02-01", "2027-12-31") == (part.organisation, str(part.start), str(part.end))


IN_TWO_FILES = {
    "publication.toml": with_settings('layout = "long"\n').replace(
        '"agenda.txt"', '"projecten.csv"\nparticipations = "deelnames.csv"'
    ),
    "projecten.csv": "id;titel\n1.1;Sloten\n1.10;Duinen\n",
    "deelnames.csv": "project_id;organisatie;rol\n1.1;GZ;trekker\n1.10;ZU;trekker\n1.10;GZ;partner\n9;HD;partner\n",
}


def test_long_tables_in_two_files(tmp_path: Path) -> None:
    """Each row of the second file is of a project in the first; what belongs to none is said with its file and line."""
    read = pipeline.read(settings.publication(write(tmp_path, IN_TWO_FILES)))
    assert [("1.1", {"gz"}), ("1.10", {"zu", "gz"})] == [
        (item.entry.number, {part.organisation for part in item.participations}) for item in read.entries["2030"]
    ]
    (lost,) = [item for item in read.findings if item.code == "participation-without-project"]
    assert ("deelnames.csv:5", "9 | HD | partner") == (str(lost.place), lost.words)


def test_both_files_are_sources_of_the_edition(tmp_path: Path) -> None:
    """Name and digest of each stand in the data, and the reading used both."""
    publication = settings.publication(write(tmp_path, IN_TWO_FILES))
    base, key = "https://data.zandwijk.example/id", "2030"
    lines = pipeline.read(publication).current
    for document, name in (("document/2030", "projecten.csv"), ("document/2030--deelnames", "deelnames.csv")):
        digest = hashlib.sha256(IN_TWO_FILES[name].encode()).hexdigest()
        subject = f"<{base}/{document}>"
        assert f'{subject} <https://schema.org/sha256> "{digest}" .' in lines
        assert f"<{base}/editie/{key}> <http://purl.org/dc/terms/source> {subject} ." in lines
        assert f"<{base}/activiteit/{key}> <http://www.w3.org/ns/prov#used> {subject} ." in lines


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('"long"', '"table"', "editions.participations: a document of participations goes with long tables."),
        ("deelnames.csv", "weg.csv", "weg.csv"),
    ],
)
def test_wrong_second_file(before: str, after: str, what: str, tmp_path: Path) -> None:
    """A second file where the layout has no use for one, and one that is not there, are errors by name."""
    toml = IN_TWO_FILES["publication.toml"].replace(before, after)
    folder = write(tmp_path, {**IN_TWO_FILES, "publication.toml": toml})
    with pytest.raises(KennisError) as error:
        pipeline.read(settings.publication(folder))
    assert what in str(error.value)
