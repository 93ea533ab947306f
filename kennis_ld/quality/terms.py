"""What pyshacl makes of terms, which are texts as N-Triples writes them: language, datatype, order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from kennis_ld.graph.formats import lexical, term
from kennis_ld.quality.rule import NotUnderstood

_PYTHON: dict[URIRef, type | tuple[type, ...]] = {
    XSD.string: (str, bytes),
    XSD.integer: int,
    XSD.float: float,
    XSD.decimal: Decimal,
    XSD.boolean: bool,
    XSD.date: date,
    XSD.time: time,
    XSD.dateTime: datetime,
    # Of these pyshacl looks no further than whether rdflib could read them.
    **dict.fromkeys((XSD.gYear, XSD.gYearMonth, XSD.anyURI, XSD.duration), object),
}
"""What pyshacl expects the value of a literal to be, by its datatype."""


def has_language(value: str) -> bool:
    """Whether a term is a text with a language."""
    return value[0] == '"' and value[-1] not in '">'


def of_datatype(datatype: Node) -> Callable[[str], bool] | None:
    """Returns what says whether a term is a value of a datatype; None for one that is not known here."""
    if datatype == RDF.langString:
        return has_language
    python = _PYTHON.get(URIRef(str(datatype)))
    if python is None:
        return None

    def fits(value: str) -> bool:
        if has_language(value):
            return False
        literal = term(value)
        if not isinstance(literal, Literal):
            return False
        same = literal.datatype == datatype or (literal.datatype is None and datatype == XSD.string)
        return same and not literal.ill_typed and isinstance(literal.value, python)

    return fits


def out_of_order(own: Iterable[str], others: Iterable[str], equal: bool) -> Iterator[str]:
    """Yields each value once for every other one that it does not come before, nor is where it may be `equal`."""
    for value in own:
        first = _comparable(value)
        for other in others:
            second = _comparable(other)
            if not _in_order(first, second, equal):
                yield value


def _in_order(first: Literal | str, second: Literal | str, equal: bool) -> bool:
    if isinstance(first, Literal) != isinstance(second, Literal):
        return False
    try:
        return first < second or (equal and first <= second)
    except TypeError:
        # Two literals, one of which is no value of its datatype; pyshacl stops here, the standard does not.
        return False


def _comparable(value: str) -> Literal | str:
    """What pyshacl compares: text as text, anything else as a literal."""
    found = term(value)
    if isinstance(found, BNode):
        raise NotUnderstood("a blank node has no order")
    return found if isinstance(found, Literal) and not isinstance(found.value, str) else lexical(value)
