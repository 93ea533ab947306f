"""The language of what is said: as asked, else that of the publication, in findings, remarks and errors alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from kennis_ld.cli.language import VARIABLE
from tests.cli.conftest import City, Run
from tests.publications import REGISTER, SETTINGS

WRONG = {"register.csv": REGISTER.replace("zu-lab,", "ZU lab,")}
DUTCH = "is geen sleutel. Gebruik kleine letters"
ENGLISH = "is no key. Use lower-case letters"


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)


@pytest.mark.parametrize("arguments", [[], ["--lang", "nl"]])
def test_error_is_in_the_language_of_the_publication(run: Run, city: City, arguments: list[str]) -> None:
    """A Dutch publication is spoken of in Dutch, also where it is an error that stops."""
    assert DUTCH in run("check", city(WRONG), *arguments).stderr


def test_error_is_in_the_language_asked_for(run: Run, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--lang`, and the variable that stands in for it, come before the language of the publication."""
    assert ENGLISH in run("check", city(WRONG), "--lang", "en").stderr
    monkeypatch.setenv(VARIABLE, "en")
    assert ENGLISH in run("check", city(WRONG)).stderr
    assert DUTCH in run("check", city(WRONG), "--lang", "nl").stderr


def test_publication_in_another_language_is_spoken_of_in_english(run: Run, city: City) -> None:
    """A city that publishes in Frisian or English reads English."""
    settings = SETTINGS.replace('language = "nl"', 'language = "fy"')
    assert ENGLISH in run("check", city({**WRONG, "publication.toml": settings})).stderr


def test_remarks_are_in_dutch_too(run: Run, city: City, tmp_path: Path) -> None:
    """What `check` and `adopt` say beside the findings is in the same language."""
    said = run("check", city(), "--proposals", tmp_path / "p").stderr
    assert "rijen voorgesteld" in said
    assert "en dan: kennis-ld adopt" in said
    said = run("adopt", tmp_path / "p", city(), "--by", "Bureau", "--why", "Gebeld").output
    assert "rijen overgenomen in" in said
    assert "Terugdraaien kan met: kennis-ld undo" in said
