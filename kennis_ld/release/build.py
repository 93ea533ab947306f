"""Builds a release and makes it the current one, or looks what a build would do."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kennis_ld.graph import formats
from kennis_ld.pipeline.assembly import Progress, quiet
from kennis_ld.pipeline.checking import Checked
from kennis_ld.pipeline.definitions import Definitions
from kennis_ld.publication.publication import Publication
from kennis_ld.release import harvest, promises, publish
from kennis_ld.release.published import published
from kennis_ld.release.writer import ReleaseWriter


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build.

    Attributes:
        checked: what there is to say about the publication.
        release: folder of the release; None where violations stopped it.
        unchanged: whether it was the current one already.
        skipped: names of damaged releases whose URIs are not known, so that they may be lost.
    """

    checked: Checked
    release: Path | None
    unchanged: bool = False
    skipped: Sequence[str] = ()


def build(
    publication: Publication,
    definitions: Definitions,
    *,
    releases: Path,
    version: str,
    gives_up: bool = False,
    progress: Progress = quiet,
) -> Built:
    """Builds a release and makes it the current one, unless a violation stops it.

    Where the current release is damaged and it is not known any more which URIs it published, the same release can be
    built again, and another one only where that is asked for.

    Args:
        gives_up: whether URIs that only a damaged release published may vanish.

    Raises:
        KennisError: a setting, table or document cannot be read; or another build is at work.
        Refused: a URI that was published would be lost, or may be.
    """
    with publish.staging(releases) as folder:
        before = published(releases)
        work = ReleaseWriter(publication, definitions, folder, releases, before, version=version, progress=progress)
        checked = work.data()
        if not checked.sound:
            return Built(checked, None)
        name = work.describe(checked)
        if not before.is_known and name != before.last and not gives_up:
            raise promises.unknown(releases, before)
        target = publish.publish(folder, releases, version=version)
        skipped = [damaged for damaged in before.damaged if damaged != target.name]
        return Built(checked, target, unchanged=before.name == target.name, skipped=skipped)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would come of a build; nothing was published.

    Attributes:
        checked: what there is to say about the publication.
        catalogue: the statements of the catalogue; none where violations would stop the release.
        harvest: what the next harvest of a portal would do.
    """

    checked: Checked
    catalogue: Sequence[formats.Statement] = ()
    harvest: harvest.Harvest = field(default_factory=harvest.Harvest)


def rehearse(
    publication: Publication, definitions: Definitions, *, releases: Path, version: str, progress: Progress = quiet
) -> Rehearsed:
    """Builds a release in a temporary folder, looks what it would mean to a portal, and throws it away.

    Args:
        releases: the folder of releases, which is read only.

    Raises:
        KennisError: as `build`.
        Refused: a build would be refused too.
    """
    with tempfile.TemporaryDirectory(prefix="kennis-ld-") as name:
        folder = Path(name)
        work = ReleaseWriter(
            publication, definitions, folder, releases, published(releases), version=version, progress=progress
        )
        checked = work.data()
        if not checked.sound:
            return Rehearsed(checked)
        work.describe(checked)
        with (folder / harvest.CATALOGUE).open(encoding="utf-8", newline="\n") as lines:
            catalogue = tuple(formats.read_statements(lines))
        return Rehearsed(checked, catalogue, work.harvest())
