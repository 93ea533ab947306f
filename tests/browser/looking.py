"""How tests look at a page: at a width, in a colour scheme, and with axe-core."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from kennis_ld.web.words import twins
from tests.conftest import ROOT

AXE = ROOT / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """
const done = arguments[arguments.length - 1];
const told = each => [each.id, each.nodes.slice(0, 3).map(node => node.html.slice(0, 160))];
axe.run(document, {runOnly: arguments[0], resultTypes: ["violations"], preload: false})
  .then(found => done(found.violations.map(told)));
"""


def show(browser: Chrome, url: str, *, width: int, media: Mapping[str, str] | None = None) -> None:
    """Opens a page in a window of so many CSS pixels, with media features such as the colour scheme."""
    features = [{"name": name, "value": value} for name, value in (media or {}).items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    resize(browser, width)
    browser.get(url)


def resize(browser: Chrome, width: int) -> None:
    """Gives the window so many CSS pixels."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def leave(browser: Chrome, act: Callable[[], object]) -> None:
    """Does what leads to another page, and waits until the page at hand is gone."""
    page = browser.find_element(By.TAG_NAME, "html")
    act()
    WebDriverWait(browser, 10).until(staleness_of(page))


def path_in(language: str, path: str) -> str:
    """Returns the address of a page in a language."""
    bare, _, query = path.partition("?")
    return twins(bare)[language] + (f"?{query}" if query else "")
