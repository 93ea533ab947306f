"""Entries put one over the other: what stands now, and under which number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kennis_ld.agenda.current_state import CurrentState, Row, names_parties, numbers, row_of, with_findings
from kennis_ld.model import (
    Certainty,
    Entry,
    Extra,
    ExtraCell,
    Facts,
    Finding,
    Participation,
    Place,
    ProjectEntry,
    Role,
    Status,
    Way,
)
from kennis_ld.publication.language import default_words

AT = Place("a.txt", 1, 1)


def item(
    project: str, number: str = "", *, description: str = "", themes: tuple[str, ...] = (), end: str = ""
) -> ProjectEntry:
    entry = Entry(number, project.title(), description, (), (), AT)
    return ProjectEntry(project, entry, themes, (), facts=Facts(end=end))


def state(*items: ProjectEntry) -> CurrentState:
    """What stands after a full edition with these entries."""
    found = CurrentState(default_words())
    for each in items:
        found.put(each, edition="2030", changes_only=False)
    return found


def test_a_number_is_that_of_one_project() -> None:
    """A number that two projects have tells neither; a project without one has none."""
    standing = state(item("sloten", "1"), item("kaart", "2"), item("weg", "2"), item("pad"), item("brug", "3"))
    assert {"1": "sloten", "3": "brug"} == standing.by_number()


def test_what_a_row_of_changes_leaves_empty_stays() -> None:
    """Texts, facts and themes of the project stay where the row over it says nothing of them."""
    standing = state(item("sloten", "1", description="Meten.", themes=("water",), end="2032"))
    standing.put(item("sloten"), edition="2031", changes_only=True)
    now = standing.standing["sloten"]
    assert item("sloten", "1", description="Meten.", themes=("water",), end="2032") == now.item
    assert "2031" == now.edition


OLD = Facts("2025", "2027", Status("loopt", {"nl": "Loopt"}), Decimal(5), "EUR", ("https://a.example",), ("oud",))
NEW = Facts("2026", "2028", Status("stil", {"nl": "Stil"}), Decimal(0), "GBP", ("https://b.example",), ("nieuw",))


@pytest.mark.parametrize("name", ["start", "end", "status", "budget", "currency", "links", "remarks"])
def test_what_a_row_of_changes_says_takes_the_place_of_what_was(name: str) -> None:
    """Each fact by itself: that of the row where it has one, else that of before; remarks are those of the row."""
    standing = state(replace(item("sloten", "1"), facts=OLD))
    one = replace(Facts(), **{name: getattr(NEW, name)})
    standing.put(replace(item("sloten"), facts=one), edition="2031", changes_only=True)
    expected = replace(OLD, remarks=(), **({name: getattr(NEW, name)} if name != "remarks" else {}))
    assert (expected if name != "remarks" else replace(OLD, remarks=("nieuw",))) == standing.standing[
        "sloten"
    ].item.facts


def test_texts_and_parties_of_a_row_of_changes() -> None:
    """A number, title, text and theme take the place of those of before; who takes part only where the row says so."""
    part = Participation("sloten", "gd", Role.LEAD, Certainty.STATED, Way.NAME, ("GD",))
    old = replace(
        item("sloten", "1", description="Meten.", themes=("water",)), participations=(part,), groups=("ouders",)
    )
    old = replace(old, open_list=("e.a.",), entry=replace(old.entry, title="Oud", parties=((None, "T: GD"),)))
    new = item("sloten", "2", description="Weten.", themes=("zand",))
    standing = state(old)
    standing.put(new, edition="2031", changes_only=True)
    now = standing.standing["sloten"]
    assert ("2", "Sloten", "Weten.", ("zand",)) == (
        now.item.entry.number,
        now.item.entry.title,
        now.item.entry.description,
        now.item.themes,
    )
    assert ((part,), ("ouders",), ("e.a.",)) == (now.item.participations, now.item.groups, now.item.open_list)
    assert ("2031", {Role.LEAD: "2030"}) == (now.edition, now.said_in)
    cell = ((None, "T: - P: -"),)
    standing.put(replace(new, entry=replace(new.entry, parties=cell)), edition="2032", changes_only=True)
    now = standing.standing["sloten"]
    assert ((), (), (), {}) == (now.item.participations, now.item.groups, now.item.open_list, now.said_in)
    standing.put(replace(new, entry=replace(new.entry, title="")), edition="2033", changes_only=True)
    assert "Sloten" == standing.standing["sloten"].item.entry.title


FUNDER = Role("financier", "F", {"nl": "financier"}, {"nl": "Geeft geld."}, Role.PARTNER)


@pytest.mark.parametrize(
    ("cells", "named", "stand"),
    [
        (((Role.LEAD, "UD"),), "ud:LEAD", "ud:LEAD:2031 hd:PARTNER:2030 zu:F:2030 inwoners"),
        (((Role.PARTNER, "UD"),), "ud:PARTNER", "gd:LEAD:2030 zu:F:2030 ud:PARTNER:2031"),
        (((FUNDER, "UD"),), "ud:F", "gd:LEAD:2030 hd:PARTNER:2030 ud:F:2031 inwoners"),
        (((Role.PARTNER, "-"),), "", "gd:LEAD:2030 zu:F:2030"),
        (((Role.LEAD, "HD"),), "hd:LEAD", "hd:LEAD:2031 zu:F:2030 inwoners"),
        (((None, "T: UD"),), "ud:LEAD", "ud:LEAD:2031 hd:PARTNER:2030 zu:F:2030 inwoners"),
        (((None, "P: UD"),), "ud:PARTNER", "gd:LEAD:2030 zu:F:2030 ud:PARTNER:2031"),
        (((None, "T: UD P: -"),), "ud:LEAD", "ud:LEAD:2031"),
        (((None, "UD"),), "ud:LEAD", "ud:LEAD:2031"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_of_changes_says_who_has_the_roles_that_it_names(
    cells: tuple[tuple[Role | None, str], ...], named: str, stand: str
) -> None:
    """Who has another role stays, with the edition that said so, and groups without a name stay with the partners.

    A cell that names leads and partners, or no role, says all.
    """
    roles = {"LEAD": Role.LEAD, "PARTNER": Role.PARTNER, "F": FUNDER}

    def parts(text: str) -> tuple[Participation, ...]:
        pairs = [each.split(":") for each in text.split()]
        return tuple(
            Participation("sloten", key, roles[role], Certainty.STATED, Way.NAME, (key,)) for key, role in pairs
        )

    before = item("sloten", "1")
    standing = state(replace(before, participations=parts("gd:LEAD hd:PARTNER zu:F"), groups=("inwoners",)))
    row = replace(before, participations=parts(named), entry=replace(before.entry, parties=cells))
    standing.put(row, edition="2031", changes_only=True)
    now = standing.standing["sloten"]
    names = {role: name for name, role in roles.items()}
    told = [f"{each.organisation}:{names[each.role]}:{now.said_in[each.role]}" for each in now.item.participations]
    assert stand.split() == [*told, *now.item.groups]


def test_a_project_comes_back_and_goes() -> None:
    """A row that stops its project ends it, one that refers leaves it to people, and a full edition begins anew."""
    standing = state(item("sloten", "1"), item("kaart", "2"))
    standing.begin(changes_only=True)
    assert ["sloten", "kaart"] == list(standing.standing)
    standing.put(item("sloten", description="Vervallen"), edition="2031", changes_only=True)
    standing.put(item("brug", description="Vervallen"), edition="2031", changes_only=True)
    standing.put(item("kaart", description="zie 2.3"), edition="2031", changes_only=True)
    assert ["kaart"] == list(standing.standing)
    assert "" == standing.standing["kaart"].item.entry.description
    standing.put(item("weg", "3"), edition="2031", changes_only=True)
    assert {"kaart": "2030", "weg": "2031"} == {key: each.edition for key, each in standing.standing.items()}
    standing.begin(changes_only=False)
    assert {} == dict(standing.standing)


@pytest.mark.parametrize("where", ["description", "parties", "extras"])
def test_a_word_for_stopped_counts_in_every_cell(where: str) -> None:
    """Also in that of the parties and in an extra column."""
    given = item("sloten")
    said: dict[str, Any] = {
        "description": "vervallen",
        "parties": ((None, "vervallen"),),
        "extras": (ExtraCell(Extra.REMARK, "Stand", "vervallen"),),
    }
    assert Row.STOPS is row_of(replace(given, entry=replace(given.entry, **{where: said[where]})), default_words())


def test_a_row_refers_only_where_it_names_nobody() -> None:
    """A row with an organisation that the register knows changes its project; a provisional one is no organisation."""
    given = item("sloten", description="zie 2.3")
    part = Participation("sloten", "gd", Role.LEAD, Certainty.STATED, Way.NAME, ("GD",))
    each_way = [replace(given, participations=(replace(part, way=way),)) for way in (Way.NAME, Way.PROVISIONAL)]
    assert [Row.CHANGES, Row.REFERS] == [row_of(each, default_words()) for each in each_way]
    cell = replace(item("sloten"), entry=replace(item("sloten").entry, parties=((None, "zie 2.3"),)))
    assert Row.REFERS is row_of(cell, default_words())


def test_findings_of_an_edition_of_changes() -> None:
    """A row that stops or refers is said before its entry, with what would decide it; the rest passes."""
    gap, bare, other = (Finding(code, AT) for code in ("number-left-out", "heading-without-entries", "unknown-theme"))
    rows: list[ProjectEntry | Finding] = [
        gap,
        bare,
        other,
        item("sloten", "1", description="vervallen"),
        item("kaart", "2", description="zie 2.3 en 9.9"),
        item("weg", "3", description="zie 9.9"),
        item("brug", "2.3+3.1"),
        item("pad", "5", description="Meten."),
    ]
    found = list(with_findings(rows, default_words(), number_of={"2.3": "dijk", "3.1": "dam"}))
    assert rows[2:] == [each for each in found if each in rows]
    findings = [each for each in found if isinstance(each, Finding) and each is not other]
    assert [
        ("project-stopped", "1 Sloten", "", {}),
        ("row-refers", "2 Kaart", "zie 2.3 en 9.9", {"gone": "kaart", "stays": "dijk"}),
        ("row-refers", "3 Weg", "zie 9.9", {"gone": "weg", "stays": "…"}),
        ("row-refers", "2.3+3.1 Brug", "2.3+3.1", {"gone": "dijk", "stays": "brug"}),
    ] == [(each.code, each.subject, each.words, each.values) for each in findings]


def test_the_words_by_which_a_row_stops_are_said_once() -> None:
    """That "vervallen" names nobody needs no finding beside `project-stopped`; other words do, and other rows."""
    stopped, other, named = (Finding("unread-words", AT, words=said) for said in ("Vervallen.", "Wie?", "vervallen"))
    stops, goes_on, last = item("sloten", "1", description="vervallen"), item("weg"), Finding("unknown-theme", AT)
    found = with_findings([stopped, other, stops, named, goes_on, last], default_words(), number_of={})
    assert [other, Finding("project-stopped", AT, "1 Sloten"), stops, named, goes_on, last] == list(found)


def test_a_project_that_stops_is_told_with_what_it_was() -> None:
    """A row that only says that its project stopped keeps the words of before; of an unknown one it stays as it is."""
    standing = state(item("sloten", "1", description="Meten.", themes=("water",)))
    stopped = item("sloten", description="Vervallen")
    assert item("sloten", "1", description="Meten.", themes=("water",)) == standing.before(stopped)
    assert item("kaart", description="Vervallen") == standing.before(item("kaart", description="Vervallen"))


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        ("Sloten", "Meten.", Row.CHANGES),
        ("Sloten", "Vervallen", Row.STOPS),
        ("Sloten", "(vervallen).", Row.STOPS),
        ("Sloten", "Het plan is vervallen", Row.CHANGES),
        ("Sloten (vervallen)", "Meten.", Row.STOPS),
        ("Sloten [gestopt]", "Meten.", Row.STOPS),
        ("Sloten – vervallen", "", Row.STOPS),
        ("Sloten - vervallen", "", Row.STOPS),
        ("Sloten vervallen", "", Row.CHANGES),
        ("Sloten", "zie 2.3", Row.REFERS),
        ("Sloten", "Samengevoegd met 3.1", Row.REFERS),
        ("Sloten", "zie de bijlage", Row.CHANGES),
        ("Sloten", "zie 2.3 " + "en meer " * 8, Row.CHANGES),
        ("Sloten", "", Row.CHANGES),
    ],
)
def test_what_a_row_of_changes_does(title: str, description: str, expected: Row) -> None:
    """A word for it alone, in a cell or at the end of the title, stops a project; a short one with a number refers."""
    given = item("sloten", description=description)
    assert expected is row_of(replace(given, entry=replace(given.entry, title=title)), default_words())


def test_a_struck_row_stops_its_project() -> None:
    """Whatever it says."""
    given = item("sloten", description="Meten.")
    assert Row.STOPS is row_of(replace(given, entry=replace(given.entry, struck=True)), default_words())


def test_a_row_that_names_parties() -> None:
    """A cell with blanks names nobody."""
    given = item("sloten")
    cells = [(), ((None, " "),), ((None, ""), (None, "T: GD"))]
    named = [names_parties(replace(given, entry=replace(given.entry, parties=parties))) for parties in cells]
    assert [False, False, True] == named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.1+3.4", ["3.1", "3.4"]),
        ("2.3.", ["2.3"]),
        ("1a, 1b; 2) & 3", ["1a", "1b", "2", "3"]),
        ("zie de bijlage", []),
        ("", []),
    ],
)
def test_numbers_of_projects_in_a_text(text: str, expected: list[str]) -> None:
    """Numbers are divided by what stands between numbers, without the full stop or bracket behind them."""
    assert expected == numbers(text)
