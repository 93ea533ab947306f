"""The pages of the saved questions: what they ask, the answer, and the answer as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kennis_ld.engine.saved import load_all
from kennis_ld.errors import BudgetExceeded
from kennis_ld.release.release import Release
from kennis_ld.web.app import create_app
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.site import Site
from kennis_ld.web.sparql.answers import MOST_ROWS_SHOWN
from kennis_ld.web.sparql.questions import prepare
from tests.conftest import ROOT
from tests.web.city import SETTINGS, CountingEngine, site_of
from tests.web.html import read

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
QUESTIONS = load_all(ROOT / "queries")
GIVEN = {"organisatie": "ul", "project": "leren-met-de-stad", "woord": "ouderen", "ding": "organisatie/ul"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_has_a_page_with_its_answer(leiden_client: FlaskClient, name: str) -> None:
    """It says what it asks in both languages, answers, and gives the answer as data with the same parameters."""
    query = QUESTIONS[name]
    given = {each.name: GIVEN[each.name] for each in query.parameters}
    for path, title in ((f"/vraag/{name}", query.title_nl), (f"/en/vraag/{name}", query.title_en)):
        response = leiden_client.get(path, query_string=given, headers=BROWSER)
        found = read(response.text)
        assert (200, title) == (response.status_code, found.texts["h1"][0])
        assert {"Antwoord", "Answer"} & set(found.texts["h2"])
    form = "csv" if query.columns else "ttl"
    data = leiden_client.get(f"/vraag/{name}.{form}", query_string=given)
    assert 200 == data.status_code
    if query.columns:
        assert ",".join(query.columns) == data.text.splitlines()[0]


def test_all_questions_are_listed(leiden_client: FlaskClient) -> None:
    """The list has each of them, and the query page leads to the list."""
    links = read(leiden_client.get("/vraag", headers=BROWSER).text).values("a", "href")
    assert sorted(f"/vraag/{name}" for name in QUESTIONS) == sorted(
        link for link in links if link.startswith("/vraag/")
    )
    assert "/vraag" in read(leiden_client.get("/sparql", headers=BROWSER).text).values("a", "href")


@pytest.mark.parametrize(
    "value", ["ul", "Universiteit Leiden", "leiden university", "http://localhost:8000/id/organisatie/ul"]
)
def test_a_thing_can_be_given_by_name_or_address(leiden_client: FlaskClient, value: str) -> None:
    """A parameter takes the reference, the name in either language, or the whole address."""
    address = "/vraag/projecten-van-organisatie.csv"
    expected = leiden_client.get(address, query_string={"organisatie": "ul"}).text
    assert len(expected.splitlines()) > 10
    assert expected == leiden_client.get(address, query_string={"organisatie": value}).text


def test_without_its_parameter_a_question_asks_for_it(leiden_client: FlaskClient) -> None:
    """The page has a field for it and no answer; data are refused; what is no thing is told so."""
    path = "/vraag/projecten-van-organisatie"
    empty = read(leiden_client.get(path, headers=BROWSER).text)
    assert ["organisatie"] == [name for name in empty.values("input", "name") if name]
    assert "Antwoord" not in empty.texts["h2"]
    assert 400 == leiden_client.get(f"{path}.csv").status_code
    wrong = leiden_client.get(path, query_string={"organisatie": "<b>niemand</b>"}, headers=BROWSER).text
    assert "niet bekend" in wrong
    assert "<b>niemand" not in wrong


def test_a_name_that_is_none_is_told_so(leiden_client: FlaskClient) -> None:
    """After a typing error the page does not say that the answer is empty; it offers to search for it."""
    path = "/vraag/met-wie-werkt-organisatie"
    wrong = read(leiden_client.get(path, query_string={"organisatie": "universitiet"}, headers=BROWSER).text)
    assert "niet bekend" in wrong.text
    assert "/zoeken?q=universitiet" in wrong.links_above_the_foot()
    assert "Antwoord" not in wrong.texts["h2"]
    alone = read(leiden_client.get(path, query_string={"organisatie": "archisenza"}, headers=BROWSER).text)
    assert "Antwoord" in alone.texts["h2"]


@pytest.mark.parametrize(
    "path", ["/vraag/bestaat-niet", "/vraag/edities.ttl", "/vraag/edities.exe", "/vraag/../edities"]
)
def test_what_is_no_question_is_404(leiden_client: FlaskClient, path: str) -> None:
    """An unknown name, and a form that the answer does not have."""
    assert 404 == leiden_client.get(path, headers=BROWSER).status_code


def test_an_answer_names_things(leiden_client: FlaskClient) -> None:
    """Things stand in the answer by their names, numbers with a bar."""
    text = leiden_client.get("/vraag/wie-trekt-het-meest", headers=BROWSER).text
    found = read(text)
    assert "Gemeente Leiden" in found.texts["a"]
    assert not [link for link in found.texts["a"] if "://" in link]
    assert 'class="bar"' in text
    # On a phone each number stands behind the name of its column.
    assert '<td data-l="Waarvan onzeker" class="figure">' in text


def test_an_answer_says_nothing_twice(leiden_client: FlaskClient) -> None:
    """A column with the names of the things in another one is left out; the others are called in words."""
    text = leiden_client.get("/en/vraag/wie-trekt-het-meest", headers=BROWSER).text
    for heading in ("Organisation", "Projects", "Of which doubtful"):
        assert f">{heading}</th>" in text
    assert ">Name</th>" not in text
    assert "naam" in leiden_client.get("/vraag/wie-trekt-het-meest.csv").text.splitlines()[0]


def test_an_answer_does_not_repeat_what_was_given(leiden_client: FlaskClient) -> None:
    """What was given is the same in each row, so the table has no column for it; the data have one."""
    text = leiden_client.get("/vraag/themas-van-organisatie?organisatie=ul", headers=BROWSER).text
    assert ["Thema", "Als trekker", "Als partner"] == re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', text)
    assert "organisatie," in leiden_client.get("/vraag/themas-van-organisatie.csv?organisatie=ul").text


def test_questions_without_parameters_are_answered_before_anybody_asks(release: Release) -> None:
    """Their pages ask nothing, also where the engine would take long; one that failed then is asked on its page."""
    engine = CountingEngine(release)
    site = site_of(release, engine, settings=replace(SETTINGS, questions=tuple(QUESTIONS.values())))
    client = create_app(site).test_client()
    overview(site)
    engine.error = BudgetExceeded(limit="1 second", cause="time")
    prepare(site)
    assert 503 == client.get("/vraag/edities", headers=BROWSER).status_code
    engine.error = None
    prepare(site)
    asked = []
    for name in ("edities", "wie-trekt-het-meest", "wie-werkt-met-wie"):  # the first page asks what every page says
        assert {200} == {client.get(f"{at}/vraag/{name}", headers=BROWSER).status_code for at in ("", "/en")}
        asked.append(engine.asked)
    assert asked[0] == asked[-1]


def test_a_permanent_link_names_the_release(leiden_client: FlaskClient) -> None:
    """The link of an answer says of which release it is, and the page of another release says that it is another."""
    path = "/vraag/projecten-van-organisatie?organisatie=ul"
    response = leiden_client.get(path, headers=BROWSER)
    link = f"{path}&release={response.headers['Kennis-Release'][:8]}"
    assert f"http://localhost:8000{link}" in read(response.text).text
    assert "Deze link noemt release" not in leiden_client.get(link, headers=BROWSER).text
    assert "Deze link noemt release 01234567." in leiden_client.get(f"{path}&release=0123456789", headers=BROWSER).text
    assert "<b>" not in leiden_client.get(f"{path}&release=<b>", headers=BROWSER).text


def test_what_was_given_stands_there_by_its_name(leiden_client: FlaskClient) -> None:
    """Field and title say the name of a thing that was given by its reference, in the language of the page."""
    text = leiden_client.get("/en/vraag/projecten-van-organisatie?organisatie=ul", headers=BROWSER).text
    assert 'value="Leiden University" maxlength' in text
    assert "Leiden University" in read(text).texts["title"][0]


def test_a_long_answer_says_where_the_rest_is(leiden_client: FlaskClient) -> None:
    """The page shows its beginning and how many rows there are; the rest is a download, or in the whole dataset."""
    found = read(leiden_client.get("/vraag/wie-werkt-met-wie", headers=BROWSER).text)
    rows = leiden_client.get("/vraag/wie-werkt-met-wie.csv").text.splitlines()[1:]
    assert f"{len(rows)} resultaten" in found.text
    assert f"de eerste {MOST_ROWS_SHOWN} rijen" in found.text
    assert MOST_ROWS_SHOWN == found.tags().count("tr") - 1
    assert "/over#downloaden" in found.links_above_the_foot()


@pytest.fixture(params=["leiden", "zandwijk"])
def searched(request: pytest.FixtureRequest, leiden_app: Flask, second_site: Site) -> Flask:
    """Each of the bundled cities; the second has projects that are no longer on the agenda."""
    return leiden_app if request.param == "leiden" else create_app(second_site)


@pytest.fixture
def texts(searched: Flask) -> Sequence[str]:
    """The names and descriptions of the city."""
    lookup = searched.extensions["kennis_ld"].lookup
    return [row[column] for name, column in (("names", "name"), ("descriptions", "text")) for row in lookup.rows(name)]


OF_TEXTS = [name for name, query in QUESTIONS.items() if any(each.holder for each in query.parameters)]


@pytest.mark.parametrize("name", OF_TEXTS)
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_a_question_about_a_text_answers_what_its_query_does(
    searched: Flask, texts: Sequence[str], name: str, data: st.DataObject
) -> None:
    """Its page asks only of what may hold it, says when that is not all there is, and else finds as much as the data.

    The text is any part of a name or a description, also within words.
    """
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text)))
    part = text[start : start + data.draw(st.integers(2, 20))].strip()
    assume(part)
    client, asked = searched.test_client(), {"woord": part}
    rows = len(client.get(f"/vraag/{name}.json", query_string=asked).json["results"]["bindings"])
    told = read(client.get(f"/vraag/{name}", query_string=asked, headers=BROWSER).text).text
    found = re.search(r"(\d+) resulta(?:at|ten)( Er kunnen er meer zijn)?", told)
    assert found, told
    assert int(found[1]) <= rows
    assert found[2] or int(found[1]) == rows


@pytest.mark.parametrize("name", OF_TEXTS)
def test_a_question_about_a_rare_text_is_answered_whole(searched: Flask, name: str) -> None:
    """Only where very many things may hold it, there may be more than the page says."""
    site: Site = searched.extensions["kennis_ld"]
    for row in site.lookup.rows("names")[::10]:
        told = searched.test_client().get(f"/vraag/{name}", query_string={"woord": row["name"]}, headers=BROWSER).text
        assert "Er kunnen er meer zijn" not in told
