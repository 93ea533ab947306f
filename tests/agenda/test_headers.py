"""Which rows are headers, which column is what, and which roles a header calls intended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import DEFAULT_COLUMNS, LONGEST_CELL, Header, entries
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Finding, Place, Role, SourceRow
from kennis_ld.publication.language import default_words

LEAD, PARTNER = Role.LEAD, Role.PARTNER
LEIDEN = "nr.|Project|Beschrijving doel|T: Trekker P: overige (beoogde) Partners"
ZANDWIJK = "Wie trekt|Naam van het project|Nr|Waar gaat het over|Wie doet mee"
OF_ZANDWIJK = {"title": "Naam van het project", "description": "Waar gaat het over"}
OF_ZANDWIJK |= {"leads": "Wie trekt", "partners": "Wie doet mee"}
COLUMNS = {name: (*known, *filter(None, [OF_ZANDWIJK.get(name)])) for name, known in DEFAULT_COLUMNS.items()}
PRIVACY = Privacy(default_words(), Register([], []))
"""The words of the language, and a register that knows nobody."""


def read(*lines: str, in_table: bool = True) -> list[Entry | Finding]:
    cells = [tuple(line.split("|")) if line else () for line in lines]
    rows = [SourceRow(row, Place("a.txt", at, at), in_table) for at, row in enumerate(cells, start=1)]
    return list(entries(rows, columns=COLUMNS, themes=(), document="a.txt", privacy=PRIVACY))


def entry(*lines: str) -> Entry:
    found = [item for item in read(*lines) if isinstance(item, Entry)]
    assert 1 == len(found)
    return found[0]


@pytest.mark.parametrize(
    ("header", "row", "parties", "intended"),
    [
        pytest.param(LEIDEN, "1|A|Tekst|T: UL P: GL", [(None, "T: UL P: GL")], (PARTNER,), id="Leiden"),
        pytest.param(ZANDWIJK, "HSD|A|1|Tekst|Kring Z", [(LEAD, "HSD"), (PARTNER, "Kring Z")], (), id="Zandwijk"),
        pytest.param("NR.|PROJECT |Doel|Partijen:", "1|A|Tekst|UL", [(None, "UL")], (), id="capitals and colon"),
        pytest.param("<p>nr</p>|<b>Project</b>|Doel|Partijen", "1|A|Tekst|UL", [(None, "UL")], (), id="markup"),
        pytest.param("Nr|Project|Doel|Partner 1|Partner 2", "1|A|Tekst|UL|GL", [(PARTNER, "UL, GL")], (), id="counted"),
        pytest.param("Nr|Project|Doel|Partner12", "1|A|Tekst|UL", [(PARTNER, "UL")], (), id="two digits"),
        pytest.param("#|Titel|Doel|Lead en partners (T: P:)", "1|A|Tekst|UL", [(None, "UL")], (), id="both roles"),
        pytest.param("#|Titel|Doel|L. Leads: O. Overige partners:", "1|A|Tekst|x", [(None, "x")], (), id="both words"),
        pytest.param("#|Titel|Doel|Trekker: (beoogde) partners:", "1|A|Tekst|x", [(None, "x")], (), id="intended word"),
        pytest.param(
            "#|Titel|Doel|Trekkers|Beoogde partners", "1|A|Tekst|UL|GL", [(LEAD, "UL"), (PARTNER, "GL")], (PARTNER,),
            id="a column of intended partners",
        ),
        pytest.param(
            "No|Project|Doel|T: beoogde trekker P: beoogde partners", "1|A|Tekst|UL", [(None, "UL")], (LEAD, PARTNER),
            id="both intended",
        ),
        pytest.param(
            "#|Titel|Doel|Beoogde partners|(beoogde) partners", "1|A|Tekst|UL|GL", [(PARTNER, "UL, GL")], (PARTNER,),
            id="said twice",
        ),
    ],
)  # fmt: skip
def test_header_tells_the_columns(
    header: str, row: str, parties: list[tuple[Role | None, str]], intended: tuple[Role, ...]
) -> None:
    """Columns are known by their headings in any order; the heading gives the role, and says who is intended."""
    expected = Entry("1", "A", "Tekst", tuple(parties), (), Place("a.txt", 2, 2), intended)
    assert expected == entry(header, row)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("nr|Project|Beschrijving", id="no parties"),
        pytest.param("Project|Beschrijving|Partijen", id="no number"),
        pytest.param("nr|Beschrijving|Partijen", id="no title"),
        pytest.param("nr|Project|T: trekker", id="a heading with leads only"),
        pytest.param("nr|Project|P: partner", id="a heading with partners only"),
        pytest.param("nr|Project|Partner 123", id="three digits"),
    ],
)
def test_what_is_no_header(line: str) -> None:
    """Without columns for number, title and parties there is no table; the error lists the headings that are known."""
    with pytest.raises(UnreadableInput) as error:
        read(line)
    assert "a.txt" == error.value.where
    assert "known: #, (beoogde) partners, Naam van het project, " in str(error.value.remedy)


def test_header_outside_a_table_is_text() -> None:
    """A sentence that happens to hold the words of a header is none."""
    with pytest.raises(UnreadableInput):
        read(LEIDEN, in_table=False)


def test_header_in_the_middle_changes_the_columns() -> None:
    """A second table has a header of its own; the rows below it are read by that one, and so is who is intended."""
    found = read(LEIDEN, "1|A|Tekst|T: UL P: GL", "", ZANDWIJK, "HSD|B|2|Meer|Kring Z")
    one, two = (item for item in found if isinstance(item, Entry))
    assert ((None, "T: UL P: GL"),) == one.parties
    assert ((LEAD, "HSD"), (PARTNER, "Kring Z")) == two.parties
    assert ((PARTNER,), ()) == (one.intended, two.intended)


def test_cells_of_one_kind_are_joined() -> None:
    """Columns of one kind are one cell: parties with a comma, texts as paragraphs; empty ones leave nothing."""
    header = "nr|Project|Project|Trekker 1|Trekker 2|Trekker 3|Doel|Toelichting|Partijen|Partijen"
    found = entry(header, "1|Schone|sloten|UL||GL|Meten|En weten|T: A|P: B")
    assert ("Schone sloten", "Meten\n\nEn weten") == (found.title, found.description)
    assert ((LEAD, "UL, GL"), (None, "T: A P: B")) == found.parties


def test_header_is_as_wide_as_it_is_printed() -> None:
    """A header has as many columns as cells, also those of which nobody knows what they are."""
    header = Header({0: "number", 1: "title"}, ("nr", "Project", "Budget"), ())
    row = SourceRow(("1",), Place("a.txt", 1, 1))
    assert (3, "1", "", "") == (header.width, *(header.cell(row, name) for name in ("number", "title", "leads")))


def test_longest_cell_that_is_read() -> None:
    """A cell of 65,536 characters is read, one of a character more is refused with its place."""
    text = "x" * LONGEST_CELL
    assert LONGEST_CELL == 65_536
    assert text == entry(LEIDEN, f"1|A|{text}|").description
    with pytest.raises(UnreadableInput, match="Cell 3 has more than 65536 characters") as error:
        read(LEIDEN, f"1|A|{text}x|")
    assert "a.txt:2" == error.value.where


def test_what_the_reader_said_comes_along() -> None:
    """Findings of the reader pass through in their place, before the header and behind it."""
    one, two = Finding("comments"), Finding("pictures")
    rows = [SourceRow(tuple(line.split("|")), Place("a.txt", 1, 1)) for line in (LEIDEN, "1|A|Tekst|")]
    found = list(
        entries(
            [one, rows[0], two, rows[1]],
            columns=COLUMNS,
            themes=(),
            document="a.txt",
            privacy=PRIVACY,
        )
    )
    assert [one, two] == found[:2]
    assert [replace(entry(LEIDEN, "1|A|Tekst|"), place=Place("a.txt", 1, 1))] == found[2:]


KNOWN = {
    "number": "nr|no|nummer|number|#|volgnummer|projectnummer",
    "title": "project|titel|projectnaam|projecttitel|naam|title",
    "description": "beschrijving|beschrijving doel|omschrijving|toelichting|doel|description",
    "leads": "trekker|trekkers|trekker(s)|lead|leads",
    "partners": "partner|partners|partner(s)|overige partners|beoogde partners|(beoogde) partners",
    "parties": "trekker en partners|trekker(s) en partners|partijen|betrokken partijen|parties",
}


@pytest.mark.parametrize(("column", "heading"), [(name, word) for name in KNOWN for word in KNOWN[name].split("|")])
def test_heading_that_every_city_may_use(column: str, heading: str) -> None:
    """These headings are known without a setting, each for its column."""
    header = {"number": "nr", "title": "project", "description": "doel", "parties": "partijen"} | {column: heading}
    row = {"number": "1", "title": "A", "description": "Tekst", "parties": "T: X"} | {column: "7"}
    found = entry("|".join(header.values()), "|".join(row[name] for name in header))
    cells = {None: "parties", LEAD: "leads", PARTNER: "partners"}
    parties = {cells[role]: cell for role, cell in found.parties}
    read = {"number": found.number, "title": found.title, "description": found.description} | parties
    assert row == read
    assert sum(len(words.split("|")) for words in KNOWN.values()) == sum(map(len, DEFAULT_COLUMNS.values()))
