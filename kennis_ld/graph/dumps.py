"""The files in which all data can be downloaded: what a catalogue and a VoID description say about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
    """A form in which the data can be downloaded: how it is called, which standards it keeps to, what is in it."""

    name: str
    media_type: str
    file_type: str
    standard: str
    nl: str
    en: str


_NOW_NL, _NOW_EN = "De huidige stand van alle gegevens", "The current state of all data"
FORMS: Mapping[str, Form] = {
    "nq": Form(
        "N-Quads",
        "application/n-quads",
        "RDF_N_QUADS",
        "https://www.w3.org/TR/n-quads/",
        f"{_NOW_NL}, en elke editie van de agenda in een eigen graaf.",
        f"{_NOW_EN}, and every edition of the agenda in a graph of its own.",
    ),
    "ttl": Form(
        "Turtle",
        "text/turtle",
        "RDF_TURTLE",
        "https://www.w3.org/TR/turtle/",
        f"{_NOW_NL}, als RDF die ook mensen kunnen lezen.",
        f"{_NOW_EN}, as RDF that people can read as well.",
    ),
    "jsonld": Form(
        "JSON-LD",
        "application/ld+json",
        "JSON_LD",
        "https://www.w3.org/TR/json-ld11/",
        f"{_NOW_NL}, als RDF in JSON.",
        f"{_NOW_EN}, as RDF in JSON.",
    ),
    "rdf": Form(
        "RDF/XML",
        "application/rdf+xml",
        "RDF_XML",
        "https://www.w3.org/TR/rdf-syntax-grammar/",
        f"{_NOW_NL}, als RDF in XML.",
        f"{_NOW_EN}, as RDF in XML.",
    ),
    "csv": Form(
        "CSV",
        "text/csv",
        "CSV",
        "https://www.rfc-editor.org/info/rfc4180",
        "Een tabel voor een rekenblad: een rij voor elke organisatie die aan een project deelneemt.",
        "A table for a spreadsheet: one row for each organisation that takes part in a project.",
    ),
    "xlsx": Form(
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        "https://www.iso.org/standard/71691.html",
        "Een werkmap met de projecten op het ene blad en wie eraan deelneemt op het andere.",
        "A workbook with the projects in one sheet and who takes part in them in the other.",
    ),
}
"""The forms in which the data can be downloaded, by the end of their file names."""

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
