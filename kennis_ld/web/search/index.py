"""An index of things that have names: exact names first, then words in names, then words anywhere, then what is alike.

The index is made when a release is loaded, like the store: a cache, never the truth. It is kept as the bytes of a
database that every process opens for itself. SQLite's FTS5 finds. A search costs about the same however much there is:
it looks at the first MOST_SEEN things with the words in their names and the first with the words anywhere, in the order
in which they were put in, and ranks those. Saved questions about a text ask of what may hold it. A query of the index
may take no longer than MOST_SECONDS of computing.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
import weakref
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from threading import Lock
from typing import Any

from kennis_ld.errors import EngineUnavailable
from kennis_ld.web.search.words import folded, key, stem, telling, words

MOST_SECONDS = 0.25
_MOST_WAITING = 2.0  # seconds for the searches before this one
MOST_WORDS = 12
MOST_FOUND = 100
MOST_SEEN = MOST_FOUND + 1  # one more, to know whether there are more
MOST_ALIKE = 5
_MOST_WITHIN = 1_000  # words that have in them what is asked
MOST_SUGGESTED = 8
_PIECE = 4  # letters that a name shares with one that is typed wrong
_MOST_COMPARED = 40  # names that share most pieces
_LEAST_ALIKE = 0.72  # of 1; "Hogeschol" and "Hogeschool Leiden" compare by the words of the name
_WHOLE_WORD = 3  # letters; so short a word is an abbreviation, and "ul" is not the beginning of "ultra"
_BETWEEN = " | "  # the words of two names in one column
_TABLES = """
CREATE VIRTUAL TABLE things USING fts5(
  iri UNINDEXED, weight UNINDEXED, keys UNINDEXED,
  number, name, aliases, own, parties, theme, text, stems,
  tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE named USING fts5(
  number, name, aliases, own, tokenize = "unicode61 remove_diacritics 2", content = ''
);
CREATE VIRTUAL TABLE names USING fts5(iri UNINDEXED, weight UNINDEXED, name UNINDEXED, key, tokenize = trigram);
CREATE TABLE exact(key TEXT, iri TEXT, weight INTEGER, PRIMARY KEY (key, iri)) WITHOUT ROWID;
CREATE TABLE words(word TEXT PRIMARY KEY, named INTEGER, anywhere INTEGER) WITHOUT ROWID;
"""
"""`keys` are the names of a thing as one word each, `own` the stems of the words of each of its names. What is called
so is looked for in `named`, which has no texts to go through."""

_OPTIMIZE = """
INSERT INTO things(things) VALUES ('optimize');
INSERT INTO named(named) VALUES ('optimize');
INSERT INTO names(names) VALUES ('optimize');
"""

_NAMED = """
SELECT iri, weight, keys, number, name, aliases, own, parties, theme, text, '' FROM things
WHERE rowid IN (SELECT rowid FROM named WHERE named MATCH ? ORDER BY rowid LIMIT ?)
"""
_MATCHING = """
SELECT
  iri, weight, keys, number, name, aliases, own, parties, theme, text, snippet(things, 9, char(2), char(3), '…', 18)
FROM things WHERE things MATCH ? ORDER BY rowid LIMIT ?
"""
_NAME_HOLDS = """
SELECT things.iri FROM named CROSS JOIN things ON things.rowid = named.rowid
WHERE named MATCH ? AND instr(things.name || ' ' || things.aliases, ?) ORDER BY named.rowid LIMIT ?
"""
_TEXT_HOLDS = "SELECT iri FROM things WHERE things MATCH ? AND instr(folded(text), ?) ORDER BY rowid LIMIT ?"
_WITHIN = "SELECT word FROM words WHERE instr(word, ?) ORDER BY anywhere DESC, word LIMIT ?"
_EXACT = "SELECT iri FROM exact WHERE key = ? ORDER BY weight DESC, iri LIMIT 100"
_ALIKE = "SELECT iri, weight, name FROM names WHERE names MATCH ? ORDER BY rowid LIMIT 100"
_ENDINGS = """
SELECT word FROM (
  SELECT word, CASE ?2 WHEN 'named' THEN named ELSE anywhere END AS often FROM words
  WHERE word > ?1 AND word < ?1 || char(0x10FFFF) LIMIT 5000
) WHERE often > 0 ORDER BY often DESC, word LIMIT 60
"""
"""The words that begin so: of the first 5,000 in the alphabet the 60 that stand in most things."""

_STEPS = 2000  # of SQLite's virtual machine between two looks at the clock
_WORTH = (10, 8, 8, 3, 2)
"""Of a word in the number, the names, the aliases, the parties and the theme of a thing; in its text it is worth less
than one."""


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
        is_all: whether these are all; else there are more that have the words.
        is_whole: whether all was looked through in the time that there is.
    """

    hits: Sequence[Hit]
    alike: Sequence[str] = ()
    is_all: bool = True
    is_whole: bool = True


@dataclass(slots=True, weakref_slot=True)
class Index:
    """The index of one release.

    Attributes:
        database: the same bytes for the same things in the same order, with one version of SQLite.
    """

    database: bytes
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
        with self._alone():
            exact = self._exact(asked)
            parts = [_meant(word, () if len(word) <= _WHOLE_WORD else self._endings(word)) for word in wanted]
            # A name that is written as one word is also meant by its parts: mbo-Rijnland.
            query = f'({" AND ".join(parts)}) OR "{"".join(wanted)}"'
            named, is_whole = self._asked(_NAMED, query, MOST_SEEN)
            rows, is_read = self._asked(_MATCHING, query, MOST_SEEN)
            hits = {iri: Hit(iri) for iri in exact}
            seen = {row[0]: row for row in (*named, *rows)}
            for row in sorted(seen.values(), key=_rank(asked, wanted)):
                hits[row[0]] = Hit(row[0], _segments(row[-1]))
            texts = {iri: row[-2] for iri, row in seen.items()}
            alike = () if hits else self._alike(asked)
        is_all = len(hits) <= MOST_FOUND and max(len(named), len(rows)) < MOST_SEEN
        best, stems = list(hits.values())[:MOST_FOUND], {stem(word) for word in wanted}
        told = [each if each.snippet else Hit(each.iri, _around(texts.get(each.iri, ""), stems)) for each in best]
        return Found(told, alike, is_all, is_whole and is_read)

    def holding(self, part: str, most: int) -> tuple[list[str], bool] | None:
        """Returns the things that have a text in a name or a description, and whether none is left out.

        Of either at most `most`, whatever capitals and accents they have. None where the text has no words.

        Raises:
            EngineUnavailable: too many searches wait.
        """
        wanted = words(part)[:MOST_WORDS]
        if not wanted:
            return None
        with self._alone():
            within = [self._asked(_WITHIN, word, _MOST_WITHIN) for word in wanted]
            spelled = [[word for (word,) in rows] for rows, _ in within]
            if not all(spelled):
                return [], all(is_read for _, is_read in within)
            rare = [each for each in spelled if len(each) < _MOST_WITHIN]
            by_name, by_text = ([_any(map(form, each)) for each in rare or spelled] for form in (str, stem))
            text = folded(part).strip()
            named = self._asked(_NAME_HOLDS, f"{{name aliases}} : ({' AND '.join(by_name)})", text, most + 1)
            texts = self._asked(_TEXT_HOLDS, f"stems : ({' AND '.join(by_text)})", text, most + 1)
        is_all = bool(rare) and all(len(rows) <= most and is_read for rows, is_read in (named, texts))
        return list(dict.fromkeys(iri for rows, _ in (named, texts) for (iri,) in rows[:most])), is_all

    def beginning_with(self, asked: str) -> list[str]:
        """Returns the IRIs of the MOST_SUGGESTED things to suggest to who types: a name, number or alias begins so.

        Raises:
            EngineUnavailable: too many searches wait.
        """
        wanted = words(asked)[:MOST_WORDS]
        if not wanted:
            return []
        with self._alone():
            exact = self._exact(asked)
            parts = [_meant(word, self._endings(word, of="named")) for word in wanted]
            rows, _ = self._asked(_NAMED, f"{{number name aliases}} : ({' AND '.join(parts)})", MOST_SEEN)
        ranked = sorted(rows, key=_rank(asked, wanted))
        return list(dict.fromkeys((*exact, *(row[0] for row in ranked))))[:MOST_SUGGESTED]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=_MOST_WAITING):
            raise EngineUnavailable("Too many searches are waiting.", retry_after=1)
        try:
            yield
        finally:
            self._lock.release()

    def _exact(self, asked: str) -> list[str]:
        """Returns what is called so, whatever spaces, hyphens and capitals it has; a look-up that needs no bound."""
        return [iri for (iri,) in self._connection().execute(_EXACT, (key(asked),))]

    def _endings(self, beginning: str, *, of: str = "anywhere") -> list[str]:
        """Returns the words that begin so and stand in most things; `named` counts those with it in a name."""
        return [word for (word,) in self._asked(_ENDINGS, beginning, of)[0]]

    def _alike(self, asked: str) -> list[str]:
        """Returns things with a name that looks like a text, the most alike first."""
        text = key(asked)[:60]
        size = _PIECE if len(text) > _PIECE + 1 else 3
        shared: Counter[tuple[str, int, str]] = Counter()
        for piece in sorted({text[at : at + size] for at in range(len(text) - size + 1)}):
            shared.update(self._asked(_ALIKE, f'"{piece}"')[0])
        likeness: dict[str, tuple[float, int]] = {}
        for iri, weight, name in sorted(shared, key=lambda row: (-shared[row], row))[:_MOST_COMPARED]:
            # A part of a long name may be meant: as many words of it as were asked.
            shown, many = words(name), max(1, len(words(asked)))
            parts = [key(name), *(key(" ".join(shown[at : at + many])) for at in range(len(shown)))]
            best = max(SequenceMatcher(None, text, part, autojunk=False).ratio() for part in parts)
            likeness[iri] = max((best, weight), likeness.get(iri, (0.0, 0)))
        order = sorted(likeness, key=lambda iri: (-likeness[iri][0], -likeness[iri][1], iri))
        return [iri for iri in order if likeness[iri][0] >= _LEAST_ALIKE][:MOST_ALIKE]

    def _asked(self, query: str, *values: str | int) -> tuple[list[tuple[Any, ...]], bool]:
        connection = self._connection()
        until = time.thread_time() + MOST_SECONDS
        connection.set_progress_handler(lambda: time.thread_time() > until, _STEPS)
        try:
            return connection.execute(query, values).fetchall(), True
        except sqlite3.OperationalError:  # interrupted
            return [], False
        finally:
            connection.set_progress_handler(None, 0)  # the clock of this thread means nothing to the next one

    def _connection(self) -> sqlite3.Connection:
        """Returns the connection of this process: one may not be carried over a fork."""
        process = os.getpid()
        if process not in self._open:
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            connection.deserialize(self.database)
            connection.create_function("folded", 1, folded, deterministic=True)
            weakref.finalize(self, connection.close)
            self._open = {process: connection}
        return self._open[process]


