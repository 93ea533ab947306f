"""Measures what it costs to answer a query in a worker of its own instead of in this process.

    python bench/engine.py [STATEMENTS]

STATEMENTS is 50,000 by default. Both answer the same question in turns, so that whatever else the machine does weighs
on both. At the end: how soon another worker answers when one died of its query.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kennis_ld.engine.interface import Budget, Question
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import BudgetExceeded
from kennis_ld.isolation.worker import SingleWorker

BASE = "http://example.org/"
ROUNDS = 3000
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def main(statements: int) -> None:
    """Prints what it measures."""
    store = ox.Store()
    lines = (f'<{BASE}{number}> <{BASE}name> "thing {number}" .' for number in range(statements))
    store.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    question = Question("SELECT ?name { <5> <name> ?name }", BASE)
    here = StoreEngine(store)
    with closing(SingleWorker(here, Budget(seconds=1.0))) as there:
        print(f"{statements} statements; the first answer of a worker after {_measured(there, question):.1f} ms")
        pairs = [(_measured(here, question), _measured(there, question)) for _ in range(ROUNDS)]
        for name, times in zip(("in this process", "in a worker"), zip(*pairs, strict=True), strict=True):
            cut = statistics.quantiles(times, n=100)
            print(f"{name:16} median {cut[49]:.3f} ms   p10 {cut[9]:.3f} ms   p99 {cut[98]:.3f} ms")
        print(f"on top of the query: {statistics.median(worker - own for own, worker in pairs):.3f} ms")
        try:
            there.answer(Question(ENDLESS, BASE))
        except BudgetExceeded as error:
            print(f"{error}\nthe next answer after {_measured(there, question):.1f} ms")


def _measured(engine: StoreEngine | SingleWorker, question: Question) -> float:
    ask: Callable[[Question], object] = engine.answer
    start = time.perf_counter()
    ask(question)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
