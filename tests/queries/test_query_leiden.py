"""The queries on the bundled agenda give what a person counts in its document, `agenda-2023-2027.txt`.

How was counted: in the T:/P: cell of each row, by eye. A row is named by its number; 4V and 4K are the sub-headings
of theme 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from kennis_ld.model.saved_query import SavedQuery

Ask = Callable[..., list[tuple[str, ...]]]

GIVEN = {"organisatie": "ul", "project": "leiden-bio-science-park", "woord": "taal", "ding": "organisatie/ul"}


def test_who_leads_most(leiden_ask: Ask) -> None:
    """The municipality leads 22, the university 18 and of these one perhaps, the university of applied sciences 11.

    GL, "Gem" and "Gemeente Leiden" behind "T:": 1a 1b 1d 1e 1f 1k 1m 1s, 2h 2j, 3b 3e 3f, 4V1 4V2, 4K2 4K3 4K4 4K7 4K9
    4K12 4K13. HsL: 1b, 2a 2g 2i 2k, 4V1 4V3, 4K4 4K8 4K10, and its research group in 1c. UL: 1a 1b 1j, 2b, 3f, 4V1, 4K4
    4K6 4K9, and its units in 1i 1n 1s, 2h 2l, 3d 3e, 4K1; in doubt "in nauwe samenwerking met UL" in 4V2. In 1n "UI" is
    doubtful, but a unit leads as well.
    """
    found = [(row[0], *row[2:]) for row in leiden_ask("wie-trekt-het-meest")]
    assert found[:3] == [
        ("organisatie/gl", "22", "0"),
        ("organisatie/ul", "18", "1"),
        ("organisatie/hsl", "11", "0"),
    ]


def test_all_leads_and_partners_are_counted(leiden_ask: Ask) -> None:
    """Issue 2 counts 92 lead mentions and 178 partner mentions in 55 entries."""
    rows = leiden_ask("partijen-per-project")
    assert len(rows) == 55
    assert (sum(int(row[3]) for row in rows), sum(int(row[4]) for row in rows)) == (92, 178)
    assert sum(int(row[2]) for row in leiden_ask("hoe-namen-zijn-herleid")) == 92 + 178


def test_who_works_with_whom(leiden_ask: Ask) -> None:
    """GL and UL share 33 projects, GL and HsL 24, in whatever role and with their units.

    GL and HsL: 1a 1b 1e 1f 1j 1k 1m 1p, 2c 2d 2i 2j 2k 2m, 4V1 4V3, 4K1 4K2 4K3 4K4 4K6 4K8 4K10, and in 1c a research
    group of HsL.
    """
    city, university = ("organisatie/gl", "Gemeente Leiden"), ("organisatie/ul", "Universiteit Leiden")
    college = ("organisatie/hsl", "Hogeschool Leiden")
    assert leiden_ask("wie-werkt-met-wie")[:2] == [(*city, *university, "33"), (*city, *college, "24")]
    assert leiden_ask("met-wie-werkt-organisatie", organisatie="hsl")[0] == (college[0], *city, "24")


def test_open_lists(leiden_ask: Ask) -> None:
    """Eighteen lists are open: "e.a.", "etc.", "anderen", "diverse …" and "overige …" say so."""
    found = {(row[0].removeprefix("project/"), row[3]) for row in leiden_ask("open-lijsten")}
    assert found == {
        ("stevenshof-vitaal", "div. instellingen"),
        ("leids-preventieakkoord", "e.a."),
        ("lifestyle4health", "e.a."),
        ("pit-slaaghwijk", "e.a."),
        ("leiden-op-leeftijd", "e.a."),
        ("hidden-biodiversity", "nog vele andere partners buiten Leiden"),
        ("benign", "andere partners buiten Leiden"),
        ("biostimulanten", "andere partners in en buiten Leiden"),
        ("living-lab-circulaire-leefomgeving", "diverse werkgevers"),
        ("letterlijk-leiden", "etc"),
        ("leiden-als-stad-van-kennis-cultuur", "anderen"),
        ("cultuurkwartier", "nog veel meer partners."),
        ("leren-met-de-stad", "etc."),
        ("leiden-bio-science-park", "etc."),
        ("legacy-european-city-of-science", "e.a."),
        ("living-lab-cyberveiligheid", "div instituten en faculteiten"),
        ("agoriaans-professionaliseren", "overige onderwijsinstellingen"),
        ("leerkrachtencampagne", "diverse onderwijspartners vanuit de LEA"),
    }
    assert len(leiden_ask("open-lijsten")) == 18


def test_groups_without_a_name(leiden_ask: Ask) -> None:
    """Eighteen groups, in the words of the document; "inwoners" stands in 2c and in 2d."""
    assert sorted(row[0] for row in leiden_ask("onbenoemde-groepen")) == [
        "Leidse musea",
        "MKB",
        "Partijen in de ouderenzorg",
        "alumni",
        "div instituten en faculteiten",
        "div. instellingen",
        "diverse onderwijspartners vanuit de LEA",
        "diverse werkgevers",
        "internationale scholen",
        "inwoners",
        "inwoners",
        "kennisinstellingen en partners die zich met letteren bezighouden",
        "musea",
        "overige onderwijsinstellingen",
        "partners preventie-akkoord",
        "private partijen",
        "regiogemeenten",
        "stedenbanden",
    ]


def test_no_lead_and_no_partner(leiden_ask: Ask) -> None:
    """Only 3h has an empty cell; 1s, 4K4 and 4K12 name leads only."""
    assert leiden_ask("zonder-trekker") == [("project/stad-en-taal", "3h", "Leidse versie programma stad & taal")]
    assert {row[:2] for row in leiden_ask("zonder-partner")} == {
        ("project/stad-en-taal", "3h"),
        ("project/huurteam", "1s"),
        ("project/plnt", "4"),
        ("project/leerkrachtencampagne", "12"),
    }


def test_a_lead_that_changes(leiden_ask: Ask) -> None:
    """Only 4V4 says so: "Stuurgroep ECS (tot 1/1/23), stuurgroep LKS (na 1/1/23)"."""
    project = ("project/legacy-european-city-of-science", "Legacy European City of Science")
    assert [(*row[:3], *row[4:]) for row in leiden_ask("gewisselde-trekkers")] == [
        (*project, "organisatie/stuurgroep-ecs", "gaat", "2023-01-01", "editie/2023-2027"),
        (*project, "organisatie/stuurgroep-lks", "komt", "2023-01-01", "editie/2023-2027"),
    ]


def test_what_is_in_doubt(leiden_ask: Ask) -> None:
    """Six: a question mark, "in nauwe samenwerking met" twice, and three spellings that may mean another."""
    assert {(row[0].removeprefix("project/"), row[2].removeprefix("organisatie/"), *row[4:7])
            for row in leiden_ask("twijfel")} == {
        ("cultuurkwartier", "cultuurfonds-leiden", "trekker", "Cultuurfonds Leiden?", "?"),
        ("leiden-bio-science-park", "ul", "trekker", "UL", "in nauwe samenwerking met"),
        ("leiden-bio-science-park", "lumc", "trekker", "LUMC", "in nauwe samenwerking met"),
        ("leiden-bio-science-park", "ovbsp", "partner", "OVBS", "OVBS"),
        ("leiden-als-stad-van-kennis-cultuur", "cultuurfonds-leiden", "partner", "Cultuurfonds", "Cultuurfonds"),
        ("stadscriminoloog", "ul", "trekker", "UI", "UI"),
    }  # fmt: skip


def test_lead_and_partner_at_once(leiden_ask: Ask) -> None:
    """The municipality in 1e, 2h and 4V1; the university and the university of applied sciences in 4V1."""
    assert {(row[0], row[2]) for row in leiden_ask("trekker-en-partner")} == {
        ("organisatie/gl", "project/stevenshof-vitaal"),
        ("organisatie/gl", "project/expeditie-singelpark"),
        ("organisatie/gl", "project/leren-met-de-stad"),
        ("organisatie/hsl", "project/leren-met-de-stad"),
        ("organisatie/ul", "project/leren-met-de-stad"),
    }


def test_projects_of_each_theme(leiden_ask: Ask) -> None:
    """Rows under each heading: 18, 13, 8, and 4 + 12 under the two sub-headings of theme 4 (5 is missing there)."""
    assert [(row[0].removeprefix("thema/"), *row[2:]) for row in leiden_ask("projecten-per-thema")] == [
        ("gezondheid-welzijn", "", "18"),
        ("kennisstad-breed", "", "16"),
        ("biodiversiteit-duurzaamheid", "", "13"),
        ("kennisinfrastructuur", "thema/kennisstad-breed", "12"),
        ("cultureel-erfgoed", "", "8"),
        ("vlaggenschepen", "thema/kennisstad-breed", "4"),
    ]


def test_the_units_of_the_university(leiden_ask: Ask) -> None:
    """The faculties that the cells name: FSW in 1i 1k 2l 3a 3e, FGW in 3a 3d 3e, FdR in 1s 3a 4K1, FW&N in 3c."""
    found = leiden_ask("keten-van-onderdelen")
    faculties = {"organisatie/ul-fsw", "organisatie/ul-fgw", "organisatie/ul-fdr", "organisatie/ul-fwn"}
    assert {(row[2], row[4]) for row in found if row[0] == "organisatie/ul" and row[2] in faculties} == {
        ("organisatie/ul-fsw", "project/kas-spil-programma"),
        ("organisatie/ul-fsw", "project/pit-slaaghwijk"),
        ("organisatie/ul-fsw", "project/kennisatelier-duurzaamheid"),
        ("organisatie/ul-fsw", "project/letterlijk-leiden"),
        ("organisatie/ul-fsw", "project/aanpak-laaggeletterdheid"),
        ("organisatie/ul-fgw", "project/letterlijk-leiden"),
        ("organisatie/ul-fgw", "project/things-that-talk"),
        ("organisatie/ul-fgw", "project/aanpak-laaggeletterdheid"),
        ("organisatie/ul-fdr", "project/huurteam"),
        ("organisatie/ul-fdr", "project/letterlijk-leiden"),
        ("organisatie/ul-fdr", "project/leiden-law-park"),
        ("organisatie/ul-fwn", "project/pesthuis"),
    }


def test_a_page_long_cell_leads_back_to_its_line(leiden_ask: Ask) -> None:
    """1b stands on line 11 of the document; "UL/CS Lab" there was resolved as the Citizen Science Lab."""
    (found,) = [row for row in leiden_ask("herkomst-van-project", project="studentenwelzijn") if row[3] == "partner"]
    cell = "T: GL, UL, HsL, mboR, PKvV, StOP P: UL/CS Lab"
    assert (found[1], found[4], *found[7:11], found[13]) == (
        "organisatie/cslab",
        "UL/CS Lab",
        "agendapunt/2023-2027--studentenwelzijn",
        "editie/2023-2027",
        "11",
        "11",
        cell,
    )


def test_the_one_edition(leiden_ask: Ask) -> None:
    """55 entries and 270 participations, of 2023 to 2027."""
    (edition,) = leiden_ask("edities")
    assert (edition[0], *edition[2:]) == ("editie/2023-2027", "2023/2027", "", "", "55", "270")
    assert leiden_ask("nieuw-en-verdwenen") == []


def test_no_answer_leaves_its_order_to_chance(leiden_ask: Ask, saved: Mapping[str, SavedQuery]) -> None:
    """No two rows of an answer are the same, and no two rows have the same place in the order."""
    asked = 0
    for name, query in saved.items():
        if not query.columns:
            continue
        asked += 1
        rows = leiden_ask(name, **{item.name: GIVEN[item.name] for item in query.parameters})
        order = re.findall(r"\?(\w+)", query.text.rpartition("ORDER BY")[2])
        places = [query.columns.index(column) for column in order]
        keys = [tuple(row[place] for place in places) for row in rows]
        assert len(set(keys)) == len(rows), name
    assert asked == len(saved) - 2


@pytest.mark.parametrize("word", ["citizen", "CITIZEN"])
def test_a_word_is_found_whatever_its_capitals(leiden_ask: Ask, word: str) -> None:
    """The document writes "Citizen" in the description of 1b and of 4V4, and nowhere else."""
    assert [row[1:] for row in leiden_ask("projecten-met-woord", woord=word)] == [
        ("project/legacy-european-city-of-science", "4", "Legacy European City of Science", "false"),
        ("project/studentenwelzijn", "1b", "Studentenwelzijn", "false"),
    ]


def test_a_word_in_a_title_comes_first(leiden_ask: Ask) -> None:
    """The letters "laaggelet" occur in 3e only, in its title."""
    assert leiden_ask("projecten-met-woord", woord="laaggelet") == [
        ("laaggelet", "project/aanpak-laaggeletterdheid", "3e", "Aanpak Laaggeletterdheid", "true")
    ]


def test_signs_of_sparql_in_a_word_are_only_signs(leiden_ask: Ask) -> None:
    """A word is a term, never a part of the query."""
    assert leiden_ask("projecten-met-woord", woord='")) } #') == []
