"""Asks saved queries on the command line and shows their answers: a readable table, or the bytes a machine wants."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from kennis_ld.cli import language
from kennis_ld.cli.console import remarks
from kennis_ld.cli.words import words
from kennis_ld.engine import saved
from kennis_ld.engine.interface import GRAPH_FORMATS, SOLUTION_FORMATS, Answer, Question
from kennis_ld.errors import NoSuitableFormat
from kennis_ld.iri import Iris
from kennis_ld.model.saved_query import SavedQuery

WIDEST_PIPE = 200
"""Characters in a line of a table that goes into a pipe, where there is no terminal to tell its width."""

_SAME_IN_RDF = {"json": "jsonld", "xml": "rdf"}


def ask(
    answer: Callable[[Question], Answer], query: SavedQuery, given: Sequence[str], *, iris: Iris, form: str
) -> Answer:
    """Returns the answer to a query in a form.

    Args:
        answer: answers a question.
        query: what is asked.
        given: values for its parameters, as "name=value".
        iris: the IRIs of the publication that is asked.
        form: "text", or a key of SOLUTION_FORMATS or GRAPH_FORMATS.

    Raises:
        QueryError: the query was not answered.
        UnreadableInput: a parameter is missing, unknown or not what it should be.
    """
    values = dict(value.partition("=")[::2] for value in given)
    question = Question(
        iris.shared(query.text),
        iris.root,
        solutions="json" if form == "text" else form if form in SOLUTION_FORMATS else None,
        graph="ttl" if form == "text" else form if form in GRAPH_FORMATS else _SAME_IN_RDF.get(form),
        bindings=saved.bindings(query, values, iris),
    )
    try:
        return answer(question)
    except NoSuitableFormat as error:
        forms = GRAPH_FORMATS if error.kind == "graph" else SOLUTION_FORMATS
        raise click.BadParameter(f"This query answers in: text, {', '.join(forms)}.", param_hint="--format") from error


def show(answer: Answer, query: SavedQuery, *, form: str, iris: Iris) -> None:
    """Prints an answer; as text, IRIs of the publication are shortened to what stands behind `/id/`."""
    if form != "text" or answer.kind == "graph":
        sys.stdout.buffer.write(answer.body)
        sys.stdout.buffer.flush()
        return
    result = json.loads(answer.body)
    if answer.kind == "boolean":
        click.echo(words("query.yes" if result["boolean"] else "query.no"))
        return
    rows = result["results"]["bindings"]
    table = Table(title=_title(query), title_justify="left", title_style="bold")
    columns = result["head"]["vars"]
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(column), iris) for column in columns))
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = WIDEST_PIPE
    console.print(table)
    remarks.print(words("query.row" if len(rows) == 1 else "query.rows", rows=len(rows)))


def is_empty(answer: Answer) -> bool:
    """Whether an answer in JSON, which is also what is shown as text, has no row."""
    return answer.kind == "solutions" and answer.format == "json" and not json.loads(answer.body)["results"]["bindings"]


def show_queries(queries: Mapping[str, SavedQuery], *, form: str) -> None:
    """Prints the saved queries: their name, what they ask, and what must be given."""
    if form == "json":
        listed = [
            {
                "name": name,
                "title": {"nl": query.title_nl, "en": query.title_en},
                "parameters": [parameter.name for parameter in query.parameters],
            }
            for name, query in queries.items()
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for name, query in queries.items():
        wanted = "".join(f" -p {parameter.name}=…" for parameter in query.parameters)
        click.echo(f"{name}{wanted}\n    {_title(query)}")


def _title(query: SavedQuery) -> str:
    return query.title_nl if language.chosen() == "nl" else query.title_en


def _cell(term: Mapping[str, Any] | None, iris: Iris) -> str:
    if term is None:
        return ""
    value = str(term["value"])
    return iris.reference(value) if term["type"] == "uri" else value
