"""A program with a language model asks the saved questions: the client of the MCP SDK, over stdin and stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kennis_ld.cli import main
from kennis_ld.engine.interface import Budget
from kennis_ld.pipeline.definitions import definitions
from tests.publications import write
from tests.w3c.served import Site

pytestmark = pytest.mark.skipif(find_spec("mcp") is None, reason="needs the SDK of MCP: requirements-mcp.lock")


def with_tools(use: Callable[[Any], Awaitable[None]], *options: str) -> None:
    """Starts `kennis-ld mcp` as such a program does, and gives the session."""
    # The SDK takes seconds to import: too long for whoever only collects the tests.
    anyio, sdk = import_module("anyio"), import_module("mcp")
    server = sdk.StdioServerParameters(command=sys.executable, args=["-m", "kennis_ld.cli", "mcp", *options])

    async def talk() -> None:
        async with sdk.stdio_client(server, errlog=sys.__stderr__) as streams, sdk.ClientSession(*streams) as session:
            await session.initialize()
            await use(session)

    anyio.run(talk)


def asked(site: Site, name: str, *options: str, form: str = "json") -> str:
    """What `kennis-ld query` answers."""
    ran = CliRunner().invoke(main, ["query", name, "--endpoint", site.endpoint, "--format", form, *options])
    assert 0 == ran.exit_code, ran.output
    return ran.stdout


def test_saved_questions_are_tools(site: Site) -> None:
    """Each is offered, says that it only reads, and answers with the rows of the site; what is wrong is an error."""

    async def use(session: Any) -> None:
        offered = (await session.list_tools()).tools
        assert {query.name for query in definitions().queries} == {tool.name for tool in offered}
        assert all(tool.annotations.read_only_hint for tool in offered)

        found = await session.call_tool("zoek-op-naam", {"woord": "sloten"})
        (project,) = {row["ding"] for row in found.structured_content["rows"]}
        assert json.loads(found.content[0].text) == found.structured_content

        rows = await session.call_tool("herkomst-van-project", {"project": project})
        expected = json.loads(asked(site, "herkomst-van-project", "-p", f"project={project}"))["results"]["bindings"]
        assert [{name: term["value"] for name, term in row.items()} for row in expected] == rows.structured_content[
            "rows"
        ]

        told = await session.call_tool("beschrijf", {"ding": project})
        assert asked(site, "beschrijf", "-p", f"ding={project}", form="ttl") == told.structured_content["turtle"]

        wrong = await session.call_tool("beschrijf-project", {"project": "Schone sloten"})
        assert (True, None) == (wrong.is_error, wrong.structured_content)
        assert "project" in wrong.content[0].text
        assert "Traceback" not in wrong.content[0].text
        assert (await session.call_tool("drop-all", {})).is_error

    with_tools(use, "--endpoint", site.endpoint)


def test_without_an_address_the_current_release_is_asked(tmp_path: Path) -> None:
    """As `kennis-ld query` does, of the publication that is named."""

    async def use(session: Any) -> None:
        found = await session.call_tool("zoek-op-naam", {"woord": "sloten"})
        (row,) = {row["ding"] for row in found.structured_content["rows"]}
        assert row.startswith("https://data.zandwijk.example/id/project/")

    with_tools(use, "--publication", str(write(tmp_path / "city", {})), "--releases", str(tmp_path / "releases"))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("LONGEST", 0.05, "within 0.05 seconds"), ("_LIMITS", Budget(body_bytes=1), "too large")],
)
def test_an_answer_has_bounds(site: Site, monkeypatch: pytest.MonkeyPatch, name: str, value: object, said: str) -> None:
    """One that takes too long, or is too large, is an error in words, also where no site bounds it."""
    command = import_module("kennis_ld.cli.mcp")
    monkeypatch.setattr(command, name, value)
    (query,) = [each for each in definitions().queries if each.name == "edities"]
    body, failed = import_module("anyio").run(command._asked, query, {}, ["--endpoint", site.endpoint])
    assert ("", True) == (body, said in failed)


def test_a_site_that_is_not_there_is_an_error_of_the_tool() -> None:
    """The program hears it in words and can go on."""

    async def use(session: Any) -> None:
        gone = await session.call_tool("edities", {})
        assert gone.is_error
        assert "does not answer" in gone.content[0].text

    with_tools(use, "--endpoint", "http://127.0.0.1:9/sparql", "--lang", "en")
