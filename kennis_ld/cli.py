"""The command line: few verbs, each calls one thing and says what came of it.

Results go to stdout, remarks and progress to stderr. Exit codes: 0 good, 1 violations, 2 wrong use or unreadable input,
3 refused.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from kennis_ld import answers, commands_editions, commands_operations, config, hosting, progress, report
from kennis_ld.engine import saved
from kennis_ld.engine.interface import Engine
from kennis_ld.engine.remote import RemoteEngine
from kennis_ld.errors import KennisError, UnreadableInput
from kennis_ld.iri import Iris
from kennis_ld.options import FINDINGS_FORMAT, LANGUAGE, PUBLICATION, RELEASES, RESULT_FORMAT
from kennis_ld.release import adoption, checking, publish
from kennis_ld.release import build as building
from kennis_ld.release.assembly import Definitions
from kennis_ld.release.proposals import write_proposals
from kennis_ld.release.publication import Publication

VIOLATIONS = 1
"""Exit code where a violation stops a release."""

_remarks = Console(stderr=True, highlight=False)


class _Commands(click.Group):
    """Shows an error of ours as a sentence, with its own exit code."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except KennisError as error:
            _remarks.print(Text.assemble(("✖ ", "red"), str(error)), soft_wrap=True)
            context.exit(error.exit_code)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("kennis-ld"), prog_name="kennis-ld")
def main() -> None:
    """Turns a city's knowledge agenda into five-star linked open data.

    PUBLICATION is a folder with a publication.toml; without it the bundled agenda of Leiden is used.
    """


@main.command()
@PUBLICATION
@click.option(
    "--proposals", type=click.Path(path_type=Path), help="Folder for tables with what register and other tables lack."
)
@FINDINGS_FORMAT
@LANGUAGE
def check(publication: Path | None, proposals: Path | None, form: str, lang: str) -> None:
    """Read, resolve and validate; print the findings; write nothing but the proposals that were asked for.

    \b
    Example:
      kennis-ld check
      kennis-ld check data/leiden --format csv --lang en
      kennis-ld check data/leiden --proposals proposals
    """
    settings = config.publication(publication)
    checked = _check(settings)
    report.show(checked, form=form, lang=lang, remarks=_remarks)
    if proposals:
        report.show_proposed(write_proposals(proposals, settings, checked.gaps), remarks=_remarks)
    sys.exit(0 if checked.sound else VIOLATIONS)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@PUBLICATION
@click.option("--by", required=True, help="The office that decided; it is kept and published, so no name of a person.")
@click.option("--why", required=True, help="Why the rows are right.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the decision; today by default.")
@RELEASES
@RESULT_FORMAT
def adopt(
    folder: Path, publication: Path | None, by: str, why: str, on: datetime | None, releases: Path | None, form: str
) -> None:
    """Take over, into the tables of the publication, what you made of the proposals in FOLDER.

    \b
    Example:
      kennis-ld adopt proposals data/leiden --by "Bureau Kennis" --why "De namen staan zo op hun sites"
    """
    settings = config.publication(publication)
    day = (on or datetime.now().astimezone()).date()
    adopted = adoption.adopt(
        settings,
        folder,
        _check(settings).gaps,
        decided=adoption.Decided(by, why, day),
        current=publish.current(config.releases_folder(settings, releases)),
    )
    if form == "json":
        click.echo(json.dumps({"rows": dict(adopted.rows), "replaced": dict(adopted.replaced)}, ensure_ascii=False))
        return
    for table, rows in adopted.rows.items():
        click.echo(f"{rows} rows: {settings.folder / table}")
    for old, new in adopted.replaced.items():
        click.echo(f"{old} is now {new}: {settings.table('decisions')}")


@main.command()
@PUBLICATION
@RELEASES
@RESULT_FORMAT
@LANGUAGE
def build(publication: Path | None, releases: Path | None, form: str, lang: str) -> None:
    """Check, then write a release and make it the current one.

    \b
    Example:
      kennis-ld build
      kennis-ld build data/leiden --releases releases --format json
    """
    built = _build(config.publication(publication), releases)
    if built.release is None:
        report.show(built.checked, form=form, lang=lang, remarks=_remarks)
        _remarks.print("✖ No release was written: put the violations right first.", style="red")
        sys.exit(VIOLATIONS)
    if form == "json":
        result = {"release": built.release.name, "folder": str(built.release), "unchanged": built.unchanged}
        click.echo(json.dumps(result))
    else:
        click.echo(built.release)
    _remarks.print(report.summary(built.checked, lang))
    if built.unchanged:
        _remarks.print("Nothing changed: this release was the current one already.")


