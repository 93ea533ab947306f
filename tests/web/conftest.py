"""The made-up city, served to a test client."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kennis_ld.web.app import create_app
from kennis_ld.web.site import Release
from tests.web.city import SETTINGS, CountingEngine, write_release


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release folder, written once: a release never changes."""
    return write_release(tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def shared_app(release: Release) -> Flask:
    """One application for tests that only look."""
    return create_app(CountingEngine(release), release, SETTINGS)


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
    return create_app(engine, release, SETTINGS).test_client()
