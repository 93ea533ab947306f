"""For operators and robots: /healthz, /readyz, /metrics, robots.txt and security.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Flask, Response, current_app, request

from kennis_ld.engine import events
from kennis_ld.errors import QueryError
from kennis_ld.web.counters import SECONDS, Counters
from kennis_ld.web.front import ROUTE
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import current_site

blueprint = Blueprint("operations", __name__)

_VALID = timedelta(days=180)
_EVENTS = {
    "warden_restarts": "Times the parent of the query workers died and was started again.",
    "keeper_restarts": "Times the process that holds the store died and was started again.",
    "web_process_restarts": "Times a web process died and was started again.",
    "web_parent_restarts": "Times the parent of the web processes died and was started again.",
    "releases_taken_up": "Releases that were taken up while serving.",
    "releases_refused": "Releases that could not be taken up; the one before went on.",
}


def register(app: Flask, counters: Counters) -> None:
    """Makes the application say which kind of route answers, for `kennis_ld.web.front` counts the answers."""
    app.extensions["kennis_ld_counters"] = counters
    app.after_request(_note_route)


def _note_route(response: Response) -> Response:
    request.environ[ROUTE] = (request.blueprint or "none") if request.endpoint != "static" else "static"
    if request.url_rule is None:
        request.environ[ROUTE] = "none"
    return response


def _plain(text: str) -> Response:
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answers as long as the process does."""
    return _plain("ok\n")


@blueprint.get("/readyz")
def readyz() -> Response:
    """Answers 200 where the engine gives the right answer to a question whose answer is known from the manifest."""
    site = current_site()
    try:
        rows = site.lookup.rows("ready")
    except QueryError as error:
        raise Problem("service-busy", headers={"Retry-After": "1"}, retryAfter=1) from error
    counted = int(rows[0]["projects"]) if rows else None
    if counted is None or site.release.projects not in {None, counted}:
        raise Problem("service-busy", headers={"Retry-After": "5"}, retryAfter=5)
    return _plain(f"ok {site.release.digest}\n")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answers with the counts of all processes of this site, as Prometheus text (exposition format 0.0.4)."""
    counters: Counters = current_app.extensions["kennis_ld_counters"]
    response = _plain("\n".join(_metrics(counters, release=current_site().release.digest)) + "\n")
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    return response


def _metrics(counters: Counters, *, release: str) -> Iterator[str]:
    yield from _head("responses_total", "counter", "Responses, by kind of route, method and status.")
    for route, method, status, number in counters.requests():
        yield f'kennis_ld_responses_total{{route="{route}",method="{method}",status="{status or "other"}"}} {number}'
    yield from _head("response_seconds", "histogram", "Time from request to answer, by kind of route.")
    for route, numbers, seconds in counters.times():
        for bound, number in zip((*SECONDS, "+Inf"), numbers, strict=True):
            yield f'kennis_ld_response_seconds_bucket{{route="{route}",le="{bound}"}} {number}'
        yield f'kennis_ld_response_seconds_sum{{route="{route}"}} {seconds:.6f}'
        yield f'kennis_ld_response_seconds_count{{route="{route}"}} {numbers[-1]}'
    yield from _head("queries_total", "counter", "Queries of visitors, by what came of them.")
    for outcome, number in counters.outcomes():
        yield f'kennis_ld_queries_total{{outcome="{outcome}"}} {number}'
    counted = events.read(counters.folder) if counters.folder else {}
    yield from _head("worker_deaths_total", "counter", "Query workers that died, by lane and exit status.")
    for (name, *parts), number in counted.items():
        if name == "worker-deaths":
            yield f'kennis_ld_worker_deaths_total{{lane="{parts[0]}",status="{parts[1]}"}} {number}'
    for name, what in _EVENTS.items():
        yield from _head(f"{name}_total", "counter", what)
        yield f"kennis_ld_{name}_total {counted.get((name.replace('_', '-'),), 0)}"
    yield from _head("release_info", "gauge", "The release that is served.")
    yield f'kennis_ld_release_info{{digest="{release}"}} 1'
    yield from _head("start_time_seconds", "gauge", "When this site was started, in seconds since 1970.")
    yield f"kennis_ld_start_time_seconds {counters.started:.0f}"


def _head(name: str, kind: str, what: str) -> Iterator[str]:
    yield f"# HELP kennis_ld_{name} {what}"
    yield f"# TYPE kennis_ld_{name} {kind}"


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Keeps robots from endless lists and queries; the things themselves are welcome everywhere."""
    prefix = current_site().prefix
    closed = ("/sparql?", "/en/sparql?", "/zoeken?", "/en/zoeken?", "/projecten?", "/en/projecten?")
    return _plain("".join(["User-agent: *\n", *(f"Disallow: {prefix}{path}\n" for path in closed)]))


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Tells whom to warn (RFC 9116); there is no such file where the settings name nobody."""
    site = current_site()
    if site.settings.security_contact is None:
        raise Problem("not-found")
    # RFC 9116, section 2.5.5: a date less than a year ahead. To the day, so that the text is stable for a day.
    expires = (datetime.now(UTC) + _VALID).strftime("%Y-%m-%dT00:00:00Z")
    return _plain(
        f"Contact: {site.settings.security_contact}\n"
        f"Expires: {expires}\n"
        "Preferred-Languages: nl, en\n"
        f"Canonical: {site.iris.base}/.well-known/security.txt\n"
    )
