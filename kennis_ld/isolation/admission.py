"""Admission control: who asks, and what one client may ask of the query service, so that no client has all of it.

| bound | beyond it |
|---|---|
| two heavy queries at once: those that computed for over `HEAVY` | the third is stopped, and for a second no other |
| a place for heavy queries, of which all clients have some together | the same, and 503: the service is busy |
| so many seconds of computing in a minute, twice that at a stretch | no query until enough time has passed |
| so many malformed queries in a minute | the same |
| so many queries in one web process, running or waiting | no other one until one is answered |
| so many that wait for other servers in one web process; so many seconds of that in a minute | no other such one |

Only computing counts, not waiting, but for other servers that a query asks. All web processes share one table of a
fixed size; the places for heavy queries are locks that the kernel takes away from a process that dies.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kennis_ld.errors import EngineUnavailable, TooManyRequests
from kennis_ld.isolation.shared_memory import SharedNumbers

HEAVY = 0.1  # seconds of computing after which a query is heavy
AT_ONCE = 256  # queries of one client in one web process, running or waiting
ALL_AT_ONCE = 2048  # queries of all clients in one web process
ELSEWHERE_AT_ONCE = 2  # queries of one client in one web process that wait for other servers
ALL_ELSEWHERE_AT_ONCE = 6  # those of all clients: each holds a thread, of which there are not many more than pages need
_SLOTS = 32_768
# Numbers of one slot: seconds of computing, errors and seconds of waiting for other servers, each with the moment they
# were true, an end of silence, and whose slot it is: of two clients with the same slot it is that of the last, so that
# neither pays for the other.
_SLOT = 8
_SPENT, _ERRORS, _WAITED, _SILENT, _WHOSE = 0, 2, 4, 6, 7
_MINUTE = 60.0
# Seconds of one client that are counted later, and of how many clients: a lock takes longer than some queries do.
_LITTLE, _MOST_LITTLE = 0.001, 4096
_SILENCE = 1.0
_LATER = 5  # seconds after which a place for heavy queries may be free again: half of what a query has
_CLIENT_PLACES = 2**40  # where those of single clients begin, behind the locks of slots; 64 a client
_SHARED_PLACES = 2**60  # where the places begin that all clients share
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_MOST_FORWARDED = 1024
_WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::[0-9]+)?|([0-9.]+):[0-9]+")


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks."""

    key: str  # what counts as one client: an IPv4 address, or the /64 of an IPv6 address, for one line has all of it
    shown: str  # what a log may say: the network of an IPv4 address (/24) or of an IPv6 address (/48)


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """What one client may have; 0 for any number."""

    heavy: int = 2  # heavy queries at once
    seconds: float = 30.0  # of computing in a minute
    errors: int = 30  # malformed queries in a minute
    elsewhere: float = 60.0  # seconds of waiting in a minute for other servers that queries ask


class ConcurrencyLimit:
    """Bounds what goes on at once in a web process: so much of one client, and of all. To be used in one thread."""

    def __init__(self, of_one: int, of_all: int, *, retry_after: int = 1) -> None:
        self._of_one = of_one
        self._of_all = of_all
        self._retry_after = retry_after
        self._going_on: dict[str, int] = {}  # by client; of one that has nothing nothing is kept
        self._total = 0

    def enter(self, client: Client) -> None:
        """Lets one more begin; `leave` tells when it is over.

        Raises:
            TooManyRequests: the client has as many as it may have.
            EngineUnavailable: all clients together have.
        """
        number = self._going_on.get(client.key, 0)
        if number >= self._of_one:
            raise TooManyRequests(retry_after=self._retry_after)
        if self._total >= self._of_all:
            raise EngineUnavailable("Too many queries are waiting.", retry_after=self._retry_after)
        self._going_on[client.key] = number + 1
        self._total += 1

    def leave(self, client: Client) -> None:
        """Forgets one that is over."""
        self._total -= 1
        number = self._going_on.pop(client.key) - 1
        if number:
            self._going_on[client.key] = number


def table() -> SharedNumbers:
    """Returns a table for all processes of a site; to be made before they are forked."""
    return SharedNumbers(_SLOTS * _SLOT)


