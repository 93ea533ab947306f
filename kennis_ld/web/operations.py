"""For operators and robots: /healthz, /readyz, /metrics, robots.txt and security.txt."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Lock

from flask import Blueprint, Flask, Response, current_app, request

from kennis_ld.errors import QueryError
from kennis_ld.web.problems import Problem
from kennis_ld.web.site import current_site

blueprint = Blueprint("operations", __name__)

_VALID = timedelta(days=180)


class Metrics:
    """Counts responses by kind of route and status, in this process."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, int]] = Counter()
        self._lock = Lock()

    def count(self, response: Response) -> Response:
        """Counts a response and gives it back."""
        route = (request.blueprint or "none") if request.endpoint != "static" else "static"
        with self._lock:
            self._counts[route, request.method if request.url_rule else "-", response.status_code] += 1
        return response

    def text(self, *, release: str) -> str:
        """Returns the counts as Prometheus text (exposition format 0.0.4)."""
        lines = [
            "# HELP kennis_ld_responses_total Responses of this process, by kind of route, method and status.",
            "# TYPE kennis_ld_responses_total counter",
        ]
        with self._lock:
            counts = sorted(self._counts.items())
        lines += [
            f'kennis_ld_responses_total{{route="{route}",method="{method}",status="{status}"}} {number}'
            for (route, method, status), number in counts
        ]
        lines += [
            "# HELP kennis_ld_release_info The release that is served.",
            "# TYPE kennis_ld_release_info gauge",
            f'kennis_ld_release_info{{digest="{release}"}} 1',
        ]
        return "\n".join(lines) + "\n"


def register(app: Flask) -> None:
    """Makes the application count its responses."""
    metrics = Metrics()
    app.extensions["kennis_ld_metrics"] = metrics
    app.after_request(metrics.count)


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
    """Answers with the counts of this process."""
    counts: Metrics = current_app.extensions["kennis_ld_metrics"]
    response = _plain(counts.text(release=current_site().release.digest))
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    return response


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
