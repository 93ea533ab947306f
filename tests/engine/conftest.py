"""What the engine tests share: a small data set, and a small budget."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.engine.interface import MIB, Budget, Question

BASE = "http://example.org/"
SMALL = Budget(seconds=1.0, memory=300 * MIB, rows=100, body_bytes=1 * MIB)
"""A small budget, so that a query that has to die does so soon."""


def ask(text: str, **more: object) -> Question:
    """Returns a question with the base of the test data."""
    return Question(text, BASE, **more)  # type: ignore[arg-type]


GOOD = ask("SELECT ?name { <thing/1> <name> ?name }")
ENDLESS = ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")


@pytest.fixture(scope="session")
def quads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """400 things with a number and a name in the default graph, three of them in a graph of their own too."""
    lines = []
    for number in range(400):
        thing = f"<{BASE}thing/{number}>"
        lines.append(f'{thing} <{BASE}number> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> .')
        lines.append(f'{thing} <{BASE}name> "ding {number}"@nl .')
    lines += [f'<{BASE}thing/{number}> <{BASE}name> "old {number}"@en <{BASE}graph/old> .' for number in range(3)]
    file = tmp_path_factory.mktemp("release") / "agenda.nq"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
