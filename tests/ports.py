"""Ports of this machine: free ones, and whether somebody takes connections there."""

from __future__ import annotations

import socket


def free_ports(number: int) -> list[int]:
    """Returns ports at which nobody listens, all different."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def free_port() -> int:
    """Returns a port at which nobody listens."""
    return free_ports(1)[0]


def listens(port: int) -> bool:
    """Whether somebody takes connections at a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
