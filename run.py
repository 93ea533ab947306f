#!/usr/bin/env python3
"""Installs kennis-ld in a folder of its own (.venv) and runs it, or its tests, in one command.

    python3 run.py serve           installs what the site needs, then: kennis-ld serve
    python3 run.py test            installs what the tests need too, then: pytest
    python3 run.py check|build|…   any other kennis-ld command

Needs Python 3.11 or newer and nothing else. Packages come from the package index pip is set up for, each with
the hash that stands in the lock file; what is already installed for these lock files is not installed again.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")


def main(arguments: list[str]) -> int:
    """Returns the exit code of the command that was asked for."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python would run first
        print("kennis-ld needs Python 3.11 or newer; this is " + sys.version.split()[0], file=sys.stderr)
        return 2
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__)
        return 2 if not arguments else 0
    command, *rest = arguments
    testing = command == "test"
    install(HERE / ("requirements-dev.lock" if testing else "requirements.lock"))
    if testing:
        os.chdir(HERE)
        return become([str(BIN / "python"), "-m", "pytest", *rest])
    return become([str(BIN / "kennis-ld"), command, *rest])


def become(command: list[str]) -> int:
    """Goes on as another program, so that a signal to stop reaches it; elsewhere than on POSIX it runs beside us."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    with subprocess.Popen(command) as child:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: child.terminate())
        return child.wait()


def install(lock: Path) -> None:
    """Installs the lock file's packages and kennis-ld itself, unless that was done for these very files."""
    wanted = hashlib.sha256(lock.read_bytes() + (HERE / "pyproject.toml").read_bytes()).hexdigest()
    mark = VENV / f"{lock.name}.installed"
    if mark.exists() and mark.read_text() == wanted:
        return
    print("Installing in .venv, once (about half a minute) …", file=sys.stderr)
    if not BIN.exists():
        venv.create(VENV, with_pip=True)
    pip = [BIN / "python", "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", lock], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", HERE], check=True)
    mark.write_text(wanted)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
