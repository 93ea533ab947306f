"""The list: a project is a numbered paragraph, and patterns say where in it number, title and parties stand.

In: rows, and patterns. Out: a table with a row for each paragraph that is an entry, under the headings of themes. What
fits no pattern is passed on as the text that it is. Lines of a page that fit a pattern only together are one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kennis_ld.agenda.headers import Headings, plain_line
from kennis_ld.agenda.patterns import compiled
from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.top import row_words
from kennis_ld.agenda.wording import Words
from kennis_ld.errors import UnreadableInput
from kennis_ld.model import Finding, Kind, SourceRow

FIELDS = ("number", "title", "description", "leads", "partners", "parties", "left_out")
"""What a pattern may name in braces, beside `theme`."""

_FIELD = re.compile(r"\{(\w+)\}")
_SHOWN = 3
_MOST_LINES = 12  # of a paragraph


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a paragraph looks like: "AC {number} {title} (i.s.m. {partners})".

    Attributes:
        text: as the publication has it.
        expression: what matches such a paragraph, whole.
        fields: what stands in its groups.
    """

    text: str
    expression: re.Pattern[str]
    fields: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Pattern:
        """Returns the pattern of a text.

        Raises:
            ValueError: it names a field that does not exist, or none; the message is the name.
        """
        names = _FIELD.findall(text)
        if wrong := [name for name in names if name not in {*FIELDS, "theme"}]:
            raise ValueError(wrong[0])
        if not {"title", "theme"} & set(names):
            raise ValueError("")
        parts = _FIELD.split(" ".join(text.split()))
        found = ""
        for at, part in enumerate(parts):
            if at % 2:
                found += r"(\S*[0-9]\S*?)" if part == "number" else "(.+?)"
            else:
                found += re.escape(part).replace(r"\ ", r"\s+")
        return cls(text, re.compile(found + r"[.:]?", re.IGNORECASE | re.DOTALL), tuple(names))

    def read(self, paragraph: str) -> Sequence[tuple[str, str]] | None:
        """Returns the fields of a paragraph with their texts; None for one that does not look so."""
        found = self.expression.fullmatch(paragraph)
        return list(zip(self.fields, map(str.strip, found.groups()), strict=True)) if found else None


def rows(
    given: Iterable[SourceRow | Finding],
    patterns: Sequence[Pattern],
    *,
    lead: str,
    known: Headings,
    privacy: Privacy,
    document: str,
) -> Iterator[SourceRow | Finding]:
    """Yields the entries of a list as the rows of a table, under the headings of themes.

    Raises:
        UnreadableInput: no paragraph fits a pattern of an entry.
    """
    is_numbered = any("number" in pattern.fields and "theme" not in pattern.fields for pattern in patterns)
    columns = [name for name in FIELDS if name != "left_out" and (is_numbered or name != "number")]
    others: list[SourceRow] = []
    started = False
    for row in _paragraphs(given, patterns, privacy.words):
        if isinstance(row, Finding):
            yield row
        if isinstance(row, Finding) or row.kind is Kind.EDGE:
            continue
        read = _fields(row, patterns)
        if read is None:
            if started:
                yield _text(row)
            others.append(row)
            continue
        if not started:
            yield from map(_text, others)
            yield SourceRow(tuple(map(known.heading, columns)), row.place.whole(), Kind.HEADER)
            started = True
        theme = " ".join(text for name, text in read if name == "theme")
        if theme:
            yield SourceRow((theme,), row.place, Kind.HEADING)
            continue
        cells = {name: "\n".join(text for given_name, text in read if given_name == name) for name in columns}
        if is_numbered and not cells["number"]:  # it would go on with the entry before it
            yield Finding("row-without-number", row.place, words=row_words(row, privacy))
            continue
        cells["leads"] = cells["leads"] or ("" if cells["parties"] else lead)
        yield SourceRow(tuple(cells[name] for name in columns), row.place)
    if not started:
        lines = " / ".join(privacy.heading(plain_line(row.cells[0]))[:80] for row in islice(others, _SHOWN))
        raise UnreadableInput(
            f"No paragraph looks like a pattern of [list]. The first ones are: {lines}.",
            where=document,
            remedy="Write in publication.toml under [list] entries what an entry looks like, "
            'such as "AC {number} {title}".',
        )


def _paragraphs(
    given: Iterable[SourceRow | Finding], patterns: Sequence[Pattern], words: Words
) -> Iterator[SourceRow | Finding]:
    """Yields rows, with lines of pages put together where they fit a pattern together and the first does not alone."""
    # Where a line ended within a word: "Sint- Anna", but not "thuis- en".
    broken = compiled(rf"(?<=\w-) (?=\w)(?!{words.and_.pattern}|{words.or_.pattern})")
    held: list[SourceRow] = []
    for row in given:
        if (
            isinstance(row, Finding)
            or row.place.first_page is None
            or row.kind is not Kind.TEXT
            or _fields(row, patterns)
        ):
            yield from held
            yield row
            held = []
            continue
        held.append(row)
        for start in range(len(held) - 1):
            text = broken.sub("", " ".join(line.cells[0] for line in held[start:]))
            whole = replace(held[start], cells=(text,), place=held[start].place.through(row.place), kept=None)
            if _fields(whole, patterns):
                yield from (*held[:start], whole)
                held = []
                break
        yield from held[:-_MOST_LINES]
        held = held[-_MOST_LINES:]
    yield from held


def _fields(row: SourceRow, patterns: Sequence[Pattern]) -> Sequence[tuple[str, str]] | None:
    if len(row.cells) != 1:
        return None
    paragraph = plain_line(row.cells[0])
    return next((read for pattern in patterns if (read := pattern.read(paragraph)) is not None), None)


def _text(row: SourceRow) -> SourceRow:
    """Returns a paragraph or row that is no entry, as a text outside the table."""
    return SourceRow((" | ".join(filter(None, map(str.strip, row.cells))),), row.place, Kind.TEXT)
