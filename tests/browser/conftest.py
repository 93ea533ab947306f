"""One browser for all tests, and the site of the bundled agenda to look at."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from werkzeug.serving import make_server

from kennis_ld.web.app import create_app
from tests.conftest import ROOT
from tests.web.conftest import built_site


@contextmanager
def served(city: str, releases: Path) -> Iterator[str]:
    """Serves the agenda of a city, and gives the address."""
    server = make_server("127.0.0.1", 0, create_app(built_site(ROOT / "data" / city, releases)), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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
