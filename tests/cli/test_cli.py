"""The commands as people and programs use them: exit codes, what goes to stdout, and what to do when it goes wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kennis_ld.cli import main
from kennis_ld.cli.group import SUMMARIES
from kennis_ld.publication import settings
from tests.cli.conftest import City, Run
from tests.publications import DOCUMENT, REGISTER, SETTINGS

VIOLATION = DOCUMENT + "\tZonder nummer\tMet een tekst die lang genoeg is\tT: GZ\n"
KENNIS = [sys.executable, "-m", "kennis_ld.cli"]


def test_good_publication_is_exit_0(run: Run, city: City) -> None:
    """Warnings and remarks are no failure; the findings are on stdout and the sums on stderr."""
    folder = city({"agenda.txt": DOCUMENT.replace("P: ZU, inwoners", "P: Onbekend Huis")})
    result = run("check", folder, "--lang", "nl")
    assert 0 == result.exit_code
    assert "“Onbekend Huis” staat niet in het register" in result.stdout
    assert "waarschuwingen" in result.stderr
    assert "waarschuwingen" not in result.stdout


@pytest.mark.parametrize("command", ["check", "build"])
def test_violation_is_exit_1(run: Run, city: City, command: str) -> None:
    """A violation is the outcome of a check and stops a build; the finding is on stdout."""
    result = run(command, city({"agenda.txt": VIOLATION}))
    assert 1 == result.exit_code
    assert "row-without-number" in result.stdout


@pytest.mark.parametrize(("terminal", "last"), [("", "All findings"), ("1", "Do this first")])
def test_what_to_do_first_stays_in_sight(
    run: Run, city: City, monkeypatch: pytest.MonkeyPatch, terminal: str, last: str
) -> None:
    """A terminal shows the end of what is printed: what to do first stands there, and in a file on top."""
    monkeypatch.setenv("FORCE_COLOR", terminal)
    names = ", ".join(f"Bond {letter}" for letter in "abcdefghijklmnop")
    told = run("check", city({"agenda.txt": DOCUMENT.replace("P: ZU, inwoners", f"P: {names}")})).stdout
    assert last == max(("All findings", "Do this first"), key=told.index)


def test_check_for_a_portal_says_what_it_would_say(run: Run, city: City) -> None:
    """What the portal would say and what its harvest would do are on stdout, where to register on stderr; exit 0."""
    result = run("check", city(), "--for", "nde", "--lang", "nl")
    assert 0 == result.exit_code
    assert "De dataset noemt geen gebied.  [catalogue.spatial]" in result.stdout
    assert "[in publication.toml, shape:nde-place]" in result.stdout
    assert "vindt het deze dataset, met 3 projecten" in result.stdout
    assert "met het adres https://data.zandwijk.example/catalog" in result.stderr


def test_check_for_a_portal_that_would_refuse_is_exit_1(run: Run, city: City) -> None:
    """A violation of the portal is exit 1, and JSON has its findings and what its next harvest would do."""
    keywords = SETTINGS.replace("[catalogue]", '[catalogue]\nkeywords.nl = ["kennis & kunde"]')
    result = run("check", city({"publication.toml": keywords}), "--for", "ckan", "--format", "json")
    assert 1 == result.exit_code
    found = json.loads(result.stdout)
    assert "ckan" == found["portal"]
    assert "shape:ckan-tag-characters" == found["findings"][0]["code"]
    assert ["https://data.zandwijk.example/id/dataset/zandwijk"] == found["harvest"]["datasets"]["added"]


def test_check_for_a_portal_shows_what_stops_the_release_first(run: Run, city: City) -> None:
    """Without a release there is nothing for a portal to read, so the violations are shown."""
    result = run("check", city({"agenda.txt": VIOLATION}), "--for", "ckan")
    assert 1 == result.exit_code
    assert "row-without-number" in result.stdout


def test_findings_of_a_stopped_build_are_json_too(run: Run, city: City) -> None:
    """Who asks for JSON gets it, whatever came of the build."""
    result = run("build", city({"agenda.txt": VIOLATION}), "--format", "json")
    assert "violation" in {item["severity"] for item in json.loads(result.stdout)["findings"]}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("publication.toml", SETTINGS.replace("language", "langauge"), "there is no setting 'langauge'"),
        ("publication.toml", SETTINGS.replace("agenda.txt", "weg.txt"), "weg.txt"),
        ("register.csv", REGISTER.replace("kind", "kleur"), "unknown column 'kleur'"),
        ("register.csv", REGISTER.replace("zu,Universiteit", "gz,Universiteit"), "stands there twice"),
        ("agenda.txt", "een brief en geen tabel\n", "There is no table"),
    ],
)
def test_what_cannot_be_read_is_exit_2(run: Run, city: City, name: str, content: str, said: str) -> None:
    """The error says what is wrong, in which file and what to do, on stderr; stdout stays empty."""
    result = run("check", city({name: content}), "--format", "json")
    assert 2 == result.exit_code
    assert "" == result.stdout
    assert said.casefold() in result.stderr.casefold()
    assert "Traceback" not in result.stderr


def test_missing_publication_is_exit_2(run: Run, tmp_path: Path) -> None:
    """A folder without publication.toml is no publication, and the error says what one is."""
    result = run("check", tmp_path / "nergens")
    assert 2 == result.exit_code
    assert "A publication is a folder with a publication.toml" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["check", "--wat"], ["check", "--format", "xml"], ["serve", "--port", "0"], ["watte"], ["adopt", "map"]],
)
def test_wrong_use_is_exit_2(run: Run, arguments: list[str]) -> None:
    """An option, value or command that does not exist is wrong use."""
    assert 2 == run(*arguments).exit_code


def test_refused_release_is_exit_3(run: Run, city: City) -> None:
    """A release in which a published URI would vanish is refused, and the URI is named."""
    assert 0 == run("build", city()).exit_code
    result = run("build", city({"agenda.txt": DOCUMENT.replace("Stuifplan", "Duinwacht en zandvang")}))
    assert 3 == result.exit_code
    assert "project/stuifplan" in result.stderr
    assert "" == result.stdout


def test_json_of_check_is_pure(run: Run, city: City) -> None:
    """Stdout is one JSON document; every finding says what, where, in which file and what to do, in both languages."""
    result = run(
        "check", city({"agenda.txt": DOCUMENT.replace("P: ZU, inwoners", "P: Onbekend Huis")}), "--format", "json"
    )
    document = json.loads(result.stdout)
    assert {"findings", "counts", "complete"} == set(document)
    (finding,) = [item for item in document["findings"] if item["code"] == "unknown-name"]
    assert {"code", "severity", "place", "line", "subject", "words", "message", "remedy", "file"} == set(finding)
    assert ("agenda.txt:3", "1a Schone sloten", "Onbekend Huis") == (
        finding["place"],
        finding["subject"],
        finding["words"],
    )
    assert "register.csv" == finding["file"]
    assert {"nl", "en"} == set(finding["message"]) == set(finding["remedy"])
    assert {"2030": {"part": 2, "whole": 3}} == document["complete"]


def test_json_of_build_is_pure(run: Run, city: City, tmp_path: Path) -> None:
    """Stdout is one JSON document that names the release; the same again says that nothing changed."""
    first = json.loads(run("build", city(), "--releases", tmp_path / "r", "--format", "json").stdout)
    second = json.loads(run("build", city(), "--releases", tmp_path / "r", "--format", "json").stdout)
    assert {"release", "folder", "unchanged"} == set(first)
    assert first["release"] == second["release"]
    assert (False, True) == (first["unchanged"], second["unchanged"])
    assert (tmp_path / "r" / first["release"] / "findings.csv").exists()


@pytest.mark.parametrize(("language", "divider", "project"), [("nl", ";", "project"), ("en", ",", "project")])
def test_csv_of_check_opens_in_a_spreadsheet(run: Run, city: City, language: str, divider: str, project: str) -> None:
    """The bytes start with a mark that says UTF-8, and are divided as spreadsheets of that language expect."""
    result = run("check", city(), "--format", "csv", "--lang", language)
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline=""), delimiter=divider))
    assert ["1a Schone sloten, 1b Regenkaart, 2a Stuifplan"] == sorted({row[project] for row in rows} - {""})
    assert all(len(row) == 8 and None not in row.values() for row in rows)


def test_findings_in_english(run: Run, city: City) -> None:
    """`--lang en` speaks English, sums included."""
    result = run("check", city(), "--lang", "en")
    assert "3 projects are not in projects.csv yet" in result.stdout
    assert "for information" in result.stderr


def test_saved_queries_are_listed(run: Run) -> None:
    """Without a name, `query` lists what can be asked, for people and for machines."""
    shown = run("query").stdout
    listed = json.loads(run("query", "--format", "json").stdout)
    assert len(listed) > 20
    assert all(item["name"] in shown and item["title"]["nl"] and item["title"]["en"] for item in listed)


def test_query_with_a_parameter(run: Run, city: City) -> None:
    """A parameter is given by the key of the thing; the release is built where there is none."""
    arguments = ("query", "projecten-van-organisatie", "-p", "organisatie=hd", "--publication", city())
    bindings = json.loads(run(*arguments, "--format", "json").stdout)["results"]["bindings"]
    assert {"Regenkaart", "Stuifplan"} == {row["titel"]["value"] for row in bindings}
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout)))
    assert len(bindings) == len(rows)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["projecten-van-organisatie"], "Parameter 'organisatie' has no value"),
        (["projecten-van-organisatie", "-p", "organisatie=Geen Sleutel"], "organisatie=reference"),
        (["projecten-van-organisatie", "-p", "naam=hd"], "It takes: organisatie"),
        (["wie-trekt-het-mest"], "wie-trekt-het-meest"),
        (["wie-trekt-het-meest", "--format", "ttl"], "This query answers in"),
    ],
)
def test_wrong_question_is_exit_2(run: Run, city: City, arguments: list[str], said: str) -> None:
    """A question that cannot be asked is wrong use, and the error says what can."""
    result = run("query", *arguments, "--publication", city())
    assert 2 == result.exit_code
    assert said in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "CITY"],
        ["check", "CITY", "--format", "csv"],
        ["query", "wie-trekt-het-meest", "--publication", "CITY", "--format", "csv"],
    ],
    ids=" ".join,
)
def test_reader_that_stops_reading_is_no_crash(city: City, arguments: list[str]) -> None:
    """`kennis-ld … | head -1` ends quietly: no traceback when nobody reads on."""
    read, write = os.pipe()
    os.close(read)
    folder = str(city())
    command = [*KENNIS, *(folder if argument == "CITY" else argument for argument in arguments)]
    result = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert "Traceback" not in result.stderr
    assert "BrokenPipe" not in result.stderr


def test_progress_is_shown_on_a_terminal_only(city: City) -> None:
    """On a terminal the work shows how far it is; in a pipe stderr has nothing but the sums."""
    command = [*KENNIS, "check", str(city()), "--lang", "nl"]
    terminal, end = pty.openpty()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=end, env={**os.environ, "TERM": "xterm"})
    os.close(end)
    shown = b""
    while chunk := _read(terminal):
        shown += chunk
    process.communicate()
    assert b"inlezen" in shown
    piped = subprocess.run(command, capture_output=True, check=True)
    assert b"inlezen" not in piped.stderr
    assert b"\x1b" not in piped.stdout + piped.stderr


def _read(terminal: int) -> bytes:
    """What the other side wrote; nothing once it is gone (Linux then gives EIO)."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def examples(command: click.Command) -> list[str]:
    """The examples in the help of a command."""
    lines = [line.strip() for line in (command.help or "").splitlines()]
    return [line for line in lines if line.startswith("kennis-ld ")]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    """The summaries in the list, which is shown without loading the commands, are those of the commands."""
    assert SUMMARIES[name] == main.commands[name].get_short_help_str(1000)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_shows_examples_that_are_understood(run: Run, name: str) -> None:
    """The help of every command shows an example, and the options in it exist."""
    shown = run(name, "--help")
    assert 0 == shown.exit_code
    found = examples(main.commands[name])
    assert found
    for example in found:
        words = shlex.split(example)
        main.commands[words[1]].make_context(words[1], words[2:])


def test_examples_work(run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples that need no other machine work, one after the other, as a reader of the help would try them."""
    changes = {
        "register.csv": REGISTER + "ul,Universiteit Lisse,CollegeOrUniversity,,UL,,\n",
        "agenda.txt": DOCUMENT.replace("P: ZU, inwoners", "P: ZU, Onbekend Huis"),
    }
    bundled = settings.bundled
    (tmp_path / "data").mkdir()
    city(changes).rename(tmp_path / "data" / "leiden")
    monkeypatch.setattr(settings, "bundled", lambda name: tmp_path / "data" if name == "data" else bundled(name))
    monkeypatch.chdir(tmp_path)
    tried = [
        example
        for name in ("check", "adopt", "build", "query")
        for example in examples(main.commands[name])
        if "--endpoint" not in example
    ]
    assert len(tried) > 6
    for example in tried:
        result = run(*shlex.split(example)[1:])
        assert 0 == result.exit_code, f"{example}\n{result.output}"
