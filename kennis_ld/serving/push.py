"""Puts a release into another SPARQL engine, whole or not at all for who reads there.

The statements go into graphs aside, in requests of bounded size. When all are there and counted, one request moves
these graphs to their places and drops editions that are no more (SPARQL 1.1 Update, section 3.2). What a push that was
broken off left aside is dropped by the next one.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kennis_ld.engine.interface import Engine, Question
from kennis_ld.engine.remote import RemoteStore, batched
from kennis_ld.engine.store import load_store
from kennis_ld.errors import KennisError, Refused
from kennis_ld.iri import Iris
from kennis_ld.release import manifest
from kennis_ld.web.store import store_files

if TYPE_CHECKING:
    from kennis_ld.pipeline.assembly import Progress


def push(folder: Path, engine: Engine, store: RemoteStore, *, graph: str = "", told: Progress) -> int:
    """Puts the release in a folder in the place of what an engine holds of the same city; returns how many statements.

    `graph` is where the current state goes; empty for the default graph.

    Raises:
        DamagedRelease: the release is not what its manifest says.
        Refused: the default graph of the engine holds data of others.
        KennisError: the engine failed, or holds not all that was put there; its readers see what they saw before.
    """
    facts = manifest.verified(folder)
    iris = facts.iris
    held = load_store(store_files(folder, facts))
    ours = {iris.root, f"{iris.vocabulary or iris.base}/"}
    foreign = " && ".join(f'!STRSTARTS(STR(?s), "{root}")' for root in sorted(ours))
    others = f"ASK {{ ?s ?p ?o FILTER({foreign}) }}"
    if not graph and _asked(engine, others, iris)["boolean"]:
        raise Refused(
            "The default graph of the engine holds data of others, which would be lost.",
            where=iris.base,
            remedy="Give a graph for the current state with --graph, or an engine of its own.",
        )
    before = _graphs(engine, iris, graph)
    store.update(_dropped(each for each in before if iris.is_aside(each)))
    targets: dict[str, str] = {}
    done, total = 0, len(held)
    try:
        for name in (ox.DefaultGraph(), *held.named_graphs()):
            aside, expected = iris.aside(facts.release, len(targets)), 0
            targets[aside] = graph if isinstance(name, ox.DefaultGraph) else name.value
            lines = (f"{quad.triple} ." for quad in held.quads_for_pattern(None, None, None, name))
            for part in batched(lines):
                store.insert(aside, part)
                expected += len(part)
                told("pushing", done + expected, total)
            _expect(engine, aside, expected, iris)
            done += expected
        editions = iris.edition("x").removesuffix("x")
        gone = [each for each in before if each.startswith(editions) and each not in targets.values()]
        # Virtuoso 7.2.5 goes on to plan queries for an empty graph where one was replaced that was not there.
        moves = (
            f"{'MOVE' if place in ('', *before) else 'ADD'} GRAPH <{aside}> TO {_place(place)}"
            for aside, place in targets.items()
        )
        told("switching", total, total)
        store.update(";\n".join(filter(None, [_dropped(gone), *moves, _dropped(targets)])))
    except KennisError:
        with contextlib.suppress(KennisError):
            store.update(_dropped(targets))
        raise
    return done


def _dropped(graphs: Iterable[str]) -> str:
    return ";\n".join(f"DROP SILENT GRAPH <{each}>" for each in graphs)


def _place(graph: str) -> str:
    return f"GRAPH <{graph}>" if graph else "DEFAULT"


def _graphs(engine: Engine, iris: Iris, graph: str) -> Sequence[str]:
    """Returns the graphs of the engine that have a name of this city, and the given one where it is there."""
    ours = f'STRSTARTS(STR(?g), "{iris.root}") || STR(?g) = "{graph}"'
    text = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({ours}) }}"
    rows = _asked(engine, text, iris)["results"]["bindings"]
    return [row["g"]["value"] for row in rows]


def _expect(engine: Engine, graph: str, expected: int, iris: Iris) -> None:
    """Counts what a graph of the engine holds."""
    rows = _asked(engine, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", iris)["results"]["bindings"]
    found = int(rows[0]["n"]["value"]) if rows else 0
    if found != expected:
        raise KennisError(
            f"The engine holds {found} of the {expected} statements of a graph.",
            where=graph,
            remedy="Push again; if it stays so, the engine cannot hold this release as it is.",
        )


def _asked(engine: Engine, text: str, iris: Iris) -> Any:
    return json.loads(engine.answer(Question(text, iris.root)).body)
