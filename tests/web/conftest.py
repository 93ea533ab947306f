"""The made-up city, served to a test client."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kennis_ld.engine.interface import TRUSTED
from kennis_ld.engine.saved import load_all
from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication import settings as config
from kennis_ld.release import manifest
from kennis_ld.release.build import build
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from kennis_ld.web.site import Site
from kennis_ld.web.store import store_files
from tests.conftest import ROOT
from tests.web.city import SETTINGS, CountingEngine, site_of, write_release


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release folder, written once: a release never changes."""
    return write_release(tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def shared_app(release: Release) -> Flask:
    """One application for tests that only look."""
    return create_app(site_of(release, CountingEngine(release)))


@pytest.fixture
def client(shared_app: Flask) -> FlaskClient:
    """A client of the shared application."""
    return shared_app.test_client()


@pytest.fixture
def engine(release: Release) -> CountingEngine:
    """An engine of the test's own."""
    return CountingEngine(release)


@pytest.fixture
def own_client(engine: CountingEngine, release: Release) -> FlaskClient:
    """A client of an application on the test's own engine."""
    return create_app(site_of(release, engine)).test_client()


def built_site(folder: Path, releases: Path) -> Site:
    """Returns the site on a release that is built of a publication."""
    city = config.publication(folder)
    built = build(city, definitions(), releases=releases, version="0")
    assert built.release is not None
    facts = manifest.read(built.release)
    settings = replace(SETTINGS, questions=tuple(load_all(ROOT / "queries").values()), look=city.look)
    engine = StoreEngine(load_store(store_files(built.release, facts)), budget=TRUSTED)
    return site_of(Release.of(built.release, facts), engine, settings=settings)


@pytest.fixture(scope="session")
def second_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site on a real release, of the second city with its two editions."""
    return built_site(ROOT / "data" / "zandwijk", tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def leiden_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on a release of the bundled agenda."""
    return create_app(built_site(ROOT / "data" / "leiden", tmp_path_factory.mktemp("releases")))


@pytest.fixture
def leiden_client(leiden_app: Flask) -> FlaskClient:
    """A client of that application."""
    return leiden_app.test_client()


@pytest.fixture
def second_client(second_site: Site) -> FlaskClient:
    """A client of that site."""
    return create_app(second_site).test_client()
