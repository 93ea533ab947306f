"""For operators: /healthz, /readyz, /metrics, security.txt.

What /healthz and /readyz say is decided by pure functions, for whoever answers them without Flask.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, current_app

from kennis_ld.errors import QueryError
from kennis_ld.release.release import Release
from kennis_ld.web.problems import Problem, busy
from kennis_ld.web.security import reply
from kennis_ld.web.site import current_site

blueprint = Blueprint("operations", __name__)

_ANSWERS_AGAIN = 1
_RIGHT_AGAIN = 5
"""Seconds after which it makes sense to look again at a service that is silent, or that answers wrongly."""


def health(release: str) -> Response:
    """Returns the answer to /healthz: it is given as long as the process answers."""
    return _reply("ok\n", release=release)


def readiness(release: Release, counted: int | None) -> Response:
    """Returns the answer to /readyz where the service gives the right answer to a question whose answer is known.

    `counted` is how many projects the query service counts; None where it gave no answer.

    Raises:
        Problem: it does not.
    """
    if counted is None:
        raise busy(_ANSWERS_AGAIN)
    if release.projects not in {None, counted}:
        raise busy(_RIGHT_AGAIN)
    return _reply(f"ok {release.digest}\n", release=release.digest)


def _reply(body: str, *, release: str, content_type: str = "text/plain; charset=utf-8") -> Response:
    """Returns a short text that is true now, and is not kept."""
    return reply(200, {"Content-Type": content_type, "Cache-Control": "no-store"}, body.encode(), release=release)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answers as long as the process does."""
    return health(current_site().release.digest)


@blueprint.get("/readyz")
def readyz() -> Response:
    """Answers 200 where the site gives the right answer to a question whose answer is known from the manifest."""
    site = current_site()
    try:
        rows = site.lookup.rows("ready")
    except QueryError:
        rows = []
    return readiness(site.release, int(rows[0]["projects"]) if rows else None)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answers with the counts of this site, as Prometheus text (exposition format 0.0.4)."""
    told: Callable[[], str] | None = current_app.extensions["kennis_ld_metrics"]
    if told is None:
        raise Problem("not-found")
    kind = "text/plain; version=0.0.4; charset=utf-8"
    return _reply(told(), release=current_site().release.digest, content_type=kind)


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Tells whom to warn (RFC 9116); there is no such file where the settings name nobody."""
    site = current_site()
    if site.settings.security_contact is None:
        raise Problem("not-found")
    # RFC 9116, section 2.5.5: a date less than a year ahead. To the day, so that the text is stable for a day.
    expires = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    text = (
        f"Contact: {site.settings.security_contact}\n"
        f"Expires: {expires}\n"
        "Preferred-Languages: nl, en\n"
        f"Canonical: {site.iris.base}/.well-known/security.txt\n"
    )
    return _reply(text, release=site.release.digest)
