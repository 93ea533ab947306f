"""Makes mutants of agendas, has them read, and says what became of each: published, named, refused, or lost.

Used by `bench/mutations.py` for thousands and by `test_mutations` for a sample.
"""

from __future__ import annotations

import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random

from kennis_ld.agenda.privacy import Privacy
from kennis_ld.agenda.register import Register
from kennis_ld.agenda.rows import entries
from kennis_ld.errors import KennisError
from kennis_ld.model import Entry, Finding, Place, SourceRow
from kennis_ld.publication.language import default_words
from kennis_ld.reading import documents
from tests.reading import careful, conversions, here, mutants, mutants_parts, mutants_rows, mutants_text
from tests.reading.careful import Row
from tests.reading.mutants import City, Mutant, Rows
from tests.reading.mutants_rows import CHANGES, PLAIN
from tests.reading.mutants_text import BYTE_CHANGES, FORMS, OTHER_ENCODINGS, RIGHT_ENCODINGS, TEXT_CHANGES

SHARES: Mapping[str, float] = {
    **dict.fromkeys(FORMS, 3.0),
    "tekst.txt": 12.0,
    "puntkomma.csv": 8.0,
    "komma.csv": 6.0,
    "hand.xlsx": 9.0,
    "gedeeld.xlsx": 4.0,
    "blad.xlsx": 3.0,
    "hand.ods": 9.0,
    "blad.ods": 2.0,
    "hand.odt": 8.0,
    "tabel.odt": 2.0,
    "koppen.odt": 2.0,
    "hand.docx": 13.0,
    "tabel.docx": 1.5,
    "koppen.docx": 1.5,
    "hand.html": 9.0,
    "tabel.html": 3.0,
    "koppen.html": 2.0,
    "tabel.pdf": 3.0,
}
"""How much of a campaign each kind of document gets. A PDF takes a hundred times what a text takes."""

MOST_ROWS: Mapping[str, int] = {"tabel.pdf": 8, "tabel.docx": 12, "koppen.docx": 12}
"""Rows of the agenda in a mutant, where it is not the whole agenda."""

_HEADERS = {"move_the_header", "drop_the_header", "move_a_row", "swap_rows"}
_NOT_WRITTEN: Mapping[str, set[str]] = {
    "koppen.html": _HEADERS,  # these writers set the first row over each table or page
    "koppen.docx": _HEADERS,
    "koppen.odt": _HEADERS,
    "tabel.pdf": _HEADERS,
    "blad.xlsx": {"cell_without_end"},  # its library cuts a text off at 32,767 characters
}

PRIVACY = Privacy(default_words(), Register([], []))
TWICE = 0.25
"""Share of the mutants with a second change beside the first."""

