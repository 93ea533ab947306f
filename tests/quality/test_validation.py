"""The outcome of validation: values, not booleans; the same in every run; and nothing is changed on the way."""

from __future__ import annotations

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH

from kennis_ld.quality.validation import (
    Invalid,
    NothingToValidate,
    Triple,
    Valid,
    merge,
    report_triples,
)
from tests.quality.by_pyshacl import unmatched_shapes, validate
from tests.quality.rule_cases import IRIS, case, data, found, shapes, valid, without_queries


@pytest.mark.parametrize("name", ["project-description", "project-partner"])
def test_a_warning_or_a_remark_is_valid(name: str) -> None:
    """Warnings travel with a release; only a violation stops it."""
    outcome = found(case(name).data)
    assert isinstance(outcome, Valid)
    assert 1 == len(outcome.results)


def test_a_violation_is_invalid_and_comes_first() -> None:
    """The most serious results come first, whatever the order of the report."""
    outcome = merge([found(case(name).data) for name in ("project-description", "project-name", "project-partner")])
    assert isinstance(outcome, Invalid)
    assert ["violation", "warning", "info"] == [result.severity.value for result in outcome.results]
    assert sorted(outcome.results, key=lambda result: result.sort_key) == list(outcome.results)


@pytest.mark.parametrize("turtle", ["", "<urn:x:a> a <urn:x:Unknown> ."], ids=["empty", "other things"])
def test_nothing_to_validate_is_not_valid(turtle: str) -> None:
    """Data in which no shape finds a node has not been checked, and says so."""
    graph = Graph().parse(data=turtle, format="turtle")
    assert NothingToValidate() == validate(graph, shapes())


def test_a_misspelt_target_is_noticed() -> None:
    """SHACL calls data valid when the class in a target is misspelt; we do not."""
    misspelt = Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:x:shape> a sh:NodeShape ; sh:targetClass skos:Concpet ; sh:property <urn:x:label> .
        <urn:x:label> sh:path skos:prefLabel ; sh:minCount 1 .
        """,
        format="turtle",
    )
    assert NothingToValidate() == validate(data(valid()), misspelt)
    assert ("urn:x:shape",) == unmatched_shapes(data(valid()), misspelt)


def test_neither_graph_is_changed() -> None:
    """Validation adds nothing to the data or the shapes: what is published is what was checked."""
    graph, rules = data(valid()), Graph() + shapes()
    before, rules_before = set(graph), set(rules)
    validate(graph, rules)
    assert before == set(graph)
    assert rules_before == set(rules)


def test_parts_together_say_what_the_whole_says() -> None:
    """Checked project by project, with everything they share beside them, the data gets the same results."""
    text = case("participation-doubtful-spelling").data.replace('"De haven"@nl', '"De haven"')
    whole = data(text)
    own = {name: {node for node in whole.subjects() if name in str(node)} for name in ("park", "haven")}
    parts = []
    for other in ("haven", "park"):
        part = Graph()
        for triple in whole:
            if triple[0] not in own[other]:
                part.add(triple)
        parts.append(validate(part, without_queries()))
    assert found(text) == merge(parts)
    assert 3 == len(found(text).results)


def test_parts_with_nothing_to_validate_add_nothing() -> None:
    """An empty part does not spoil the rest, and does not make the whole look checked."""
    assert Valid() == merge([NothingToValidate(), Valid()])
    assert NothingToValidate() == merge([NothingToValidate(), NothingToValidate()])
    assert NothingToValidate() == merge([])


def test_report_has_no_blank_nodes_and_is_the_same_each_time() -> None:
    """The report is published beside the data, byte for byte the same for the same findings."""
    triples = report(case("project-name").data)
    again = validate(data(case("project-name").data), without_queries())
    assert isinstance(again, Invalid)
    assert triples == report_triples(again, IRIS)
    assert not any(isinstance(term, BNode) for triple in triples for term in triple)
    assert list(triples) == sorted(triples, key=lambda triple: tuple(term.n3() for term in triple))


def test_report_says_what_the_results_say() -> None:
    """Every result is in the report with severity, node, rule, and message and remedy in both languages."""
    outcome = found(case("project-name").data)
    graph = Graph()
    for triple in report(case("project-name").data):
        graph.add(triple)
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert Literal(False) == graph.value(node, SH.conforms)
    stated = {
        (
            str(graph.value(result, SH.resultSeverity)).rpartition("#")[2].lower(),
            graph.value(result, SH.focusNode),
            graph.value(result, SH.resultPath),
            str(graph.value(result, SH.sourceShape)),
            frozenset(graph.objects(result, SH.resultMessage)),
        )
        for result in graph.objects(node, SH.result)
    }
    expected = {
        (
            result.severity.value,
            result.focus,
            URIRef(result.path[1:-1]) if result.path.startswith("<") else None,
            result.shape,
            frozenset(
                {
                    Literal(f"{result.messages.nl} {result.remedies.nl}", "nl"),
                    Literal(f"{result.messages.en} {result.remedies.en}", "en"),
                }
            ),
        )
        for result in outcome.results
    }
    assert expected == stated


def test_report_of_valid_data_conforms() -> None:
    """Without a single result the report says that the data conforms."""
    (first, second) = report(valid())
    assert {(SH.conforms, Literal(True)), (RDF.type, SH.ValidationReport)} == {first[1:], second[1:]}


def test_paths_are_written_as_sparql_writes_them() -> None:
    """A path of more than one step can be read by a person, though SHACL makes it a list."""
    paths = {
        result.path
        for name in ("project-participations", "participation-role-scheme", "entry-place")
        for result in found(case(name).data).results
    }
    org, skos, ks = "http://www.w3.org/ns/org#", "http://www.w3.org/2004/02/skos/core#", IRIS.terms
    assert paths >= {
        f"^<{org}organization>",
        f"(<{org}role>/<{skos}inScheme>)",
        f"(<{ks}firstLine>|<{ks}firstPage>)",
    }


def test_shapes_that_cannot_be_used_are_a_mistake_in_the_program() -> None:
    """A broken shape is not taken for broken data."""
    broken = Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:x:shape> a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property <urn:x:gone> .
        """,
        format="turtle",
    )
    with pytest.raises(ValueError, match="shapes cannot be used"):
        validate(data(valid()), broken)


def test_a_broken_query_in_a_shape_is_a_mistake_in_the_program() -> None:
    """What SHACL forbids in a query (VALUES, for one) is not taken for broken data either."""
    broken = Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:x:shape> a sh:NodeShape ; sh:targetClass skos:Concept ; sh:sparql <urn:x:query> .
        <urn:x:query> sh:select "SELECT $this WHERE { VALUES ?type { skos:Concept } $this a ?type }" .
        """,
        format="turtle",
    )
    with pytest.raises(ValueError, match="shapes cannot be used"):
        validate(data(valid()), broken)


def report(turtle: str) -> tuple[Triple, ...]:
    """The report on an agenda in which there is something to validate."""
    outcome = found(turtle)
    assert not isinstance(outcome, NothingToValidate)
    return report_triples(outcome, IRIS)
