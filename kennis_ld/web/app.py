"""Puts the site together: a Flask application that serves one release, by itself, under any WSGI server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, current_app, render_template, request
from jinja2 import BytecodeCache, StrictUndefined
from jinja2.bccache import Bucket
from werkzeug.exceptions import HTTPException

from kennis_ld.errors import QueryError
from kennis_ld.graph.structured_data import page_data
from kennis_ld.web import catalogue, changes, look, operations, robots, security
from kennis_ld.web.documents import dataset_of
from kennis_ld.web.negotiation import HTML
from kennis_ld.web.pages import about, collaboration, exports, home, lists, quality, route, search
from kennis_ld.web.pages.editions import editions
from kennis_ld.web.pages.findings import findings
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.pages.publication import publication
from kennis_ld.web.pages.themes import theme_pages
from kennis_ld.web.problems import Problem, problem_of, problem_type
from kennis_ld.web.reconcile import routes as reconcile
from kennis_ld.web.site import Site, current_site, current_words, made_before
from kennis_ld.web.sparql import endpoint, questions
from kennis_ld.web.things import resources
from kennis_ld.web.words import in_language, twins
from kennis_ld.web.written import Written, blocks, has_long_word

MOST_BODY_BYTES = 128 * 1024

_SHOWING_DATA = {"CollectionPage", "SearchResultsPage"}
"""The kinds of pages, as schema.org calls them, that list what the dataset holds."""

_QUERY = "%!$&'()+*,;=:@/?-._~"
"""Characters that a query of an address may have (RFC 3986, section 3.4), and the sign of those that it may not."""


class _CompiledTemplates(BytecodeCache):
    """Keeps the templates of pages compiled, for the applications of this process and of those forked from it."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_TEMPLATES = _CompiledTemplates()

_PAGES = (about, collaboration, exports, home, lists, quality, search)
"""The modules whose pages stand in the blueprint of `route` once they are imported."""

ROUTE = "kennis_ld.route"
"""Where the application leaves, in the environment of a request, which kind of route answered it."""


def create_app(site: Site, *, metrics: Callable[[], str] | None = None) -> Flask:
    """Returns the application that serves a site, and the text of /metrics where somebody counts."""
    app = _without_site()
    app.config.update(MAX_CONTENT_LENGTH=MOST_BODY_BYTES, PROVIDE_AUTOMATIC_OPTIONS=False)
    # No redirects made from the request alone: `_without_slash` looks first whether something is there.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    app.extensions.update(kennis_ld=site, kennis_ld_metrics=metrics)
    app.jinja_env.globals.update(blocks=blocks, has_long_word=has_long_word)
    app.context_processor(_everywhere)
    app.before_request(_without_slash)
    app.after_request(_note_route)
    security.register(app)
    for kind in (Problem, QueryError, HTTPException, Exception):
        app.register_error_handler(kind, _failed)
    for each in (resources, catalogue, endpoint, questions, route, operations, robots, reconcile, changes, look):
        app.register_blueprint(each.blueprint)
    app.register_blueprint(catalogue.ontology)
    if site.prefix:
        app.wsgi_app = _under_prefix(app.wsgi_app, site.prefix)  # type: ignore[assignment, method-assign]
    return app


def prepare(site: Site) -> None:
    """Makes what pages show of all of a release, before anybody waits for it."""
    makers: tuple[Callable[[Site], object], ...] = (
        *(overview, findings, publication, editions, theme_pages, collaboration.who_does_what, collaboration.pairs_of),
        search.index,
    )
    for make in makers:
        make(site)


def compile_templates() -> None:
    """Compiles the templates of all pages."""
    templates = _without_site().jinja_env
    for name in templates.list_templates():
        templates.get_template(name)


def _without_site() -> Flask:
    """Returns an application that knows how its templates are written."""
    app = Flask(__name__)
    app.jinja_options = {
        "bytecode_cache": _TEMPLATES,
        "lstrip_blocks": True,
        "trim_blocks": True,
        "undefined": StrictUndefined,
    }
    return app


