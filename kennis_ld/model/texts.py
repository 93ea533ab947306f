"""Texts by language: what a city says in its own language comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, str]
"""A text by language, that of the publication first; a language without one is left out."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Dutch and in English; empty where nobody said so."""

    nl: str = ""
    en: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """The text by language."""
        return {"nl": self.nl, "en": self.en}

    def said(self, language: str) -> str:
        """Returns the text in English where that is asked for and there, else in Dutch."""
        return (self.en if language == "en" else "") or self.nl


def own(texts: Texts) -> str:
    """Returns a text as the city itself says it; empty where it says nothing.

    >>> own({"de": "Wissensagenda", "en": "Knowledge agenda"})
    'Wissensagenda'
    """
    return next(iter(texts.values()), "")


def told(text: str, english: str, language: str) -> Texts:
    """Returns a text in the language of the publication and in English, as far as there is one.

    >>> told("Water", "Water", "de"), told("Sand", "", "en"), told("", "Sand", "en")
    ({'de': 'Water', 'en': 'Water'}, {'en': 'Sand'}, {'en': 'Sand'})
    """
    found = {language: text or english} if language.startswith("en") else {language: text, "en": english}
    return {each: said for each, said in found.items() if said}


def around(name: Texts, *, nl: str, en: str, other: str) -> Texts:
    """Returns words of the software around a name, with the city's own where it has none in that language.

    English is left out where the city speaks Dutch and has no English name. In a language that the software does not
    speak, words that are the same in each stand around the name.

    >>> around({"nl": "Agenda"}, nl="Wijzigingen: {}", en="Changes: {}", other="{} (LDES)")
    {'nl': 'Wijzigingen: Agenda'}
    >>> around({"de": "Agenda"}, nl="Wijzigingen: {}", en="Changes: {}", other="{} (LDES)")
    {'de': 'Agenda (LDES)', 'nl': 'Wijzigingen: Agenda', 'en': 'Changes: Agenda'}
    """
    forms = dict.fromkeys(name, other) | ({"nl": nl} if {*name} <= {"nl"} else {"nl": nl, "en": en})
    return {language: form.format(name.get(language, own(name))) for language, form in forms.items()}
