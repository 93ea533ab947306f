"""Patterns of lists of words: what each word of a file of a language finds, and what it does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kennis_ld.agenda.patterns import any_of, compiled, either, longest, phrase_of, whole


@pytest.mark.parametrize(
    ("phrase", "fits", "others"),
    [
        ("i.s.m.", ("i.s.m.", "I. S. M.", "i.s.m"), ("ism", "i.s.", "isxm")),
        ("u.", ("u.",), ("u", "ux")),
        ("enz.", ("enz.", "enz"), ("enzx",)),
        ("e. a.", ("e. a.", "e.a."), ("e a", "e.  a.")),
        ("samen met", ("samen met", "Samen \n met"), ("samenmet",)),
        ("Leitung von", ("Leitung von", "Leitung vom", "Leitung der", "Leitung des"), ("Leitung", "Leitung den")),
        ("von", ("von",), ("der",)),
        ("Strasse", ("Strasse", "Straße"), ("Strase",)),
        ("a+b", ("a+b",), ("aab",)),
    ],
)
def test_phrase(phrase: str, fits: Sequence[str], others: Sequence[str]) -> None:
    """Blanks are any blanks, letters with stops may have some between them, a German "von" may be a genitive."""
    pattern = compiled(phrase_of(phrase))
    assert [*fits] == [text for text in (*fits, *others) if pattern.fullmatch(text)]


def test_longest_of_two_that_begin_alike_is_meant() -> None:
    """The longest word stands first, and each once."""
    assert ["aab", "aac", "aa", "b"] == list(longest(["aa", "b", "aac", "aab", "aa"]))
    found = compiled(any_of(["en", "en ook", "1e"])).match("En ook")
    assert "En ook" == (found and found[0])


def test_no_words_find_nothing() -> None:
    """A language without words for something finds it nowhere."""
    assert [] == [text for text in ("", "a") if compiled(any_of([])).search(text)]


def test_first_of_phrases_is_meant() -> None:
    """Phrases are tried in their order behind their first letter, small or large; a sign or an ß is none."""
    pattern = compiled(either(["ab", "abc", "ac", "1x", "ßa"]))
    assert ["AB", "Ac", "1X", "ßA"] == [found[0] for found in pattern.finditer("ABC Ac 1X ßA x")]
    assert "(?-i:[aA])(?:b|bc|c)|1x|ßa" == either(["ab", "abc", "ac", "1x", "ßa"])


def test_whole_words() -> None:
    """No letter stands beside one."""
    assert ["en", "EN"] == [found[0] for found in whole(["en"]).finditer("en (EN) den ene en_")]
