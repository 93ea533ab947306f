"""The changes of the data as a Linked Data Event Stream (LDES 1.0, draft of 25 November 2025, and its server primer).

In go two states of the data, each a sorted list of things with their statements; out come the members of the stream:
versions of things, one for each that came, changed or went. All that one release changed is one transaction. A member
says what happened in the words of Activity Streams, next to all that is said of the thing now, so that it can be read
in any form of RDF. No blank nodes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias
from urllib.parse import quote

from rdflib import Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD

from kennis_ld.graph import formats
from kennis_ld.graph.statements import Triple, belongs, labels, types
from kennis_ld.graph.things import Terms, link, minted
from kennis_ld.iri import Iris
from kennis_ld.model.texts import Texts, around
from kennis_ld.vocabulary import ADMS, AS, LDES, TREE

COMPLETED = URIRef("http://purl.org/adms/status/Completed")
"""What the last member of a transaction has as its status."""

SPECIFICATION = URIRef("https://w3id.org/ldes/specification")
"""What the stream conforms to."""

POLLING_SECONDS = 3600
"""How often it makes sense to look: an agenda changes a few times a year, and a correction should not wait a day."""

Thing: TypeAlias = tuple[bytes, Sequence[bytes] | None]
"""A subject as N-Triples writes it, and what follows it on each of its lines; None where that is not known any more."""

_GONE = f'<{OWL.deprecated}> "true"'.encode()
_ADMS, _AS, _TREE = Terms(ADMS), Terms(AS), Terms(TREE)
_TYPE = link(RDF.type)
_BOUNDS = {"from": TREE.GreaterThanOrEqualToRelation, "to": TREE.LessThanOrEqualToRelation}
_KINDS = {"created": AS.Create, "updated": AS.Update, "deleted": AS.Delete}


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one thing.

    Attributes:
        kind: `created`, `updated` or `deleted`.
        subject: the thing, as N-Triples writes it.
        statements: what is said of it now, without the subject; of a thing that was deleted what remains of it.
    """

    kind: str
    subject: bytes
    statements: Sequence[bytes]

    @property
    def iri(self) -> str:
        """IRI of the thing."""
        return self.subject[1:-1].decode()


@dataclass(frozen=True, slots=True)
class Page:
    """Where a member stands.

    Attributes:
        number: of the page within it, from 1.
        when: moment of the transaction, as ISO 8601 writes it, with a time zone.
    """

    transaction: int
    number: int
    when: str


def things(lines: Iterable[bytes]) -> Iterator[Thing]:
    """Yields the things of the default graph of sorted N-Quads, each with its statements."""
    about, found = b"", list[bytes]()
    for line in lines:
        if formats.in_default_graph(line):
            subject, rest = line.split(b" ", 1)
            if subject != about:
                if found:
                    yield about, found
                about, found = subject, []
            found.append(rest)
    if found:
        yield about, found


def events(before: Iterable[Thing], after: Iterable[Thing]) -> Iterator[Event]:
    """Yields what happened between two states, by subject; both are sorted by subject.

    A thing that is deprecated is one that was deleted: its address answers 410, and what is said of it says why.
    """
    both = heapq.merge(
        ((subject, 0, statements) for subject, statements in before),
        ((subject, 1, statements) for subject, statements in after),
    )
    for subject, found in groupby(both, key=itemgetter(0)):
        said = {at: statements for _, at, statements in found}
        existed, exists = (at in said and _is_there(said[at]) for at in (0, 1))
        now = said.get(1) or ()
        if exists and said.get(0, ()) != now:
            yield Event("updated" if existed else "created", subject, now)
        elif existed and not exists:
            yield Event("deleted", subject, now)


def _is_there(statements: Sequence[bytes] | None) -> bool:
    return statements is None or not any(line.startswith(_GONE) for line in statements)


def member(event: Event, page: Page, iris: Iris, *, is_last: bool) -> Iterator[bytes]:
    """Yields a member of the stream as lines of N-Triples.

    Args:
        is_last: whether it is the last of its transaction, which is complete with it.
    """
    thing = event.iri
    # A fragment, so that the address of a version is that of the page on which it stands for ever.
    key = quote(iris.reference(thing), safe="/")
    version = minted(f"{iris.stream_page(page.transaction, page.number)}#{key}")
    stream, published, context = _of_page(page, iris)
    told = [
        f"{stream} {_TREE.member} {version}",
        f"{version} {_TYPE} {link(_KINDS[event.kind])}",
        f"{version} {_AS.object} {event.subject.decode()}",
        f"{version} {_AS.published} {published}",
        f"{version} {_AS.context} {context}",
    ]
    if is_last:
        told.append(f"{version} {_ADMS.status} {link(COMPLETED)}")
    yield from (f"{statement} .\n".encode() for statement in told)
    subject = f"{version} ".encode()
    yield b"".join(subject + rest for rest in event.statements)


