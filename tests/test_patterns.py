"""Regular expressions mean the same in every Python that kennis-ld runs on."""

from __future__ import annotations

import re
from pathlib import Path

import kennis_ld

_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)[*+?]\+")


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Before Python 3.11.5 such a repeat may not match where it should (CPython issue 106052); an atomic group does.

    Debian 12 has 3.11.2, and there the guard read no long string with a quote in it.
    """
    sources = Path(kennis_ld.__file__).parent.rglob("*.py")
    assert [each.name for each in sources if _POSSESSIVE_GROUP.search(each.read_text(encoding="utf-8"))] == []
