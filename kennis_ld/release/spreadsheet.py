"""The agenda as a table that opens in a spreadsheet: one row for each part that an organisation takes in a project.

A project without organisations has one row with those cells empty. A text that a spreadsheet would run as a formula
gets an apostrophe in front; the RDF forms and the SPARQL results keep the text as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from typing import IO

from kennis_ld.iri import Iris
from kennis_ld.model import Organisation, Participation, ProjectEntry, Theme
from kennis_ld.publication.csv_file import safe

COLUMNS = (
    "project",
    "nummer",
    "titel",
    "thema",
    "onderdeel",
    "rol",
    "organisatie",
    "organisatie_naam",
    "zekerheid",
    "woorden_in_de_bron",
    "van",
    "tot",
    "overige_partijen",
    "lijst_is_open",
    "beschrijving",
    "document",
    "regel",
)


class Spreadsheet:
    """Writes the table, row by row.

    Args:
        output: text file, opened with `newline=""`.
        iris: mints the IRIs in the table.
        themes: label of a theme by its key.
        organisations: organisation by its key, the provisional ones included.
    """

    def __init__(
        self,
        output: IO[str],
        *,
        iris: Iris,
        themes: Callable[[str], Theme],
        organisations: Callable[[str], Organisation],
    ) -> None:
        self._rows = csv.writer(output, lineterminator="\r\n")  # RFC 4180, section 2
        self._iris = iris
        self._theme = themes
        self._organisation = organisations
        self._rows.writerow(COLUMNS)

    def add(self, entries: Iterable[ProjectEntry]) -> None:
        """Writes the rows of these entries, in the order of the document."""
        for item in entries:
            for participation in item.participations or (None,):
                self._rows.writerow(safe(cell) for cell in self._row(item, participation))

    def _row(self, item: ProjectEntry, participation: Participation | None) -> Sequence[str]:
        labels = [self._theme(key).label for key in item.themes]
        part: Sequence[str] = ("",) * 7
        if participation:
            part = (
                participation.role.value,
                self._iris.organisation(participation.organisation),
                self._organisation(participation.organisation).name,
                participation.certainty.value,
                " | ".join(participation.mentions),
                participation.start.isoformat() if participation.start else "",
                participation.end.isoformat() if participation.end else "",
            )
        return (
            self._iris.project(item.project),
            item.entry.number,
            item.entry.title,
            *[*labels, "", ""][:2],
            *part,
            " | ".join(item.groups),
            "ja" if item.open_list else "nee",
            item.entry.description,
            item.entry.place.document,
            str(item.entry.place.first_line or ""),
        )
