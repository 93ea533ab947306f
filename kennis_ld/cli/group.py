"""The command `kennis-ld`: few verbs, each calls one thing and says what came of it.

Results go to stdout, remarks and progress to stderr. Exit codes: 0 good, 1 violations, 2 wrong use or unreadable input,
3 refused, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import errno
from importlib.metadata import version
from typing import Any

import click
from rich.text import Text

from kennis_ld.cli.adopt import adopt
from kennis_ld.cli.build import build
from kennis_ld.cli.check import check
from kennis_ld.cli.console import remarks
from kennis_ld.cli.diff import diff
from kennis_ld.cli.new import new
from kennis_ld.cli.query import query
from kennis_ld.cli.releases import releases
from kennis_ld.cli.rollback import rollback
from kennis_ld.cli.serve import serve
from kennis_ld.errors import KennisError

STOPPED = 130
"""Exit code of a command that was stopped with Ctrl-C, as shells have it: 128 and the number of the signal."""


class _Commands(click.Group):
    """Shows an error that a person can put right as a sentence, with its own exit code."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except KennisError as error:
            _say(str(error))
            context.exit(error.exit_code)
        except KeyboardInterrupt:
            _say("Stopped.")
            context.exit(STOPPED)
        except OSError as error:
            if error.errno == errno.EPIPE:
                # Nobody reads on: click ends quietly.
                raise
            _say(str(_refused_by_system(error)))
            context.exit(KennisError.exit_code)


def _say(text: str) -> None:
    remarks.print(Text.assemble(("✖ ", "red"), text), soft_wrap=True)


def _refused_by_system(error: OSError) -> KennisError:
    """Returns what the system would not do, as a sentence; who knows more about a file says so where it is used."""
    room = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return KennisError(
        f"The system refuses: {error.strerror or error}.",
        where=str(error.filename or ""),
        remedy="Make room on the disk and try again." if room else "Put that right and try again.",
    )


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("kennis-ld"), prog_name="kennis-ld")
def main() -> None:
    """Turns a city's knowledge agenda into five-star linked open data.

    PUBLICATION is a folder with a publication.toml; without it the bundled agenda of Leiden is used.
    """


for command in (check, adopt, build, serve, query, diff, new, releases, rollback):
    main.add_command(command)
