"""A document in which no table can be read gets the settings by which it could be; with them it is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.unread import Unread
from kennis_ld.model import Kind, Status
from kennis_ld.publication.language import default_columns, default_words
from kennis_ld.translation import in_dutch
from tests.agenda.source import rows

PRIVACY = Privacy(default_words(), Register([], []))
KNOWN = Headings(default_columns(), PRIVACY.words)


def proposed(*lines: str) -> str:
    return Unread(rows(*lines), KNOWN, PRIVACY).settings()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("nr|Project|GO|UvO", "1|Sloten|●|○", "2|Duinen|D|●", "3|Strand|D|○"),
            'layout = "matrix"\n[marks]\n"D" = "partner"',
            id="a matrix, with a mark that nobody knows",
        ),
        pytest.param(("nr|Project|GO|UvO", "1|Sloten|x|", "2|Duinen||x"), 'layout = "matrix"', id="a matrix"),
        pytest.param(("nr|Project|GO|UvO", "1|Sloten|T|P"), 'layout = "matrix"', id="a matrix with two usual marks"),
        pytest.param(
            ("nr|Project|GO|UvO", "1|Sloten|a|a", "2|Duinen|b|b", "3|Strand|c|d", "4|Zee|e|f", "5|Kust|a|b"),
            'layout = "matrix"\n[marks]\n"a" = "partner"\n"b" = "partner"\n"c" = "partner"\n"d" = "partner"\n'
            '"e" = "partner"\n"f" = "partner"',
            id="a matrix in which six of ten marks stand again",
        ),
        pytest.param(
            ("nr|Project|GO", "1|Sloten|x", "2|Duinen|x", "3|Strand|x"),
            '[columns]\nparties = ["GO"]',
            id="one column of marks is no matrix",
        ),
        pytest.param(
            ("Nr|Project|Partner|Rol", "1|Sloten|Gemeente Duin|trekker", "2|Duinen|Gemeente Duin|trekker"),
            '[extra]\nremark = ["Rol"]',
            id="a row for each project with its role",
        ),
        pytest.param(
            ("||Stad||Rest|", "nr|Project|GO|GD|UvO|Aantal", "1|Sloten|x|D||2", "2|Duinen|D||x|2", "|Aantal|2|1|1|4"),
            'layout = "matrix"\n[marks]\n"D" = "partner"\n[columns]\nleft_out = ["Aantal"]',
            id="a matrix that counts its marks",
        ),
        pytest.param(
            ("Projectblad 1|Sloten", "Wie trekt|GD", "Fase|af", "", "Projectblad 2|Duinen", "Wie trekt|UD", "Fase|af"),
            'layout = "cards"\n[columns]\ntitle = ["Projectblad"]\nleads = ["Wie trekt"]\n[extra]\nstatus = ["Fase"]',
            id="cards",
        ),
        pytest.param(
            (
                *("Projectblad 1|Sloten", "Wie trekt|GD", "|UD", "Fase|af", ""),
                *("Projectblad 2|Duinen", "Wie trekt|UD", "|HD", "Fase|af"),
            ),
            'layout = "cards"\n[columns]\ntitle = ["Projectblad"]\nleads = ["Wie trekt"]\n[extra]\nstatus = ["Fase"]',
            id="cards with a field over two rows",
        ),
        pytest.param(
            (
                *("=Project 1: Sloten", "Trekker|GD|Sinds|2030", "Doel|Schoon water.||", ""),
                *("=Project 2: Duinen", "Trekker|UD|Sinds|2031", "Doel|Zand.||"),
            ),
            'layout = "cards"\n[extra]\nstart = ["Sinds"]',
            id="cards of two fields in a row",
        ),
        pytest.param(
            ("Trekker|Omschrijving|Geld", "1. Sloten||", "GD|Meten.|5", "2. Duinen||", "UD|Weten.|7", "|Doen.|"),
            'layout = "titles"\n[columns]\nleft_out = ["Geld"]',
            id="titles above their rows",
        ),
        pytest.param(
            (
                *("Trekker|Omschrijving|Geld", "Water||", "GD|Studenten meten met bewoners hoe schoon het is.|€ 5"),
                *("UD|De stad houdt bij storm het zand uit de straten.|€ 6", "Zand||"),
                *("HD|Een kaart laat zien waar het water blijft.|€ 7", "KD|Zie ook het plan van de kust.|€ 8"),
            ),
            '[columns]\ntitle = ["…"]\nleft_out = ["Geld"]',
            id="headings above two rows each are no titles",
        ),
        pytest.param(
            ("SD 4 Stad", "AC 4.1 Sloten", "AC 4.2 Duinen", "AC 4.3 Strand"),
            'layout = "list"\n[list]\nthemes = ["SD {number} {theme}"]\nentries = ["AC {number} {title}"]\nlead = "…"',
            id="a list",
        ),
        pytest.param(
            (
                *("Doel 1 Stad", "Actie 1.1 Sloten: meten hoe schoon. (Trekker: GD; partners: UD en HD; 2030-2031)"),
                *("Actie 1.2 Duinen: tellen. (trekker: UD; Partners: HD; 2031).", "Actie 1.3 Strand"),
                "Actie 1.4 Zee: varen. (trekker: UD; partners: GD; 2031)",
            ),
            'layout = "list"\n[list]\nthemes = ["Doel {number} {theme}"]\nentries = ["Actie {number} {title}: '
            '{description} (trekker: {leads}; partners: {partners}; {left_out})", "Actie {number} {title}"]',
            id="a list whose paragraphs say roles",
        ),
        pytest.param(
            ("id|titel", "1|Sloten", "", "project_id|organisatie|rol", "1|GD|trekker"), 'layout = "long"', id="long"
        ),
        pytest.param(
            (
                *("Nr|Project", "p1|Sloten", "p2|Duinen", ""),
                *("Welk project|Van wie|Als wat", "p1|GD|trekker", "p2|GD|partner", "p2|UD|trekker"),
            ),
            'layout = "long"\n[participations]\nproject = ["Welk project"]\norganisation = ["Van wie"]\n'
            'role = ["Als wat"]',
            id="long, with headings of its own",
        ),
        pytest.param(
            ("nr|Wat|Wie|Geld|Met", "1|Sloten|GD|€ 5|UD"),
            '[columns]\ntitle = ["Wat"]\nleads = ["Wie"]\npartners = ["Met"]\nleft_out = ["Geld"]',
            id="a table with other headings, of which amounts are no names",
        ),
        pytest.param(
            ("nr|Project|Trekker|Geld", "1|Sloten|GD|5"), '[columns]\nleft_out = ["Geld"]', id="a column too many"
        ),
        pytest.param(("nr|Project|Trekker|Contactpersoon", "1|Sloten|GD|J. Vos"), "", id="nothing to say"),
        pytest.param(
            ("nr|Project|Trekker|Looptijd|Financiers|Intern", "1|Sloten|GD|2030-2031|UD|x"),
            '[extra]\nperiod = ["Looptijd"]\n[roles]\n"Financiers" = "funder"\n[columns]\nleft_out = ["Intern"]',
            id="columns that can be read",
        ),
        pytest.param(("nr|Project|Wie|Wie", "||Trekker|Partners", "1|Sloten|GD|UD"), "", id="a header of two rows"),
        pytest.param(
            ("nr|Project|GO|UvO", "1|Sloten|k|k", "2|Duinen|x|k", "k doet mee, x = trekker"),
            'layout = "matrix"',
            id="a matrix with a legend",
        ),
        pytest.param(
            ("nr|Project|Trekker|Stand", "1|Sloten|GD|G", "2|Duinen|GD|loopt", "", "G = op schema, R = gestopt"),
            """[extra]
