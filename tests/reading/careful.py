"""A careful person who reads a table beside the program: where must the words of each cell be found afterwards?

The person knows the cells, because whoever wrote the document says what they are; none of the program's reading is used
here. A cell's words must stand, in their order, in the entry of its row and under the heading above it, or in a
finding with a place; no entry may have words of another row. What comes out is what went wrong, in words; nothing
means that all is well.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kennis_ld.agenda.parties import parties
from kennis_ld.model import Contact, Entry, Finding, Mention, Role
from kennis_ld.publication.language import default_words, lists

_TAG = re.compile(r"</?(?:p|i|b|u|em|strong|ul|ol|li|br|div|span|sub|sup|t[dhr]|table)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_WORD = re.compile(r"\w+|[€$£%]")
_CONTACT = re.compile(
    r"(?<!\w)contact(?:persoon|personen|person)?\s*:.*?(?=(?<!\w)[TP]\s*:|$)", re.IGNORECASE | re.DOTALL
)
_PERSON = re.compile(r"(?:[\w.]+\s+){0,2}\[(?:naam|e-mail|telefoon)\]")
"""A person whom a mask stands for, and the office before it: neither is published."""

_NUMBER = re.compile(r"[A-Za-z]{0,3}[.\-]?\d{1,4}(?:[.\-]?\d{1,4})*[.\-]?[a-z]{0,2}[.)]?", re.ASCII)
_FEWEST = 3
"""Columns of a table without numbers."""

_LISTED = re.compile(r"(?m)(?:^|[:;,])\s*\d{1,2}[.)]\s")
"""The number of an item in a list, at the start of a line or behind a sign: a sign, as a dash is."""

_PARTIES = {"leads", "partners", "parties"}
_BETWEEN = set(
    re.findall(
        r"\w+",
        "t p o l v i s m en and trekker trekkers lead leads partner partners overige beoogde onder leiding van in met "
        "nauwe goede samenwerking samen tot until vanaf sinds per na from since after contact contactpersoon "
        "ook also auch via through name",
    )
)
_BETWEEN |= {
    part
    for role in ("lead", "partner")
    for word in lists()["roles"][role]
    for part in re.findall(r"\w+", word.casefold())
}
"""Words of a parties cell that say how its names belong together, and are no name."""

_PAIRED = re.compile(r"\bzowel\b(.*?)\bals\b|\bniet alleen\b(.*?)\bmaar\b", re.IGNORECASE | re.DOTALL)
"""Words that stand before each of two: "zowel UL als GL"."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the person sees it: its cells by column; one text outside the columns is a line.

    Attributes:
        cells: the texts.
        line: whether it is one text across, or outside the table.
        hidden: whether the document hides it.
        ragged: whether it has not as many cells as it should, so that nobody can say which column they are in.
    """

    cells: tuple[str, ...]
    line: bool = False
    hidden: bool = False
    ragged: bool = False


@dataclass(slots=True)
class _Page:
    """What the person has seen so far."""

    said: Sequence[Finding]
    entries: Sequence[Entry]
    columns: Mapping[str, str]
    header: dict[int, str] = field(default_factory=dict)
    is_numbered: bool = True
    heading: Words = ()
    current: Entry | None = None
    given: dict[int, Counter[str]] = field(default_factory=dict)
    finding_words: list[Words] = field(default_factory=list)
    pieces: list[Words] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@lru_cache(maxsize=20_000)
def words(text: str) -> Words:
    """Returns the words of a text, without the markup and the signs around them."""
    while (plain := html.unescape(text)) != text:
        text = plain
    plain = _TAG.sub(" ", unicodedata.normalize("NFC", text).replace("\u00ad", ""))
    return tuple(_WORD.findall(plain))


def within(few: Words, many: Words) -> bool:
    """Whether the words stand one after the other among the others."""
    if not few:
        return True
    at = -1
    while few[0] in many[at + 1 :]:
        at = many.index(few[0], at + 1)
        if many[at : at + len(few)] == few:
            return True
    return False


def wrong(rows: Sequence[Row], found: Sequence[Entry | Finding], columns: Mapping[str, Sequence[str]]) -> list[str]:
    """Returns what is lost or in the wrong place in a reading of these rows; nothing when all is well."""
    said = [item for item in found if isinstance(item, Finding)]
    entries = [item for item in found if isinstance(item, Entry)]
    names = {_name(name): column for column, known in columns.items() for name in known}
    page = _Page(said, entries, names)
    page.finding_words = [words(item.words) for item in said]
    pieces: dict[str, Words] = {}
    for item in said:  # a cell that is broken over a page is named in two findings
        if item.code in {"unnamed-column", "column-looks-like", "column-without-heading"}:
            pieces[item.values["column"]] = pieces.get(item.values["column"], ()) + words(item.words)
    page.pieces = list(pieces.values())
    page.given = {id(entry): Counter() for entry in entries}
    for item in said:
        if item.place is None or not item.place.document:
            page.wrong.append(f"finding {item.code} has no place")
    for row in rows:
        _look(row, page)
    for entry in entries:
        more = _counted(entry) - page.given[id(entry)]
        less = page.given[id(entry)] - _counted(entry)
        if more:
            page.wrong.append(f"entry {entry.label!r} has words of elsewhere: {_listed(more)}")
        if less:
            page.wrong.append(f"entry {entry.label!r} lacks words: {_listed(less)}")
    return page.wrong


def lost(texts: Iterable[str], found: Sequence[Entry | Finding], *, header: Sequence[str] = ()) -> list[str]:
    """Returns the words that stand in no entry, heading or finding, wherever they should stand, nor in the header."""
    kept: Counter[str] = Counter({word: 9_999 for cell in header for word in words(cell)})
    for item in found:
        if isinstance(item, Finding):
            kept.update(word for told in (item.words, *item.values.values()) for word in words(told))
        else:
            kept.update(_counted(item))
            kept.update({word: 9_999 for heading in item.section for word in words(heading)})
    wanted = Counter(word for text in texts for word in words(_CONTACT.sub(" ", text)))
    return [word for word in wanted if wanted[word] > kept[word]]


def party_words_lost(
    found: Sequence[Entry | Finding], lexicon: object, seen: set[tuple[Role | None, str]]
) -> list[str]:
    """Returns the words of cells with parties that come out in no party."""
    missing: list[str] = []
    for entry in found:
        if isinstance(entry, Finding):
            continue
        for role, cell in entry.parties:
            if (role, cell) in seen:
                continue
            seen.add((role, cell))
            out: Counter[str] = Counter()
            for party in parties(cell, role=role, lexicon=lexicon, words=default_words()):  # type: ignore[arg-type]
                if isinstance(party, Contact):
                    continue
                out.update(words(party.text))
                if isinstance(party, Mention):
                    out.update(words(party.doubt))
                    out.update({part: 9 for part in re.findall(r"\d+", _dates(cell)) if party.start or party.end})
            plain = _PAIRED.sub(r" \1\2 ", _LISTED.sub(" ", _PERSON.sub(" ", _CONTACT.sub(" ", cell))))
            need = Counter(words(plain))
            missing += [word for word in need if need[word] > out[word] and word.casefold() not in _BETWEEN]
    return missing


def _dates(cell: str) -> str:
    return " ".join(re.findall(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}", cell))


def _look(row: Row, page: _Page) -> None:
    filled = [cell for cell in row.cells if words(cell)]
    if not filled:
        return
    if row.hidden:
        if not any(item.code.startswith("hidden") for item in page.said):
            page.wrong.append(f"hidden without a word: {row.cells}")
        return
    number = _of(row, "number", page)
    goes_on = page.current is not None and not row.ragged and not words(number) and _holds(page.current, row, page)
    if row.line or (len(filled) == 1 and not goes_on and _is_heading(filled[0], page)):
        _line(filled[0], page)
        return
    if len(filled) == 2 and (heading := _heading_in_two(row, page)):
        page.heading = () if heading == ("",) else heading
        return
    if header := _header(row, page.columns):
        page.header = header
        page.is_numbered = any(header.get(at) == "number" and _name(cell) for at, cell in enumerate(row.cells))
        return
    if row.ragged or not page.header:
        _named(row, filled, page)
        return
    signed = bool(number.strip()) or not page.is_numbered  # "?" beside a title: its number is not known yet
    if words(number) or (signed and words(_of(row, "title", page)) and not goes_on):
        _numbered(row, number, page)
    elif goes_on and page.current is not None:
        _give(page.current, row, page)
    else:
        _named(row, filled, page)


def _of(row: Row, column: str, page: _Page) -> str:
    return " ".join(row.cells[at] for at, name in page.header.items() if name == column and at < len(row.cells))


def _heading_in_two(row: Row, page: _Page) -> Words:
    """The heading that a number and a title are together, when they were read as one; the one before if they are told.

    A finding may say that such a row is none.
    """
    number, title = words(_of(row, "number", page)), words(_of(row, "title", page))
    both = number + title
    if (
        not number
        or not title
        or any(words(entry.number) == number and words(entry.title) == title for entry in page.entries)
    ):
        return ()
    if any(both == words(heading) for entry in page.entries for heading in entry.section):
        return both
    return (page.heading or ("",)) if both in page.finding_words else ()


def _is_heading(text: str, page: _Page) -> bool:
    return any(words(text) == words(heading) for entry in page.entries for heading in entry.section)


def _line(text: str, page: _Page) -> None:
    here = words(_masked(text))
    if any(here and here == words(heading) for entry in page.entries for heading in entry.section):
        page.heading = here
    elif not any(within(here, about) for about in page.finding_words):
        page.wrong.append(f"line is lost: {text[:80]!r}")


def _named(row: Row, filled: Sequence[str], page: _Page) -> None:
    for cell in filled:
        if not _is_named(cell, page) and not _masked_there(row, page):
            page.wrong.append(f"cell is lost: {cell[:80]!r}")


def _is_named(cell: str, page: _Page) -> bool:
    here = words(_masked(cell))
    if any(within(here, about) for about in (*page.finding_words, *page.pieces)):
        return True
    return any(_is_masked(cell, item.words) for item in page.said)


def _is_masked(cell: str, told: str) -> bool:
    """Whether a text is the cell with the names of people taken out: all else stands in it, in its order."""
    left = list(map(words, told.split("[naam]")))
    if len(left) < 2 or sum(map(len, left)) < len(words(cell)) / 2:
        return False
    rest = words(cell)
    for piece in left:
        at = next((at for at in range(len(rest) - len(piece) + 1) if rest[at : at + len(piece)] == piece), None)
        if at is None:
            return False
        rest = rest[at + len(piece) :]
    return True


def _masked_there(row: Row, page: _Page) -> bool:
    """Whether the whole row, in which the name of a contact person may run over cells, is named in a finding."""
    text = " | ".join(row.cells)
    whole = words(_masked(text))
    return any(within(whole, about) for about in page.finding_words) or any(
        _is_masked(text, item.words) for item in page.said
    )


def _numbered(row: Row, number: str, page: _Page) -> None:
    named = any(item.code == "unusual-number" and words(item.words) == words(_masked(number)) for item in page.said)
    named = named or any(words(number) and within(words(number), about) for about in page.finding_words)
    plain = " ".join(_TAG.sub(" ", unicodedata.normalize("NFKC", number)).split()).removeprefix("- ")
    if (
        words(number)
        and not _NUMBER.fullmatch(plain)
        and not named
        and not _is_named(number, page)
        and not _masked_there(row, page)
    ):
        page.wrong.append(f"{number[:60]!r} is no number, and nothing says so")
    for entry in page.entries:
        title = words(_of(row, "title", page))
        is_here = words(entry.number) == words(number) or (
            not number and words(entry.number) + words(entry.title) == title
        )
        is_here = (is_here or _is_masked(number, entry.number)) and not page.given[id(entry)]
        section = next((words(heading) for heading in reversed(entry.section) if words(heading)), ())
        if is_here and _holds(entry, row, page) and (within(page.heading, section) if page.heading else not section):
            _give(entry, row, page)
            page.current = entry
            return
    _named(row, [cell for cell in row.cells if words(cell)], page)


def _holds(entry: Entry, row: Row, page: _Page) -> bool:
    """Whether the words of a row stand in an entry, column by column, beside those of the rows before."""
    given = Counter(
        word
        for at, cell in enumerate(row.cells)
        if (column := page.header.get(at))
        for word in words(_cell(cell, column))
        if _stands_in(cell, column, entry) and not any(_is_masked(cell, text) for text in _texts(entry, column))
    )
    if given - (_counted(entry) - page.given[id(entry)]):
        return False
    for at, cell in enumerate(row.cells):
        column = page.header.get(at, "")
        if not words(cell):
            continue
        if not column:
            if not _is_named(cell, page):
                return False
        elif not _stands_in(cell, column, entry) and not _not_taken(cell, entry, page):
            return False
    return True


def _stands_in(cell: str, column: str, entry: Entry) -> bool:
    texts = list(_texts(entry, column))
    return any(within(words(_cell(cell, column)), words(text)) or _is_masked(cell, text) for text in texts)


def _not_taken(cell: str, entry: Entry, page: _Page) -> bool:
    """Whether a finding at the place of the entry says that these words were not taken over."""
    for item, about in zip(page.said, page.finding_words, strict=True):
        here = item.place and entry.place.first_line <= item.place.first_line <= entry.place.last_line
        if item.code in {"text-box", "unknown-markup"} and here and within(words(cell), about):
            return True
    return False


def _give(entry: Entry, row: Row, page: _Page) -> None:
    for at, cell in enumerate(row.cells):
        column = page.header.get(at, "")
        if column and _stands_in(cell, column, entry):
            masked = [text for text in _texts(entry, column) if _is_masked(cell, text)]
            page.given[id(entry)].update(words(masked[0] if masked else _cell(cell, column)))


def _cell(cell: str, column: str) -> str:
    return _masked(cell) if column in _PARTIES else cell


def _masked(cell: str) -> str:
    return _CONTACT.sub(
        lambda match: f"{match[0].partition(':')[0]}: [naam] " if match[0].partition(":")[2].strip() else match[0], cell
    )


def _texts(entry: Entry, column: str) -> Iterator[str]:
    roles = {"leads": Role.LEAD, "partners": Role.PARTNER, "parties": None}
    if column in roles:
        yield from (text for role, text in entry.parties if role is roles[column])
    else:
        yield {"number": entry.number, "title": entry.title, "description": entry.description}[column]


def _counted(entry: Entry) -> Counter[str]:
    texts = (entry.number, entry.title, entry.description, *(text for _, text in entry.parties))
    return Counter(word for text in texts for word in words(text))


def _header(row: Row, names: Mapping[str, str]) -> dict[int, str]:
    found = {}
    for at, cell in enumerate(row.cells):
        name = _name(cell)
        column = names.get(name) or names.get(re.sub(r" ?\d{1,2}$", "", name))
        if not column:  # a narrow column tears a heading, and a soft hyphen may stand where a blank stood
            close = re.sub(r"[\s\u00ad]+", "", name)
            column = next((known for heading, known in names.items() if heading.replace(" ", "") == close), None)
        if not column and re.search(r"(?<!\w)T[a-z]*\s*:.*(?<!\w)P", cell):
            column = "parties"
        if column and (column != "number" or column not in found.values()):  # a second one is none
            found[at] = column
    kinds = set(found.values())
    if "number" not in kinds and len(row.cells) >= _FEWEST and "title" in kinds and kinds & _PARTIES:
        before = [at for at in range(next(at for at, name in found.items() if name == "title")) if not row.cells[at]]
        return {**dict.fromkeys(before[:1], "number"), **found}
    return found if {"number", "title"} <= kinds and kinds & _PARTIES else {}


def _name(cell: str) -> str:
    return " ".join(re.sub(r"[\s.:]+", " ", _TAG.sub(" ", html.unescape(cell))).split()).casefold()


def _listed(counted: Counter[str]) -> str:
    return " ".join(list(counted)[:12])
