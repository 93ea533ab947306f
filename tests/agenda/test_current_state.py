"""Entries put one over the other: what stands now, and under which number."""

from __future__ import annotations

from kennis_ld.agenda.current_state import CurrentState
from kennis_ld.model import Entry, Facts, Place, ProjectEntry
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


def test_a_project_that_stops_is_told_with_what_it_was() -> None:
    """A row that only says that its project stopped keeps the words of before; of an unknown one it stays as it is."""
    standing = state(item("sloten", "1", description="Meten.", themes=("water",)))
    stopped = item("sloten", description="Vervallen")
    assert item("sloten", "1", description="Meten.", themes=("water",)) == standing.before(stopped)
    assert item("kaart", description="Vervallen") == standing.before(item("kaart", description="Vervallen"))
