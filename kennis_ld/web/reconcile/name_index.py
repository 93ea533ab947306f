"""Finds things by a name that somebody else wrote: whole names at once, names that look like it by what they share.

It only proposes: what is found gets a score, and whoever asks decides.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from kennis_ld.agenda.similarity import likeness, words

LEAST_SCORE = 50.0
"""Score below which a name is not worth showing."""

_MOST_LOOKED_AT = 1_500  # names that share a piece with what is asked
_MOST_COMPARED = 24
_PIECE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found.

    Attributes:
        thing: its IRI.
        score: from 0 to 100; 100 where one of its names is the same but for capitals, punctuation and spaces.
        sure: whether it is the only thing with that name.
    """

    thing: str
    score: float
    sure: bool


class NameIndex:
    """All names of things; a thing may have several, and a name may be of several things."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Makes an index of pairs of a name and the IRI of its thing."""
        self._names: list[tuple[str, str]] = []
        self._whole: dict[str, list[str]] = {}
        self._pieces: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for name, thing in names:
            spelled = words(name)
            known = self._whole.setdefault(spelled, [])
            if not spelled or thing in known:
                continue
            known.append(thing)
            for piece in _pieces(spelled):
                self._pieces[piece].append(len(self._names))
            self._names.append((spelled, thing))

    def find(self, name: str, *, passes: Callable[[str], bool] = lambda thing: True, limit: int = 5) -> list[Found]:
        """Returns the things with the same name, or else those whose names look most like it, the best first."""
        asked = words(name)
        same = [thing for thing in self._whole.get(asked, ()) if passes(thing)] if asked else []
        scores = dict.fromkeys(same, 100.0)
        if not same:
            for spelled, thing in islice(self._like(asked, passes), _MOST_COMPARED):
                # What is not the same never gets the score of what is.
                score = min(likeness(asked, spelled), 99.0)
                if score >= LEAST_SCORE and score > scores.get(thing, 0.0):
                    scores[thing] = score
        best = sorted(scores.items(), key=lambda each: (-each[1], each[0]))[:limit]
        return [Found(thing, round(score, 1), sure=same == [thing]) for thing, score in best]

    def starting(self, text: str) -> list[str]:
        """Returns the things of which a word of a name starts as the text does, those with a short name first."""
        asked = words(text)
        if not asked:
            return []
        found = [
            (len(spelled), spelled, thing)
            for spelled, thing in self._names
            if spelled.startswith(asked) or f" {asked}" in spelled
        ]
        return list(dict.fromkeys(thing for _, _, thing in sorted(found)))

    def _like(self, asked: str, passes: Callable[[str], bool]) -> Iterable[tuple[str, str]]:
        """Yields names that share pieces with what is asked, those that share most first; the rarest pieces count."""
        shared: Counter[int] = Counter()
        looked_at = 0
        for places in sorted((self._pieces[piece] for piece in _pieces(asked) if piece in self._pieces), key=len):
            looked_at += len(places)
            if shared and looked_at > _MOST_LOOKED_AT:
                break
            shared.update(places[:_MOST_LOOKED_AT])
        for place, _ in shared.most_common():
            if passes(self._names[place][1]):
                yield self._names[place]


def _pieces(spelled: str) -> set[str]:
    padded = f" {spelled} "
    return {padded[at : at + _PIECE] for at in range(len(padded) - _PIECE + 1)}
