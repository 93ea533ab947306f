"""What benchmarks say and how they are kept; what they measure is not for tests."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from bench.compare import PARTS, put, section
from bench.figures import Comparison, Growth, line
from bench.plot import plot

QUICK = Comparison("a build", "s", [2.0, 4.0], "the peer", [6.0, 4.0], goal=3.0)
RATE = Comparison("answers", "a second", [300.0], "the peer", [400.0], rate=True)
GROWTH = Growth("a page", "ms", {10: [1.0, 2.0, 9.0], 1000: [5.0]}, 2.0, refused={100_000: "503"})


def test_more_is_better_or_less_is() -> None:
    """How many times as good: less time, or more answers; the median over the turns, and whether the goal is met."""
    assert "a build: 3.00 (2.00–4.00) s, the peer 5.00 (4.00–6.00) s, 2.00 (1.00–3.00) times (goal 3.00)" in line(QUICK)
    assert [(False, False), (True, True)] == [(each.met, each.peer_wins) for each in (QUICK, RATE)]
    assert "a page (ms): 10: 2.00 (1.00–9.00), 1,000: 5.00, 100,000: 503; × 2.50 (at most 2)" in line(GROWTH)
    assert not GROWTH.met


def test_a_part_leaves_the_other_sections_as_they_were(tmp_path: Path) -> None:
    """A part that is measured again takes the place of its section; where peers are ahead stands at the top."""
    document = tmp_path / "benchmarks.md"
    for name, figure in (("mapping", RATE), ("build", QUICK)):
        put(document, PARTS[name].title, section(name, PARTS[name], [figure], load=0.1))
    first = document.read_text(encoding="utf-8")
    assert first.index("## Build") < first.index("## Mapping")
    assert "Others are ahead of us here: the peer (answers)." in first.partition("## ")[0]
    put(document, PARTS["build"].title, section("build", PARTS["build"], [GROWTH], load=0.1))
    second = document.read_text(encoding="utf-8")
    assert first.partition("## Mapping")[2] == second.partition("## Mapping")[2]
    assert ("a build" in second, "| a page, ms | 2.00 (1.00–9.00) | 5.00 | 503 | × 2.50 | 2, not met |" in second) == (
        False,
        True,
    )


def test_a_plot_names_every_task() -> None:
    """A plot has a line and a label for each task, and is well-formed."""
    other = Growth("search & find", "ms", {10: [1.0], 1000: [1.0]})
    tree = ElementTree.fromstring(plot("Growth", [GROWTH, other]))  # noqa: S314 - our own text
    texts = [each.text for each in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {"a page: 5.0", "search & find: 1.0", "10", "1,000"} <= set(texts)
