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
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask.testing import FlaskClient

from bench import city
from bench.figures import Figure, Growth, shown
from kennis_ld.web.app import create_app
from kennis_ld.web.pages.collaboration import pairs_of, who_does_what
from kennis_ld.web.pages.editions import editions
from kennis_ld.web.pages.findings import findings
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.pages.search import index
from kennis_ld.web.pages.themes import theme_pages
from kennis_ld.web.search.index import Entry, made
from kennis_ld.web.site import Cache, Site
from kennis_ld.web.sparql.questions import prepare
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
        return max(shown(pages(Path(folder), small=small, large=large)), shown(searches(few=few, found=found)))


def pages(folder: Path, *, small: int = SIZES[1], large: int = SIZES[0]) -> Iterator[Figure]:
    """Yields what each kind of page costs in a small city and in a large one."""
    sites = {size: _site(folder / str(size), size) for size in (small, large)}
    clients = {size: create_app(site).test_client() for size, site in sites.items()}
    for kind in _paths(sites[small]):
        costs: dict[int, list[float]] = {size: [] for size in sites}
        for _ in range(ROUNDS):
            for size, site in sites.items():
                costs[size].append(1000 * _cost(site, clients[size], _paths(site)[kind]))
        yield Growth(f"page `{kind}`", "ms", costs, MOST_PAGE)


def _site(folder: Path, size: int) -> Site:
    """Returns a site with what is made when a release is loaded."""
    site = built_site(city.write(folder / "city", size), folder / "releases")
    for load in (overview, findings, who_does_what, pairs_of, editions, theme_pages, index, prepare):
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
    asked_of = {"organisatie": organisation, "project": key, "thema": things["thema"], "": project.iri}
    questions = {
        f"/vraag/{query.name}": f"/vraag/{query.name}?"
        + urlencode({each.name: asked_of[each.concept] if each.kind == "IRI" else "st" for each in query.parameters})
        for query in site.settings.questions
    }
    return {name.partition("=")[0]: name for name in lists} | questions | paths


def _cost(site: Site, client: FlaskClient, path: str) -> float:
    """Returns the seconds that it takes to make a page that nobody asked for before."""
    object.__setattr__(site, "cache", Cache())
    started = time.process_time()
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 200, (path, response.status)
    return time.process_time() - started


def searches(*, few: int = SIZES[3], found: int = SIZES[2]) -> Iterator[Figure]:
    """Yields the 95th percentile of what a search and suggestions cost among few projects and among many."""
    indexes = {size: made(_entries(size)) for size in (few, found)}
    for name, ask in (("search", "find"), ("suggestions", "beginning_with")):
        costs: dict[int, list[float]] = {size: [] for size in indexes}
        for _ in range(ROUNDS):
            for words in WORDS:
                for size, each in indexes.items():
                    costs[size].append(1000 * _seconds(getattr(each, ask), words))
        slowest = {size: (statistics.quantiles(each, n=20)[-1],) for size, each in costs.items()}
        yield Growth(f"{name}, 95th percentile", "ms", slowest, MOST_SEARCH)


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
