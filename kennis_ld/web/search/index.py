"""An index of things that have names: exact names first, then words by weight, then what looks like them.

The index is made when a release is loaded, like the store: a cache, never the truth. It is kept as the bytes of a
database that every process opens for itself. SQLite's FTS5 finds and ranks (bm25). A query of the index may take no
longer than MOST_SECONDS of computing, for a word that stands in every text would have all of them ranked.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from threading import Lock

from kennis_ld.errors import EngineUnavailable
from kennis_ld.web.search.words import folded, key, stem, telling, words

MOST_SECONDS = 0.25
_MOST_WAITING = 2.0  # seconds for the searches before this one
MOST_WORDS = 12
MOST_FOUND = 100
MOST_ALIKE = 5
MOST_SUGGESTED = 8
_LEAST_ALIKE = 0.72  # of 1; "Hogeschol" and "Hogeschool Leiden" compare by the words of the name
_WHOLE_WORD = 3  # letters; so short a word is an abbreviation, and "ul" is not the beginning of "ultra"
_MATCHING = """
SELECT iri, snippet(things, 6, char(2), char(3), '…', 18) FROM things WHERE things MATCH ?
ORDER BY bm25(things, 0, 10, 8, 8, 3, 2, 1, 4), rowid LIMIT 100
"""
"""The weights are those of iri, number, name, aliases, parties, theme, text and stems."""

_THINGS = """
CREATE VIRTUAL TABLE things USING fts5(
  iri UNINDEXED, number, name, aliases, parties, theme, text, stems,
  tokenize = "unicode61 remove_diacritics 2", prefix = '4 6'
)
"""
_ALIKE = "SELECT iri, name FROM names WHERE names MATCH ? ORDER BY bm25(names), rowid LIMIT 40"
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
            rows, is_whole = self._matching(wanted)
            ranked = sorted(rows, key=lambda row: self._place(row[0], asked, wanted))
            hits = {iri: Hit(iri) for iri in exact}
            for iri, snippet in ranked:
                hits[iri] = Hit(iri, _segments(snippet))
            alike = () if hits else self._alike(asked)
        return Found(list(hits.values())[:MOST_FOUND], alike, is_whole)

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
            rows, _ = self._asked(_MATCHING, f"{{number name aliases}} : ({query})")
        ranked = sorted((row[0] for row in rows), key=lambda iri: self._place(iri, asked, wanted))
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

    def _matching(self, wanted: Sequence[str]) -> tuple[list[tuple[str, str]], bool]:
        """Returns IRI and snippet of what fits every word, by rank, and whether there was time to see all."""
        parts = [f'("{word}"{"" if len(word) <= _WHOLE_WORD else "*"} OR stems : "{stem(word)}")' for word in wanted]
        # A name that is written as one word is also meant by its parts: mbo-Rijnland.
        return self._asked(_MATCHING, f'({" AND ".join(parts)}) OR "{"".join(wanted)}"')

    def _alike(self, asked: str) -> list[str]:
        """Returns things with a name that looks like a text, the most alike first."""
        text = key(asked)[:60]
        grams = {text[at : at + 3] for at in range(len(text) - 2)}
        if not grams:
            return []
        query = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        rows, _ = self._asked(_ALIKE, query)
        likeness: dict[str, float] = {}
        for iri, name in rows:
            # A part of a long name may be meant: as many words of it as were asked.
            shown, size = words(name), max(1, len(words(asked)))
            parts = [key(name), *(key(" ".join(shown[at : at + size])) for at in range(len(shown)))]
            best = max(SequenceMatcher(None, text, part, autojunk=False).ratio() for part in parts)
            likeness[iri] = max(best, likeness.get(iri, 0.0))
        order = sorted(likeness, key=lambda iri: (-likeness[iri], -self._weights[iri], iri))
        return [iri for iri in order if likeness[iri] >= _LEAST_ALIKE][:MOST_ALIKE]

    def _asked(self, query: str, value: str) -> tuple[list[tuple[str, str]], bool]:
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
        connection.execute(
            "CREATE VIRTUAL TABLE names USING fts5(iri UNINDEXED, name UNINDEXED, key, tokenize = trigram)"
        )
        for each in entries():
            weights[each.iri], names[each.iri] = each.weight, each.names
            for name in dict.fromkeys((*each.names, *each.numbers, *each.aliases)):
                if key(name) and each.iri not in exact[key(name)]:
                    exact[key(name)].append(each.iri)
            stems = {stem(word) for text in (*each.names, *each.themes, each.text) for word in words(text)}
            connection.execute(
                "INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    each.iri,
                    " ".join(each.numbers),
                    " ".join(map(folded, each.names)),
                    " ".join(map(folded, each.aliases)),
                    " ".join(map(folded, each.parties)),
                    " ".join(map(folded, each.themes)),
                    each.text,
                    " ".join(sorted(stems)),
                ),
            )
            for name in each.names:
                connection.execute("INSERT INTO names VALUES (?, ?, ?)", (each.iri, name, key(name)))
    connection.execute("INSERT INTO things(things) VALUES ('optimize')")
    connection.commit()
    database = connection.serialize()
    connection.close()
    for found in exact.values():
        found.sort(key=lambda iri: -weights[iri])
    return Index(database, dict(exact), weights, names)


def _segments(snippet: str) -> list[tuple[str, bool]]:
    """Returns the parts of a snippet in which FTS5 put marks; nothing where it has none."""
    if "\x02" not in snippet:
        return []
    parts: list[tuple[str, bool]] = []
    for place, part in enumerate(snippet.replace("\n", " ").split("\x02")):
        marked, _, rest = part.partition("\x03") if place else ("", "", part)
        parts += [(marked, True)] if marked else []
        parts += [(rest, False)] if rest else []
    return parts
