"""Beginning: an empty publication that leads the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kennis_ld.cli import main
from tests.publications import DOCUMENT


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


FILES = {
    "LEESMIJ.md",
    "decisions.csv",
    "groups.csv",
    "projects.csv",
    "publication.toml",
    "register.csv",
    "themes.csv",
}


def test_new_publication_has_headers_and_no_data(tmp_path: Path) -> None:
    """Every table is there with its columns and without a row; nothing is made up."""
    result = run("new", tmp_path / "city")
    assert 0 == result.exit_code
    assert {str(tmp_path / "city" / name) for name in FILES} == set(result.stdout.split())
    for name in FILES - {"LEESMIJ.md", "publication.toml"}:
        assert 1 == (tmp_path / "city" / name).read_text(encoding="utf-8").count("\n"), name


def test_new_publication_tells_its_files_as_data(tmp_path: Path) -> None:
    """A program hears which files there are now."""
    told = json.loads(run("new", tmp_path / "city", "--format", "json").stdout)
    assert (str(tmp_path / "city"), FILES) == (told["folder"], set(told["files"]))


def test_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    """Nothing of anybody is overwritten: a folder that is not empty, or a file, is refused with exit 2."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for place in (tmp_path, tmp_path / "notes.txt"):
        result = run("new", place)
        assert 2 == result.exit_code
        assert "empty folder" in result.stderr
    assert ["notes.txt"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("language", "first"), [("nl", "een korte sleutel voor de agenda"), ("en", "a short key for the agenda")]
)
def test_check_says_what_to_fill_in_first(tmp_path: Path, language: str, first: str) -> None:
    """All that is empty, once, in order and in the language asked for; exit 2."""
    run("new", tmp_path / "city")
    result = run("check", tmp_path / "city", "--lang", language)
    assert 2 == result.exit_code
    steps = [line.strip() for line in result.stderr.splitlines() if line.startswith("  ")]
    assert f"1. agenda.key: {first}" == steps[0]
    assert [
        "agenda.key", "agenda.title.nl", "agenda.description.nl", "agenda.publisher", "editions.key",
        "editions.document", "editions.title.nl", "catalogue.contact.name", "catalogue.contact.url",
        "catalogue.license", "catalogue.themes",
    ] == [step.split()[1].rstrip(":") for step in steps]  # fmt: skip


def test_filled_in_step_by_step_it_passes(tmp_path: Path) -> None:
    """Settings, then the publisher in the register, then the document: each check names the next step."""
    folder = tmp_path / "city"
    run("new", folder)
    settings = folder / "publication.toml"
    text = settings.read_text(encoding="utf-8")
    filled = {
        'publisher = ""': 'publisher = "gz"',
        'document = ""': 'document = "agenda.txt"',
        'contact.url = ""': 'contact.url = "https://zandwijk.example"',
        'license = ""': 'license = "https://creativecommons.org/publicdomain/zero/1.0/"',
        "themes = []": 'themes = ["GOVE"]',
        'key = ""': 'key = "sleutel"',
        '.nl = ""': '.nl = "Een titel"',
        '.name = ""': '.name = "Bureau Kennis"',
    }
    for empty, value in filled.items():
        text = text.replace(empty, value)
    settings.write_text(text, encoding="utf-8")
    assert "organisation 'gz' is not in the register" in run("check", folder).stderr
    with (folder / "register.csv").open("a", encoding="utf-8") as register:
        register.write("gz;Gemeente Zandwijk;;GovernmentOrganization;;GZ;;;;;;;;;;\n")
    assert "agenda.txt" in run("check", folder).stderr
    (folder / "agenda.txt").write_text(DOCUMENT, encoding="utf-8")
    result = run("check", folder)
    assert 0 == result.exit_code
    assert "“ZU” is not in the register" in result.stdout


def test_setting_that_is_wrong_is_still_told_by_its_line(tmp_path: Path) -> None:
    """The list is about what is empty; a setting that is filled in wrongly keeps its own message."""
    run("new", tmp_path / "city")
    settings = tmp_path / "city" / "publication.toml"
    settings.write_text("base_uri = 1\n", encoding="utf-8")
    assert "there is no table [agenda]" in run("check", tmp_path / "city").stderr
