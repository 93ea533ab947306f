"""Every option with every kind of odd value, folders that are files, and a system that refuses: sentences, no crash."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pytest

from kennis_ld.cli import main
from kennis_ld.export import crawl
from kennis_ld.pipeline.checking import Checked
from kennis_ld.quality.checker import Checker
from kennis_ld.quality.validation import NothingToValidate
from kennis_ld.release import build
from kennis_ld.release.writer import ReleaseWriter
from kennis_ld.serving import service
from tests.cli.conftest import City, Run

ODD = [
    "",
    " ",
    "a\nb",
    "a\x1b[31mb",
    "\x01",
    "x" * 5000,
    "../" * 2000,
    "=1+1",
    "-",
    "/dev/null",
    "/dev/null/x",
    "/proc/version",
    "http://[",
    "http://x:99999/",
    "file:///etc/hostname",
    "ftp://example.org/",
    "a=b",
    "organisatie=" + "x" * 5000,
    "organisatie=\nx",
    "\udcff",
]
GOOD = {"diff": ["2030", "2030"], "query": ["projecten-van-organisatie"], "adopt": ["proposals"], "new": ["new"]}
NEEDED = {"adopt": ["--by", "Bureau", "--why", "Omdat"]}


def wordy(command: click.Command) -> list[click.Parameter]:
    """The parameters of a command that take words."""
    kinds = (click.Path, click.types.StringParamType, click.DateTime)
    return [each for each in command.params if isinstance(each.type, kinds)]


PARAMETERS = [(name, each) for name, command in sorted(main.commands.items()) for each in wordy(command)]


def test_parameters_are_found() -> None:
    """What is tried below are the words that commands take."""
    found = {(name, parameter.name) for name, parameter in PARAMETERS}
    assert {("check", "publication"), ("query", "endpoint"), ("adopt", "by"), ("diff", "before")} < found


class WrittenOnce(ReleaseWriter):
    """Writes what the first build of the city has written."""

    first: tuple[Checked, str, Mapping[str, bytes]] | None = None

    def data(self) -> Checked:
        """Returns what there is to say about the city."""
        return self.first[0] if self.first else super().data()

    def describe(self, checked: Checked) -> str:
        """Writes the files; returns the name of the release."""
        if self.first is None:
            name = super().describe(checked)
            WrittenOnce.first = checked, name, {path.name: path.read_bytes() for path in self._folder.iterdir()}
            return name
        _, name, files = self.first
        for path, content in files.items():
            (self._folder / path).write_bytes(content)
        return name


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS, ids=lambda each: getattr(each, "name", each))
def test_odd_value_is_no_crash(
    run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, parameter: click.Parameter
) -> None:
    """Whatever is given, a command does its work or says what is wrong, with one of its exit codes."""
    folder = city()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(service, "serve", lambda *given, **named: None)
    # What the shapes say and a release holds is not what this is about, and takes nearly all of the time.
    monkeypatch.setattr(build, "ReleaseWriter", WrittenOnce)
    monkeypatch.setattr(Checker, "check", lambda *given: NothingToValidate())
    monkeypatch.setattr(crawl._Crawl, "everything", lambda self: iter(()))
    for value in ODD:
        arguments = [*GOOD.get(name, []), *NEEDED.get(name, [])]
        place = ["--publication", str(folder)] if name in ("diff", "query") else [str(folder)]
        if isinstance(parameter, click.Argument):
            positions = [each.name for each in main.commands[name].params if isinstance(each, click.Argument)]
            given = [value if each == parameter.name else "x" for each in positions]
            words = [name, *NEEDED.get(name, []), "--", *given]
        else:
            words = [name, *arguments, *(place if parameter.name != "publication" else []), parameter.opts[0], value]
        result = run(*words)
        assert result.exception is None or isinstance(result.exception, SystemExit), (words, result.exception)
        assert result.exit_code in {0, 1, 2, 3}, words
        if result.exit_code in {2, 3}:
            assert result.stderr.strip(), words


@pytest.mark.parametrize("command", ["build", "serve", "query", "releases", "rollback", "diff", "adopt"])
def test_releases_folder_that_is_a_file(
    run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """A folder of releases that is a file is named, by whatever command needs it."""
    folder, kept = city(), tmp_path / "file"
    kept.write_text("")
    (tmp_path / "proposals").mkdir()
    words = {
        "query": ["query", "wie-trekt-het-meest", "--publication", folder],
        "diff": ["diff", "2030", "current", "--publication", folder],
        "adopt": ["adopt", tmp_path / "proposals", folder, *NEEDED["adopt"]],
    }.get(command, [command, folder])
    result = run(*words, "--releases", kept)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    if command != "releases":
        assert 2 == result.exit_code


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EMFILE, errno.EACCES])
@pytest.mark.parametrize(
    "place", ["writer.formats.write", "writer.write_reports", "writer.manifest.file_facts", "build.publish.publish"]
)
def test_system_that_refuses_while_building(
    run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, reason: int
) -> None:
    """Whatever the system refuses in the middle of a build is a sentence, and no half release is left."""
    kept = tmp_path / "releases"

    def refused(*given: object, **named: object) -> None:
        raise OSError(reason, "Nee", "ergens")

    monkeypatch.setattr(f"kennis_ld.release.{place}", refused)
    result = run("build", city(), "--releases", kept)
    assert (2, "") == (result.exit_code, result.stdout)
    assert "Nee" in result.stderr
    assert "Make room" in result.stderr or reason != errno.ENOSPC
    assert [] == [path.name for path in kept.iterdir() if path.name != ".lock"]


@pytest.mark.parametrize("name", ["publication.toml", "register.csv", "themes.csv", "agenda.txt"])
def test_file_that_this_user_may_not_read(run: Run, city: City, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What is there and may not be read is not asked to be put there, but to be made readable; and where is said."""
    opened = Path.open

    def refused(path: Path, *given: Any, **named: Any) -> Any:
        if path.name == name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *given, **named)

    folder = city()
    monkeypatch.setattr(Path, "open", refused)
    result = run("check", folder, "--lang", "nl")
    assert 2 == result.exit_code
    assert result.stderr.startswith(f"✖ {folder / name}: ")
    assert result.stderr.endswith(
        ": Dat mag deze gebruiker niet. Geef deze gebruiker er rechten om te lezen of te "
        "schrijven, en probeer het opnieuw.\n"
    )


