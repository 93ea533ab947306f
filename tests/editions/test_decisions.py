"""What was published goes only by a decision, and the decision is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kennis_ld.errors import Refused, UnreadableInput
from kennis_ld.pipeline.checking import Checked
from kennis_ld.release.build import Built
from tests.editions.conftest import DECIDED, FILES, LATER, codes, lines
from tests.publications import DOCUMENT, REGISTER

COLUMNS = "uri,decision,replaced_by,reason,decided_by,date\n"
WITHDRAW = COLUMNS + "project/regenkaart,withdrawn,,Bevatte een fout.,Bureau Kennis,2034-02-01\n"
LESS = {
    **FILES,
    "agenda.txt": "".join(row for row in DOCUMENT.splitlines(keepends=True) if not row.startswith("1b")),
    "projects.csv": "".join(row for row in DECIDED.splitlines(keepends=True) if "regenkaart" not in row),
}
"""The city without the project that the later edition does not have either."""


def test_vanishing_project_is_refused(built: Callable[..., Built]) -> None:
    """A project that is gone from every document would lose its URI: exit 3, with every URI by name."""
    built(FILES)
    with pytest.raises(Refused, match="project/regenkaart") as error:
        built(LESS)
    assert 3 == error.value.exit_code
    assert "deelname/regenkaart--zu-lab--trekker" in str(error.value)


def test_withdrawn_project_leaves_a_stone_with_who_when_and_why(built: Callable[..., Built]) -> None:
    """The decision stands in the data as provenance; what was made of the project needs no decision of its own."""
    built(FILES)
    found = lines(built({**LESS, "decisions.csv": WITHDRAW}))
    stone, record = "<id/project/regenkaart>", "<id/besluit/project--regenkaart>"
    boolean = "<http://www.w3.org/2001/XMLSchema#boolean>"
    assert {
        f'{stone} <http://www.w3.org/2002/07/owl#deprecated> "true"^^{boolean} .',
        f'{stone} <http://www.w3.org/2004/02/skos/core#changeNote> "Bevatte een fout."@nl .',
        f"{stone} <http://www.w3.org/ns/prov#wasInvalidatedBy> {record} .",
    } == {line for line in found if line.startswith(stone)}
    assert f'{record} <http://purl.org/dc/elements/1.1/creator> "Bureau Kennis" .' in found
    date = '"2034-02-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert f"{record} <http://purl.org/dc/terms/date> {date} ." in found
    part = "<id/deelname/regenkaart--zu-lab--trekker> <http://www.w3.org/ns/prov#wasInvalidatedBy>"
    assert f"{part} {record} ." in found


def test_withdrawn_project_is_not_published_though_a_document_has_it(built: Callable[..., Built]) -> None:
    """A decision to take down holds also while the old document still has the row; a finding says so."""
    result = built({**FILES, "decisions.csv": WITHDRAW})
    assert ["entry-withdrawn"] == codes(result.checked)
    assert not [line for line in lines(result) if "Regenkaart" in line]
    assert [
        line for line in lines(result) if line.startswith("<id/agendapunt/2030--regenkaart>") and "deprecated" in line
    ]


def test_stone_outlives_its_line(built: Callable[..., Built]) -> None:
    """A decision that is taken out of the table again is still in the next release."""
    built(FILES)
    built({**LESS, "decisions.csv": WITHDRAW})
    found = lines(built(LESS))
    assert [line for line in found if line.startswith("<id/project/regenkaart>") and "deprecated" in line]
    assert '<id/besluit/project--regenkaart> <http://purl.org/dc/elements/1.1/creator> "Bureau Kennis" .' in found


def test_merged_organisation_leads_to_the_new_one(built: Callable[..., Built]) -> None:
    """Where an organisation was replaced, so are its participations, each by that of the new one."""
    built({})
    merged = REGISTER.replace("hd,Hogeschool Duin,", "dh,Duinhogeschool,").replace(",,HD,,", ",,DH,HD,")
    decided = COLUMNS + "organisatie/hd,replaced,organisatie/dh,Gefuseerd.,Bureau Kennis,2034-02-01\n"
    found = lines(built({"register.csv": merged, "decisions.csv": decided}))
    replaced = "<http://purl.org/dc/terms/isReplacedBy>"
    assert f"<id/organisatie/hd> {replaced} <id/organisatie/dh> ." in found
    parts = "<id/deelname/stuifplan--hd--trekker>", "<id/deelname/stuifplan--dh--trekker>"
    assert f"{parts[0]} {replaced} {parts[1]} ." in found


def test_replaced_project_keeps_its_history_and_says_what_took_its_place(built: Callable[..., Built]) -> None:
    """A project that went up in another one leads there, and its editions still have it."""
    decided = COLUMNS + "project/regenkaart,replaced,project/stuifplan,Samengevoegd.,Bureau Kennis,2034-02-01\n"
    found = lines(built({**FILES, "decisions.csv": decided}))
    assert "<id/project/regenkaart> <http://purl.org/dc/terms/isReplacedBy> <id/project/stuifplan> ." in found
    assert "<id/project/regenkaart> <def#lead> <id/organisatie/zu-lab> <id/editie/2030> ." in found


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("project/stuifplan,replaced,project/schone-sloten,Reden,Bureau,2034-02-01", "decision-contradicted"),
        ("organisatie/hd,withdrawn,,Reden,Bureau,2034-02-01", "decision-contradicted"),
        ("thema/zand,withdrawn,,Reden,Bureau,2034-02-01", "decision-contradicted"),
        ("organisatie/weg,replaced,organisatie/nergens,Reden,Bureau,2034-02-01", "decision-dangling"),
    ],
)
def test_decision_against_the_publication_itself_is_a_violation(
    checked: Callable[..., Checked], row: str, code: str
) -> None:
    """A URI that is in use cannot be withdrawn or replaced, and nothing is replaced by what does not exist."""
    found = checked({"decisions.csv": f"{COLUMNS}{row}\n"})
    assert [code] == codes(found)
    assert not found.sound


def test_decision_about_an_unknown_uri_is_said(built: Callable[..., Built]) -> None:
    """A slip in a URI shows: no earlier release knows it."""
    built(FILES)
    decided = COLUMNS + "project/regenkart,withdrawn,,Reden,Bureau,2034-02-01\n"
    assert ["decision-unknown"] == codes(built({**FILES, "decisions.csv": decided}).checked)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("uri,kleur\nproject/x,weg\n", "Unknown column 'kleur'"),
        (f"{COLUMNS}project/x,gone,,Reden,Bureau,2034-02-01\n", r"decisions.csv:2: Decision 'gone'"),
        (f"{COLUMNS}project/x,replaced,,Reden,Bureau,2034-02-01\n", "not clear"),
        (f"{COLUMNS}project/x,confirmed,,Reden,Bureau,2034-02-01\n", "only an edition is confirmed"),
        (f"{COLUMNS}editie/x,confirmed,editie/y,Reden,Bureau,2034-02-01\n", "not clear"),
        (f"{COLUMNS}project/x,withdrawn,project/y,Reden,Bureau,2034-02-01\n", "not clear"),
        (f"{COLUMNS}project/x,withdrawn,,,Bureau,2034-02-01\n", "'reason' is empty"),
        (f"{COLUMNS}project/x,withdrawn,,Reden,,2034-02-01\n", "'decided_by' is empty"),
        (f"{COLUMNS}project/x,withdrawn,,Reden,Bureau,\n", "'date' is empty"),
        (f"{COLUMNS}project/x,withdrawn,,Reden,Bureau,1 feb\n", "'1 feb' is no date"),
        (f"{COLUMNS}http://x/y,withdrawn,,Reden,Bureau,2034-02-01\n", "no URI of this publication"),
        (COLUMNS + 2 * "project/x,withdrawn,,Reden,Bureau,2034-02-01\n", "decided about before"),
        (
            f"{COLUMNS}project/x,replaced,project/y,R,B,2034-02-01\nproject/y,replaced,project/x,R,B,2034-02-01\n",
            "replaced by itself",
        ),
    ],
)
def test_table_of_decisions_is_read_strictly(checked: Callable[..., Checked], text: str, message: str) -> None:
    """Who decided, when and why must be there, and a slip is an error with its line; `check` says so too."""
    with pytest.raises(UnreadableInput, match=message):
        checked({"decisions.csv": text})


def test_table_of_decisions_may_come_from_a_spreadsheet(checked: Callable[..., Checked]) -> None:
    """Semicolons and a byte order mark are no slip."""
    assert ["entry-withdrawn"] == codes(checked({"decisions.csv": "\ufeff" + WITHDRAW.replace(",", ";")}))


def test_first_numbers_of_the_later_edition_stay() -> None:
    """The texts above are what the tests think they are."""
    assert LATER.count("\n") == 6
    assert LESS["agenda.txt"].count("\n") == DOCUMENT.count("\n") - 1
