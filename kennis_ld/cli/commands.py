"""The commands by name, each loaded when it is used: loading them all takes longer than most of them take."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from kennis_ld.cli import loading
from kennis_ld.cli.help import HelpContext

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


class Commands(UserDict[str, Any]):
    """The commands, loaded when they are asked for."""

    def __getitem__(self, name: str) -> click.Command:
        if self.data[name] is None:
            with loading():
                self.data[name] = getattr(import_module(f"kennis_ld.cli.{name}"), name)
                self.data[name].context_class = HelpContext
        command: click.Command = self.data[name]
        return command
