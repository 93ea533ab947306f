"""The files and services by which all data can be had: what a catalogue and a VoID description say about each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file of a release that holds all data.

    Attributes:
        name: its name in the release.
        form: key of `FORMS`.
        size: its bytes.
        sha256: its digest, in hexadecimals.
    """

    name: str
    form: str
    size: int
    sha256: str


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


_TOLD = tomllib.loads(Path(__file__).with_name("dumps.toml").read_text(encoding="utf-8"))

FORMS: Mapping[str, Form] = {form: Form(**told) for form, told in _TOLD["forms"].items()}
"""The forms in which the data can be downloaded, by the end of their file names."""

SERVICES: Mapping[str, Service] = {key: Service(**told) for key, told in _TOLD["services"].items()}
"""SPARQL and the change feed, in the order in which a catalogue names them; NDE asks for exactly these standards."""

_MEDIA_TYPES = {
    "csv-metadata.json": "application/csvm+json",
    "ro-crate-metadata.json": "application/ld+json",
    **{form: each.media_type for form, each in FORMS.items()},
    "json": "application/json",
    "svg": "image/svg+xml",
    "cff": "application/yaml",
    "tsv": "text/tab-separated-values",
}

RDF_FORMS = tuple(form for form in FORMS if form not in {"csv", "xlsx"})
"""The forms that are RDF, and so use the terms of the ontology."""


def media_type(name: str) -> str:
    """Returns the media type of a file of a release.

    >>> media_type("agenda.ttl"), media_type("agenda.csv-metadata.json"), media_type("findings.json")
    ('text/turtle', 'application/csvm+json', 'application/json')
    """
    return next(each for end, each in _MEDIA_TYPES.items() if name.endswith(end))
