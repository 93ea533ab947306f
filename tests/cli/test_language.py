"""The language of what is said: as asked, else that of the publication, in findings, remarks and errors alike."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path

import click
import pytest

import kennis_ld.cli
from kennis_ld.cli import main
from kennis_ld.cli.help import helped
from kennis_ld.cli.language import VARIABLE
from tests.cli.conftest import City, Run
from tests.editions.conftest import DECIDED, FILES
from tests.publications import DOCUMENT, REGISTER, SETTINGS

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
    assert ENGLISH in run("check", city(WRONG), "--lang=nl", "--lang", "en").stderr
    assert DUTCH in run("check", city(WRONG), "--lang", "en", "--lang=nl").stderr


def test_publication_in_another_language_is_spoken_of_in_english(run: Run, city: City) -> None:
    """A city that publishes in Frisian or English reads English."""
    settings = SETTINGS.replace('language = "nl"', 'language = "fy"')
    assert ENGLISH in run("check", city({**WRONG, "publication.toml": settings})).stderr


def test_what_a_new_publication_lacks_is_said_in_one_language(run: Run, tmp_path: Path) -> None:
    """Each step that is still to be done, in the language asked for and in no other."""
    run("new", tmp_path / "city")
    english = run("check", tmp_path / "city", "--lang", "en").stderr
    dutch = run("check", tmp_path / "city").stderr
    steps = [re.findall(r"(?m)^  \d+\. ([\w.]+): (.+)$", said) for said in (dutch, english)]
    assert [name for name, _ in steps[0]] == [name for name, _ in steps[1]]
    assert len(steps[0]) > 9
    assert not set(steps[0]) & set(steps[1])
    assert "Still" not in dutch
    assert "Nog in te vullen" not in english


def test_brackets_in_names_are_no_markup(run: Run, tmp_path: Path) -> None:
    """A folder with brackets in its name is named whole, as is what stands in a remark, on one line in a log."""
    folder = tmp_path / ("x" * 90) / "[bold]stad"
    said = run("new", folder, "--lang", "nl").stderr
    assert f"Begin met {folder}/LEESMIJ.md\n" == said


def test_remarks_are_in_dutch_too(run: Run, city: City, tmp_path: Path) -> None:
    """What `check` and `adopt` say beside the findings is in the same language."""
    said = run("check", city(), "--proposals", tmp_path / "p").stderr
    assert "rijen voorgesteld" in said
    assert "en dan: kennis-ld adopt" in said
    said = run("adopt", tmp_path / "p", city(), "--by", "Bureau", "--why", "Gebeld").output
    assert "rijen overgenomen in" in said
    assert "Terugdraaien kan met: kennis-ld undo" in said


def test_release_that_is_not_there_is_said_in_dutch(run: Run, city: City, tmp_path: Path) -> None:
    """Also where the sentence is made of pieces, and where several things stop a command."""
    folder, releases = city(), tmp_path / "r"
    built = run("build", folder, "--releases", releases).stdout.strip()
    said = run("rollback", folder, "deadbeef", "--releases", releases).stderr
    assert said.endswith("Zo'n release is er niet: 'deadbeef'. `kennis-ld releases` geeft de namen.\n")
    Path(built, "agenda.nq").write_text("", encoding="utf-8")
    said = run("export", folder, "--static", tmp_path / "site", "--releases", releases).stderr
    assert "agenda.nq is niet wat het manifest zegt. Maak de release opnieuw (kennis-ld build), of ga terug" in said
    said = run("build", city({"agenda.txt": DOCUMENT.replace("kaart", "kaarten")}), "--releases", releases).stderr
    assert "is beschadigd of weg, dus niemand weet welke adressen erin stonden. Geen andere is heel. Zet de map" in said


def test_broken_settings_are_said_in_dutch(run: Run, city: City) -> None:
    """What Python says of a line that is no TOML reaches nobody."""
    said = run("check", city({"publication.toml": SETTINGS + 'x = "a\n'})).stderr
    assert "Deze regel kan niet worden gelezen: de tekst op deze regel wordt niet gesloten." in said


def test_publication_that_was_not_named_is_said(run: Run, city: City) -> None:
    """Without a name `check` takes the bundled publication, and says so beside the findings, not among them."""
    checked = run("check", "--format", "json", "--lang", "nl")
    assert "Er is geen publicatie genoemd; dit is " in checked.stderr
    assert "leiden" in checked.stderr
    assert "geen publicatie genoemd" not in checked.stdout
    assert "genoemd" not in run("check", city(), "--format", "json").stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "De opdracht 'chek' is er niet. Bedoelde u 'check'?"),
        (["check", "--fout"], "De optie '--fout' is er niet. Bedoelde u een van deze: '--for', '--format'?"),
        (
            ["check", "--format", "pdf"],
            "Bij '--format' kan deze waarde niet: 'pdf' is niet een van deze: 'text', 'json', 'csv'.",
        ),
        (["check", "a", "b"], "Er staat iets te veel: b."),
        (["check", "--format"], "Achter '--format' ontbreekt een waarde."),
        (["adopt", "p"], "'PUBLICATION' ontbreekt."),
        (["adopt", "p", "c", "--by", "B"], "De optie '--why' ontbreekt."),
        (["adopt", "p", "c", "--by", ""], "Bij '--by' kan deze waarde niet: Hier horen woorden op één regel."),
        (
            ["adopt", "p", "c", "--on", "1-2-2030"],
            "Bij '--on' kan deze waarde niet: '1-2-2030' is geen datum zoals 2030-02-01.",
        ),
        (["serve", "--port", "x"], "Bij '--port' (of de variabele 'KENNIS_LD_PORT') kan deze waarde niet: 'x' is geen heel getal."),  # noqa: E501
        (["serve", "--service-seconds", "0"], "Bij '--service-seconds' (of de variabele 'KENNIS_LD_SERVICE_SECONDS') kan deze waarde niet: 0.0 valt buiten 0.1<=x<=600."),  # noqa: E501
        (["push", "x"], "Bij 'URL' kan deze waarde niet: 'x' is geen webadres, zoals https://data.example.org/sparql."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_wrong_use_is_said_in_dutch(run: Run, arguments: list[str], said: str) -> None:
    """What was typed and cannot be understood is said in one line, with where to find help."""
    ran, command = (
        run(*arguments),
        "kennis-ld" if arguments in (["chek"], ["check", "--format"]) else f"kennis-ld {arguments[0]}",
    )
    assert (2, "", f"✖ {said} Hulp: {command} --help\n") == (ran.exit_code, ran.stdout, ran.stderr)
    assert run("--lang=en", *arguments).stderr.endswith(f"For help: {command} --help\n")


def test_wrong_use_is_said_in_the_language_of_the_publication(run: Run, city: City) -> None:
    """Also where click stopped before it knew which publication it is about."""
    folder = city({"publication.toml": SETTINGS.replace('language = "nl"', 'language = "en"')})
    said = "✖ No such option '--fout'. Did you mean"
    assert run("check", folder, "--fout").stderr.startswith(said.replace(" Did", " (Did"))
    assert "No such option" in run("query", "--fout", f"--publication={folder}").stderr


def test_one_remedy_for_many_names_is_said_once(run: Run, city: City) -> None:
    """Names that the register lacks stand together, each with its place, over what to do about them."""
    names = ("Huis Wad", "Kring Bos", "Bond Zee")
    document = DOCUMENT.replace("P: ZU, inwoners", f"P: {names[0]}, {names[1]}").replace(
        "P: GZ, HD e.a.", f"P: {names[2]}"
    )
    said = run("check", city({"agenda.txt": document}), "--lang", "nl").stdout.splitlines()
    at = [next(number for number, line in enumerate(said) if name in line) for name in names]
    assert [at[0], at[0] + 1, at[0] + 2] == at
    assert all(re.search(r"gemaakt\.  \[agenda\.txt:\d+\]$", said[line]) for line in at)
    assert said[at[2] + 1].startswith("    → Neem het voorstel voor register.csv over")
    assert said[at[2] + 1].endswith("  [in register.csv, unknown-name]")
    assert 1 == sum("voorstel voor register.csv" in line for line in said)


def test_one_remedy_for_many_projects_is_said_once(run: Run, city: City) -> None:
    """Entries of a second edition that nobody decided about stand together, each with its name and candidates."""
    first = "".join(row for row in DECIDED.splitlines(keepends=True) if ",2034," not in row)
    said = run("check", city({**FILES, "projects.csv": first}), "--lang", "nl").stdout.splitlines()
    found = [line for line in said if "het kan een bekend project zijn" in line]
    assert ["[1 Schone sloten in de wijk, later.txt:3]", "[2 Stuifplan, later.txt:4]"] == [
        line[line.rindex("[") :] for line in found
    ]
    assert 1 == sum("Neem de voorstellen voor projects.csv over (check" in line for line in said)


def texts_of_help(command: click.Command) -> list[str]:
    """The paragraphs of the help of a command, without its examples, and what it says of its options."""
    texts = inspect.cleandoc(command.help or "").split("\n\n")
    paragraphs = [" ".join(text.split()) for text in texts if not text.startswith("\b")]
    return [*paragraphs, *(each.help for each in command.params if isinstance(each, click.Option) and each.help)]


@pytest.mark.parametrize("name", ["", *sorted(main.commands)])
def test_help_is_in_dutch(run: Run, name: str) -> None:
    """What `--help` shows is Dutch, and English where that is asked for."""
    texts = texts_of_help(main.commands[name] if name else main)
    assert texts
    dutch, english = (
        " ".join(run(*filter(None, [name]), "--help", *asked).stdout.split()) for asked in ([], ["--lang", "en"])
    )
    for text in texts:
        assert helped(text, "nl") != text
        assert helped(text, "nl") in dutch
        assert text in english
    for word in ("Usage", "Options", "OPTIONS", "Example:", "Show this", "default:", "env var", "as many"):
        assert word not in dutch


def test_help_has_no_texts_that_nobody_shows() -> None:
    """What stands in the table of Dutch texts with a full stop is said by a command."""
    shown = {text for command in (main, *main.commands.values()) for text in texts_of_help(command)}
    table = tomllib.loads((Path(kennis_ld.cli.__file__).parent / "help_nl.toml").read_text(encoding="utf-8"))
    assert {text for text in table if text.endswith(".") and " " in text} <= shown | {"Show this message and exit."}
