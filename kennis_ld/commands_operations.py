"""The commands for who keeps a site running: which releases there are, the way back, and the options of `serve`."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from kennis_ld import config
from kennis_ld.engine.budget import MIB, Budget
from kennis_ld.errors import DamagedRelease, UnreadableInput
from kennis_ld.hosting import Service
from kennis_ld.options import PUBLICATION, RELEASES, RESULT_FORMAT
from kennis_ld.release import history, manifest, publish
from kennis_ld.release.history import By
from kennis_ld.release.manifest import Manifest
from kennis_ld.web.clients import ClientLimits, is_network


@dataclass(frozen=True, slots=True)
class _Listed:
    """A release as the list shows it.

    Attributes:
        name: name of the release.
        facts: its manifest; None where that is damaged.
        current: whether it is the current one.
    """

    name: str
    facts: Manifest | None
    current: bool

    def as_json(self) -> dict[str, Any]:
        """Returns the release as values that JSON can write."""
        return {
            "release": self.name,
            "current": self.current,
            "damaged": self.facts is None,
            "previous": (self.facts.previous or None) if self.facts else None,
            "counts": dict(self.facts.counts) if self.facts else {},
        }


@click.command()
@PUBLICATION
@RELEASES
@RESULT_FORMAT
def releases(publication: Path | None, releases: Path | None, form: str) -> None:
    """List the releases that are kept: the current one first, then the one before it, and so on.

    \b
    Example:
      kennis-ld releases
      kennis-ld releases data/leiden --format json
    """
    listed = _listed(config.releases_folder(config.publication(publication), releases))
    if form == "json":
        click.echo(json.dumps([each.as_json() for each in listed], indent=1))
        return
    if not listed:
        click.echo("There are no releases yet. Run: kennis-ld build", err=True)
    for each in listed:
        mark = "*" if each.current else " "
        if each.facts is None:
            click.echo(f"{mark} {each.name}  damaged")
            continue
        counts = ", ".join(f"{each.facts.counts[name]} {name}" for name in _SHOWN if name in each.facts.counts)
        before = f"after {each.facts.previous}" if each.facts.previous else "the first"
        click.echo(f"{mark} {each.name}  {counts}  {before}")


_SHOWN = ("projects", "organisations", "quads")


@click.command()
@PUBLICATION
@click.argument("release", required=False)
@RELEASES
@RESULT_FORMAT
def rollback(publication: Path | None, release: str | None, releases: Path | None, form: str) -> None:
    """Go back to the previous release, or to RELEASE; a running site follows within seconds.

    RELEASE is the name of a release that is kept; its first characters will do.

    \b
    Example:
      kennis-ld rollback
      kennis-ld rollback data/leiden 3f2a
    """
    folder = config.releases_folder(config.publication(publication), releases)
    before, name = _gone_back(folder, release)
    if form == "json":
        click.echo(json.dumps({"release": name, "before": before}))
        return
    click.echo(folder / name)
    if name == before:
        click.echo(f"Release {name} is the current one already.", err=True)
    else:
        click.echo(f"Release {name} is the current one; before it was {before}.", err=True)


def _gone_back(folder: Path, release: str | None) -> tuple[str, str]:
    """Goes back to a release, or to the previous one; returns the names of the one before and of the one of now."""
    # Also where the current release is damaged or gone: that is when the way back is needed most.
    link = folder / publish.CURRENT
    if not link.is_symlink():
        raise UnreadableInput("There is no current release.", where=str(folder), remedy="Run: kennis-ld build")
    with publish.locked(folder):
        before = link.readlink().name
        name = _chosen(folder, release) if release else _previous(folder, before)
        publish.switch(folder, name, by=By("rollback", version("kennis-ld")))
    return before, name


def _previous(folder: Path, now: str) -> str:
    try:
        name = manifest.read(folder / now).previous
    except DamagedRelease:
        name = next((change.before for change in reversed(history.changes(folder)) if change.after == now), "")
    if not name:
        raise UnreadableInput(
            f"There is no release before the current one, {now}.",
            where=str(folder),
            remedy="Name a release; `kennis-ld releases` lists them.",
        )
    return name


def _chosen(folder: Path, start: str) -> str:
    found = [path.name for path in _folders(folder) if path.name.startswith(start)]
    if len(found) != 1:
        what = f"There are {len(found)} releases whose names begin so" if found else "There is no such release"
        raise UnreadableInput(f"{what}: {start!r}.", where=str(folder), remedy="`kennis-ld releases` lists the names.")
    return found[0]


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and not path.name.startswith(".")
    )


def _listed(folder: Path) -> list[_Listed]:
    try:
        now = publish.current(folder)
    except DamagedRelease:
        now = None
    found: dict[str, _Listed] = {}
    for path in _folders(folder):
        try:
            facts = manifest.read(path)
        except DamagedRelease:
            facts = None
        found[path.name] = _Listed(path.name, facts, current=now is not None and path.name == now.name)
    ordered: list[_Listed] = []
    name = now.name if now is not None else ""
    while name in found:
        ordered.append(found.pop(name))
        facts = ordered[-1].facts
        name = facts.previous if facts else ""
    return [*ordered, *found.values()]


def _option(name: str, *, help: str, **more: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:  # noqa: A002
    variable = name.lstrip("-").partition("/")[0].replace("-", "_").upper()
    return click.option(name, help=help, envvar=f"KENNIS_LD_{variable}", show_envvar=True, **more)


def _networks(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for text in given:
        if not is_network(text):
            raise click.BadParameter(f"{text!r} is no address and no network, such as 127.0.0.1 or 10.0.0.0/8.")
    return given


_USUAL, _BUDGET, _CLIENT = Service(), Budget(), ClientLimits()
_SOME = click.IntRange(min=1)
_ANY = click.IntRange(min=0)

_OPTIONS = (
    _option("--host", default=_USUAL.address, show_default=True, help="Address to listen on."),
    _option("--port", default=_USUAL.port, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."),
    _option(
        "--workers",
        default=_USUAL.workers,
        show_default=True,
        type=click.IntRange(1, 64),
        help="Number of web processes.",
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
        service = Service(
            address=host,
            port=port,
            workers=workers,
            budget=budget,
            clients=ClientLimits(heavy=client_heavy, seconds=client_seconds, errors=client_errors),
            trusted_proxies=trusted_proxy,
            trusted_hosts=trusted_host,
            logs_requests=log_requests,
        )
        command(**others, service=service)

    for option in reversed(_OPTIONS):
        with_service = option(with_service)
    return with_service
