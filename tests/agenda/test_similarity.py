"""What a name or title looks like: enough to suggest, never to decide."""

from __future__ import annotations

import pytest

from kennis_ld.agenda.similarity import (
    Alike,
    abbreviates,
    is_acronym,
    is_several,
    likeness,
    nearest,
    same_text,
    stands_for,
    words,
)
from kennis_ld.publication.language import default_words

AND = default_words().and_
NAMES = [
    ("De Bibliotheek", "bieb"),
    ("Bieb", "bieb"),
    ("Fonds 12", "fonds"),
    ("Stadsbibliotheek", "stad"),
    ("Bibliotheek Zee", "zee"),
    ("Bibliotheek Zand", "zand"),
    ("Bibliotheek", "heel"),
]


def test_the_nearest_names_best_first() -> None:
    """Three at most, each organisation once, the best first; what has nothing to do with it is left out."""
    assert ("Bibliotheek", "Bibliotheek Zand", "Bibliotheek Zee") == nearest("bibliotheek", NAMES)
    assert () == nearest("Zwembad", NAMES)
    assert ("Fonds 12",) == nearest("Fonds-12", NAMES)
    assert ("Bieb",) == nearest("biebb", NAMES)
    assert ("Museum Zee",) == nearest("Musea Zee", [("Museum Zee", "zee")])
    assert () == nearest("Bureau Zand", [("Museum Zee", "zee")])


def test_another_kind_in_the_same_town_is_not_near() -> None:
    """Names that share their town alone are of two organisations: what they do not share must look alike too."""
    assert () == nearest("Stichting Welzijn Zee", [("Gemeente Zee", "gemeente"), ("Museum Zee", "museum")])
    assert ("Bibliotheek Zee",) == nearest("Biblioteek Zee", [("Bibliotheek Zee", "bieb"), ("Gemeente Zee", "zee")])


def test_words_make_two_titles_the_same() -> None:
    """Capitals, punctuation, blanks and wide letters make no difference; the order of words does."""
    assert "huurteam 2e fase" == words("Huurteam (2e fase).") == words("ＨＵＵＲＴＥＡＭ –  2e fase")
    assert words("a b") != words("b a")
    assert "" == words("–")


def test_likeness_of_titles() -> None:
    """The same words in another order are the same; part of a title counts for a bit less; nothing is like nothing."""
    assert 100.0 == likeness("huurteam fase", "fase huurteam") == likeness("kaart", "kaart")
    assert 95.0 == likeness("huurteam", "huurteam voor studenten van de stad")
    assert 0.0 == likeness("", "kaart") == likeness("kaart", "") == likeness("", "")
    assert 80 < likeness("schone sloten", "schone slooten") < 100
    assert likeness("kaart", "zee") < 40


def test_long_texts_are_compared_in_order() -> None:
    """Two texts are the same from the given score on."""
    assert same_text("het water in de sloten", "het water in de slooten", least=90)
    assert not same_text("het water in de sloten", "het zand op het strand", least=90)
    assert not same_text("een twee drie vier", "vier drie twee een", least=90)


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        ("GL", "Gemeente Lommerdam", True), ("gl", "Gemeente Lommerdam", False), ("Gl", "Gemeente Lommerdam", True),
        ("UvL", "Universiteit van Lommer", True), ("UL", "Universiteit van Lommer", True),
        ("UV", "Universiteit van L", False), ("X", "Xylo", False), ("G1", "Gemeente 1", False),
        ("GL", "Gemeente-Lommer", True), ("", "", False), ("ABC", "A. B. C. Dorp", False),
    ],
)  # fmt: skip
def test_first_letters(short: str, name: str, expected: bool) -> None:
    """The first letters of all words, or of those with a capital; one letter, or a small one in front, says nothing."""
    assert expected is abbreviates(short, name)


