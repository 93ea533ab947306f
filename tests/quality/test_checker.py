"""The compiled shapes say what pyshacl says, on the W3C tests and on random damage; on our faults in test_rules.py."""

from __future__ import annotations

import random

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SDO, SH, XSD

from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.graph.formats import term, written
from kennis_ld.quality.checker import Checker
from kennis_ld.quality.validation import NothingToValidate, Validation, merge
from tests.quality.by_pyshacl import validate
from tests.quality.damage import CITIES, damaged
from tests.quality.rule_cases import REPOSITORY, case, data, found, shapes, statements_of, valid, without_queries
from tests.quality.w3c_shacl import w3c_case, w3c_names, worded
from tests.standards_shapes import needs_standards

pytestmark = [
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),
    pytest.mark.filterwarnings("ignore:Serializing weird numerical"),
]
SEEDS = range(6)
SLOW = {"core/complex/shacl-shacl"}
"""Takes pyshacl seconds."""
UNREAD = {"sparql/node/prefixes-001", "sparql/pre-binding/shapesGraph-001"}
"""Prefixes by owl:imports, and $shapesGraph: pyshacl 0.40 knows neither, and stops with an error of another kind."""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(shapes())


def published(graph: Graph) -> Graph:
    """The data as it is written down: without prefixes, and without what rdflib remembers of a term beside its text."""
    plain = Graph()
    for triple in graph:
        plain.add(tuple(term(written(each)) for each in triple))  # type: ignore[arg-type]
    return plain


def judged(graph: Graph, rules: Graph) -> tuple[str, object]:
    """What pyshacl says, or that it stops."""
    try:
        return _comparable(validate(graph, rules))
    except ValueError:
        return ("stops", None)


def checked(graph: Graph, rules: Checker) -> tuple[str, object]:
    """What the compiled shapes say, or that they stop."""
    try:
        return _comparable(rules.check(statements_of(graph)))
    except ValueError:
        return ("stops", None)


def _comparable(outcome: Validation) -> tuple[str, object]:
    return type(outcome).__name__, frozenset(outcome.results)


def test_every_rule_is_compiled(checker: Checker) -> None:
    """No rule of ours needs pyshacl."""
    assert {} == checker.left_to_pyshacl


def test_nothing_is_found_in_the_valid_agenda(checker: Checker) -> None:
    """The valid agenda breaks no rule."""
    assert found(valid(), queries=True) == checker.check(statements_of(data(valid())))


@pytest.mark.parametrize("seed", SEEDS)
def test_damage_is_found_as_pyshacl_finds_it(seed: int) -> None:
    """Damaged parts of both cities give the same results; bench/shacl.py asks it of thousands."""
    file = list(CITIES)[seed % 2]
    rules = Graph() + _city_shapes(file)
    for query in rules.subjects(SH.select) if seed else ():
        rules.add((query, SH.deactivated, Literal(True)))
    graph = damaged(file, seed)
    assert judged(graph, rules) == checked(graph, Checker(rules))


@needs_standards
@pytest.mark.parametrize("name", [name for name in w3c_names() if name not in SLOW | UNREAD])
def test_w3c_case_is_judged_as_pyshacl_judges_it(name: str) -> None:
    """The tests of SHACL Core and SHACL-SPARQL give the same results, with words of the shapes and with pyshacl's."""
    case = w3c_case(name)
    plain = published(case.data)
    for rules in (case.shapes, worded(case.shapes)):
        assert judged(plain, rules) == checked(plain, Checker(rules))


@needs_standards
def test_most_w3c_cases_are_compiled() -> None:
    """What our rules use of SHACL Core is compiled; what is left to pyshacl says why."""
    left = {name: Checker(w3c_case(name).shapes).left_to_pyshacl for name in w3c_names()}
    core = [bool(reasons) for name, reasons in left.items() if name.startswith("core/")]
    assert (98, 23) == (len(core), len(left) - len(core))
    assert all(all(reasons.values()) for reasons in left.values())
    assert 25 >= sum(core)


def test_a_shape_that_is_not_compiled_is_left_to_pyshacl(caplog: pytest.LogCaptureFixture) -> None:
    """A component that is not compiled gives its results all the same, and it is said that this takes longer."""
    rules = Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .
        <urn:x:old> a sh:PropertyShape ; sh:targetClass schema:Project ; sh:path schema:position ;
            sh:minInclusive 3 ; sh:message "Te laag. Verhoog het."@nl .
        <urn:x:name> a sh:PropertyShape ; sh:targetClass schema:Project ; sh:path schema:name ;
            sh:minCount 1 ; sh:message "Geen naam. Geef er een."@nl .
        """,
        format="turtle",
    )
    graph = Graph().parse(
        data="@prefix schema: <https://schema.org/> . <urn:x:p> a schema:Project ; schema:position 2 .", format="turtle"
    )
    checker = Checker(rules)
    assert ["urn:x:old"] == [str(node) for node in checker.left_to_pyshacl]
    assert ["urn:x:old"] == [message.partition(" ")[0] for message in caplog.messages]
    outcome = checker.check(statements_of(graph))
    assert validate(graph, rules) == outcome
    assert ["urn:x:name", "urn:x:old"] == [result.shape for result in outcome.results]


def test_a_tag_goes_on_from_its_range_with_a_hyphen() -> None:
    """nl-BE-x-gent is in the range nl-BE, and fyn not in fy (RFC 4647, section 3.3.1); pyshacl misses the first."""
    rules = Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .
        <urn:x:in> a sh:PropertyShape ; sh:targetSubjectsOf schema:name ; sh:path schema:name ;
            sh:languageIn ( "nl-BE" "FY" ) ; sh:message "Andere taal. Vertaal het."@nl .
        """,
        format="turtle",
    )
    graph = Graph()
    for tag in ("nl", "nl-nl", "nl-be", "nl-be-x-gent", "nl-bex", "fy-nl", "fyn"):
        graph.add((URIRef("urn:x:p"), SDO.name, Literal("Naam", lang=tag)))
    outcome = Checker(rules).check(statements_of(graph))
    assert ["fyn", "nl", "nl-bex", "nl-nl"] == sorted(result.value.language for result in outcome.results)  # type: ignore[union-attr]


