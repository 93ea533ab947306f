"""Made-up documents of many forms, whole: entries, findings and proposed settings, as a person reviewed them.

`documents.txt` has both sides: lines that begin with ">" are the rows of a document, with "|" between the cells and a
colour in braces behind a cell; what is read of them stands below. To add a document write its name and its rows there;
`python -m pytest tests/golden/test_documents.py --update-golden` writes what the code reads. Review it like code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import pytest

from kennis_ld.agenda.columns import extra_column, ignored_column
from kennis_ld.agenda.extras import ExtraReader
from kennis_ld.agenda.headers import Headings
from kennis_ld.agenda.layouts.layout import Layout, Name, as_table
from kennis_ld.agenda.layouts.listed import Pattern
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.agenda.unread import Unread
from kennis_ld.agenda.wording import Words
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Continuation, Entry, Extra, Finding, Kind, Organisation, SourceRow, Status, Theme
from kennis_ld.publication.language import default_columns
from tests.agenda.source import rows
from tests.release.test_golden import GOLDEN, compare

THEMES = (
    Theme("water", ("Water", "Wasser"), "Water"),
    Theme("zand", ("Zand",), "Zand"),
    Theme("duin", ("Duin",), "Duin", broader="zand"),
)
REGISTER = Register([Organisation("gd", "Gemeente Duinstad", abbreviations=("GD",))], [])
STATUSES = (Status("loopt", {"nl": "Loopt", "en": "Running"}, words=("bezig", "groen")),)
COLUMNS = {
    **default_columns(),
    **{extra_column(kind): (kind.value, f"{kind.value} (vervolg)") for kind in Extra},
    ignored_column("te grof"): ("Grof",),
}
_FILL = re.compile(r"\{([0-9a-f]{6})\}")


def document(lines: Sequence[str]) -> list[SourceRow]:
    """The rows of a document; behind "!" stands a row that its reader knows as a header, behind "~" a struck one.

    Behind "<" stands a row of a table that has more columns than the row has cells. A cell that is "^" goes on from the
    one above it, because the two are merged.
    """
    found = []
    for line, row in zip(lines, rows(*(_FILL.sub("", line.lstrip("!~<")) for line in lines)), strict=True):
        fills = tuple("".join(_FILL.findall(cell)) for cell in line.split("|"))
        merged = tuple(Continuation.MERGED if cell == "^" else row.how(at) for at, cell in enumerate(row.cells))
        cells = tuple("" if cell == "^" else cell for cell in row.cells)
        found.append(
            replace(
                row,
                cells=cells,
                fills=fills if any(fills) else (),
                goes_on=merged if any(merged) else (),
                kind=Kind.HEADER if line.startswith("!") else row.kind,
                ends_early=line.startswith("<"),
                kept=tuple("" for _ in cells) if line.startswith("~") else None,
            )
        )
    return found


def said(finding: Finding) -> str:
    """All that a finding tells."""
    values = "".join(f" [{name}: {value}]" for name, value in finding.values.items())
    return f"{finding.code} ({finding.place}) {finding.subject!r} {finding.words!r}{values}"


def told(entry: Entry, reader: ExtraReader) -> Iterator[str]:
    """All that an entry tells, and what its extra cells say."""
    struck = ", struck" if entry.struck else ""
    yield f"{' / '.join(entry.section)} : {entry.number} : {entry.title} ({entry.place}{struck})"
    if entry.description:
        yield f"    {entry.description!r}"
    yield from (f"    {role.key if role else '-'}: {cell!r}" for role, cell in entry.parties)
    if entry.intended:
        yield f"    intended: {' '.join(role.key for role in entry.intended)}"
    facts, findings = reader.facts(entry)
    if entry.extras:
        given = {"period": f"{facts.start}/{facts.end}", "budget": f"{facts.budget} {facts.currency}"}
        given |= {"status": facts.status.key if facts.status else "", "links": " ".join(facts.links)}
        known = [f"{name} {value}" for name, value in given.items() if value not in {"", "/", "None "}]
        yield f"    {'; '.join((*known, *facts.remarks))!r}"
    yield from (f"    {said(finding)}" for finding in findings)


def reading(lines: Sequence[str], options: Mapping[str, str], words: Words) -> Iterator[str]:
    """What is read of a document, and the settings that are proposed for it."""
    privacy = Privacy(words, REGISTER)
    name, given = options.get("document", "a.docx"), document(lines)
    columns = COLUMNS if "extra" in options else default_columns()
    patterns = [Pattern.of(text) for text in options.get("patterns", "").split(";") if text]
    marks = dict(pair.split("=") for pair in options.get("marks", "").split(";") if pair)
    layout = Layout(Name(options.get("layout", "table")), marks=marks, patterns=patterns, lead=options.get("lead", ""))
    row_colours = {"yes": True, "no": False}.get(options.get("colours", ""))
    language = options.get("language", "nl")
    reader = ExtraReader(words, STATUSES, language, range(2025, 2035))
    try:
        table = as_table(given, layout, columns=columns, privacy=privacy, document=name)
        found = entries(table, columns=columns, themes=THEMES, document=name, privacy=privacy, row_colours=row_colours)
        for item in found:
            yield from [said(item)] if isinstance(item, Finding) else told(item, reader)
    except UnreadableInput as error:
        told_all = f"error: {error}".splitlines()
        is_long = "These headings are known: "
        yield from (line for line in told_all if "headings" in options or not line.startswith(is_long))
    unread = Unread(
        given, Headings(columns, words), privacy, statuses=STATUSES, row_colours=row_colours, language=language
    )
    yield from (f"+ {line}".rstrip() for line in unread.settings().splitlines())


def test_documents_are_read_as_reviewed(words: Words, request: pytest.FixtureRequest) -> None:
    """Every entry, finding and proposal of each document is as reviewed, with all that it tells."""
    found = []
    whole = (GOLDEN / "documents.txt").read_text(encoding="utf-8").splitlines()
    blocks = [list(block) for is_empty, block in groupby(whole, key=lambda line: line == "") if not is_empty]
    for block in blocks:
        title, *options = [part.strip() for part in block[0].removeprefix("# ").split("@")]
        lines = [line[1:].removeprefix(" ") if line != "> " else "" for line in block if line.startswith(">")]
        given = dict(option.partition(" ")[::2] for option in options)
        assert lines, title
        found += [block[0], *(line for line in block if line.startswith(">")), *reading(lines, given, words), ""]
    compare("documents.txt", found, update=request.config.getoption("--update-golden"))
