"""An index of things that have names: exact names first, then words, then what looks like them.

The index is made when a release is loaded, like the store: a cache, never the truth. It is kept as the bytes of a
database that every process opens for itself. SQLite's FTS5 finds, at four levels: words of a name, beginnings of those,
words anywhere, beginnings of those. A level is asked where the ones before it gave too little, and each gives its first
hits only: things go in by how much they matter, so that nothing has to rank all of what a common word finds. A query of
the index may take no longer than MOST_SECONDS of computing.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from threading import Lock
from typing import Any

from kennis_ld.errors import EngineUnavailable
from kennis_ld.web.search.snippets import WHOLE_WORD, snippet
from kennis_ld.web.search.words import folded, key, stem, telling, words

MOST_SECONDS = 0.25
_MOST_WAITING = 2.0  # seconds for the searches before this one
MOST_WORDS = 12
MOST_FOUND = 100
MOST_ALIKE = 5
MOST_SUGGESTED = 8
_LEAST_ALIKE = 0.72  # of 1; "Hogeschol" and "Hogeschool Leiden" compare by the words of the name
_THINGS = """
CREATE VIRTUAL TABLE things USING fts5(
  names, parties, theme, text, stems, tokenize = "unicode61 remove_diacritics 2", prefix = '4 6'
)
"""
_CALLED = """
CREATE VIRTUAL TABLE called USING fts5(
  names, stems, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4 5 6 7 8'
)
"""
"""The names alone, with an index of their beginnings: who types has only those."""

_FIRST = "SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid LIMIT 100"
_HOLDING = "SELECT thing, name FROM names WHERE names MATCH ? ORDER BY rowid LIMIT 100"
_MOST_COMPARED = 40
_PIECE = 4  # letters that a name shares with one that is typed wrong
_STEPS = 2000  # of SQLite's virtual machine between two looks at the clock


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing to be found.

    Attributes:
        iri: the thing.
        weight: how much it matters among things that fit equally.
        numbers: by which it is known, such as that of a project.
        names: in every language; the first is the one that is compared.
        aliases: abbreviations, other spellings and identifiers.
        parties: names of who takes part.
        themes: names of what it is about.
        text: its description.
    """

    iri: str
    weight: int
    names: Sequence[str]
    numbers: Sequence[str] = ()
    aliases: Sequence[str] = ()
    parties: Sequence[str] = ()
    themes: Sequence[str] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, and the words around what fits in its description; each with whether it fits."""

    iri: str
    snippet: Sequence[tuple[str, bool]] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives.

    Attributes:
        hits: the best first.
        alike: IRIs of things with a name that looks like what was asked, where nothing was found.
        is_whole: whether all was looked through in the time that there is.
    """

    hits: Sequence[Hit]
    alike: Sequence[str] = ()
    is_whole: bool = True