status = ["Stand"]

[statuses.op-schema]
words = ["G"]
label.nl = "op schema"
label.en = "…"
definition.nl = "…"
definition.en = "…"

[statuses.loopt]
words = ["loopt"]
label.nl = "loopt"
label.en = "…"
definition.nl = "…"
definition.en = "…\"""",
            id="statuses, with what a legend says of them",
        ),
        pytest.param(
            ("Nr|Wat|Trekker|Samen met|Looptijd|Geld", "1|Sloten|GD|UD|2030|x"),
            '[columns]\ntitle = ["Wat"]\npartners = ["Samen met"]\nleft_out = ["Geld"]\n[extra]\nperiod = ["Looptijd"]',
            id="what other columns look like",
        ),
        pytest.param(
            (
                "Soort|Stuk|Naam|Wat gaan we doen|Meer|Trekker",
                "Water|1|Sloten|Studenten meten met bewoners hoe schoon het water is.|Daar wordt ook aan gewerkt.|GD",
                "|2|Regen|Een kaart laat zien waar het water blijft.|Alleen als er ook geld voor is.|GD",
                "Zand|3|Duinen|De stad houdt bij storm het zand uit de straten.|Zie ook het plan van de kust.|UD",
                "|4|Strand|Met metingen van de stad en haar vrijwilligers.|Nog te bespreken met de raad.|UD",
            ),
            '[columns]\ntheme = ["Soort"]\nnumber = ["Stuk"]\ndescription = ["Wat gaan we doen"]\n'
            '[extra]\nremark = ["Meer"]',
            id="what the cells of other columns look like",
        ),
        pytest.param(
            (
                *(
                    "Nr|Clubs|Aanjager|Initiatief|Geld",
                    "1|HD; MD|GD|Sloten|x",
                    "2|UD|GD|Duinen|x",
                    "3|HD, UD|UD|Strand|y",
                ),
                *("4|MD en UD|GD|Regen|y", "5|UD|HD|Wind|y", "6|HD; UD|GD|Zee|x"),
            ),
            '[columns]\ntitle = ["Initiatief"]\nleads = ["Aanjager"]\npartners = ["Clubs"]\nleft_out = ["Geld"]',
            id="columns in which the same names stand again and again",
        ),
        pytest.param(
            (
                *("Merk|Soort|Plan|Regie|Geld", "A1|Water|Sloten|GD|5", "A2|Water|Regen|UD|6", "Som|||||11", ""),
                *("Merk|Soort|Plan|Regie|Geld", "A3|Water|Zee|GD|5", "A4|Zand|Duinen|UD|6", "A5|Zand|Kust|UD|6"),
            ),
            '[columns]\ntitle = ["Plan"]\nleads = ["Regie"]\nnumber = ["Merk"]\ntheme = ["Soort"]\nleft_out = ["Geld"]',
            id="rows of totals and headers that stand again say nothing of a column",
        ),
        pytest.param(
            ("Nr|Plan|Wie", "1|Sloten|Trekker: GD Partners: UD", "2|Duinen|Trekker: UD"),
            '[columns]\ntitle = ["Plan"]\nparties = ["Wie"]',
            id="cells that say roles",
        ),
        pytest.param(
            ("Nr|Plan|Wie", "1|Sloten|GD (trekker)", "2|Duinen|UD (trekker), HD"),
            '[columns]\ntitle = ["Plan"]\nparties = ["Wie"]',
            id="cells that say roles in brackets",
        ),
        pytest.param(
            ("#|Regie|Toelichting|Trekker", "1|Sloten|Schoon water.|GD", "2|Duinen|Zand.|UD"),
            '[columns]\ntitle = ["Regie"]',
            id="another word for a lead over titles",
        ),
        pytest.param(
            ("Nr|Kenmerk|Onderzoek|Trekker", "1|Sloten|Meten|GD", "2|Duinen|Weten|UD"),
            '[columns]\ntitle = ["Onderzoek"]\n[extra]\nremark = ["Kenmerk"]',
            id="a word for a project over the second text",
        ),
        pytest.param(
            ("Nr|Initiatief|Onderzoek|Trekker", "1|Sloten|Meten|GD", "2|Duinen|Weten|UD"),
            '[columns]\ntitle = ["Initiatief"]\n[extra]\nremark = ["Onderzoek"]',
            id="two words for a project",
        ),
        pytest.param(
            ("Nr|Trekker|Omschrijving", "1|GD|Een lange tekst over het water in de stad.", "2|UD|Zand uit de straten."),
            '[columns]\ntitle = ["…"]',
            id="a column of running text is no title",
        ),
        pytest.param(
            (
                *("Project|Wie|Partijen|Planning|", "Nr|Naam|Trekker|Partners|Begin", "1|Sloten|GD|UD|2030", ""),
                *("Project|Wie|Partijen|Planning|", "Nr|Naam|Trekker|Partners|Begin", "2|Duinen|GD||2031"),
            ),
            '[columns]\nleft_out = ["Begin"]',
            id="a header of two rows whose upper one could be one too",
        ),
        pytest.param(
            ("#|Initiatief|Toelichting|Trekker", "1|Sloten|Schoon water.|GD", "2|Duinen|Zand.|UD"),
            '[columns]\ntitle = ["Initiatief"]',
            id="a word for a lead over titles, where the leads are known",
        ),
        pytest.param(
            (
                *("ID|Project|Trekker|Mijlpalen|Waar|Aan zet|Uren", "W-1|Sloten|GD|2030: start|De stad|Jan Vos|4"),
                "W-2|Duinen|UD|2031: klaar|Aan zee|Els Bos|5",
            ),
            '[columns]\nnumber = ["ID"]\nleft_out = ["Aan zet", "Uren"]\n[extra]\nremark = ["Mijlpalen", "Waar"]',
            id="what says something is a remark, but for persons",
        ),
        pytest.param(
            (
                *("=Water", "=1. Sloten", "Schoon water.", "Eigenaar: GD", "Stand: af"),
                *("=2. Duinen", "Eigenaar: UD", "Stand: loopt"),
            ),
            'layout = "cards"\n[columns]\nleads = ["Eigenaar"]\n[extra]\nstatus = ["Stand"]',
            id="fields in paragraphs",
        ),
        pytest.param(
            ("Nr|Project|Trekker|Betrokke nen|Plan ning", "1|Sloten|GD|UD|2030"),
            '[columns]\npartners = ["Betrokke nen"]\n[extra]\nperiod = ["Plan ning"]',
            id="headings torn by a narrow column",
        ),
        pytest.param(
            (
                *("Nr|Project|Trekker", "1|Sloten\n\nStudenten meten met bewoners hoe schoon het water is.|GD"),
                "2|Duinen\n\nDe stad houdt bij storm het zand uit de straten.|UD",
            ),
            '[columns]\ntitle = ["Project"]\ndescription = ["Project"]',
            id="titles with running text below them",
        ),
        pytest.param(
            (
                *("Nr|Actie|Geld|Trekker", "1|Sloten\n\nStudenten meten met bewoners hoe schoon het is.|€ 5|GD"),
                "2|Duinen\n\nDe stad houdt bij storm het zand uit de straten.|€ 6|UD",
            ),
            '[columns]\ntitle = ["Actie"]\ndescription = ["Actie"]\nleft_out = ["Geld"]',
            id="a heading that nobody knows over titles with running text",
        ),
        pytest.param(
            ("Thema|nr|Project|GO|UvO", "Water|1|Sloten|T|P", "|2|Duinen|P|T", "|3|Strand|P|T"),
            'layout = "matrix"',
            id="a matrix whose marks are words for a role",
        ),
        pytest.param(
            (
                "project_id|project_name|lead_organisation|partner_organisations|jaar",
                "1|Sloten|Gemeente Duin|Bond Zee|2030",
                "2|Kust|Gemeente Duin|Bond Zee|2031",
            ),
            '[columns]\nnumber = ["project_id"]\n[extra]\nperiod = ["jaar"]',
            id="headings of a machine, and a column of years",
        ),
        pytest.param(
            ("Nr|Project|Partners (trekker vet)", "1|Sloten|GD, UD"),
            '[columns]\nparties = ["Partners (trekker vet)"]',
            id="a heading that names both roles",
        ),
        pytest.param(
            ("Nr|Project|Wie|Rol", "1|Sloten|GD|trekker", "||UD|partner", "2|Duinen|UD|trekker"),
            'layout = "long"\n[participations]\norganisation = ["Wie"]',
            id="a row for each participation",
        ),
        pytest.param(
            ("Nr|Project|Partner|Rol", "1|Sloten|GD|trekker", "1|Sloten|UD|partner", "2|Duinen|UD|trekker"),
            'layout = "long"',
            id="a row for each participation in a table that could be read",
        ),
        pytest.param(
            (
                *("Nr|Project|Omschrijving|Thema|Wie|Rol", "1|Sloten|Meten.|Water|GD|trekker"),
                *("||||UD|partner", "2|Duinen|Tellen.|Zand|UD|trekker"),
            ),
            'layout = "long"\n[participations]\norganisation = ["Wie"]',
            id="a row for each participation, with what is known of a project in front",
        ),
        pytest.param(
            ("Nr|Project|Geld|Partner|Rol", "1|Sloten|5|GD|trekker", "1|Sloten|5|UD|partner", "2|Duinen|5|UD|trekker"),
            'layout = "long"',
            id="a row for each participation, with a column that nobody knows",
        ),
        pytest.param(
            ("Nr|Project|Rol", "1|Sloten|trekker", "1|Sloten|partner", "2|Duinen|trekker"),
            '[columns]\nparties = ["Rol"]',
            id="roles of nobody",
        ),
        pytest.param(
            (
                *("Nr|Project|Trekker", "1|Sloten|GD", "2|Duinen|GD", ""),
                *("project_id|organisatie|rol", "1|UD|partner", "2|UD|partner"),
            ),
            "",
            id="participations behind a table that can be read",
        ),
        pytest.param(
            (*["Los."] * 499, "nr|Wat|Wie|Met"),
            '[columns]\ntitle = ["Wat"]\nleads = ["Wie"]\npartners = ["Met"]',
            id="a header in the five hundredth row",
        ),
        pytest.param((*["Los."] * 500, "nr|Wat|Wie|Met"), "", id="a header behind it"),
        pytest.param(
            ("nr|Project|GO|UvO", "1|Sloten|meedoend|meedoend", "2|Duinen|meedoend|"),
            'layout = "matrix"\n[marks]\n"meedoend" = "partner"',
            id="marks of eight letters",
        ),
        pytest.param(
            ("nr|Project|GO|UvO", "1|Sloten|meedoende|meedoende", "2|Duinen|meedoende|"),
            '[columns]\nleads = ["GO"]\npartners = ["UvO"]',
            id="longer words are no marks",
        ),
        pytest.param(
            ("Agenda", "Code|Kop|Wie|", "||Aanjager|Clubs", "1|Sloten|GD|UD", "2|Duinen|UD|GD"),
            '[columns]\ntitle = ["Kop"]\nleads = ["Aanjager"]\npartners = ["Clubs"]',
            id="a heading that is divided in the row below it",
        ),
        pytest.param(
            (
                *("Projectblad 1|Sloten||", "Wie trekt|GD|UD|", "Fase|af|nu|", ""),
                *("Projectblad 2|Duinen||", "Wie trekt|UD||", "Fase|af||"),
            ),
            'layout = "cards"\n[columns]\ntitle = ["Projectblad"]\nleads = ["Wie trekt"]\n[extra]\nstatus = ["Fase"]',
            id="cards with two texts in a field",
        ),
        pytest.param(
            (
                *("Projectblad 1|Sloten", "Wie trekt|GD|UD|HD", "Fase|af|nu|later", ""),
                *("Projectblad 2|Duinen", "Wie trekt|UD||", "Fase|af||"),
            ),
            '[columns]\ntitle = ["GD"]\nleads = ["Wie trekt"]\npartners = ["UD"]\n[extra]\nremark = ["HD"]',
            id="three texts in a field are no card",
        ),
        pytest.param(
            ("Code|Kop|Soort", "A1|Sloten|x", "A2|Duinen|y", "", "Wat|Club|Taak", "A1|GD|trekker", "A2|UD|partner"),
            'layout = "long"\n[columns]\ntitle = ["Kop"]\n'
            '[participations]\nproject = ["Wat"]\norganisation = ["Club"]\nrole = ["Taak"]',
            id="two participations, by the numbers of two projects",
        ),
        pytest.param(
            (
                "Kop|Soort|Plek",
                "Sloten|x|a",
                "Duinen|y|b",
                "",
                "Club|Wat|Taak",
                "GD|Sloten|trekker",
                "UD|Duinen|partner",
            ),
            'layout = "long"\n[columns]\nnumber = ["Kop"]\ntitle = ["Soort"]\n'
            '[participations]\nproject = ["Wat"]\norganisation = ["Club"]\nrole = ["Taak"]',
            id="participations by what stands first in the table of projects",
        ),
        pytest.param(
            ("Code|Kop|Soort", "A1|Sloten|x", "", "Wat|Club|Taak", "A1|GD|trekker"),
            '[columns]\ntitle = ["Kop"]\nleads = ["Soort"]',
            id="one row says too little of a table of participations",
        ),
        pytest.param(
            ("nr|Project|GO|UvO",), '[columns]\nleads = ["GO"]\npartners = ["UvO"]', id="a header without rows"
        ),
        pytest.param(
            ("Trekker|Partners|Omschrijving", "Sloten||", "GD|UD|Meten."),
            '[columns]\ntitle = ["…"]',
            id="one line across a table is no layout",
        ),
        pytest.param(
            ("UD|Universiteit", "1. Sloten (trekker: GD)", "2. Duinen (trekker: UD)", "3. Zee (trekker: GD)"),
            "",
            id="numbered lines beside a table",
        ),
        pytest.param(("Een brief.", "Met groet."), "", id="no agenda"),
        pytest.param(("Naam|Rol", "GD|trekker", "UD|partner"), "", id="names with their roles in no project"),
        pytest.param(
            ('nr|Naam "project"|Wie', "1|Sloten|GD"),
            '[columns]\ntitle = ["Naam \\"project\\""]\nleads = ["Wie"]',
            id="quotation marks",
        ),
    ],
)
def test_settings(lines: tuple[str, ...], expected: str) -> None:
    """What is proposed for each kind of document."""
    assert expected == proposed(*lines)


