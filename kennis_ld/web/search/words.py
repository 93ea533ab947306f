"""Words as a search compares them: without accents, capitals, hyphens and endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from kennis_ld.data_file import data_file

_SHORTEST_STEM = 4
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ł": "l", "Ł": "l"}
)


def folded(text: str) -> str:
    """Returns a text in small letters, without accents.

    >>> folded("Centré Œuvre")
    'centre oeuvre'
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def words(text: str) -> list[str]:
    """Returns the words of a text, folded.

    >>> words("Stad & Taal: mbo-Rijnland")
    ['stad', 'taal', 'mbo', 'rijnland']
    """
    return re.findall(r"[^\W_]+", folded(text))


def key(text: str) -> str:
    """Returns a name as one word, for names that are the same but for spaces, hyphens and quotation marks.

    >>> key("mbo-Rijnland") == key("mboRijnland")
    True
    """
    return "".join(words(text))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Returns what singular and plural of a folded Dutch word share.

    >>> stem("musea") == stem("museum"), stem("huizen") == stem("huis"), stem("lessen") == stem("les")
    (True, True, True)
    """
    endings, finals, _ = _rules()
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST_STEM:
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > 2 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    for last, instead in finals:
        if word.endswith(last):
            word = word[: -len(last)] + instead
    return word


def telling(found: Sequence[str]) -> Sequence[str]:
    """Returns the words that say something of what is looked for; all of them where none does.

    >>> telling(["stad", "en", "taal"])
    ['stad', 'taal']
    """
    small = _rules()[2]
    return [word for word in found if word not in small] or found


@cache
def _rules() -> tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]], frozenset[str]]:
    told = data_file(__file__, "endings.toml")
    endings = [(folded(ending), instead) for ending, instead in told["endings"]]
    return endings, [(last, instead) for last, instead in told["finals"]], frozenset(told["small"])
