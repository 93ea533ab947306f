"""A theme of the agenda, or a sub-heading of one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the agenda, or a sub-heading of one.

    Attributes:
        key: fixed once, part of the IRI.
        headings: how documents print the heading, without its number.
        broader: key of the theme it stands under; empty for a theme.
        notation: the number before the heading; empty where it has none.
    """

    key: str
    headings: tuple[str, ...]
    label: str
    label_en: str = ""
    definition: str = ""
    definition_en: str = ""
    broader: str = ""
    notation: str = ""
