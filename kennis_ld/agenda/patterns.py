"""Makes patterns of lists of words, as people write them in the files of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

OF = "(?:von|vom|der|des)"
"""What may stand for a "von" at the end of a phrase."""

YEAR = "(?:19[5-9][0-9]|20[0-9]{2}|21[0-4][0-9]|2150)"
"""A year from 1950 to 2150: other numbers are of something else."""


def longest(words: Iterable[str]) -> Sequence[str]:
    """Returns words, each once, the longest first: of two that begin alike the longer one is meant."""
    return sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))


def phrase_of(words: str) -> str:
    """Returns the pattern of a phrase; letters of an abbreviation with stops may have blanks between them.

    A German "von" at the end of several words stands for the genitive as well: "unter Leitung der".
    """
    pieces = []
    for word in words.split():
        stopped = word.endswith(".")
        letters = [re.escape(part) for part in word.rstrip(".").split(".")]
        stop = r"\." if len(word) == 2 else r"\.?"  # "u." is a word, "u" a letter
        pieces.append(r"\.\s?".join(letters) + (stop if stopped else ""))
    if pieces[1:] and pieces[-1] == "von":
        pieces[-1] = OF
    phrase = re.sub(r"(?<=\\\.)\\s\+(?=\w\\\.)", r"\\s?", r"\s+".join(pieces))
    return phrase.replace("ss", "(?:ss|ß)")


def any_of(words: Iterable[str]) -> str:
    """Returns the pattern of any of the words, the longest first; of nothing, where there are none."""
    return either(map(phrase_of, longest(words))) or "(?!)"


def either(phrases: Iterable[str]) -> str:
    """Returns the pattern of any of the phrases, the earlier ones first.

    Those that begin with the same letter stand behind it, once: where no phrase begins with a letter, none is tried.
    """
    behind: dict[str, list[str]] = {}
    for phrase in phrases:
        first = phrase[0].lower()
        is_letter = first.isalpha() and len(first) == len(first.upper()) == 1
        behind.setdefault(first if is_letter else "", []).append(phrase[is_letter:])
    rest = behind.pop("", [])
    return "|".join([*(f"(?-i:[{one}{one.upper()}])(?:{'|'.join(each)})" for one, each in behind.items()), *rest])


def whole(words: Iterable[str]) -> re.Pattern[str]:
    """Returns what matches any of the words where no letter stands beside it."""
    return compiled(rf"(?<!\w)(?:{any_of(words)})(?!\w)")


def compiled(pattern: str) -> re.Pattern[str]:
    """Returns a pattern for which capitals are small letters."""
    return re.compile(pattern, re.IGNORECASE)
