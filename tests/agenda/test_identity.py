"""Which entry is which project: in memory, without documents. `tests/editions` asks the same of whole publications."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kennis_ld.agenda import identity
from kennis_ld.agenda.identity import Identities, csv_line
from kennis_ld.errors import UnreadableInput
from kennis_ld.iri import is_key
from kennis_ld.model import (
    Certainty,
    Entry,
    Finding,
    Identity,
    Participation,
    Place,
    ProjectEntry,
    Role,
    Way,
)

AT = Place("a.txt", 3, 3)
LONG = "Studenten en bewoners meten samen hoe schoon het water in de sloten van de wijk is, elk jaar weer."
CANDIDATES = "identity-undecided"


def item(number: str, title: str, project: str = "", *, text: str = "", parties: str = "") -> ProjectEntry:
    """An entry; parties as 'ul:T gl:P'."""
    parts = tuple(
        Participation(project, key, Role.LEAD if letter == "T" else Role.PARTNER, Certainty.STATED, Way.NAME, (key,))
        for key, _, letter in (party.partition(":") for party in parties.split())
    )
    return ProjectEntry(project, Entry(number, title, text, (), (), AT), ("water",), parts)


def read(identities: Identities, items: Sequence[ProjectEntry], edition: str, theme: str = "water") -> list[Finding]:
    """Reads one edition as `editions.resolved` does."""
    found: list[Finding] = []
    for one in items:
        known = identities.decided(one.entry, edition=edition, theme=theme)
        key = known.project if known else identities.new_key(one.entry, theme)
        named = ProjectEntry(key, one.entry, one.themes, one.participations)
        found += identities.read(named, known, edition=edition, theme=theme)
    return [*found, *identities.finished(edition)]


def two_editions(before: ProjectEntry, after: ProjectEntry) -> list[Finding]:
    """What is said of an undecided entry of 2034, where one project stood in 2030."""
    identities = Identities([Identity("sloten", "2030", "water", "1a", before.entry.title)], ("2030", "2034"))
    assert [] == read(identities, [before], "2030")
    return read(identities, [after], "2034")


def codes(found: Sequence[Finding]) -> list[str]:
    return [finding.code for finding in found]


def test_a_decided_entry_says_nothing() -> None:
    """An entry with the number and title that were decided about is that project, and there is nothing to say."""
    row = Identity("sloten", "2030", "water", "01a", "Sloten")
    identities = Identities([row], ("2030",))
    entry = item("1A.", "Sloten").entry
    assert row == identities.decided(entry, edition="2030", theme="water")
    assert None is identities.decided(entry, edition="2030", theme="zand")
    assert None is identities.decided(entry, edition="2034", theme="water")
    assert [] == read(Identities([row], ("2030",)), [item("1a", "Sloten")], "2030")


def test_a_new_project_has_the_line_to_add() -> None:
    """In a first edition that nobody decided about, every entry is a new project, with the row for projects.csv."""
    identities = Identities([], ("2030",))
    (one, two) = read(identities, [item("1a", "Sloten, schoon"), item("1b", "Kaart")], "2030")
    line = '"Sloten, schoon"'
    values = {"project": "sloten-schoon", "line": f"sloten-schoon,2030,water,1a,{line}"}
    assert Finding("new-project", AT, "1a Sloten, schoon", values=values) == one
    assert values == one.values
    assert "kaart" == two.values["project"]
    assert (
        Identity("sloten-schoon", "2030", "water", "1a", "Sloten, schoon"),
        Identity("kaart", "2030", "water", "1b", "Kaart"),
    ) == identities.proposed


def test_a_project_of_three_editions_is_proposed_as_one() -> None:
    """Where nobody decided yet, an entry of the third edition is the project that the second was proposed as."""
    editions = ("2030", "2032", "2034")
    identities = Identities([], editions)
    said = [codes(read(identities, [item("1", "Sloten")], edition)) for edition in editions]
    assert [["new-project"], [CANDIDATES], [CANDIDATES]] == said
    assert ["sloten"] * 3 == [row.project for row in identities.proposed]


def test_keys_of_new_projects_are_all_different() -> None:
    """A key is the title; where that is taken also theme and number; where that is taken too it is counted."""
    identities = Identities([Identity("sloten", "2020", "water", "1", "Oud")], ("2030",))
    keys = [identities.new_key(item("1", "Sloten").entry, theme) for theme in ("water", "zand", "water", "water")]
    assert ["sloten-water-1", "sloten-zand-1", "sloten-water-1-2", "sloten-water-1-3"] == keys
    assert "kaart" == identities.new_key(item("2", "Kaart").entry, "water")
    assert ["water-3", "water-3-2"] == [identities.new_key(item("3", "☃").entry, "water") for _ in "ab"]
    assert ["project-2", "project-3"] == [identities.new_key(item("☃", "☃").entry, "") for _ in "ab"]


@pytest.mark.parametrize("length", [50, 59, 60, 61, 62, 71, 72, 73, 79, 80, 200])
def test_keys_of_long_titles(length: int) -> None:
    """However long a title, its keys are keys, with theme and number in them, and all different."""
    title = ("woorden " * 30)[:length].strip()
    identities = Identities([], ("2030",))
    keys = [identities.new_key(item("1a", title).entry, "water") for _ in range(4)]
    assert 4 == len(set(keys))
    assert all(map(is_key, keys))
    assert max(map(len, keys)) <= 80
    assert all("-water-1a" in key for key in keys[1:])


@pytest.mark.parametrize("length", range(8, 14))
def test_keys_that_are_cut_before_they_are_counted(length: int) -> None:
    """A key that ends in a dash where it is cut has none before its count."""
    identities = Identities([], ("2030",))
    keys = [identities.new_key(item("1a", "w" * 60).entry, "t" * length) for _ in range(3)]
    assert [] == [key for key in keys if not is_key(key)]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        pytest.param({"title": "Sloten"}, {"title": "SLOTEN!"}, ("dezelfde titel", "the same title"), id="same title"),
        pytest.param(
            {"title": "Schone sloten"}, {"title": "Schone slooten"},
            ("bijna dezelfde titel", "nearly the same title"), id="near title",
        ),
        pytest.param(
            {"title": "Sloten", "text": LONG}, {"title": "Waterwijzer", "text": LONG.replace("samen", "saam")},
            ("bijna dezelfde beschrijving", "nearly the same description"), id="near description",
        ),
        pytest.param(
            {"title": "Groen in de stad", "parties": "a:T b:P c:P"},
            {"title": "Groen in het dorp", "parties": "a:P b:P d:P"},
            ("een titel die erop lijkt en bijna dezelfde partijen", "a similar title and most parties"),
            id="similar title and most parties",
        ),
        pytest.param(
            {"title": "Sloten", "parties": "a:T b:P c:P"}, {"title": "Wijzer", "parties": "a:T b:P c:P"},
            ("precies dezelfde partijen", "exactly the same parties"), id="same parties",
        ),
    ],
)  # fmt: skip
def test_what_makes_a_known_project_likely(before: dict[str, str], after: dict[str, str], why: tuple[str, str]) -> None:
    """Title, description and parties each can tell; the finding says which did, in both languages, and what to add."""
    known, new = item("1a", before.pop("title"), **before), item("9", after.pop("title"), **after)
    (finding,) = two_editions(known, new)
    values = {
        "candidates_nl": f"“{known.entry.title}” (sloten, 2030: {why[0]})",
        "candidates_en": f"“{known.entry.title}” (sloten, 2030: {why[1]})",
    }
    assert Finding(CANDIDATES, AT, new.entry.label, new.entry.title) == Finding(
        finding.code, finding.place, finding.subject, finding.words
    )
    assert values == finding.values


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({"title": "Schone sloten"}, {"title": "Schone schepen"}, id="a title of which half differs"),
        pytest.param({"title": "A", "text": LONG[:59]}, {"title": "B", "text": LONG[:59]}, id="descriptions too short"),
        pytest.param({"title": "A", "text": LONG}, {"title": "B", "text": LONG[::-1]}, id="other descriptions"),
        pytest.param({"title": "A", "text": LONG}, {"title": "B", "text": ""}, id="one has no description"),
        pytest.param(
            {"title": "Groen in de stad", "parties": "a:T b:P c:P d:P"},
            {"title": "Groen in het dorp", "parties": "a:P b:P e:P f:P"}, id="half of the parties is not most",
        ),
        pytest.param(
            {"title": "Sloten", "parties": "a:T b:P c:P"}, {"title": "Wijzer", "parties": "a:T b:P d:P"},
            id="most parties without a similar title",
        ),
        pytest.param(
            {"title": "Sloten", "parties": "a:T b:P"}, {"title": "Wijzer", "parties": "a:T b:P"},
            id="two parties are too few",
        ),
        pytest.param(
            {"title": "Sloten", "parties": "a:T b:P c:P"}, {"title": "Wijzer", "parties": "a:P b:T c:P"},
            id="the same parties in other roles",
        ),
        pytest.param(
            {"title": "Sloten", "parties": "a:T a:P b:P"}, {"title": "Wijzer", "parties": "a:T a:P b:P"},
            id="two organisations in three roles are two",
        ),
    ],
)  # fmt: skip
def test_what_does_not(before: dict[str, str], after: dict[str, str]) -> None:
    """What looks like nothing known is a new project, and nobody is asked."""
    known, new = item("1a", before.pop("title"), **before), item("9", after.pop("title"), **after)
    assert ["new-project"] == codes(two_editions(known, new))


def test_only_the_start_of_a_description_is_compared() -> None:
    """The first thousand characters tell; what comes behind them does not."""
    start = (LONG * 12)[:1000]
    same = two_editions(item("1a", "A", text=start + "x" * 3000), item("9", "B", text=start + "y" * 3000))
    assert [CANDIDATES] == codes(same)


def test_the_strongest_likeness_counts_alone() -> None:
    """A project with the very title is the candidate; one that only looks like it is not named beside it."""
    rows = [
        Identity("een", "2030", "water", "1", "Schone sloten"),
        Identity("twee", "2030", "water", "2", "Schone slooten"),
    ]
    identities = Identities(rows, ("2030", "2034"))
    read(identities, [item("1", "Schone sloten"), item("2", "Schone slooten")], "2030")
    (finding,) = read(identities, [item("9", "schone sloten")], "2034")
    assert "“Schone sloten” (een, 2030: dezelfde titel)" == finding.values["candidates_nl"]
    assert "een" == identities.proposed[-1].project


def test_title_counts_before_the_description() -> None:
    """A project with nearly the title is the candidate; one with the very description is not named beside it."""
    rows = [Identity(key, "2030", "water", key, title) for key, title in (("1", "Schone sloten"), ("2", "Kaart"))]
    identities = Identities(rows, ("2030", "2034"))
    read(identities, [item("1", "Schone sloten"), item("2", "Kaart", text=LONG)], "2030")
    (finding,) = read(identities, [item("9", "Schone slooten", text=LONG)], "2034")
    assert "“Schone sloten” (1, 2030: bijna dezelfde titel)" == finding.values["candidates_nl"]


def test_several_are_as_likely() -> None:
    """All are named, the first three of them, in the order of their keys; none is proposed."""
    rows = [Identity(key, "2030", "water", number, "Sloten") for number, key in enumerate_("dcba")]
    identities = Identities(rows, ("2030", "2034"))
    read(identities, [item(number, "Sloten") for number, _ in enumerate_("dcba")], "2030")
    (finding,) = read(identities, [item("9", "Sloten")], "2034")
    assert [f"“Sloten” ({key}, 2030: the same title)" for key in "abc"] == finding.values["candidates_en"].split("; ")
    assert (Identity("", "2034", "water", "9", "Sloten"),) == identities.proposed


def enumerate_(keys: str) -> list[tuple[str, str]]:
    return [(str(number), key) for number, key in enumerate(keys, start=1)]


def test_two_entries_that_may_be_one_project() -> None:
    """Where two entries look like one project, it is proposed for neither."""
    identities = Identities([Identity("sloten", "2030", "water", "1", "Sloten")], ("2030", "2034"))
    read(identities, [item("1", "Sloten")], "2030")
    found = read(identities, [item("8", "Sloten"), item("9", "Sloten")], "2034")
    assert [CANDIDATES, CANDIDATES] == codes(found)
    assert ["", ""] == [row.project for row in identities.proposed]


def test_a_project_that_has_the_title_of_one_entry_is_no_candidate_for_another() -> None:
    """'Schone sloten' is found again; 'Schone slooten' beside it is then a new project."""
    identities = Identities([Identity("sloten", "2030", "water", "1", "Schone sloten")], ("2030", "2034"))
    read(identities, [item("1", "Schone sloten")], "2030")
    found = read(identities, [item("8", "Schone sloten"), item("9", "Schone slooten")], "2034")
    assert [(CANDIDATES, "8 Schone sloten"), ("new-project", "9 Schone slooten")] == [
        (finding.code, finding.subject) for finding in found
    ]


def test_a_project_that_the_edition_has_already_is_no_candidate() -> None:
    """A project that was decided to be another entry of this edition cannot be this one as well."""
    rows = [Identity("sloten", edition, "water", "1", "Sloten") for edition in ("2030", "2034")]
    identities = Identities(rows, ("2030", "2034"))
    read(identities, [item("1", "Sloten")], "2030")
    assert ["new-project"] == codes(read(identities, [item("1", "Sloten"), item("9", "Slooten")], "2034"))


def test_editions_before_the_last_are_remembered() -> None:
    """A project that skipped an edition is found again, by what it was called in the one where it stood last."""
    rows = [Identity("sloten", "2026", "water", "1", "Sloten"), Identity("kaart", "2030", "water", "1", "Kaart")]
    identities = Identities(rows, ("2026", "2030", "2034"))
    read(identities, [item("1", "Sloten")], "2026")
    read(identities, [item("1", "Kaart")], "2030")
    found = read(identities, [item("1", "Slooten"), item("2", "Kaart")], "2034")
    assert ["“Sloten” (sloten, 2026: bijna dezelfde titel)", "“Kaart” (kaart, 2030: dezelfde titel)"] == [
        finding.values["candidates_nl"] for finding in found
    ]


def test_undecided_entries_of_an_edition_that_is_partly_decided() -> None:
    """A number that changed in a corrected document: the row that no entry fits any more is the candidate."""
    rows = [Identity("sloten", "2030", "water", "1", "Sloten"), Identity("kaart", "2030", "water", "2", "Kaart")]
    identities = Identities(rows, ("2030",))
    found = read(identities, [item("1", "Sloten"), item("3", "Kaart")], "2030")
    assert [CANDIDATES, "identity-unused"] == codes(found)
    assert "“Kaart” (kaart, 2030: dezelfde titel)" == found[0].values["candidates_nl"]
    assert (None, "2 Kaart", "kaart,2030,water,2,Kaart") == (found[1].place, found[1].subject, found[1].words)


def test_a_new_entry_beside_decided_ones_is_new_at_once() -> None:
    """Once every decision of a first edition found its entry, an entry without one is simply new."""
    identities = Identities([Identity("sloten", "2030", "water", "1", "Sloten")], ("2030",))
    assert ["new-project"] == codes(read(identities, [item("1", "Sloten"), item("2", "Slooten")], "2030"))


def test_title_that_differs() -> None:
    """Another title under a decided number keeps the URI and is said; an empty one in the table says nothing."""
    (finding,) = read(
        Identities([Identity("sloten", "2030", "water", "1", "Sloten")], ("2030",)), [item("1", "Kaart")], "2030"
    )
    assert ("title-differs", AT, "1 Kaart", "Kaart") == (finding.code, finding.place, finding.subject, finding.words)
    assert {"project": "sloten", "before": "Sloten"} == finding.values
    assert [] == read(
        Identities([Identity("sloten", "2030", "water", "1", "")], ("2030",)), [item("1", "Kaart")], "2030"
    )


def test_title_of_another_project() -> None:
    """A number under which another project's title now stands is a conflict, whichever edition that title is of."""
    rows = [
        Identity("sloten", "2034", "water", "1", "Sloten"),
        Identity("kaart", "2030", "water", "2", "De kaart"),
        Identity("atlas", "2026", "water", "2", "DE KAART"),
    ]
    identities = Identities(rows, ("2026", "2030", "2034"))
    conflict, unused_ = list(read(identities, [item("1", "De kaart")], "2034")), list(identities.unread())
    assert ["identity-conflict"] == codes(conflict)
    assert {"project": "sloten", "before": "Sloten", "other": "atlas, kaart"} == conflict[0].values
    assert [] == unused_


