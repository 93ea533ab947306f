"""Compares what the compiled shapes say with what pyshacl says, of random damage to small parts of two cities.

    python bench/shacl.py [CASES] [FIRST]

CASES is 10,000 by default, from seed FIRST (0). A case that differs is printed; the exit code is 1 then. A case at
which pyshacl breaks off (a TypeError where the standard has a result: two literals without an order) cannot be
compared, and is counted. At the end: the processor time of both, each case one after the other.
"""

from __future__ import annotations

import logging
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from rdflib import Graph

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.quality.checker import Checker, statements_of
from kennis_ld.quality.validation import Result, Validation, validate
from tests.quality.damage import CITIES, damaged
from tests.quality.rule_cases import REPOSITORY


def main(cases: int, first: int) -> int:
    """Returns 0 when all cases are equal."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    texts = [path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "shapes").glob("*.ttl"))]
    shapes = {file: shapes_graph(texts, iris) for file, iris in CITIES.items()}
    checkers = {file: Checker(rules) for file, rules in shapes.items()}
    spent, results, different, broken = [0.0, 0.0], 0, 0, 0
    for seed in range(first, first + cases):
        file = list(CITIES)[seed % len(CITIES)]
        graph = damaged(file, seed)
        try:
            expected, cost = _timed(partial(validate, graph, shapes[file]))
        except TypeError:
            broken += 1
            checkers[file].check(statements_of(graph))
            continue
        spent[0] += cost
        found, cost = _timed(partial(_checked, checkers[file], graph))
        spent[1] += cost
        results += len(expected or ())
        if expected != found:
            different += 1
            print(f"seed {seed}, {file}: {'pyshacl stops' if expected is None else ''}")
            _show("only pyshacl", set(expected or ()) - set(found or ()))
            _show("only compiled", set(found or ()) - set(expected or ()))
    print(f"{cases} cases, {results} results, {different} different, {broken} at which pyshacl breaks off")
    print(f"pyshacl {spent[0]:.1f} s, compiled {spent[1]:.1f} s: {spent[0] / spent[1]:.0f} times as fast")
    return 1 if different else 0


def _checked(checker: Checker, graph: Graph) -> Validation:
    return checker.check(statements_of(graph))


def _timed(check: Callable[[], Validation]) -> tuple[tuple[Result, ...] | None, float]:
    """Returns the results, None where the check stops, and the processor time."""
    start = time.process_time()
    try:
        found = check().results
    except ValueError:
        found = None
    return found, time.process_time() - start


def _show(which: str, results: Iterable[Result]) -> None:
    for result in sorted(results, key=lambda each: each.sort_key):
        print(f"    {which}: {result.shape} {result.focus.n3()} {result.value!r} {result.component}")


if __name__ == "__main__":
    raise SystemExit(main(*(int(text) for text in (sys.argv[1:] + ["10000", "0"][len(sys.argv) - 1 :]))))
