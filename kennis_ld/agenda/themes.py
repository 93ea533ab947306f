"""Knows the theme that a document means by a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kennis_ld.model import Theme

HEADING_NUMBER = re.compile(r"\s*(?:[0-9]{1,3}|[IVX]{1,4}|[A-Z])\s*[.)]\s+")
"""The number in front of a heading: '1. ', 'IV) ', 'A. '."""


@lru_cache(maxsize=8_192)
def heading_text(heading: str) -> str:
    """Returns a heading without its number, folded for comparison: '1. Cultureel erfgoed' → 'cultureel erfgoed'."""
    return " ".join(HEADING_NUMBER.sub("", heading, count=1).split()).rstrip(".:").casefold()


def theme_of_heading(heading: str, themes: Sequence[Theme]) -> Theme | None:
    """Returns the theme that a document calls by this heading, or None."""
    wanted = heading_text(heading)
    return next((theme for theme in themes if any(heading_text(known) == wanted for known in theme.headings)), None)
