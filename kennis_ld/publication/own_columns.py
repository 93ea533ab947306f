"""Reads [extra], [ignore] and [statuses] of publication.toml: columns beside those of every agenda, and statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kennis_ld.agenda.columns import extra_column, ignored_column
from kennis_ld.iri import is_key
from kennis_ld.model import Extra, Status
from kennis_ld.publication.own_roles import Wrong, check_names, texts_of

FIELDS = frozenset({"words", "label", "definition"})
"""The settings of one status."""


def extra_columns(extra: Mapping[str, Any], ignore: Mapping[str, Any], *, wrong: Wrong) -> Mapping[str, Sequence[str]]:
    """Returns headings by kind of column.

    Args:
        extra: the table [extra]: what a column holds, and its headings.
        ignore: the table [ignore]: heading, and why it is left out.

    Raises:
        KennisError: a heading is no text, stands in two places, or is left out without a reason.
    """
    found: dict[str, list[str]] = {}
    claimed: dict[str, str] = {}
    for name, headings in extra.items():
        if not isinstance(headings, list) or not all(isinstance(text, str) and text.strip() for text in headings):
            raise wrong(f"extra.{name}", "this should be a list of headings.", 'Write it like ["one", "two"].')
        found[extra_column(Extra(name))] = headings
        _claim(headings, f"extra.{name}", claimed, wrong)
    for heading, reason in ignore.items():
        if not isinstance(reason, str) or not reason.strip():
            raise wrong(f"ignore.{heading}", "it is not said why.", f'Write: "{heading}" = "the reason".')
        found.setdefault(ignored_column(" ".join(reason.split())), []).append(heading)
        _claim([heading], f"ignore.{heading}", claimed, wrong)
    return found


def statuses(told: Mapping[str, Any], language: str = "nl", *, wrong: Wrong) -> tuple[Status, ...]:
    """Returns the statuses that a publication describes, in its language, in English, and in Dutch where it likes.

    Raises:
        KennisError: a status lacks a label or definition, or two have the same word.
    """
    found: list[Status] = []
    claimed: dict[str, str] = {}
    for key, status in told.items():
        path = f"statuses.{key}"
        check_names(status, path, FIELDS, wrong)
        if not is_key(key):
            raise wrong(path, f"{key!r} cannot be its key.", "Use lower-case letters, digits and single hyphens.")
        words = status.get("words", [])
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise wrong(f"{path}.words", "this should be a list of texts.", 'Write it like ["one", "two"].')
        labels, definitions = texts_of(status, path, language, wrong)
        _claim(list(dict.fromkeys(word.casefold() for word in (*labels.values(), *words))), path, claimed, wrong)
        found.append(Status(key, labels, definitions, words=tuple(words)))
    return tuple(found)


def _claim(words: Sequence[str], path: str, claimed: dict[str, str], wrong: Wrong) -> None:
    for word in words:
        if claimed.setdefault(word.casefold(), path) != path:
            what = f"{word!r} stands under {claimed[word.casefold()]} as well."
            raise wrong(path, what, "Let each word stand in one place.")
