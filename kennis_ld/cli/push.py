"""`kennis-ld push`: puts a release into another SPARQL engine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from kennis_ld.cli import building, progress
from kennis_ld.cli.console import result
from kennis_ld.cli.options import LANGUAGE, PUBLICATION, RELEASES, RESULT_FORMAT, address
from kennis_ld.cli.words import words
from kennis_ld.engine.interface import OWN
from kennis_ld.engine.remote import RemoteEngine, RemoteStore
from kennis_ld.publication import settings
from kennis_ld.serving.push import push as put

_ENDINGS = (
    (r"/(?:update|store)$", "/update", "/query"),  # Oxigraph, Fuseki, Stardog
    (r"/data$", "/update", "/query"),  # Fuseki
    (r"/statements$", "/statements", ""),  # GraphDB, RDF4J
    (r"/rdf-graphs/service$", "/statements", ""),  # GraphDB, RDF4J
    (r"/sparql-(?:auth|graph-crud-auth)/?$", "/sparql-auth", "/sparql"),  # Virtuoso
)
"""How addresses of engines end, and how they end for updates and for queries."""


@click.command()
@LANGUAGE
@click.argument("url", callback=address)
@PUBLICATION
@RELEASES
@click.option("--query-url", callback=address, help="Address for queries; by default it follows from URL.")
@click.option("--graph", default="", callback=address, metavar="IRI", help="Graph for the current state; see above.")
@click.option("--user", default="", help="User name at the engine.")
@click.option(
    "--password",
    default="",
    envvar="KENNIS_LD_PASSWORD",
    show_envvar=True,
    help="Password at the engine; better in the environment than on the command line.",
)
@RESULT_FORMAT
def push(
    url: str,
    publication: Path | None,
    releases: Path | None,
    query_url: str | None,
    graph: str,
    user: str,
    password: str,
    form: str,
) -> None:
    """Put the current release into the SPARQL engine that takes updates at URL, whole or not at all.

    Whoever asks the engine sees the release before or this one; pushing again does no harm. An engine without a default
    graph of its own, such as Virtuoso, needs --graph.

    \b
    Example:
      kennis-ld push http://localhost:7878/update
      kennis-ld push http://localhost:8890/sparql-auth data/leiden --user dba --graph http://localhost:8000/
    """
    city = settings.publication(publication)
    folder = building.current_release(city, releases)
    updates, queries = addresses(url)
    store = RemoteStore(updates, user=user, password=password)
    with progress.shown() as told:
        number = put(folder, RemoteEngine(query_url or queries, budget=OWN), store, graph=graph, told=told)
    name = folder.resolve().name
    if form == "json":
        result(json.dumps({"release": name, "engine": updates, "statements": number}))
        return
    result(name)
    click.echo(words("push.done", name=name, address=updates, number=number), err=True)


def addresses(url: str) -> tuple[str, str]:
    """Returns the addresses for updates and for queries of an engine, by one of its addresses.

    >>> addresses("http://localhost:7878/update")
    ('http://localhost:7878/update', 'http://localhost:7878/query')
    >>> addresses("http://localhost:8182/sparql")
    ('http://localhost:8182/sparql', 'http://localhost:8182/sparql')
    """
    for ending, updates, queries in _ENDINGS:
        if (found := re.search(ending, url)) is not None:
            return url[: found.start()] + updates, url[: found.start()] + queries
    return url, url
