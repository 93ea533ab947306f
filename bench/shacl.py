"""Compares what the compiled shapes say with what pyshacl says, of random damage to small parts of two cities.

    python bench/shacl.py [CASES] [FIRST]

CASES is 10,000 by default, from seed FIRST (0). A case that differs is printed, and how far it is every so often; the
exit code is 1 when one differs. A case at which pyshacl breaks off (a TypeError where the standard has a result: two
literals without an order) cannot be compared, and is counted.
"""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import Graph
from rdflib.plugins.sparql import processor

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kennis_ld.graph.definitions import shapes_graph
from kennis_ld.quality.checker import Checker
from kennis_ld.quality.validation import Result, Validation
from tests.quality.by_pyshacl import validate
from tests.quality.damage import CITIES, damaged
from tests.quality.rule_cases import REPOSITORY, statements_of

TOGETHER = 50
"""Cases that a process takes at a time."""


@dataclass(slots=True)
class Seen:
    """What came of some cases.

    Attributes:
        cases: how many.
        results: what pyshacl found in them, in all.
        broken: how many could not be compared.
        different: lines about those that differ.
    """

    cases: int = 0
    results: int = 0
    broken: int = 0
    different: Sequence[str] = ()

    def __add__(self, other: Seen) -> Seen:
        """Returns both together."""
        return Seen(
            self.cases + other.cases,
            self.results + other.results,
            self.broken + other.broken,
            [*self.different, *other.different],
        )

    def __str__(self) -> str:
        """Returns it in words."""
        different = sum(line.startswith("seed") for line in self.different)
        return (
            f"{self.cases} cases, {self.results} results, {different} different, "
            f"{self.broken} at which pyshacl breaks off"
        )


def main(cases: int, first: int) -> int:
    """Returns 0 when all cases are equal."""
    end, all_seen = first + cases, Seen()
    with ProcessPoolExecutor() as pool:
        for seen in pool.map(_compared, range(first, end, TOGETHER), [end] * -(-cases // TOGETHER)):
            all_seen += seen
            for line in seen.different:
                print(line, flush=True)
            if all_seen.cases % (10 * TOGETHER) == 0 or all_seen.cases == cases:
                print(all_seen, flush=True)
    return 1 if all_seen.different else 0


def _compared(first: int, end: int) -> Seen:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    _parse_once()
    seen, lines = Seen(), list[str]()
    for seed in range(first, min(first + TOGETHER, end)):
        file = list(CITIES)[seed % len(CITIES)]
        shapes, checker = _rules()[file]
        graph = damaged(file, seed)
        found = _results(checker.check, statements_of(graph))
        seen.cases += 1
        try:
            expected = _results(validate, graph, shapes)
        except TypeError as error:
            if "'<=' not supported between instances of 'Literal' and 'Literal'" not in str(error):
                raise
            seen.broken += 1
            continue
        seen.results += len(expected or ())
        if expected != found:
            lines.append(f"seed {seed}, {file}: {'pyshacl stops' if expected is None else ''}")
            lines += _listed("only pyshacl", set(expected or ()) - set(found or ()))
            lines += _listed("only compiled", set(found or ()) - set(expected or ()))
    seen.different = lines
    return seen


@cache
def _rules() -> Mapping[str, tuple[Graph, Checker]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "shapes").glob("*.ttl"))]
    graphs = {file: shapes_graph(texts, iris) for file, iris in CITIES.items()}
    return {file: (graph, Checker(graph)) for file, graph in graphs.items()}


@cache
def _parse_once() -> None:
    """Has each query prepared once: in small graphs rdflib takes as long for that as pyshacl for all else."""
    parse, translate = vars(processor)["parseQuery"], vars(processor)["translateQuery"]

    @cache
    def prepared(text: str, base: str | None, prefixes: frozenset[tuple[str, str]]) -> object:
        return translate(parse(text), base, dict(prefixes))

    vars(processor).update(
        parseQuery=lambda text: text,
        translateQuery=lambda text, base, prefixes: prepared(text, base, frozenset(prefixes.items())),
    )


def _results(check: Callable[..., Validation], *given: object) -> tuple[Result, ...] | None:
    """Returns the results, None where the check stops."""
    try:
        return check(*given).results
    except ValueError:
        return None


def _listed(which: str, results: Iterable[Result]) -> Iterator[str]:
    for result in sorted(results, key=lambda each: each.sort_key):
        yield f"    {which}: {result.shape} {result.focus.n3()} {result.value!r} {result.component}"


if __name__ == "__main__":
    raise SystemExit(main(*(int(text) for text in (sys.argv[1:] + ["10000", "0"][len(sys.argv) - 1 :]))))
