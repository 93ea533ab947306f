"""What `knowledge.toml` says of governments, territories, the columns of tables and the signs of a candidate."""

from __future__ import annotations

from kennis_ld.data_file import data_file
from kennis_ld.vocabulary import SCHEMA_CLASSES

_KNOWN = data_file(__file__, "knowledge.toml")


def government(spelled: str) -> bool:
    """Whether the words of a name have one that a government of a territory has in its name.

    >>> government("gemeente zandwijk"), government("zandwijk")
    (True, False)
    """
    return not set(spelled.split()).isdisjoint(_KNOWN["government"])


def is_place_type(iri: str) -> bool:
    """Whether a type is one of places."""
    return local_name(iri) in _KNOWN["places"]


def is_organisation_type(iri: str) -> bool:
    """Whether a type is one of organisations, or of concepts, as thesauri of organisations have."""
    return local_name(iri) in _KNOWN["organisations"] or local_name(iri) in SCHEMA_CLASSES - {"Project"}


def in_place_register(iri: str) -> bool:
    """Whether an address is one of a register of places."""
    return iri.startswith(tuple(_KNOWN["place_registers"]))


def column(name: str) -> str:
    """Returns what a column of a table of others holds; empty where it is not known.

    >>> column("Naam"), column("ROR"), column("kleur")
    ('name', 'identifier', '')
    """
    plain = " ".join(name.split()).casefold()
    return next((known for known, names in _KNOWN["columns"].items() if plain in names), "")


def sign(name: str, language: str) -> str:
    """Returns what speaks for a candidate in words, "nl" or "en".

    >>> sign("town", "nl")
    'zelfde plaats'

    Raises:
        KeyError: there is no such sign, which is a mistake in the program.
    """
    return str(_KNOWN["signs"][name][language])


def local_name(iri: str) -> str:
    """Returns what stands behind the namespace in an IRI."""
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]