class Admission:
    """Knows what each client is doing; one a web process, all on one table. To be used in one thread."""

    def __init__(self, limits: ClientLimits, shared: SharedNumbers, *, heavy: int, secret: bytes) -> None:
        """Makes it, with the table of the site, and the heavy queries that all clients together may have at once.

        By the secret of the site nobody outside can choose an address that shares a slot with another.
        """
        self.limits = limits
        self._bounds = ((_SPENT, limits.seconds, 2 * limits.seconds), (_ERRORS, limits.errors, limits.errors))
        self._bound_elsewhere = ((_WAITED, limits.elsewhere, limits.elsewhere),)
        self._shared = shared
        self._numbers = shared.numbers
        self._heavy = heavy
        self._secret = secret
        self._running = ConcurrencyLimit(AT_ONCE, ALL_AT_ONCE)
        self._elsewhere = ConcurrencyLimit(ELSEWHERE_AT_ONCE, ALL_ELSEWHERE_AT_ONCE, retry_after=_LATER)
        self._little: dict[int, float] = {}
        self._taken: set[int] = set()

    def enter(self, client: Client) -> Permit:
        """Lets a query in.

        Raises:
            TooManyRequests: the client has had enough for now.
            EngineUnavailable: this process has as many queries as it can have.
        """
        number = _number(client.key, self._secret)
        self._check(number, self._bounds)
        self._running.enter(client)
        return Permit(self, client, number)

    def enter_elsewhere(self, client: Client) -> None:
        """Lets a query wait for another server; `leave_elsewhere` tells when it does no more.

        Raises:
            TooManyRequests: the client has waited enough for now, or has as many such queries as it may have.
            EngineUnavailable: this process has.
        """
        self._check(_number(client.key, self._secret), self._bound_elsewhere)
        self._elsewhere.enter(client)

    def leave_elsewhere(self, client: Client, seconds: float) -> None:
        """Counts how long a query has waited for another server."""
        number = _number(client.key, self._secret)
        slot, now = number % _SLOTS, time.monotonic()
        self._shared.lock(slot)
        self._count(self._slot(number) + _WAITED, now, seconds, self.limits.elsewhere)
        self._shared.give_back(slot)
        self._elsewhere.leave(client)

    def leave(self, client: Client) -> None:
        """Forgets a query that is over."""
        self._running.leave(client)

    def spend(self, number: int, seconds: float, *, malformed: bool) -> None:
        """Counts what a query has cost, whatever other processes count; what is little when it adds up to something."""
        seconds += self._little.pop(number, 0.0)
        if seconds < _LITTLE and not malformed:
            self._little[number] = seconds
            if len(self._little) <= _MOST_LITTLE:
                return
            number = next(iter(self._little))
            seconds = self._little.pop(number)
        slot, now = number % _SLOTS, time.monotonic()
        self._shared.lock(slot)
        at = self._slot(number)
        if seconds:
            self._count(at + _SPENT, now, seconds, self.limits.seconds)
        if malformed:
            self._count(at + _ERRORS, now, 1, self.limits.errors)
        self._shared.give_back(slot)

    def take_heavy(self, number: int) -> list[int]:
        """Takes a place for heavy queries of a client, and one of those that all share; returns both.

        Raises:
            TooManyRequests: the client has as many heavy queries as it may have.
            EngineUnavailable: all clients together have.
        """
        first = _CLIENT_PLACES + number % 2**48 * 64
        own = self._take(first, self.limits.heavy) if self.limits.heavy else -1
        if own is None:
            self._shared.lock(number % _SLOTS)
            self._numbers[self._slot(number) + _SILENT] = time.monotonic() + _SILENCE
            self._shared.give_back(number % _SLOTS)
            raise TooManyRequests(retry_after=math.ceil(_SILENCE))
        shared = self._take(_SHARED_PLACES, self._heavy)
        if shared is None:
            self.give_back([own])
            raise EngineUnavailable("All places for heavy queries are taken.", retry_after=_LATER)
        return [own, shared]

    def _take(self, first: int, places: int) -> int | None:
        for place in range(first, first + places):
            if place not in self._taken and self._shared.take(place):
                self._taken.add(place)
                return place
        return None

    def give_back(self, places: Sequence[int]) -> None:
        """Gives back what `take_heavy` took."""
        for place in places:
            if place in self._taken:
                self._taken.discard(place)
                self._shared.give_back(place)

    def _slot(self, number: int) -> int:
        """Returns where the slot of a client begins, with nothing in it that another has left."""
        at = number % _SLOTS * _SLOT
        # As many bits as a number of the table can hold exactly.
        whose = float(number >> 11)
        if self._numbers[at + _WHOSE] != whose:
            for each in range(at, at + _SLOT - 1):
                self._numbers[each] = 0.0
            self._numbers[at + _WHOSE] = whose
        return at

    def _count(self, at: int, now: float, cost: float, per_minute: float) -> None:
        self._numbers[at] = self._left(at, now, per_minute) + cost
        self._numbers[at + 1] = now

    def _left(self, at: int, now: float, per_minute: float) -> float:
        return max(0.0, self._numbers[at] - (now - self._numbers[at + 1]) * per_minute / _MINUTE)

    def _check(self, number: int, bounds: Iterable[tuple[int, float, float]]) -> None:
        at = number % _SLOTS * _SLOT
        if self._numbers[at + _WHOSE] != float(number >> 11):
            return
        for which, per_minute, most in bounds:
            # With time it only becomes less, so nearly always this is all there is to look at.
            if per_minute and self._numbers[at + which] >= most:
                over = self._left(at + which, time.monotonic(), per_minute) - most
                if over >= 0:
                    raise TooManyRequests(retry_after=max(1, math.ceil((over + 1) * _MINUTE / per_minute)))
        if (silent := self._numbers[at + _SILENT]) and (rest := silent - time.monotonic()) > 0:
            raise TooManyRequests(retry_after=math.ceil(rest))


