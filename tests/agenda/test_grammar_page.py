"""docs/grammar.md: each line of its tables is read as it says, and each list that it names is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kennis_ld.agenda.names import candidates
from kennis_ld.agenda.parties import parties
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.wording import Words
from kennis_ld.model import Contact, Group, Mention, Nobody, OpenList, Party, Remark, Unread
from kennis_ld.publication.language import OWN_WORDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "grammar.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| .+ \|$", PAGE, re.MULTILINE)


def shown(party: Party) -> str:
    """A party as the page writes it."""
    match party:
        case Mention(text, role, doubt=doubt, resolution=resolution):
            return f"{role.notation}:{text}{'' if candidates(resolution) else '*'}{'?' if doubt else ''}"
        case Group(text):
            return f"[{text}]"
        case OpenList(text):
            return f"…{text}"
        case Nobody(text):
            return f"–{text}"
        case Remark(text):
            return f"#{text}"
        case Contact():
            return "contact"
        case Unread(text):
            return f"unread:{text}"


@pytest.mark.parametrize(("cell", "reading"), LINES, ids=[cell for cell, _ in LINES])
def test_line_of_the_page(cell: str, reading: str, register: Register, words: Words) -> None:
    """A cell of the page is read as the page says."""
    found = parties(cell.replace("⏎", "\n"), role=None, lexicon=register, words=words)
    assert reading == " ".join(map(shown, found))


def test_page_has_its_lines() -> None:
    """No line of the tables escapes the test above."""
    tables = [
        line for line in PAGE.partition("## Roles")[2].partition("## Own words")[0].splitlines() if line[:3] == "| `"
    ]
    assert len(tables) == len(LINES) > 40


def test_page_names_every_list() -> None:
    """The lists to which a publication can add words are all named, and no other."""
    named = PAGE.partition("The lists of `[words]`:")[2].partition("\n\n")[0]
    assert set(OWN_WORDS) == set(re.findall(r"`([a-z]+)`", named))
