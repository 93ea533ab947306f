"""The command `kennis-ld`: few verbs, each calls one thing and says what came of it.

Results go to stdout, remarks and progress to stderr. Exit codes: 0 good, 1 violations, 2 wrong use or unreadable input,
3 refused, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections import UserDict
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import click
from click.exceptions import Exit, NoArgsIsHelpError

from kennis_ld.cli import STOPPED, language, loading
from kennis_ld.cli.help import HelpContext, helped
from kennis_ld.cli.options import LANGUAGE
from kennis_ld.errors import KennisError, remedy_for
from kennis_ld.translation import in_dutch, said

SUMMARIES: Mapping[str, str] = {
    "adopt": "Take over, into the tables of the publication, what you made of the proposals in FOLDER.",
    "build": "Check, then write a release and make it the current one.",
    "check": "Read, resolve and validate; print the findings; write nothing but the proposals that were asked for.",
    "diff": "Say what changed between two editions or releases: projects, numbers, themes, leads and partners.",
    "export": "Write the whole site as files for any web host, with rules for nginx and Apache.",
    "link": "Propose identities for the organisations of a register, from a file of somebody else; nothing is decided.",
    "mcp": "Offer the saved questions as tools to a program with a language model, over stdin and stdout (MCP).",
    "new": "Make a new, empty publication for a city; its comments lead the way.",
    "push": "Put the current release into the SPARQL engine that takes updates at URL, whole or not at all.",
    "query": "Run a saved query or a file of your own, on the release or on any SPARQL endpoint.",
    "releases": "List the releases that are kept: the current one first, then the one before it, and so on.",
    "rollback": "Go back to the previous release, or to RELEASE; a running site follows within seconds.",
    "serve": "Serve the current release and each after it; build one first where there is none.",
    "undo": "Take the last adoption back: the tables are again what they were before.",
}
"""The first sentence of the help of each command, which stands in the module of its name."""


class _Loaded(UserDict[str, Any]):
    """The commands by name, each loaded when it is asked for: loading all takes longer than most of them take."""

    def __getitem__(self, name: str) -> click.Command:
        if self.data[name] is None:
            with loading():
                self.data[name] = getattr(import_module(f"kennis_ld.cli.{name}"), name)
                self.data[name].context_class = HelpContext
        command: click.Command = self.data[name]
        return command


class _Commands(click.Group):
    """Shows what stops a command as a sentence, with its own exit code."""

    context_class = HelpContext

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **named: Any) -> click.Context:
        with _in_words(tuple(args)):
            return super().make_context(info_name, args, *more, **named)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[language.ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        # As click does it, without loading the commands for their help.
        limit = formatter.width - 6 - max(map(len, SUMMARIES))
        with formatter.section("Commands"):
            lang = language.chosen(context)
            known = (click.Command(name, help=helped(text, lang)) for name, text in SUMMARIES.items())
            formatter.write_dl([(str(each.name), each.get_short_help_str(limit)) for each in known])

    def invoke(self, context: click.Context) -> Any:
        with _in_words(context.meta[language.ARGUMENTS]):
            return super().invoke(context)


@contextlib.contextmanager
def _in_words(arguments: Sequence[str]) -> Iterator[None]:
    try:
        yield
        # What cannot be written is known while it can still be said.
        sys.stdout.flush()
    except KennisError as error:
        _say(said(error, language.chosen_in(arguments)))
        raise Exit(error.exit_code) from error
    except click.UsageError as error:
        if isinstance(error, NoArgsIsHelpError):
            raise
        command = error.ctx.command_path if error.ctx else "kennis-ld"
        wrong = KennisError(error.format_message(), remedy=f"For help: {command} --help")
        _say(said(wrong, language.chosen_in(arguments)))
        raise Exit(wrong.exit_code) from error
    except KeyboardInterrupt:
        _say("Stopped." if language.chosen_in(arguments) == "en" else in_dutch("Stopped."))
        raise Exit(STOPPED) from None
    except OSError as error:
        if error.errno == errno.EPIPE:
            # Nobody reads on: click ends quietly.
            raise
        _say(said(_refused_by_system(error), language.chosen_in(arguments)))
        _drop_output()
        raise Exit(KennisError.exit_code) from error


def _say(text: str) -> None:
    # Imported here: it takes longer to load than a command that has nothing to say may take.
    from rich.text import Text

    from kennis_ld.cli.console import remarks

    remarks.print(Text.assemble(("✖ ", "red"), text))


def _drop_output() -> None:
    """Forgets output that cannot be written: at its end Python would try again, and change the exit code to 120."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refused_by_system(error: OSError) -> KennisError:
    """Returns what the system would not do, as a sentence; who knows more about a file says so where it is used."""
    reason = error.strerror or str(error)
    remedy = remedy_for(error, "Put that right and try again.")
    if "temporary directory" in reason:
        remedy = "Set the variable TMPDIR to a folder that can be written."
    return KennisError(f"The system refuses: {reason}.", where=str(error.filename or ""), remedy=remedy)


@click.group(
    "kennis-ld",
    cls=_Commands,
    commands=_Loaded(dict.fromkeys(SUMMARIES)),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@LANGUAGE
@click.version_option(package_name="kennis-ld", prog_name="kennis-ld")
def main() -> None:
    """Turns a city's knowledge agenda into five-star linked open data.

    PUBLICATION is a folder with a publication.toml; without it the bundled agenda of Leiden is used.
    """
