"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kennis_ld.cli.language import LANGUAGES, VARIABLE
from kennis_ld.errors import WrongSetting
from kennis_ld.iri import Iris, is_web_address

Command = TypeVar("Command", bound=Callable[..., Any])


def address(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """Refuses what is no address of a web server, before anything is asked there."""
    if given and not is_web_address(given):
        raise click.BadParameter(f"{given!r} is no web address, such as https://data.example.org/sparql.")
    return given


def addresses(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Refuses what is no address of a web server, each of several."""
    for each in given:
        address(context, parameter, each)
    return given


def base(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """Refuses what IRIs cannot stand under."""
    try:
        return given and Iris(given).base
    except WrongSetting as error:
        raise click.BadParameter(f"{given!r} is no address. {error.remedy}") from error


def format_option(*forms: str, help: str) -> Callable[[Command], Command]:  # noqa: A002
    """Returns the option for the form of what a command prints; the first form is the usual one."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help=help)


PUBLICATION = click.argument("publication", required=False, type=click.Path(path_type=Path))
REQUIRED_PUBLICATION = click.argument("publication", type=click.Path(path_type=Path))
"""For a command that changes a publication: it never falls back on the bundled one."""

ASKED_PUBLICATION = click.option(
    "--publication",
    type=click.Path(path_type=Path),
    help="The publication whose release is asked.",
)
BASE_URI = click.option(
    "--base-uri",
    callback=base,
    help="What relative IRIs stand under at the endpoint; its address without /sparql by default.",
)
VOCABULARY_URI = click.option(
    "--vocabulary-uri",
    callback=base,
    help="The vocabulary_uri of the city at the endpoint, where it has one.",
)
RELEASES = click.option("--releases", type=click.Path(path_type=Path), help="Folder where releases are kept.")
FINDINGS_FORMAT = format_option("text", "json", "csv", help="Form of the result; csv is a table to hand round.")
RESULT_FORMAT = format_option("text", "json", help="Form of the result.")
LANGUAGE = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    envvar=VARIABLE,
    help="Language of what is said; by default that of the publication.",
)
