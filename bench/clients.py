"""Clients of a running site: one that makes a connection for each request, and one that keeps its connection."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections.abc import Mapping

from tests.serving.serving import Got

_IDLE = 0.9
"""Seconds without a request after which a server may close a connection (the site waits for one)."""


class FreshClient:
    """Makes a connection for each request.

    Attributes:
        kind: what kind of client it is.
        closed: how many of its connections were closed in order while it still had something to ask.
    """

    kind = "fresh"
    closed = 0

    def __init__(self, port: int) -> None:
        self._port = port

    def get(self, path: str, headers: Mapping[str, str]) -> Got:
        """Returns the answer to a request.

        Raises:
            OSError: there is none.
            http.client.HTTPException: it is not whole.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        with contextlib.closing(connection):
            return _exchanged(connection, path, headers)

    def close(self) -> None:
        """Leaves."""


class KeptClient:
    """Sends request after request on one connection, as long as the server does not say that it closes it.

    Attributes:
        kind: what kind of client it is.
        closed: how many of its connections were closed in order while it still had something to ask.
    """

    kind = "kept"

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: http.client.HTTPConnection | None = None
        self._since = 0.0
        self.closed = 0

    def get(self, path: str, headers: Mapping[str, str]) -> Got:
        """Returns the answer to a request; it is asked once more only where the connection had been idle.

        Raises:
            OSError: there is none.
            http.client.HTTPException: it is not whole.
        """
        was_idle = self._connection is not None and time.monotonic() - self._since > _IDLE
        try:
            return self._once(path, headers)
        except (OSError, http.client.HTTPException):
            self.close()
            if not was_idle:
                raise
            return self._once(path, headers)

    def _once(self, path: str, headers: Mapping[str, str]) -> Got:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            self._connection.connect()
        got = _exchanged(self._connection, path, headers)
        self._since = time.monotonic()
        if (got.headers["Connection"] or "").lower() == "close":
            self.closed += 1
            self.close()
        return got

    def close(self) -> None:
        """Leaves."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _exchanged(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> Got:
    connection.request("GET", path, headers=dict(headers))
    with connection.getresponse() as response:
        return Got(response.status, response.headers, response.read())
