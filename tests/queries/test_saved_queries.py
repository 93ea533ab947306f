"""The header of a saved query says what is asked, what to give and what comes out; what is given becomes a term."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kennis_ld.engine.interface import Iri, Text
from kennis_ld.engine.saved import bindings, load, load_all, load_own
from kennis_ld.errors import QueryError, UnreadableInput
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import Parameter, SavedQuery

IRIS = Iris("https://data.duinstad.example")
HEADER = """\
# Wat doet een organisatie?  |  What does an organisation do?
# nl: Met haar onderdelen.
# nl: Ook de oude.
# en: With its units.
# parameter: ?organisatie (IRI organisatie)  De organisatie.  |  The organisation.
# parameter: ?ding (IRI)
# parameter: ?woord (tekst)
# result: ?organisatie ?ding
# result: ?woord
"""
BODY = (
    "SELECT ?organisatie ?ding ?woord\n# a comment in the query\nWHERE { ?organisatie ?ding ?woord } ORDER BY ?ding\n"
)
QUERY = SavedQuery(
    "vraag",
    title_nl="Wat doet een organisatie?",
    title_en="What does an organisation do?",
    text=HEADER + BODY,
    explanation_nl="Met haar onderdelen. Ook de oude.",
    explanation_en="With its units.",
    parameters=(
        Parameter("organisatie", "IRI", "organisatie", "De organisatie.", "The organisation."),
        Parameter("ding", "IRI"),
        Parameter("woord", "tekst"),
    ),
    columns=("organisatie", "ding", "woord"),
)
GIVEN = {"organisatie": "ud", "ding": "project/zeewater", "woord": "zee"}


def _file(folder: Path, text: str) -> Path:
    path = folder / "vraag.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_becomes_values(tmp_path: Path) -> None:
    """Titles, explanations, parameters and columns are all read, and the text stays whole."""
    assert load(_file(tmp_path, HEADER + BODY)) == QUERY


def test_statements_have_no_columns(tmp_path: Path) -> None:
    """A CONSTRUCT says that it gives statements."""
    text = "# Alles.  |  All.\n# result: statements\nCONSTRUCT WHERE { ?s ?p ?o }\n"
    assert load(_file(tmp_path, text)).columns == ()


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        pytest.param("SELECT * WHERE { ?s ?p ?o }", 1, "Nederlands.  |  English.", id="no header"),
        pytest.param("# Alleen Nederlands.\n# result: ?s\n", 1, "Nederlands.  |  English.", id="one language"),
        pytest.param("# Vraag.  |  Question.\nSELECT ?s", 1, "# result: ?a ?b", id="no result"),
        pytest.param("# Vraag.  |  Question.\n# paramater: ?s (IRI)\n", 2, "'parameter:'", id="slip of the finger"),
        pytest.param("# Vraag.  |  Question.\n# parameter: s (IRI)\n", 2, "'?name (IRI)'", id="no variable"),
        pytest.param("# Vraag.  |  Question.\n# parameter: ?s (getal)\n", 2, "'?name (IRI)'", id="unknown kind"),
        pytest.param(
            "# Vraag.  |  Question.\n# parameter: ?s (tekst thema)\n", 2, "'?name (IRI)'", id="text of a kind"
        ),
        pytest.param("# Vraag.  |  Question.\n# result: s, o\n", 2, "'?a ?b'", id="no variables"),
    ],
)
def test_a_wrong_header_says_where_and_what_to_do(tmp_path: Path, text: str, line: int, remedy: str) -> None:
    """The error names the file and the line, and shows how it should be."""
    path = _file(tmp_path, text)
    with pytest.raises(UnreadableInput) as caught:
        load(path)
    assert caught.value.where == f"{path}:{line}"
    assert remedy in caught.value.remedy


def test_a_missing_file_and_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    """A query that is not there, or is not UTF-8, is unreadable input."""
    with pytest.raises(UnreadableInput, match="No such file"):
        load(tmp_path / "weg.rq")
    (tmp_path / "fout.rq").write_bytes(b"# Caf\xe9  |  Cafe\n")
    with pytest.raises(UnreadableInput, match="not UTF-8"):
        load(tmp_path / "fout.rq")


def test_a_folder_without_queries_is_said(tmp_path: Path) -> None:
    """An empty folder is a mistake, not zero queries."""
    with pytest.raises(UnreadableInput, match="no saved queries"):
        load_all(tmp_path)


def test_a_users_own_query_needs_no_header(tmp_path: Path) -> None:
    """Without a header it is called after its file and takes no parameters; with one it is read as ours are."""
    own = load_own(_file(tmp_path, "# tellen\nSELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }\n"))
    assert (own.name, own.title_nl, own.title_en, own.parameters) == ("vraag", "vraag", "vraag", ())
    assert load_own(_file(tmp_path, HEADER + BODY)) == QUERY


@pytest.mark.parametrize(
    "value",
    [
        "ud",
        " ud ",
        "organisatie/ud",
        "https://data.duinstad.example/id/organisatie/ud",
        "https://data.duinstad.example/doc/organisatie/ud",
        "https://data.duinstad.example/doc/organisatie/ud.html",
    ],
)
def test_an_organisation_may_be_given_in_every_way_a_user_knows_it(value: str) -> None:
    """Reference, concept and reference, IRI, and the address of its page all mean the same."""
    found = bindings(QUERY, GIVEN | {"organisatie": value}, IRIS)
    assert found["organisatie"] == Iri("https://data.duinstad.example/id/organisatie/ud")


def test_terms_are_of_the_kind_that_the_header_says() -> None:
    """An IRI becomes an IRI and a text a plain literal, whatever signs it holds; never a part of the query."""
    found = bindings(QUERY, GIVEN | {"woord": '") } DROP ALL #', "ding": "deelname/zeewater--ud--partner"}, IRIS)
    assert found == {
        "organisatie": Iri("https://data.duinstad.example/id/organisatie/ud"),
        "ding": Iri("https://data.duinstad.example/id/deelname/zeewater--ud--partner"),
        "woord": Text('") } DROP ALL #'),
    }


def test_an_iri_of_somebody_else_is_taken_as_it_is() -> None:
    """Another endpoint has its own addresses, and only it knows what they are of."""
    found = bindings(QUERY, GIVEN | {"organisatie": "https://ror.org/027bh9e22"}, IRIS)
    assert found["organisatie"] == Iri("https://ror.org/027bh9e22")


@pytest.mark.parametrize(
    ("given", "what", "remedy"),
    [
        pytest.param({"organisatie": ""}, "'organisatie' has no value", "one organisatie", id="empty"),
        pytest.param({"woord": " "}, "'woord' has no value", "a text", id="blank"),
        pytest.param({"organisatie": "UD"}, "'UD', which is not", "small letters", id="capitals"),
        pytest.param({"organisatie": "project/zeewater"}, "'project/zeewater'", "one organisatie", id="other concept"),
        pytest.param(
            {"organisatie": "https://data.duinstad.example/id/project/zeewater"},
            "id/project/zeewater",
            "one organisatie",
            id="IRI of another concept",
        ),
        pytest.param({"ding": "zeewater"}, "'zeewater'", "concept/reference", id="reference of unknown concept"),
        pytest.param({"ding": "https://a.example/a b"}, "a b", "whole IRI", id="no IRI"),
        pytest.param({"ding": "https://a.example/>"}, ">", "whole IRI", id="would end an IRI in a query"),
        pytest.param({"naam": "x"}, "no parameter 'naam'", "organisatie, ding, woord", id="unknown"),
    ],
)
def test_a_wrong_parameter_says_what_to_give(given: dict[str, str], what: str, remedy: str) -> None:
    """The error names the query, the parameter and a value that would do."""
    with pytest.raises(QueryError) as caught:
        bindings(QUERY, GIVEN | given, IRIS)
    assert caught.value.where == "query vraag"
    assert what in caught.value.what
    assert remedy in caught.value.remedy


def test_a_missing_parameter_is_said() -> None:
    """A query is not run with a parameter left open."""
    with pytest.raises(QueryError, match="'organisatie' has no value"):
        bindings(QUERY, {}, IRIS)


def test_a_query_without_parameters_takes_none(saved: Mapping[str, SavedQuery]) -> None:
    """A value too many is refused, for the user expected something of it."""
    assert bindings(saved["twijfel"], {}, IRIS) == {}
    with pytest.raises(QueryError, match="takes none"):
        bindings(saved["twijfel"], {"project": "zeewater"}, IRIS)
