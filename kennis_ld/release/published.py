"""What was published before: the releases whose word counts, also where some are damaged or behind a rollback.

The link `current` says which release was published last; where it is gone, the history says so. Every release that was
ever the current one counts, the one that was so last first. A release has all that the one that it followed had
published, so of releases that follow each other only the last is needed. One can be trusted when its statements are,
byte for byte, what its manifest says, and the manifest fits its seal or, where the seal is damaged, the name of the
release, which is the digest of its content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kennis_ld.errors import DamagedRelease
from kennis_ld.release import folders, history, manifest, publish
from kennis_ld.release.history import FOUND, Switch


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of what was published.

    Attributes:
        last: name of the release that was published last; empty where none was.
        releases: the releases that hold all that is known, the newest first, each with where its IRIs begin.
        damaged: names of other releases that are kept and cannot be trusted, and that no sound one followed.
    """

    last: str = ""
    releases: Mapping[Path, str] = field(default_factory=dict)
    damaged: Sequence[str] = ()

    @property
    def name(self) -> str:
        """Name of the newest release that can be trusted; empty where there is none."""
        return next((folder.name for folder in self.releases), "")

    @property
    def is_known(self) -> bool:
        """Whether it is known which URIs the last release published."""
        return self.last == self.name


def published(releases: Path) -> Published:
    """Returns what is known of what was published in a folder of releases."""
    last = current_last(releases)
    trusted: dict[Path, str] = {}
    damaged: list[str] = []
    followed: set[str] = set()
    for name in _ever_current(releases, last):
        folder = releases / name
        if name in followed:
            continue
        if facts := _trusted(folder):
            trusted[folder] = facts.base_uri
            followed.update(_followed(releases, name))
        elif name != last and folder.is_dir():
            damaged.append(name)
    return Published(last or next((folder.name for folder in trusted), ""), trusted, damaged)


def current_last(releases: Path) -> str:
    """Returns the name of the release that was the current one last, sound or not; empty where none was."""
    return publish.target(releases) or next((each.after for each in reversed(history.switches(releases))), "")


def earlier(releases: Path, name: str) -> Iterator[str]:
    """Yields the names of the releases before a release, the newest first, whether they are sound or not."""
    seen = {name}
    while (name := _before(releases, name)) and name not in seen:
        seen.add(name)
        yield name


def _ever_current(releases: Path, last: str) -> Iterable[str]:
    """Returns the names of the releases that were the current one, or may have been; the newest first."""
    switches = history.switches(releases)
    told = (name for change in reversed(switches) for name in (change.after, change.before))
    names = [name for name in dict.fromkeys((last, *told, *earlier(releases, last))) if name]
    if _is_whole(switches, last):
        return names
    # What hangs together with nothing that is known comes last; a release that no other one followed comes first.
    others = [path.name for path in folders.kept(releases) if path.name not in names]
    followed = {_before(releases, name) for name in others}
    return [*names, *sorted(others, key=lambda name: (name in followed, name))]


def _is_whole(switches: Sequence[Switch], last: str) -> bool:
    """Whether a history tells every change: from the first release to the last, and none was found afterwards."""
    now = ""
    for change in switches:
        if change.by == FOUND or change.before != now:
            return False
        now = change.after
    return bool(switches) and now == last


def _trusted(folder: Path) -> manifest.Manifest | None:
    """Returns the manifest of a release whose statements are those that were published under its name."""
    try:
        facts = manifest.read(folder)
        known = facts.files[manifest.STATEMENTS]
        if facts.release == folder.name and manifest.file_facts(folder / manifest.STATEMENTS) == known:
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


def _followed(releases: Path, name: str) -> set[str]:
    """Returns the names of the releases that a release followed, as far as sealed manifests tell."""
    names: set[str] = set()
    while name and name not in names:
        names.add(name)
        try:
            name = manifest.read(releases / name).previous
        except DamagedRelease:
            break
    return names


def _before(releases: Path, name: str) -> str:
    """Returns the name of the release before one: its manifest tells, or else the history."""
    try:
        return manifest.read(releases / name).previous
    except DamagedRelease:
        return next((change.before for change in reversed(history.switches(releases)) if change.after == name), "")
