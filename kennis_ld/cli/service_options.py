"""The options of a running site, for `kennis-ld serve`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from kennis_ld.cli.options import address, addresses
from kennis_ld.engine.interface import MIB, Budget
from kennis_ld.engine.services import Federation
from kennis_ld.isolation.admission import ClientLimits, is_network
from kennis_ld.serving.service import FEWEST_WEB_PROCESSES, Service, usual_web_processes


def _option(name: str, *, help: str, **more: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:  # noqa: A002
    variable = name.lstrip("-").partition("/")[0].replace("-", "_").upper()
    return click.option(name, help=help, envvar=f"KENNIS_LD_{variable}", show_envvar=True, **more)


def _networks(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for text in given:
        if not is_network(text):
            raise click.BadParameter(f"{text!r} is no address and no network, such as 127.0.0.1 or 10.0.0.0/8.")
    return given


_USUAL, _BUDGET, _CLIENT, _FEDERATION = Service(), Budget(), ClientLimits(), Federation()
_SOME = click.IntRange(min=1)
_ANY = click.IntRange(min=0)

_OPTIONS = (
    _option("--host", default=_USUAL.address, show_default=True, help="Address to listen on."),
    _option("--port", default=_USUAL.port, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."),
    _option(
        "--workers",
        default=usual_web_processes,
        show_default=f"as many as processors, at least {FEWEST_WEB_PROCESSES}",
        type=click.IntRange(1, 64),
        help="Number of web processes.",
    ),
    _option(
        "--engine",
        metavar="URL",
        default="",
        callback=address,
        help="Ask this SPARQL engine, to which the release was pushed, instead of holding it in memory.",
    ),
    _option(
        "--engine-graph",
        metavar="IRI",
        default="",
        help="Graph with the current state, where the engine has no default graph of its own.",
    ),
    _option("--trusted-host", multiple=True, help="Another host name that the site answers to; may be repeated."),
    _option(
        "--trusted-proxy",
        multiple=True,
        callback=_networks,
        help="Address or network of a proxy whose X-Forwarded-For is believed; may be repeated.",
    ),
    _option(
        "--query-seconds",
        default=_BUDGET.seconds,
        show_default=True,
        type=click.FloatRange(0.1, 600),
        help="Time one query may take.",
    ),
    _option(
        "--query-memory",
        default=_BUDGET.memory // MIB,
        show_default=True,
        type=click.IntRange(min=320),
        help="MiB of memory one query may use, 256 for its stack included.",
    ),
    _option(
        "--query-bytes",
        default=_BUDGET.query_bytes,
        show_default=True,
        type=click.IntRange(1, _BUDGET.query_bytes),
        help="Bytes the text of one query may have; no more than a worker certainly survives.",
    ),
    _option("--answer-rows", default=_BUDGET.rows, show_default=True, type=_SOME, help="Rows one answer may have."),
    _option(
        "--answer-bytes", default=_BUDGET.body_bytes, show_default=True, type=_SOME, help="Bytes one answer may have."
    ),
    _option(
        "--client-heavy",
        default=_CLIENT.heavy,
        show_default=True,
        type=click.IntRange(0, 63),
        help="Heavy queries one client may run at once; 0 for any number.",
    ),
    _option(
        "--client-seconds",
        default=_CLIENT.seconds,
        show_default=True,
        type=click.FloatRange(min=0),
        help="Seconds of computing one client may use in a minute; 0 for any number.",
    ),
    _option(
        "--client-errors",
        default=_CLIENT.errors,
        show_default=True,
        type=_ANY,
        help="Malformed queries one client may send in a minute; 0 for any number.",
    ),
    _option(
        "--service",
        metavar="URL",
        multiple=True,
        callback=addresses,
        help="Endpoint that queries may ask with SERVICE, letter for letter; may be repeated. Usually none.",
    ),
    _option(
        "--service-seconds",
        default=_FEDERATION.seconds,
        show_default=True,
        type=click.FloatRange(0.1, 600),
        help="Time in which the endpoints that one query asks have to answer.",
    ),
    _option(
        "--service-rows", default=_FEDERATION.rows, show_default=True, type=_SOME, help="Rows one endpoint may answer."
    ),
    _option(
        "--service-bytes",
        default=_FEDERATION.body_bytes,
        show_default=True,
        type=_SOME,
        help="Bytes one endpoint may answer.",
    ),
    _option(
        "--client-service-seconds",
        default=_CLIENT.elsewhere,
        show_default=True,
        type=click.FloatRange(min=0),
        help="Seconds queries of one client may wait for other endpoints in a minute; 0 for any number.",
    ),
    _option(
        "--log-requests/--no-log-requests",
        default=_USUAL.logs_requests,
        show_default=True,
        help="Write a line of JSON for each request to stderr.",
    ),
)


def service_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command all options of a running site; it gets them as one value, `service`.

    Each can be given as an environment variable too: KENNIS_LD_ and the name of the option.
    """

    @functools.wraps(command)
    def with_service(
        *,
        host: str,
        port: int,
        workers: int,
        engine: str,
        engine_graph: str,
        trusted_host: tuple[str, ...],
        trusted_proxy: tuple[str, ...],
        query_seconds: float,
        query_memory: int,
        query_bytes: int,
        answer_rows: int,
        answer_bytes: int,
        client_heavy: int,
        client_seconds: float,
        client_errors: int,
        service: tuple[str, ...],
        service_seconds: float,
        service_rows: int,
        service_bytes: int,
        client_service_seconds: float,
        log_requests: bool,
        **others: Any,
    ) -> None:
        budget = Budget(
            seconds=query_seconds,
            memory=query_memory * MIB,
            query_bytes=query_bytes,
            rows=answer_rows,
            body_bytes=answer_bytes,
        )
        chosen = Service(
            address=host,
            port=port,
            web_processes=workers,
            engine=engine,
            engine_graph=engine_graph,
            budget=budget,
            federation=Federation(
                endpoints=service, seconds=service_seconds, rows=service_rows, body_bytes=service_bytes
            ),
            clients=ClientLimits(
                heavy=client_heavy, seconds=client_seconds, errors=client_errors, elsewhere=client_service_seconds
            ),
            trusted_proxies=trusted_proxy,
            trusted_hosts=trusted_host,
            logs_requests=log_requests,
        )
        command(**others, service=chosen)

    for option in reversed(_OPTIONS):
        with_service = option(with_service)
    return with_service
