"""The counts of all processes together."""

from __future__ import annotations

import os

import pytest

from kennis_ld.isolation.messages import Cause
from kennis_ld.release.release import Release
from kennis_ld.server.metrics import EVENTS, OUTCOMES, ROUTES, Metrics
from kennis_ld.web.app import create_app
from kennis_ld.web.problems import STATUS
from tests.web.city import CountingEngine, site_of

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def samples(metrics: Metrics) -> dict[str, float]:
    """Returns all samples."""
    lines = metrics.text("0" * 32).splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines) if name[0] != "#"}


def test_exact_over_processes_also_of_the_dead() -> None:
    """What eight processes count at the same time adds up, also when they have ended, and others took their rows."""
    metrics = Metrics()
    for _ in range(2):
        children = []
        for _ in range(4):
            child = os.fork()
            if not child:
                metrics.join()
                for _ in range(1000):
                    metrics.request("sparql", "GET", 200, 0.25)
                    metrics.query("answered")
                metrics.event("web_process_restarts")
                os._exit(0)
            children.append(child)
        assert {0} == {os.waitpid(each, 0)[1] for each in children}
    found = samples(metrics)
    assert 8000 == found['kennis_ld_responses_total{route="sparql",method="GET",status="200"}']
    assert 8000 == found['kennis_ld_response_seconds_count{route="sparql"}']
    assert 2000 == found['kennis_ld_response_seconds_sum{route="sparql"}']
    assert 8000 == found['kennis_ld_queries_total{outcome="answered"}']
    assert 8 == found["kennis_ld_web_process_restarts_total"]


def test_what_is_not_in_a_list_is_counted_as_another() -> None:
    """A route, a method or a status that nobody foresaw counts, and no client can make a name of it."""
    metrics = Metrics()
    metrics.join()
    metrics.request("evil", "PURGE", 299, 100.0)
    assert 1 == samples(metrics)['kennis_ld_responses_total{route="other",method="-",status="other"}']
    assert 1 == samples(metrics)['kennis_ld_response_seconds_bucket{route="other",le="+Inf"}']
    assert 0 == samples(metrics)['kennis_ld_response_seconds_bucket{route="other",le="10.0"}']


def test_all_events_are_there_from_the_start() -> None:
    """Every event and every outcome of a query is a sample with 0, before it ever happens."""
    found = samples(Metrics())
    assert {f'kennis_ld_queries_total{{outcome="{each}"}}' for each in OUTCOMES} <= set(found)
    assert {f"kennis_ld_{each}_total" for each, words in EVENTS.items() if words} <= set(found)
    causes = [cause.name.lower() for cause in Cause if cause is not Cause.RETIRED]
    assert {f'kennis_ld_worker_deaths_total{{cause="{each}"}}' for each in causes} <= set(found)


def test_every_route_has_its_name(release: Release) -> None:
    """The kinds of route that the application names, and the statuses of problems, are those that are counted."""
    app = create_app(site_of(release, CountingEngine(release)))
    assert {*app.blueprints, "static", "none"} <= {*ROUTES, "lists"}
    assert set(STATUS.values()) <= {int(each) for each in _statuses()}


def _statuses() -> set[str]:
    metrics = Metrics()
    metrics.join()
    for status in set(STATUS.values()):
        metrics.request("pages", "GET", status, 0.0)
    return {name.split('status="')[1][:3] for name in samples(metrics) if "status=" in name}
