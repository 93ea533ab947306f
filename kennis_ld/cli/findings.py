"""Shows findings to people who know no RDF: grouped by project, the gravest first; or as JSON or CSV.

A finding says what is wrong, the words in the document, what to do and in which file. Results go to stdout and the sums
to stderr, so that a pipe gets the findings only.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kennis_ld.cli import language
from kennis_ld.cli.console import remarks
from kennis_ld.cli.words import words
from kennis_ld.model import Severity
from kennis_ld.pipeline.checking import Checked
from kennis_ld.publication.proposals import Proposed
from kennis_ld.quality.completeness import COMPLETE
from kennis_ld.quality.findings import WORDINGS
from kennis_ld.quality.handout import handout
from kennis_ld.quality.messages import GRAVITY, MOST_FIRST, Message, first_to_do, in_order, natural
from kennis_ld.translation import place

_ICONS = {Severity.VIOLATION: ("✖", "red"), Severity.WARNING: ("▲", "yellow"), Severity.INFO: ("·", "cyan")}
_COUNTS = (
    "projects",
    "projects_complete",
    "participations_trekker",
    "participations_partner",
    "groups",
    "open_lists",
    "settled",
)


def show(checked: Checked, *, form: str) -> None:
    """Prints the findings in a form: "text", "json" or "csv"; the sums go to the console for remarks.

    Args:
        checked: what a publication amounts to.
        form: "text", "json" or "csv".
    """
    show_messages(checked.messages, as_json(checked), form=form, superseded=checked.superseded)
    if form == "text":
        remarks.print(summary(checked))


def show_messages(
    messages: Sequence[Message],
    data: Mapping[str, object],
    *,
    form: str,
    superseded: Collection[str] = (),
) -> None:
    """Prints findings in a form; `data` is what is printed as JSON."""
    if form == "csv":
        sys.stdout.buffer.write(handout(messages, language.chosen()))
        sys.stdout.buffer.flush()
    elif form == "json":
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
    else:
        _show_in_words(messages, superseded)


def show_proposed(proposed: Proposed, city: Path) -> None:
    """Says on the console for remarks what was proposed for the city in a folder, and what to do with it."""
    for name in proposed.left_out:
        remarks.print(words("proposals.left-out", name=repr(name)))
    if not proposed.files:
        remarks.print(words("proposals.none"))
        return
    for path, rows in proposed.files.items():
        remarks.print(words("proposals.row" if rows == 1 else "proposals.rows", rows=rows, path=path))
    folder = shlex.quote(str(next(iter(proposed.files)).parent))
    command = f"kennis-ld adopt {folder} {shlex.quote(str(city))} --by … --why …"
    remarks.print(words("proposals.then", command=command))


def as_json(checked: Checked) -> dict[str, object]:
    """Returns what `--format json` prints: every finding, the counts, and how complete each edition is.

    Findings that were settled come with them where there are any.
    """
    done = {"settled": [item.as_json() for item in checked.settled]} if checked.settled else {}
    return {
        "findings": [item.as_json() for item in checked.messages],
        **done,
        "counts": dict(checked.counts),
        "complete": {
            one.edition: {"part": one.shares[COMPLETE].part, "whole": one.shares[COMPLETE].whole}
            for one in checked.measured
            if not one.theme
        },
    }


def summary(checked: Checked) -> Table:
    """Returns a small table with what there is of everything, and how many findings of each severity."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name in _COUNTS:
        if name in checked.counts:
            table.add_row(words(f"counts.{name}"), str(checked.counts[name]))
    for severity in Severity:
        table.add_row(
            words(f"counts.{severity.value}"), str(sum(item.severity is severity for item in checked.messages))
        )
    return table


