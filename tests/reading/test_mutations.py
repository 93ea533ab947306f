"""Damaged agendas: nothing is ever lost silently; a sample of what `bench/mutations.py` does ten thousand times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from kennis_ld.model import Entry, Finding
from tests.reading import campaign, careful, mutants, mutants_editions, mutants_layouts
from tests.reading.campaign import SHARES
from tests.reading.careful import Row
from tests.reading.mutants import City
from tests.reading.mutants_layouts import LAYOUTS

SEED = "suite"
EACH = {name: 3 if name in {"tabel.pdf", "tabel.docx", "koppen.docx"} else 12 for name in SHARES}


@pytest.fixture(scope="module")
def cities() -> Sequence[City]:
    return mutants.cities()


@pytest.mark.parametrize("form", sorted(EACH))
def test_nothing_is_lost_silently(form: str, cities: Sequence[City]) -> None:
    """Each damaged document is published exactly, named in a finding, or refused with what to do."""
    judged = 0
    for at in range(2 * EACH[form]):
        given = campaign.mutant(f"{SEED}:{at}", cities, form)
        if given is None:  # a change that cannot be written in this kind of document
            continue
        outcome = campaign.judged(given)
        assert "LOST" != outcome.what, f"{SEED}:{at} {form} ({given.kind}): {outcome.why}"
        judged += 1
        if judged == EACH[form]:
            break
    assert judged >= EACH[form] / 2


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_nothing_is_lost_in_a_layout(layout: str) -> None:
    """Each damaged agenda in a layout is published, named in a finding, or refused with what to do."""
    outcomes = [mutants_layouts.one(f"{SEED}:{at}", layout) for at in range(25)]
    assert [] == [(kind, outcome.why) for kind, outcome in outcomes if outcome.what == "LOST"]
    assert {"published", "named"} <= {outcome.what for _, outcome in outcomes}


def test_nothing_is_lost_in_an_edition_of_changes() -> None:
    """A damaged edition that only lists changes takes no project off the agenda unsaid, and loses no word."""
    outcomes = [mutants_editions.one(f"{SEED}:{at}") for at in range(60)]
    assert [] == [(kind, outcome.why) for kind, outcome in outcomes if outcome.what == "LOST"]
    assert {"published", "named"} <= {outcome.what for _, outcome in outcomes}


def test_the_process_of_its_own_says_the_same(cities: Sequence[City]) -> None:
    """What is read in this process for the sake of time is read the same in the process of its own."""
    seen = Counter()
    for form in ("hand.docx", "hand.xlsx", "hand.ods", "hand.odt", "hand.html"):
        for given in filter(None, (campaign.mutant(f"{SEED}:{at}", cities, form) for at in range(3))):
            inside, outside = campaign.judged(given), campaign.judged(given, inside=False)
            assert inside == outside
            seen[inside.what] += 1
    assert len(seen) > 1


Found = list[Entry | Finding]


def _entry(found: Found) -> int:
    return next(at for at, item in enumerate(found) if isinstance(item, Entry) and item.number == "2a")


def word_dropped(found: Found) -> Found:
    at = _entry(found)
    description = found[at].description.partition(" ")[2]
    return [*found[:at], replace(found[at], description=description), *found[at + 1 :]]


def entry_dropped(found: Found) -> Found:
    at = _entry(found)
    return [*found[:at], *found[at + 1 :]]


def entry_twice(found: Found) -> Found:
    at = _entry(found)
    return [*found[: at + 1], replace(found[at]), *found[at + 1 :]]


def glued_to_another(found: Found) -> Found:
    at = _entry(found)
    more = next(item for item in found[at + 1 :] if isinstance(item, Entry))
    glued = replace(found[at], description=f"{found[at].description} {more.description}")
    return [*found[:at], glued, *(item for item in found[at + 1 :] if item is not more)]


def in_another_column(found: Found) -> Found:
    at = _entry(found)
    changed = replace(found[at], title=found[at].description, description=found[at].title)
    return [*found[:at], changed, *found[at + 1 :]]


def under_another_heading(found: Found) -> Found:
    at = _entry(found)
    return [*found[:at], replace(found[at], section=("1. Gezondheid & Welzijn",)), *found[at + 1 :]]


def letter_changed(found: Found) -> Found:
    at = _entry(found)
    return [*found[:at], replace(found[at], title=found[at].title.replace("n", "m", 1)), *found[at + 1 :]]


def party_dropped(found: Found) -> Found:
    at = _entry(found)
    ((role, cell),) = found[at].parties
    return [*found[:at], replace(found[at], parties=((role, cell.rpartition(" ")[0]),)), *found[at + 1 :]]


def finding_dropped(found: Found) -> Found:
    return [item for item in found if not (isinstance(item, Finding) and item.code == "text-outside-table")]


@pytest.mark.parametrize(
    "spoiled",
    [
        *(word_dropped, entry_dropped, entry_twice, glued_to_another, in_another_column, under_another_heading),
        *(letter_changed, party_dropped, finding_dropped),
    ],
)
def test_the_careful_person_sees_it(spoiled: Callable[[Found], Found], cities: Sequence[City]) -> None:
    """The judge of the campaign finds nothing in a right reading, and each fault that is put in one."""
    city = cities[0]
    content = campaign.written(city.rows, "hand.html")
    assert content is not None
    found, error = campaign.read(content, "a.html", city, inside=True)
    assert error is None
    rows = campaign.seen(city.rows, "hand.html")
    assert [] == careful.wrong(rows, found, city.columns)
    assert careful.wrong(rows, spoiled(found), city.columns)


def test_the_careful_person_wants_numbers() -> None:
    """A row whose columns are shifted, so that its number is a title, is wrong unless a finding says so."""
    columns = {"number": ("nr",), "title": ("project",), "parties": ("partijen",)}
    rows = [Row(("nr", "project", "partijen")), Row(("Sloten", "1a", "T: GL"))]
    assert careful.wrong(rows, [], columns)
