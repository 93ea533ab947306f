"""Reads [extra], [ignore] and [statuses] of publication.toml: columns beside those of every agenda, and statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kennis_ld.agenda.columns import extra_column, ignored_column
from kennis_ld.iri import is_key
from kennis_ld.model import Extra, Status
from kennis_ld.publication.own_roles import TEXTS
from kennis_ld.publication.setting_values import SettingValues


def extra_columns(settings: SettingValues) -> Mapping[str, Sequence[str]]:
    """Returns the headings of [extra], by kind of column, and those of [ignore], by the reason to leave them out.

    Raises:
        WrongSetting: a heading is no text, stands in two places, or is left out without a reason.
    """
    found: dict[str, list[str]] = {}
    claimed: dict[str, str] = {}
    extra = settings.table("extra", optional=True)
    for name in extra:
        headings = settings.texts(extra, f"extra.{name}")
        found[extra_column(Extra(name))] = [*headings]
        _claim(headings, f"extra.{name}", claimed, settings)
    for heading, reason in settings.table("ignore", optional=True).items():
        if not isinstance(reason, str) or not reason.strip():
            raise settings.wrong(f"ignore.{heading}", "it is not said why.", f'Write: "{heading}" = "the reason".')
        found.setdefault(ignored_column(" ".join(reason.split())), []).append(heading)
        _claim([heading], f"ignore.{heading}", claimed, settings)
    return found


def statuses(settings: SettingValues) -> tuple[Status, ...]:
    """Returns the statuses that a publication describes, in its language, in English, and in Dutch where it likes.

    Raises:
        WrongSetting: a status lacks a label or definition, or two have the same word.
    """
    found: list[Status] = []
    claimed: dict[str, str] = {}
    for path, key, told in settings.named_tables("statuses"):
        if not is_key(key):
            raise settings.wrong(
                path, f"{key!r} cannot be its key.", "Use lower-case letters, digits and single hyphens."
            )
        words = settings.texts(told, f"{path}.words")
        labels, definitions = (settings.told(told, f"{path}.{text}", in_english=True) for text in TEXTS)
        _claim(list(dict.fromkeys(word.casefold() for word in (*labels.values(), *words))), path, claimed, settings)
        found.append(Status(key, labels, definitions, words=tuple(words)))
    return tuple(found)


def _claim(words: Sequence[str], path: str, claimed: dict[str, str], settings: SettingValues) -> None:
    for word in words:
        if claimed.setdefault(word.casefold(), path) != path:
            what = f"{word!r} stands under {claimed[word.casefold()]} as well."
            raise settings.wrong(path, what, "Let each word stand in one place.")
