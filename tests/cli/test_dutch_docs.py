"""The Dutch documentation for officers: its commands exist, its links lead somewhere, its files are right."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kennis_ld.cli import main
from kennis_ld.publication.proposals import KEYS, proposed_file

DOCS = Path(__file__).resolve().parents[2] / "docs" / "nl"
PAGES = sorted(DOCS.glob("*.md"))


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_every_page_is_there() -> None:
    """An officer begins, describes the document, links, takes over proposals, and looks up a finding or a setting."""
    names = ["begin", "indeling", "koppelen", "meldingen", "uiterlijk", "voorstellen"]
    assert names == [page.stem for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_can_be_typed(page: Path) -> None:
    """Every command line of a page is one that kennis-ld understands."""
    blocks = "".join(re.findall(r"```sh\n(.*?)```", text(page), re.DOTALL))
    for line in blocks.splitlines():
        words = shlex.split(line)
        main.commands[words[1]].make_context(words[1], words[2:])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to another page of the documentation finds it."""
    assert [] == [link for link in re.findall(r"\]\(([^)#]+)\)", text(page)) if not (DOCS / link).exists()]


def test_proposals_are_explained() -> None:
    """Each table that `check --proposals` can write is in the page about them."""
    page = text(DOCS / "voorstellen.md")
    assert [] == [table for table in KEYS if f"| `{proposed_file(table)}` |" not in page]
