"""The manifest of a release: every file with its digest and size, where it comes from, and the digest that names it.

The name of a release is the digest of its content. The catalogue names the release it belongs to, so its own part of
the digest is taken with `PLACEHOLDER` in the place of that name; everything else counts as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kennis_ld.errors import DamagedRelease
from kennis_ld.iri import Iris

MANIFEST = "manifest.json"
SEAL = "manifest.json.sha256"
"""Digest of the manifest itself, so that a flipped bit in the manifest shows as well."""

STATEMENTS = "agenda.nq"
"""The file of a release that holds every URI it published, sorted."""

PLACEHOLDER = "0" * 32
CATALOGUE = ("catalog.nt", "catalog.ttl", "catalog.rdf", "catalog.jsonld", "void.ttl")
"""The files that name the release they belong to."""

LAYOUT = 1
"""How a release is laid out; another number is a release that this version cannot read."""

WAY_ON = "Build the release again (kennis-ld build), or go back to an earlier one (kennis-ld rollback)."
"""What to do where a release is damaged."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Digest and size of one file."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release is made of.

    Attributes:
        release: name of the release, 32 hexadecimal digits of the SHA-256 of its content.
        base_uri: where its IRIs begin.
        title: title of the publication.
        counts: how many quads, projects and so on it holds.
        files: every file but the manifest and its seal.
        sources: by edition, file name and SHA-256 of the source document.
        software: name and version of what built it, and the digests of the shapes and the ontology.
        previous: name of the release that was current before it; empty for the first.
        vocabulary_uri: where the IRIs of shared terms and concepts begin; empty where the publication has its own.
    """

    release: str
    base_uri: str
    title: str
    counts: Mapping[str, int]
    files: Mapping[str, FileFacts]
    sources: Mapping[str, Mapping[str, str]]
    software: Mapping[str, str]
    previous: str = ""
    vocabulary_uri: str = ""
    layout: int = field(default=LAYOUT)

    @property
    def iris(self) -> Iris:
        """Mints the IRIs of the release."""
        return Iris(self.base_uri, self.vocabulary_uri)

    def as_json(self) -> dict[str, Any]:
        """Returns the manifest as data."""
        facts = asdict(self)
        return (
            facts if self.vocabulary_uri else {name: fact for name, fact in facts.items() if name != "vocabulary_uri"}
        )

    def write(self, folder: Path) -> None:
        """Writes the manifest and its seal."""
        text = json.dumps(self.as_json(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
        (folder / SEAL).write_bytes(seal(text.encode()))


def seal(manifest: bytes) -> bytes:
    """Returns the seal of a manifest: its digest, in the form of `sha256sum`."""
    return f"{hashlib.sha256(manifest).hexdigest()}  {MANIFEST}\n".encode("ascii")


def content_digest(files: Mapping[str, FileFacts], catalogue: Mapping[str, str], source: Mapping[str, Any]) -> str:
    """Returns the name of a release.

    Args:
        files: the files that do not name the release.
        catalogue: SHA-256 of each file of `CATALOGUE` with the placeholder in it.
        source: the other facts of the manifest that are part of what was built: sources, software, base.
    """
    digests = {name: facts.sha256 for name, facts in files.items() if name not in CATALOGUE} | dict(catalogue)
    text = json.dumps([sorted(digests.items()), source], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[: len(PLACEHOLDER)]


def file_facts(path: Path) -> FileFacts:
    """Returns digest and size of a file, read in pieces."""
    with path.open("rb") as file:
        return FileFacts(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


def without_name(content: bytes, release: str) -> str:
    """Returns the SHA-256 of a catalogue file with the placeholder in the place of the release's name."""
    return hashlib.sha256(content.replace(release.encode(), PLACEHOLDER.encode())).hexdigest()


def read(folder: Path) -> Manifest:
    """Returns the manifest of a release, after a check of its seal.

    Raises:
        DamagedRelease: manifest or seal are missing, or do not fit.
    """
    try:
        if any((folder / name).is_symlink() for name in (MANIFEST, SEAL)):
            raise DamagedRelease("The manifest or its seal is a link.", where=str(folder), remedy=WAY_ON)
        text = (folder / MANIFEST).read_bytes()
        if (folder / SEAL).read_bytes() != seal(text):
            raise DamagedRelease("The manifest does not fit its seal.", where=str(folder), remedy=WAY_ON)
        return _parsed(text, folder)
    except OSError as error:
        raise DamagedRelease("There is no readable manifest.", where=str(folder), remedy=WAY_ON) from error


def _parsed(text: bytes, folder: Path) -> Manifest:
    try:
        values = json.loads(text)
        if values.get("layout") != LAYOUT:
            made = " ".join(map(str, (values["software"]["name"], values["software"]["version"])))
            raise DamagedRelease(
                f"The release has layout {values.get('layout')} and was built by {made}; this version reads {LAYOUT}.",
                where=str(folder),
                remedy=f"Serve it with {made}, or build the release again.",
            )
        values["files"] = {name: FileFacts(**facts) for name, facts in values["files"].items()}
        return Manifest(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedRelease("There is no readable manifest.", where=str(folder), remedy=WAY_ON) from error


def verified(folder: Path) -> Manifest:
    """Returns the manifest of a release, after a check of every byte of the release.

    Raises:
        DamagedRelease: a file is missing, extra, a link or changed, or the folder has another name than its content.
    """
    return _checked(read(folder), folder, [path.name for path in folder.iterdir()])


def unsealed(folder: Path) -> Manifest:
    """Returns the manifest of a release whose seal may be damaged or missing, but which has the name of its content.

    The name of the release before it is no part of that content, so it is not to be relied on.

    Raises:
        DamagedRelease: it has not.
    """
    try:
        return _checked(
            _parsed((folder / MANIFEST).read_bytes(), folder), folder, [*(path.name for path in folder.iterdir()), SEAL]
        )
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise DamagedRelease("There is no readable manifest.", where=str(folder), remedy=WAY_ON) from error


def _checked(manifest: Manifest, folder: Path, found: Collection[str]) -> Manifest:
    expected = {*manifest.files, MANIFEST, SEAL}
    for name in sorted({*found} ^ expected):
        what = "is missing" if name in expected else "does not belong to the release"
        raise DamagedRelease(f"File {name} {what}.", where=str(folder), remedy=WAY_ON)
    for name, facts in sorted(manifest.files.items()):
        path = folder / name
        if path.is_symlink() or not path.is_file() or file_facts(path) != facts:
            raise DamagedRelease(f"File {name} is not what the manifest says.", where=str(folder), remedy=WAY_ON)
    catalogue = {name: without_name((folder / name).read_bytes(), manifest.release) for name in CATALOGUE}
    if manifest.release not in {folder.name, folder.resolve().name} or manifest.release != content_digest(
        manifest.files, catalogue, digested_facts(manifest)
    ):
        raise DamagedRelease("The release does not have the name of its content.", where=str(folder), remedy=WAY_ON)
    return manifest


def digested_facts(manifest: Manifest) -> Mapping[str, Any]:
    """Returns the facts of a manifest that are part of the digest: all but names, sizes and history."""
    return {name: fact for name, fact in manifest.as_json().items() if name not in {"release", "files", "previous"}}
