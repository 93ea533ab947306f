"""Where an entry stands in its document, as its pages say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publications import DOCUMENT, SETTINGS
from tests.web.small_city import served

PAGE = "".join(
    f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>"
    if "\t" in line
    else f'<tr><td colspan="4">{line}</td></tr>'
    for line in DOCUMENT.splitlines()
)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("agenda.txt", DOCUMENT, "regel 3"), ("agenda.html", f"<!doctype html><table>{PAGE}</table>", "")],
)
def test_line_is_said_where_people_count_lines(tmp_path: Path, name: str, content: str, said: str) -> None:
    """Of a web page the rows are counted through all its tables: nobody can find row 3 as “regel 3”."""
    client, _ = served(tmp_path, {"publication.toml": SETTINGS.replace("agenda.txt", name), name: content})
    pages = [
        client.get(f"/doc/{thing}").text
        for thing in ("project/schone-sloten", "agendapunt/2030--schone-sloten", "deelname/schone-sloten--gz--trekker")
    ]
    assert all("Agenda 2030" in page for page in pages), [page[:200] for page in pages]
    assert [bool(said)] * 3 == ["regel 3" in page for page in pages]