def test_colours() -> None:
    """A column or rows of colours; two shades of one name are proposed by their codes, with the legend beside one."""
    header, *entries = rows("nr|Project|Trekker|RAG", "1|Sloten|GD|", "2|Duinen|GD|", "3|Strand|GD|", "|op schema||")
    fills = (("", "", "", "92d050"), ("", "", "", "00b050"), ("", "", "", "ff0000"), ("92d050", "", "", ""))
    given = [header, *(replace(row, fills=fill) for row, fill in zip(entries, fills, strict=True))]
    lines = Unread(given, KNOWN, PRIVACY).settings().splitlines()
    assert ["[extra]", 'status = ["RAG"]'] == lines[:2]
    assert [
        ("[statuses.op-schema]", 'words = ["#92d050"]'),
        ("[statuses.groen]", 'words = ["#00b050"]'),
        ("[statuses.rood]", 'words = ["rood"]'),
    ] == [(line, lines[at + 1]) for at, line in enumerate(lines) if line.startswith("[statuses")]
    whole = [header, *(replace(row, fills=(fill[3],) * 4) for row, fill in zip(entries, fills, strict=True))]
    assert 'row_colour = "status"' == Unread(whole, KNOWN, PRIVACY).settings().splitlines()[1]
    known = Status("groen", {"nl": "Groen"}, words=("groen", "rood"))
    assert "" == Unread(whole, KNOWN, PRIVACY, statuses=[known], row_colours=True).settings().partition("[statuses")[1]


