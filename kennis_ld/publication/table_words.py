"""Knows by what other names officers call columns, kinds, decisions and sheets: what `tables.toml` says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kennis_ld.data_file import data_file

_ENDING = 6
"""Letters of a word that a longer one may end in: "Stadsarchief"."""


def column(name: str) -> str:
    """Returns the name that kennis-ld has for a column.

    >>> column("Naam"), column("name_en"), column("kleur")
    ('name', 'name_en', 'kleur')
    """
    return called("columns", name) or _plain(name)


def called(list_name: str, text: str) -> str:
    """Returns the name that kennis-ld has for a text of one of the lists; empty where there is none.

    >>> called("kinds", "hogeschool"), called("kinds", "GovernmentOrganization"), called("kinds", "Huis")
    ('CollegeOrUniversity', 'GovernmentOrganization', '')
    """
    return _names()[list_name].get(_folded(text), "")


def kind_in(name: str) -> str:
    """Returns the kind of organisation that the words of a name say; "Organization" where none does.

    >>> kind_in("Stichting Stadsarchief Oost"), kind_in("Hogeschool Oost"), kind_in("Dienst Onderwijs"), kind_in("HZ")
    ('ArchiveOrganization', 'CollegeOrUniversity', 'Organization', 'Organization')
    """
    text = _folded(name)
    return next((kind for kind, pattern in _kinds().items() if pattern.search(text)), "Organization")


def others(list_name: str, name: str) -> Sequence[str]:
    """Returns the texts of a list that stand for a name."""
    return tuple(_lists()[list_name].get(name, ()))


@cache
def _kinds() -> Mapping[str, re.Pattern[str]]:
    """Returns what stands in the names of each kind, those that stand last in the list first."""
    fields = {_folded(text) for text in _lists()["in_names"]["left_out"]}
    found = {}
    for kind, texts in reversed([*_lists()["kinds"].items()]):
        known = [text for text in map(_folded, (kind, *texts)) if text not in fields]
        forms = (("" if len(text) >= _ENDING else r"(?<!\w)") + re.escape(text) for text in known)
        found[kind] = re.compile(rf"(?:{'|'.join(forms)})(?!\w)")
    return found


def _lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return data_file(__file__, "tables.toml")


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    return {
        list_name: {_folded(text): name for name, texts in names.items() for text in (name, *texts)}
        for list_name, names in _lists().items()
    }


def _folded(text: str) -> str:
    return _plain(text).casefold()


def _plain(text: str) -> str:
    return " ".join(text.split())
