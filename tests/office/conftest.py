"""LibreOffice as an officer has it: opens a file and saves it as another kind. It takes minutes: `pytest -m office`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.waiting import PATIENCE

SOFFICE = shutil.which("soffice")
Office = Callable[..., dict[str, Path]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what needs LibreOffice where it is not there, or where nobody asked for it."""
    if SOFFICE is None or "office" not in config.option.markexpr:
        items[:] = [item for item in items if not item.get_closest_marker("office")]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Opens files and saves them as another kind; returns what was saved by the stem of its name."""
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def saved(files: Sequence[Path], to: str, *, opened: str = "") -> dict[str, Path]:
        folder = tmp_path_factory.mktemp("saved")
        command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", to]
        command += [f"--infilter={opened}"] if opened else []
        command += ["--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=10 * PATIENCE)
        return {path.stem: path for path in folder.iterdir()}

    return saved
