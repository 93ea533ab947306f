"""Every kind of page in a real browser: for everyone, on every width, light and dark, and nothing from elsewhere."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from kennis_ld.web.app import create_app
from tests.answering import answering
from tests.browser.looking import AXE, RULES, RUN_AXE, leave, path_in, resize, show
from tests.publications import write
from tests.web.conftest import built_site
from tests.web.kinds import PAGES, SMALL
from tests.web.pages.test_sizes import NINE, agenda

LOOKS = [("nl", 360, "dark"), ("en", 1280, "light"), ("en", 360, "light"), ("nl", 1280, "dark")]
"""In which the pages are looked at, one look a kind and the home page in all of them: the style is one for all."""


FOCUS_ON_LINK = """
const link = [...document.links].find(each => each.innerText.trim().split("\\n")[0] === arguments[0]);
link.focus();
return link;
"""


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: npm ci --prefix tests/clients")
@pytest.mark.parametrize(("place", "look"), list(enumerate(LOOKS)))
def test_axe_finds_nothing(browser: Chrome, small_address: str, place: int, look: tuple[str, int, str]) -> None:
    """axe-core finds no fault on any kind of page (WCAG 2.2 A and AA, and its best practices)."""
    language, width, scheme = look
    found = {}
    for path in {"/", *SMALL[place :: len(LOOKS)]}:
        show(browser, small_address + path_in(language, path), width=width, media={"prefers-color-scheme": scheme})
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        if faults := browser.execute_async_script(RUN_AXE, RULES):
            found[path] = faults
    assert {} == found


def test_forced_colours_lose_nothing(browser: Chrome, address: str) -> None:
    """Where a person's own colours replace ours, a lead still differs from a partner, and focus shows."""
    show(browser, f"{address}/", width=1280, media={"forced-colors": "active"})
    dots = [browser.find_element(By.CSS_SELECTOR, f"td .dots i{kind}") for kind in (".lead", ":not(.lead)")]
    assert 2 == len({dot.value_of_css_property("background-color") for dot in dots})
    browser.switch_to.active_element.send_keys(Keys.TAB)
    assert "3px" == browser.switch_to.active_element.value_of_css_property("outline-width")


def test_no_page_is_too_wide_and_no_other_host_is_asked(browser: Chrome, address: str) -> None:
    """At zooms of 100, 125, 200 and 400 % every kind of page fits (WCAG 2.2, 1.4.4, 1.4.10), and it asks no other host.

    Neither the content security policy nor the console says anything. One test, for opening them all takes seconds.
    """
    browser.get_log("performance")
    browser.get_log("browser")
    wide = {}
    for path in PAGES:
        show(browser, address + path, width=1280)
        for width in (1280, 1024, 640, 320):
            resize(browser, width)
            window, shown, there = browser.execute_script(
                "const d = document.documentElement; return [innerWidth, d.scrollWidth, d.clientWidth]"
            )
            assert width == window, path
            if shown > there:
                wide[path, width] = shown
    assert {} == wide
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    assert len(asked) > len(PAGES)
    assert [] == [url for url in asked if not url.startswith(address)]
    said = [entry["message"] for entry in browser.get_log("browser")]
    # That a page is not there, or a query is wrong, the browser says too.
    assert [] == [each for each in said if not ("/niets" in each or "query=fout" in each)]


@pytest.mark.parametrize("path", ["/samenwerking", "/themas", "/projecten", "/doc/organisatie/ul"])
@pytest.mark.parametrize("width", [320, 360])
def test_name_has_the_whole_row_on_a_phone(browser: Chrome, address: str, path: str, width: int) -> None:
    """Where the cells of a row stand below each other, the name above them is as wide as the row: no word is broken."""
    show(browser, address + path, width=width)
    narrow = browser.execute_script(
        "return [...document.querySelectorAll('.stack tbody th')]"
        ".filter(th => th.offsetWidth && th.offsetWidth < th.parentElement.clientWidth - 20).map(th => th.innerText)"
    )
    assert [] == narrow


