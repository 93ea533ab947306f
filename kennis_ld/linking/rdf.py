"""Reads organisations or concepts from RDF of somebody else, streaming: a dump of another city, a thesaurus in SKOS.

The file is read twice: first for the things that have a name or an identity that is asked for, then for what it says of
these. So what is in memory is what was found, however large the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kennis_ld.errors import UnreadableInput
from kennis_ld.graph.formats import ForeignStatement, foreign_statements
from kennis_ld.linking import knowledge
from kennis_ld.linking.candidate import Candidate, Kind
from kennis_ld.publication.identifiers import identity

MOST_THINGS = 200_000
"""Things that may have a name that is asked for."""

_NAMES = {"prefLabel", "name", "legalName", "label", "title", "altLabel", "alternateName"}
_SAME = {"sameAs", "exactMatch"}
_SAID = {
    "homepage": "site", "url": "site", "addressLocality": "town", "locality": "town", "addressCountry": "country",
    "country-name": "country",
}  # fmt: skip
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(slots=True)
class _Thing:
    names: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    same: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    provisional: bool = False


def candidates(path: Path, form: str, *, wanted: Callable[[str], bool], known: Collection[str]) -> Iterator[Candidate]:
    """Yields the things of a file that may be meant.

    Args:
        form: key of `kennis_ld.graph.formats.FORMATS`.
        wanted: whether a name is, or looks like, one that is asked for.
        known: IRIs of identities that the register has already: who has one of them is meant for certain.

    Raises:
        UnreadableInput: it is not in this form, or too many things have a name that is asked for.
    """
    found: set[str] = set()
    for said in _read(path, form):
        local = knowledge.local_name(said.predicate)
        named = local in _NAMES and not said.is_iri and wanted(said.value)
        if named or said.subject in known or (local in _SAME and said.is_iri and said.value in known):
            found.add(said.subject)
        if len(found) > MOST_THINGS:
            raise UnreadableInput(
                f"More than {MOST_THINGS} things in this file have a name that is asked for.",
                where=str(path),
                remedy="Take a smaller file, with organisations only.",
            )
    if not found:
        return
    gathered: defaultdict[str, _Thing] = defaultdict(_Thing)
    for said in _read(path, form):
        if said.subject in found:
            _add(gathered[said.subject], said)
    for subject in sorted(found):
        if candidate := _candidate(subject, gathered[subject]):
            yield candidate


def _read(path: Path, form: str) -> Iterator[ForeignStatement]:
    try:
        with path.open("rb") as file:
            yield from foreign_statements(file, form)
    except (SyntaxError, ValueError) as error:
        raise UnreadableInput(
            f"This is not the RDF that its name says: {error}.",
            where=str(path),
            remedy="Give it the ending of its form: .nq, .nt, .ttl, .rdf or .jsonld.",
        ) from error


def _add(thing: _Thing, said: ForeignStatement) -> None:
    local = knowledge.local_name(said.predicate)
    if local in _NAMES and not said.is_iri:
        at = 0 if local == "prefLabel" else len(thing.names)
        thing.names.insert(at, " ".join(said.value.split()))
    elif said.predicate == _TYPE:
        thing.types.add(said.value)
    elif local in _SAME and said.is_iri:
        thing.same.append(said.value)
    elif local == "provisional":
        thing.provisional = said.value == "true"
    elif local in _SAID:
        thing.said.setdefault(_SAID[local], said.value)


def _candidate(subject: str, thing: _Thing) -> Candidate | None:
    """Returns what was found as a candidate; None for a provisional one, and for what is of another kind."""
    place = any(map(knowledge.is_place_type, thing.types))
    if thing.provisional or (thing.types and not place and not any(map(knowledge.is_organisation_type, thing.types))):
        return None
    # What is itself an address, last, goes before other addresses.
    found = (identity(iri) for iri in (*thing.same, subject) if not knowledge.in_place_register(iri))
    identities = dict(filter(None, found))
    if not thing.names or not identities:
        return None
    return Candidate(
        names=tuple(dict.fromkeys(thing.names)),
        identities=identities,
        where=subject,
        site=thing.said.get("site", ""),
        town=thing.said.get("town", ""),
        country=tuple(filter(None, [thing.said.get("country")])),
        kind=_kind(thing.types, place=place),
    )


def _kind(types: Collection[str], *, place: bool) -> Kind:
    if place:
        return Kind.PLACE
    if any(knowledge.local_name(each) == "GovernmentOrganization" for each in types):
        return Kind.GOVERNMENT
    return Kind.ORGANISATION if types else Kind.UNSAID