def grouped(messages: Sequence[Message]) -> Sequence[tuple[str, Sequence[Message]]]:
    """Returns the findings by what they are about, with its name: the group with the gravest finding first.

    Groups of one gravity stand in the order of the document. What is of a name, a column or a theme, and of no
    entry, is one group, with an empty name; so is what is put right for several entries at once, in a table.
    """
    times = Counter(_in_table(item) for item in messages)

    def subject(item: Message) -> str:
        in_table = _in_table(item)
        return "" if _is_once(item) or item.is_of_data or (in_table and times[in_table] > 1) else item.subject

    def order(item: Message) -> tuple[int, bool, tuple[bool, str, Sequence[Any]], str]:
        return (GRAVITY[item.severity], not subject(item), in_order(item), item.code)

    groups: dict[tuple[str, str], list[Message]] = {}
    for item in sorted(messages, key=order):
        name = subject(item)
        groups.setdefault((natural(item.place)[0] if name else "", name), []).append(item)
    return [(name, items) for (_, name), items in groups.items()]


def _is_once(item: Message) -> bool:
    """Whether a message is about a column, a table, a name or the like, wherever it stands."""
    return item.code in WORDINGS and WORDINGS[item.code].once is not None


def _in_table(item: Message) -> tuple[str, str] | None:
    """Returns what is to be done in a table of the publication; None where it is to be done elsewhere."""
    is_table = item.file.endswith(".csv") and item.file != natural(item.place)[0]
    return (item.code, item.remedy["nl"]) if is_table else None


def _show_in_words(messages: Sequence[Message], superseded: Collection[str]) -> None:
    """Prints findings in words, and what to do first where there are many: on top, and on a terminal last.

    A terminal shows the end of what is printed, and the beginning has scrolled away.
    """
    console, lang = Console(highlight=False), language.chosen()
    many = len(messages) > MOST_FIRST
    if many and not console.is_terminal:
        _show_first(console, messages, superseded)
    if many:
        _say(console, Text(), Text(words("all"), "bold"))
    for subject, items in grouped(messages):
        where = place(items[0].place, lang) if subject else ""
        _say(console, Text(), Text.assemble((subject or words("whole"), "bold"), (f"  {where}".rstrip(), "dim")))
        with_one_remedy: dict[tuple[str, str], list[Message]] = {}
        for item in items:
            with_one_remedy.setdefault((item.code, item.remedy[lang]), []).append(item)
        for (code, remedy), alike in with_one_remedy.items():
            for item in alike:
                icon, colour = _ICONS[item.severity]
                entry = "" if subject or _is_once(item) else item.subject
                at_place = "" if entry and item.is_of_data else place(item.place, lang)
                stands = ", ".join(filter(None, (entry, at_place)))
                more = [words("places", number=len(item.places) - 1)] if len(item.places) > 1 else []
                at = f"  [{', '.join([stands, *more])}]" if stands not in ("", where) else ""
                _say(console, Text(f"  {icon} ", colour), Text.assemble(item.message[lang], (at, "dim")))
            file = alike[0].file if alike[0].file != natural(alike[0].place)[0] else ""
            told = f"{words('in')} {file}, {code}" if file else code
            _say(console, Text("    → "), Text.assemble(remedy, (f"  [{told}]", "dim")))
    if not messages:
        _say(console, Text(), Text(words("nothing")))
    if many and console.is_terminal:
        _show_first(console, messages, superseded)


def _show_first(console: Console, messages: Sequence[Message], superseded: Collection[str]) -> None:
    lang = language.chosen()
    _say(console, Text(), Text(words("first"), "bold"))
    for at, (item, more) in enumerate(first_to_do(messages, superseded), start=1):
        others = f" {words('more', number=more)}" if more else ""
        _say(console, Text(f"  {at:2}. "), Text(f"{item.message[lang]}{others}"))
        _say(console, Text("    → "), Text(item.remedy[lang]))


def _say(console: Console, mark: Text, text: Text) -> None:
    """Prints a text behind its mark: folded on a terminal, on one line in a pipe."""
    if console.is_terminal and mark:
        row = Table.grid()
        row.add_row(mark, text)
        console.print(row)
    else:
        console.print(mark + text, soft_wrap=not console.is_terminal)
