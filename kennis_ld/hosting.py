"""Puts a release behind a site or an engine: which files go into the store, and which engines answer from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from kennis_ld.engine.budget import PAGES, PUBLIC
from kennis_ld.engine.interface import Engine
from kennis_ld.engine.memory import DataFile, memory_engine
from kennis_ld.engine.pool import PooledEngine
from kennis_ld.engine.saved import SavedQuery
from kennis_ld.engine.supervisor import Supervisor
from kennis_ld.iri import Iris
from kennis_ld.release import manifest
from kennis_ld.release.manifest import Manifest
from kennis_ld.release.publication import Publication
from kennis_ld.web import server
from kennis_ld.web.site import Example, Release, Settings


def data_files(folder: Path, facts: Manifest) -> Sequence[DataFile]:
    """Returns the files of a release that go into its store: the data, the catalogue and, as a graph, the ontology."""
    iris = Iris(facts.base_uri)
    graphs = {"agenda.nq": None, "catalog.nt": None, "void.ttl": None, "ontology.ttl": iris.ontology}
    return [DataFile(folder.resolve() / name, graph, sha256=facts.files[name].sha256) for name, graph in graphs.items()]


def local_engine(folder: Path) -> tuple[Engine, Iris]:
    """Returns an engine in this process for a release, for queries of one's own, and its IRIs.

    Raises:
        DamagedRelease: the release is not what its manifest says.
    """
    facts = manifest.verified(folder)
    return memory_engine(data_files(folder, facts)), Iris(facts.base_uri)


def host(
    publication: Publication,
    folder: Path,
    *,
    queries: Mapping[str, SavedQuery],
    address: str,
    port: int,
    workers: int,
    ready: Callable[[], None],
) -> None:
    """Serves a release until the process is told to stop.

    Args:
        publication: whose site it is.
        folder: the release.
        queries: the saved queries, offered on the query page.
        address: address to listen on.
        port: port to listen on.
        workers: number of web processes.
        ready: called once, when connections are taken.

    Raises:
        DamagedRelease: the release is not what its manifest says.
        WrongSetting: this system cannot isolate queries.
    """
    facts = manifest.verified(folder)
    with Supervisor(data_files(folder, facts)) as service:
        server.serve(
            Release.of(folder, facts),
            _settings(publication, queries),
            partial(_engines, service.folder),
            host=address,
            port=port,
            workers=workers,
            ready=ready,
        )


def _engines(folder: Path) -> tuple[Engine, Engine]:
    return PooledEngine(folder, lane=PUBLIC), PooledEngine(folder, lane=PAGES)


def _settings(publication: Publication, queries: Mapping[str, SavedQuery]) -> Settings:
    agenda, contact = publication.agenda, publication.catalogue.contact
    examples = tuple(
        Example(name, {"nl": query.title_nl, "en": query.title_en}, query.text)
        for name, query in queries.items()
        if not query.parameters
    )
    return Settings(
        title={"nl": agenda.title, "en": agenda.title_en or agenda.title},
        publisher=contact.name,
        security_contact=f"mailto:{contact.email}" if contact.email else contact.url or None,
        examples=examples,
    )
