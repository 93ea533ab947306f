"""Voorbeeldstad, a made-up city to serve: its releases, and an engine in this process that answers from them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from kennis_ld.engine.interface import Answer, Engine, Question
from kennis_ld.engine.store import DataFile, StoreEngine, load_store
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import SavedQuery
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings as config
from kennis_ld.release import manifest
from kennis_ld.release.build import build
from kennis_ld.release.release import Release
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.site import Settings, Site
from kennis_ld.web.store import store_files

BASE = "https://kennis.voorbeeld.example"
DIGEST = "0123456789abcdef0123456789abcdef"
OLDER = "fedcba9876543210fedcba9876543210"
"""Names that a test can write down; a build names a release after its content."""

EXAMPLE = SavedQuery(
    "partijen-per-project",
    "Alle projecten",
    "All projects",
    "PREFIX ks: <def#>\nSELECT ?project WHERE { ?project a ks:Project }\nORDER BY ?project",
    columns=("project",),
)
SETTINGS = Settings(
    title={"nl": "Kennisagenda Voorbeeldstad", "en": "Knowledge agenda of Voorbeeldstad"},
    trusted_hosts=("kennis.example.org",),
    security_contact="mailto:veilig@voorbeeld.example",
    questions=(EXAMPLE,),
)
PUBLICATION = Path(__file__).parent / "voorbeeldstad"

TAKEN_OUT = """\
9\tIngetrokken\tWat later op verzoek uit de agenda is gehaald, en waar niemand meer over spreekt.\tT: GV
10\tVervangen\tWat later hetzelfde project bleek te zijn als Schoon water, en daar nu bij hoort.\tT: GV
"""
"""What the older document still held when the older release was built; decisions.csv says why it does no more."""

HOSTILE = """\
<{base}/id/organisatie/museum> <http://www.w3.org/2002/07/owl#sameAs> <javascript:alert(1)> .
<{base}/id/organisatie/museum> <http://www.w3.org/2002/07/owl#sameAs> <data:text/html,x> .
<{base}/id/organisatie/museum> <http://xmlns.com/foaf/0.1/homepage> <javascript:alert(2)> .
"""
"""What no build lets through; the site does not rely on that."""


def write_release(releases: Path, *, base: str = BASE) -> Release:
    """Writes the release of the city as it was built, with hostile statements added, and an older one beside it.

    With another base it is the same release under that address.
    """
    for name, files in _built().items():
        folder = releases / name
        folder.mkdir(parents=True)
        for path, content in files.items():
            (folder / path).write_bytes(content.replace(BASE.encode(), base.encode()))
    # As if the software of its day did not write RDF/XML.
    (releases / OLDER / "agenda.rdf").unlink()
    with (releases / DIGEST / "agenda.nq").open("a", encoding="utf-8") as file:
        file.write(HOSTILE.format(base=base))
    (releases / DIGEST / manifest.SEAL).write_bytes(manifest.seal((releases / DIGEST / manifest.MANIFEST).read_bytes()))
    return Release(DIGEST, releases / DIGEST, Iris(base), projects=3)


@cache
def _built() -> Mapping[str, Mapping[str, bytes]]:
    """Builds the city, once for all tests of a process: before two of its projects were taken out, and after."""
    with tempfile.TemporaryDirectory() as work:
        city, releases = shutil.copytree(PUBLICATION, Path(work) / "city"), Path(work) / "releases"
        with (city / "agenda-2019.txt").open("a", encoding="utf-8") as file:
            file.write(TAKEN_OUT)
        (city / "decisions.csv").unlink()
        older = _files_of_release(city, releases, OLDER)
        for name in ("agenda-2019.txt", "decisions.csv"):
            shutil.copy(PUBLICATION / name, city)
        return {OLDER: older, DIGEST: _files_of_release(city, releases, DIGEST)}


def _files_of_release(city: Path, releases: Path, name: str) -> Mapping[str, bytes]:
    built = build(config.publication(city), definitions(), releases=releases, version="0")
    assert built.release is not None, [message.message["en"] for message in built.checked.messages]
    named = built.release.name.encode()
    return {path.name: path.read_bytes().replace(named, name.encode()) for path in built.release.iterdir()}


def site_of(
    release: Release, engine: Engine, *, settings: Settings = SETTINGS, own_engine: Engine | None = None
) -> Site:
    """Returns the site on a release; its own queries go to the engine of visitors, unless they get one of their own."""
    return Site(engine, Lookup(own_engine or engine, release.iris), release, settings)


class CountingEngine:
    """An engine in this process that counts its questions; `error` makes it raise instead of answer."""

    def __init__(self, release: Release) -> None:
        files = store_files(release.folder, manifest.read(release.folder))
        as_they_are = tuple(replace(file, sha256=None) for file in files)  # tests change what was built
        self._inner = _engine(as_they_are, tuple(file.path.stat().st_mtime_ns for file in as_they_are))
        self.error: Exception | None = None
        self.asked = 0

    def answer(self, question: Question) -> Answer:
        """Answers from memory."""
        self.asked += 1
        if self.error is not None:
            raise self.error
        return self._inner.answer(question)


@lru_cache(maxsize=8)
def _engine(files: tuple[DataFile, ...], _changed: tuple[int, ...]) -> Engine:
    """Returns an engine that holds files as they were changed at some moments; nothing is ever written to it."""
    return StoreEngine(load_store(files))
