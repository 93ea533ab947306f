"""Finding a thing by a name that somebody else wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kennis_ld.web.reconcile.name_index import Found, NameIndex

NAMES = [
    ("Universiteit Leiden", "ul"),
    ("Leiden University", "ul"),
    ("UL", "ul"),
    ("Hogeschool Leiden", "hsl"),
    ("HsL", "hsl"),
    ("Naturalis Biodiversity Center", "naturalis"),
    ("De Bibliotheek", "bieb-a"),
    ("Bibliotheek", "bieb-b"),
    ("bibliotheek", "bieb-c"),
]
INDEX = NameIndex(NAMES)


def test_a_whole_name_is_found_at_once() -> None:
    """A name or an abbreviation, whatever its capitals and stops, is surely the thing that has it."""
    for name in ("Universiteit Leiden", "universiteit  leiden.", "u.l.".replace(".", ""), "Leiden University"):
        assert Found("ul", 100.0, sure=True) == INDEX.find(name)[0]


def test_a_name_of_two_things_is_not_sure() -> None:
    """Where two have the name, both are found and neither is said to be meant."""
    found = INDEX.find("Bibliotheek")
    assert [("bieb-b", 100.0, False), ("bieb-c", 100.0, False)] == [
        (one.thing, one.score, one.sure) for one in found[:2]
    ]


def test_a_slip_of_the_pen() -> None:
    """A name with a mistake is found, is less than the same, and is not sure."""
    (first, *_) = INDEX.find("Univeristeit Leiden")
    assert ("ul", False) == (first.thing, first.sure)
    assert 80 < first.score < 100


def test_only_what_may_be_found() -> None:
    """What does not pass is not found, also where its name is the same; and no more than was asked for."""
    assert "ul" not in [one.thing for one in INDEX.find("Universiteit Leiden", passes=lambda thing: thing != "ul")]
    assert 1 == len(INDEX.find("Leiden", limit=1))


def test_nothing_like_it() -> None:
    """A name that resembles nothing finds nothing, and so does one without letters."""
    assert [] == INDEX.find("Kwxzq")
    assert [] == INDEX.find("—")
    assert [] == NameIndex([]).find("Universiteit Leiden")


def test_suggestions_begin_with_what_was_typed() -> None:
    """A word in a name starts so; short names come first."""
    assert ["hsl", "ul"] == INDEX.starting("leid")
    assert [] == INDEX.starting("")


@given(st.lists(st.tuples(st.text(max_size=12), st.sampled_from("abc")), max_size=12), st.text(max_size=12))
def test_every_name_finds_its_thing(names: list[tuple[str, str]], other: str) -> None:
    """Whatever the names are, the thing with the name that is asked for is first or shares its place."""
    index = NameIndex(names)
    for name, thing in names:
        found = index.find(name, limit=25)
        if found:
            assert 100.0 == next(one.score for one in found if one.thing == thing)
    assert all(0 <= one.score <= 100 for one in index.find(other))
