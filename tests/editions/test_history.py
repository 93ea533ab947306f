"""What a release with two editions says: the current state, each edition apart, and what left."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import Graph

from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.iri import Iris
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.quality.validation import Valid
from kennis_ld.release.build import Built
from tests.editions.conftest import BASE, FILES, lines
from tests.publications import DOCUMENT
from tests.quality.by_pyshacl import validate

GONE = "<id/project/regenkaart>"


def about(found: set[str], subject: str, graph: str = "") -> dict[str, set[str]]:
    """The statements about a subject in one graph: values by property."""
    values: dict[str, set[str]] = {}
    for line in found:
        name, _, rest = line.removesuffix(" .").partition(" ")
        predicate, _, value = rest.partition(" ")
        inside = f" <id/editie/{graph}>" if graph else ""
        if name == subject and value.endswith(inside) and (graph or not value.endswith(("<id/editie/2030>", "2034>"))):
            values.setdefault(predicate, set()).add(value.removesuffix(inside))
    return values


def test_project_that_left_keeps_its_page(built: Callable[..., Built]) -> None:
    """The default graph still says what it was called and about and where it stood; not its number or parties."""
    found = lines(built(FILES))
    known = about(found, GONE)
    assert {'"Regenkaart"@nl'} == known["<https://schema.org/name>"]
    assert {"<id/thema/water>"} == known["<https://schema.org/about>"]
    assert {"<id/agendapunt/2030--regenkaart>"} == known["<def#entry>"]
    assert f"{GONE} <http://purl.org/dc/terms/isReferencedBy> <id/editie/2030> ." in found
    assert not {"<https://schema.org/identifier>", "<def#participation>", "<def#openEnded>"} & set(known)
    assert {'"1b"'} == about(found, "<id/agendapunt/2030--regenkaart>")["<def#number>"]


def test_each_edition_is_a_graph_with_its_whole_state(built: Callable[..., Built]) -> None:
    """The graph of an edition has its projects as they were then, parties included, and nothing of the other one."""
    found = lines(built(FILES))
    then = about(found, "<id/project/schone-sloten>", "2030")
    now = about(found, "<id/project/schone-sloten>", "2034")
    assert ({'"Schone sloten"@nl'}, {'"1a"'}, {"<id/organisatie/gz>"}) == (
        then["<https://schema.org/name>"],
        then["<https://schema.org/identifier>"],
        then["<def#lead>"],
    )
    assert ({'"1"'}, {"<id/organisatie/zu>"}) == (now["<https://schema.org/identifier>"], now["<def#lead>"])
    assert {"<id/organisatie/zu-lab>"} == about(found, GONE, "2030")["<def#lead>"]
    assert {} == about(found, GONE, "2034")
    assert {"<id/organisatie/zu>"} == about(found, "<id/project/schone-sloten>")["<def#lead>"]


def test_whole_current_state_breaks_no_rule(built: Callable[..., Built]) -> None:
    """Not only part by part: the default graph with its former projects, as a harvester would check it, is valid."""
    release = built(FILES).release
    assert release is not None
    graph = Graph().parse(release / "agenda.ttl")
    found = validate(graph, shapes_graph(definitions().shapes, Iris(BASE)))
    assert isinstance(found, Valid)
    assert not [result for result in found.results if "/project/regenkaart" in str(result.focus)]


def test_provisional_things_of_an_older_edition_stay(built: Callable[..., Built]) -> None:
    """An unknown organisation and an unknown theme that only the older edition names are still described."""
    older = DOCUMENT.replace("P: GZ, HD e.a.", "P: Kustwacht").replace("2. Zand", "2. Wind")
    decided = FILES["projects.csv"].replace("2030,zand", "2030,wind")
    found = lines(built({**FILES, "agenda.txt": older, "projects.csv": decided}))
    assert {'"Kustwacht"@nl'} == about(found, "<id/organisatie/voorlopig-kustwacht>")["<https://schema.org/name>"]
    assert about(found, "<id/thema/wind>")


def test_next_edition_loses_no_uri(built: Callable[..., Built]) -> None:
    """A release of one edition and then one of two: every URI of the first is a subject in the second."""
    one = {name: text for name, text in FILES.items() if name == "projects.csv"}
    one["projects.csv"] = "".join(row for row in one["projects.csv"].splitlines(True) if "2034" not in row)
    first, second = lines(built(one)), lines(built(FILES))
    assert {line.split()[0] for line in first if line.startswith("<id/")} <= {line.split()[0] for line in second}