@pytest.mark.parametrize("content", ["", "Naam\tKleur\nSloten\tblauw\n"])
def test_document_that_cannot_be_read_is_said_with_its_path(run: Run, city: City, content: str) -> None:
    """A document that is empty, or has no table with projects, is named so that a terminal can open it."""
    folder = city()
    (folder / "agenda.txt").write_text(content, encoding="utf-8")
    assert run("check", folder).stderr.startswith(f"✖ {folder / 'agenda.txt'}: ")


def test_document_without_its_ending_is_found(run: Run, city: City) -> None:
    """Windows hides what names end in: the document that is meant is named, and that name works."""
    folder = city()
    settings = folder / "publication.toml"
    whole = settings.read_text(encoding="utf-8")
    settings.write_text(whole.replace('"agenda.txt"', '"agenda"'), encoding="utf-8")
    said = run("check", folder, "--lang", "nl").stderr
    assert said.endswith("Het bestand is er niet. Schrijf in publication.toml de hele naam: agenda.txt.\n")
    settings.write_text(whole, encoding="utf-8")
    assert 0 == run("check", folder).exit_code


def test_new_takes_nothing_away_from_a_folder_it_cannot_list(
    run: Run, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it cannot be seen whether a folder is empty, what stands in it stays."""
    folder = city()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    listed = Path.iterdir

    def refused(path: Path) -> Any:
        if path == folder:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return listed(path)

    with monkeypatch.context() as rights:
        rights.setattr(Path, "iterdir", refused)
        result = run("new", folder)
    assert 2 == result.exit_code
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_new_publication_on_a_full_disk_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that could not be filled is empty, so that the same command works once there is room."""
    copied = shutil.copyfile

    def full(source: Path, target: Path) -> Path:
        if target.name == "register.csv":
            target.touch()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        return copied(source, target)

    with monkeypatch.context() as disk:
        disk.setattr(shutil, "copyfile", full)
        result = run("new", tmp_path / "city", "--lang", "nl")
    assert (2, []) == (result.exit_code, [*(tmp_path / "city").iterdir()])
    assert result.stderr.endswith("De schijf is vol. Maak ruimte op de schijf en probeer het opnieuw.\n")
    assert 0 == run("new", tmp_path / "city").exit_code


@pytest.mark.parametrize("buffered", [True, False], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("arguments", [["--help"], ["check", "CITY"], ["query", "--format", "json"]], ids=" ".join)
def test_output_without_room(city: City, arguments: list[str], *, buffered: bool) -> None:
    """A full disk under the output is said, not a crash; also where output is written only when a buffer is full."""
    command = [str(city()) if argument == "CITY" else argument for argument in arguments]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "kennis_ld.cli", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": "" if buffered else "1"},
            text=True,
            check=False,
        )
    assert 2 == ran.returncode
    assert "Make room on the disk" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_decision_needs_words(run: Run, city: City) -> None:
    """Who decided and why are kept in one line each; without words there is no decision."""
    for words in ("", " ", "\n", "\x1b"):
        assert 2 == run("adopt", "proposals", city(), "--by", words, "--why", "Omdat").exit_code
        assert 2 == run("adopt", "proposals", city(), "--by", "Bureau", "--why", words).exit_code


def test_damaged_release_has_a_way_on(run: Run, city: City, tmp_path: Path) -> None:
    """Every command that needs a release names the commands that help, and these help."""
    folder, kept = city(), tmp_path / "releases"
    first = json.loads(run("build", folder, "--releases", kept, "--format", "json").stdout)["release"]
    (kept / first / "agenda.nq").write_bytes(b"\xff")
    for words in (
        ["query", "wie-trekt-het-meest", "--publication", folder],
        ["diff", "2030", "current", "--publication", folder],
    ):
        result = run(*words, "--releases", kept)
        assert 2 == result.exit_code
        assert "kennis-ld build" in result.stderr
        assert "kennis-ld rollback" in result.stderr
    assert 0 == run("build", folder, "--releases", kept).exit_code
    assert 0 == run("query", "wie-trekt-het-meest", "--publication", folder, "--releases", kept).exit_code
