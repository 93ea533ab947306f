"""The saved queries on an engine whose default graph is the union of all graphs, as Virtuoso has it when installed."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from kennis_ld.engine.interface import Iri
from kennis_ld.engine.saved import bindings, load_all
from kennis_ld.model.saved_query import SavedQuery
from kennis_ld.publication.bundled import bundled
from kennis_ld.publication.publication import Publication
from tests.pipeline import read

GIVEN = {"organisatie": "ul", "project": "leiden-bio-science-park", "woord": "taal", "ding": "organisatie/ul"}
QUERIES = load_all(bundled("queries"))


@pytest.fixture(scope="module")
def store(leiden: Publication, tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """All graphs of the bundled agenda; each statement of its one edition stands in two of them."""
    found = read(leiden)
    lines = list(found.current)
    for key, said in found.editions.items():
        lines += [f"{line.removesuffix(' .')} <{leiden.iris.edition(key)}> ." for line in said]
    data = tmp_path_factory.mktemp("union") / "agenda.nq"
    data.write_text("\n".join(lines), encoding="utf-8")
    store = ox.Store()
    store.bulk_load(path=str(data), format=ox.RdfFormat.N_QUADS)
    return store


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_numbers_are_right_where_the_default_graph_is_all_graphs(
    store: ox.Store, leiden: Publication, query: SavedQuery
) -> None:
    """Nothing is counted or listed twice because it stands in the graph of the edition as well."""

    def answer(*, union: bool) -> list[str]:
        found = store.query(
            query.text,
            base_iri=leiden.iris.root,
            use_default_graph_as_union=union,
            substitutions=_terms(query, leiden),
        )
        assert not isinstance(found, ox.QueryBoolean)
        return [str(each) for each in found]

    assert answer(union=False) == answer(union=True)


def _terms(query: SavedQuery, publication: Publication) -> Mapping[ox.Variable, ox.NamedNode | ox.Literal]:
    given = {parameter.name: GIVEN[parameter.name] for parameter in query.parameters}
    return {
        ox.Variable(name): ox.NamedNode(term.value) if isinstance(term, Iri) else ox.Literal(term.value)
        for name, term in bindings(query, given, publication.iris).items()
    }
