"""Data that stands beside the code, in files that an officer or translator can change: words, lists, values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def data_file(module: str, name: str) -> Mapping[str, Any]:
    """Returns what a file of TOML says that stands beside a module, of which `__file__` is given; read once."""
    return tomllib.loads(Path(module).with_name(name).read_text(encoding="utf-8"))
