"""Reads [roles] and [own_roles] of publication.toml: the words that give a role, and the roles that a city has itself.

`roles.toml` has the roles that the software brings along beside lead and partner.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

from kennis_ld.data_file import data_file
from kennis_ld.errors import KennisError
from kennis_ld.iri import is_key
from kennis_ld.model import Role
from kennis_ld.model.texts import Texts

MAIN: Mapping[str, Role] = {"lead": Role.LEAD, "partner": Role.PARTNER}
FIELDS = frozenset({"broader", "notation", "label", "definition"})
"""The settings of one role of a city."""

OWN = "rol-"
"""How the key of the concept of a city's own role begins: it never is that of another concept."""

OPEN = frozenset({"…", "..."})
"""What stands in a proposal where a person fills in a text: no text yet."""

_MISSING = "this text is missing.", "Fill it in."

Wrong = Callable[[str, str, str], KennisError]
"""Makes the error about a setting: its name, what is wrong, what to do."""


@cache
def standard_roles() -> Mapping[str, Role]:
    """Returns the roles that the software brings along, by the name that [roles] gives them."""
    return {
        name: Role(told["key"], told["notation"], told["label"], told["definition"], MAIN[told["main"]])
        for name, told in data_file(__file__, "roles.toml").items()
    }


def roles(
    words: Mapping[str, Any], own: Mapping[str, Any], language: str = "nl", *, wrong: Wrong
) -> Mapping[str, Role]:
    """Returns the role that each word of [roles] gives.

    Args:
        words: the table [roles]: word to name of a role.
        own: the table [own_roles]: name to what the city says of it, in its language and in English.

    Raises:
        KennisError: a word gives no role that there is, or a role lacks what every role has.
    """
    known: dict[str, Role] = {**MAIN, **standard_roles(), **_own_roles(own, language, wrong)}
    for word, name in words.items():
        if not isinstance(name, str) or name not in known:
            raise wrong(
                f"roles.{word}",
                f"{word!r} is {str(name)[:40]!r}, and that is no role.",
                f"Write one of: {', '.join(known)}; or describe it in a table [own_roles.…].",
            )
    return {" ".join(word.split()): known[name] for word, name in words.items()}


def _own_roles(own: Mapping[str, Any], language: str, wrong: Wrong) -> Mapping[str, Role]:
    found: dict[str, Role] = {}
    notations = {"T", "P", *(role.notation for role in standard_roles().values())}
    for name, told in own.items():
        path = f"own_roles.{name}"
        if not is_key(name) or name in {**MAIN, **standard_roles()}:
            raise wrong(path, f"{name!r} cannot be its key.", "Use lower-case letters, digits and hyphens, and a name "
                        "that no other role has.")  # fmt: skip
        check_names(told, path, FIELDS, wrong)
        if told.get("broader") not in MAIN:
            raise wrong(f"{path}.broader", "it is not said what kind of role it is.", 'Write "lead" or "partner".')
        labels, definitions = texts_of(told, path, language, wrong)
        notation = _text(told.get("notation"))
        if not notation:
            raise wrong(f"{path}.notation", *_MISSING)
        if notation in notations:
            raise wrong(f"{path}.notation", f"{notation!r} is that of another role.", "Choose other letters.")
        notations.add(notation)
        found[name] = Role(f"{OWN}{name}", notation, labels, definitions, MAIN[told["broader"]])
    return found


def check_names(told: object, path: str, fields: Collection[str], wrong: Wrong) -> None:
    """Refuses what is no table, or has a setting that is none of the fields."""
    known = ", ".join(sorted(fields))
    if not isinstance(told, dict):
        raise wrong(path, "this should be a table.", f"Write [{path}] with: {known}.")
    if unknown := sorted(told.keys() - fields):
        raise wrong(f"{path}.{unknown[0]}", f"there is no setting {unknown[0]!r}.", f"Known here: {known}.")


def texts_of(told: Mapping[str, Any], path: str, language: str, wrong: Wrong) -> tuple[Texts, Texts]:
    """Returns labels and definitions, with single blanks.

    Raises:
        KennisError: one lacks the language of the publication or English, or has one that is neither these nor Dutch.
    """
    both, languages = dict.fromkeys((language, "en")), dict.fromkeys((language, "nl", "en"))
    found: list[Texts] = []
    for field in (f"{path}.label", f"{path}.definition"):
        given = told.get(field.rpartition(".")[2], {})
        given = given if isinstance(given, dict) else {}
        texts = {each: text for each in languages if (text := _text(given.get(each)))}
        if missing := [each for each in both if each not in texts]:
            raise wrong(f"{field}.{missing[0]}", *_MISSING)
        check_names(given, field, languages, wrong)
        found.append(texts)
    return found[0], found[1]


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) and value.strip() not in OPEN else ""
