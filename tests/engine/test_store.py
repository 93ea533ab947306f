"""The engine on a store: what it answers, what it refuses, and what it never says."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS, Budget, Iri, Question, Text
from kennis_ld.engine.store import DataFile, StoreEngine, load_store
from kennis_ld.errors import (
    DamagedRelease,
    MalformedQuery,
    NoSuitableFormat,
    QueryError,
    QueryNotAllowed,
    ResultTooLarge,
)
from tests.engine.conftest import BASE, ask

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def engine(quads: Path) -> StoreEngine:
    return StoreEngine(load_store([quads]))


def values(engine: StoreEngine, text: str, **more: object) -> list[dict[str, str]]:
    rows = json.loads(engine.answer(ask(text, **more)).body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


@pytest.mark.parametrize("form", SOLUTION_FORMATS)
def test_a_select_answers_in_every_form(engine: StoreEngine, form: str) -> None:
    """A SELECT comes back in the form that was asked for."""
    answer = engine.answer(ask("SELECT ?name { <thing/1> <name> ?name }", solutions=form))
    assert (answer.kind, answer.media_type) == ("solutions", SOLUTION_FORMATS[form])
    assert b"ding 1" in answer.body


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("SELECT * { ?z <name> ?a }", "z,a"),
        ("select distinct * where { $z <name> ?a FILTER NOT EXISTS { ?z ?b ?z } }", "z,a"),
        ("SELECT * { { SELECT ?z (COUNT(*) AS ?b) { ?z <name> ?a } GROUP BY ?z } }", "z,b"),
        ("SELECT (COUNT(*) AS ?n) ?a { ?z <name> ?a } GROUP BY ?a", "n,a"),
    ],
)
def test_columns_stand_as_in_the_query(engine: StoreEngine, text: str, header: str) -> None:
    """Who selects all has the columns in the order in which the query names them, and no others."""
    assert header == engine.answer(ask(text, solutions="csv")).body.decode().splitlines()[0]


def test_all_can_be_selected_of_what_is_bound(engine: StoreEngine) -> None:
    """A variable that has a value beforehand is a column as any other."""
    found = values(engine, "SELECT * { ?z <name> ?a }", bindings={"z": Iri(f"{BASE}thing/1")})
    assert [{"z": f"{BASE}thing/1", "a": "ding 1"}] == found


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_a_describe_answers_in_every_form(engine: StoreEngine, form: str) -> None:
    """A DESCRIBE comes back in the form that was asked for."""
    answer = engine.answer(ask("DESCRIBE <thing/1>", graph=form))
    assert (answer.kind, answer.media_type) == ("graph", GRAPH_FORMATS[form])
    assert b"ding 1" in answer.body


@pytest.mark.parametrize(
    ("text", "kind"),
    [("SELECT * {}", "solutions"), ("ASK {}", "boolean"), ("CONSTRUCT WHERE { ?s ?p ?o }", "graph")],
)
def test_no_accepted_form_is_said_with_the_kind(engine: StoreEngine, text: str, kind: str) -> None:
    """Where the client takes no form of this kind, the error says which kind it is."""
    with pytest.raises(NoSuitableFormat) as caught:
        engine.answer(ask(text, solutions=None, graph=None))
    assert caught.value.kind == kind


def test_a_binding_is_a_term_and_no_text(engine: StoreEngine) -> None:
    """A bound value is compared as a term, whatever stands in it."""
    query = "SELECT ?thing ?name { ?thing <name> ?name }"
    assert values(engine, query, bindings={"thing": Iri(f"{BASE}thing/7")}) == [
        {"thing": f"{BASE}thing/7", "name": "ding 7"}
    ]
    assert values(engine, query, bindings={"name": Text("ding 7", "nl")})[0]["thing"] == f"{BASE}thing/7"
    assert values(engine, query, bindings={"name": Text('"} UNION { ?thing <name> ?name } #')}) == []


@pytest.mark.parametrize(
    "bindings",
    [
        {"thing": Iri("no iri")},
        {"thing": Iri("")},
        {"thing": Text("a", "not a language")},
        {"no name": Text("a")},
        {"x": Text("a")},
    ],
    ids=["space", "empty", "language", "variable", "not selected"],
)
def test_an_impossible_binding_is_an_error(engine: StoreEngine, bindings: dict[str, Iri | Text]) -> None:
    """A value that is no term, or a variable that the query does not select, is refused with a reason."""
    with pytest.raises(MalformedQuery):
        engine.answer(ask("SELECT ?thing { ?thing ?p ?o }", bindings=bindings))


def test_the_data_set_of_the_request_replaces_that_of_the_query(engine: StoreEngine) -> None:
    """With graphs in the request the data set is those graphs (SPARQL 1.1 Protocol, section 2.1.4)."""
    old = f"{BASE}graph/old"
    everything = "SELECT (COUNT(*) AS ?n) FROM <graph/none> { ?s ?p ?o }"
    in_graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert values(engine, everything) == [{"n": "0"}]
    assert values(engine, everything, default_graphs=(old,)) == [{"n": "3"}]
    assert values(engine, in_graphs) == [{"n": "3"}]
    assert values(engine, in_graphs, default_graphs=(old,)) == [{"n": "0"}]
    assert values(engine, in_graphs, named_graphs=(old,)) == [{"n": "3"}]
    assert values(engine, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", named_graphs=(old,)) == [{"n": "0"}]
    with pytest.raises(MalformedQuery):
        engine.answer(ask("ASK {}", default_graphs=("no iri",)))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT * { <a b> ?p ?o }", 1, 12),
        ("SELEC * {}", 1, 1),
        ("SELECT *\n{\n ?s ?p ?o .\n FOO ?x }", 4, 2),
        ("SELECT ?s { ?s ?p ?o ; , }", 1, 24),
        ("SELECT * { ?s ?p ?o ", 1, 21),
    ],
)
def test_a_syntax_error_has_its_place(engine: StoreEngine, text: str, line: int, column: int) -> None:
    """A text that is no query is refused with the line and column where it stops being one."""
    with pytest.raises(MalformedQuery) as caught:
        engine.answer(ask(text))
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "expected" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT (<http://example.org/f>(1) AS ?x) {}", (1, 9)),
        ("PREFIX e: <http://example.org/>\nSELECT *\n{ ?s e:f ?o FILTER(e:f(?o)) }", (3, 20)),
        ("SELECT * { ?s ?p ?o BIND(<f>(?o) AS ?x) }", (1, 26)),
    ],
)
def test_an_unknown_function_is_a_mistake_with_its_place(
    engine: StoreEngine, text: str, place: tuple[int, int]
) -> None:
    """A query that calls a function which nobody has is refused, and not answered without the rows that needed it."""
    with pytest.raises(MalformedQuery, match="function") as caught:
        engine.answer(ask(text))
    assert place == (caught.value.line, caught.value.column)


@pytest.mark.parametrize(
    "text", ["INSERT DATA { <a> <b> 1 }", "PREFIX e: <e> LOAD <a:b>", "DROP ALL", "WITH <a> DELETE {} WHERE {}"]
)
def test_an_update_is_malformed_and_told_so(engine: StoreEngine, text: str) -> None:
    """An update in the place of a query is an error of the query, in words that name the update (case 40)."""
    with pytest.raises(MalformedQuery, match="update"):
        engine.answer(ask(text))


def test_an_answer_has_all_its_rows_or_none(quads: Path) -> None:
    """One row more than the bound is an error, exactly the bound is an answer (case 18)."""
    engine = StoreEngine(load_store([quads]), budget=Budget(rows=400))
    assert len(values(engine, "SELECT * { ?s <name> ?o }")) == 400
    for query in ("SELECT * { { ?s <name> ?o } UNION { BIND(1 AS ?s) } }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
        with pytest.raises(ResultTooLarge) as caught:
            engine.answer(ask(query))
        assert (caught.value.limit, caught.value.unit) == (400, "rows")


def test_an_answer_has_all_its_bytes_or_none(quads: Path) -> None:
    """An answer of too many bytes is an error, whatever its rows (case 19)."""
    engine = StoreEngine(load_store([quads]), budget=Budget(body_bytes=1000))
    for query in ("SELECT * { ?s ?p ?o }", "DESCRIBE ?s { ?s ?p 1 }", f'SELECT ("{"x" * 2000}" AS ?x) {{}}'):
        with pytest.raises(ResultTooLarge):
            StoreEngine(load_store([quads]), budget=Budget(body_bytes=100)).answer(ask(query))
    assert engine.answer(ask("ASK {}")).kind == "boolean"


@pytest.mark.parametrize("character", ["\\u0001", "\\u000C", "\\uFFFE", "\\uFFFF"])
@pytest.mark.parametrize("text", ['SELECT ("a%s" AS ?x) {}', 'CONSTRUCT { <a> <b> "a%s" } {}'])
def test_what_xml_cannot_hold_is_never_called_xml(engine: StoreEngine, text: str, character: str) -> None:
    """An answer with a control character is given in JSON or N-Triples, and refused in XML (case 60)."""
    query = text % character
    assert engine.answer(ask(query)).body
    with pytest.raises(NoSuitableFormat):
        engine.answer(ask(query, solutions="xml", graph="rdf"))


def test_an_xml_answer_is_well_formed(engine: StoreEngine) -> None:
    """Mark-up, line ends and tabs in the data come through an XML answer unharmed."""
    answer = engine.answer(ask('SELECT ("<b>&amp;\\r\\n\\t</b>]]>" AS ?x) {}', solutions="xml"))
    assert "<b>&amp;\r\n\t</b>]]>" in "".join(ElementTree.fromstring(answer.body).itertext())  # noqa: S314


def test_a_failing_evaluation_says_nothing_of_the_engine(quads: Path) -> None:
    """What the engine says when it fails names ports and servers, and stays inside (case 47)."""
    engine = StoreEngine(load_store([quads]))
    with pytest.raises(QueryError) as caught:
        StoreEngine(engine._store, guarded=False).answer(ask("SELECT * { SERVICE <http://127.0.0.1:1/> {} }"))
    assert "port" not in str(caught.value)
    with pytest.raises(QueryError):
        engine.answer(ask("SELECT (<http://example.org/f>(1) AS ?x) {}"))


def test_refusals_come_before_evaluation(engine: StoreEngine) -> None:
    """Too long a text, a SERVICE clause and half a character are refused before the engine (cases 9, 36, 43)."""
    with pytest.raises(ResultTooLarge) as caught:
        engine.answer(ask("ASK {}" + " " * 64 * 1024))
    assert caught.value.unit == "query bytes"
    with pytest.raises(QueryNotAllowed) as refused:
        engine.answer(ask("SELECT * { SERVICE <http://127.0.0.1:1/> {} }"))
    assert refused.value.reason == "federation-disabled"
    with pytest.raises(MalformedQuery):
        engine.answer(ask("SELECT * { ?s ?p '\ud800' }"))


def test_triples_can_go_into_a_named_graph(quads: Path, tmp_path: Path) -> None:
    """A file of triples is loaded into the graph that is named for it."""
    (tmp_path / "ontology.ttl").write_text("<http://example.org/def#A> a <http://example.org/Class> .")
    engine = StoreEngine(load_store([quads, DataFile(tmp_path / "ontology.ttl", graph=f"{BASE}def")]))
    assert values(engine, "SELECT ?s { GRAPH <def> { ?s a <Class> } }") == [{"s": f"{BASE}def#A"}]


def test_a_release_that_is_not_whole_is_not_loaded(quads: Path, tmp_path: Path) -> None:
    """A missing, changed, broken, unknown or empty file is an error, never a store with less in it (cases 94 to 96)."""
    (tmp_path / "empty.nq").write_text("")
    (tmp_path / "broken.nq").write_text("<a> <b>")
    (tmp_path / "data.csv").write_text("a,b")
    for file in (
        DataFile(tmp_path / "absent.nq"),
        DataFile(quads, sha256="0" * 64),
        *(DataFile(tmp_path / name) for name in ("empty.nq", "broken.nq", "data.csv")),
    ):
        with pytest.raises(DamagedRelease):
            load_store([file])


@pytest.mark.parametrize("budget", [Budget(), Budget(rows=None, body_bytes=None)])
@pytest.mark.parametrize(
    ("triple", "unfit"),
    [
        ("<a:a> <b:b> <<( <c:c> <d:d> 1 )>>", {"jsonld"}),
        ("<a:a> <http://x/1> 1", {"rdf"}),
        ("<a:a> <http://x/é·1> 1", set()),
        ("<a:a> <http://x/-1a> 1", set()),
        ("<a:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> 1", {"rdf"}),
        ("<a:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#_1> 1", set()),
        ("<a:a> <b:b> <<( <c:c> <http://x/1> 1 )>>", {"jsonld", "rdf"}),
    ],
)
def test_form_that_cannot_hold_a_statement(triple: str, unfit: set[str], budget: Budget) -> None:
    """A form that cannot hold an answer is refused with all that cannot; the others hold the same statement."""
    engine = StoreEngine(ox.Store(), budget=budget)
    for form in GRAPH_FORMATS:
        question = Question(f"CONSTRUCT {{ {triple} }} {{}}", "http://x/", graph=form)
        if form in unfit:
            with pytest.raises(NoSuitableFormat) as caught:
                engine.answer(question)
            assert unfit == caught.value.unfit
        else:
            read = {quad.triple for quad in ox.parse(engine.answer(question).body, format=FORMATS[form])}
            expected = {quad.triple for quad in ox.parse(f"{triple} .".encode(), format=ox.RdfFormat.TURTLE)}
            assert expected == read
