"""Measures what a page and a search cost in a large city, as a ratio to a small one, in one run.

    python bench/pages.py [LARGE SMALL] [FOUND FEW]

Every kind of page is made anew (nothing kept) in a city of LARGE projects (20,000) and in one of SMALL (55), in turn;
the median of several is at most 3 times as much. Searches go through an index of FOUND projects (200,000) and one of
FEW (2,000); of the same words the 95th percentile is at most 5 times as much. Computing counts, so that a busy machine
does not. Exit 1 where one is more.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask.testing import FlaskClient

from bench import city
from kennis_ld.web.app import create_app
from kennis_ld.web.pages.collaboration import shared_projects
from kennis_ld.web.pages.editions import editions
from kennis_ld.web.pages.findings import findings
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.pages.search import index
from kennis_ld.web.pages.themes import theme_pages
from kennis_ld.web.search.index import Entry, made
from kennis_ld.web.site import Cache, Site
from tests.web.conftest import built_site

SIZES = (20_000, 55, 200_000, 2_000)
ROUNDS = 7
MOST_PAGE, MOST_SEARCH = 3.0, 5.0
BROWSER = {"Accept": "text/html"}
WORDS = (
    "project 17", "organisatie 12", "water", "sloten", "wijk", "studenten atlas", "organisatie", "bewoners meet water",
    "warmte licht", "atlaz", "org31", "verkeer in de wijk", "thema 4", "3.4", "organisati 7",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Returns 1 where a page or a search costs more than it may."""
    large, small, found, few = [*map(int, arguments), *SIZES[len(arguments) :]]
    with tempfile.TemporaryDirectory() as folder:
        bad = _pages(Path(folder), large, small)
    return 1 if _searches(found, few) | bad else 0


def _pages(folder: Path, large: int, small: int) -> bool:
    sites = [_site(folder / str(size), size) for size in (small, large)]
    clients = [create_app(site).test_client() for site in sites]
    bad = False
    for kind in _paths(sites[0]):
        costs: list[list[float]] = [[], []]
        for _ in range(ROUNDS):
            for place, (site, client) in enumerate(zip(sites, clients, strict=True)):
                costs[place].append(_cost(site, client, _paths(site)[kind]))
        few, many = map(statistics.median, costs)
        bad |= many > MOST_PAGE * few
        print(f"{kind:<22} {few * 1000:8.1f} ms {many * 1000:8.1f} ms  × {many / few:5.2f}", flush=True)
    return bad


def _site(folder: Path, size: int) -> Site:
    """Returns a site with what is made when a release is loaded."""
    site = built_site(city.write(folder / "city", size), folder / "releases")
    for load in (overview, findings, shared_projects, editions, theme_pages, index):
        load(site)
    return site


def _paths(site: Site) -> dict[str, str]:
    """Returns an address of each kind of page."""
    whole = overview(site)
    project = next(iter(whole.projects.values()))
    party = project.parties["T"][0]
    key, organisation = project.iri.rpartition("/")[2], party.rpartition("/")[2]
    things = {
        "project": key, "organisatie": organisation, "thema": project.themes[0].rpartition("/")[2],
        "editie": "2030", "agendapunt": f"2030--{key}", "deelname": f"{key}--{organisation}--trekker",
        "begrip": "beoogd", "agenda": "zandwijk", "dataset": "zandwijk",
    }  # fmt: skip
    paths = {name: f"/doc/{name}/{ref}" for name, ref in things.items()}
    lists = ("/", "/projecten", "/organisaties", "/themas", "/samenwerking", "/kwaliteit", "/over", "/def", "/catalog",
             "/sparql", "/vraag", f"/projecten?trekker={organisation}", f"/samenwerking?organisatie={organisation}",
             "/zoeken?q=water", "/zoeken/suggesties?q=proj")  # fmt: skip
    return {name.partition("=")[0]: name for name in lists} | paths


def _cost(site: Site, client: FlaskClient, path: str) -> float:
    """Returns the seconds that it takes to make a page that nobody asked for before."""
    object.__setattr__(site, "cache", Cache())
    started = time.process_time()
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 200, (path, response.status)
    return time.process_time() - started


def _searches(found: int, few: int) -> bool:
    indexes = [made(lambda size=size: _entries(size)) for size in (few, found)]
    bad = False
    for name, ask in (("search", "find"), ("suggestions", "beginning_with")):
        costs: list[list[float]] = [[], []]
        for _ in range(ROUNDS):
            for words in WORDS:
                for place, each in enumerate(indexes):
                    costs[place].append(_seconds(getattr(each, ask), words))
        small, large = (statistics.quantiles(each, n=20)[-1] for each in costs)
        bad |= large > MOST_SEARCH * small
        print(f"{name:<22} {small * 1000:8.1f} ms {large * 1000:8.1f} ms  × {large / small:5.2f} (95th percentile)")
    return bad


def _seconds(ask: Callable[[str], object], words: str) -> float:
    started = time.process_time()
    ask(words)
    return time.process_time() - started


def _entries(size: int) -> Iterable[Entry]:
    chance = random.Random(1)
    vocabulary = city._TEXT.split()
    organisations = max(10, size // 5)
    for number in range(organisations):
        yield Entry(f"o{number}", 10, [f"Organisatie {number}"], aliases=[f"ORG{number}"])
    for number in range(size):
        parties = [f"Organisatie {chance.randrange(organisations)}" for _ in range(4)]
        text = " ".join(chance.choices(vocabulary, k=90))
        yield Entry(
            f"p{number}", 1, [f"Project {number} {text[:30]}"], [f"{number % 12}.{number}"], (), parties, (), text
        )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
