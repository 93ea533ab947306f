"""Statements by property, so that the values of a thing are found in one step: what compiled shapes look in.

Terms are texts, as N-Triples writes them: they compare and hash many times faster than objects do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeAlias

from rdflib.namespace import RDF, RDFS

from kennis_ld.graph.formats import Statement

Reader: TypeAlias = Callable[[str], Collection[str]]
"""Gives the values of a node."""

TYPE, SUBCLASS = f"<{RDF.type}>", f"<{RDFS.subClassOf}>"

_Table: TypeAlias = dict[str, str | frozenset[str]]
_NOTHING: Mapping[str, str | frozenset[str]] = {}


class Index:
    """Statements with some properties, each once, by property and by subject.

    Args:
        properties: the properties that are looked at, statements with another one are passed over; None for all.
    """

    def __init__(self, properties: Collection[str] | None) -> None:
        self._properties = properties
        self._tables: dict[str, _Table] = {}
        self._inverse: dict[str, _Table] = {}
        self._parts: tuple[Index, ...] = ()

    def add(self, statements: Iterable[Statement]) -> None:
        """Adds statements."""
        self._inverse.clear()
        tables, properties = self._tables, self._properties
        grown: dict[tuple[str, str], set[str]] = {}
        for subject, prop, value in statements:
            if properties is not None and prop not in properties:
                continue
            table = tables.get(prop)
            if table is None:
                table = tables[prop] = {}
            known = table.setdefault(subject, value)
            if known is not value and known != value:
                more = grown.get((subject, prop))
                if more is None:
                    more = grown[subject, prop] = {known} if known.__class__ is str else set(known)
                more.add(value)
        for (subject, prop), values in grown.items():
            tables[prop][subject] = frozenset(values)

    def extended(self, statements: Iterable[Statement]) -> Index:
        """Returns an index with these statements as well, to look in only; this one stays as it is.

        What this one knows is copied and not made anew, so that few statements beside many cost little.
        """
        part, other = Index(self._properties), Index(self._properties)
        part.add(statements)
        other._parts = (self, part)
        other._tables = {
            prop: _together(self._tables.get(prop, {}), part._tables.get(prop, {}))
            for prop in {**self._tables, **part._tables}
        }
        return other

    def reader(self, prop: str) -> Reader:
        """Returns what gives the objects of a subject."""
        return _reader(self._tables.get(prop, _NOTHING))

    def inverse_reader(self, prop: str) -> Reader:
        """Returns what gives the subjects of an object."""
        return _reader(self._inverted(prop))

    def reader_of_any(self, properties: Iterable[str]) -> Reader:
        """Returns what gives the objects of a subject, of any of the properties."""
        tables = [self._tables[prop] for prop in properties if prop in self._tables]

        def read(node: str) -> Collection[str]:
            found = [values for table in tables if (values := table.get(node)) is not None]
            return _several(found[0]) if len(found) == 1 else frozenset().union(*map(_several, found))

        return read

    def subjects(self, prop: str) -> Collection[str]:
        """Returns what has the property."""
        return self._tables.get(prop, _NOTHING).keys()

    def objects(self, prop: str) -> Collection[str]:
        """Returns the values of the property."""
        return self._inverted(prop).keys()

    def instances(self, cls: str) -> Collection[str]:
        """Returns what has a class or a class under it as its type (SHACL, section 1.1: SHACL instance)."""
        of, under = self.inverse_reader(TYPE), self.inverse_reader(SUBCLASS)
        if not under(cls):
            found = of(cls)
            return found if isinstance(found, frozenset) else frozenset(found)
        classes, waiting = set[str](), [cls]
        while waiting:
            each = waiting.pop()
            if each not in classes:
                classes.add(each)
                waiting += under(each)
        return frozenset(node for each in classes for node in of(each))

    def statements(self) -> Iterable[Statement]:
        """Yields every statement."""
        for prop, table in self._tables.items():
            for subject, values in table.items():
                for value in (values,) if isinstance(values, str) else values:
                    yield subject, prop, value

    def _inverted(self, prop: str) -> _Table:
        table = self._inverse.get(prop)
        if table is None and self._parts:
            table = self._inverse[prop] = _together(*(each._inverted(prop) for each in self._parts))
        if table is None:
            lists: dict[str, list[str]] = {}
            for subject, values in self._tables.get(prop, _NOTHING).items():
                for value in (values,) if isinstance(values, str) else values:
                    if (known := lists.get(value)) is None:
                        lists[value] = [subject]
                    else:
                        known.append(subject)
            table = {
                value: subjects[0] if len(subjects) == 1 else frozenset(subjects) for value, subjects in lists.items()
            }
            self._inverse[prop] = table
        return table


def _together(one: _Table, other: _Table) -> _Table:
    """Returns a table with the values of both; the larger one is copied at once."""
    small, large = sorted((one, other), key=len)
    both = dict(large) if small else large
    for key, values in small.items():
        known = both.setdefault(key, values)
        if known is not values and known != values:
            both[key] = _several(known) | _several(values)
    return both


def _several(values: str | frozenset[str]) -> frozenset[str]:
    return frozenset((values,)) if values.__class__ is str else values  # type: ignore[return-value]


def _reader(table: Mapping[str, str | frozenset[str]]) -> Reader:
    get = table.get

    def read(node: str) -> Collection[str]:
        found = get(node)
        if found is None:
            return ()
        return (found,) if isinstance(found, str) else found

    return read