class Permit:
    """Lets one query of one client in, until `end`."""

    __slots__ = ("_admission", "_client", "_number", "_places")

    def __init__(self, admission: Admission, client: Client, number: int) -> None:
        self._admission = admission
        self._client = client
        self._number = number
        self._places: Sequence[int] = ()

    def take_heavy_places(self) -> None:
        """Takes the places that a heavy query needs; see `Admission.take_heavy`."""
        if not self._places:
            self._places = self._admission.take_heavy(self._number)

    def end(self, seconds: float, *, malformed: bool = False) -> None:
        """Counts what it has cost, in seconds of computing, and gives back what it held."""
        self._admission.give_back(self._places)
        self._admission.spend(self._number, seconds, malformed=malformed)
        self._admission.leave(self._client)


@lru_cache(maxsize=4096)
def _number(key: str, secret: bytes) -> int:
    """Returns by what a client is known in the table."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8, key=secret).digest(), "big")


def client(peer: str, forwarded: str | None, proxies: tuple[str, ...]) -> Client:
    """Returns the client of a request, by who connected, and by X-Forwarded-For as far as our proxies wrote it."""
    # What is remembered is short: anybody may send a header of any length. Only its end can be the work of our proxies.
    return _client(peer, forwarded[-_MOST_FORWARDED:] if forwarded and proxies else "", proxies)


@lru_cache(maxsize=4096)
def _client(peer: str, forwarded: str, proxies: tuple[str, ...]) -> Client:
    found = _address(peer)
    hops = forwarded.split(",")
    if len(forwarded) == _MOST_FORWARDED:
        # The first one may be half of an address.
        del hops[0]
    while hops and found is not None and any(found in network for network in map(ipaddress.ip_network, proxies)):
        behind = _address(hops.pop().strip())
        if behind is None:
            # What our proxy could not name is unknown; what stands before it was written by who is unknown.
            break
        found = behind
    match found:
        case ipaddress.IPv4Address():
            return Client(str(found), _network(found, 24))
        case ipaddress.IPv6Address():
            return Client(_network(found, 64), _network(found, 48))
        case _:
            return Client("-", "-")


def is_network(text: str) -> bool:
    """Whether a text is an address or a network of addresses.

    >>> is_network("10.0.0.0/8"), is_network("::1"), is_network("10.0.0.1/8"), is_network("proxy.example")
    (True, True, False, False)
    """
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def _address(text: str) -> _Address | None:
    """Returns an address, without the port that some proxies write behind it."""
    if found := _WITH_PORT.fullmatch(text):
        text = found[1] or found[2]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _network(address: _Address, bits: int) -> str:
    return str(ipaddress.ip_network((address.packed, bits), strict=False))
