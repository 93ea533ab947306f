"""Takes a publication through the pipeline that ships, in memory: what a build would write, before it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from kennis_ld.graph import formats
from kennis_ld.graph.things import statements_of
from kennis_ld.model import Finding, Organisation, ProjectEntry
from kennis_ld.pipeline.assembly import Assembly
from kennis_ld.pipeline.definitions import definitions
from kennis_ld.publication.bundled import bundled
from kennis_ld.publication.publication import Publication
from kennis_ld.publication.settings import publication
from kennis_ld.quality.validation import Validation, merge

VERSION = "0"
"""The version of the software that the statements name."""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a publication.

    Attributes:
        current: lines of N-Triples of the default graph, sorted.
        editions: those of the graph of each edition, by its key.
        entries: the entries of each edition, in the order of its document, by its key.
        organisations: the register and the provisional organisations.
        findings: what there is to say about the documents and tables.
        validation: what the shapes say.
    """

    current: Collection[str]
    editions: Mapping[str, Collection[str]]
    entries: Mapping[str, tuple[ProjectEntry, ...]]
    organisations: tuple[Organisation, ...]
    findings: tuple[Finding, ...]
    validation: Validation


@cache
def bundled_city(name: str) -> Read:
    """Returns what the pipeline makes of a publication that is bundled; read once for all tests of a process."""
    return read(publication(bundled("data") / name))


def read(publication: Publication) -> Read:
    """Returns what the pipeline makes of a publication."""
    assembly = Assembly(publication, definitions(), version=VERSION, keep=lambda each: each)
    current: set[str] = set()
    editions: defaultdict[str, set[str]] = defaultdict(set)
    entries: defaultdict[str, tuple[ProjectEntry, ...]] = defaultdict(tuple)
    findings: list[Finding] = []
    validations: list[Validation] = []
    for batch in assembly.batches():
        lines = list(formats.written_lines(statements_of(batch.kept.things)))
        if batch.edition:
            editions[batch.edition.key].update(lines)
            entries[batch.edition.key] += batch.entries
        current.update(lines if batch.current else ())
        current.update(formats.written_lines(statements_of(batch.kept.always)))
        findings += batch.findings
        validations.append(batch.validation)
    return Read(
        current=sorted(current),
        editions={key: sorted(lines) for key, lines in editions.items()},
        entries=dict(entries),
        organisations=tuple(assembly.context.organisations),
        findings=tuple(findings),
        validation=merge(validations),
    )
