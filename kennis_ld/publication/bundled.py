"""Finds what kennis-ld brings along: ontology, shapes, queries and the bundled publication."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent

INSTALLED = _PACKAGE / "bundled"
"""Where an installed wheel has them; who installed it may not be able to write there."""


def bundled(name: str) -> Path:
    """Returns a folder that kennis-ld brings along: ontology, shapes, queries or data.

    In a checkout they stand beside the package, in an installed wheel inside it.
    """
    inside = INSTALLED / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
