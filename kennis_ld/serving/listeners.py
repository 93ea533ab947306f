"""The sockets at which a site listens: one for each web process, between which the system spreads clients."""

from __future__ import annotations

import socket
import sys

from kennis_ld.errors import WrongSetting

_WAITING = 4096  # connections that wait to be taken by a web process


def listen(host: str, port: int, number: int = 1) -> list[socket.socket]:
    """Returns sockets that listen at one address.

    Args:
        host: address to listen on; `::` takes IPv4 in as well.
        port: port to listen on; 0 for any that is free.
        number: how many sockets; it may be the same one several times, where the system does not spread.

    Raises:
        WrongSetting: there is another server at that address, or there is no such address here.
    """
    try:
        first = _listener(host, port, shared=False)
        if number == 1 or sys.platform != "linux":
            return [first] * number
        # Nobody else listens there, so from now on several of ours may.
        with first:
            port = first.getsockname()[1]
        return [_listener(host, port, shared=True) for _ in range(number)]
    except OSError as error:
        raise WrongSetting(
            f"No server can be started at {host} port {port}: {error.strerror or error}.",
            remedy="Stop the other server, or choose another --port or --host.",
        ) from error


def _listener(host: str, port: int, *, shared: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    listener = socket.create_server(
        (host, port), family=family, backlog=_WAITING, reuse_port=shared, dualstack_ipv6=both
    )
    listener.setblocking(False)
    return listener
