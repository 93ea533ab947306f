"""Serves the made-up city Zandwijk as `kennis-ld serve` does, in a process of its own, with its own budgets and data.

with running(folder) as site:
urlopen(f"{site.url}/sparql?query=ASK%7B%7D")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from kennis_ld.engine.interface import Budget
from kennis_ld.engine.saved import load_all
from kennis_ld.engine.store import DataFile
from kennis_ld.isolation.admission import ClientLimits
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import build
from kennis_ld.serving.service import Service, serve
from tests.fork_server import CONTEXT, Forked
from tests.ports import free_port
from tests.publications import SETTINGS, write

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Site:
    """A running site.

    Attributes:
        port: where it listens, on 127.0.0.1.
        process: id of the process that was started; all others are its descendants.
    """

    port: int
    process: int

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> str:
        """The address of its SPARQL endpoint."""
        return f"{self.url}/sparql"


@contextmanager
def running(
    folder: Path,
    *,
    graphs: Mapping[str | None, Path] | None = None,
    budget: Budget | None = None,
    limits: ClientLimits | None = None,
) -> Iterator[Site]:
    """Starts the site, gives it when it answers, and ends it.

    Whoever asks may say in X-Forwarded-For who asks, so that a test can be many clients.

    Args:
        folder: where the publication and its release are written.
        graphs: files to load besides the release, by the graph they go into; None is the default graph.
        budget: what a query from outside may use; None for the usual.
        limits: what one client may have; None for the usual.
    """
    port = free_port()
    chosen = {"budget": budget or Budget(), "limits": limits or ClientLimits(), "graphs": graphs or {}}
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = Forked(target=main, args=(folder, port, theirs), kwargs=chosen)
    process.start()
    theirs.close()
    try:
        assert "ready" == ours.recv()
        yield Site(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)
        ours.close()


def main(
    folder: Path,
    port: int,
    told: Connection,
    *,
    graphs: Mapping[str | None, Path],
    budget: Budget,
    limits: ClientLimits,
) -> None:
    """Builds the city and serves it until told to stop; tells who started this once connections are taken."""
    changes = {"publication.toml": SETTINGS.replace("https://data.zandwijk.example", f"http://127.0.0.1:{port}")}
    publication = settings.publication(write(folder / "city", changes))
    built = build(publication, definitions(), releases=folder / "releases", version="0")
    assert built.release is not None
    service = Service(
        port=port, web_processes=1, budget=budget, clients=limits, trusted_proxies=("127.0.0.0/8",), logs_requests=False
    )
    more = [DataFile(path, graph) for graph, path in graphs.items()]
    queries = load_all(ROOT / "queries")
    serve(publication, built.release, queries=queries, ready=lambda: told.send("ready"), service=service, more=more)
