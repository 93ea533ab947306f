"""A small part of each of the long campaigns in bench/."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from bench import day, hostile_queries, random_queries, service_fuzz
from kennis_ld.engine.interface import MIB, Budget

BUDGET = Budget(seconds=1.2, memory=320 * MIB)
DAY = {
    "publish",
    "roll back",
    "terminate zygote",
    "kill web process",
    "kill while taking up",
    "damage: changed",
    "no room for the log",
    "clock back",
}


def test_hostile_queries_are_felt_by_nobody_else(tmp_path: Path) -> None:
    """While hostile queries run, all others are answered, and each of them gets an honest answer (cases 1 to 20).

    Nothing but workers dies, and no process, descriptor or file is left (cases 30, 31, 35). Here is no look at the time
    and at memory: both need a longer run.
    """
    seen = hostile_queries.campaign(30, 1, tmp_path, budget=BUDGET, fill=False)
    assert [] == [each for each in seen.wrong if not each.startswith("memory")]
    assert 30 == seen.outcomes.total()
    assert seen.good > 30


def test_no_text_calls_another_server() -> None:
    """Fuzzed calls reach nobody, also with one of two layers taken away; without both they do (cases 36, 38, 39).

    An endpoint that may be asked is reached by the process in front of the worker alone, with what stands in the text.
    """
    seen, asked, federated, wrong = service_fuzz.campaign(2500, 3, processes=1)
    assert [] == wrong
    assert 2500 == seen.texts
    assert [True, True, True, True, True] == [each.texts > 0 for each in asked]
    assert asked[-1].connections > 0
    assert (True, 0) == (federated.connections > 0, federated.others)


def test_a_short_day_of_a_site(tmp_path: Path) -> None:
    """Releases, damage, a full disk, kills, a rollback, a clock: readers see whole releases, no URI is lost."""
    told: list[str] = []
    day.play(1, [step for step in day.STEPS if step.name in DAY], tmp_path, patience=5, readers=2, tell=told.append)
    assert len(DAY) == len(told)


def test_another_engine_agrees() -> None:
    """Random queries over random graphs have the same answers in rdflib."""
    seen, differences = random_queries.campaign(60, 5)
    assert [] == differences
    assert seen["same"] > 55
    assert seen["with rows"] > 15


def test_the_known_differences_are_as_the_page_says() -> None:
    """Alternatives that connect the same two things are one row, and two rows of a UNION (docs/conformance.md)."""
    store = ox.Store()
    store.load(b"@prefix : <http://e/> . :a :p :b ; :q :b .", format=ox.RdfFormat.TURTLE)
    counts = {
        pattern: next(iter(store.query(f"PREFIX : <http://e/> SELECT (COUNT(*) AS ?n) {{ {pattern} }}")))["n"].value
        for pattern in ("?s :p|:q ?o", "?s !:r ?o", "{ ?s :p ?o } UNION { ?s :q ?o }")
    }
    assert ["1", "2", "2"] == list(counts.values())
