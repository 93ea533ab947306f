"""The words of CONTRIBUTING: those to use lead to where they are used, those to avoid stand nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.conftest import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
WORDS = PAGE.partition("\n## Words\n")[2].partition("\n## ")[0]
AVOIDED = WORDS.partition("Not at all")[2].partition("\n\n")[0]
_PLAIN, _MODULES = (re.findall(r"`(\w+)`", part) for part in AVOIDED.split("and modules named"))


def written() -> Iterator[tuple[Path, str]]:
    """All code and all pages but the list itself."""
    for path in (*(ROOT / "kennis_ld").rglob("*.py"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        yield path, text.replace(WORDS, "")


def test_examples_are_there() -> None:
    """Each file that a word points to exists."""
    files = set(re.findall(r"`(kennis_ld/[\w/.]+)`", WORDS))
    assert len(files) > 15
    assert {name for name in files if not (ROOT / name).exists()} == set()


def test_the_way_of_a_row_is_there() -> None:
    """Each step of the way of a row has its name in its file."""
    steps = re.findall(r"^\| `([\w/]+)\.py` \| `(\w+)` \|", PAGE, re.MULTILINE)
    assert len(steps) > 10
    assert [] == [
        (module, name)
        for module, name in steps
        if not hasattr(import_module(f"kennis_ld.{module.replace('/', '.')}"), name)
    ]


def test_words_to_avoid_stand_nowhere() -> None:
    """No name, docstring, comment or page has them."""
    avoided = re.compile(rf"\b(?:{'|'.join(_PLAIN)})(?:s|d|r|rs|ing)?\b", re.IGNORECASE)
    assert len(_PLAIN) > 10
    assert [(path.name, found) for path, text in written() for found in avoided.findall(text)] == []


def test_no_module_is_named_after_nothing() -> None:
    """A module has a noun for a name, not one that fits everything."""
    assert len(_MODULES) == 4
    assert [path for path in (ROOT / "kennis_ld").rglob("*.py") if path.stem in _MODULES] == []


def test_what_was_only_stated_is_not_called_confirmed() -> None:
    """No code and no page says of a participation that it was confirmed."""
    confirmed = [
        path.name for path, text in written() if re.search(r"\bconfirmed (?:partner|lead|participation)", text)
    ]
    assert confirmed == []
