"""What the tests of workers share: a small store, and a budget that is soon used up."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kennis_ld.engine.interface import MIB, Budget, Question

BASE = "http://example.org/"
BUDGET = Budget(seconds=0.5, memory=320 * MIB)


def ask(text: str, **more: object) -> Question:
    """Returns a question with the base of the test data."""
    return Question(text, BASE, **more)  # type: ignore[arg-type]


GOOD = ask("SELECT ?name { <thing/1> <name> ?name }")
ENDLESS = ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """400 things with a number and a name."""
    store = ox.Store()
    store.load(
        "".join(
            f'<thing/{number}> <number> {number} ; <name> "ding {number}"@nl .\n' for number in range(400)
        ).encode(),
        format=ox.RdfFormat.TURTLE,
        base_iri=BASE,
    )
    return store
