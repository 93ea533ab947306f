"""The words around what was asked in a text, for a list of hits; computed for the hits that are shown only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kennis_ld.web.search.words import folded, stem

_BEFORE, _AFTER = 8, 12  # words that are shown around the first that fits
WHOLE_WORD = 3
"""Letters; so short a word is an abbreviation, and "ul" is not the beginning of "ultra"."""


def snippet(text: str, wanted: Sequence[str]) -> Sequence[tuple[str, bool]]:
    """Returns the parts of a text around the first word that fits, each with whether it fits; nothing where none does.

    >>> snippet("Zorg voor ouderen in de wijk", ["ouder"])
    [('Zorg voor ', False), ('ouderen', True), (' in de wijk', False)]
    """
    stems = {stem(word) for word in wanted}
    beginnings = tuple(word for word in wanted if len(word) > WHOLE_WORD)

    def fits(word: re.Match[str]) -> bool:
        plain = folded(word[0])
        return plain in wanted or plain.startswith(beginnings) or stem(plain) in stems

    found = list(re.finditer(r"[^\W_]+", text))
    first = next((place for place, word in enumerate(found) if fits(word)), None)
    if first is None:
        return []
    shown = found[max(0, first - _BEFORE) : first + _AFTER]
    at = shown[0].start() if first > _BEFORE else 0
    end = shown[-1].end() if first + _AFTER < len(found) else len(text)
    parts = [("…", False)] if at else []
    for word in filter(fits, shown):
        parts += [(text[at : word.start()], False), (word[0], True)]
        at = word.end()
    parts += [(text[at:end] + ("…" if end < len(text) else ""), False)]
    return [(re.sub(r"\s+", " ", part), is_fit) for part, is_fit in parts if part]
