"""Who asks, seen through the proxies that the administrator trusts, and what one who asks may have."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_MOST_FORWARDED = 1024
_WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::[0-9]+)?|([0-9.]+):[0-9]+")


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks.

    Attributes:
        key: what counts as one client: an IPv4 address, or the /64 of an IPv6 address, for one line has all of it.
        shown: what a log may say: the network of an IPv4 address (/24) or of an IPv6 address (/48).
    """

    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """What one client may have.

    Attributes:
        heavy: heavy queries at once; 0 for any number.
        seconds: seconds of computing in a minute; 0 for any number.
        errors: malformed queries in a minute; 0 for any number.
    """

    heavy: int = 2
    seconds: float = 30.0
    errors: int = 30


def client(peer: str, forwarded: str | None, proxies: tuple[str, ...]) -> Client:
    """Returns the client of a request.

    Args:
        peer: address of who connected.
        forwarded: the X-Forwarded-For header; believed only as far as those who wrote it are proxies of ours.
        proxies: networks of the proxies that are trusted.
    """
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