def test_values_without_an_order_break_the_rule() -> None:
    """What cannot be compared is not in order (SHACL, section 4.5.4); pyshacl 0.40 stops there."""
    rules = Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .
        <urn:x:order> a sh:PropertyShape ; sh:targetSubjectsOf schema:startDate ; sh:path schema:startDate ;
            sh:lessThanOrEquals schema:endDate ; sh:message "Te laat. Verbeter het."@nl .
        """,
        format="turtle",
    )
    graph = Graph()
    for prop, text in ((SDO.startDate, "2024-02-30"), (SDO.endDate, "2024-02-28")):
        graph.add((URIRef("urn:x:p"), prop, Literal(text, datatype=XSD.date)))
    with pytest.raises(TypeError):
        validate(graph, rules)
    (result,) = Checker(rules).check(statements_of(graph)).results
    assert (URIRef("urn:x:p"), "urn:x:order") == (result.focus, result.shape)
    assert str(SH.LessThanOrEqualsConstraintComponent) == result.component
    assert result.value == Literal("2024-02-30", datatype=XSD.date)


def test_parts_are_checked_with_what_they_share() -> None:
    """A part and what was added before it are checked as one; what is said of both parts is said once."""
    text = case("participation-doubtful-spelling").data.replace('"De haven"@nl', '"De haven"')
    whole = data(text)
    own = {name: {node for node in whole.subjects() if name in str(node)} for name in ("park", "haven")}
    checker, parts = Checker(without_queries()), {name: Graph() for name in own}
    shared = Graph()
    for triple in whole:
        name = next((name for name, nodes in own.items() if triple[0] in nodes), None)
        (shared if name is None else parts[name]).add(triple)
    checker.add(statements_of(shared))
    assert found(text) == merge(checker.check(statements_of(part)) for part in parts.values())


WAYS = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <urn:x:> .
x:one a sh:PropertyShape ; sh:targetClass x:A ; sh:path x:p ; sh:minCount 1 ; sh:message "Een."@nl .
x:class a sh:PropertyShape ; sh:targetClass x:A ; sh:path x:p ; sh:class x:B ; sh:message "Klasse."@nl .
x:two a sh:PropertyShape ; sh:targetSubjectsOf x:p ; sh:path ( x:p x:q ) ; sh:maxCount 1 ; sh:message "Twee."@nl .
x:back a sh:PropertyShape ; sh:targetClass x:B ; sh:path [ sh:inversePath x:q ] ;
    sh:maxCount 1 ; sh:message "Terug."@nl .
x:any a sh:NodeShape ; sh:targetObjectsOf x:q ; sh:message "Iets."@nl ;
    sh:sparql [ sh:select "SELECT $this { $this a <urn:x:A> . ?other <urn:x:p> $this }" ] .
"""
"""Rules that go one step, more steps, to classes, back, and anywhere."""


def test_a_part_may_say_anything_of_what_was_added() -> None:
    """However statements are divided over what was added and a part, together they are checked as one graph."""
    rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
    checker, results = Checker(Graph().parse(data=WAYS, format="turtle")), 0
    assert {} == checker.left_to_pyshacl
    for seed in range(400):
        chance = random.Random(seed)
        things, classes = [f"<urn:x:{n}>" for n in range(4)], ["<urn:x:A>", "<urn:x:B>"]
        statements = {
            *((chance.choice(things), f"<{rdf}type>", chance.choice(classes)) for _ in range(4)),
            *(
                (chance.choice(things), chance.choice(("<urn:x:p>", "<urn:x:q>")), chance.choice(things))
                for _ in "12345"
            ),
            *((("<urn:x:A>", f"<{rdfs}subClassOf>", "<urn:x:B>"),) if chance.random() < 0.3 else ()),
        }
        added = {statement for statement in sorted(statements) if chance.random() < 0.7}
        parts, whole = checker.afresh(), checker.afresh().check(statements)
        parts.add(added)
        assert whole == parts.check(statements - added)
        results += len(whole.results)
    assert results > 500


def test_nothing_to_validate_is_said(checker: Checker) -> None:
    """Data without anything that a shape is about was not checked."""
    assert NothingToValidate() == checker.check([])


def _city_shapes(file: str) -> Graph:
    texts = [path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "shapes").glob("*.ttl"))]
    return shapes_graph(texts, CITIES[file])
