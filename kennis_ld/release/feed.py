"""The feed: what each change of the current release changed in the data, kept beside the releases in `feed/`.

Every change is a transaction: a folder with its number, in which `transaction.json` says what it is and `1.nt`, `2.nt`,
… hold the members of the stream (`kennis_ld.graph.stream`) as they are served. It is written whole before the link to
the current release is moved, and never again. So the feed only grows, also by a rollback, and what a follower has read
stays true. What it holds depends on nothing but the releases and the moment.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from rdflib.namespace import SKOS

from kennis_ld.errors import DamagedRelease
from kennis_ld.graph import formats, stream
from kennis_ld.graph.statements import Triple
from kennis_ld.graph.stream import Event, Page
from kennis_ld.iri import Iris
from kennis_ld.release import manifest
from kennis_ld.release.diff import difference, state
from kennis_ld.release.differing import differing
from kennis_ld.release.disk import flush
from kennis_ld.release.manifest import FileFacts

FOLDER = "feed"
MOST_MEMBERS = 250
"""Members on a page: some 400 kB as N-Triples, a tenth of that when compressed."""

MOST_COMPARED = 20_000
MOST_TOLD = 500
"""Projects whose changes are worked out in words, and of those how many of each kind are written down."""

_FACTS = "transaction.json"


@dataclass(frozen=True, slots=True)
class Transaction:
    """What one change of the current release changed.

    Attributes:
        number: from 1 on; the order of the transactions.
        when: moment in UTC, as ISO 8601 writes it; later than that of the transaction before.
        before: name of the release before; empty where there was none.
        after: name of the release after.
        base_uri: where the IRIs of the release after begin.
        counts: how many things were created, updated and deleted, by kind and by concept.
        told: what changed about projects (`Difference.as_json`, and `counts` of each list); None where that was not
            compared: at the first release, or where too much changed.
        pages: digest and size of each page.
    """

    number: int
    when: str
    before: str
    after: str
    base_uri: str
    counts: Mapping[str, Mapping[str, int]]
    told: Mapping[str, Any] | None
    pages: Sequence[FileFacts]


def transactions(releases: Path, base_uri: str) -> Sequence[Transaction]:
    """Returns the transactions of a stream, the oldest first: those of releases under one base."""
    return [each for each in _all(releases) if each.base_uri == base_uri]


def until(release: str, known: Sequence[Transaction]) -> Sequence[Transaction]:
    """Returns the transactions that lead to a release: what a site that serves it may tell."""
    last = max((place for place, each in enumerate(known, 1) if each.after == release), default=0)
    return known[:last]


def page(releases: Path, transaction: Transaction, number: int) -> bytes | None:
    """Returns a page as N-Triples; None where the administrator has removed it.

    Raises:
        DamagedRelease: it is not what was written.
    """
    path = _folder(releases, transaction.number) / f"{number}.nt"
    if not path.is_file():
        return None
    if manifest.file_facts(path) != transaction.pages[number - 1]:
        raise _damaged(path)
    return path.read_bytes()


def missing(releases: Path, transaction: Transaction) -> Sequence[int]:
    """Returns the numbers of the pages that the administrator has removed."""
    folder = _folder(releases, transaction.number)
    there = {path.name for path in folder.iterdir()}
    return [number for number in range(1, len(transaction.pages) + 1) if f"{number}.nt" not in there]


def write(releases: Path, *, before: str, after: str, when: datetime) -> None:
    """Writes what a change of the current release changes; to be called with the lock, before the link is moved.

    It follows on what the feed told last, so that it is right where a change was stopped or the link moved by hand.

    Args:
        before: name of the release before; empty where there was none.
        after: name of the release after, which has been verified.
        when: the moment of the change.

    Raises:
        OSError: it cannot be written; then nothing is.
    """
    base = manifest.read(releases / after).base_uri
    every = _all(releases)
    known = [each for each in every if each.base_uri == base]
    if every and (earliest := datetime.fromisoformat(every[-1].when) + timedelta(milliseconds=1)) > when:
        when = earliest
    if known:
        before = known[-1].after
    number = every[-1].number + 1 if every else 1
    work = Path(tempfile.mkdtemp(prefix=".staging-", dir=releases))
    try:
        draft = _Draft(work, Iris(base), Page(number, 1, when.isoformat(timespec="milliseconds")))
        old = _statements(releases / before) if known else None
        new = releases / after / manifest.STATEMENTS
        with new.open("rb") as lines:
            if old is None:
                draft.add(stream.events(_things_before(releases, known), stream.things(lines)))
            else:
                with old.open("rb") as earlier:
                    found = differing(earlier, lines)
                    draft.add(event for both in found for event in stream.events(*map(stream.things, both)))
        told = _told(old, new, draft.projects, Iris(base)) if old else None
        pages = [manifest.file_facts(path) for path in draft.paths]
        facts = Transaction(number, draft.start.when, before, after, base, draft.counted(), told, pages)
        text = json.dumps(asdict(facts), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (work / _FACTS).write_text(text, encoding="utf-8", newline="\n")
        for path in (*work.iterdir(), work):
            path.chmod(0o755 if path == work else 0o644)
            flush(path)
        target = _folder(releases, number)
        target.parent.mkdir(exist_ok=True)
        work.rename(target)
        flush(target.parent)
        flush(releases)
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Draft:
    """One transaction that is being written: its pages, and what is counted on the way."""

    def __init__(self, folder: Path, iris: Iris, start: Page) -> None:
        self.start = start
        self.paths: list[Path] = []
        self.projects: set[str] = set()
        self._folder = folder
        self._iris = iris
        self._counts: dict[str, Counter[str]] = {}

    def add(self, events: Iterable[Event]) -> None:
        """Writes the members, a page after the other, and on the first page where the others are."""
        rest = iter(events)
        members = [*islice(rest, MOST_MEMBERS)]
        while members:
            following = [*islice(rest, MOST_MEMBERS)]
            self._write(members, is_last=not following)
            members = following
        for number, path in enumerate(self.paths, 1):
            others = range(2, len(self.paths) + 1) if number == 1 else ()
            with path.open("ab") as page:
                triples = stream.page_triples(replace(self.start, number=number), self._iris, others=others)
                page.writelines(f"{line}\n".encode() for line in formats.lines(triples))

    def _write(self, members: Sequence[Event], *, is_last: bool) -> None:
        number = len(self.paths) + 1
        self.paths.append(self._folder / f"{number}.nt")
        here = replace(self.start, number=number)
        with self.paths[-1].open("wb") as page:
            for place, event in enumerate(members, 1):
                ends = is_last and place == len(members)
                page.writelines(stream.member(event, here, self._iris, is_last=ends))
                concept, _, key = self._iris.reference(event.iri).partition("/")
                self._counts.setdefault(event.kind, Counter())[concept] += 1
                if concept in {"project", "deelname"}:
                    self.projects.add(key.partition("--")[0])

    def counted(self) -> Mapping[str, Mapping[str, int]]:
        """Returns how many things were created, updated and deleted, by kind and by concept."""
        return {kind: dict(sorted(counts.items())) for kind, counts in sorted(self._counts.items())}


def _told(old: Path, new: Path, keys: Collection[str], iris: Iris) -> Mapping[str, Any] | None:
    """Returns what changed about these projects, in the terms of `kennis_ld.release.diff`."""
    if len(keys) > MOST_COMPARED:
        return None
    states = [state(_about(path, keys, iris), iris) for path in (old, new)]
    found = difference(*states).as_json()
    lists = ("new", "gone", "changed")
    return {name: found[name][:MOST_TOLD] for name in lists} | {"counts": {name: len(found[name]) for name in lists}}


def _about(statements: Path, keys: Collection[str], iris: Iris) -> Iterator[Triple]:
    """Yields the statements about projects and who takes part in them, and the names of organisations and themes."""
    start = f"<{iris.things}".encode()
    of_projects = (start + b"project/", start + b"deelname/")
    with_names = (start + b"organisatie/", start + b"thema/")
    named = f"> <{SKOS.prefLabel}> ".encode()
    wanted = {key.encode() for key in keys}

    def is_about(line: bytes) -> bool:
        if line.startswith(of_projects):
            key = line[line.index(b"/", len(start)) + 1 : line.index(b">")]
            return key.partition(b"--")[0] in wanted
        return named in line and line.startswith(with_names)

    with statements.open("rb") as lines:
        found = b"".join(line for line in lines if is_about(line) and formats.in_default_graph(line))
    return formats.parsed(found, "nt")


def _things_before(releases: Path, known: Sequence[Transaction]) -> Iterator[stream.Thing]:
    """Yields the things that the feed told so far, where it is not known any more what was said about them."""
    there: dict[bytes, bool] = {}
    for transaction in known:
        for number in range(1, len(transaction.pages) + 1):
            there |= stream.deleted_or_there((page(releases, transaction, number) or b"").splitlines())
    yield from ((subject, None) for subject in sorted(there) if there[subject])


def _statements(folder: Path) -> Path | None:
    """Returns the statements of a release; None where they are gone or not those that were published."""
    path = folder / manifest.STATEMENTS
    try:
        return path if manifest.file_facts(path) == manifest.read(folder).files[manifest.STATEMENTS] else None
    except (DamagedRelease, OSError, KeyError):
        return None


def _all(releases: Path) -> Sequence[Transaction]:
    found = []
    for path in (releases / FOLDER).glob(f"*/{_FACTS}"):
        try:
            values = json.loads(path.read_bytes())
            values["pages"] = [FileFacts(**facts) for facts in values["pages"]]
            found.append(Transaction(**values))
        except (ValueError, TypeError, KeyError) as error:
            raise _damaged(path) from error
    return sorted(found, key=lambda each: each.number)


def _damaged(path: Path) -> DamagedRelease:
    return DamagedRelease(
        "This file of the change feed is not what was written.", where=str(path), remedy="Put it back from a copy."
    )


def _folder(releases: Path, number: int) -> Path:
    return releases / FOLDER / f"{number:06}"
