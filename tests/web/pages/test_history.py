"""The history of a project on its page: what each edition says, and what changed, in the made-up city Zandwijk."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kennis_ld.web.pages.history import Appearance, appearances
from kennis_ld.web.site import Site
from tests.web.html import read


def told(second_site: Site, key: str) -> list[Appearance]:
    """What the editions say of a project."""
    return list(appearances(second_site, second_site.iris.project(key)))


def names(iris: list[str]) -> list[str]:
    """The last parts of IRIs."""
    return [iri.rsplit("/", 1)[-1] for iri in iris]


def test_each_edition_says_its_own(second_site: Site) -> None:
    """Number, title, leads and partners are those of each edition, the latest first, with what changed."""
    later, earlier = told(second_site, "zeedijk")
    assert ["2032-2035", "2028-2031"] == names([later.edition, earlier.edition])
    assert ("1", "Slimme zeedijk") == (later.number, later.title and later.title.value)
    assert ("Z1", "Dijk met sensoren") == (earlier.number, earlier.title and earlier.title.value)
    assert (["waterschap", "zui"], ["gemeente-zandwijk"]) == (names(later.leads), names(later.partners))
    assert (["waterschap"], ["gemeente-zandwijk", "zui"]) == (names(earlier.leads), names(earlier.partners))
    assert (["number", "title", "leads", "partners"], []) == (later.changed, earlier.changed)


def test_a_project_that_moved_shows_both_themes(second_site: Site) -> None:
    """A project that went to another theme has the theme of each edition."""
    later, earlier = told(second_site, "zilte-tuin")
    assert (["haven"], ["zee"]) == (names(later.themes), names(earlier.themes))
    assert "themes" in later.changed


@pytest.mark.parametrize("words", ["Door de edities heen", "Wat er veranderde"])
def test_the_page_shows_it(second_client: FlaskClient, words: str) -> None:
    """The page of a project with two editions has the table; one that is new has not."""
    assert words in read(second_client.get("/doc/project/zeedijk.html").text).text
    assert words not in read(second_client.get("/doc/project/zoet-water.html").text).text


@pytest.mark.parametrize(
    "words",
    [
        "heette “Dijk met sensoren”",
        "had nummer Z1",
        "nieuwe trekker: Zuiderzee-instituut Zandwijk",
        "geen partner meer: Zuiderzee-instituut Zandwijk",
        "Partners: Gemeente Zandwijk, Zuiderzee-instituut Zandwijk",
    ],
)
def test_the_page_says_in_words_what_changed(second_client: FlaskClient, words: str) -> None:
    """What came, went and was called otherwise, as the page of the edition says it; of the first one, what it had."""
    text = " ".join(read(second_client.get("/doc/project/zeedijk.html").text).text.split())
    assert words.replace("“", "").replace("”", "") in text


def test_who_leads_and_who_takes_part_stands_behind_the_heading_of_its_column(second_client: FlaskClient) -> None:
    """Where leads and partners have a column each, the row says which is which, leads first."""
    text = read(second_client.get("/doc/project/zeedijk.html").text).text
    assert "1 Slimme zeedijk | … | Wie trekt: WH, ZUI | Wie doet mee: Gem. Zandwijk" in " ".join(text.split())


def test_what_left_shows_with_whom_it_was(second_client: FlaskClient) -> None:
    """The page of a project that is on the agenda no more shows its last number and its leads."""
    found = read(second_client.get("/doc/project/samen-eten.html").text).text
    for words in ("niet meer op de agenda", "J2", "Welzijn Zandwijk", "Kennisagenda 2028-2031"):
        assert words in found


def test_the_english_page_is_english(second_client: FlaskClient) -> None:
    """The twin has English words and names."""
    found = read(second_client.get("/doc/project/zeedijk.en.html").text).text
    for words in ("Through the editions", "new lead:", "Knowledge agenda 2028-2031", "Het Helm Water Authority"):
        assert words in found
