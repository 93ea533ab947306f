"""Puts the site together: the application, and what stands in front of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from jinja2 import StrictUndefined

from kennis_ld.engine.interface import Engine
from kennis_ld.web import catalogue, guard, ontology, operations, pages, problems, resources, sparql
from kennis_ld.web.compression import Compressed
from kennis_ld.web.counters import Counters
from kennis_ld.web.front import Front
from kennis_ld.web.links import href, page_path, twins
from kennis_ld.web.lookup import Lookup
from kennis_ld.web.patience import Patience
from kennis_ld.web.prose import blocks
from kennis_ld.web.site import OneSite, Release, Settings, Site, Sites, current_site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BODY_BYTES = 128 * 1024


def create_app(engine: Engine, release: Release, settings: Settings, *, own_engine: Engine | None = None) -> Flask:
    """Returns the application that serves one release.

    Args:
        engine: answers the queries of visitors; give one that keeps them out of this process.
        release: what is served; it has been verified.
        settings: what the publisher decides.
        own_engine: answers the site's own, fixed queries, so that pages do not wait behind those of visitors; the same
            engine where it is not given.
    """
    site = Site(engine, Lookup(own_engine or engine, release.iris), release, settings)
    return create_app_for(OneSite(site), settings, prefix=site.prefix)


def create_app_for(sites: Sites, settings: Settings, *, prefix: str, counters: Counters | None = None) -> Flask:
    """Returns the application that serves the site which `sites` gives at the moment.

    Args:
        sites: gives the site of now.
        settings: what the publisher decides.
        prefix: path under which every one of those sites stands.
        counters: where requests are counted; None for counts of this application alone.
    """
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BODY_BYTES, PROVIDE_AUTOMATIC_OPTIONS=False)
    # No redirects made from the request: an address with a slash too many is an address where nothing is.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    counters = counters or Counters()
    app.extensions["kennis_ld"] = sites
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(blocks=blocks)
    app.context_processor(_everywhere)
    guard.register(app)
    operations.register(app, counters)
    problems.register(app)
    for module in (resources, ontology, catalogue, sparql, pages, operations):
        app.register_blueprint(module.blueprint)
    whole = Patience(Compressed(_under_prefix(app.wsgi_app, prefix)))
    app.wsgi_app = Front(whole, sites, settings, counters)  # type: ignore[method-assign]
    return app


def _everywhere() -> dict[str, Any]:
    """What every template can use: links in the language of the page, and the same page in the other language."""
    site = current_site()
    own = request.path if request.url_rule is not None else "/"

    def link(iri: str, language: str) -> str | None:
        return href(site, iri, language)

    def page(name: str, language: str) -> str:
        return page_path(site, name, language)

    return {
        "site": site,
        "settings": site.settings,
        "release": site.release,
        "link": link,
        "page": page,
        "static": lambda name: f"{site.prefix}/static/{name}",
        "twins": {language: site.prefix + path for language, path in twins(own).items()},
        # What a page depends on it says itself: it is kept, so it must not say what the first visitor wrote behind it.
        "twin_query": "",
    }


def _under_prefix(inner: WSGIApplication, prefix: str) -> WSGIApplication:
    """Takes the path of base_uri off the address, where a proxy has not done so already."""
    if not prefix:
        return inner

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return inner(environ, start_response)

    return outer
