"""A running site: what the administrator decides about it, which files of a release are loaded, and its start."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from kennis_ld.engine.interface import OWN, TRUSTED, Budget, Engine
from kennis_ld.engine.remote import RemoteEngine
from kennis_ld.engine.services import Federation
from kennis_ld.engine.store import DataFile, StoreEngine, load_store
from kennis_ld.errors import DamagedRelease, WrongSetting
from kennis_ld.isolation import admission
from kennis_ld.isolation.admission import Admission, ClientLimits
from kennis_ld.isolation.pool import places_for_heavy_queries
from kennis_ld.isolation.sandbox import all_processors
from kennis_ld.model.saved_query import SavedQuery
from kennis_ld.publication.publication import Publication
from kennis_ld.release import manifest
from kennis_ld.release.manifest import Manifest
from kennis_ld.release.release import Release
from kennis_ld.server import process
from kennis_ld.server.access_log import LogWriter, log_as_json
from kennis_ld.server.metrics import Metrics
from kennis_ld.server.process import Web
from kennis_ld.serving.supervisor import Supervisor, listen
from kennis_ld.serving.zygote import Zygote
from kennis_ld.web.app import compile_templates, prepare
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.site import Settings, Site
from kennis_ld.web.sparql import questions
from kennis_ld.web.store import named_graphs, store_files

FEWEST_WEB_PROCESSES = 2  # so that one that is stopped, or at its start, does not take all pages along
_DRAIN = 1.0  # seconds more than a query may take, in which requests can finish


def usual_web_processes() -> int:
    """Returns how many web processes a site has: as many as the processors that this process may use."""
    return max(FEWEST_WEB_PROCESSES, len(all_processors()))


@dataclass(frozen=True, slots=True)
class Service:
    """What the administrator decides about a running site."""

    address: str = "127.0.0.1"
    port: int = 8000
    web_processes: int = field(default_factory=usual_web_processes)
    budget: Budget = field(default_factory=Budget)  # what one query of a visitor may use
    clients: ClientLimits = field(default_factory=ClientLimits)
    trusted_proxies: tuple[str, ...] = ()  # networks of proxies whose X-Forwarded-For is believed
    trusted_hosts: tuple[str, ...] = ()  # next to that of base_uri and the loopback names
    logs_requests: bool = True
    federation: Federation = field(default_factory=Federation)  # whom a query of a visitor may ask besides
    engine: str = ""  # address of another SPARQL engine that holds the release; without one it is held in memory
    engine_graph: str = ""  # graph of that engine with the current state, where it has no default graph of its own


def serve(
    publication: Publication,
    folder: Path,
    *,
    queries: Mapping[str, SavedQuery],
    ready: Callable[[], object],
    service: Service | None = None,
    more: Sequence[DataFile] = (),
) -> None:
    """Serves the release in a folder, and each that becomes the current one beside it, until it is told to stop.

    The query page offers the queries. `ready` is called once, when requests are answered; `more` is loaded as well.

    Raises:
        KennisError: the release cannot be served.
        WrongSetting: there is another server at that address, or this system cannot isolate queries.
    """
    chosen = service or Service()
    settings = site_settings(publication, queries, chosen)
    budget = replace(chosen.budget, is_remote=bool(chosen.engine))
    drain = budget.seconds + (chosen.federation.seconds if chosen.federation.endpoints else 0) + _DRAIN
    metrics, table, secret = Metrics(), admission.table(), secrets.token_bytes(32)

    def zygote(folder: Path, lifeline: socket.socket) -> Zygote:
        """Loads and checks a release, and returns its zygote."""
        log_as_json(LogWriter())
        metrics.join()
        facts = manifest.verified(folder)
        engine = _engine(chosen, facts, lambda: load_store([*store_files(folder, facts), *more]))
        web = Web(
            site=checked_site(Release.of(folder, facts), settings, engine, remote=chosen.engine),
            admission=Admission(chosen.clients, table, heavy=places_for_heavy_queries(), secret=secret),
            metrics=metrics,
            budget=budget,
            federation=chosen.federation,
            trusted_proxies=chosen.trusted_proxies,
            logs_requests=chosen.logs_requests,
            drain=drain,
        )
        return Zygote(
            engine(chosen.budget),
            budget,
            web_processes=chosen.web_processes,
            work=lambda place, channel: process.run(web, listeners[place], lifeline, channel),
            drain=drain + _DRAIN,
            count=metrics.event,
            listeners=listeners,
        )

    log_as_json(LogWriter())
    folder = folder.resolve()
    listeners = listen(chosen.address, chosen.port, chosen.web_processes)
    with ExitStack() as open_sockets:
        for listener in listeners:
            open_sockets.enter_context(listener)
        metrics.join()
        # Once, and not by each web process that is started, for each of its first visitors at once.
        compile_templates()
        Supervisor(folder.parent, zygote, drain=drain, ready=ready, count=metrics.event).run(folder.name)


def _engine(service: Service, facts: Manifest, load: Callable[[], ox.Store]) -> Callable[[Budget], Engine]:
    """Returns what gives an engine on the release for a budget."""
    store = None if service.engine else load()
    graph = service.engine_graph
    default, named = ((graph,), named_graphs(facts)) if graph else ((), ())

    def engine(budget: Budget) -> Engine:
        if store is not None:
            return StoreEngine(store, budget=budget, guarded=False)
        # Virtuoso writes XML in less than half the time. Only names, titles and the like go that way: pyoxigraph 0.5.13
        # drops the white space around a text in it.
        rows_as = "xml" if budget is OWN else "json"
        return RemoteEngine(service.engine, budget=budget, default_graphs=default, named_graphs=named, rows_as=rows_as)

    return engine


def checked_site(release: Release, settings: Settings, engine: Callable[[Budget], Engine], *, remote: str = "") -> Site:
    """Returns the site on a release, with what is made of all of it before anybody is answered.

    That may take minutes for the site's own questions of a large city; what visitors may ask has the time of theirs.

    `engine` gives one that holds the release, for a budget; `remote` is its address where it is another server.

    Raises:
        WrongSetting: the other server does not hold this release.
        DamagedRelease: there is less in it than the manifest says.
        QueryError: the engine does not answer.
    """
    patient, quick = engine(OWN), engine(TRUSTED)
    site = Site(patient, Lookup(patient, release.iris), release, settings)
    if remote and site.lookup.rows("release") != [{"release": release.digest}]:
        raise WrongSetting(
            f"The engine does not hold release {release.digest}.",
            where=remote,
            remedy="Put it there: kennis-ld push, with the engine's address for updates.",
        )
    rows = site.lookup.rows("ready")
    if not rows or (release.projects is not None and int(rows[0]["projects"]) != release.projects):
        raise DamagedRelease(
            f"The query service does not find the {release.projects} projects of the manifest.",
            where=release.digest,
            remedy="Build the release again, or go back to an earlier one.",
        )
    prepare(site)
    site = replace(site, engine=quick, lookup=Lookup(quick, release.iris))
    questions.prepare(site)
    return site


def site_settings(publication: Publication, queries: Mapping[str, SavedQuery], service: Service) -> Settings:
    """Returns what a publication and its administrator decide about a site."""
    agenda, contact = publication.agenda, publication.catalogue.contact
    return Settings(
        title=agenda.title,
        language=publication.language,
        trusted_hosts=service.trusted_hosts,
        services=service.federation.endpoints,
        security_contact=f"mailto:{contact.email}" if contact.email else contact.url or None,
        questions=tuple(queries.values()),
        look=publication.look,
    )
