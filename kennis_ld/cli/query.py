"""`kennis-ld query`: runs a saved query or one of the user, on the release or on any SPARQL endpoint."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

import click

from kennis_ld.cli import answers, progress
from kennis_ld.cli.console import remarks
from kennis_ld.cli.options import (
    ASKED_PUBLICATION,
    BASE_URI,
    LANGUAGE,
    RELEASES,
    VOCABULARY_URI,
    address,
    format_option,
)
from kennis_ld.cli.words import words
from kennis_ld.engine import saved
from kennis_ld.engine.interface import Engine
from kennis_ld.errors import UnreadableInput
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import SavedQuery
from kennis_ld.publication import settings
from kennis_ld.publication.bundled import bundled
from kennis_ld.release import publish
from kennis_ld.release.folders import releases_folder
from kennis_ld.web.store import release_engine


@click.command()
@click.argument("name_or_file", required=False)
@click.option("--endpoint", callback=address, help="Ask this SPARQL endpoint instead of the current release.")
@click.option(
    "--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="A value for a parameter of the query."
)
@ASKED_PUBLICATION
@BASE_URI
@VOCABULARY_URI
@RELEASES
@format_option("text", "json", "xml", "csv", "tsv", "ttl", "jsonld", "rdf", "nt", help="Form of the answer.")
@LANGUAGE
def query(
    name_or_file: str | None,
    endpoint: str | None,
    given: Sequence[str],
    publication: Path | None,
    base_uri: str | None,
    vocabulary_uri: str | None,
    releases: Path | None,
    form: str,
) -> None:
    """Run a saved query or a file of your own, on the release or on any SPARQL endpoint.

    Without a name it lists the saved queries.

    \b
    Example:
      kennis-ld query wie-trekt-het-meest
      kennis-ld query projecten-van-organisatie -p organisatie=ul
      kennis-ld query mijn-vraag.rq --endpoint https://data.example.org/sparql
    """
    known = saved.load_all(bundled("queries"))
    if name_or_file is None:
        answers.show_queries(known, form=form)
        return
    asked = known.get(name_or_file) or saved.load_own(_query_file(name_or_file, known))
    engine: Engine
    open_worker = contextlib.ExitStack()
    # What only one of the two ways needs is loaded there.
    if endpoint:
        from kennis_ld.engine.remote import RemoteEngine

        at = urlsplit(endpoint)._replace(query="", fragment="").geturl().rstrip("/").removesuffix("/sparql")
        engine, iris = RemoteEngine(endpoint), Iris(base_uri or at, vocabulary_uri or "")
    else:
        city = settings.publication(publication)
        release = publish.current(releases_folder(city, releases))
        if release is None:
            from kennis_ld.cli import building

            release = building.current_release(city, releases)
        with progress.busy("loading the release"):
            engine, iris = release_engine(release)
            open_worker.callback(engine.close)
    with open_worker:
        answer = answers.ask(engine.answer, asked, given, iris=iris, form=form)
        answers.show(answer, asked, form=form, iris=iris)
    if endpoint and not base_uri and answers.is_empty(answer):
        remarks.print(words("query.asked-for", base=iris.base))


def _query_file(name: str, known: Mapping[str, SavedQuery]) -> Path:
    path = Path(name)
    try:
        is_there = path.exists()
    except OSError:  # the name is longer than any of a file
        is_there = False
    if not is_there:
        close = ", ".join(get_close_matches(name, known, 3)) or ", ".join(known)
        raise UnreadableInput(f"There is no saved query and no file {name[:80]!r}.", remedy=f"Saved queries: {close}.")
    return path
