"""The files and services by which all data can be had: what a catalogue and a VoID description say about each."""

from __future__ import annotations

from dataclasses import dataclass

from kennis_ld.model.catalogue import FORMS


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file of a release that holds all data.

    Attributes:
        name: its name in the release.
        form: key of `FORMS`.
        sha256: its digest, in hexadecimals.
    """

    name: str
    form: str
    size: int
    sha256: str


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