def made(entries: Iterable[Entry]) -> Index:
    """Returns an index of things; of those that fit equally, those that come first are found first."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(_TABLES)
    named: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    with connection:
        for each in entries:
            names = [*each.names, *each.numbers, *each.aliases]
            keys = {key(name): None for name in names if key(name)}
            connection.executemany("INSERT INTO exact VALUES (?, ?, ?)", [(one, each.iri, each.weight) for one in keys])
            connection.executemany(
                "INSERT INTO names VALUES (?, ?, ?, ?)",
                [(each.iri, each.weight, name, key(name)) for name in each.names],
            )
            of_names = {word for name in names for word in words(name)}
            texts = {word for text in (*each.themes, each.text) for word in words(text)}
            named.update(of_names)
            anywhere.update(of_names.union(texts, *map(words, each.parties)))
            called = (
                " ".join(each.numbers),
                " ".join(map(folded, each.names)),
                " ".join(map(folded, each.aliases)),
                _BETWEEN.join(" ".join(map(stem, telling(words(name)))) for name in each.names),
            )
            more = (
                " ".join(map(folded, each.parties)),
                " ".join(map(folded, each.themes)),
                each.text,
                " ".join(sorted({stem(word) for word in texts})),
            )
            thing = (each.iri, each.weight, " ".join(map(key, each.names)), *called, *more)
            rowid = connection.execute("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", thing).lastrowid
            connection.execute(
                "INSERT INTO named(rowid, number, name, aliases, own) VALUES (?, ?, ?, ?, ?)", (rowid, *called)
            )
        connection.executemany(
            "INSERT INTO words VALUES (?, ?, ?)", [(word, named[word], anywhere[word]) for word in sorted(anywhere)]
        )
    connection.executescript(_OPTIMIZE)
    connection.commit()
    database = connection.serialize()
    connection.close()
    return Index(database)


def _meant(word: str, endings: Iterable[str]) -> str:
    """Returns what a word may mean, as FTS5 asks it: itself, its stem, or what begins so."""
    return _any((word, stem(word), *endings))


def _any(meant: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{each}"' for each in dict.fromkeys(meant)) + ")"


def _rank(asked: str, wanted: Sequence[str]) -> Callable[[Sequence[Any]], tuple[bool, bool, bool, int, float]]:
    """Returns what puts a thing before others: a name of the same words, that begins so, that has all the words.

    Then its weight, where its name begins so, and where the words stand.
    """
    beginning, stems = key(asked), {stem(word) for word in wanted}

    def rank(row: Sequence[Any]) -> tuple[bool, bool, bool, int, float]:
        _, weight, keys, *columns, own, parties, theme, text, _ = row
        held = [set(name.split()) for name in own.split(_BETWEEN)]
        begins = any(each.startswith(beginning) for each in keys.split())
        places, told = list(zip((*columns, parties, theme), _WORTH, strict=True)), text.lower()
        worth = 0.0
        for word in stems:
            often = told.count(word)
            worth += max((value for place, value in places if word in place), default=0) + often / (often + 1)
        return stems not in held, not begins, not any(stems <= each for each in held), -weight * begins, -worth

    return rank


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


def _around(text: str, stems: Collection[str]) -> list[tuple[str, bool]]:
    """Returns the words around the first that has one of the stems, for FTS5 marks only what stands there as asked."""
    found = list(re.finditer(r"[^\W_]+", text))
    place = next((at for at, each in enumerate(found) if stem(folded(each[0])) in stems), None)
    if place is None:
        return []
    start, end = found[max(0, place - 9)].start(), found[min(place + 8, len(found) - 1)].end()
    before, after = text[start : found[place].start()], text[found[place].end() : end]
    parts = [("…" * (start > 0) + before, False), (found[place][0], True), (after + "…" * (end < len(text)), False)]
    return [(part.replace("\n", " "), is_marked) for part, is_marked in parts if part]
