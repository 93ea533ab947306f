"""docs/data.md says what the program says: its Turtle, its queries with their answers, its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox
import pytest
from rdflib.namespace import RDF, SKOS

from kennis_ld.graph import formats
from kennis_ld.graph.statements import PREFIXES
from kennis_ld.iri import Iris
from kennis_ld.model import Certainty, Way
from tests.conftest import ROOT
from tests.golden.difference import difference
from tests.golden.test_graph import BASE, ENTRIES
from tests.pipeline import Read

PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
IRIS = Iris(BASE)
NAMESPACES = {"ks": IRIS.terms, **PREFIXES}
TURTLE = re.findall(r"^```turtle\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ASKED = re.findall(r"^```sparql\n# (\w+)\n(.*?)^```\n\n((?:\|[^\n]*\n)*)", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def stores(cities: dict[str, Read]) -> Mapping[str, ox.Store]:
    """The bundled publications, with the graph of each edition."""
    return {name: _store(city) for name, city in cities.items()}


def _store(city: Read) -> ox.Store:
    store = ox.Store()
    store.bulk_load("\n".join(city.current).encode(), format=ox.RdfFormat.N_TRIPLES)
    for key, lines in city.editions.items():
        graph = ox.NamedNode(IRIS.edition(key))
        store.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    return store


def rows(table: str) -> list[list[str]]:
    """The cells of a table, without its heading."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize("shown", TURTLE, ids=[text.split("\n")[0] for text in TURTLE])
def test_turtle_is_that_of_the_entries(shown: str, cities: dict[str, Read]) -> None:
    """What the page shows of an entry is what the pipeline says of the bundled agenda."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in NAMESPACES.items())
    lines = set(formats.lines(formats.parsed((prefixes + shown).encode(), "ttl", base=IRIS.root)))
    assert lines
    assert "" == difference(lines, lines & set(cities["leiden"].current), base=BASE)


def test_every_entry_by_hand_is_named() -> None:
    """The page leads to each of the entries that were written by hand."""
    assert sorted(ENTRIES) == sorted(set(re.findall(r"\(\.\./tests/golden/entries/([\w-]+)\.ttl\)", PAGE)))
    assert len(TURTLE) == 4


@pytest.mark.parametrize(("city", "query", "answer"), ASKED, ids=[city for city, _, _ in ASKED])
def test_answers(city: str, query: str, answer: str, stores: Mapping[str, ox.Store]) -> None:
    """Each query has the answer that stands below it."""
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NAMESPACES.items())
    found = stores[city].query(prefixes + query, base_iri=IRIS.root)
    assert isinstance(found, ox.QuerySolutions)
    names = [name.value for name in found.variables]
    solutions = [["" if term is None else str(term.value).replace(IRIS.root, "") for term in row] for row in found]
    assert names == [cell.strip() for cell in answer.splitlines()[0].strip("|").split("|")]
    assert rows(answer) == solutions
    assert solutions


def test_queries_are_found() -> None:
    """The page has queries for both cities."""
    assert ["leiden", "leiden", "zandwijk"] == [city for city, _, _ in ASKED]


@pytest.mark.parametrize("kind", [Certainty, Way])
def test_words_of_concepts_are_theirs(kind: type[Certainty] | type[Way], stores: Mapping[str, ox.Store]) -> None:
    """What the page says of a certainty or a way of resolving is the definition of that concept; none is missing."""
    for member in kind:
        concept = ox.NamedNode(IRIS.concept(member.value))
        (line,) = re.findall(rf"^\| `<id/begrip/{member.value}>` \|.*", PAGE, re.MULTILINE)
        for prop in (SKOS.definition, *([SKOS.prefLabel] if kind is Certainty else [])):
            said = [
                quad.object for quad in stores["leiden"].quads_for_pattern(concept, ox.NamedNode(str(prop)), None, None)
            ]
            (english,) = [text.value for text in said if isinstance(text, ox.Literal) and text.language == "en"]
            assert f" {english} |" in line


def test_classes_are_those_of_the_things(stores: Mapping[str, ox.Store]) -> None:
    """The table of the model names the classes of each thing that has an IRI of the form that it shows."""
    (table,) = re.findall(r"^\| thing \|.*\n(?:\|.*\n)+", PAGE, re.MULTILINE)
    for _, form, classes, _ in rows(table):
        concept = form.strip("`").split("/")[1]
        named = {
            name: NAMESPACES[name.split(":")[0]] + name.split(":")[1] for name in re.findall(r"`(\w+:\w+)`", classes)
        }
        seen = set()
        for quad in stores["leiden"].quads_for_pattern(None, ox.NamedNode(str(RDF.type)), None, ox.DefaultGraph()):
            if str(quad.subject).startswith(f"<{IRIS.root}id/{concept}/"):
                seen.add(str(quad.object).strip("<>"))
        more = seen - set(named.values())
        assert set(named.values()) <= seen, concept
        assert concept == "organisatie" or not more, concept  # an organisation has the class that fits
