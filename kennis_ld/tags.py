"""Tags of answers (RFC 9110, section 8.8.3): fixed by release, question and software, for a release never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parent
_SHAPING = frozenset({".py", ".html", ".rq", ".txt", ".css", ".js", ".svg", ".toml", ".xml"})
_LIBRARIES = ("flask", "jinja2", "markupsafe", "pyoxigraph", "rdflib", "werkzeug")
"""Libraries that have a say in the bytes of an answer."""


def tag_text(*parts: str) -> str:
    """Returns what stands for these parts in the text that a tag is made from."""
    # With their lengths, so that other parts are another text.
    return "".join([f"{len(part)} {part}" for part in parts])


def tag_of(text: str) -> str:
    """Returns the tag of an answer that is fixed by a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def shaping_files() -> tuple[Path, ...]:
    """Returns the files of this software: all of it may have a say in the bytes of an answer."""
    return tuple(path for path in sorted(_PACKAGE.rglob("*")) if path.suffix in _SHAPING)


@cache
def build_of(files: Iterable[Path], libraries: Iterable[str] = _LIBRARIES) -> str:
    """Returns what tells this software from a version that could give other bytes.

    Args:
        files: files of it.
        libraries: distributions that it works with.
    """
    total = hashlib.sha256()
    for path in files:
        total.update(path.read_bytes())
    for name in libraries:
        total.update(f" {name} {version(name)}".encode())
    return total.hexdigest()
