"""The store of a release; apart from the site, for a query of one's own needs no more than this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kennis_ld.engine.interface import OWN
from kennis_ld.engine.store import DataFile, StoreEngine, load_store
from kennis_ld.iri import Iris
from kennis_ld.isolation.worker import SingleWorker
from kennis_ld.release import manifest
from kennis_ld.release.manifest import Manifest


def store_files(folder: Path, facts: Manifest) -> Sequence[DataFile]:
    """Returns the files of a release that go into its store.

    The default graph holds what the dumps hold; catalogue, VoID description, ontology and validation report stand in
    graphs that are called after the documents that hold them.
    """
    graphs = {"agenda.nq": None, **_documents(facts.iris)}
    return [DataFile(folder.resolve() / name, graph, sha256=facts.files[name].sha256) for name, graph in graphs.items()]


def named_graphs(facts: Manifest) -> tuple[str, ...]:
    """Returns the IRIs of the named graphs of a release: those of its editions, and of the documents."""
    iris = facts.iris
    return (*map(iris.edition, facts.sources), *_documents(iris).values())


def release_engine(folder: Path) -> tuple[SingleWorker, Iris]:
    """Returns an engine for one's own queries on a release, and the IRIs of that release.

    The query runs in a worker, for an ordinary one can end the engine's process.

    Raises:
        DamagedRelease: the release is not what its manifest says.
    """
    facts = manifest.verified(folder)
    engine = StoreEngine(load_store(store_files(folder, facts)), budget=OWN, guarded=False)
    return SingleWorker(engine, OWN), facts.iris


def _documents(iris: Iris) -> Mapping[str, str]:
    return {
        "catalog.nt": iris.catalogue,
        "void.ttl": iris.void,
        "ontology.ttl": iris.ontology,
        "report.ttl": iris.quality,
    }
