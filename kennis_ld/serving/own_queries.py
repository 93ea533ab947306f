"""An engine for one's own queries on a release, without a site; it loads no more than that needs."""

from __future__ import annotations

from pathlib import Path

from kennis_ld.engine.interface import OWN
from kennis_ld.engine.store import StoreEngine, load_store
from kennis_ld.iri import Iris
from kennis_ld.isolation.single import SingleWorker
from kennis_ld.release import manifest
from kennis_ld.web.store import store_files


def release_engine(folder: Path) -> tuple[SingleWorker, Iris]:
    """Returns an engine for one's own queries on a release, and the IRIs of that release.

    The query runs in a worker, for an ordinary one can end the engine's process.

    Raises:
        DamagedRelease: the release is not what its manifest says.
    """
    facts = manifest.verified(folder)
    engine = StoreEngine(load_store(store_files(folder, facts)), budget=OWN, guarded=False)
    return SingleWorker(engine, OWN), facts.iris
