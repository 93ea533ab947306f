"""The findings as a table to hand round: one row for each finding, to be opened in a spreadsheet.

A spreadsheet takes the divider of the country it is set to: a semicolon where a comma divides decimals, as in Dutch.
It takes a file for UTF-8 when that starts with a byte order mark. So the Dutch table has semicolons, the English one
commas, and both have the mark. A text that would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kennis_ld.model import Severity
from kennis_ld.publication.csv_file import safe
from kennis_ld.quality.messages import Message
from kennis_ld.translation import place


@dataclass(frozen=True, slots=True)
class _Form:
    """How the table looks in one language."""

    columns: tuple[str, ...]
    divider: str
    severities: Mapping[Severity, str]


_FORMS = {
    "nl": _Form(
        ("ernst", "project", "wat", "woorden", "wat_te_doen", "in_bestand", "plaats", "code"),
        ";",
        {Severity.VIOLATION: "fout", Severity.WARNING: "waarschuwing", Severity.INFO: "ter informatie"},
    ),
    "en": _Form(
        ("severity", "project", "what", "words", "what_to_do", "in_file", "place", "code"),
        ",",
        {Severity.VIOLATION: "violation", Severity.WARNING: "warning", Severity.INFO: "information"},
    ),
}


def handout(messages: Iterable[Message], language: str) -> bytes:
    """Returns the table as the bytes of a CSV file."""
    form = _FORMS[language]
    output = io.StringIO()
    rows = csv.writer(output, delimiter=form.divider, lineterminator="\r\n")
    rows.writerow(form.columns)
    for item in messages:
        cells = (
            form.severities[item.severity],
            ", ".join(item.subjects) or item.subject,
            item.message[language],
            item.words,
            item.remedy[language],
            item.file,
            "; ".join(place(each, language) for each in item.places or [item.place]),
            item.code,
        )
        rows.writerow(safe(cell) for cell in cells)
    return output.getvalue().encode("utf-8-sig")
