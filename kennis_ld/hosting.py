"""Puts a release behind a site or an engine: which files go into the store, which engines answer, and what comes next.

`host` serves the current release of a folder of releases and follows the link `current`: a build or a rollback moves
that link, and the running site goes along.
"""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event, Thread

from kennis_ld.engine.budget import Budget, usual_lanes
from kennis_ld.engine.interface import Engine
from kennis_ld.engine.memory import DataFile, memory_engine
from kennis_ld.engine.saved import SavedQuery
from kennis_ld.engine.supervisor import Supervisor
from kennis_ld.errors import DamagedRelease, KennisError, WrongSetting
from kennis_ld.iri import Iris
from kennis_ld.publication.publication import Publication
from kennis_ld.release import manifest, publish
from kennis_ld.release.manifest import Manifest
from kennis_ld.web import processes
from kennis_ld.web.clients import ClientLimits
from kennis_ld.web.journal import log_as_json
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.overview import overview
from kennis_ld.web.processes import Orders
from kennis_ld.web.site import Example, Release, Settings, Site

logger = logging.getLogger(__name__)

_LOOK = 1.0
_AGAIN = 30.0
"""Seconds until a release that could not be taken up is tried again: the reason may have been a busy machine."""

_END = 1.0
"""Seconds for queries that still run when no web process is left to send the answer."""


@dataclass(frozen=True, slots=True)
class Service:
    """What the administrator decides about a running site.

    Attributes:
        address: address to listen on.
        port: port to listen on.
        workers: number of web processes.
        budget: what one query of a visitor may use.
        clients: what one client may ask of the query service.
        trusted_proxies: networks of proxies whose X-Forwarded-For is believed.
        trusted_hosts: host names a request may be sent to, next to that of base_uri and the loopback names.
        logs_requests: whether each request gets a line in the log.
    """

    address: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    budget: Budget = field(default_factory=Budget)
    clients: ClientLimits = field(default_factory=ClientLimits)
    trusted_proxies: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    logs_requests: bool = True


def data_files(folder: Path, facts: Manifest) -> Sequence[DataFile]:
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
    ready: Callable[[], None],
    service: Service | None = None,
) -> None:
    """Serves a release, and each that becomes the current one after it, until the process is told to stop.

    Args:
        publication: whose site it is.
        folder: the release; the others stand beside it.
        queries: the saved queries, offered on the query page.
        ready: called once, when connections are taken.
        service: what the administrator decides; None for the defaults.

    Raises:
        DamagedRelease: the release is not what its manifest says.
        WrongSetting: this system cannot isolate queries.
    """
    chosen = service or Service()
    log_as_json()
    # Who stops the site while it is still loading gets an end in order as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder = folder.resolve()
    facts = manifest.verified(folder)
    supervisor = Supervisor(
        data_files(folder, facts),
        name=facts.release,
        lanes=usual_lanes(chosen.budget),
        check=partial(_check, folder=folder, facts=facts),
    )
    supervisor.start()
    follower = Follower(supervisor, folder.parent, facts.base_uri)
    try:
        follower.start()
        orders = Orders(
            supervisor.folder,
            folder.parent,
            _settings(publication, queries, chosen),
            prefix=Iris(facts.base_uri).prefix,
            host=chosen.address,
            port=chosen.port,
            workers=chosen.workers,
        )
        processes.serve_current(orders, ready=ready, count=supervisor.events.count)
    finally:
        follower.stop()
        # It may be loading a release; the end of the query service is the end of that too.
        supervisor.close(seconds=_END)
        follower.join()


class Follower:
    """Takes up the release that the link `current` points to, as soon as it points to another one."""

    def __init__(self, supervisor: Supervisor, releases: Path, base_uri: str) -> None:
        self._supervisor = supervisor
        self._releases = releases
        self._base_uri = base_uri
        self._refused: tuple[str, int] | None = None
        self._again = 0.0
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Looks every second, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Looks no more; what it is doing goes on."""
        self._stopped.set()

    def join(self) -> None:
        """Returns when it has stopped."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(_LOOK):
            self.look()

    def look(self) -> None:
        """Takes up the current release where it is another one; one that cannot be is logged, and tried again later."""
        link = self._releases / publish.CURRENT
        try:
            seen = link.readlink().name, link.lstat().st_mtime_ns
        except OSError:
            # No link, for a moment or for good: what is served goes on.
            return
        if seen[0] == self._supervisor.release or (seen == self._refused and time.monotonic() < self._again):
            return
        try:
            self._take_up(self._releases / seen[0])
        except Exception as error:
            # Whatever it is: who looks must be able to look again.
            self._refused, self._again = seen, time.monotonic() + _AGAIN
            if not self._stopped.is_set():
                told = None if isinstance(error, KennisError) else error
                words = "Release %s is not taken up, %s goes on: %s"
                logger.error(words, seen[0], self._supervisor.release, error, exc_info=told)

    def _take_up(self, folder: Path) -> None:
        facts = manifest.verified(folder)
        if facts.base_uri != self._base_uri:
            raise WrongSetting(
                f"The release has base_uri {facts.base_uri}, this site has {self._base_uri}.",
                where=str(folder),
                remedy="Start the site again to serve it.",
            )
        self._supervisor.swap(
            data_files(folder, facts), name=facts.release, check=partial(_check, folder=folder, facts=facts)
        )
        logger.info("Release %s is served from now on.", facts.release)


def _check(engine: Engine, *, folder: Path, facts: Manifest) -> None:
    """Asks the question whose answer the manifest gives, and those that a site asks before it answers anybody.

    Raises:
        DamagedRelease: the engine answers otherwise.
    """
    lookup = Lookup(engine, Iris(facts.base_uri))
    rows = lookup.rows("ready")
    expected = facts.counts.get("projects")
    if not rows or (expected is not None and int(rows[0]["projects"]) != expected):
        raise DamagedRelease(
            f"The query service does not find the {expected} projects of the manifest.",
            where=facts.release,
            remedy="Build the release again, or go back to an earlier one.",
        )
    overview(Site(engine, lookup, Release.of(folder, facts), Settings(title={})))


def _settings(publication: Publication, queries: Mapping[str, SavedQuery], service: Service) -> Settings:
    agenda, contact = publication.agenda, publication.catalogue.contact
    examples = tuple(
        Example(name, {"nl": query.title_nl, "en": query.title_en}, query.text)
        for name, query in queries.items()
        if not query.parameters
    )
    return Settings(
        title={"nl": agenda.title, "en": agenda.title_en or agenda.title},
        publisher=contact.name,
        trusted_hosts=service.trusted_hosts,
        security_contact=f"mailto:{contact.email}" if contact.email else contact.url or None,
        examples=examples,
        trusted_proxies=service.trusted_proxies,
        client_limits=service.clients,
        logs_requests=service.logs_requests,
    )
