"""Reads the published W3C SPARQL 1.1 test suite (w3c/rdf-tests, sparql/sparql11): its manifests as values.

The suite is test data of others and stands outside this repository: beside it, or where KENNIS_LD_STANDARDS says. IRIs
are those of the suite as published, so that a test has the same name on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

_STANDARDS = Path(os.environ.get("KENNIS_LD_STANDARDS", Path(__file__).resolve().parents[3] / "shared" / "standards"))
SUITE = _STANDARDS / "w3c" / "sparql11-tests"
ABSENT = f"the W3C tests are not at {SUITE}: clone w3c/rdf-tests and set KENNIS_LD_STANDARDS"
"""Why the tests skip where the suite is absent; the folder has `w3c/sparql11-tests` with the contents of sparql11."""

PUBLISHED = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Case:
    """A test of a manifest.

    Attributes:
        name: folder and local name, as `aggregates/agg01`.
        kind: local name of its class.
        query: file of the query; None where it has none.
        data: files of the default graph.
        graphs: files of the named graphs, by their IRI.
        result: file of the expected result; None where it has none.
        calls: whether other servers take part in it (qt:serviceData).
        requests: what a protocol test sends.
    """

    name: str
    kind: str
    query: Path | None = None
    data: tuple[Path, ...] = ()
    graphs: tuple[tuple[str, Path], ...] = ()
    result: Path | None = None
    calls: bool = False
    requests: tuple[Request, ...] = ()

    @property
    def text(self) -> str:
        """The query."""
        assert self.query is not None
        return self.query.read_text(encoding="utf-8")

    @property
    def base(self) -> str:
        """What relative IRIs in the query are resolved against: where the query is published."""
        assert self.query is not None
        return address(self.query)


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a protocol test and what must come back.

    Attributes:
        target: what stands behind the address of the endpoint, from the question mark on.
        statuses: first digits that the status may have.
        boolean: what an ASK must say; None where that is not the point.
        form: `boolean`, `tabular` or `RDF`; None where that is not the point.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    statuses: frozenset[int] = field(default_factory=frozenset)
    boolean: bool | None = None
    form: str | None = None


def address(path: Path) -> str:
    """Returns the published IRI of a file."""
    return PUBLISHED + path.relative_to(SUITE).as_posix()


def is_there() -> bool:
    """Whether the suite can be read."""
    return (SUITE / "manifest-all.ttl").is_file()


@cache
def cases(*kinds: str) -> tuple[Case, ...]:
    """Returns all tests of these classes, by name."""
    found = [case for manifest in sorted(SUITE.glob("*/manifest.ttl")) for case in _Manifest(manifest).cases()]
    return tuple(sorted((case for case in found if case.kind in kinds), key=lambda case: case.name))


class _Manifest:
    def __init__(self, path: Path) -> None:
        self._folder = path.parent.name
        self._store = ox.Store()
        self._store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=address(path))

    def cases(self) -> Iterator[Case]:
        for manifest in self._subjects(f"{RDF}type", ox.NamedNode(f"{MF}Manifest")):
            for entries in self._objects(manifest, f"{MF}entries"):
                for entry in self._list(entries):
                    yield self._case(entry)

    def _case(self, entry: Term) -> Case:
        assert isinstance(entry, ox.NamedNode)
        name = f"{self._folder}/{entry.value.rpartition('#')[2].rpartition('/')[2]}"
        kind = _local(self._one(entry, f"{RDF}type"))
        action = self._one(entry, f"{MF}action")
        result = self._one(entry, f"{MF}result")
        if kind == "ProtocolTest":
            return Case(name, kind, graphs=tuple(self._graphs(entry, UT)), requests=tuple(self._requests(action)))
        query = self._one(action, f"{QT}query") or action
        return Case(
            name,
            kind,
            query=_path(query) if isinstance(query, ox.NamedNode) else None,
            data=tuple(_path(each) for each in self._objects(action, f"{QT}data")),
            graphs=tuple(self._graphs(action, QT)),
            result=_path(result) if isinstance(result, ox.NamedNode) else None,
            calls=any(True for _ in self._objects(action, f"{QT}serviceData")),
        )

    def _graphs(self, subject: Term | None, namespace: str) -> Iterator[tuple[str, Path]]:
        for each in self._objects(subject, f"{namespace}graphData"):
            file, label = self._one(each, f"{namespace}graph"), self._one(each, f"{RDFS}label")
            if isinstance(each, ox.NamedNode):
                yield each.value, _path(each)
            elif file is not None and label is not None:
                yield label.value, _path(file)  # type: ignore[union-attr]

    def _requests(self, action: Term | None) -> Iterator[Request]:
        for each in self._list(self._one(action, f"{HT}requests")):
            answer = self._one(each, f"{HT}resp")
            headers = [
                (self._text(header, f"{HT}fieldName"), self._text(header, f"{HT}fieldValue"))
                for header in self._list(self._one(each, f"{HT}headers"))
            ]
            content = self._one(each, f"{HT}body")
            boolean, form = self._text(answer, f"{MF}expectedBoolean"), self._text(answer, f"{MF}expectedFormat")
            yield Request(
                self._text(each, f"{HT}methodName"),
                self._text(each, f"{HT}absolutePath").removeprefix("/sparql/"),
                tuple(headers),
                None
                if content is None
                else self._text(content, f"{CNT}chars").encode(self._text(content, f"{CNT}characterEncoding")),
                frozenset(int(_local(status)[10]) for status in self._objects(answer, f"{MF}expectedStatus")),
                boolean == "true" if boolean else None,
                form or None,
            )

    def _subjects(self, predicate: str, value: Term) -> Iterator[Term]:
        yield from (quad.subject for quad in self._store.quads_for_pattern(None, ox.NamedNode(predicate), value))

    def _objects(self, subject: Term | None, predicate: str) -> Iterator[Term]:
        if isinstance(subject, Node):
            yield from (quad.object for quad in self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None))

    def _one(self, subject: Term | None, predicate: str) -> Term | None:
        return next(self._objects(subject, predicate), None)

    def _text(self, subject: Term | None, predicate: str) -> str:
        value = self._one(subject, predicate)
        return value.value if isinstance(value, ox.Literal) else ""

    def _list(self, head: Term | None) -> Iterator[Term]:
        while head is not None and head != ox.NamedNode(f"{RDF}nil"):
            yield from self._objects(head, f"{RDF}first")
            head = self._one(head, f"{RDF}rest")


def _local(term: Term | None) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value.rpartition("#")[2]


def _path(term: Term) -> Path:
    assert isinstance(term, ox.NamedNode)
    return SUITE / term.value.removeprefix(PUBLISHED)
