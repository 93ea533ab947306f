"""What a name or title looks like: enough to suggest, never to decide."""

from __future__ import annotations

from kennis_ld.agenda.suggestions import likeness, nearest, same_text, words

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
    assert ("Museum Zee",) == nearest("Bureau Zee", [("Museum Zee", "zee")])
    assert () == nearest("Bureau Zand", [("Museum Zee", "zee")])


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