@dataclass(slots=True)
class Index:
    """The index of one release."""

    _database: bytes
    _iris: Sequence[str]
    _exact: Mapping[str, Sequence[str]]
    _weights: Mapping[str, int]
    _names: Mapping[str, Sequence[str]]
    _lock: Lock = field(default_factory=Lock)
    _open: dict[int, sqlite3.Connection] = field(default_factory=dict)

    def find(self, asked: str) -> Found:
        """Returns what fits all the words of a text; at most MOST_WORDS count.

        Raises:
            EngineUnavailable: too many searches wait.
        """
        wanted = telling(words(asked))[:MOST_WORDS]
        if not wanted:
            return Found(())
        exact = self._exact.get(key(asked), ())
        with self._turn():
            found, is_whole = self._levels(wanted)
            ranked = sorted(found, key=lambda row: self._place(self._iris[row - 1], asked, wanted))
            rows = dict.fromkeys(exact, 0) | {self._iris[row - 1]: row for row in ranked}
            hits = [Hit(iri, self._snippet(row, wanted)) for iri, row in list(rows.items())[:MOST_FOUND]]
            alike = () if hits else self._alike(asked)
        return Found(hits, alike, is_whole)

    def beginning_with(self, asked: str) -> list[str]:
        """Returns the IRIs of the MOST_SUGGESTED things to suggest to who types: a name, number or alias begins so.

        Raises:
            EngineUnavailable: too many searches wait.
        """
        wanted = words(asked)[:MOST_WORDS]
        if not wanted:
            return []
        exact = self._exact.get(key(asked), ())
        query = " AND ".join(f'"{word}"*' for word in wanted)
        with self._turn():
            rows, _ = self._asked(_FIRST.format(table="called"), f"names : ({query})")
        ranked = sorted((self._iris[row - 1] for (row,) in rows), key=lambda iri: self._place(iri, asked, wanted))
        return list(dict.fromkeys((*exact, *ranked)))[:MOST_SUGGESTED]

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=_MOST_WAITING):
            raise EngineUnavailable("Too many searches are waiting.", retry_after=1)
        try:
            yield
        finally:
            self._lock.release()

    def _place(self, iri: str, asked: str, wanted: Sequence[str]) -> tuple[bool, bool, bool, int]:
        """Returns what counts before rank: a name of the same words, that begins so, that holds all the words."""
        names, stems = self._names[iri], {stem(word) for word in wanted}
        held = [{stem(word) for word in telling(words(name))} for name in names]
        begins = any(key(name).startswith(key(asked)) for name in names)
        return stems not in held, not begins, not any(stems <= each for each in held), -self._weights[iri] * begins

    def _levels(self, wanted: Sequence[str]) -> tuple[list[int], bool]:
        """Returns the rows that fit every word, level by level, and whether there was time to see all."""
        whole = " AND ".join(f'("{word}" OR stems : "{stem(word)}")' for word in wanted)
        begun = " AND ".join(
            f'("{word}"{"" if len(word) <= WHOLE_WORD else "*"} OR stems : "{stem(word)}")' for word in wanted
        )
        # A name that is written as one word is also meant by its parts: mbo-Rijnland.
        joined = f' OR "{"".join(wanted)}"'
        found: dict[int, None] = {}
        is_whole = True
        for table, query in (("called", whole), ("called", begun), ("things", whole), ("things", begun)):
            rows, is_seen = self._asked(_FIRST.format(table=table), f"({query}){joined}")
            found |= dict.fromkeys(row for (row,) in rows)
            is_whole = is_whole and is_seen
            if len(found) >= MOST_FOUND:
                break
        return list(found), is_whole

    def _snippet(self, row: int, wanted: Sequence[str]) -> Sequence[tuple[str, bool]]:
        """Returns the words around what fits in the text of a thing."""
        found, _ = self._asked("SELECT text FROM things WHERE rowid = ?", row) if row else ([], True)
        return snippet(found[0][0], wanted) if found else ()

    def _alike(self, asked: str) -> list[str]:
        """Returns things with a name that looks like a text, the most alike first."""
        text = key(asked)[:60]
        size = _PIECE if len(text) > _PIECE + 1 else 3
        shared: Counter[tuple[int, str]] = Counter()
        for piece in sorted({text[at : at + size] for at in range(len(text) - size + 1)}):
            rows, _ = self._asked(_HOLDING, f'"{piece}"')
            shared.update(rows)
        most = sorted(shared, key=lambda row: (-shared[row], row))[:_MOST_COMPARED]
        likeness: dict[str, float] = {}
        for thing, name in most:
            iri = self._iris[thing - 1]
            # A part of a long name may be meant: as many words of it as were asked.
            shown, many = words(name), max(1, len(words(asked)))
            parts = [key(name), *(key(" ".join(shown[at : at + many])) for at in range(len(shown)))]
            best = max(SequenceMatcher(None, text, part, autojunk=False).ratio() for part in parts)
            likeness[iri] = max(best, likeness.get(iri, 0.0))
        order = sorted(likeness, key=lambda iri: (-likeness[iri], -self._weights[iri], iri))
        return [iri for iri in order if likeness[iri] >= _LEAST_ALIKE][:MOST_ALIKE]

    def _asked(self, query: str, value: str | int) -> tuple[list[Any], bool]:
        connection = self._connection()
        until = time.thread_time() + MOST_SECONDS
        connection.set_progress_handler(lambda: time.thread_time() > until, _STEPS)
        try:
            return connection.execute(query, (value,)).fetchall(), True
        except sqlite3.OperationalError:  # interrupted
            return [], False

    def _connection(self) -> sqlite3.Connection:
        """Returns the connection of this process: one may not be carried over a fork."""
        process = os.getpid()
        if process not in self._open:
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            connection.deserialize(self._database)
            self._open = {process: connection}
        return self._open[process]


def made(entries: Callable[[], Iterable[Entry]]) -> Index:
    """Returns an index of things."""
    exact: defaultdict[str, list[str]] = defaultdict(list)
    weights: dict[str, int] = {}
    names: dict[str, Sequence[str]] = {}
    connection = sqlite3.connect(":memory:")
    with connection:
        connection.execute(_THINGS)
        connection.execute(_CALLED)
        connection.execute(
            "CREATE VIRTUAL TABLE names USING fts5(thing UNINDEXED, name UNINDEXED, key, tokenize = trigram)"
        )
        for row, each in enumerate(entries(), start=1):
            weights[each.iri], names[each.iri] = each.weight, each.names
            for name in dict.fromkeys((*each.names, *each.numbers, *each.aliases)):
                if key(name) and each.iri not in exact[key(name)]:
                    exact[key(name)].append(each.iri)
            called = folded(" ".join((*each.numbers, *each.names, *each.aliases)))
            stems, own = _stems((*each.names, *each.themes, each.text)), _stems(each.names)
            told = (called, *(folded(" ".join(of)) for of in (each.parties, each.themes)), each.text, stems)
            connection.execute(
                "INSERT INTO things(rowid, names, parties, theme, text, stems) VALUES (?,?,?,?,?,?)", (row, *told)
            )
            connection.execute("INSERT INTO called(rowid, names, stems) VALUES (?, ?, ?)", (row, called, own))
            connection.executemany(
                "INSERT INTO names VALUES (?, ?, ?)", [(row, name, key(name)) for name in each.names]
            )
    connection.execute("INSERT INTO things(things) VALUES ('optimize')")
    connection.execute("INSERT INTO called(called) VALUES ('optimize')")
    connection.commit()
    database = connection.serialize()
    connection.close()
    for found in exact.values():
        found.sort(key=lambda iri: -weights[iri])
    return Index(database, list(weights), dict(exact), weights, names)


def _stems(texts: Iterable[str]) -> str:
    return " ".join(sorted({stem(word) for text in texts for word in words(text)}))
