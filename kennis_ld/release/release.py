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
        transactions: what each change of the current release changed, up to this release.
    """

    digest: str
    folder: Path
    iris: Iris
    projects: int | None = None
    transactions: Sequence[Transaction] = ()

    @classmethod
    def of(cls, folder: Path, manifest: Manifest) -> Release:
        """Returns the release in a folder that has been verified against this manifest."""
        # The folder itself, not the link `current`, which may point elsewhere tomorrow.
        whole = folder.resolve()
        transactions = feed.until(manifest.release, feed.transactions(whole.parent, manifest.base_uri))
        return cls(manifest.release, whole, manifest.iris, manifest.counts.get("projects"), transactions)

    @property
    def published(self) -> datetime | None:
        """When it became the current release, the last time; None where the feed does not tell."""
        return datetime.fromisoformat(self.transactions[-1].when) if self.transactions else None

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
