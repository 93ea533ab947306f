"""Writes what was found as rows of `register.proposed.csv`, which `kennis-ld adopt` takes over.

A cell that begins with a question mark is for a person to decide: it is refused until one address stands there alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kennis_ld.linking import knowledge
from kennis_ld.linking.matching import Hit, Link, Outcome
from kennis_ld.publication import tables
from kennis_ld.publication.csv_file import safe
from kennis_ld.publication.identifiers import ADDRESSES, IDENTIFIER_IRIS
from kennis_ld.publication.proposals import Proposed, write_rows
from kennis_ld.publication.publication import Publication

QUESTION = "? "


def write(folder: Path, publication: Publication, found: Sequence[Link], *, source: str) -> Proposed:
    """Writes a row for each organisation with something to propose or choose; nothing where there is none.

    Args:
        source: what the file is called, for the evidence.

    Raises:
        UnreadableInput: the folder cannot be written, or has proposals that people may be at work on.
    """
    rows = list(_rows(publication, found, source))
    if not rows:
        return Proposed({}, ())
    used = [name for name in (*IDENTIFIER_IRIS, ADDRESSES) if any(name in row for row in rows)]
    path = write_rows(folder, publication, "register", rows, columns=("key", "name", *used, "evidence_en"))
    return Proposed({path: len(rows)}, ())


def evidence(hit: Hit, source: str) -> str:
    """Returns where an identity was read and what speaks for it, in English: the register keeps it, to be published."""
    candidate = hit.candidate
    about = ", ".join(filter(None, (f'"{hit.name}"', candidate.town, *candidate.country[-1:])))
    signs = ", ".join(knowledge.sign(each, "en") for each in hit.signs)
    return f"{source}: {candidate.where} = {about} ({signs}; score {hit.score:g})"


def _rows(publication: Publication, found: Sequence[Link], source: str) -> Iterator[Mapping[str, str]]:
    written = {row["key"]: row for _, row in tables.rows(publication.table("register"), tables.REGISTER)}
    used = {column for link in found for hit in link.hits for column in hit.adds}
    for link in found:
        if link.outcome is Outcome.NOTHING:
            continue
        row = written[link.organisation.key]
        cells = {"key": row["key"], "name": row["name"]}
        # Adopting a row puts each of its cells in the register: what stands there already stays.
        cells |= {column: row[column] for column in used if row[column]}
        for column in (*IDENTIFIER_IRIS, ADDRESSES):
            given = list(dict.fromkeys(hit.adds[column] for hit in link.hits if column in hit.adds))
            if given:
                whole = " | ".join(filter(None, (row[column], *given)))
                cells[column] = whole if link.outcome is Outcome.PROPOSED else QUESTION + whole
        told = "; ".join(evidence(hit, source) for hit in link.hits)
        cells["evidence_en"] = safe("; ".join(filter(None, (row["evidence_en"], told))))
        yield cells
