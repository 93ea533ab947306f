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
from kennis_ld.release.packaging import columns
from kennis_ld.release.workbook import Workbook

_OF_A_PART = ("rol", "organisatie", "organisatie_naam", "zekerheid", "woorden_in_de_bron", "van", "tot")
COLUMNS = tuple(columns())
SHEETS = {
    "projecten": [name for name in COLUMNS if name not in _OF_A_PART],
    "deelnames": ["project", "nummer", "titel", *_OF_A_PART],
}
"""The sheets of the workbook and their columns: a project stands in one row, and so does each part in it."""


class Spreadsheet:
    """Writes the table as CSV and into a workbook, row by row.

    Args:
        output: text file, opened with `newline=""`.
        workbook: with SHEETS.
        organisations: organisation by its key, the provisional ones included.
    """

    def __init__(
        self,
        output: IO[str],
        workbook: Workbook,
        *,
        iris: Iris,
        themes: Callable[[str], Theme],
        organisations: Callable[[str], Organisation],
    ) -> None:
        self._rows = csv.writer(output, lineterminator="\r\n")  # RFC 4180, section 2
        self._workbook = workbook
        self._iris = iris
        self._theme = themes
        self._organisation = organisations
        self._rows.writerow(COLUMNS)

    def add(self, entries: Iterable[ProjectEntry]) -> None:
        """Writes the rows of these entries, in the order of the document."""
        for item in entries:
            for place, participation in enumerate(item.participations or (None,)):
                cells = self._row(item, participation)
                self._rows.writerow(map(safe, cells))
                named = dict(zip(COLUMNS, cells, strict=True))
                if place == 0:
                    self._workbook.add("projecten", named)
                if participation is not None:
                    self._workbook.add("deelnames", named)

    def _row(self, item: ProjectEntry, participation: Participation | None) -> Sequence[str]:
        labels = [self._theme(key).label for key in item.themes]
        part: Sequence[str] = ("",) * 7
        if participation:
            part = (
                participation.role.label,
                self._iris.organisation(participation.organisation),
                self._organisation(participation.organisation).name,
                participation.certainty.value,
                " | ".join(participation.mentions),
                participation.start,
                participation.end,
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
            item.facts.start,
            item.facts.end,
            item.facts.status.label if item.facts.status else "",
            f"{item.facts.budget:f}" if item.facts.budget is not None else "",
            item.facts.currency,
            " | ".join(item.facts.links),
            " | ".join((*item.remarks, *item.facts.remarks)),
        )