@main.command()
@PUBLICATION
@RELEASES
@commands_operations.service_options
def serve(publication: Path | None, releases: Path | None, service: hosting.Service) -> None:
    """Serve the current release and each after it; build one first where there is none.

    \b
    Example:
      kennis-ld serve
      kennis-ld serve data/leiden --port 8080
      kennis-ld serve data/leiden --trusted-proxy 127.0.0.1 --query-seconds 5
    """
    settings = config.publication(publication)
    folder = publish.current(config.releases_folder(settings, releases))
    if folder is None:
        built = _build(settings, releases)
        if built.release is None:
            report.show(built.checked, form="text", lang="nl", remarks=_remarks)
            sys.exit(VIOLATIONS)
        folder = built.release
    _remark(f"Release {folder.resolve().name} of {settings.agenda.title}")
    hosting.host(
        settings,
        folder,
        queries=saved.load_all(config.bundled("queries")),
        service=service,
        ready=lambda: _remark(f"Serving on http://{service.address}:{service.port}/ (Ctrl-C stops)"),
    )


def _remark(text: str) -> None:
    """Says something to who is there to read it: to serve, nobody has to be."""
    # rich wants to end the program where a pipe is closed.
    with contextlib.suppress(OSError, SystemExit):
        _remarks.print(text)


@main.command()
@click.argument("name_or_file", required=False)
@click.option("--endpoint", help="Ask this SPARQL endpoint instead of the current release.")
@click.option(
    "--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="A value for a parameter of the query."
)
@click.option("--publication", type=click.Path(path_type=Path), help="The publication whose release is asked.")
@click.option(
    "--base-uri", help="What relative IRIs stand under at the endpoint; its address without /sparql by default."
)
@RELEASES
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "xml", "csv", "tsv", "ttl", "jsonld", "rdf", "nt"]),
    default="text",
    show_default=True,
    help="Form of the answer.",
)
@LANGUAGE
def query(
    name_or_file: str | None,
    endpoint: str | None,
    given: Sequence[str],
    publication: Path | None,
    base_uri: str | None,
    releases: Path | None,
    form: str,
    lang: str,
) -> None:
    """Run a saved query or a file of your own, on the release or on any SPARQL endpoint.

    Without a name it lists the saved queries.

    \b
    Example:
      kennis-ld query wie-trekt-het-meest
      kennis-ld query projecten-van-organisatie -p organisatie=ul
      kennis-ld query mijn-vraag.rq --endpoint https://data.example.org/sparql
    """
    known = saved.load_all(config.bundled("queries"))
    if name_or_file is None:
        answers.show_queries(known, lang=lang, form=form)
        return
    asked = known.get(name_or_file) or saved.load_own(_query_file(name_or_file, known))
    engine: Engine
    if endpoint:
        engine, iris = RemoteEngine(endpoint), Iris(base_uri or endpoint.removesuffix("/sparql"))
    else:
        release = _release(config.publication(publication), releases)
        with progress.shown(_remarks) as told:
            told("loading the release", 0, None)
            engine, iris = hosting.local_engine(release)
    with contextlib.closing(engine):
        answers.show(answers.ask(engine, asked, given, iris=iris, form=form), asked, form=form, base=iris.base)


def _release(publication: Publication, releases: Path | None) -> Path:
    """Returns the current release; builds one first where there is none."""
    folder = publish.current(config.releases_folder(publication, releases))
    if folder is None:
        folder = _build(publication, releases).release
    if folder is None:
        raise KennisError("There is no release, and violations stop a build.", remedy="Run: kennis-ld check")
    return folder


def _query_file(name: str, known: Mapping[str, saved.SavedQuery]) -> Path:
    path = Path(name)
    if not path.exists():
        close = ", ".join(get_close_matches(name, known, 3)) or ", ".join(known)
        raise UnreadableInput(f"There is no saved query and no file {name!r}.", remedy=f"Saved queries: {close}.")
    return path


def definitions() -> Definitions:
    """Returns the ontology, concepts, metrics and shapes that kennis-ld brings along."""
    return Definitions.read(config.bundled("ontology"), config.bundled("shapes"))


def _check(publication: Publication) -> checking.Checked:
    with progress.shown(_remarks) as told:
        return checking.check(publication, definitions(), version=version("kennis-ld"), progress=told)


def _build(publication: Publication, releases: Path | None) -> building.Built:
    folder = config.releases_folder(publication, releases)
    with progress.shown(_remarks) as told:
        return building.build(publication, definitions(), releases=folder, version=version("kennis-ld"), progress=told)


main.add_command(commands_editions.diff)
main.add_command(commands_editions.new)
main.add_command(commands_operations.releases)
main.add_command(commands_operations.rollback)

if __name__ == "__main__":
    main()
