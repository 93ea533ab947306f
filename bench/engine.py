"""Measures what it costs to answer a query in a worker of its own instead of in this process.

    python bench/engine.py [STATEMENTS]

Both answer the same question in turns, so that whatever else the machine does weighs on both.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kennis_ld.engine.supervisor import Supervisor

from kennis_ld.engine.interface import Question
from kennis_ld.engine.store import memory_engine
from kennis_ld.errors import BudgetExceeded

BASE = "http://example.org/"
ROUNDS = 3000


def measured(answer: Callable[[], object]) -> float:
    start = time.perf_counter()
    answer()
    return (time.perf_counter() - start) * 1000


def main(statements: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.nt"
        file.write_text("".join(f'<{BASE}{n}> <{BASE}name> "thing {n}" .\n' for n in range(statements)))
        start = time.perf_counter()
        with Supervisor([file]) as service:
            print(f"{statements} statements; from start to ready: {time.perf_counter() - start:.2f} s")
            here, there = memory_engine([file]), service.engine()
            question = Question("SELECT ?name { <5> <name> ?name }", BASE)
            there.answer(question)
            pairs = [
                (measured(lambda: here.answer(question)), measured(lambda: there.answer(question)))
                for _ in range(ROUNDS)
            ]
            for name, times in zip(("in this process", "in a worker"), zip(*pairs, strict=True), strict=True):
                cut = statistics.quantiles(times, n=100)
                print(f"{name:16} median {cut[49]:.3f} ms   p10 {cut[9]:.3f} ms   p99 {cut[98]:.3f} ms")
            extra = statistics.median(worker - own for own, worker in pairs)
            print(f"on top of the query: {extra:.3f} ms")
            with ThreadPoolExecutor(8) as threads:
                start = time.perf_counter()
                list(threads.map(lambda _: there.answer(question), range(ROUNDS)))
                print(f"8 threads, one worker: {ROUNDS / (time.perf_counter() - start):.0f} queries/s")
            try:
                there.answer(Question("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", BASE))
            except BudgetExceeded as error:
                print(f"{error}\nnext answer after {measured(lambda: there.answer(question)):.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