def test_first_letters_are_the_first_suggestion() -> None:
    """A name whose first letters they are comes before one that looks alike, once for its organisation."""
    names = [("Gladiool", "glad"), ("Gemeente Lommerdam", "gl"), ("GL.", "gl")]
    assert "Gemeente Lommerdam" == nearest("GL", names)[0]
    assert 1 == sum(name in {"Gemeente Lommerdam", "GL."} for name in nearest("GL", names))


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("UvM", "Universiteit van Merenland", True), ("MBO M", "MBO Meerlanden", True),
        ("MBO L", "MBO Meerlanden", False), ("ROC M", "MBO Meerlanden", False),
        ("MBO M", "MBO Meerlanden Zee", False), ("Thuishaven", "Woningcorporatie Thuishaven", True),
        ("Haven", "Woningcorporatie Haven", True), ("Have", "Stichting Have", False),
        ("Thuis Haven", "Stichting Thuis Haven", True), ("Gemeente", "Gemeente Merendrecht", True),
        ("GGD", "GGD Merenland", True), ("De", "De Rietgors", False), ("Stichting Zee", "Stichting Zee Lab", False),
        ("GGD", "GGD Delta & Meer MC", False), ("prov. Delta", "Provincie Delta", True),
        ("DIW", "Deltainstituut voor Water", True), ("OVH", "Ondernemersvereniging Haven", True),
        ("OHX", "Ondernemersvereniging Haven", False), ("OV", "Ondernemersvereniging Haven", False),
        ("VHA", "Ondernemersvereniging Haven", False), ("Ovh", "Ondernemersvereniging Haven", False),
        ("Kade 9", "Kunstencentrum Kade 9", True), ("prov Delta", "Provincie Delta", False),
        ("Bondsver. Zee", "Bondsvereniging Zand", False), ("HL", "Hogeschool Lingewaarde", True),
        ("Bibliotheek", "Bibliotheek Lingewaarde", True), ("Haven", "Zee und Haven", False),
        ("Meer MC", "GGD Delta & Meer MC", False), ("Haven", "Stichting Zee en Haven", False),
        ("Haven", "Zee, Haven", False), ("Haven", "Zee/Haven", False), ("", "Haven", False),
        ("Haven", "Haven", False), ("Woningcorporatie", "Haven", False), ("DLT", "Deltalab", False),
    ],
)  # fmt: skip
def test_short_form_of_a_name(short: str, full: str, expected: bool) -> None:
    """Letters of each word, words that are cut off, the first word, or the last words of a name that is one."""
    assert expected is stands_for(short, full, AND)


def test_names_that_look_like_many_others() -> None:
    """The words of a name may stand in another order; each that is near enough comes with its score."""
    alike = Alike(["Universiteit Zee", "Zee Universiteit", "Universiteit Zand", "Bieb"])
    assert [(0, 100.0), (1, 100.0)] == sorted(alike.near("zee, universiteit", least=99))
    found = dict(alike.near("Universiteit Zee", least=70))
    assert {0, 1, 2} == set(found)
    assert 70 < found[2] < 100
    assert [] == alike.near("Universiteitzee", least=99)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hogeschool Zee GGD Delta", True), ("GD UD", True), ("GD\nHogeschool Zee\nUD", True),
        ("Hogeschool Zee & Bieb", True), ("Bieb en GD", True), ("GD UD and Bieb", True), ("Bieb/GD/UD", True),
        ("Bieb en Museum", False), ("Bieb GD", False), ("Hogeschool Zee", False), ("GD", False),
        ("Hogeschool Zee Museum", False), ("Museum Hogeschool Zee", False), ("gd ud", False), ("X Y", False),
        ("Museum Zee Atlas Delta", False), ("Bieb Engd", False), ("Been GD", False),
    ],
)  # fmt: skip
def test_name_that_is_several(name: str, expected: bool) -> None:
    """Names of two words or in capitals stand behind one another, any name with a sign or 'en' between them."""
    assert expected is is_several(name, {"hogeschool zee", "ggd delta", "gd", "ud", "bieb", "x", "y"}, AND)


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("VRM", "Veiligheidsregio Midden", True), ("GL", "Gemeente Lommer", True), ("Vrm", "Veiligheidsregio M", False),
        ("VMR", "Veiligheidsregio Midden", False), ("UvL", "Universiteit van Lommer", True), ("V", "Vorm", False),
        ("DLTZND", "Deltalab Zand", True), ("DLTLZND", "Deltalab Zand", False), ("DLTZND", "Deltalab en Zand", True),
    ],
)  # fmt: skip
def test_acronym(short: str, full: str, expected: bool) -> None:
    """Capitals are the first letters of the words, or first and later ones in their order."""
    assert expected is is_acronym(short, full)