def _everywhere() -> dict[str, Any]:
    """What every template can use: words and links in the language of the page, and the same page in the other one."""
    site = current_site()
    own = request.path if request.url_rule is not None else "/"
    return {
        "site": site,
        "settings": site.settings,
        "release": site.release,
        "words": current_words(),
        "link": site.href,
        "written": Written(site, current_words().language),
        "page": site.page,
        "static": lambda name: f"{site.prefix}/static/{name}",
        "twins": {language: site.prefix + path for language, path in twins(own).items()},
        # What a page depends on it says itself: it is kept, so it must not say what the first visitor wrote there.
        "twin_query": {},
        "page_data": lambda kind, name, behind: _page_data(kind, name, own, behind),
        "section": _section(own),
        "overview": lambda: overview(site),
        "facts": lambda: publication(site),
        "in_language": in_language,
    }


def _page_data(kind: str, name: str, path: str, behind: str) -> str:
    """Returns the block for search engines of a page about no single thing, with this path and a query behind it."""
    site, language = current_site(), current_words().language
    part = dataset_of(site) if kind in _SHOWING_DATA else None
    return page_data(
        f"{site.iris.base}{twins(path)[language]}{behind}",
        kind,
        name,
        language=language,
        site=(site.iris.root, in_language(site.settings.title, language).value),
        dataset=part[0] if part else None,
    )


def _section(path: str) -> str:
    """Returns which list of the menu a page belongs to; empty where it is none of them."""
    parts = path.removeprefix("/en").split("/")
    return (
        {"project": "projecten", "organisatie": "organisaties", "thema": "themas"}.get(parts[2], "")
        if len(parts) > 3
        else ""
    )


def _failed(error: Exception) -> Response:
    """Returns the answer to a request that failed: a page where the client likes HTML best, else problem+json."""
    problem = problem_of(error)
    if problem.name == "internal-error":
        # The one place where any exception is caught: the log gets it whole, the client gets no word of it.
        logging.getLogger("kennis_ld.web").error("failed: %s", request.endpoint or "no route", exc_info=error)
    site = current_site()
    media_type = problem_type(request.headers.get("Accept"))
    response = security.refused(problem, base=site.iris.base, release=site.release.digest, media_type=media_type)
    if media_type != HTML:
        return response
    words = current_words()
    # A page that says what went wrong asks nothing, for that may be what went wrong.
    known = made_before(site, publication) if made_before(site, overview) else None
    response.set_data(render_template("problem.html", problem=problem, told=problem.words(words), publication=known))
    response.headers["Content-Language"] = words.language
    return response


def _without_slash() -> Response | None:
    """Leads from an address with a slash behind it to the one without, where something is there."""
    path = request.path
    is_meant = path.endswith("/") and not path.endswith("//") and request.method in {"GET", "HEAD"}
    if request.url_rule is not None or not is_meant:
        return None
    there = {"PATH_INFO": request.environ["PATH_INFO"][:-1], "QUERY_STRING": "", "HTTP_ACCEPT": "*/*"}
    with current_app.request_context({**request.environ, **there, "REQUEST_METHOD": "HEAD"}):
        if current_app.full_dispatch_request().status_code >= 400:
            return None
    query = f"?{quote(request.query_string, safe=_QUERY)}" if request.query_string else ""
    address = f"{current_site().prefix}{quote(path[:-1])}{query}"
    return Response(status=301, headers={"Location": address, "Cache-Control": "no-cache"})


def _note_route(response: Response) -> Response:
    request.environ[ROUTE] = request.blueprint or request.endpoint or "none"
    return response


def _under_prefix(inner: WSGIApplication, prefix: str) -> WSGIApplication:
    """Takes the path of base_uri off the address, where a proxy has not done so already."""

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return inner(environ, start_response)

    return outer