def test_title_that_the_project_had_before_is_no_conflict() -> None:
    """A project that is called again as it was called once is itself."""
    rows = [
        Identity("sloten", "2034", "water", "1", "Schone sloten"),
        Identity("sloten", "2030", "water", "1", "Sloten"),
    ]
    assert ["title-differs"] == codes(read(Identities(rows, ("2030", "2034")), [item("1", "Sloten")], "2034"))


def test_conflict_of_a_row_without_a_title() -> None:
    """Where the table gives no title, the key of the project stands in its place."""
    rows = [Identity("sloten", "2034", "water", "1", ""), Identity("kaart", "2030", "water", "1", "Kaart")]
    (finding,) = read(Identities(rows, ("2030", "2034")), [item("1", "Kaart")], "2034")
    assert ("identity-conflict", "sloten") == (finding.code, finding.values["before"])


def test_decisions_that_nothing_fits() -> None:
    """A decision about an entry or an edition that is not there is said: the first with its edition, the other last."""
    rows = [Identity("sloten", "2030", "water", "1", "Sloten"), Identity("kaart", "1999", "water", "7", "")]
    identities = Identities(rows, ("2030",))
    assert [Finding("identity-unused", None, "1 Sloten", "sloten,2030,water,1,Sloten")] == read(identities, [], "2030")
    assert [Finding("identity-unused", None, "7", "kaart,1999,water,7,")] == list(identities.unread())


