"""Compares the organisations of a register with those of a file: what may be proposed, what a person has to choose.

Pure. One organisation with the same name, or with an identity that the register has already, is proposed. Several of
that name are told apart by their site, town and country; where that does not help, and where a name is only nearly the
same, a person chooses. A place, or the name of a territory for its government, is never proposed, and a namesake in
another country is asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from kennis_ld.agenda.similarity import Alike, words
from kennis_ld.linking import knowledge
from kennis_ld.linking.candidate import Candidate, Kind, host
from kennis_ld.model import Organisation

SAME = 100.0
SPELLING = 95.0
"""Score where the name is only a spelling of the register's: 'Cultuurfonds' may be another fund elsewhere."""

ABBREVIATION = 90.0
"""Score where the name is an abbreviation there: 'TNO' may be several."""

LEAST = 88.0
"""Score below which names are not alike: 'Hogeschool Leiden' and 'Hogeschool Leeuwarden' have 79."""

MOST_CHOICES = 5

_APART = ("identifier", "site", "town", "country")


class Outcome(Enum):
    """What came of one organisation."""

    PROPOSED = "proposed"
    CHOOSE = "choose"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Home:
    """Where the city is, to tell namesakes apart; each may be empty.

    Attributes:
        town_iri: its IRI in GeoNames.
        country: two letters or a name.
    """

    town_iri: str = ""
    town: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate that may be an organisation of the register.

    Attributes:
        name: the name of it that fits.
        score: how much that name is like one of the register, from 0 to 100.
        signs: what speaks for it: `identifier`, `name`, `spelling`, `abbreviation`, `near`, `site`, `town`, `country`.
        adds: identities that the register lacks, by column.
        abroad: whether it is in another country than the city, and nothing but its name speaks for it.
        passed_over: why it is not proposed although its name fits: `place` (a territory is never its government),
            `taken` (another organisation has this identity), `other` (the register has another identity in the same
            register of others) or `abroad` (a name that is only nearly the same, in another country); empty where it
            may be.
    """

    candidate: Candidate
    name: str
    score: float
    signs: tuple[str, ...]
    adds: Mapping[str, str]
    abroad: bool = False
    passed_over: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What came of one organisation.

    Attributes:
        organisation: of the register.
        outcome: whether there is something to propose or to choose.
        hits: the one that is proposed, or those to choose from, the best first.
        passed_over: what is not proposed.
    """

    organisation: Organisation
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    passed_over: tuple[Hit, ...] = ()


