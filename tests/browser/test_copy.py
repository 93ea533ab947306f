"""Copying the address of a thing, and its identifiers elsewhere: by keyboard, and without a script."""

from __future__ import annotations

from functools import partial

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.looking import show

READ = "const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, done)"


def test_an_address_and_an_identifier_are_two_clicks(browser: Chrome, address: str) -> None:
    """Of an organisation the IRI and the ROR each come with one key on a button, which says that it is done."""
    allowed = {"origin": address, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    browser.execute_cdp_cmd("Browser.grantPermissions", allowed)
    show(browser, f"{address}/doc/organisatie/ul", width=1280)
    places = browser.find_elements(By.CSS_SELECTOR, ".box > .copy, .box dd > .copy")
    expected = ["http://localhost:8000/id/organisatie/ul", "https://ror.org/027bh9e22"]
    for place, text in zip(places, expected, strict=False):
        place.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
        status = partial(place.find_element(By.CSS_SELECTOR, "[role=status]").get_property, "textContent")
        WebDriverWait(browser, 10, 0.05).until(lambda _, said=status: said() == "Gekopieerd")
        assert text == browser.execute_async_script(READ)


def test_without_a_script_one_click_chooses_all_of_it(browser: Chrome, address: str) -> None:
    """No button is promised that does nothing, and the text is chosen whole."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(browser, f"{address}/doc/organisatie/ul", width=1280)
        place = browser.find_element(By.CSS_SELECTOR, ".box .copy")
        assert [] == place.find_elements(By.TAG_NAME, "button")
        assert "all" == place.find_element(By.TAG_NAME, "code").value_of_css_property("user-select")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
