"""The options of a running site, for `kennis-ld serve`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from typing import Any

import click

from kennis_ld.cli.options import address, addresses
from kennis_ld.engine.interface import MIB
from kennis_ld.isolation.admission import is_network
from kennis_ld.serving.service import FEWEST_WEB_PROCESSES, Service, usual_web_processes

_USUAL = Service()
_SOME = click.IntRange(min=1)
_DURATION = click.FloatRange(0.1, 600)


def _networks(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for text in given:
        if not is_network(text):
            raise click.BadParameter(f"{text!r} is no address and no network, such as 127.0.0.1 or 10.0.0.0/8.")
    return given


def _mebibytes(context: click.Context, parameter: click.Parameter, given: int) -> int:
    return given * MIB


_OPTIONS: dict[str, dict[str, Any]] = {
    "address": {"option": "--host", "help": "Address to listen on."},
    "port": {"option": "--port", "type": click.IntRange(1, 65535), "help": "Port to listen on."},
    "web_processes": {
        "option": "--workers",
        "default": usual_web_processes,
        "show_default": f"as many as processors, at least {FEWEST_WEB_PROCESSES}",
        "type": click.IntRange(1, 64),
        "help": "Number of web processes.",
    },
    "engine": {
        "option": "--engine",
        "metavar": "URL",
        "callback": address,
        "help": "Ask this SPARQL engine, to which the release was pushed, instead of holding it in memory.",
    },
    "engine_graph": {
        "option": "--engine-graph",
        "metavar": "IRI",
        "help": "Graph with the current state, where the engine has no default graph of its own.",
    },
    "trusted_hosts": {
        "option": "--trusted-host",
        "multiple": True,
        "help": "Another host name that the site answers to; may be repeated.",
    },
    "trusted_proxies": {
        "option": "--trusted-proxy",
        "multiple": True,
        "callback": _networks,
        "help": "Address or network of a proxy whose X-Forwarded-For is believed; may be repeated.",
    },
    "budget.seconds": {"option": "--query-seconds", "type": _DURATION, "help": "Time one query may take."},
    "budget.memory": {
        "option": "--query-memory",
        "default": _USUAL.budget.memory // MIB,
        "callback": _mebibytes,
        "type": click.IntRange(min=320),
        "help": "MiB of memory one query may use, 256 for its stack included.",
    },
    "budget.query_bytes": {
        "option": "--query-bytes",
        "type": click.IntRange(1, _USUAL.budget.query_bytes),
        "help": "Bytes the text of one query may have; no more than a worker certainly survives.",
    },
    "budget.rows": {"option": "--answer-rows", "type": _SOME, "help": "Rows one answer may have."},
    "budget.body_bytes": {"option": "--answer-bytes", "type": _SOME, "help": "Bytes one answer may have."},
    "clients.heavy": {
        "option": "--client-heavy",
        "type": click.IntRange(0, 63),
        "help": "Heavy queries one client may run at once; 0 for any number.",
    },
    "clients.seconds": {
        "option": "--client-seconds",
        "type": click.FloatRange(min=0),
        "help": "Seconds of computing one client may use in a minute; 0 for any number.",
    },
    "clients.errors": {
        "option": "--client-errors",
        "type": click.IntRange(min=0),
        "help": "Malformed queries one client may send in a minute; 0 for any number.",
    },
    "federation.endpoints": {
        "option": "--service",
        "metavar": "URL",
        "multiple": True,
        "callback": addresses,
        "help": "Endpoint that queries may ask with SERVICE, letter for letter; may be repeated. Usually none.",
    },
    "federation.seconds": {
        "option": "--service-seconds",
        "type": _DURATION,
        "help": "Time in which the endpoints that one query asks have to answer.",
    },
    "federation.rows": {"option": "--service-rows", "type": _SOME, "help": "Rows one endpoint may answer."},
    "federation.body_bytes": {"option": "--service-bytes", "type": _SOME, "help": "Bytes one endpoint may answer."},
    "clients.elsewhere": {
        "option": "--client-service-seconds",
        "type": click.FloatRange(min=0),
        "help": "Seconds queries of one client may wait for other endpoints in a minute; 0 for any number.",
    },
    "logs_requests": {
        "option": "--log-requests/--no-log-requests",
        "help": "Write a line of JSON for each request to stderr.",
    },
}
"""The option of each field of `Service`, and of its parts; by default it has the value of the field."""


def service_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command all options of a running site; it gets them as one value, `service`.

    Each can be given as an environment variable too: KENNIS_LD_ and the name of the option.
    """

    @functools.wraps(command)
    def with_service(**given: Any) -> None:
        service = _USUAL
        for field in _OPTIONS:
            part, _, name = field.rpartition(".")
            changed = {name: given.pop(field.replace(".", "__"))}
            service = replace(service, **({part: replace(getattr(service, part), **changed)} if part else changed))
        command(**given, service=service)

    with_options: Callable[..., None] = with_service
    for field, told in reversed(_OPTIONS.items()):
        with_options = _option(field, **told)(with_options)
    return with_options


def _option(field: str, option: str, **more: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    more.setdefault("default", attrgetter(field)(_USUAL))
    more.setdefault("show_default", more["default"] not in ("", ()))
    variable = option.lstrip("-").partition("/")[0].replace("-", "_").upper()
    return click.option(option, field.replace(".", "__"), envvar=f"KENNIS_LD_{variable}", show_envvar=True, **more)
