"""Changes what a SPARQL 1.1 engine elsewhere holds, over HTTP (SPARQL 1.1 Protocol, section 2.2)."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.error import HTTPError

from SPARQLWrapper import BASIC, DIGEST, JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException, Unauthorized

from kennis_ld.errors import KennisError

_SECONDS = 3600  # that one request may take: the last one moves all statements at once
_MOST_STATEMENTS, _MOST_CHARACTERS = 1000, 128 * 1024
"""How much one request inserts; Virtuoso 7.2.5 gives up on a request of 5,000 statements."""


class RemoteStore:
    """The store behind an update address."""

    def __init__(self, address: str, *, user: str = "", password: str = "", agent: str = "kennis-ld") -> None:
        """Makes it; nothing is asked yet. A password is sent the way the engine asks for it: Digest, or else Basic."""
        self._address = address
        self._user = user
        self._password = password
        self._agent = agent
        self._way = DIGEST

    def update(self, text: str) -> None:
        """Runs one request, if there is anything in it; an engine should run all or nothing (SPARQL 1.1 Update, 2.2).

        Raises:
            KennisError: the engine did not run it.
        """
        if not text:
            return
        try:
            self._run(text)
        except Unauthorized:
            raise KennisError(
                "The engine wants a user name and a password.",
                where=self._address,
                remedy="Give --user, and the password in KENNIS_LD_PASSWORD.",
            ) from None
        except HTTPError as error:
            error.close()
            raise KennisError(
                f"The engine answers {error.code} to an update.",
                where=self._address,
                remedy="Check that this is its address for updates.",
            ) from None
        except SPARQLWrapperException:
            raise KennisError(
                "The engine refuses an update.",
                where=self._address,
                remedy="Look in the log of the engine for the reason.",
            ) from None
        except OSError:
            raise KennisError(
                "The engine does not answer.",
                where=self._address,
                remedy="Check the address, and that the engine runs.",
            ) from None

    def insert(self, graph: str, statements: Iterable[str]) -> None:
        """Puts statements, each as a line of N-Triples, into a named graph.

        Raises:
            KennisError: the engine did not take them.
        """
        self.update("\n".join([f"INSERT DATA {{ GRAPH <{graph}> {{", *map(_unmistakable, statements), "} }"]))

    def _run(self, text: str) -> None:
        try:
            self._sent(text)
        except Unauthorized:
            if self._way == BASIC or not self._user:
                raise
            self._way = BASIC
            self._sent(text)

    def _sent(self, text: str) -> None:
        wrapper = SPARQLWrapper(self._address, agent=self._agent, returnFormat=JSON)
        wrapper.setMethod(POST)
        wrapper.setTimeout(_SECONDS)
        wrapper.setOnlyConneg(True)
        if self._user:
            wrapper.setHTTPAuth(self._way)
            wrapper.setCredentials(self._user, self._password)
        wrapper.setQuery(text)
        # SPARQLWrapper looks for the form of a request with an expression that its text can mislead.
        wrapper.queryType = "INSERT"
        with contextlib.closing(wrapper.query().response) as response:
            response.read()


def batched(statements: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yields statements in parts of a size that one request can have."""
    part, size = list[str](), 0
    for statement in statements:
        part.append(statement)
        size += len(statement)
        if len(part) == _MOST_STATEMENTS or size >= _MOST_CHARACTERS:
            yield part
            part, size = [], 0
    if part:
        yield part


def _unmistakable(statement: str) -> str:
    r"""Returns a statement in which no "u" is left behind an escaped backslash.

    An engine may replace \uXXXX before anything else (SPARQL 1.1, section 19.2), also there.
    """
    return re.sub(r"(\\\\)([uU])", lambda found: f"{found[1]}\\U{ord(found[2]):08X}", statement)
