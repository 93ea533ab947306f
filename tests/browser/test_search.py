"""Suggestions while somebody types: by keyboard, for who listens, and without a script."""

from __future__ import annotations

from functools import partial

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.looking import AXE, RULES, RUN_AXE, leave, show


def test_suggestions_by_keyboard(browser: Chrome, small_address: str) -> None:
    """Arrows choose, Escape closes, Enter goes there; what is chosen is said, and axe finds no fault."""
    show(browser, small_address + "/zoeken", width=360)
    field = browser.find_element(By.ID, "q")
    options = partial(browser.find_elements, By.CSS_SELECTOR, "[role=option]")
    field.send_keys("ha")
    WebDriverWait(browser, 10, 0.05).until(lambda _: "true" == field.get_attribute("aria-expanded"))
    assert "Havenbedrijf Zandwijk" in options()[0].text
    assert browser.find_element(By.CSS_SELECTOR, "form [role=status]").get_property("textContent")
    field.send_keys(Keys.DOWN)
    assert options()[0].get_attribute("id") == field.get_attribute("aria-activedescendant")
    assert ["true"] == [each.get_attribute("aria-selected") for each in options()][:1]
    if AXE.exists():
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        assert [] == browser.execute_async_script(RUN_AXE, RULES)
    field.send_keys(Keys.ESCAPE)
    assert "false" == field.get_attribute("aria-expanded")
    assert "ha" == field.get_property("value")
    field.send_keys("ven")
    WebDriverWait(browser, 10, 0.05).until(lambda _: "true" == field.get_attribute("aria-expanded"))
    field.send_keys(Keys.UP)
    name = options()[-1].find_element(By.TAG_NAME, "bdi").text
    leave(browser, partial(field.send_keys, Keys.ENTER))
    assert name == browser.find_element(By.TAG_NAME, "h1").text


def test_a_refusal_is_no_answer(browser: Chrome, small_address: str) -> None:
    """Where the site does not answer, as to somebody who asks too often, it is not said that nothing was found."""
    show(browser, small_address + "/zoeken", width=360)
    field = browser.find_element(By.ID, "q")
    form = browser.find_element(By.CSS_SELECTOR, "form[data-suggestions]")
    status = form.find_element(By.CSS_SELECTOR, "[role=status]")
    wait = WebDriverWait(browser, 10, 0.05)
    field.send_keys("ha")
    wait.until(lambda _: "true" == field.get_attribute("aria-expanded"))
    browser.execute_script(
        "arguments[0].dataset.suggestions = '/is-niet-hier'; arguments[1].textContent = ''", form, status
    )
    field.send_keys("v")
    wait.until(lambda _: "false" == field.get_attribute("aria-expanded"))
    assert "" == status.get_property("textContent")
