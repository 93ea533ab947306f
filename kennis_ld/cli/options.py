"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

PUBLICATION = click.argument("publication", required=False, type=click.Path(path_type=Path))
REQUIRED_PUBLICATION = click.argument("publication", type=click.Path(path_type=Path))
"""For a command that changes a publication: it never falls back on the bundled one."""

RELEASES = click.option("--releases", type=click.Path(path_type=Path), help="Folder where releases are kept.")
FINDINGS_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Form of the result; csv is a table to hand round.",
)
RESULT_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the result.",
)
LANGUAGE = click.option(
    "--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language of the findings."
)
