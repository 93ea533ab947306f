"""Statements that tests write by hand say nothing that the pipeline would not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from rdflib import RDF

from kennis_ld.graph import formats
from kennis_ld.publication.settings import publication
from tests.conftest import ROOT
from tests.golden.test_graph import BASE
from tests.pipeline import Read, read
from tests.publication.test_extras import with_extras
from tests.publications import write

Use = tuple[str, str]
BY_HAND = ["tests/golden/entries", "tests/quality/valid.ttl"]
"""All that holds Turtle; what else tests need of a graph, the pipeline makes. Entries have a test of their own."""

OF_PAGES = {"firstPage", "lastPage"}
"""What only a document with pages says; the bundled ones have none."""


def uses(lines: Iterable[str]) -> set[Use]:
    """Returns which properties things of which class have."""
    classes, properties = defaultdict(set), defaultdict(set)
    for line in lines:
        subject, prop, value = line.removesuffix(" .").split(" ", 2)
        properties[subject].add(prop)
        if prop == f"<{RDF.type}>":
            classes[subject].add(value)
    return {(cls, prop) for subject, found in properties.items() for cls in classes[subject] for prop in found}


@pytest.fixture(scope="module")
def used(cities: dict[str, Read], tmp_path_factory: pytest.TempPathFactory) -> set[Use]:
    """What things of which class have in the bundled publications, and in a city that has extra columns."""
    city = publication(write(tmp_path_factory.mktemp("extras") / "city", with_extras(base=BASE)))
    return uses([*(line for each in cities.values() for line in each.current), *read(city).current])


def test_the_smallest_agenda_says_only_what_the_pipeline_says(used: set[Use]) -> None:
    """The agenda that the tests of the rules start from has no class and no property that no publication has."""
    text = (ROOT / "tests/quality/valid.ttl").read_bytes()
    found = uses(formats.lines(formats.parsed(text, "ttl", base=f"{BASE}/")))
    assert len(found) > 100
    assert OF_PAGES == {prop.rsplit("#")[-1].rstrip(">") for _, prop in found - used}


def ours(suffix: str) -> Iterator[Path]:
    """The files of the tests; what they install is none of ours."""
    for path in ROOT.glob(f"tests/**/*.{suffix}"):
        if not {"node_modules", ".venv"} & set(path.parts):
            yield path


def test_no_other_statements_by_hand() -> None:
    """Tests have no Turtle of their own but that; the golden files are written by the program."""
    found = {path for suffix in ("ttl", "nq", "trig", "rdf", "jsonld") for path in ours(suffix)}
    assert found == {
        path for name in BY_HAND for path in ([ROOT / name] if name.endswith(".ttl") else (ROOT / name).iterdir())
    }


def test_namespaces_in_tests_are_the_real_ones() -> None:
    """No test writes `http` before schema.org, as no publication does."""
    wrong = "http" + "://schema.org"
    assert [] == [path for path in ours("py") if wrong in path.read_text(encoding="utf-8")]


def test_uses() -> None:
    """A property counts for each class of its subject."""
    lines = [f"<a> <{RDF.type}> <A> .", f"<a> <{RDF.type}> <B> .", "<a> <p> <b> .", "<b> <q> <a> ."]
    assert {("<A>", "<p>"), ("<B>", "<p>")} == {use for use in uses(lines) if use[1] != f"<{RDF.type}>"}
