"""Which files of a release go into its store; apart from the site, for a query of one's own needs no more than this."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kennis_ld.engine.store import DataFile
from kennis_ld.release.manifest import Manifest


def store_files(folder: Path, facts: Manifest) -> Sequence[DataFile]:
    """Returns the files of a release that go into its store.

    The default graph holds what the dumps hold; catalogue, VoID description, ontology and validation report stand in
    graphs that are called after the documents that hold them.
    """
    iris = facts.iris
    graphs = {
        "agenda.nq": None,
        "catalog.nt": iris.catalogue,
        "void.ttl": iris.void,
        "ontology.ttl": iris.ontology,
        "report.ttl": iris.quality,
    }
    return [DataFile(folder.resolve() / name, graph, sha256=facts.files[name].sha256) for name, graph in graphs.items()]
