"""A legend: what a document says itself of its signs, in the forms in which people write one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kennis_ld.agenda.layouts.layout import Layout, Name
from kennis_ld.agenda.legends import meanings, meanings_of, role_said, with_names
from kennis_ld.publication.language import default_words
from tests.agenda.layouts.reading import read, said, shown
from tests.agenda.source import rows

HEADER = "nr|Project|GO|UvO|HvO"
SIGNS = {"●", "○", "x", "g", "a", "groen"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("● trekt, ○ doet mee; ¹ vanaf 2027", [("●", "trekt"), ("○", "doet mee"), ("¹", "vanaf 2027")]),
        ("Legenda: x = trekker | ○ = partner", [("x", "trekker"), ("○", "partner")]),
        ("(● = trekker, ○ = partner)", [("●", "trekker"), ("○", "partner")]),
        ("G: op schema, A: vraagt aandacht", [("g", "op schema"), ("a", "vraagt aandacht")]),
        ("groen = op schema", [("groen", "op schema")]),
        ("op schema: groen", [("groen", "op schema")]),
        ("Verklaring van de tekens: ● trekt, soms, ○ doet mee", [("●", "trekt, soms"), ("○", "doet mee")]),
        ("x doet mee", [("x", "doet mee")]),
        ("● trekt, en denkt mee", [("●", "trekt, en denkt mee")]),
        ("De stad werkt met ● en ○ aan alles.", []),
        ("Water: een nat thema", []),
        ("z = onbekend", []),
        ("● = a, twaalftekens = b", [("●", "a"), ("twaalftekens", "b")]),
        ("● = a, dertientekens = b", [("●", "a, dertientekens = b")]),
        ("● = a, z z = b", [("●", "a, z z = b")]),
        ("● = a, § b, ¹ c, -- d, (x) e", [("●", "a"), ("§", "b"), ("¹", "c"), ("--", "d, (x) e")]),
        ("Legend ● = a. ○ = b", [("●", "a"), ("○", "b")]),
        ("Zeichenerklärung: ● – a\n○ - b  x c", [("●", "a"), ("○", "b"), ("x", "c")]),
        ("Gebruikte tekens, toelichting bij de tabel: ● a", []),
        ("Korte toelichting bij de tabel: ● a", [("●", "a")]),
        ("● =, ○ = b", []),
        ("● " + "a" * 80, [("●", "a" * 80)]),
        ("● " + "a" * 81, []),
        ("● " + "lang " * 30, []),
    ],
)
def test_meanings(text: str, expected: list[tuple[str, str]]) -> None:
    """Signs with what stands behind them; what explains no sign of the table is no legend."""
    assert expected == list(meanings(text, SIGNS, default_words()))


@pytest.mark.parametrize(
    ("line", "fills", "expected"),
    [
        ("●|trekker|", (), [("●", "trekker")]),
        ("●|trekker|○|partner", (), [("●", "trekker"), ("○", "partner")]),
        ("● = trekker||○ = partner", (), [("●", "trekker"), ("○", "partner")]),
        ("|op schema|", ("92d050", "", ""), [("#92d050", "op schema")]),
        ("op schema||", ("92d050", "", ""), [("#92d050", "op schema")]),
        ("op schema||", ("ff0000", "", ""), []),
        ("op schema||", ("", "92d050", ""), [("#92d050", "op schema")]),
        ("op schema||", ("92d050", "92d050", "92d050"), []),
        ("1|Sloten|●|○", (), []),
    ],
)
def test_rows(line: str, fills: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    """A sign in a cell of its own, or a colour in or beside the text; an entry is none."""
    (row,) = rows(line)
    signs = SIGNS | with_names(["#92d050"], default_words())
    assert expected == list(meanings_of(replace(row, fills=fills), signs, default_words()))


def test_an_entry_is_no_legend() -> None:
    """Where numbers are marks too, a row with a number, a title and two marks explains nothing."""
    (row,) = rows("1|Sloten|●|○")
    assert () == meanings_of(row, SIGNS | {"1"}, default_words())
    given = rows(HEADER, "1|Sloten|x|1|", "2|Duinen|x|x|1")
    assert [("1", "Sloten"), ("2", "Duinen")] == [found[:2] for found in shown(read(given, Layout(Name.MATRIX)))]


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ("trekt", "lead"),
        ("is trekker", "lead"),
        ("doet mee", "partner"),
        ("doet misschien mee als partner", "partner?"),
        ("beoogd partner", "partner?"),
        ("geplante Partner", "partner?"),
        ("doet niet mee", "left_out"),
        ("n.v.t.", "left_out"),
        ("leads the project", "lead"),
        ("takes part", "partner"),
        ("macht mit", "partner"),
        ("trekker en partner", None),
        ("vanaf 2027", None),
    ],
)
def test_roles(meaning: str, said: str | None) -> None:
    """The words of a legend give a role, in doubt or not; those that give none or two say nothing."""
    assert said == role_said(meaning, default_words())


def test_a_legend_counts_before_what_marks_usually_mean() -> None:
    """Where x is the lead in this document, it is; the settings count before the legend."""
    given = [*rows(HEADER, "1|Sloten|x|●|"), *rows("x = trekker, ● = partner")]
    assert [("1", "Sloten", "lead: GO\npartner: UvO")] == shown(read(given, Layout(Name.MATRIX)))
    own = Layout(Name.MATRIX, marks={"x": "partner"})
    assert [("1", "Sloten", "partner: GO; UvO")] == shown(read(given, own))


def test_a_legend_above_the_table_and_one_that_says_no_role() -> None:
    """It may stand anywhere; a mark that it explains without a role stays a finding, and so does the legend."""
    given = rows("● trekt, k krijgt post", "", HEADER, "1|Sloten|●|k|")
    found = read(given, Layout(Name.MATRIX))
    assert [("1", "Sloten", "lead: GO")] == shown(found)
    legend, unmarked = ("looks-like-legend", "● trekt, k krijgt post"), ("heading-without-entries", "HvO")
    assert [legend, ("unknown-mark", "k"), unmarked] == said(found)
