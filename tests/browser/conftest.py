"""One browser for all tests, and the site of the bundled agenda to look at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from kennis_ld.web.app import create_app
from tests.answering import answering
from tests.conftest import ROOT
from tests.web.conftest import built_site


@contextmanager
def served(city: str, releases: Path) -> Iterator[str]:
    """Serves the agenda of a city, and gives the address."""
    with answering(create_app(built_site(ROOT / "data" / city, releases))) as address:
        yield address


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site of the bundled agenda answers."""
    with served("leiden", tmp_path_factory.mktemp("releases")) as found:
        yield found


@pytest.fixture(scope="session")
def small_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site of the second city answers."""
    with served("zandwijk", tmp_path_factory.mktemp("releases")) as found:
        yield found


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """Starts Chromium without a window; it keeps what its console and its network say.

    Raises:
        FileNotFoundError: Chromium or its driver is not installed.
    """
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        raise FileNotFoundError
    options = Options()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with webdriver.Chrome(options=options, service=Service(driver)) as chrome:
        yield chrome


@pytest.fixture(scope="session")
def browser() -> Iterator[webdriver.Chrome]:
    """Chromium, without a window."""
    if shutil.which("chromium") is None or shutil.which("chromedriver") is None:
        pytest.skip("needs Debian's chromium and chromium-driver")
    with chromium() as chrome:
        yield chrome
