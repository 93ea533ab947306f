"""A release that has been verified, and where its files are, for who serves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kennis_ld.iri import Iris
from kennis_ld.release import feed
from kennis_ld.release.feed import Transaction
from kennis_ld.release.history import changes
from kennis_ld.release.manifest import MANIFEST, Manifest

_DIGEST = re.compile(r"[0-9a-f]{12,64}")


@dataclass(frozen=True, slots=True)
class Release:
    """A release that has been verified.

    Attributes:
        digest: name of the release.
        folder: where its files are; older releases stand beside it under their own digest.
        iris: mints the IRIs of the publication.
        projects: how many projects the release has by its manifest; None where it does not say.
        published: when it became the current release, by the history; None where that does not tell.
        transactions: what each change of the current release changed, up to this release.
    """

    digest: str
    folder: Path
    iris: Iris
    projects: int | None = None
    published: datetime | None = None
    transactions: Sequence[Transaction] = ()

    @classmethod
    def of(cls, folder: Path, manifest: Manifest) -> Release:
        """Returns the release in a folder that has been verified against this manifest."""
        # The folder itself, not the link `current`, which may point elsewhere tomorrow.
        whole = folder.resolve()
        # The last time: after a rollback an older release is what is new to a visitor.
        since = [change.when for change in changes(whole.parent) if change.after == manifest.release][-1:]
        return cls(
            *(manifest.release, whole, manifest.iris, manifest.counts.get("projects")),
            next(map(datetime.fromisoformat, since), None),
            feed.until(manifest.release, feed.transactions(whole.parent, manifest.base_uri)),
        )

    def file(self, name: str, *, digest: str | None = None) -> Path | None:
        """Returns the path of a file of this release, or of an older one that is still kept; None where there is none.

        The name is one of a fixed table, the digest is matched whole, so no request can point outside the releases.
        """
        folder = self.folder
        if digest is not None and digest != self.digest:
            if _DIGEST.fullmatch(digest) is None:
                return None
            folder = self.folder.parent / digest
            if not (folder / MANIFEST).is_file():
                return None
        path = folder / name
        return path if path.is_file() else None
