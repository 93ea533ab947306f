"""What a publication tells about its agenda and tells portals, and the codes that it chooses from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kennis_ld.data_file import data_file
from kennis_ld.model.texts import Texts

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
    found = data_file(__file__, "authorities.toml")[table]
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
    return {address: Licence(**told) for address, told in data_file(__file__, "authorities.toml")["licences"].items()}


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which the data can be had: how it is called, which standards it keeps to, what is in it."""

    name: str
    media_type: str
    file_type: str
    standard: str
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Service(Form):
    """A way to get the data that is no file; the media type is empty where one address answers in many."""

    service_nl: str
    service_en: str


_DUMPS = data_file(__file__, "dumps.toml")

FORMS: Mapping[str, Form] = {form: Form(**told) for form, told in _DUMPS["forms"].items()}
"""The forms in which the data can be downloaded, by the end of their file names."""

SERVICES: Mapping[str, Service] = {key: Service(**told) for key, told in _DUMPS["services"].items()}
"""SPARQL and the change feed, in the order in which a catalogue names them; NDE asks for exactly these standards."""


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """What the publication tells about its agenda: key, title and description by language, key of the publisher."""

    key: str
    title: Texts
    description: Texts
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

    title: Texts
    creator: str
    contact: Contact
    license: str
    access_rights: str
    frequency: str
    themes: tuple[str, ...]
    keywords: Mapping[str, tuple[str, ...]]
    spatial: str
    homepage: str

    @property
    def own_keywords(self) -> Sequence[str]:
        """The keywords in the first language that has any: mostly that of the publication."""
        return next(iter(self.keywords.values()), ())