@pytest.mark.parametrize(
    ("most", "steps", "expected"),
    [
        (3, ["/", "Kwaliteit", "Leidse versie programma stad & taal"], "Het project heeft geen trekker."),
        (1, ["/", "Wie is het vaakst trekker?"], "Gemeente Leiden"),
        (3, ["/", "Projecten", "mboRijnland"], "5 projecten"),
        (1, ["/", "Contact"], "CC0 1.0"),
        (1, ["/", "Contact"], "http://localhost:8000/catalog"),
        (2, ["/", "Organisaties", "Universiteit Leiden"], "027bh9e22"),
    ],
)
def test_tasks_by_keyboard(browser: Chrome, address: str, most: int, steps: list[str], expected: str) -> None:
    """What people come for is at most so many links away, and a keyboard reaches each of them."""
    start, *links = steps
    assert len(links) <= most
    show(browser, address + start, width=1280)
    for text in links:
        link = browser.execute_script(FOCUS_ON_LINK, text)
        assert link == browser.switch_to.active_element
        leave(browser, partial(link.send_keys, Keys.ENTER))
    assert expected in browser.find_element(By.TAG_NAME, "main").text
    if "mboRijnland" in steps:  # and one more for the list as a spreadsheet
        link = browser.find_element(By.LINK_TEXT, "CSV (spreadsheet)").get_attribute("href") or ""
        assert link.endswith("/projecten.csv?trekker=mbor")


def test_a_long_query_is_kept_and_answered(browser: Chrome, address: str) -> None:
    """A query that is too long for an address is answered on the page of the form, with its text still there."""
    show(browser, f"{address}/sparql", width=1280)
    query = "SELECT * { ?s ?p ?o } LIMIT 1\n# " + "lang " * 3000
    field = browser.find_element(By.ID, "query")
    browser.execute_script("arguments[0].value = arguments[1]", field, query)
    leave(browser, browser.find_element(By.CSS_SELECTOR, "form.query button").click)
    assert "1 resultaat" in browser.find_element(By.TAG_NAME, "main").text
    assert query == browser.find_element(By.ID, "query").get_property("value")


def test_paper_shows_the_name_and_no_form(browser: Chrome, address: str) -> None:
    """Print has dark text on white, also of who reads in the dark, and leaves out the menu and what nobody can press.

    A table stays a table on a sheet that is narrower than a phone's page is wide.
    """
    gone = {
        "/": ("header nav", "form.search"),
        "/projecten": (".facets", ".forms", "#meenemen"),
        "/doc/project/stad-en-taal": ("button", ".box:has(.forms)"),
        "/vraag/met-wie-werkt-organisatie?organisatie=ul": ("form.filter",),
    }
    for path, selectors in gone.items():
        show(browser, address + path, width=718, media={"prefers-color-scheme": "dark"})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        name = browser.find_element(By.CSS_SELECTOR, "header .name")
        assert "rgba(27, 29, 32, 1)" == name.value_of_css_property("color")
        for selector in selectors:
            assert not browser.find_element(By.CSS_SELECTOR, selector).is_displayed(), (path, selector)
        if path == "/":
            # A filled dot is a background, which browsers leave out unless they are told that it says something.
            adjust = "return getComputedStyle(document.querySelector('.dots .lead')).webkitPrintColorAdjust"
            assert "exact" == browser.execute_script(adjust)
        if path == "/projecten":
            assert "table-cell" == browser.find_element(By.CSS_SELECTOR, "td").value_of_css_property("display")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_many_themes_fit(browser: Chrome, tmp_path: Path) -> None:
    """A city of nine themes has pages no wider than the window, and a phone has no part that scrolls."""
    city = write(tmp_path / "city", agenda([("Plan", "T: GZ P: HD")] * 14, NINE))
    with answering(create_app(built_site(city, tmp_path / "releases"))) as address:
        for width in (1280, 1000, 360):
            show(browser, f"{address}/samenwerking", width=width)
            shown, there = browser.execute_script(
                "const d = document.documentElement; return [d.scrollWidth, d.clientWidth]"
            )
            assert shown <= there, width
