"""A running site: what the administrator decides about it, which files of a release are loaded, and its start."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kennis_ld.engine.budget import OWN, TRUSTED, Budget
from kennis_ld.engine.interface import Engine
from kennis_ld.engine.saved import SavedQuery
from kennis_ld.engine.store import DataFile, StoreEngine, load_store
from kennis_ld.errors import DamagedRelease
from kennis_ld.iri import Iris
from kennis_ld.isolation import admission
from kennis_ld.isolation.admission import Admission, ClientLimits
from kennis_ld.isolation.control import Channel
from kennis_ld.isolation.pool import places_for_heavy_queries
from kennis_ld.isolation.shared_memory import SharedNumbers
from kennis_ld.isolation.single import SingleWorker
from kennis_ld.publication.publication import Publication
from kennis_ld.release import manifest
from kennis_ld.release.manifest import Manifest
from kennis_ld.server import process
from kennis_ld.server.access_log import LogWriter, log_as_json
from kennis_ld.server.metrics import Metrics
from kennis_ld.server.process import Web
from kennis_ld.serving.supervisor import Supervisor, listen
from kennis_ld.serving.zygote import Zygote
from kennis_ld.web.app import create_app
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.site import Example, Release, Settings, Site, store_files

FEWEST_WEB_PROCESSES = 2
"""So that one that is stopped, or at its start, does not take all pages along."""

_DRAIN = 1.0  # seconds more than a query may take, in which requests can finish


def usual_web_processes() -> int:
    """Returns how many web processes a site has: as many as the processors that this process may use."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(FEWEST_WEB_PROCESSES, found)


@dataclass(frozen=True, slots=True)
class Service:
    """What the administrator decides about a running site.

    Attributes:
        address: address to listen on.
        port: port to listen on.
        web_processes: how many there are.
        budget: what one query of a visitor may use.
        clients: what one client may ask of the query service.
        trusted_proxies: networks of proxies whose X-Forwarded-For is believed.
        trusted_hosts: host names a request may be sent to, next to that of base_uri and the loopback names.
        logs_requests: whether each request gets a line in the log.
    """

    address: str = "127.0.0.1"
    port: int = 8000
    web_processes: int = field(default_factory=usual_web_processes)
    budget: Budget = field(default_factory=Budget)
    clients: ClientLimits = field(default_factory=ClientLimits)
    trusted_proxies: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    logs_requests: bool = True


def release_engine(folder: Path) -> tuple[SingleWorker, Iris]:
    """Returns an engine for one's own queries on a release, and the IRIs of that release.

    The query runs in a worker, for an ordinary one can end the engine's process.

    Raises:
        DamagedRelease: the release is not what its manifest says.
    """
    facts = manifest.verified(folder)
    return SingleWorker(load_store(store_files(folder, facts)), OWN), Iris(facts.base_uri)


def serve(
    publication: Publication,
    folder: Path,
    *,
    queries: Mapping[str, SavedQuery],
    ready: Callable[[], object],
    service: Service | None = None,
    more: Sequence[DataFile] = (),
) -> None:
    """Serves a release, and each that becomes the current one after it, until the process is told to stop.

    Args:
        publication: whose site it is.
        folder: the release; the others stand beside it.
        queries: the saved queries, offered on the query page.
        ready: called once, when requests are answered.
        service: what the administrator decides; None for the defaults.
        more: files to load besides those of a release.

    Raises:
        KennisError: the release cannot be served.
        WrongSetting: there is another server at that address, or this system cannot isolate queries.
    """
    chosen = service or Service()
    log_as_json(LogWriter(in_thread=False))
    folder = folder.resolve()
    metrics = Metrics()
    table = admission.table()
    with ExitStack() as open_sockets:
        listeners = [
            open_sockets.enter_context(each) for each in listen(chosen.address, chosen.port, chosen.web_processes)
        ]
        family = Family(
            settings=_settings(publication, queries, chosen),
            service=chosen,
            listeners=listeners,
            metrics=metrics,
            make_admission=partial(
                Admission,
                chosen.clients,
                table,
                heavy=places_for_heavy_queries(),
                secret=secrets.token_bytes(32),
            ),
            more=more,
        )
        metrics.join()
        Supervisor(
            folder.parent, family.zygote, drain=chosen.budget.seconds + _DRAIN, ready=ready, count=metrics.event
        ).run(folder.name)


@dataclass(frozen=True, slots=True)
class Family:
    """What the processes of one release after the other have in common."""

    settings: Settings
    service: Service
    listeners: Sequence[socket.socket]
    metrics: Metrics
    make_admission: Callable[[], Admission]
    more: Sequence[DataFile] = ()

    def zygote(self, folder: Path, lifeline: socket.socket) -> Zygote:
        """Loads and checks a release, and returns its zygote; see `Supervisor`.

        Raises:
            DamagedRelease: the release is not what its manifest says, or does not answer as it should.
        """
        log_as_json(LogWriter(in_thread=False))
        self.metrics.join()
        facts = manifest.verified(folder)
        store = load_store([*store_files(folder, facts), *self.more])
        release = Release.of(folder, facts)
        make_site = partial(_site, store, release, self.settings)
        _check(make_site(StoreEngine(store)), facts)
        drain = self.service.budget.seconds + _DRAIN
        web = Web(
            make_site=make_site,
            make_application=partial(create_app, metrics=partial(self.metrics.text, release.digest)),
            make_admission=self.make_admission,
            metrics=self.metrics,
            budget=self.service.budget,
            trusted_proxies=self.service.trusted_proxies,
            logs_requests=self.service.logs_requests,
            drain=drain,
        )

        def work(place: int, channel: Channel, heartbeats: SharedNumbers) -> None:
            def beat() -> None:
                heartbeats.numbers[place] += 1

            process.run(web, self.listeners[place], lifeline, channel, beat)

        return Zygote(
            store,
            self.service.budget,
            web_processes=self.service.web_processes,
            work=work,
            drain=drain + _DRAIN,
            let_go=self._stop_listening,
            count=self.metrics.event,
        )

    def _stop_listening(self) -> None:
        for listener in self.listeners:
            listener.close()


def _site(store: ox.Store, release: Release, settings: Settings, engine: Engine) -> Site:
    own = StoreEngine(store, budget=TRUSTED, guarded=False)
    return Site(engine, Lookup(own, release.iris), release, settings)


def _check(site: Site, facts: Manifest) -> None:
    """Asks the question whose answer the manifest gives, and those that a site asks before it answers anybody.

    Raises:
        DamagedRelease: the store answers otherwise.
    """
    rows = site.lookup.rows("ready")
    expected = facts.counts.get("projects")
    if not rows or (expected is not None and int(rows[0]["projects"]) != expected):
        raise DamagedRelease(
            f"The query service does not find the {expected} projects of the manifest.",
            where=facts.release,
            remedy="Build the release again, or go back to an earlier one.",
        )
    overview(site)


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
    )
