"""Each rule in shapes/ is seen failing once, on a minimal agenda with one fault."""

from __future__ import annotations

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import SH

from kennis_ld.quality.validation import Result, Valid
from tests.quality.by_pyshacl import unmatched_shapes
from tests.quality.rule_cases import HERE, IRIS, RULES, Case, cases, data, found, rules, shape_nodes, shapes, valid

FINDINGS = HERE / "findings.txt"


def approved(name: str, results: tuple[Result, ...]) -> str:
    """What is found in one case, with relative IRIs, as findings.txt has it."""
    lines = [f"== {name}"]
    for result in results:
        rule = result.shape.rpartition("#")[2]
        value = "-" if result.value is None else result.value.n3()
        lines.append(f"{result.severity.value} {rule} {result.focus.n3()} {result.path or '.'} {value}")
        lines.append(f"    {result.messages.nl} {result.remedies.nl}")
    return "\n".join(lines).replace(IRIS.root, "") + "\n"


@pytest.fixture(scope="module")
def expected(request: pytest.FixtureRequest) -> dict[str, str]:
    if request.config.getoption("--update-golden", default=False):
        blocks = [approved(case.name, case.found.results) for case in cases()]
        FINDINGS.write_text("\n".join(blocks), encoding="utf-8")
    blocks = FINDINGS.read_text(encoding="utf-8").split("\n\n")
    return {block.partition("\n")[0].removeprefix("== "): block.strip() + "\n" for block in blocks}


def test_nothing_is_found_in_the_valid_agenda() -> None:
    """The agenda that the cases start from breaks no rule, so what a case breaks is its own fault."""
    assert Valid(()) == found(valid(), queries=True)


def test_every_target_occurs_in_the_valid_agenda() -> None:
    """A typing error in a target would look like data without a fault; only persons must not occur."""
    assert (f"{IRIS.base}/def/shapes#person-absent",) == unmatched_shapes(data(valid()), shapes())


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_rule_is_broken_by_its_fault(case: Case, expected: dict[str, str]) -> None:
    """The fault is found at its node, with severity, name and messages of the rule, as approved, by both ways."""
    results = case.found.results
    mine = [result for result in results if result.shape == str(case.rule) and result.focus == case.focus]
    assert mine, f"{case.rule} finds nothing at {case.focus}; all that is found:\n{approved(case.name, results)}"
    for result in mine:
        severity = shapes().value(case.rule, SH.severity)
        assert str(severity).rpartition("#")[2].lower() == result.severity.value
        assert {Literal(result.messages.nl, "nl"), Literal(result.messages.en, "en")} == set(
            shapes().objects(case.rule, SH.message)
        )
    names = [name for name in shapes().objects(case.rule, SH.name) if isinstance(name, Literal)]
    assert ["en", "nl"] == sorted(str(name.language) for name in names)
    assert case.name in expected, "findings.txt does not have this case; --update-golden writes it"
    assert expected[case.name] == approved(case.name, results)
    # Here and not in a test of its own, which would ask pyshacl once more.
    assert case.found == case.checked


def test_findings_are_those_of_the_cases(expected: dict[str, str]) -> None:
    """findings.txt has every case of cases.toml, in that order, and no other."""
    assert [case.name for case in cases()] == list(expected), "--update-golden writes findings.txt"


def test_every_rule_has_a_failing_case() -> None:
    """A rule exists when its failing case exists."""
    assert rules()
    rule_names, case_names = set(map(str, rules())), {str(case.rule) for case in cases()}
    assert set() == rule_names - case_names, "a rule without a case in cases.toml"
    assert set() == case_names - rule_names, "a case without a rule in shapes/"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rpartition("#")[2])
def test_rule_explains_itself(rule: URIRef) -> None:
    """A rule has one severity, and a name, a reason, a message and a remedy in Dutch and in English."""
    assert 1 == len(list(shapes().objects(rule, SH.severity)))
    for predicate in (SH.name, SH.description, SH.message, RULES.remedy):
        texts = sorted(str(text.language) for text in shapes().objects(rule, predicate) if isinstance(text, Literal))
        assert ["en", "nl"] == texts, predicate


def test_every_shape_has_an_iri() -> None:
    """Findings, documentation and exceptions can point at a rule; a shape without an IRI cannot be pointed at."""
    assert shape_nodes()
    assert all(isinstance(shape, URIRef) for shape in shape_nodes())


def test_every_shape_with_a_target_is_a_rule() -> None:
    """A rule without a target is never evaluated, and a target on a building block would report without a message."""
    targets = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
    assert set(rules()) == {shape for predicate in targets for shape in shapes().subjects(predicate, None)}
    assert not list(shapes().subject_objects(SH.property))
