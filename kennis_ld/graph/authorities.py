"""The published lists that a catalogue takes its values from, and what is said about such a value.

The range shapes of DCAT-AP 3.0.1 and DCAT-AP-NL 3.0 want to know of every value what kind of thing it is, and a
harvester does not look that up; so a catalogue says it itself (SEMICeu/DCAT-AP issues 125 and 163). The labels are
those of the lists, and stand in `kennis_ld/model/authorities.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from kennis_ld.graph.statements import Triple, labels, types
from kennis_ld.model.catalogue import Labels, Licence, licences, values

_EU = "http://publications.europa.eu/resource/authority/"
_LICENCE_TYPES = "http://purl.org/adms/licencetype/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority table of the EU Publications Office, as far as a catalogue of ours needs it.

    Attributes:
        name: last part of its IRI.
        kind: class that DCAT-AP asks of its values.
    """

    name: str
    kind: URIRef

    @property
    def values(self) -> Mapping[str, Labels]:
        """Dutch and English label of each value, by its code; an empty label is one the table does not have."""
        return values(self.name).labels

    @property
    def iri(self) -> URIRef:
        """The IRI of the table."""
        return URIRef(_EU + self.name)

    def value(self, code: str) -> URIRef:
        """Returns the IRI of a value.

        Raises:
            KeyError: there is no such value (a mistake in the program: settings are checked where they are read).
        """
        if code not in self.values:
            raise KeyError(f"{code!r} is not in the table {self.name}")
        return URIRef(f"{self.iri}/{code}")

    def triples(self, code: str) -> Iterator[Triple]:
        """Yields what a value is and how it is called; a concept is shown in its scheme.

        The name is never an rdfs:label: CKAN would keep that in the place of the IRI, and then no portal that harvests
        CKAN would know the value again (ckanext-dcat 2.4.4: "irregular" as the frequency).
        """
        subject = self.value(code)
        nl, en = self.values[code]
        yield from types(subject, self.kind)
        yield from labels(subject, SKOS.prefLabel, nl=nl, en=en)
        if self.kind == SKOS.Concept:
            yield subject, SKOS.inScheme, self.iri
            yield from types(self.iri, SKOS.ConceptScheme)
            nl, en = values(self.name).title
            yield from labels(self.iri, DCTERMS.title, nl=nl, en=en)


THEME = Authority("data-theme", SKOS.Concept)
ACCESS_RIGHT = Authority("access-right", DCTERMS.RightsStatement)
FREQUENCY = Authority("frequency", DCTERMS.Frequency)
LANGUAGE = Authority("language", DCTERMS.LinguisticSystem)
FILE_TYPE = Authority("file-type", DCTERMS.MediaTypeOrExtent)
DATASET_STATUS = Authority("dataset-status", SKOS.Concept)
AVAILABILITY = Authority("planned-availability", SKOS.Concept)


def file_type_triples(code: str) -> Iterator[Triple]:
    """Yields what a form of files is, for CKAN as well: only of a dct:IMT it shows the name and not the IRI."""
    subject = FILE_TYPE.value(code)
    yield from FILE_TYPE.triples(code)
    yield from types(subject, DCTERMS.IMT)
    yield subject, RDFS.label, Literal(FILE_TYPE.values[code][1])


_LANGUAGE_CODES = {"nl": "NLD", "en": "ENG", "fy": "FRY", "de": "DEU", "fr": "FRA"}


def language_code(tag: str) -> str:
    """Returns the code in the table of languages for a language tag; empty for one the table above does not have.

    >>> language_code("nl-NL")
    'NLD'
    """
    return _LANGUAGE_CODES.get(tag.partition("-")[0].lower(), "")


def media_type(name: str) -> URIRef:
    """Returns the IRI of a media type registered with IANA."""
    return URIRef(_MEDIA_TYPES + name)


# The address of a licence is written in many ways: http, www, and the page for people in some language (".../deed.nl").
_VARIANT = re.compile(r"https?://(?:www\.)?(?P<name>.+?)/?(?:(?:deed|legalcode)(?:\.[\w-]+)?)?")


def _known(address: str) -> Licence | None:
    found = _VARIANT.fullmatch(address)
    return licences().get(found["name"]) if found else None


def licence(address: str) -> URIRef:
    """Returns the IRI of a licence: for one we know the https IRI that NDE asks for, however it was written."""
    known = _known(address)
    return URIRef(known.iri if known else address)


def licence_name(address: str) -> str:
    """Returns what a licence is called; its address, where we do not know it."""
    known = _known(address)
    return known.short if known else address


def licence_triples(address: str) -> Iterator[Triple]:
    """Yields what a licence is; of one we know also its name, its kind, and the same licence in other lists.

    DCAT-AP-NL, the EU and NDE each have an IRI of their own for one licence, and a distribution may have one licence
    only; so there is one IRI, and `skos:exactMatch` leads to the others.
    """
    subject = licence(address)
    yield from types(subject, DCTERMS.LicenseDocument)
    if known := _known(address):
        code, nl, en = known.kind
        kind = URIRef(_LICENCE_TYPES + code)
        yield from labels(subject, DCTERMS.title, nl="", en=known.title)
        yield from labels(subject, SKOS.prefLabel, nl=known.short, en=known.short)
        yield subject, DCTERMS.type, kind
        for other in known.same:
            yield subject, SKOS.exactMatch, URIRef(other)
        yield from types(kind, SKOS.Concept)
        yield from labels(kind, SKOS.prefLabel, nl=nl, en=en)
