"""The validation report of a release is data like any other."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from kennis_ld.web.site import Site


def test_every_iri_of_the_report_resolves(second_site: Site, second_client: FlaskClient) -> None:
    """What report.ttl names under /id/ leads to a page, and to Turtle that says the same."""
    base = re.escape(second_site.iris.base)
    text = (second_site.release.folder / "report.ttl").read_text(encoding="utf-8")
    found = sorted(set(re.findall(rf"<{base}(/id/[^>]*)>", text)))
    assert any("/id/bevinding/" in path for path in found)
    for path in found:
        page = second_client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        turtle = second_client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
        assert (200, 200) == (page.status_code, turtle.status_code), path
        assert path in turtle.text


def test_the_report_is_a_graph_that_can_be_asked(second_client: FlaskClient) -> None:
    """The results stand in the graph of the quality page, apart from the data themselves."""
    result = "a <http://www.w3.org/ns/shacl#ValidationResult>"
    for pattern, expected in ((f"GRAPH <kwaliteit> {{ ?x {result} }}", "true"), (f"?x {result}", "false")):
        answer = second_client.get("/sparql", query_string={"query": f"ASK {{ {pattern} }}"}, headers={"Accept": "*/*"})
        assert f'"boolean":{expected}' in answer.text.replace(" ", "")


def test_the_report_says_what_may_be_done_with_it(second_client: FlaskClient) -> None:
    """Who finds only the report knows its licence and the dataset that it is about, in each form."""
    for form in ("ttl", "nt", "jsonld", "rdf"):
        text = second_client.get(f"/kwaliteit.{form}").text
        assert "creativecommons.org" in text, form
        assert "inDataset" in text, form
