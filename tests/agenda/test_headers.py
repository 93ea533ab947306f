"""Which rows are headers, which column is what, and which roles a header calls intended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kennis_ld.agenda.headers import Header
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import LONGEST_CELL, entries, without_struck
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Entry, Finding, Place, Role, SourceRow
from kennis_ld.publication.language import default_columns, default_words
from tests.agenda import source

LEAD, PARTNER = Role.LEAD, Role.PARTNER
LEIDEN = "nr.|Project|Beschrijving doel|T: Trekker P: overige (beoogde) Partners"
ZANDWIJK = "Wie trekt|Naam van het project|Nr|Waar gaat het over|Wie doet mee"
OF_ZANDWIJK = {"title": "Naam van het project", "description": "Waar gaat het over"}
OF_ZANDWIJK |= {"leads": "Wie trekt", "partners": "Wie doet mee"}
COLUMNS = {name: (*known, *filter(None, [OF_ZANDWIJK.get(name)])) for name, known in default_columns().items()}
PRIVACY = Privacy(default_words(), Register([], []))
"""The words of the language, and a register that knows nobody."""


def read(*lines: str, in_table: bool = True) -> list[Entry | Finding]:
    cells = [tuple(line.split("|")) if line else () for line in lines]
    rows = [source.row(row, Place("a.txt", at, at), in_table=in_table) for at, row in enumerate(cells, start=1)]
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
    assert expected == replace(entry(header, row), headings=())


@pytest.mark.parametrize(
    ("header", "row", "text"),
    [
        ("Nr|Project|Doel|Partners|Trekkers:", "1|A|x|ZU|GD, UD", "Trekkers: GD, UD | Partners: ZU"),
        ("Nr|Project|Doel|Trekkers|Partners", "1|A|x||ZU", "Partners: ZU"),
        ("Nr|Project|Doel|Partner 1|Partner 2", "1|A|x|ZU|GD", "Partner 1 / Partner 2: ZU, GD"),
        ("Nr|Project|Doel|Trekkers|Partijen", "1|A|x|GD|T: UD P: ZU", "Trekkers: GD | T: UD P: ZU"),
        ("Nr|Project|Doel|Partijen", "1|A|x|T: UD P: ZU", "T: UD P: ZU"),
    ],
)
def test_cells_of_parties_stand_behind_the_headings_that_give_a_role(header: str, row: str, text: str) -> None:
    """Who reads them sees which are the leads; a cell that says so itself stands as it is."""
    assert text == entry(header, row).parties_text


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("nr|Project|Beschrijving", id="no parties"),
        pytest.param("nr|Beschrijving|Partijen", id="no title"),
        pytest.param("nr|Project|T: trekker", id="a heading with leads only"),
        pytest.param("nr|Project|P: partner", id="a heading with partners only"),
        pytest.param("nr|Project|Partner 123", id="three digits"),
    ],
)
def test_what_is_no_header(line: str) -> None:
    """Without columns for title and parties there is no table; the error lists the headings that are known."""
    with pytest.raises(UnreadableInput) as error:
        read(line)
    assert "a.txt" == error.value.where
    assert "These headings are known: #, (beoogde) partners, Naam van het project, " in str(error.value.remedy)


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


def test_second_column_of_numbers_is_no_number() -> None:
    """Two columns called 'nr' are not joined: the first is the number, and each cell of the other is named."""
    found = read("nr.|Project|Nr|Trekker", "1a|A|Een tekst|UL")
    assert ["1a"] == [item.number for item in found if isinstance(item, Entry)]
    assert ["Een tekst"] == [item.words for item in found if isinstance(item, Finding)]


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


KNOWN = {name: headings for name, headings in source.HEADINGS.items() if name != "theme"}


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
    assert set(default_columns()) - set(KNOWN) == {"theme", "left_out"}
    assert all(tuple(words.split("|")) == default_columns()[name] for name, words in KNOWN.items())


def names(*lines: str) -> list[tuple[str, str]]:
    """Number and title of each entry."""
    return [(item.number, item.title) for item in read(*lines) if isinstance(item, Entry)]


@pytest.mark.parametrize(
    ("header", "rows", "expected"),
    [
        pytest.param(
            "Project|Doel|Trekker", ["Sloten|x|GD", "Duin|y|HZ"], [("", "Sloten"), ("", "Duin")], id="no number"
        ),
        pytest.param(
            "Nr Project|Doel|Trekker",
            ["1 Sloten|x|GD", "2a. Duin|y|HZ"],
            [("1", "Sloten"), ("2a", "Duin")],
            id="in the title",
        ),
        pytest.param("Nr. / project|Doel|Trekker", ["1.2 Sloten|x|GD"], [("1.2", "Sloten")], id="with a slash"),
        pytest.param("|Project|Doel|Trekker", ["1|Sloten|x|GD"], [("1", "Sloten")], id="no heading above the numbers"),
        pytest.param("Project|Doel|Trekker", ["1. Sloten|x|GD"], [("1", "Sloten")], id="a number with a full stop"),
        pytest.param("Project|Doel|Trekker", ["2030 in beeld|x|GD"], [("", "2030 in beeld")], id="a year in the title"),
    ],
)
def test_table_without_a_column_of_numbers(header: str, rows: list[str], expected: list[tuple[str, str]]) -> None:
    """A number is not needed: it may stand in the title, in a column without a heading, or nowhere."""
    assert expected == names(header, *rows)


def test_row_without_title_goes_on_where_there_are_no_numbers() -> None:
    """Without numbers, a title starts an entry, and a row without one is more of the one above."""
    found = [
        item
        for item in read("Project|Doel|Trekker", "Sloten|Meten.|GD", "|En weten.|", "Duin|x|HZ")
        if isinstance(item, Entry)
    ]
    assert [("Sloten", "Meten.\n\nEn weten."), ("Duin", "x")] == [(item.title, item.description) for item in found]


def test_two_entries_of_one_title_without_numbers() -> None:
    """Without numbers the title tells entries apart, so it must differ."""
    with pytest.raises(UnreadableInput, match="Title 'Sloten' stands there twice"):
        read("Project|Doel|Trekker", "Sloten|x|GD", "Sloten|y|HZ")


@pytest.mark.parametrize("header", ["Naam|Partner", "Project|Trekker"])
def test_table_of_two_columns_is_no_agenda(header: str) -> None:
    """A list of abbreviations has two columns and no numbers."""
    with pytest.raises(UnreadableInput):
        read(header, "GD|Gemeente")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["Nr|Project|Doel|Wie|", "|||Trekker|Partners"], id="the upper row is no header"),
        pytest.param(["Nr|Project|Doel|Partijen|", "|||Trekker|Partners"], id="the upper row is a header"),
        pytest.param(["Agenda||||", "Nr|Project|Doel|Wie|", "|||Trekker|Partners"], id="a title above"),
        pytest.param(["||Wat|Beoogde|", "Nr|Project|Doel|Trekker|Partners"], id="a row of groups"),
    ],
)
def test_header_over_two_rows(rows: list[str]) -> None:
    """Headings may stand in two rows, the lower one saying who is lead and who is partner."""
    found = [item for item in read(*rows, "1|Sloten|x|GD|UD, HZ") if isinstance(item, Entry)]
    assert [((LEAD, "GD"), (PARTNER, "UD, HZ"))] == [item.parties for item in found]


def test_headings_that_divide_the_one_above_them() -> None:
    """Texts below one heading with empty cells behind it are headings too, also where nobody knows them."""
    found = read("|Project|Trekker|2031||", "|||Q1|Q2|", "1|Sloten|GD|x||y", "2|Duin|UD||x|")
    assert [("1", "Sloten"), ("2", "Duin")] == [(item.number, item.title) for item in found if isinstance(item, Entry)]
    found = read("|Project|Trekker|2031||", "|||Q1|Q2|Q3", "1|Sloten|GD|x|y|z", "2|Duin|UD|||x")
    assert [("1", "Sloten"), ("2", "Duin")] == [(item.number, item.title) for item in found if isinstance(item, Entry)]
    assert {"4 (Q1)", "5 (Q2)", "6 (Q3)"} == {item.values["column"] for item in found if isinstance(item, Finding)}
    (item,) = read("Nr|Project|Wie||Planning", "||Trekker|Betrokken|", "1|Sloten|GD|UD|")[-1:]
    assert isinstance(item, Entry)
    assert ((LEAD, "GD"),) == item.parties


def test_texts_that_divide_nothing_are_no_headings() -> None:
    """A row right below the header with a text below a heading without columns of its own is no part of it."""
    found = read("Nr|Project|Trekker|Iets|", "||||x", "1|Sloten|GD||")
    assert ["row-without-number"] == [item.code for item in found if isinstance(item, Finding)]


def test_header_over_two_rows_that_is_repeated() -> None:
    """On each page the header may stand again."""
    header = ["Nr|Project|Doel|Wie|", "|||Trekker|Partners"]
    assert [("1", "Sloten"), ("2", "Duin")] == names(*header, "1|Sloten|x|GD|UD", "", *header, "2|Duin|y|GD|UD")
    assert [] == [item for item in read(*header, "1|A|x|GD|", "", *header, "2|B|y|GD|") if isinstance(item, Finding)]


def test_merged_cells_of_a_header_are_not_said() -> None:
    """Headings are merged on purpose; a merged cell of a row is said."""
    rows: list[SourceRow | Finding] = []
    for at, line in enumerate(["Nr|Project|Wie|", "||Trekker|Partners", "1|Sloten|GD|UD"], start=1):
        place = Place("a.docx", at, at)
        rows += [SourceRow(tuple(line.split("|")), place), Finding("merged-cells", place, words=str(at))]
    said = [
        item.words
        for item in entries(rows, columns=COLUMNS, themes=(), document="a.docx", privacy=PRIVACY)
        if isinstance(item, Finding)
    ]
    assert ["3"] == said


def test_parties_beside_leads_are_partners() -> None:
    """Beside a column of leads, "Betrokken partijen" can only be the partners, unless a cell says who is what."""
    header = "Nr|Project|Doel|Trekker|Betrokken partijen"
    assert ((LEAD, "GD"), (PARTNER, "UD, HZ")) == entry(header, "1|A|x|GD|UD, HZ").parties
    assert ((LEAD, "GD"), (None, "T: UD P: HZ")) == entry(header, "1|A|x|GD|T: UD P: HZ").parties


def test_heading_that_a_narrow_column_tore() -> None:
    """A heading that a PDF broke in the middle of a word is known all the same."""
    assert "x" == entry("Nr|Project|Beschrijvi ng|Trek ker", "1|A|x|GD").description


def test_heading_in_the_style_of_a_list() -> None:
    """A dash in front of a heading or title is that of a list."""
    assert [("1", "Sloten")] == names("- Nr|- Project|Doel|- Trekker", "1|- Sloten|x|GD")


def test_columns_that_are_known_and_left_out() -> None:
    """A column that the settings leave out is read without a word."""
    columns = {**COLUMNS, "left_out": ("Budget",)}
    rows = [SourceRow(tuple(line.split("|")), Place("a.txt", 1, 1)) for line in (f"{LEIDEN}|Budget", "1|A|x|T: UL|€ 5")]
    assert [] == [
        it
        for it in entries(rows, columns=columns, themes=(), document="a.txt", privacy=PRIVACY)
        if isinstance(it, Finding)
    ]


@pytest.mark.parametrize(
    ("header", "known", "missing", "proposal"),
    [
        (
            "Nr|Actie|Omschrijving|Trekkende partij|Betrokkenen|Status",
            "Nr = number, Omschrijving = description",
            "title, leads, partners",
            'title = ["Actie"]\nleads = ["Trekkende partij"]\npartners = ["Betrokkenen"]\n[extra]\nstatus = ["Status"]',
        ),
        (
            "Nr|Omschrijving|Doelstelling|Trekker",
            "Nr = number, Omschrijving = description, Trekker = leads",
            "title",
            'title = ["Omschrijving"]\ndescription = ["Doelstelling"]',
        ),
        (
            "Nr|Project|Omschrijving|Wie",
            "Nr = number, Project = title, Omschrijving = description",
            "leads, partners",
            'parties = ["Wie"]',
        ),
        (
            "A|B|C|D",
            "none of them",
            "title, leads, partners",
            'title = ["B"]\nleads = ["C"]\npartners = ["D"]\nleft_out = ["A"]',
        ),
    ],
)
def test_table_that_cannot_be_read_proposes_settings(header: str, known: str, missing: str, proposal: str) -> None:
    """The error says what was seen, what is known of it and what is missing, and gives the lines to write."""
    with pytest.raises(UnreadableInput) as error:
        read("Een titel", header, "1|a|b|c|d|e"[: 2 * header.count("|") + 1])
    assert f"has: {header.replace('|', ' | ')}. Known: {known}. Missing: {missing}." in error.value.what
    assert f"[columns]\n{proposal}\n" in str(error.value.remedy)


def test_struck_text_can_be_left_out() -> None:
    """Where the settings say so, struck text is not read, nor a row of which nothing is left, but where it stopped."""
    place = Place("a.docx", 1, 1)
    rows = [
        SourceRow(tuple(LEIDEN.split("|")), place),
        SourceRow(("1", "A", "x", "T: UL P: GL"), place, kept=("1", "A", "x", "T: UL")),
        Finding("note-mark", place, words="x"),
        SourceRow(("2", "B", "y", "T: UL"), place, kept=("", "", "", "")),
    ]
    found = list(entries(without_struck(rows), columns=COLUMNS, themes=(), document="a.docx", privacy=PRIVACY))
    assert [("1", ((None, "T: UL"),))] == [(item.number, item.parties) for item in found if isinstance(item, Entry)]
    assert rows[2] in found
    assert [LEIDEN.split("|"), ["1", "A", "x", "T: UL"], ["2", "B", "y", "T: UL"]] == [
        list(row.cells) for row in without_struck(rows, whole_rows=True) if isinstance(row, SourceRow)
    ]


def test_second_table_with_another_header_over_two_rows() -> None:
    """Each table may have a header over two rows of its own; with a lower row that nobody knows it is not read."""
    one = "Nr|Project|Wie|", "||Trekker|Partners", "1|Sloten|GD|UD", ""
    two = "Nr|Project|Organisaties|", "||Trekkers|Partners", "2|Duinen|HD|UD", ""
    found = read(*one, *two, "Nr|Project|Clubs|", "||Onbekend|Iets", "3|Strand|HD|UD")
    assert [("1", ((LEAD, "GD"), (PARTNER, "UD"))), ("2", ((LEAD, "HD"), (PARTNER, "UD")))] == [
        (item.number, item.parties) for item in found if isinstance(item, Entry)
    ]
    assert ["table-not-read"] == [item.code for item in found if isinstance(item, Finding)]


def test_second_table_over_two_rows_without_numbers() -> None:
    """Where the agenda has a column of numbers, a table without one is not read, and the finding says so."""
    two = "|Project|Doel|Wie|", "|||Trekker|Partners", "|Duinen|y|HD|UD"
    found = read("Nr|Project|Doel|Trekker|Partners", "1|Sloten|x|GD|UD", "", *two)
    assert ["1"] == [item.number for item in found if isinstance(item, Entry)]
    assert ["table-not-read"] == [item.code for item in found if isinstance(item, Finding)]