SECONDS = 60
FORMAT_SAYS = {"encoding-guessed", "word-broken-at-line", "kind-differs", "text-outside-table", "comments"}
OUTCOMES = ("as it was", "published", "named", "refused", "contained", "LOST")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant: one of `OUTCOMES`, and why."""

    what: str
    why: str = ""


def mutant(seed: str, cities: Sequence[City], form: str = "") -> Mutant | None:
    """Returns the mutant of this seed; None where the change cannot be written in its kind of document."""
    chance = Random(seed)
    city = chance.choice([cities[0], *cities])
    form = form or chance.choices(list(SHARES), list(SHARES.values()))[0]
    rows = mutants.cut(chance, city, MOST_ROWS.get(form, chance.choice((8, 16, 100))))
    if form in FORMS:
        return _text_mutant(chance, city, form, rows)
    if form.startswith(("hand", "gedeeld")) and chance.random() < 0.45:
        features = mutants_parts.FEATURES[form][2]
        name = chance.choice(sorted(features))
        content, shown, need = mutants_parts.with_feature(rows, form, name, chance)
        return Mutant(city, name, form, form, content, shown, need=need)
    if chance.random() < 0.35:
        return _damaged(chance, city, form, rows)
    names = sorted(PLAIN if form == "tabel.pdf" else CHANGES)
    name = chance.choice(names)
    if name in _NOT_WRITTEN.get(form, ()):
        return None
    changed = CHANGES[name](chance, rows)
    if chance.random() < TWICE:
        second = chance.choice([other for other in names if other not in _NOT_WRITTEN.get(form, ())])
        changed, name = CHANGES[second](chance, changed), f"{name} +"
    if form.startswith("koppen") and not _has_header(changed):
        return None
    content = written(changed, form)
    if content is None:
        return None
    same = name in mutants_rows.SAYS_NOTHING and not form.startswith("koppen")
    return Mutant(city, name, form, form, content, seen(changed, form), same=same)


def _has_header(rows: Rows) -> bool:
    """Whether the first row of several cells is one: what is written over each table."""
    first = next((row for row in rows if len(row) > 1), ())
    return sum(bool(cell.strip()) for cell in first) > 1


def seen(rows: Rows, form: str) -> list[Row]:
    """Returns what a person sees in a document of rows."""
    width = max(map(len, rows), default=0)
    if form not in {"tabel.html", "koppen.html"}:
        first = next((at for at, row in enumerate(rows) if len(row) > 1), len(rows))
        return [
            Row(row, line=True)
            if len(row) == 1 and (form == "tabel.pdf" or at < first or width == 1)
            else Row((*row, *[""] * (width - len(row))))
            for at, row in enumerate(rows)
        ]
    head = next((len(row) for row in rows if len(row) > 1), 0)
    # A browser leaves the last cells of a short row empty; which cells a long row has too many, nobody knows.
    padded = [(*row, *[""] * (head - len(row) if len(row) > 1 else 0)) for row in rows]
    return [Row(row, line=len(row) == 1, ragged=len(row) > head) for row in padded]


def written(rows: Rows, form: str) -> bytes | None:
    if not rows:
        return None
    if form.startswith(("hand", "gedeeld")):
        return mutants_parts.plain(rows, form)
    with tempfile.TemporaryDirectory() as folder:
        try:
            conversions.WRITERS[form](rows, Path(folder, form))
        except Exception:  # what the library of the test cannot write is no mutant
            return None
        return Path(folder, form).read_bytes()


def _text_mutant(chance: Random, city: City, form: str, rows: Rows) -> Mutant | None:
    how = FORMS[form]
    kind = chance.choices(("table", "text", "encoding", "bytes"), (35, 40, 10, 15))[0]
    text = mutants_text.written(rows, how)
    name = form
    if kind == "encoding":
        encoding = chance.choice((*RIGHT_ENCODINGS, *RIGHT_ENCODINGS, *OTHER_ENCODINGS))
        try:
            content = mutants_text.encoded(text, encoding, chance)
        except UnicodeEncodeError:
            return None
        right = encoding in RIGHT_ENCODINGS
        doubtful = "" if right else "encoding-guessed"
        seen = mutants_text.seen(text, how)
        return Mutant(city, f"in {encoding}", form, name, content, seen, [text], same=right, doubtful=doubtful)
    same = False
    if kind == "table":
        change = chance.choice(sorted(CHANGES))
        text = mutants_text.written(CHANGES[change](chance, rows), how)
        same = change in mutants_rows.SAYS_NOTHING
        if chance.random() < TWICE:
            text, same = TEXT_CHANGES[chance.choice(sorted(TEXT_CHANGES))](chance, text, how), False
            change = f"{change} +"
    elif kind == "text":
        change = chance.choice(sorted(TEXT_CHANGES))
        same = change in mutants_text.SAYS_NOTHING
        text = TEXT_CHANGES[change](chance, text, how)
        if chance.random() < TWICE:
            text, same = TEXT_CHANGES[chance.choice(sorted(TEXT_CHANGES))](chance, text, how), False
            change = f"{change} +"
    else:
        change = chance.choice(sorted(BYTE_CHANGES))
    try:
        content = text.encode(how.encoding)
    except UnicodeEncodeError:
        return None
    if kind == "bytes":
        content = BYTE_CHANGES[change](chance, content)
        known = mutants_text.understood(content, how.encoding)
        if not known:
            western = content.decode("cp1252", "replace")
            return Mutant(city, change, form, name, content, None, [western], doubtful="encoding-guessed")
        text = known[0]
    if not content:
        return None
    seen = mutants_text.seen(text, how)
    need = frozenset({"row-in-quotes"}) if mutants_text.swallowed(text, how) else frozenset()
    head = next((line for line in text.splitlines() if line.count(how.delimiter) > 1), "")
    doubtful = "row-in-quotes" if need and head.count('"') % 2 else ""  # a header that goes on is none that we know
    return Mutant(city, change, form, name, content, seen, [text], same=same, need=need, doubtful=doubtful)


def _damaged(chance: Random, city: City, form: str, rows: Rows) -> Mutant | None:
    content = written(rows, form)
    if content is None:
        return None
    shown = seen(rows, form)
    zipped = content.startswith(b"PK")
    if zipped and chance.random() < 0.6:
        if chance.random() < 0.5:
            kind, changed = mutants_parts.part_changed(content, chance)
            return Mutant(city, kind, form, form, changed, shown, alike=True, before=content)
        changed, texts = mutants_parts.markup_changed(content, chance)
        if texts and set(careful.words(" ".join(_header(city)))) - set(careful.words(texts[0])):
            return None  # the header is no data: who changes a letter of it has changed no word of the agenda
        return Mutant(city, "letter of the XML changed", form, form, changed, None, texts)
    change = chance.choice(sorted(BYTE_CHANGES))
    changed = BYTE_CHANGES[change](chance, content)
    if zipped or form.endswith(".pdf"):
        return Mutant(city, change, form, form, changed, shown, alike=True, before=content)
    return None  # what the bytes of a web page then say, only a browser knows


@lru_cache(maxsize=4)
def _reading_before(content: bytes, name: str, city: int) -> tuple[list[Entry | Finding], BaseException | None]:
    return read(content, name, _CITIES[city], inside=True)


_CITIES: dict[int, City] = {}


def judged(given: Mutant, *, inside: bool = True) -> Outcome:
    """Returns what became of a mutant.

    Args:
        given: the mutant.
        inside: whether it is read in this process; else in the one that can be killed, as a document of a city is.
    """
    found, error = read(given.content, given.name, given.city, inside=inside)
    _CITIES[id(given.city)] = given.city
    if isinstance(error, KennisError):
        if not (error.what and error.where and error.remedy):
            return Outcome("LOST", f"an error without place or remedy: {error!r}")
        return Outcome("LOST", f"refused for nothing: {error}") if given.same else Outcome("refused", str(error))
    if error is not None:
        if isinstance(error, TimeoutError) or not inside or given.form in FORMS:
            return Outcome("LOST", f"ended by {error!r}")
        return Outcome("contained", repr(error))  # the process that reads makes a refusal of it
    codes = {item.code for item in found if isinstance(item, Finding)}
    if given.alike:
        before, _ = _reading_before(given.before, given.name, id(given.city))
        if _alike(before) == _alike(found):
            return Outcome("as it was")
        return (
            Outcome("LOST", "another reading than before the damage")
            if given.form != "tabel.pdf"
            else _pdf(given, found)
        )
    if given.doubtful in codes:
        return Outcome("named", given.doubtful)
    wrong = [f"no finding {code}" for code in given.need - codes]
    if given.rows is not None:
        wrong += careful.wrong(given.rows, found, given.city.columns)
    else:
        wrong += [f"word is lost: {word}" for word in careful.lost(given.texts, found, header=_header(given.city))]
    missing = careful.party_words_lost(found, given.city.register, _PARTIES_SEEN)
    wrong += [f"word of a parties cell is lost: {word}" for word in missing]
    if wrong:
        return Outcome("LOST", "; ".join(wrong[:6]))
    return Outcome("named" if codes - FORMAT_SAYS - {"number-left-out"} else "published")


_PARTIES_SEEN: set[tuple[object, str]] = set()


def _pdf(given: Mutant, found: Sequence[Entry | Finding]) -> Outcome:
    """Judges a damaged PDF by what another library can read of it: those words must be there."""
    from pypdfium2 import PdfDocument, PdfiumError

    texts = []
    try:
        with PdfDocument(given.content) as pdf:
            texts += [page.get_textpage().get_text_bounded() for page in pdf]
    except PdfiumError:
        return Outcome("LOST", "published what another library cannot even open")
    lost = careful.lost(
        [text.replace("\ufffe", "").replace("\r\n", " ") for text in texts], found, header=_header(given.city)
    )
    return (
        Outcome("LOST", f"words are lost: {lost[:8]}") if lost else Outcome("published", "letters of the PDF changed")
    )


def _header(city: City) -> tuple[str, ...]:
    return next(row for row in city.rows if len(row) > 1)


def _alike(found: Sequence[Entry | Finding]) -> tuple[list[Entry], Counter[tuple[str, str]]]:
    given = [replace(item, place=Place("")) for item in found if isinstance(item, Entry)]
    return given, Counter((item.code, item.words) for item in found if isinstance(item, Finding))


def read(content: bytes, name: str, city: City, *, inside: bool) -> tuple[list[Entry | Finding], BaseException | None]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        rows = in_this_process(path) if inside else documents.rows(path)
        try:
            with closing(rows), _at_most(SECONDS):  # or the next one is read in this process as well
                return list(
                    entries(rows, columns=city.columns, themes=city.themes, document=name, privacy=PRIVACY)
                ), None
        except Exception as error:  # any other is what the campaign looks for
            return [], error


def in_this_process(*paths: Path) -> Iterator[SourceRow | Finding]:
    """Reads documents as `documents.rows_of` does, without a process of their own."""
    with here.in_this_process():
        yield from documents.rows_of(paths)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Stops what hangs."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
