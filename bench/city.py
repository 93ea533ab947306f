"""Writes the publication of a made-up city of any size, for what is measured at scale.

    python bench/city.py FOLDER [ENTRIES]

ENTRIES is 5,200 by default, about a million statements. The same numbers give the same city.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import publications

BASE = "http://localhost:8000"

_THEMES = 12
_KINDS = (
    "GovernmentOrganization",
    "CollegeOrUniversity",
    "Hospital",
    "Library",
    "ResearchOrganization",
    "Organization",
)
_TEXT = """
de stad meet samen met bewoners hoe schoon het water in sloten en plassen is en wat daar groeit studenten lopen een half
jaar mee in een wijk en schrijven op wat zij zien voor een atlas van warmte licht geluid en verkeer
"""


def write(folder: Path, entries: int, *, seed: int = 1) -> Path:
    """Writes a publication with so many entries and a fifth as many organisations, and returns its folder.

    Args:
        folder: where it is written; made where it is not there.
        entries: number of projects.
        seed: which city it is.
    """
    chance = random.Random(seed)
    organisations = max(10, entries // 5)
    folder.mkdir(parents=True, exist_ok=True)
    register = ["key,name,kind,parent,abbreviations,spellings,evidence"]
    register += [f"o{n},Organisatie {n},{chance.choice(_KINDS)},,ORG{n},," for n in range(1, organisations + 1)]
    themes = ["key,number,headings,label,label_en,definition,definition_en,broader"]
    themes += [f"t{n},{n},Thema {n},Thema {n},Theme {n},Projecten {n}.,Projects {n}.," for n in range(1, _THEMES + 1)]
    settings = publications.SETTINGS.replace("https://data.zandwijk.example", BASE).replace('"gz"', '"o1"')
    files = {
        "publication.toml": [settings],
        "register.csv": register,
        "themes.csv": themes,
        "groups.csv": ["key,name,spellings,open", "inwoners,inwoners,,nee"],
        "agenda.txt": ["nr\tProject\tBeschrijving\tPartijen", *_rows(entries, organisations, chance)],
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def built(folder: Path, entries: int) -> Path:
    """Returns a folder with a city and its releases, `city` and `releases`, in a folder of cities; made if need be."""
    place = folder / str(entries)
    if not (place / "releases" / "current").exists():
        write(place / "city", entries)
        command = [sys.executable, "-m", "kennis_ld.cli", "build", str(place / "city")]
        subprocess.run(
            [*command, "--releases", str(place / "releases")],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parent.parent,
        )
    return place


def _rows(entries: int, organisations: int, chance: random.Random) -> Iterator[str]:
    for theme in range(1, _THEMES + 1):
        yield f"{theme}. Thema {theme}"
        first, last = entries * (theme - 1) // _THEMES, entries * theme // _THEMES
        for number in range(first, last):
            parties = chance.sample(range(1, organisations + 1), chance.randint(3, 6))
            leads = chance.randint(1, 2)
            names = [f"ORG{party}" for party in parties]
            text = " ".join(chance.choices(_TEXT.split(), k=chance.randint(15, 60))).capitalize()
            cell = f"T: {' en '.join(names[:leads])} P: {', '.join(names[leads:])}"
            yield f"{theme}.{number - first + 1}\tProject {number + 1} {text[:40].strip()}\t{text}.\t{cell}"


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5_200))
