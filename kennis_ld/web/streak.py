"""Whether a client asks one new small query after the other, so that its connection is worth to be lent to a worker."""

from __future__ import annotations

FEWEST = 8
"""Small queries, one after the other, after which a connection is lent; after a loan that was worth it, one."""

_MOST = 4096
_TOGETHER = 0.06
"""Seconds between two queries, at most, on the average."""

_REPEATED = 8
"""One in so many queries may be one that was asked before: who keeps answers is faster with those."""

_REST = 1.0


class Streak:
    """The queries of one connection."""

    def __init__(self) -> None:
        self._needed = self._least = FEWEST
        self._length = 0
        self._last = -1
        self._since = 0.0
        self._not_before = 0.0

    def goes_on(self, number: int, now: float) -> bool:
        """Notes that a small query was answered, as no answer that is kept; returns whether it is time to lend.

        Args:
            number: the number of its request on the connection.
            now: seconds on the clock.
        """
        if number != self._last + 1:
            self._length, self._since = 0, now
        self._length += 1
        self._last = number
        is_quick = now - self._since <= _TOGETHER * self._length
        return self._length >= self._needed and is_quick and now >= self._not_before

    def was_lent(self, answered: int, repeated: int, now: float, *, is_welcome: bool) -> None:
        """Notes that the connection is back.

        Args:
            answered: how many requests were answered on it.
            repeated: how many of them had been asked before.
            now: seconds on the clock.
            is_welcome: False where a client had enough.
        """
        self._last, self._length, self._since = -1, 0, now
        if answered >= FEWEST and repeated * _REPEATED <= answered:
            self._needed, self._least = 1, FEWEST
        else:
            # Each time that it was not worth it, it has to be shown twice as well that it is.
            self._least = self._needed = min(_MOST, 2 * self._least)
        if not is_welcome:
            self._not_before = now + _REST
