"""Reads boxes to tick in a cell of a form: "☒ running ☐ ended" says "running", and a finding says what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kennis_ld.model import Finding, SourceRow

_BOX = re.compile(r"(?P<sign>[☐☑☒])(?P<text>[^☐☑☒]*)")


def ticked(rows: Iterable[SourceRow | Finding]) -> Iterator[SourceRow | Finding]:
    """Yields rows with what is ticked in the place of all there is to choose from; a box without words is a mark."""
    for row in rows:
        if isinstance(row, Finding) or len(row.cells) < 2 or not any(map(_boxes, row.cells)):
            yield row
            continue
        yield replace(row, cells=tuple(map(_chosen, row.cells)), kept=row.kept and tuple(map(_chosen, row.kept)))
        for at, cell in enumerate(row.cells):
            left = [box["text"].strip() for box in _boxes(cell) if box["sign"] == "☐"]
            if any(left):
                yield Finding("box-not-ticked", row.cell_place(at), words=", ".join(filter(None, left)))


def _boxes(cell: str) -> list[re.Match[str]]:
    """Returns the boxes of a cell, each with what stands behind it."""
    return list(_BOX.finditer(cell)) if any(map(str.isalnum, cell)) else []


def _chosen(cell: str) -> str:
    """Returns a cell without boxes and without what is not ticked."""
    boxes = _boxes(cell)
    if not boxes:
        return cell
    texts = [cell[: boxes[0].start()], *(box["text"] for box in boxes if box["sign"] != "☐")]
    return "\n".join(filter(None, map(str.strip, texts)))