def test_colours_below_a_column_of_numbers_are_no_statuses() -> None:
    """A legend below the table has its colours under "ID"; the numbers of the projects are no words for a status."""
    header, *entries = rows("ID|Project|Trekker|Stoplicht", "W-1|Sloten|GD|", "W-2|Duinen|GD|", "|op schema||")
    fills = (("", "", "", "92d050"), ("", "", "", "ff0000"), ("92d050", "", "", ""))
    given = [header, *(replace(row, fills=fill) for row, fill in zip(entries, fills, strict=True))]
    lines = Unread(given, KNOWN, PRIVACY).settings().splitlines()
    assert ["[columns]", 'number = ["ID"]', "[extra]", 'status = ["Stoplicht"]'] == lines[:4]
    assert ["[statuses.op-schema]", "[statuses.rood]"] == [line for line in lines if line.startswith("[statuses")]


def test_a_pdf_without_lines() -> None:
    """A PDF in which no table was found says why, in Dutch too; where it looks like a list, that comes second."""
    texts = rows("nr Project Trekker", "1 Sloten GD", "2 Duinen UD", "3 Strand HD", document="a.pdf")
    error = Unread(texts, KNOWN, PRIVACY).error("a.pdf")
    assert "There is no table in this PDF: there are no lines between its cells." == error.what
    assert in_dutch(error.remedy).startswith("Geef de tabel randen en maak de pdf opnieuw")
    assert "Zet dit in publication.toml" in in_dutch(error.remedy)
    assert "three cells" in Unread(texts, KNOWN, PRIVACY).error("a.docx").what
    letter = Unread(rows("Een brief.", document="a.pdf"), KNOWN, PRIVACY).error("a.pdf")
    assert "Give the table borders and make the PDF again, or use the document that it was made of." == letter.remedy
    assert "a.pdf" == error.where == letter.where


