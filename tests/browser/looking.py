"""How tests look at a page: at a width, in a colour scheme, and with axe-core."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
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
    """Does what leads to another page, and waits until that is there whole."""
    browser.execute_script("window.isLeft = true")
    act()
    # In the moment between two pages there is none to ask, which WebDriver says in several ways.
    wait = WebDriverWait(browser, 10, 0.05, ignored_exceptions=[WebDriverException])
    wait.until(lambda _: browser.execute_script("return !window.isLeft && document.readyState === 'complete'"))


def path_in(language: str, path: str) -> str:
    """Returns the address of a page in a language."""
    bare, _, query = path.partition("?")
    return twins(bare)[language] + (f"?{query}" if query else "")
