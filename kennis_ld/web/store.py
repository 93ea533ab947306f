"""Which files of a release go into its store; apart from the site, for a query of one's own needs no more than this."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kennis_ld.engine.store import DataFile
from kennis_ld.iri import Iris
from kennis_ld.release.manifest import Manifest


def store_files(folder: Path, facts: Manifest) -> Sequence[DataFile]:
    """Returns the files of a release that go into its store.

    Data and catalogue go into the graphs that they name, ontology and validation report into graphs of their own.
    """
    iris = Iris(facts.base_uri)
    graphs = {
        "agenda.nq": None,
        "catalog.nt": None,
        "void.ttl": None,
        "ontology.ttl": iris.ontology,
        "report.ttl": iris.quality,
    }
    return [DataFile(folder.resolve() / name, graph, sha256=facts.files[name].sha256) for name, graph in graphs.items()]
