"""The pages of the documentation: tables are whole, links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def tables(text: str) -> Iterator[list[str]]:
    """The tables of a page, each as its lines."""
    for block in re.split(r"^(?!\|).*$", _FENCED.sub("", text), flags=re.MULTILINE):
        if block.strip():
            yield block.strip().splitlines()


def anchors(page: Path) -> set[str]:
    """What a link may lead to in a page: its headings, in lower case, with dashes for blanks, without other marks."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_tables_are_whole(page: Path) -> None:
    """A table begins with a header and a line below it, and each row has as many cells: others are shown as text."""
    for rows in tables(page.read_text(encoding="utf-8")):
        cells = [len(re.split(r"(?<!\\)\|", row)) for row in rows]
        assert re.fullmatch(r"\|(?:\s*:?-+:?\s*\|)+", rows[1:2][0] if len(rows) > 1 else ""), rows[0]
        assert set(cells) == {cells[0]}, rows[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the project leads to one that is there, and to a heading that it has."""
    for target in re.findall(r"\]\(([^)\s]+)\)", _FENCED.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        if not re.match(r"[a-z]+:", path):
            found = page.parent / path if path else page
            assert found.exists(), target
            assert not anchor or anchor in anchors(found), target