def test_one_project_is_one_entry_of_an_edition() -> None:
    """Two entries of one edition cannot be one project; in two editions they can."""
    rows = [
        Identity("sloten", edition, "water", number, "Sloten")
        for edition, number in (("1", "1"), ("2", "1"), ("2", "2"))
    ]
    Identities(rows[:2])
    with pytest.raises(UnreadableInput, match="'sloten' is decided to be two entries of edition '2': 1 'Sloten' and 2"):
        Identities(rows)


def test_row_as_it_stands_in_the_table() -> None:
    """A row has its cells in the order of projects.csv, in quotation marks where it needs them."""
    assert 'a,2030,water,1b,"Zee, ""zout"""' == csv_line(Identity("a", "2030", "water", "1b", 'Zee, "zout"'))


def test_many_projects_are_compared_by_the_start_of_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a million comparisons only titles that share the start of a word are compared, the rarest start first."""
    rows = [
        Identity(f"p{number}", "2030", "water", str(number), f"Project nummer {chr(97 + number) * 6}")
        for number in range(6)
    ]
    after = [item("90", "Project numer cccccc"), item("91", "Geheel anders")]

    def found(most: int) -> list[tuple[str, str]]:
        monkeypatch.setattr(identity, "MOST_COMPARISONS", most)
        identities = Identities(rows, ("2030", "2034"))
        read(identities, [item(row.number, row.title) for row in rows], "2030")
        said = read(identities, after, "2034")
        return [(finding.code, finding.values.get("candidates_nl", "")) for finding in said]

    expected = [(CANDIDATES, "“Project nummer cccccc” (p2, 2030: bijna dezelfde titel)"), ("new-project", "")]
    assert [expected] * 4 == [found(most) for most in (12, 11, 2, 1)]
