"""Builds and reads publications with more than one edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kennis_ld.pipeline.assembly import Assembly
from kennis_ld.pipeline.checking import Checked, check
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import Built, build
from kennis_ld.release.diff import Difference, State, difference, state
from tests.publications import SETTINGS, write

BASE = "https://data.zandwijk.example"
TWO = SETTINGS + (
    '[[editions]]\nkey = "2034"\ndocument = "later.txt"\ntitle.nl = "Agenda 2034"\nperiod = "2034/2035"\n'
    'issued = "2034-01-02"\n'
)
"""The settings of the made-up city with a second edition."""

LATER = """\
nr\tProject\tBeschrijving\tPartijen
1. Water
1\tSchone sloten in de wijk\tStudenten en bewoners meten hoe schoon het water in de sloten is.\tT: ZU P: GZ, inwoners
2\tStuifplan\tHoe de stad bij storm het zand uit de straten houdt, met metingen.\tT: HD, GZ P: ZU
2. Zand
3\tStrandbibliotheek\tBoeken lenen op het strand, en tellen wie er leest en wat zij lezen.\tT: GZ P: HD
"""
"""The second edition: one renamed, one moved, one new, one that left; every number is another."""

DECIDED = """\
project,edition,theme,number,title
schone-sloten,2030,water,1a,Schone sloten
regenkaart,2030,water,1b,Regenkaart
stuifplan,2030,zand,2a,Stuifplan
schone-sloten,2034,water,1,Schone sloten in de wijk
stuifplan,2034,water,2,Stuifplan
strandbibliotheek,2034,zand,3,Strandbibliotheek
"""
FILES: Mapping[str, str] = {"publication.toml": TWO, "later.txt": LATER, "projects.csv": DECIDED}
"""What the city with two editions has beside or instead of that with one."""


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., Checked]:
    """Checks the city with two editions, with changed files."""

    def make(changes: Mapping[str, str] | None = None) -> Checked:
        folder = write(tmp_path / "city", {**FILES, **(changes or {})})
        return check(settings.publication(folder), definitions(), version="0")

    return make


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., Built]:
    """Builds a city from exactly these changed files; the same folder of releases each time."""

    def make(changes: Mapping[str, str]) -> Built:
        folder = tmp_path / "city"
        (folder / "decisions.csv").unlink(missing_ok=True)
        publication = settings.publication(write(folder, changes))
        return build(publication, definitions(), releases=tmp_path / "releases", version="0")

    return make


def lines(built: Built) -> set[str]:
    """The statements of a release, without the base of the made-up city."""
    assert built.release is not None, [item.message["nl"] for item in built.checked.messages][:3]
    text = (built.release / "agenda.nq").read_text(encoding="utf-8")
    return {line.replace(f"{BASE}/", "") for line in text.splitlines()}


def codes(checked: Checked) -> list[str]:
    """The codes of the findings about identity, decisions and editions, in order."""
    wanted = ("identity", "new-project", "title", "entry-withdrawn", "decision", "shape")
    return [item.code for item in checked.messages if item.code.startswith(wanted)]


def compared(folder: Path, before: str, after: str) -> Difference:
    """The difference between two editions of a publication."""

    def read(key: str) -> State:
        publication = settings.publication(folder)
        assembly = Assembly(publication, definitions(), version="0", keep=lambda said: None)
        return state(assembly.statements(key), publication.iris)

    return difference(read(before), read(after))
