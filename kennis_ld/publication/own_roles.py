"""Reads [roles] and [own_roles] of publication.toml: the words that give a role, and the roles that a city has itself.

`roles.toml` has the roles that the software brings along beside lead and partner.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kennis_ld.data_file import data_file
from kennis_ld.iri import is_key
from kennis_ld.model import Role
from kennis_ld.publication.setting_values import SettingValues, shown

MAIN: Mapping[str, Role] = {"lead": Role.LEAD, "partner": Role.PARTNER}
TEXTS = ("label", "definition")
"""What a city tells of a role or status, by language."""

OWN = "rol-"
"""How the key of the concept of a city's own role begins: it never is that of another concept."""


@cache
def standard_roles() -> Mapping[str, Role]:
    """Returns the roles that the software brings along, by the name that [roles] gives them."""
    return {
        name: Role(told["key"], told["notation"], told["label"], told["definition"], MAIN[told["main"]])
        for name, told in data_file(__file__, "roles.toml").items()
    }


def roles(settings: SettingValues) -> Mapping[str, Role]:
    """Returns the role that each word of [roles] gives.

    Raises:
        WrongSetting: a word gives no role that there is, or a role lacks what every role has.
    """
    known = {**MAIN, **standard_roles(), **_own_roles(settings)}
    found: dict[str, Role] = {}
    for word, name in settings.table("roles", optional=True).items():
        if not isinstance(name, str) or name not in known:
            raise settings.wrong(
                f"roles.{word}",
                f"{word!r} is {shown(name)}, and that is no role.",
                f"Write one of: {', '.join(known)}; or describe it in a table [own_roles.…].",
            )
        found[settings.clean(word, "roles")] = known[name]
    return found


def _own_roles(settings: SettingValues) -> Mapping[str, Role]:
    found: dict[str, Role] = {}
    notations = {"T", "P", *(role.notation for role in standard_roles().values())}
    for path, name, told in settings.named_tables("own_roles"):
        if not is_key(name) or name in {**MAIN, **standard_roles()}:
            raise settings.wrong(path, f"{name!r} cannot be its key.", "Use lower-case letters, digits and hyphens, "
                                 "and a name that no other role has.")  # fmt: skip
        broader = MAIN.get(settings.text(told, f"{path}.broader", optional=True))
        if broader is None:
            raise settings.wrong(
                f"{path}.broader", "it is not said what kind of role it is.", 'Write "lead" or "partner".'
            )
        labels, definitions = (settings.told(told, f"{path}.{text}", in_english=True) for text in TEXTS)
        notation = settings.text(told, f"{path}.notation")
        if notation in notations:
            raise settings.wrong(f"{path}.notation", f"{notation!r} is that of another role.", "Choose other letters.")
        notations.add(notation)
        found[name] = Role(f"{OWN}{name}", notation, labels, definitions, broader)
    return found
