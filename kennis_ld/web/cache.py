"""Keeps rendered bytes and looked-up values of a release, within bounds.

A release never changes, so what was made once stays true; a new release gets a new cache.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

MOST_BYTES = 64 * 1024 * 1024
MOST_VALUES = 64
MOST_RECENT = 16_384
_ENTRY = 256
"""What an entry takes next to its body, so that very many small bodies do not slip through the bound."""


class Cache:
    """A bounded store of bytes and values; the least recently used bytes go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def body(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Returns the bytes under the key, made now where they are not there; very long ones are not kept."""
        with self._lock:
            if key in self._bytes:
                self._bytes.move_to_end(key)
                return self._bytes[key]
        body = make()
        # One body of an eighth of all the room would push out very many others.
        if len(body) * 8 <= self._most_bytes:
            with self._lock:
                if key not in self._bytes:
                    self._bytes[key] = body
                    self._size += len(body) + _ENTRY
                while self._size > self._most_bytes:
                    _, oldest = self._bytes.popitem(last=False)
                    self._size -= len(oldest) + _ENTRY
        return body

    def value(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Returns the value under the key, made now where it is not there."""
        with self._lock:
            if key in self._values:
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > MOST_VALUES:
                self._values.popitem(last=False)
        return value


Kept = TypeVar("Kept")


class Bounded(Generic[Kept]):
    """Keeps things of a known size by a key; the least recently used go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> Kept | None:
        """Returns what was put under the key; None where it is not there, or no more."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, thing: Kept, *, size: int) -> None:
        """Keeps a thing of so many bytes, at the cost of others where there is no room."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = thing, size
            self._size += size
            while self._size > self._most_bytes:
                _, (_, oldest) = self._kept.popitem(last=False)
                self._size -= oldest


class Recent:
    """Remembers which things it has met lately, and nothing else of them."""

    def __init__(self, most: int = MOST_RECENT) -> None:
        """Remembers at least so many things, and at most twice as many."""
        self._most = most
        self._now: set[int] = set()
        self._before: set[int] = set()

    def meet(self, thing: Hashable) -> bool:
        """Returns whether it has met a thing before; two things may be taken for one, if very rarely."""
        mark = hash(thing)
        if mark in self._now or mark in self._before:
            return True
        self._now.add(mark)
        if len(self._now) >= self._most:
            self._before, self._now = self._now, set()
        return False
