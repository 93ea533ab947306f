"""Finds what a name or a title looks like, for a finding or a proposal; nothing is decided by it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from rapidfuzz import fuzz, process, utils

LEAST_LIKENESS = 70.0
"""Score from 0 to 100 below which a name is no suggestion: 'Bibliotheek' finds 'De bibliotheek', not 'Fonds 12'."""

_LEAST_OF_REST = 60.0
"""The same of the words that two names do not share: 'Stichting Welzijn Zee' is nothing like 'Gemeente Zee'."""

MOST_SUGGESTIONS = 3

_SHORTEST_NAME = 5
"""Letters in a word that may stand for a whole name."""

_SHORTEST_FIRST_WORD = 3
"""Letters in a first word that may stand for a whole name: 'GGD'."""

_LONGEST_LETTERS = 6
"""Capitals that may be letters of a name."""

_PART = 0.95
"""What it counts when all words of one text stand in the other: 'Huurteam' in 'Huurteam voor studenten'."""


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
    by_key = {key: known for known, key in names if abbreviates(name, known)}
    for known, _, at in sorted(found, key=lambda hit: (-hit[1], hit[0])):
        if _is_of_a_kind(name, known):
            by_key.setdefault(names[at][1], known)
    return tuple(by_key.values())[:MOST_SUGGESTIONS]


def _is_of_a_kind(one: str, other: str) -> bool:
    """Whether two names differ in no words, or in words that are alike."""
    given, known = words(one).split(), words(other).split()
    rest = [" ".join(word for word in each if word not in two) for each, two in ((given, known), (known, given))]
    return not all(rest) or fuzz.ratio(*rest) >= _LEAST_OF_REST


def abbreviates(short: str, name: str) -> bool:
    """Whether a text is made of the first letters of a name, with or without those of its small words.

    >>> abbreviates("GL", "Gemeente Lommerdam"), abbreviates("UvL", "Universiteit van Lommer"), abbreviates("X", "Xylo")
    (True, True, False)
    """
    letters = "".join(part[0] for part in re.findall(r"\w+", name))
    large = "".join(letter for letter in letters if letter.isupper())
    is_short = len(short) > 1 and short.isalpha() and short[0].isupper()
    return is_short and short.casefold() in {letters.casefold(), large.casefold()}


def words(text: str) -> str:
    """Returns the words of a text, without capitals and punctuation: what makes two titles the same.

    >>> words("Huurteam (2e fase).") == words("HUURTEAM – 2e  fase")
    True
    """
    return " ".join(utils.default_process(unicodedata.normalize("NFKC", text)).split())


def likeness(one: str, other: str) -> float:
    """Returns how much two texts look alike, from 0 to 100, whatever the order of their words.

    Args:
        one: the words of a text.
        other: the words of the other text.
    """
    if not one:  # two texts without a word would count as equal
        return 0.0
    whole = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    return max(whole, _PART * fuzz.token_set_ratio(one, other))


def stands_for(short: str, full: str, and_: re.Pattern[str]) -> bool:
    """Whether a name may be a short form of another: letters of it, words cut off, its first or its last words.

    Args:
        short: the one that may be short.
        full: the other.
        and_: the word between two names, of which the last is not short for both.
    """
    few, many = words(short).split(), words(full).split()
    if not few or len(words(short)) >= len(words(full)):
        return False
    if abbreviates(short, full):
        return True
    if len(few) == len(many) and (few[0] == many[0] or short.split()[0].endswith(".")):
        return all(word.startswith(part) for part, word in zip(few, many, strict=True))
    if len(_divided(full, and_)) > 1 or len(many) <= len(few):
        return False
    # One word: "Stichting Zee" is rather the whole of "Stichting Zee Lab".
    is_first = few == many[:1] and len(few[0]) >= _SHORTEST_FIRST_WORD
    is_last = many[-len(few) :] == few and len(words(short)) >= _SHORTEST_NAME
    return is_first or is_last or _made_of(short, full)


def is_several(name: str, names: Collection[str], and_: re.Pattern[str]) -> bool:
    """Whether a name is several others behind one another, as lines put together are, or with "&" or "en" between them.

    Args:
        name: as it stands in the document.
        names: the others, as `words` makes them.
        and_: the word between two names.
    """
    parts = _divided(name, and_)
    if len(parts) > 1:
        return all(words(part) in names or is_several(part, names, and_) for part in parts)
    given = name.split()
    ends = {0}
    for start, end in combinations(range(len(given) + 1), 2):
        is_name = end - start > 1 or (given[start].isupper() and len(given[start]) > 1)
        if start in ends and is_name and end - start < len(given) and words(" ".join(given[start:end])) in names:
            ends.add(end)
    return len(given) in ends


def _divided(name: str, and_: re.Pattern[str]) -> Sequence[str]:
    return re.split(rf"[&+/,;]|\s{and_.pattern}\s", name, flags=re.IGNORECASE)


def is_acronym(short: str, full: str) -> bool:
    """Whether letters are those of each word of a name, in order: 'Veiligheidsregio Midden (VRM)'."""
    return sum(map(str.isupper, short)) > 1 and (abbreviates(short, full) or _made_of(short, full))


def _made_of(short: str, full: str) -> bool:
    """Whether capitals are the first letter of every word of a name, each with or without later letters of it.

    Small words do not count: 'DIW' is made of 'Deltainstituut voor Water'.
    """
    if not (short.isalpha() and short.isupper() and _SHORTEST_FIRST_WORD <= len(short) <= _LONGEST_LETTERS):
        return False
    parts = [part.casefold() for part in re.findall(r"\w+", full) if part[0].isupper() or len(part) >= _SHORTEST_NAME]
    letters, ends = short.casefold(), {0}
    for part in parts:
        ends = {
            end
            for start in ends
            for end in range(start + 1, len(letters) + 1)
            if letters[start] == part[0] and _in_order_of(letters[start:end], part)
        }
    return len(letters) in ends


def _in_order_of(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


class Alike:
    """Names to compare many others with, whatever the order of their words; quick for millions of others."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keeps each name as its words, in order."""
        self._names = [_in_order(name) for name in names]

    def near(self, name: str, *, least: float) -> Sequence[tuple[int, float]]:
        """Returns which of the names look like this one, as their place and a score from 0 to 100."""
        found = process.extract(
            _in_order(name), self._names, scorer=fuzz.ratio, processor=None, score_cutoff=least, limit=None
        )
        return [(at, score) for _, score, at in found]


def _in_order(name: str) -> str:
    return " ".join(sorted(words(name).split()))


def same_text(one: str, other: str, *, least: float) -> bool:
    """Whether two long texts are alike from this score on, in order; it is quick where they are not."""
    return fuzz.ratio(one, other, score_cutoff=least) > 0