class Wanted:
    """The names and identities of a register, to be compared with those of candidates."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.organisations = {each.key: each for each in organisations}
        self._same: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.known: dict[str, str] = {}
        names: list[tuple[str, str]] = []
        for each in self.organisations.values():
            self.known |= {identifier.iri: each.key for identifier in each.identifiers}
            for sign, spelled in (("name", (each.name, each.name_en)), ("spelling", each.spellings)):
                for name in filter(None, map(words, spelled)):
                    self._same[name].setdefault(each.key, sign)
                    names.append((name, each.key))
        self._names = names
        self._alike = Alike([name for name, _ in names])

    def looks_like(self, name: str) -> bool:
        """Whether a name is, or looks like, one of the register."""
        return words(name) in self._same or bool(self._alike.near(name, least=LEAST))

    def meant(self, candidate: Candidate) -> Mapping[str, tuple[float, str, str]]:
        """Returns score, sign and name by the key of each organisation that a candidate may be."""
        found: dict[str, tuple[float, str, str]] = {}

        def add(key: str, score: float, sign: str, name: str) -> None:
            if key not in found or found[key][0] < score:
                found[key] = (score, sign, name)

        first = next(iter((*candidate.names, *candidate.abbreviations)))
        for iri in candidate.identities.values():
            if iri in self.known:
                add(self.known[iri], SAME, "identifier", first)
        for name in candidate.names:
            same = self._same.get(words(name), {})
            for key, sign in same.items():
                add(key, SAME if sign == "name" else SPELLING, sign, name)
            if not same:
                for at, score in self._alike.near(name, least=LEAST):
                    add(self._names[at][1], min(score, SPELLING - 1), "near", name)
        for name in candidate.abbreviations:
            for key, sign in self._same.get(words(name), {}).items():
                if sign == "name":
                    add(key, ABBREVIATION, "abbreviation", name)
        return found


def links(wanted: Wanted, candidates: Iterable[Candidate], *, home: Home, own: str) -> Sequence[Link]:
    """Returns what came of each organisation, in the order of the register; without those that lack nothing.

    Args:
        candidates: the organisations of the file; only those that may be meant are kept.
        home: where the city is.
        own: how the IRIs of this publication begin; an organisation is not linked with itself.
    """
    hits: defaultdict[str, list[Hit]] = defaultdict(list)
    for candidate in candidates:
        for key, (score, sign, name) in wanted.meant(candidate).items():
            organisation = wanted.organisations[key]
            adds = _adds(organisation, candidate, own)
            if not adds:
                continue
            signs = (sign, *_signs(organisation, candidate, home))
            hit = Hit(candidate, name, round(score, 1), signs, adds, _abroad(candidate, signs, home))
            hits[key].append(replace(hit, passed_over=_reason(organisation, hit, wanted)))
    found = [
        _decided(organisation, hits[key])
        for key, organisation in wanted.organisations.items()
        if hits[key] or not organisation.identifiers
    ]
    return _without_shared(found)


def _adds(organisation: Organisation, candidate: Candidate, own: str) -> Mapping[str, str]:
    """Returns the identities that an organisation lacks.

    One item of Wikidata is often both a municipality and its territory (Leiden, Q43631): for a government it is left
    out where the file has another identity.
    """
    has = {identifier.register for identifier in organisation.identifiers}
    same = {identifier.iri for identifier in organisation.identifiers}
    adds = {
        column: iri
        for column, iri in candidate.identities.items()
        if iri not in same
        and not iri.startswith(own)
        and not knowledge.in_place_register(iri)
        and (column == "same_as" or column not in has)
    }
    if _governs(organisation) and len(candidate.identities) > 1:
        adds.pop("wikidata", None)
    return adds


def _governs(organisation: Organisation) -> bool:
    return organisation.kind == "GovernmentOrganization" and knowledge.government(words(organisation.name))


def _signs(organisation: Organisation, candidate: Candidate, home: Home) -> Iterable[str]:
    if organisation.homepage and host(organisation.homepage) == host(candidate.site):
        yield "site"
    town = words(candidate.town)
    named = f" {words(organisation.name)} "
    if (
        (home.town_iri and home.town_iri == candidate.town_iri)
        or (town and town == words(home.town))
        or (town and f" {town} " in named)
    ):
        yield "town"
    if home.country and words(home.country) in map(words, candidate.country):
        yield "country"


def _abroad(candidate: Candidate, signs: Sequence[str], home: Home) -> bool:
    told = set(_APART) & set(signs)
    return bool(home.country and candidate.country and not told)


def _reason(organisation: Organisation, hit: Hit, wanted: Wanted) -> str:
    """Returns why a candidate is not proposed; empty where it may be."""
    candidate = hit.candidate
    sure = hit.signs[0] == "identifier"
    if candidate.kind is Kind.PLACE:
        return "place"
    says_government = candidate.kind is Kind.GOVERNMENT or knowledge.government(words(hit.name))
    if _governs(organisation) and not sure and not says_government:
        return "place"
    if any(wanted.known.get(iri, organisation.key) != organisation.key for iri in candidate.identities.values()):
        return "taken"
    known = {identifier.register: identifier.iri for identifier in organisation.identifiers}
    if any(column != "same_as" and known.get(column, iri) != iri for column, iri in candidate.identities.items()):
        return "other"
    return "abroad" if hit.abroad and hit.signs[0] == "near" else ""


def _decided(organisation: Organisation, hits: Sequence[Hit]) -> Link:
    passed = tuple(hit for hit in hits if hit.passed_over)
    possible = [hit for hit in hits if not hit.passed_over]
    each = {frozenset(hit.adds.values()): hit for hit in sorted(possible, key=_rank, reverse=True)}
    ordered = sorted(each.values(), key=_rank)
    best = [hit for hit in ordered if hit.score == SAME] or ordered
    shown = tuple(best[:MOST_CHOICES])
    for sign in _APART:
        best = [hit for hit in best if sign in hit.signs] or best
    if not ordered:
        return Link(organisation, Outcome.NOTHING, (), passed)
    sure = len(best) == 1 and not best[0].abroad and (best[0].score == SAME or "site" in best[0].signs)
    if sure and not (_governs(organisation) and set(best[0].adds) == {"wikidata"}):
        return Link(organisation, Outcome.PROPOSED, (best[0],), passed)
    return Link(organisation, Outcome.CHOOSE, shown, passed)


def _rank(hit: Hit) -> tuple[float, int, str]:
    """The best first: the same name, then what more speaks for it, then the identity, so that the order is the same."""
    return (-hit.score, -len(hit.signs), min(hit.adds.values()))


def _without_shared(found: Sequence[Link]) -> Sequence[Link]:
    """Returns the outcomes with a choice where one identity would be proposed for two organisations."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for link in found:
        if link.outcome is Outcome.PROPOSED:
            for iri in link.hits[0].adds.values():
                owners[iri].add(link.organisation.key)
    return [
        replace(link, outcome=Outcome.CHOOSE)
        if link.outcome is Outcome.PROPOSED and any(len(owners[iri]) > 1 for iri in link.hits[0].adds.values())
        else link
        for link in found
    ]
