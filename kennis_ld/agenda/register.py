"""Looks names up in the register: which organisations bear a name, in which way, and which groups are known.

Names are compared without regard to capitals, full stops, blanks and the form of accents and apostrophes; one that is
then unknown also without accents, hyphens, an article before it, a legal form and small words. Where two
organisations share such a folded name, the one that is spelled exactly so wins; if both or neither are, the name is
ambiguous.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from types import MappingProxyType

from kennis_ld.agenda.wording import Words
from kennis_ld.model import Ambiguous, GroupName, Known, Organisation, Resolution, Unknown, Way

_HYPHEN = re.compile(r"(?<=\w)-\s*(?=\w)")
_COMMA = re.compile("[,;]")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_SLASH = re.compile(r"\s*([/&])\s*")
_STOPS = re.compile(r"(?<=\b\w)\.\s+(?=\w\b)")
"""Between the letters of an abbreviation: 'e. V.'."""

_LEAST_OF_PLACE = 3
"""How many names a word begins or ends that says where they are."""


class Register:
    """The organisations and groups of a publication, by every name they have.

    Args:
        words: the words of the language, for what may be left out of a name: "Stadtwerke GmbH", "Universiteit van X".
    """

    def __init__(
        self, organisations: Iterable[Organisation], groups: Iterable[GroupName], words: Words | None = None
    ) -> None:
        self._organisations = {organisation.key: organisation for organisation in organisations}
        self._left_out = words.left_out if words else re.compile(r"(?!)")
        self._words = words
        self._and = re.compile(rf"\s(?:{words.and_.pattern if words else '(?!)'}|u|\+)\s")
        self._names: dict[str, dict[str, tuple[Way, str]]] = {}
        self._shorter: dict[str, dict[str, tuple[Way, str]]] = {}
        self._bare: dict[str, list[str]] = {}
        for organisation in self._organisations.values():
            for way, names in _names(organisation):
                # An abbreviation or a doubtful spelling is what it is with an article before it as well.
                less = Way.SPELLING if way is Way.NAME else way
                for name in names:
                    self._names.setdefault(folded(name), {}).setdefault(organisation.key, (way, name))
                    full = words.in_full(name) if words and " " in name else ()  # "FH Zee": "Fachhochschule Zee"
                    for form in (name, *full):
                        shorter = self._shortened(folded(form))
                        self._shorter.setdefault(shorter, {}).setdefault(organisation.key, (less, name))
                    if organisation.parents and words and (unit := words.unit.match(folded(name))):
                        bare = self._shortened(folded(name)[unit.end() :]).strip()
                        self._bare.setdefault(bare, []).append(organisation.key)
        self._wholes = frozenset(parent for each in self._organisations.values() for parent in each.parents)
        self._without_place = _by_name(
            (folded(rest), organisation.key)
            for organisation in self._organisations.values()
            for rest in self._no_place(organisation.name)
        )
        self._groups = {folded(name): group for group in groups for name in (group.name, *group.spellings)}

    @cached_property
    def most_commas(self) -> int:
        """How many commas a name of an organisation or group has at most."""
        return max((len(_COMMA.findall(name)) for name in (*self._names, *self._groups)), default=0)

    @cached_property
    def longest(self) -> int:
        """How many characters a name of an organisation or group has at most."""
        return max(map(len, (*self._names, *self._groups)), default=0)

    @property
    def by_key(self) -> Mapping[str, Organisation]:
        """The organisations by key, in the order of the register."""
        return MappingProxyType(self._organisations)

    def names(self) -> Sequence[tuple[str, str]]:
        """Every (name, key) of the register, as written there."""
        return [(name, key) for bearers in self._names.values() for key, (_, name) in bearers.items()]

    def organisations(self, name: str) -> Sequence[str]:
        """Returns the keys of the organisations that bear the name; one key where just one is spelled exactly so."""
        bearers = self._bearers(name)
        exact = [key for key, (_, spelled) in bearers.items() if spelled == name]
        return exact if len(exact) == 1 else list(bearers)

    def resolve(self, name: str) -> Resolution:
        """Returns which organisation a name means.

        A pair 'A/B' of which B is a unit of A means B.
        """
        keys = self.organisations(name)
        if len(keys) == 1:
            return Known(keys[0], self._bearers(name)[keys[0]][0])
        if keys:
            return Ambiguous(tuple(sorted(keys)))
        whole, slash, unit = (part.strip() for part in name.partition("/"))
        if slash:
            units = self.units(unit, self.organisations(whole))
            if len(units) == 1:
                return Known(units[0], Way.UNIT)
        return Unknown()

    def without_place(self, name: str) -> Resolution:
        """Returns the one organisation of a name that says where it is as well: 'Koninklijk Atheneum'."""
        keys = self._without_place.get(folded(name), ())
        return Known(keys[0], Way.DOUBTFUL_SPELLING) if len(keys) == 1 else Unknown()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all names, folded: one of these is more likely of an organisation than of a person."""
        return frozenset(word for name in self._names for word in _WORD.findall(name))

    @cached_property
    def places(self) -> frozenset[str]:
        """The words at an end of three names or more that say where an organisation is: none for its kind."""
        ends = Counter(
            word
            for organisation in self._organisations.values()
            for word in {*organisation.name.split()[:1], *organisation.name.split()[-1:]}
        )
        return frozenset(
            word
            for word, times in ends.items()
            if times >= _LEAST_OF_PLACE and word.istitle() and self._words and not self._words.is_body(word)
        )

    def _no_place(self, name: str) -> Iterator[str]:
        """Yields a name without its place before or behind it: 'Koninklijk Atheneum', 'Development Trust'."""
        first, *rest = name.split()
        if rest and first in self.places:
            yield " ".join(rest)
        if rest and rest[-1] in self.places:
            yield " ".join([first, *rest[:-1]])

    def _bearers(self, name: str) -> Mapping[str, tuple[Way, str]]:
        spelled = folded(name)
        return self._names.get(spelled) or self._shorter.get(self._shortened(spelled), {})

    def _shortened(self, spelled: str) -> str:
        bare = "".join(sign for sign in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(sign))
        return self._left_out.sub("", self._and.sub("&", _HYPHEN.sub(" ", bare)))

    def is_group(self, name: str) -> bool:
        """Whether the name is that of a group."""
        return folded(name) in self._groups

    def is_open(self, group: str) -> bool:
        """Whether the list of groups says that the members of this group are left open."""
        known = self._groups.get(folded(group))
        return known is not None and known.open

    def has_units(self, key: str) -> bool:
        """Whether an organisation has units."""
        return key in self._wholes

    def units(self, name: str, wholes: Iterable[str]) -> Sequence[str]:
        """Returns the units of organisations that bear a name, or without their word for a unit: 'UL (Recht)'."""
        keys = dict.fromkeys(self.organisations(name) or self._bare.get(self._shortened(folded(name)), ()))
        return [key for key in keys if any(self.is_unit(key, whole) for whole in wholes)]

    def is_unit(self, unit: str, whole: str) -> bool:
        """Whether one organisation is, by its parents of any depth, a unit of the other."""
        above = list(self._organisations[unit].parents)
        while above:
            parent = above.pop()
            if parent == whole:
                return True
            above += self._organisations[parent].parents
        return False


@lru_cache(maxsize=32_768)
def folded(name: str) -> str:
    """Returns the form in which names are compared.

    >>> folded("HsL/ lectoraat  Recht") == folded("hsl/lectoraat recht")
    True
    >>> folded("Alte Mühle e. V.") == folded("Alte Mühle e.V.")
    True
    """
    plain = unicodedata.normalize("NFKC", name).replace("’", "'").replace("‘", "'")
    plain = " ".join(_STOPS.sub("", plain).replace(".", "").casefold().split())
    return _SLASH.sub(r"\1", plain).strip(" ,;:")


def _by_name(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Returns the keys of each name, each once."""
    found: dict[str, dict[str, None]] = {}
    for name, key in pairs:
        found.setdefault(name, {})[key] = None
    return {name: tuple(keys) for name, keys in found.items()}


def _names(organisation: Organisation) -> Iterable[tuple[Way, Sequence[str]]]:
    yield Way.NAME, [name for name in (organisation.name, organisation.name_en) if name]
    yield Way.ABBREVIATION, organisation.abbreviations
    yield Way.SPELLING, organisation.spellings
    yield Way.DOUBTFUL_SPELLING, organisation.doubtful_spellings
