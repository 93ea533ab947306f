"""`python3 run.py` goes on as the command, so that a signal to stop reaches it."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

COMMAND = """#!/bin/sh
echo $$ "$@"
while read line; do :; done
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in which everything is installed and the command waits."""
    for name in ("run.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    content = b"".join((tmp_path / name).read_bytes() for name in ("requirements.lock", "pyproject.toml"))
    (tmp_path / ".venv" / "requirements.lock.installed").write_text(hashlib.sha256(content).hexdigest())
    command = programs / "kennis-ld"
    command.write_text(COMMAND)
    command.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_ends_the_command(checkout: Path, number: signal.Signals) -> None:
    """The command has the process of run.py: what stops the one stops the other, and nothing runs on."""
    start = [sys.executable, "run.py", "serve", "a folder", "--port", "8100"]
    with subprocess.Popen(start, cwd=checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert f"{process.pid} serve a folder --port 8100\n" == process.stdout.readline()
        process.send_signal(number)
        assert -number == process.wait(10)
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_exit_code_is_that_of_the_command(checkout: Path) -> None:
    """The exit code of the command comes out as it is."""
    (checkout / ".venv" / "bin" / "kennis-ld").write_text("#!/bin/sh\nexit 3\n")
    assert 3 == subprocess.run([sys.executable, "run.py", "build"], cwd=checkout, check=False).returncode
