"""What the layers around the application have in common (PEP 3333)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Headers = list[tuple[str, str]]


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


def value(headers: Headers, name: str) -> str:
    """Returns the value of a header whose name is given in lower case; empty where there is none."""
    return next((each for known, each in headers if known.lower() == name), "")


def closed(parts: Iterable[bytes]) -> None:
    """Tells the parts of an answer that no more of them is wanted."""
    close = getattr(parts, "close", None)
    if close is not None:
        close()
