"""Rows as readers give them, from lines that a test can be read by."""

from __future__ import annotations

from collections.abc import Sequence

from kennis_ld.model import Continuation, Kind, Place, SourceRow

HEADINGS = {
    "number": "nr|nummer|#|code|volgnummer|volgnr|projectnummer|nummer project|nummer van het project|no|number|ref|"
    "ref no|number of the project|lfd nr|projektnummer|nummer des projekts",
    "title": "project|titel|projectnaam|projecttitel|naam|naam project|naam van het project|titel project|"
    "titel van het project|title|project title|action|project name|name of the project|title of the project|"
    "we will|projekt|maßnahme|projektname|projekttitel|name des projekts|titel des projekts",
    "description": "beschrijving|beschrijving doel|omschrijving|korte omschrijving|projectomschrijving|"
    "toelichting|doel|samenvatting|description|summary|beschreibung|kurzbeschreibung",
    "leads": "trekker|trekkers|trekker(s)|kartrekker|kartrekkers|penvoerder|penvoerders|"
    "trekkende organisatie|verantwoordelijk|hoofdaanvrager|lead|leads|lead organisation|"
    "lead organization|lead partner|owner|responsible|federführung|verantwortlich|träger|"
    "projektträger|koordination",
    "partners": "partner|partners|partner(s)|overige partners|beoogde partners|(beoogde) partners|"
    "kernpartners|projectpartners|consortiumpartners|deelnemers|samenwerkingspartners|"
    "supporting|supporting partners|delivery partners|key partners|partner organisations|"
    "participants|contributors|beteiligte|beteiligte bereiche|kooperationspartner|"
    "projektpartner|mitwirkende|akteure",
    "parties": "trekker en partners|trekker(s) en partners|partijen|betrokken partijen|parties",
    "theme": "thema|programmalijn|pijler|theme|handlungsfeld",
}
"""Headings that every agenda may have, without a word in its settings."""


def row(cells: Sequence[str], place: Place, *, in_table: bool = True) -> SourceRow:
    """A row; without cells the edge of a table, with one cell a heading, or a text outside a table.

    A cell that begins with a blank goes on from the one above it in the same paragraph, one that begins with an empty
    line in a new one.
    """
    if not cells:
        return SourceRow((), place, Kind.EDGE)
    kind = Kind.TEXT if not in_table else Kind.HEADING if len(cells) == 1 else Kind.ROW
    goes_on = tuple(map(_how, cells))
    return SourceRow(tuple(map(_bare, cells)), place, kind, goes_on=goes_on if any(goes_on) else ())


def rows(*lines: str, document: str = "a.docx") -> list[SourceRow]:
    """Lines as rows: with '|' a row, with '=' in front a heading, empty the edge of a table, else text."""
    return [
        row(
            line.removeprefix("=").split("|") if line else (),
            Place(document, at, at),
            in_table="|" in line or line.startswith("="),
        )
        for at, line in enumerate(lines, start=1)
    ]


def _how(cell: str) -> Continuation:
    if cell.startswith("\n\n"):
        return Continuation.PARAGRAPH
    return Continuation.LINE if cell[:1] == " " and cell.strip() else Continuation.NONE


def _bare(cell: str) -> str:
    return cell.lstrip() if _how(cell) else cell
