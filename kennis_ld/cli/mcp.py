"""`kennis-ld mcp`: offers the saved questions as tools to a program with a language model (Model Context Protocol).

A call runs `kennis-ld query` in a process of its own, so it reads what that reads, ends as it ends, and can do no more.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from kennis_ld.cli import language, tools
from kennis_ld.cli.options import ASKED_PUBLICATION, BASE_URI, LANGUAGE, RELEASES, VOCABULARY_URI, address
from kennis_ld.engine import saved
from kennis_ld.engine.interface import Budget
from kennis_ld.errors import KennisError
from kennis_ld.model.saved_query import SavedQuery
from kennis_ld.publication.bundled import bundled

INSTRUCTIONS = """\
The knowledge agenda of a city as linked open data: projects, the organisations that lead them or take part, themes,
editions. Read-only. Texts are as the city wrote them. To start: zoek-op-naam finds the IRI of an organisation, project
or theme by name, beschrijf tells all about an IRI. Say "according to the agenda", and link to the IRIs that you used:
they open as pages.
"""
LONGEST = 60.0
"""Seconds for a call; a release of a large city takes some to load."""

_LIMITS = Budget()


@click.command()
@click.option("--endpoint", callback=address, help="Ask this SPARQL endpoint of a site, within its limits.")
@ASKED_PUBLICATION
@BASE_URI
@VOCABULARY_URI
@RELEASES
@LANGUAGE
def mcp(
    endpoint: str | None,
    publication: Path | None,
    base_uri: str | None,
    vocabulary_uri: str | None,
    releases: Path | None,
) -> None:
    """Offer the saved questions as tools to a program with a language model, over stdin and stdout (MCP).

    Without an address it asks the current release. Such a program starts the command by itself: put it among its
    servers, as the documentation of that program says. Needs the extra: pip install "kennis-ld[mcp]".

    \b
    Example:
      kennis-ld mcp --endpoint https://data.example.org/sparql
    """
    if find_spec("mcp") is None:
        raise KennisError(
            "The Python SDK of the Model Context Protocol is not installed.",
            remedy='Install it with: pip install "kennis-ld[mcp]".',
        )
    import anyio
    from mcp.server.stdio import stdio_server

    given = {
        "--endpoint": endpoint,
        "--publication": publication,
        "--base-uri": base_uri,
        "--vocabulary-uri": vocabulary_uri,
        "--releases": releases,
        "--lang": language.chosen(),
    }
    where = [part for name, value in given.items() if value for part in (name, str(value))]
    server = _server(saved.load_all(bundled("queries")), where)

    async def run() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(run)


def _server(queries: Mapping[str, SavedQuery], where: Sequence[str]) -> Any:
    """Returns a server that offers each question as a tool."""
    from mcp import types
    from mcp.server import Server

    only_reads = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    offered = [
        types.Tool(
            name=name,
            title=query.title_nl if language.chosen() == "nl" else query.title_en,
            description=tools.description(query),
            input_schema=dict(tools.takes(query)),
            output_schema=dict(tools.gives(query)),
            annotations=only_reads,
        )
        for name, query in queries.items()
    ]

    async def listed(context: Any, params: Any) -> Any:
        return types.ListToolsResult(tools=offered)

    async def called(context: Any, params: Any) -> Any:
        query = queries.get(params.name)
        if query is None:
            return _said(f"There is no tool {params.name[:80]!r}.", is_error=True)
        body, failed = await _asked(query, params.arguments or {}, where)
        if failed:
            return _said(failed, is_error=True)
        answer = tools.structured(query, body)
        return _said(json.dumps(answer, ensure_ascii=False) if query.columns else body, structured_content=answer)

    def _said(text: str, **more: Any) -> Any:
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)], **more)

    return Server(
        "kennis-ld",
        version=version("kennis-ld"),
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


async def _asked(query: SavedQuery, given: Mapping[str, Any], where: Sequence[str]) -> tuple[str, str]:
    """Returns what `kennis-ld query` answers, or else why it does not."""
    import anyio

    values = [part for name, value in given.items() for part in ("--param", f"{name}={value}")]
    form = ["--format", tools.FORMS[bool(query.columns)]]
    command = [sys.executable, "-m", "kennis_ld.cli", "query", query.name, *values, *form, *where]
    with anyio.move_on_after(LONGEST) as scope:
        ran = await anyio.run_process(command, stdin=subprocess.DEVNULL, check=False)
    if scope.cancelled_caught:
        return "", f"There was no answer within {LONGEST:g} seconds."
    if ran.returncode:
        return "", ran.stderr.decode(errors="replace").strip().removeprefix("✖ ")
    body = ran.stdout.decode()
    if _LIMITS.body_bytes is not None and len(ran.stdout) > _LIMITS.body_bytes:
        return "", "The answer is too large. Ask something more precise."
    return body, ""
