"""Serves the made-up city on granian in a process of its own: `python -m tests.web.run_server FOLDER PORT`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from kennis_ld.engine.interface import Engine
from kennis_ld.web.server import serve
from kennis_ld.web.site import Release
from tests.web.city import SETTINGS, CountingEngine, write_release


def main(folder: str, port: str) -> None:
    """Serves until it is told to stop; writes a line once connections are taken."""
    release = write_release(Path(folder), base=f"http://127.0.0.1:{port}")

    serve(release, SETTINGS, partial(engines, release), host="127.0.0.1", port=int(port), ready=ready)


def engines(release: Release) -> tuple[Engine, Engine]:
    """Returns the engines of a web process."""
    engine = CountingEngine(release)
    return engine, engine


def ready() -> None:
    """Tells the test that connections are taken."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
