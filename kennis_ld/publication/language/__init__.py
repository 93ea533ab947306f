"""The words of a cell with parties, a data file for each language; `docs/grammar.md` says what each list does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from kennis_ld.agenda.wording import Words
from kennis_ld.data_file import data_file
from kennis_ld.model import Role

LANGUAGES = ("nl", "en", "de")
"""All are read in every publication: a Dutch cell has English words in it."""


OWN_WORDS = (
    "join", "either", "chair", "alongside", "together", "perhaps", "doubt", "among", "open", "indefinite", "groups",
    "nobody", "units", "intended", "stopped", "refers",
)  # fmt: skip
"""The lists to which a publication can add words of its own, under [words]."""


@cache
def lists() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Returns the words of all languages, by table and list."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for language in LANGUAGES:
        for table, values in data_file(__file__, f"{language}.toml").items():
            for name, words in values.items():
                more = words.split() if isinstance(words, str) else words
                known = found.setdefault(table, {})
                known[name] = (*known.get(name, ()), *more)
    return found


def words(*, roles: Mapping[str, Role], more: Mapping[str, Sequence[str]]) -> Words:
    """Returns the words of all languages with those of a publication.

    Args:
        roles: the publication's own words for a role.
        more: its own words for the lists of [words].
    """
    if not roles and not more:
        return default_words()
    own: dict[str, dict[str, Sequence[str]]] = {table: dict(values) for table, values in lists().items()}
    for name, added in more.items():
        own["words"][name] = (*own["words"][name], *added)
    return Words.of(own, own_roles=roles)


def default_columns() -> Mapping[str, Sequence[str]]:
    """Returns the headings by which the columns of a table are known; the settings of a publication add their own."""
    return lists()["headings"]


@cache
def default_words() -> Words:
    """Returns the words of all languages, without any of a publication."""
    return Words.of(lists())
