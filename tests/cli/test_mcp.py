"""The saved questions as tools: what they say of themselves, and their answers as JSON.

`tests/clients/test_mcp.py` asks them as a program does.
"""

from __future__ import annotations

import json
import sys

import pytest

from kennis_ld.cli import tools
from kennis_ld.model.saved_query import saved_query
from tests.cli.conftest import Run

QUERY = saved_query(
    "# Wie?  |  Who?\n# nl: Ook nu.\n# en: Now too.\n# parameter: ?org (IRI organisatie)  Welke.  |  Which.\n"
    "# parameter: ?ding (IRI)\n# parameter: ?woord (tekst)  Het woord.  |  The word.\n# result: ?org ?naam\n",
    name="wie",
    where="wie.rq",
)
STATEMENTS = saved_query("# Alles.  |  All.\n# result: statements\n", name="alles", where="alles.rq")


def test_a_tool_says_what_it_asks_in_both_languages() -> None:
    """Title and explanation in Dutch and English, and what comes out."""
    assert "Wie? Ook nu.\nWho? Now too.\nColumns: org, naam." == tools.description(QUERY)
    assert "Alles.\nAll.\nStatements, in Turtle." == tools.description(STATEMENTS)


def test_a_tool_says_what_it_takes() -> None:
    """Each parameter is a text that must be given, with its meaning and its kind; nothing else is taken."""
    schema = tools.takes(QUERY)
    assert ["org", "ding", "woord"] == schema["required"] == list(schema["properties"])
    assert {"string"} == {each["type"] for each in schema["properties"].values()}
    assert schema["properties"]["org"]["description"].startswith("Welke. Which. The IRI of one organisatie")
    assert "Het woord. The word. Any text." == schema["properties"]["woord"]["description"]
    assert schema["additionalProperties"] is False


def test_an_answer_has_the_form_that_was_promised() -> None:
    """Rows keep what they have, by column; statements come as Turtle."""
    body = {"results": {"bindings": [{"org": {"type": "uri", "value": "http://x/1"}}, {}]}}
    assert {"rows": [{"org": "http://x/1"}, {}]} == tools.structured(QUERY, json.dumps(body))
    assert ["rows"] == tools.gives(QUERY)["required"]
    assert {"turtle": "<a:b> <a:c> 1 ."} == tools.structured(STATEMENTS, "<a:b> <a:c> 1 .")
    assert ["turtle"] == tools.gives(STATEMENTS)["required"]


def test_without_the_extra_the_command_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, and no traceback."""
    monkeypatch.setitem(sys.modules, "mcp", None)
    result = run("mcp", "--lang", "en")
    assert 2 == result.exit_code
    assert 'is not installed. Install it with: pip install "kennis-ld[mcp]".' in result.stderr
    assert "Traceback" not in result.output
