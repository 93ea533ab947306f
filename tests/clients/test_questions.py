"""The saved questions, answered by a client that knows only what the endpoint says of itself.

The client is rdflib and SPARQLWrapper: it reads the description of the service, where a question is a
`sh:SPARQLExecutable` with `sh:Parameter`s, and knows no file and no page of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from click.testing import CliRunner
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SH
from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper

from kennis_ld.cli import main
from kennis_ld.pipeline.definitions import definitions
from tests.w3c.served import Site

QUERIES = definitions().queries
QUESTIONS = sorted(query.name for query in QUERIES)


@cache
def described(site: Site) -> Graph:
    """What the service says of itself."""
    return Graph().parse(site.endpoint, format="turtle")


def sent(site: Site, text: str, form: str = JSON, method: str = GET) -> Any:
    """What SPARQLWrapper makes of the answer."""
    asking = SPARQLWrapper(site.endpoint)
    asking.setMethod(method)
    asking.setReturnFormat(form)
    asking.setQuery(text)
    return asking.queryAndConvert()


def executable(site: Site, question: URIRef) -> tuple[str, bool]:
    """The text of a question, and whether it answers with rows."""
    found = described(site)
    select = found.value(question, SH.select)
    return str(select or found.value(question, SH.construct)), select is not None


def ours(site: Site, name: str, given: dict[str, str], *, rows: bool) -> Any:
    """What `kennis-ld query` answers."""
    more = [part for key, value in given.items() for part in ("-p", f"{key}={value}")]
    form = "json" if rows else "ttl"
    ran = CliRunner().invoke(main, ["query", name, "--endpoint", site.endpoint, "--format", form, *more])
    assert 0 == ran.exit_code, ran.output
    return json.loads(ran.stdout)["results"] if rows else set(Graph().parse(data=ran.stdout, format="turtle"))


def theirs(site: Site, text: str, *, rows: bool) -> Any:
    """What the client gets for a text."""
    return sent(site, text)["results"] if rows else set(Graph().parse(data=sent(site, text, TURTLE), format="turtle"))


def parameters(site: Site, question: URIRef) -> Iterator[tuple[str, Any, str]]:
    """The name, the example and the pattern of each parameter."""
    found = described(site)
    for node in found.objects(question, SH.parameter):
        path = str(found.value(node, SH.path))
        yield path.rpartition("/")[2], found.value(node, SH.defaultValue), str(found.value(node, SH.pattern) or "")


def test_every_question_is_described(site: Site) -> None:
    """What is asked stands there in Dutch and English, and each parameter has a meaning, a kind and an example."""
    found = described(site)
    there = set(found.subjects(RDF.type, SH.SPARQLExecutable))
    assert QUESTIONS == sorted(str(each).rpartition("/")[2] for each in there)
    for each in there:
        for prop in (RDFS.label, RDFS.comment):
            assert {"nl", "en"} == {value.language for value in found.objects(each, prop)}
        for node in found.objects(each, SH.parameter):
            assert {"nl", "en"} == {value.language for value in found.objects(node, SH.description)}
            assert found.value(node, SH.defaultValue) is not None
            assert found.value(node, SH.nodeKind) == SH.IRI or found.value(node, SH.datatype) is not None


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_answered_from_its_description_alone(site: Site, name: str) -> None:
    """Sent as it is, a question gives what `kennis-ld query` gives for the example of its parameters."""
    question = URIRef(f"{site.url}/id/vraag/{name}")
    text, rows = executable(site, question)
    given = {parameter: str(example) for parameter, example, _ in parameters(site, question)}
    answer = theirs(site, text, rows=rows)
    assert ours(site, name, given, rows=rows) == answer
    assert not given or (answer if not rows else answer["bindings"])


@pytest.mark.parametrize("name", [each.name for each in QUERIES for asked in each.parameters if asked.kind == "IRI"])
def test_another_value_goes_in_the_place_of_the_example(site: Site, name: str) -> None:
    """A value that fits the pattern of a parameter, put where its example stands, is asked about."""
    question = URIRef(f"{site.url}/id/vraag/{name}")
    text, rows = executable(site, question)
    for parameter, example, pattern in parameters(site, question):
        fits = json.dumps(pattern)  # as SPARQL writes a text, too
        named = f"SELECT ?it {{ ?it a ?kind FILTER(REGEX(STR(?it), {fits}) && ?it != <{example}>) }}"
        other = max(row["it"]["value"] for row in sent(site, named, method=POST)["results"]["bindings"])
        answer = theirs(site, text.replace(example.n3(), f"<{other}>"), rows=rows)
        assert ours(site, name, {parameter: other}, rows=rows) == answer


def test_questions_are_found_by_a_query_too(site: Site) -> None:
    """A program that asks for example queries in any graph finds each, with its text."""
    asked = (
        "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT DISTINCT ?it { GRAPH ?g { ?it a sh:SPARQLExecutable ;"
        " sh:select|sh:ask|sh:construct ?text } }"
    )
    found = {row["it"]["value"].rpartition("/")[2] for row in sent(site, asked)["results"]["bindings"]}
    assert QUESTIONS == sorted(found)
