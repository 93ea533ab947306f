"""The organisations and groups of a register, and the identities that organisations have elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

AUTHORITIES: Mapping[str, tuple[str, str, str]] = {
    "ror": ("ROR", "https://ror.org/", "https://ror.org/"),
    "wikidata": ("Wikidata", "http://www.wikidata.org/entity/", "https://www.wikidata.org/"),
    "tooi": ("TOOI", "https://identifier.overheid.nl/tooi/id/", "https://standaarden.overheid.nl/tooi"),
}
"""The registers elsewhere that name organisations themselves: name, how their IRIs start, and their homepage."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identity of an organisation in somebody else's register.

    Attributes:
        register: `ror`, `wikidata`, `tooi`, or `same_as` for an address in any other register.
        value: the identifier as it stands in that register.
        iri: its IRI there.
    """

    register: str
    value: str
    iri: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of the register, or a provisional one for a name that the register does not know.

    Attributes:
        key: fixed once, part of the IRI.
        name: preferred Dutch name.
        name_en: preferred English name; empty where none is known.
        kind: schema.org type, one of `kennis_ld.vocabulary.SCHEMA_CLASSES`.
        parents: keys of the organisations it is a unit of.
        spellings: other forms in which documents name it.
        doubtful_spellings: forms that probably, but not certainly, mean it.
        identifiers: verified identities elsewhere.
        homepage: address of its site; empty where not verified.
        evidence: where name and identifiers were read, in the language of the publication.
        project: key of the project that is about this organisation; empty where there is none.
        note: what is doubtful about it or worth knowing, in the language of the publication.
        provisional: whether the software made it up for an unknown name.
    """

    key: str
    name: str
    name_en: str = ""
    kind: str = "Organization"
    parents: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    doubtful_spellings: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    homepage: str = ""
    evidence: str = ""
    evidence_en: str = ""
    project: str = ""
    note: str = ""
    note_en: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group of the publication's list: its texts, so that the reader does not take it for an organisation."""

    key: str
    name: str
    spellings: tuple[str, ...] = ()
    open: bool = False
