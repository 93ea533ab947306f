"""Serves the made-up city Zandwijk as `kennis-ld serve` does, in a process of its own, with its own budgets and data.

with running(folder) as site:
urlopen(f"{site.url}/sparql?query=ASK%7B%7D")
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from kennis_ld.engine.interface import Budget
from kennis_ld.engine.saved import load_all
from kennis_ld.engine.store import DataFile
from kennis_ld.isolation.admission import ClientLimits
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings
from kennis_ld.release.build import build
from kennis_ld.serving.service import Service, serve
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
    more = [[graph, str(path)] for graph, path in (graphs or {}).items()]
    options = json.dumps(
        {"graphs": more, "budget": asdict(budget or Budget()), "limits": asdict(limits or ClientLimits())}
    )
    command = [sys.executable, "-m", "tests.w3c.served", str(folder), str(port), options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert "ready\n" == process.stdout.readline()
            yield Site(port, process.pid)
        finally:
            process.terminate()
            process.wait(30)


def main(
    folder: Path, port: int, *, graphs: Sequence[tuple[str | None, str]], budget: Budget, limits: ClientLimits
) -> None:
    """Builds the city and serves it until told to stop; writes a line once connections are taken."""
    changes = {"publication.toml": SETTINGS.replace("https://data.zandwijk.example", f"http://127.0.0.1:{port}")}
    publication = settings.publication(write(folder / "city", changes))
    built = build(publication, definitions(), releases=folder / "releases", version="0")
    assert built.release is not None
    service = Service(
        port=port, web_processes=1, budget=budget, clients=limits, trusted_proxies=("127.0.0.0/8",), logs_requests=False
    )
    more = [DataFile(Path(path), graph) for graph, path in graphs]
    questions = load_all(ROOT / "queries")
    serve(publication, built.release, queries=questions, ready=ready, service=service, more=more)


def ready() -> None:
    """Tells who started this that connections are taken."""
    os.write(1, b"ready\n")


if __name__ == "__main__":
    given = json.loads(sys.argv[3])
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]),
        graphs=given["graphs"],
        budget=Budget(**given["budget"]),
        limits=ClientLimits(**given["limits"]),
    )
