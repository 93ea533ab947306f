"""Shows help in the language that commands speak: `help_nl.toml` has the Dutch of each text in it."""

from __future__ import annotations

from collections.abc import Iterable

import click

from kennis_ld.cli import language
from kennis_ld.data_file import data_file


class HelpContext(click.Context):
    """A context whose help is in Dutch, unless another language is asked for."""

    def make_formatter(self) -> click.HelpFormatter:
        """Returns what help is written with."""
        kind = _InDutch if language.chosen(self) == "nl" else click.HelpFormatter
        return kind(width=self.terminal_width, max_width=self.max_content_width)


def helped(text: str, lang: str) -> str:
    """Returns a text of help in a language; English where `help_nl.toml` does not have it."""
    return data_file(__file__, "help_nl.toml").get(text, text) if lang == "nl" else text


class _InDutch(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, " ".join(map(_in_dutch, args.split())), _in_dutch(prefix or "Usage: "))

    def write_heading(self, heading: str) -> None:
        super().write_heading(_in_dutch(heading))

    def write_text(self, text: str) -> None:
        super().write_text("\n\n".join(map(_paragraph, text.split("\n\n"))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, _described(text)) for name, text in rows], col_max, col_spacing)


def _in_dutch(text: str) -> str:
    return helped(text, "nl")


def _paragraph(text: str) -> str:
    """Returns a paragraph; one with a mark in front keeps its lines, as examples do."""
    return "\n".join(map(_in_dutch, text.split("\n"))) if text.startswith("\b") else _in_dutch(" ".join(text.split()))


def _described(text: str) -> str:
    """Returns what is said of an option: a text, and in square brackets what it is otherwise."""
    said, bracket, more = text.partition("  [")
    parts = (part.partition(": ") for part in more.removesuffix("]").split("; "))
    told = "; ".join("".join(map(_in_dutch, part)) for part in parts)
    return f"{_in_dutch(said)}{bracket}{told}{']' if bracket else ''}"