def test_pdf_with_a_table_and_a_table_with_other_headings() -> None:
    """What was seen is said: a table too narrow, or the headings with what is known of them and what is missing."""
    narrow = Unread(rows("a|b", document="a.pdf"), KNOWN, PRIVACY).error("a.pdf")
    assert (
        "There is no table whose header names a project and its parties; no row with three cells was found."
        == narrow.what
    )
    wide = Unread(rows("Nr|Wat|Doel|Trekker", "1|Sloten|Meten|GD"), KNOWN, PRIVACY).error("a.docx")
    assert wide.what.endswith(
        "(a.docx:1) has: Nr | Wat | Doel | Trekker. "
        "Known: Nr = number, Doel = description, Trekker = leads. Missing: title."
    )
    assert "a.pdf" == narrow.where
    assert "Check that it is the right document, and that its projects stand in a table." == narrow.remedy
    assert "a.docx" == wide.where
    assert str(wide.remedy).startswith("Write in publication.toml, and check which heading is which:\n[columns]\n")


def test_row_that_looks_most_like_a_header() -> None:
    """It is the one with most known headings, however far down; else what the document marks as one, else the first."""
    first, second = rows("Een|Twee|Drie", "Vier|Vijf|Zes")
    plain = Unread([first, second], KNOWN, PRIVACY).error("a.docx")
    marked = Unread([first, replace(second, kind=Kind.HEADER)], KNOWN, PRIVACY).error("a.docx")
    assert "(a.docx:1) has: Een | Twee | Drie. Known: none of them." in plain.what
    assert "(a.docx:2) has: Vier | Vijf | Zes. Known: none of them." in marked.what
    below = Unread(rows(*["Een|Twee|Drie"] * 60, "Nr|Wat|Trekker"), KNOWN, PRIVACY).error("a.docx")
    assert "(a.docx:61) has: Nr | Wat | Trekker. Known: Nr = number, Trekker = leads. Missing: title." in below.what
