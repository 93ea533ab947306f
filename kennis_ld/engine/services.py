"""Asks the endpoints that an administrator named for SERVICE, over HTTP, within bounds: the one edge of federation.

Not with SPARQLWrapper: it follows redirects to anywhere, asks the proxy that an environment variable names, and its
bound on time starts again with each piece of an answer.
"""

from __future__ import annotations

import contextlib
import json
import socket
import string
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import pyoxigraph as ox

from kennis_ld.engine.interface import AGENT, MIB, SOLUTION_FORMATS, Iri, Term, Text
from kennis_ld.errors import ResultTooLarge, ServiceFailed, ServiceNotPossible

Solution = Mapping[str, Term]
Ask = Callable[[str, str, Collection[str], float], Sequence[Solution]]
"""Asks an endpoint, as `ask_endpoint` does, within bounds of its own."""

_JSON = SOLUTION_FORMATS["json"]
_TAKEN = {_JSON, "application/json"}


@dataclass(frozen=True, slots=True)
class Federation:
    """What SERVICE may do.

    Attributes:
        endpoints: addresses that may be asked, letter for letter as they stand in a query; none where it is off.
        seconds: wall time in which all endpoints of one query have to answer.
        rows: solutions of one answer of an endpoint.
        body_bytes: bytes of one answer of an endpoint.
    """

    endpoints: tuple[str, ...] = ()
    seconds: float = 10.0
    rows: int = 10_000
    body_bytes: int = 2 * MIB


def ask_endpoint(
    federation: Federation, endpoint: str, query: str, variables: Collection[str], until: float
) -> Sequence[Solution]:
    """Returns the solutions of a SELECT that some variables may be in; with one request and one connection.

    Args:
        federation: its bounds, and the endpoints that may be asked.
        endpoint: one of those.
        query: what is asked.
        variables: those that a solution may have.
        until: when they have to be there, on the monotonic clock.

    Raises:
        ServiceFailed: the endpoint did not answer in time, or not with solutions.
        ResultTooLarge: it has more to say than one answer may have.
        ServiceNotPossible: a solution has a term that cannot be written in a query.
    """
    if endpoint not in federation.endpoints:
        raise ValueError(f"{endpoint} may not be asked")
    try:
        body = _fetched(endpoint, f"query={quote_plus(query)}", until, most=federation.body_bytes)
    except (OSError, HTTPException):
        raise ServiceFailed from None
    return solutions(body, variables, most=federation.rows)


def _fetched(endpoint: str, form: str, until: float, *, most: int) -> bytes:
    address = urlsplit(endpoint)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    # An IRI may have letters that stand encoded in a request (RFC 3987, section 3.1).
    path = quote((address.path or "/") + (f"?{address.query}" if address.query else ""), safe=string.punctuation)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": _JSON,
        "User-Agent": AGENT,
    }
    with contextlib.closing(kind(address.hostname or "", address.port, timeout=_rest(until))) as connection:
        connection.connect()
        with _ended(connection.sock, until):
            connection.request("POST", path, form, headers)
            with connection.getresponse() as response:
                given = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                if response.status != 200 or given not in _TAKEN:
                    raise ServiceFailed
                body = response.read(most + 1)
    if len(body) > most:
        raise ResultTooLarge(limit=most, unit="service bytes")
    return body


def solutions(body: bytes, variables: Collection[str], *, most: int) -> Sequence[Solution]:
    """Returns what an answer in the SPARQL 1.1 Query Results JSON Format says of some variables.

    Raises:
        ServiceFailed: it is no such answer, or says something of another variable.
        ResultTooLarge: it has more solutions than `most`.
        ServiceNotPossible: one of them has a term that cannot be written in a query.
    """
    known = frozenset(variables)
    try:
        rows = json.loads(body)["results"]["bindings"]
        if len(rows) > most:
            raise ResultTooLarge(limit=most, unit="service rows")
        if not all(known.issuperset(row) for row in rows):
            raise ServiceFailed
        return [{name: _term(said) for name, said in row.items()} for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ServiceFailed from None


def _rest(until: float) -> float:
    rest = until - time.monotonic()
    if rest <= 0:
        raise TimeoutError
    return rest


@contextlib.contextmanager
def _ended(connection: socket.socket, until: float) -> Iterator[None]:
    """Ends a connection at a moment, whatever is at it: a timeout of a socket begins anew with each piece."""

    def end() -> None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(_rest(until), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _term(said: Mapping[str, Any]) -> Term:
    """Returns a term of the SPARQL 1.1 Query Results JSON Format; the engine would take it, or it is a ValueError."""
    match said:
        case {"type": "uri", "value": str(iri)}:
            return Iri(ox.NamedNode(iri).value)
        case {"type": "literal" | "typed-literal", "value": str(text)} if "its:dir" not in said:
            text.encode()
            language, datatype = said.get("xml:lang"), said.get("datatype")
            if language:
                return Text(text, ox.Literal("", language=language).language)
            return Text(text, None, ox.NamedNode(datatype).value if datatype else None)
        case {"type": str(), "value": _}:
            # A blank node is one of that answer alone (SPARQL 1.1, section 18.1.3); triple terms stand in no VALUES.
            raise ServiceNotPossible("blank")
        case _:
            raise ValueError(said)
