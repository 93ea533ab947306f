"""The shapes of the published standards, which stand beside the project; without them a test that needs them skips.

They are found in `../shared/standards`, or in the folder that the environment variable KENNIS_LD_STANDARDS names.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import RDF, SH

from kennis_ld.graph.statements import Triple

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "standards"
STANDARDS = Path(os.environ.get("KENNIS_LD_STANDARDS") or _BESIDE)

needs_standards = pytest.mark.skipif(
    not STANDARDS.is_dir(),
    reason=f"the shapes of the standards are not in {STANDARDS}; set KENNIS_LD_STANDARDS to the folder that has them",
)

_AP, _NL = "dcat-ap-3.0.1", "dcat-ap-nl-3.0.0"
SETS = {
    "DCAT-AP 3.0.1": (f"{_AP}/html_shacl_shapes.ttl", f"{_AP}/html_shacl_range.ttl"),
    "DCAT-AP 3.0.1, full": (f"{_AP}/shacl_dcat-ap-SHACL.ttl",),
    "DCAT-AP-NL 3.0.0": (
        f"{_NL}/dcat-ap-nl-SHACL.ttl",
        f"{_NL}/dcat-ap-nl-SHACL-klassebereik.ttl",
        f"{_NL}/dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
    ),
    "DCAT-AP 3.0.1, recommended": (f"{_AP}/html_shacl_shapes_recommended.ttl",),
    "NDE 1.14.0": ("nde/shacl.ttl",),
    "NL-SBB 1.0.0": ("nl-sbb/skos-ap-nl.ttl",),
    "DCAT-AP-NL 3.0.0, recommended": (f"{_NL}/dcat-ap-nl-SHACL-aanbevolen.ttl",),
}
"""The shape files of each standard, read from one folder each."""


@dataclass(frozen=True, order=True)
class Result:
    """What a standard has to say: how serious, about what, about which property of it, and of which value."""

    severity: str
    focus: str
    path: str
    value: str = ""


@cache
def shapes(name: str) -> Graph:
    """Returns the shapes of a standard, without links to property shapes that the file does not have.

    DCAT-AP 3.0.1 has two of these, and pyshacl stops at them (SEMICeu/DCAT-AP issue 448).
    """
    found = Graph()
    for file in SETS[name]:
        found.parse(STANDARDS / file)
    for dangling in [shape for shape in found.objects(None, SH.property) if (shape, SH.path, None) not in found]:
        found.remove((None, SH.property, dangling))
    # NDE has three kinds of constraints that only its own software can look at, and pyshacl stops at them.
    for component in set(found.subjects(RDF.type, SH.ConstraintComponent)):
        found.remove((component, None, None))
    return found


def results(name: str, triples: Iterable[Triple]) -> list[Result]:
    """Returns what a standard has to say about statements, sorted."""
    data = Graph()
    for triple in triples:
        data.add(triple)
    _, report, _ = validate(data, shacl_graph=shapes(name), inference="none", advanced=True)
    return sorted(
        Result(
            str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath)),
            str(report.value(result, SH.value) or ""),
        )
        for result in report.objects(None, SH.result)
    )
