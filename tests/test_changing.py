"""docs/changing.md leads to files, names and commands that exist, and its pieces work."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH

from kennis_ld.cli.group import main
from kennis_ld.graph.definitions import definition_triples, shapes_graph
from kennis_ld.quality.validation import Valid
from kennis_ld.vocabulary import PROPERTIES
from tests.conftest import ROOT
from tests.quality.by_pyshacl import validate
from tests.quality.rule_cases import IRIS, RULES, data, valid

PAGE = (ROOT / "docs" / "changing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
QUOTED = set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)))
FILES = {name for name in QUOTED if re.fullmatch(r"[\w./-]+", name) and ("/" in name or name.endswith(".toml"))}
NAMES = {
    "kennis_ld.quality.findings": ("WORDINGS",),
    "kennis_ld.model": ("SourceRow", "Kind", "Continuation", "Place", "Finding"),
    "kennis_ld.reading.registry": ("READERS",),
    "kennis_ld.vocabulary": ("PROPERTIES",),
    "kennis_ld.cli.group": ("SUMMARIES",),
    "kennis_ld.cli.service_options": ("_OPTIONS",),
    "kennis_ld.publication.publication": ("Publication",),
    "kennis_ld.publication.settings": ("_SCHEMA",),
    "kennis_ld.serving.service": ("Service",),
    "kennis_ld.graph.statements": ("texts",),
    "kennis_ld.publication.tables": ("wrong",),
    "kennis_ld.pipeline.assembly": ("Assembly",),
    "kennis_ld.web.app": ("_PAGES",),
    "kennis_ld.web.pages.overview": ("overview",),
    "kennis_ld.web.pages.route": ("page",),
    "kennis_ld.web.robots": ("_LISTS",),
    "tests.golden.test_every_finding": ("EXPECTED",),
    "tests.golden.test_every_remedy": ("CASES", "WITHOUT"),
    "tests.reading.conversions": ("WRITERS",),
    "tests.web.pages.test_lists": ("LISTS",),
}
"""What a recipe tells to look for, and where."""


def blocks(language: str) -> list[str]:
    """The pieces in a language."""
    return [text for found, text in BLOCKS if found == language]


@pytest.mark.parametrize("name", sorted(FILES))
def test_files_exist(name: str) -> None:
    """Each file or folder that a recipe names is there."""
    assert (ROOT / name).exists()


@pytest.mark.parametrize("module", NAMES)
def test_names_exist(module: str) -> None:
    """Each name that a recipe tells to look for is where it says, and the page still tells it."""
    for name in NAMES[module]:
        assert hasattr(importlib.import_module(module), name)
        assert name in PAGE


def test_commands_exist() -> None:
    """Each command is one of kennis-ld, or runs tests that are there."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert lines
    for line in lines:
        command = line.partition("#")[0].split()
        if command[0] == ".venv/bin/kennis-ld":
            assert command[1] in main.commands
        for word in command[1:]:
            if "/" in word and not word.startswith("http"):
                assert (ROOT / word).exists(), line


def test_the_rule_works() -> None:
    """The rule of the recipe finds the fault of its case, and nothing in the agenda without a fault."""
    (name,) = (case := tomllib.loads(blocks("toml")[0]))
    (rule,) = [text for text in blocks("turtle") if "sh:PropertyShape" in text]
    prefixes = (ROOT / "shapes" / "project.ttl").read_text(encoding="utf-8").partition("\nshapes:")[0]
    shapes = shapes_graph([f"{prefixes}\n{rule}"], IRIS)
    assert valid().count(case[name]["takes"]) >= 1
    assert validate(data(valid()), shapes) == Valid(())
    broken = validate(data(valid().replace(case[name]["takes"], case[name]["gives"])), shapes)
    assert {str(RULES[name])} == {result.shape for result in broken.results}
    for prop in (SH.name, SH.description, SH.message):
        texts = shapes.objects(RULES[name], prop)
        assert ["en", "nl"] == sorted(str(text.language) for text in texts if isinstance(text, Literal))


def test_the_property_is_complete() -> None:
    """The property of the recipe has what every term of the ontology must have, and is a new one."""
    (text,) = [text for text in blocks("turtle") if "rdf:Property" in text]
    prefixes = (ROOT / "ontology" / "agenda.ttl").read_text(encoding="utf-8").partition("\n<def> a")[0]
    graph = Graph()
    for triple in definition_triples(f"{prefixes}\n{text}", IRIS):
        graph.add(triple)
    (term,) = graph.subjects(RDF.type, RDF.Property)
    assert (term, RDF.type, OWL.DatatypeProperty) in graph
    assert (term, RDFS.isDefinedBy, URIRef(IRIS.ontology)) in graph
    assert {RDF.langString} == set(graph.objects(term, RDFS.range))
    for prop in (RDFS.label, RDFS.comment):
        assert ["en", "nl"] == sorted(str(text.language) for text in graph.objects(term, prop))  # type: ignore[attr-defined]
    name = str(term).rpartition("#")[2]
    assert name not in PROPERTIES
    assert f"ks.{name}" in blocks("python")[0]


def test_python_is_python() -> None:
    """The lines of code can be read, in the module that they are for."""
    mapping = (ROOT / "kennis_ld/graph/mapping.py").read_text(encoding="utf-8")
    for block in blocks("python"):
        ast.parse(block)
        assert block.split(".")[0] + "." in mapping


def test_the_page_is_read() -> None:
    """The blocks and files that these tests look at are found."""
    assert len(FILES) > 25
    assert {"sh", "toml", "turtle", "python"} == {language for language, _ in BLOCKS}
