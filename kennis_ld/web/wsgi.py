"""What the layers around the application have in common (PEP 3333)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Headers = list[tuple[str, str]]

LONG = 1024 * 1024
"""Bytes from which an answer is long: it goes out in parts, and is not kept."""


class Call:
    """Remembers what an application said about its answer, until it is known what is sent."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, exc_info: object = None) -> Callable[[bytes], object]:
        """Is told, as `start_response`."""
        self.status, self.headers = status, headers
        return lambda _: None

    @property
    def code(self) -> int:
        """The HTTP status."""
        return int(self.status[:3])

    @property
    def is_long(self) -> bool:
        """Whether the answer to a GET is long, or its length is not known because it is made while it is sent."""
        length = value(self.headers, "content-length")
        return int(length) > LONG if length else self.status.startswith("2") and not self.status.startswith("204")


def value(headers: Headers, name: str) -> str:
    """Returns the value of a header whose name is given in lower case; empty where there is none."""
    return next((each for known, each in headers if known.lower() == name), "")


def closed(parts: Iterable[bytes]) -> None:
    """Tells the parts of an answer that no more of them is wanted."""
    close = getattr(parts, "close", None)
    if close is not None:
        close()
