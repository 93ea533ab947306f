"""One whole edition: every entry gets its project, its themes and its parties, and the findings come in order."""

from __future__ import annotations

from collections.abc import Sequence

from kennis_ld.agenda.editions import resolved
from kennis_ld.agenda.identity import Identities
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.resolution import Resolver
from kennis_ld.model import Entry, Finding, Identity, Organisation, Place, ProjectEntry, Theme
from kennis_ld.publication.language import default_words

REGISTER = Register([Organisation("gz", "Gemeente Zandwijk", abbreviations=("GZ",))], [])
THEMES = (Theme("water", ("Water",), "Water"), Theme("peil", ("Peil",), "Peil", broader="water"))


def entry(number: str, title: str, section: tuple[str, ...], cell: str = "T: GZ") -> Entry:
    return Entry(number, title, "", ((None, cell),), section, Place("a.txt", int(number), int(number)))


def read(rows: Sequence[Entry | Finding], decided: Sequence[Identity] = ()) -> list[ProjectEntry | Finding]:
    return list(
        resolved(
            rows,
            edition="2030",
            themes=THEMES,
            identities=Identities(decided, ("2030",)),
            resolver=Resolver(REGISTER, default_words()),
        )
    )


def projects(found: Sequence[ProjectEntry | Finding]) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.project, item.themes) for item in found if isinstance(item, ProjectEntry)]


def test_findings_stand_before_the_entry_they_are_about() -> None:
    """What the rows said passes through; what is said of an entry comes with it; what needs the whole edition last."""
    decided = [Identity("sloten", "2030", "water", "1", "Sloten"), Identity("weg", "2030", "water", "9", "Weg")]
    rows = [
        Finding("pictures"),
        entry("1", "Schone sloten", ("1. Water",), "T: GZ?"),
        entry("2", "Kaart", ("1. Water",)),
    ]
    found = read(rows, decided)
    assert [
        "pictures",
        "title-differs",
        "doubtful-participation",
        "sloten",
        "kaart",
        "new-project",
        "identity-unused",
    ] == [item.code if isinstance(item, Finding) else item.project for item in found]


def test_identity_is_decided_by_the_innermost_heading() -> None:
    """Number 1 stands under 'Water' and under its part 'Peil'; each is its own project, with the keys of its themes."""
    decided = [Identity("onder-water", "2030", "water", "1", "A"), Identity("op-peil", "2030", "peil", "1", "B")]
    rows = [
        entry("1", "A", ("1. Water",)),
        entry("1", "B", ("1. Water", "Peil")),
        entry("2", "C", ("Riet",)),
        entry("3", "D", ()),
    ]
    found = read(rows, decided)
    assert [("onder-water", ("water",)), ("op-peil", ("water", "peil")), ("c", ("riet",)), ("d", ())] == projects(found)


def test_entry_without_a_heading_is_decided_without_a_theme() -> None:
    """An agenda without headings has an empty theme in its table of identities."""
    found = read([entry("1", "A", ())], [Identity("ander", "2030", "", "1", "A")])
    assert [("ander", ())] == projects(found)


def test_parties_are_resolved_for_the_project() -> None:
    """Every participation is of the project that its entry is."""
    (item,) = read([entry("1", "A", ())], [Identity("ander", "2030", "", "1", "A")])
    assert isinstance(item, ProjectEntry)
    assert [("ander", "gz")] == [(part.project, part.organisation) for part in item.participations]
