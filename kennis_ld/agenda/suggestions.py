"""Finds the names of the register that an unknown name looks like, for a finding; nothing is decided by them."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

LEAST_LIKENESS = 70.0
"""Score from 0 to 100 below which a name is no suggestion: 'Bibliotheek' finds 'De bibliotheek', not 'Fonds 12'."""

MOST_SUGGESTIONS = 3


def nearest(name: str, names: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Returns the names that look most like this one, best first, one for each organisation.

    Args:
        name: as it stands in the document.
        names: every name of the register with the key of its organisation.
    """
    spelled = [known for known, _ in names]
    found = process.extract(
        name, spelled, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=LEAST_LIKENESS, limit=20
    )
    by_key: dict[str, str] = {}
    for known, _, at in sorted(found, key=lambda hit: (-hit[1], hit[0])):
        by_key.setdefault(names[at][1], known)
    return tuple(by_key.values())[:MOST_SUGGESTIONS]
