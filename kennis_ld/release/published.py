"""What was published before: the newest release whose word can be trusted, also where the current one is damaged.

The link `current` says which release was published last; where it is gone, the history says so. A release can be
trusted when its statements are, byte for byte, what its manifest says, and the manifest fits its seal or, where the
seal is damaged, the name of the release, which is the digest of its content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kennis_ld.errors import DamagedRelease
from kennis_ld.release import folders, history, manifest, publish

STATEMENTS = "agenda.nq"
"""The file of a release that holds every URI it published."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of what was published.

    Attributes:
        last: name of the release that was published last; empty where none was.
        folder: the newest release that can be trusted; None where there is none.
        base_uri: where its IRIs begin; empty where there is none.
    """

    last: str = ""
    folder: Path | None = None
    base_uri: str = ""

    @property
    def name(self) -> str:
        """Name of the newest release that can be trusted; empty where there is none."""
        return self.folder.name if self.folder else ""

    @property
    def is_known(self) -> bool:
        """Whether it is known which URIs were published: those of the last release are."""
        return self.last == self.name


def published(releases: Path) -> Published:
    """Returns what is known of what was published in a folder of releases."""
    last = publish.target(releases)
    if not last:
        changes = history.changes(releases)
        last = changes[-1].after if changes else ""
    names = [last, *earlier(releases, last)] if last else []
    # What hangs together with nothing that is known comes last; a release that no other one followed comes first.
    others = [path.name for path in folders.kept(releases) if path.name not in names]
    followed = {_before(releases, name) for name in others}
    names += sorted(others, key=lambda name: (name in followed, name))
    for name in names:
        if facts := _trusted(releases / name):
            return Published(last or name, releases / name, facts.base_uri)
    return Published(last)


def earlier(releases: Path, name: str) -> Iterator[str]:
    """Yields the names of the releases before a release, the newest first, whether they are sound or not."""
    seen = {name}
    while (name := _before(releases, name)) and name not in seen:
        seen.add(name)
        yield name


def _trusted(folder: Path) -> manifest.Manifest | None:
    """Returns the manifest of a release whose statements are those that were published under its name."""
    try:
        facts = manifest.read(folder)
        if facts.release == folder.name and manifest.file_facts(folder / STATEMENTS) == facts.files[STATEMENTS]:
            return facts
        return None
    except (OSError, KeyError):
        return None
    except DamagedRelease:
        pass
    try:
        return manifest.unsealed(folder)
    except DamagedRelease:
        return None


def _before(releases: Path, name: str) -> str:
    """Returns the name of the release before one: its manifest tells, or else the history."""
    try:
        return manifest.read(releases / name).previous
    except DamagedRelease:
        return next((change.before for change in reversed(history.changes(releases)) if change.after == name), "")
