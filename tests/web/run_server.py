"""Serves the made-up city in a process of its own: `python -m tests.web.run_server FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from kennis_ld.web.server import listen, run

from kennis_ld.web.app import create_app
from tests.web.city import SETTINGS, CountingEngine, write_release


def main(folder: str) -> None:
    """Serves until it is told to stop; writes the port when connections are taken."""
    (listener,) = listen("127.0.0.1", 0)
    with listener:
        port = listener.getsockname()[1]
        release = write_release(Path(folder), base=f"http://127.0.0.1:{port}")
        application = create_app(CountingEngine(release), release, SETTINGS)
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        run(application, listener, drain=2)


if __name__ == "__main__":
    main(*sys.argv[1:])
