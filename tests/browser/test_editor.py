"""The query editor: names from the data, prefixes by one key, the error at its place, and a way out by keyboard."""

from __future__ import annotations

import gzip
from functools import partial

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from kennis_ld.web.sparql.endpoint import EDITOR
from tests.browser.looking import AXE, RULES, RUN_AXE, leave, show

pytestmark = pytest.mark.skipif(not EDITOR.exists(), reason="needs the editor: python editor/build.py")

WRONG = "/en/sparql?query=SELECT%20*%20%7B%20%3Fp%20a%20schema%3AProject%20%7D"


def test_the_editor_is_no_heavier_than_it_may_be() -> None:
    """At most 160 kB on the wire, on one page."""
    assert 160_000 >= len(gzip.compress(EDITOR.read_bytes()))


def test_a_query_by_keyboard(browser: Chrome, small_address: str) -> None:
    """A forgotten prefix is marked and comes with one key, a name is completed with its prefix, Ctrl-Enter asks."""
    browser.get_log("browser")
    show(browser, small_address + WRONG, width=1280)
    wait = WebDriverWait(browser, 10, 0.05)
    inside = browser.find_element(By.CSS_SELECTOR, "form.query .editor").shadow_root
    one = partial(inside.find_element, By.CSS_SELECTOR)
    wait.until(lambda _: inside.find_elements(By.CSS_SELECTOR, ".cm-lintRange"))
    assert "schema:" in one(".cm-lintRange").text
    content = one(".cm-content")
    content.send_keys(Keys.CONTROL, ".")
    value = partial(browser.find_element(By.ID, "query").get_property, "value")
    assert "PREFIX schema: <https://schema.org/>\nSELECT * { ?p a schema:Project }" == value().strip()
    # To what has focus, for WebDriver puts the caret at the end of what it is told to type in.
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL).perform()
    ActionChains(browser).send_keys(Keys.LEFT, "; particip").perform()
    wait.until(lambda _: inside.find_elements(By.CSS_SELECTOR, ".cm-tooltip-autocomplete li"))
    assert "participation" in one(".cm-tooltip-autocomplete li").text
    if AXE.exists():
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        assert [] == browser.execute_async_script(RUN_AXE, RULES)
    # What is chosen too fast after it opened is not meant, so CodeMirror waits a moment.
    wait.until(lambda _: ActionChains(browser).pause(0.1).send_keys(Keys.ENTER).perform() or "ks:" in value())
    assert value().startswith("PREFIX ks: <")
    ActionChains(browser).send_keys(" ?part ", Keys.TAB).perform()
    assert "button" == browser.switch_to.active_element.tag_name
    leave(browser, partial(content.send_keys, Keys.CONTROL, Keys.ENTER))
    assert "results" in browser.find_element(By.TAG_NAME, "main").text
    # What was typed has an address to share.
    assert "/en/sparql?query=" in browser.current_url
    said = [entry["message"] for entry in browser.get_log("browser")]
    assert [] == [each for each in said if "400 (BAD REQUEST)" not in each]
