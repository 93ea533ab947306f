"""The page of the data model: a drawing that is in the data, and each term with its use and an example."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from kennis_ld.engine.interface import Iri, Question
from kennis_ld.graph.description import Description
from kennis_ld.web.pages.model import drawing, example, uses
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.site import Site
from tests.conftest import ROOT
from tests.web.html import read

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def test_the_drawing_has_every_class_of_the_ontology() -> None:
    """A class that is added is drawn."""
    ontology = (ROOT / "ontology" / "agenda.ttl").read_text(encoding="utf-8")
    classes = re.findall(r"^(ks:\w+) a rdfs:Class", ontology, re.MULTILINE)
    assert set(classes) == {box.term for box in drawing().boxes if box.term.startswith("ks:")}


def test_each_arrow_is_in_the_data(second_site: Site) -> None:
    """Every arrow leads from a thing of its first class to one of its second."""
    names = Description([], terms=second_site.iris.terms)
    asked = "ASK { ?a a ?start ; ?term ?b . ?b a ?end }"
    for arrow in drawing().arrows:
        bound = {"start": arrow.start, "term": arrow.term, "end": arrow.end}
        terms = {name: Iri(names.iri(each)) for name, each in bound.items()}
        question = Question(asked, second_site.iris.root, solutions="json", graph=None, bindings=terms)
        assert b"true" in second_site.lookup._engine.answer(question).body, arrow


def test_boxes_and_arrows_keep_clear_of_each_other() -> None:
    """No two boxes share a place, and every arrow ends at the edge of a box."""
    shown = drawing()
    width, height = shown.box
    assert len(shown.boxes) == len({(box.x, box.y) for box in shown.boxes})
    for arrow in shown.arrows:
        end = next(box for box in shown.boxes if box.term == arrow.end)
        x, y = arrow.line[2:]
        assert x in {end.x, end.x + width} or y in {end.y, end.y + height}


def test_terms_have_their_use_and_an_example(second_site: Site) -> None:
    """The count is that of the data, and the example is a statement of it."""
    terms = second_site.iris.terms
    found = uses(second_site, [f"{terms}Project", f"{terms}number", f"{terms}nowhere"], example(second_site))
    assert len(overview(second_site).projects) <= found[f"{terms}Project"].count
    assert found[f"{terms}number"].object
    assert (0, "") == (found[f"{terms}nowhere"].count, found[f"{terms}nowhere"].subject)


def test_the_page_says_the_arrows_as_a_table_too(leiden_client: FlaskClient) -> None:
    """Each arrow of the drawing is a row; each box is a link to what the class means."""
    page = read(leiden_client.get("/def", headers=BROWSER).text)
    rows = [row for row in page.texts["a"] if row]
    assert all(name in rows for arrow in drawing().arrows for name in (arrow.start, arrow.term, arrow.end))
    assert {"#Project", "#Entry"} <= {link[link.index("#") :] for link in page.values("a", "href") if "#" in link}
    assert "270 keer gebruikt" in page.text
