"""A city with more roles than two, built and served: what the made-up cities of the other tests do not have."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication.settings import publication
from kennis_ld.release import manifest
from kennis_ld.release.build import build
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from kennis_ld.web.store import store_files
from tests.publications import write
from tests.web.city import site_of


def served(folder: Path, changes: dict[str, str]) -> tuple[FlaskClient, Path]:
    """Builds a publication and returns a client of its site, and the folder of its release."""
    city = publication(write(folder / "city", changes))
    built = build(city, definitions(), releases=folder / "releases", version="0")
    assert built.release is not None, [item.message["en"] for item in built.checked.messages]
    release = Release(built.release.name, built.release, city.iris, projects=3)
    engine = StoreEngine(load_store(store_files(release.folder, manifest.read(release.folder))))
    return create_app(site_of(release, engine)).test_client(), release.folder
