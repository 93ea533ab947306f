"""What a publication tells about its agenda and tells portals, and the codes that it chooses from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Labels = tuple[str, str]
"""What something is called in Dutch and in English."""


@dataclass(frozen=True, slots=True)
class Values:
    """A published list of values, an authority table of the EU: what it is called, and each value by its code."""

    title: Labels
    labels: Mapping[str, Labels]


@cache
def values(table: str) -> Values:
    """Returns the values of an authority table, as far as an agenda may need them."""
    found = _told()[table]
    nl, en = found.get("title", ("", ""))
    return Values((nl, en), {code: (dutch, english) for code, (dutch, english) in found["values"].items()})


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence that we know: its IRI, names, kind (code and labels), and the IRIs of the same one in other lists."""

    iri: str
    short: str
    title: str
    kind: tuple[str, str, str]
    same: tuple[str, ...]


@cache
def licences() -> Mapping[str, Licence]:
    """Returns the licences that we know by their address, without what it begins and ends with."""
    return {address: Licence(**told) for address, told in _told()["licences"].items()}


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("authorities.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """What the publication tells about its agenda: key, titles and descriptions in nl and en, key of the publisher."""

    key: str
    title: str
    title_en: str
    description: str
    description_en: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where questions about the data go; a role or an office, never a person."""

    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueFacts:
    """What the publication tells portals; codes are those of the EU authority tables."""

    title: str
    title_en: str
    creator: str
    contact: Contact
    license: str
    access_rights: str
    frequency: str
    themes: tuple[str, ...]
    keywords: tuple[str, ...]
    keywords_en: tuple[str, ...]
    spatial: str
    homepage: str