@lru_cache(maxsize=1)
def _of_page(page: Page, iris: Iris) -> tuple[str, str, str]:
    """Returns the stream, the moment and the transaction of all members on a page, as N-Triples writes them."""
    moment = formats.written(_moment(page.when))
    return minted(stream_iri(iris)), moment, minted(f"{iris.stream_page(page.transaction, 1)}#transaction")


def deleted_or_there(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yields each thing that the members in a page are about, and whether it is there after that."""
    about, gone = f" <{AS.object}> ".encode(), f" <{RDF.type}> <{AS.Delete}> .".encode()
    is_gone = False
    for line in lines:
        if gone in line:
            is_gone = True
        elif about in line:
            yield line.partition(about)[2].split(b" ", 1)[0], not is_gone
            is_gone = False


def page_triples(page: Page, iris: Iris, *, others: Iterable[int] = ()) -> Iterator[Triple]:
    """Yields what a page says of itself: that it never changes, and where the rest of its transaction stands."""
    here = URIRef(iris.stream_page(page.transaction, page.number))
    yield from types(here, TREE.Node)
    yield here, LDES.immutable, Literal("true", datatype=XSD.boolean)
    for number in others:
        yield from _relations(here, Page(page.transaction, number, page.when), iris)


def without_relations(lines: bytes, page: Page, iris: Iris, *, others: Iterable[int]) -> bytes:
    """Returns a page as N-Triples without what leads to others, which are gone.

    Server primer, "Log compaction": no relation points to a node that was removed.
    """
    here = iris.stream_page(page.transaction, page.number)
    gone = [f"<{here}#{name}-{page.transaction}-{number}>" for number in others for name in _BOUNDS]
    starts = tuple(f"{start}{each}".encode() for each in gone for start in ("", f"<{here}> <{TREE.relation}> "))
    return b"".join(line for line in lines.splitlines(keepends=True) if not line.startswith(starts))


def view_triples(
    pages: Sequence[Page], iris: Iris, *, title: Texts, part: tuple[str, str] | None = None
) -> Iterator[Triple]:
    """Yields the view on the stream: what it means, what is kept, and where each transaction begins.

    Args:
        pages: the first page of each transaction, the oldest first; where that is gone, those that it led to.
        title: name of the publication.
        part: IRI of the dataset whose changes these are, and of its licence; None where that is not told.
    """
    view, stream, kept = URIRef(iris.stream), stream_iri(iris), URIRef(f"{iris.stream}#retention")
    yield from types(stream, LDES.EventStream)
    yield from labels(stream, RDFS.label, **around(title, nl="Wijzigingen: {}", en="Changes: {}", other="{} (LDES)"))
    yield stream, TREE.view, view
    if part is not None:
        yield from belongs(stream, *part)
    yield stream, LDES.timestampPath, AS.published
    yield stream, LDES.versionOfPath, AS.object
    for path, prop, kind in (
        (LDES.versionCreatePath, LDES.versionCreateObject, AS.Create),
        (LDES.versionUpdatePath, LDES.versionUpdateObject, AS.Update),
        (LDES.versionDeletePath, LDES.versionDeleteObject, AS.Delete),
    ):
        yield stream, path, RDF.type
        yield stream, prop, kind
    yield stream, LDES.transactionPath, AS.context
    yield stream, LDES.transactionFinalizedPath, ADMS.status
    yield stream, LDES.transactionFinalizedObject, COMPLETED
    yield stream, LDES.pollingInterval, Literal(str(POLLING_SECONDS), datatype=XSD.integer)
    yield from types(view, TREE.Node)
    # Server primer, "Log compaction": one policy at most, and an IRI. Everything since the first page is kept.
    yield view, LDES.retentionPolicy, kept
    yield from types(kept, LDES.RetentionPolicy)
    for page in pages[:1]:
        yield kept, LDES.startingFrom, _moment(page.when)
    for page in pages:
        yield from _relations(view, page, iris)


def stream_iri(iris: Iris) -> URIRef:
    """Returns the IRI of the stream; its view and its pages are documents about it."""
    return URIRef(f"{iris.stream}#stream")


def _relations(of: URIRef, page: Page, iris: Iris) -> Iterator[Triple]:
    """Yields both bounds of a page, the moment of all its members (server primer, "Paginating")."""
    there = URIRef(iris.stream_page(page.transaction, page.number))
    for name, kind in _BOUNDS.items():
        relation = URIRef(f"{of}#{name}-{page.transaction}-{page.number}")
        yield of, TREE.relation, relation
        yield from types(relation, kind)
        yield relation, TREE.node, there
        yield relation, TREE.path, AS.published
        yield relation, TREE.value, _moment(page.when)


def _moment(when: str) -> Literal:
    return Literal(when, datatype=XSD.dateTime, normalize=False)
