"""Who counts as one client, and what a header may say about it."""

from __future__ import annotations

import pytest

from kennis_ld.isolation.clients import Client, client

PROXIES = ("10.0.0.0/8", "::1")


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.7", None, Client("192.0.2.7", "192.0.2.0/24")),
        ("192.0.2.7", "203.0.113.1", Client("192.0.2.7", "192.0.2.0/24")),
        ("10.0.0.1", "203.0.113.1", Client("203.0.113.1", "203.0.113.0/24")),
        ("10.0.0.1", "1.1.1.1, 203.0.113.1", Client("203.0.113.1", "203.0.113.0/24")),
        ("10.0.0.1", "203.0.113.1, 10.2.3.4", Client("203.0.113.1", "203.0.113.0/24")),
        ("10.0.0.1", "203.0.113.1:4711", Client("203.0.113.1", "203.0.113.0/24")),
        ("10.0.0.1", "[2001:db8::1]:4711", Client("2001:db8::/64", "2001:db8::/48")),
        ("10.0.0.1", "1.1.1.1, unknown", Client("10.0.0.1", "10.0.0.0/24")),
        ("10.0.0.1", "", Client("10.0.0.1", "10.0.0.0/24")),
        ("10.0.0.1", "x" * 100_000 + ",203.0.113.1", Client("203.0.113.1", "203.0.113.0/24")),
        ("10.0.0.1", "1" * 5_000, Client("10.0.0.1", "10.0.0.0/24")),
        ("::ffff:10.0.0.1", "203.0.113.1", Client("203.0.113.1", "203.0.113.0/24")),
        ("::1", "2001:db8:1:2:3:4:5:6", Client("2001:db8:1:2::/64", "2001:db8:1::/48")),
        ("2001:db8:1:2::9", None, Client("2001:db8:1:2::/64", "2001:db8:1::/48")),
        ("", "203.0.113.1", Client("-", "-")),
    ],
)
def test_case_29_who_asks(peer: str, forwarded: str | None, expected: Client) -> None:
    """A header counts as far as proxies of ours wrote it: from its end to the first address that is none of ours."""
    assert expected == client(peer, forwarded, PROXIES)


def test_case_29_nobody_is_trusted_unasked() -> None:
    """Without trusted proxies the header counts for nothing, also from the loopback."""
    assert Client("127.0.0.1", "127.0.0.0/24") == client("127.0.0.1", "203.0.113.1", ())
