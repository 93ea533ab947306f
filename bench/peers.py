"""Software of others that we are measured beside, each in an environment of its own, at a pinned version."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

_EXTRAS = {"rdflib-endpoint": "[cli]"}
VERSIONS = {
    "morph-kgc": "2.10.0",
    "pyshacl-turbo": "0.6.5",
    "oxigraph": "0.5.13",
    "rdflib-endpoint": "0.6.3",
}


class Peers:
    """Installs peers when they are asked for.

    Args:
        folder: where the environments are; those that are there are used again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, name: str) -> Path:
        """Returns the folder with the programs, and `python`, of a peer."""
        return self.installed(name, f"{name}{_EXTRAS.get(name, '')}=={VERSIONS[name]}")

    def installed(self, name: str, *requirements: str) -> Path:
        """Returns the folder with the programs of an environment with what pip is asked for."""
        environment = self._folder / name
        done = environment / "installed"
        if not done.exists():
            venv.create(environment, with_pip=True, clear=True)
            subprocess.run(
                [environment / "bin" / "python", "-m", "pip", "install", "--quiet", *requirements], check=True
            )
            done.touch()
        return environment / "bin"
