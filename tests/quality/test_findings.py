"""Findings in words: for every code there is a wording, and it says what is wrong, what to do and in which file."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from kennis_ld.cli.findings import grouped
from kennis_ld.model import Finding, Place, Severity
from kennis_ld.model.texts import Bilingual
from kennis_ld.publication.publication import TABLES
from kennis_ld.quality.findings import WORDINGS, Wording
from kennis_ld.quality.handout import handout
from kennis_ld.quality.messages import TOLD_BY_FINDINGS, Message, message, shape_messages, sorted_messages
from kennis_ld.quality.validation import Result
from tests.quality.reference import START, sections

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"en": ROOT / "docs" / "findings.md", "nl": ROOT / "docs" / "nl" / "meldingen.md"}
FILES = {*TABLES.values(), "publication.toml"}
BASE = "https://data.example.org"


def codes_in_the_code() -> Iterator[str]:
    """The codes that the program can give: the first argument of every `Finding(…)`, as far as it is a text."""
    for path in (ROOT / "kennis_ld").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Finding", "found"}:
                for argument in node.args[:1]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def test_every_code_has_a_wording() -> None:
    """A finding that the program can make can be said."""
    codes = set(codes_in_the_code())
    assert len(codes) > 10
    assert set() == codes - set(WORDINGS)


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_wording_is_whole(code: str) -> None:
    """Both languages say what is wrong and what to do, as sentences, with the same values filled in."""
    wording = WORDINGS[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert ["nl", "en"] == list(wording.wrong) == list(wording.remedy)
    for text in (*wording.wrong.values(), *wording.remedy.values()):
        assert text.strip() == text != ""
        assert text[0].isupper() or text[0] in "“{" or text.startswith(tuple(FILES))
    languages = re.compile(r"_(?:nl|en)$")
    dutch, english = (
        {languages.sub("", name) for name in re.findall(r"{(\w+)}", text)}
        for text in (wording.wrong[language] + wording.remedy[language] for language in wording.wrong)
    )
    assert dutch == english
    assert set(wording.many) | set(wording.many_remedy) <= {"nl", "en"}
    assert len(wording.many) != 1 != len(wording.many_remedy)
    assert wording.once is not None or not wording.many


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_wording_names_its_file(code: str) -> None:
    """The file that a finding is to be put right in is one of the publication, and its text names it."""
    wording = WORDINGS[code]
    if wording.file:
        assert wording.file in FILES
        assert all(wording.file in wording.wrong[each] + wording.remedy[each] for each in wording.wrong)


def test_no_remedy_gives_a_command_of_another_publication() -> None:
    """A command without a folder is about the bundled agenda, so a finding names an option and no whole command."""
    texts = [
        text for wording in WORDINGS.values() for text in (*wording.remedy.values(), *wording.many_remedy.values())
    ]
    assert len(texts) > 180
    assert [] == [
        text for text in texts if re.search(r"kennis-ld (?:check|build|adopt|undo|diff|releases|rollback)", text)
    ]


@pytest.mark.parametrize("language", PAGES)
def test_page_lists_every_finding(request: pytest.FixtureRequest, language: str) -> None:
    """Both pages have every code and every rule as it is now; `--update-golden` makes the lists again."""
    page = PAGES[language]
    shapes = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "shapes").rglob("*.ttl"))]
    made = sections(WORDINGS, shapes, language)
    prose, start, listed = page.read_text(encoding="utf-8").partition(START)
    assert start
    if request.config.getoption("--update-golden"):
        page.write_text(f"{prose}{START}\n{made}", encoding="utf-8")
        listed = f"\n{made}"
    assert f"\n{made}" == listed
    assert [] == [code for code in WORDINGS if f" | `{code}` |\n" not in listed]
    assert all(f"`shape:{name}`" not in listed for name in TOLD_BY_FINDINGS)
    assert "`shape:project-lead`" in listed


def test_finding_in_words() -> None:
    """A finding has its words and values filled in, and leads to the line of the document and the file to change."""
    finding = Finding("unknown-name", Place("agenda.txt", 4, 5), "1b Kaart", "Huis", {"suggestions": "Huys"})
    said = message(finding)
    assert ("unknown-name", Severity.WARNING, "agenda.txt:4-5", "1b Kaart", "Huis", "register.csv") == (
        said.code,
        said.severity,
        said.place,
        said.subject,
        said.words,
        said.file,
    )
    assert said.message["nl"].startswith("“Huis” staat niet in het register")
    assert "Huys" in said.message["en"]


def test_values_are_called_as_a_language_calls_them() -> None:
    """What the program has one word for is said in the words of each language."""
    said = message(Finding("personal-details", None, values={"kinds": "telephone, name"})).message
    assert said["nl"].endswith("het wordt gepubliceerd: telefoonnummer, naam van een contactpersoon.")
    assert said["en"].endswith("it is published: telephone, name of a contact person.")


def test_finding_of_the_document_is_put_right_there() -> None:
    """Where no table is at fault, the file to change is the document."""
    assert "agenda.docx" == message(Finding("entry-without-title", Place("agenda.docx", 7, 7))).file


@pytest.mark.parametrize(
    ("iri", "file"),
    [
        ("id/organisatie/huis", "register.csv"),
        ("id/identificatie/huis--ror", "register.csv"),
        ("id/thema/lucht", "themes.csv"),
        ("id/editie/2030", "publication.toml"),
        ("id/agenda/stad", "publication.toml"),
        ("id/begrip/trekker", ""),
        ("id/project/kaart", "agenda.txt"),
    ],
)
def test_result_of_a_shape_leads_to_a_file(iri: str, file: str) -> None:
    """What a shape says of a thing is to be put right where the publication tells of that thing."""
    result = Result(
        severity=Severity.WARNING,
        focus=URIRef(f"{BASE}/{iri}"),
        path="",
        value=Literal("lucht"),
        shape=f"{BASE}/def/shapes#regel",
        messages=Bilingual("Er mist iets, bijv. een naam.", "Something is missing, e.g. a name."),
        remedies=Bilingual("Vul het aan. En kijk.", "Add it. And look."),
        component="",
    )
    (said,) = shape_messages([result], lambda about: ("agenda.txt:4", "1b Kaart") if "/project/" in about else None)
    assert (file, "lucht", "shape:regel") == (said.file, said.words, said.code)
    assert ("Er mist iets, bijv. een naam.", "Vul het aan. En kijk.") == (said.message["nl"], said.remedy["nl"])


def said(severity: Severity, place: str, subject: str = "", code: str = "code", words: str = "") -> Message:
    text = {"nl": "Fout.", "en": "Wrong."}
    return Message(code, severity, place, subject, words, text, text, "agenda.txt")


def test_gravest_first_then_in_the_order_of_the_document() -> None:
    """Line 9 comes before line 10, and a violation before both."""
    found = sorted_messages(
        [said(Severity.INFO, "a.txt:10"), said(Severity.INFO, "a.txt:9"), said(Severity.VIOLATION, "a.txt:99")]
    )
    assert ["a.txt:99", "a.txt:9", "a.txt:10"] == [item.place for item in found]


def test_findings_are_grouped_by_project() -> None:
    """All of a project stands together, projects with graver findings first, the publication as a whole last."""
    items = [
        said(Severity.INFO, "a.txt:3", "1 Een"),
        said(Severity.WARNING, "a.txt:9", "2 Twee"),
        said(Severity.WARNING, "a.txt:2"),
        said(Severity.VIOLATION, "a.txt:9", "2 Twee"),
        said(Severity.WARNING, "a.txt:1", "3 Drie"),
    ]
    found = [(subject, [item.severity.value for item in group]) for subject, group in grouped(items)]
    assert [
        ("2 Twee", ["violation", "warning"]),
        ("3 Drie", ["warning"]),
        ("", ["warning"]),
        ("1 Een", ["info"]),
    ] == found


def test_themes_come_in_the_order_of_their_numbers() -> None:
    """Of what stands in no document the number decides: theme 2 comes before theme 10."""
    names = ("10. Zee", "2. Bos", "1. Wad")
    items = [said(Severity.INFO, f"https://x/id/thema/{name[-3:].lower()}", name) for name in names]
    assert ["1. Wad", "2. Bos", "10. Zee"] == [item.subject for item in sorted_messages(items)]
    assert [("", ["1. Wad", "2. Bos", "10. Zee"])] == [
        (at, [item.subject for item in group]) for at, group in grouped(items)
    ]


def test_nothing_is_said_of_what_is_not_there() -> None:
    """A name that looks like no other has no sentence about that, and keeps those about what it is."""
    told = message(Finding("unknown-name", Place("agenda.txt", 4, 5), "1b Kaart", "Huis", {"suggestions": ""})).message
    assert told["nl"] == "“Huis” staat niet in het register; er is een voorlopige organisatie gemaakt."
    assert told["en"] == "“Huis” is not in the register; a provisional organisation was made."
    some = message(Finding("unknown-name", None, words="Zwaai", values={"suggestions": "Zwaan, bv / Zwaar"})).message
    assert some["nl"].endswith("gemaakt. Lijkt op: Zwaan, bv / Zwaar.")


def test_handout_runs_no_formula() -> None:
    """A cell that a spreadsheet would run gets an apostrophe in front; quotes and line ends stay in their cell."""
    items = [said(Severity.WARNING, "a.txt:3", '=HYPERLINK("x")', words='@een; "twee"\nregels')]
    text = handout(items, "nl").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    assert '\'=HYPERLINK("x")' == row["project"]
    assert '\'@een; "twee"\nregels' == row["woorden"]
    assert "waarschuwing" == row["ernst"]


def test_wording_has_a_severity_of_its_own() -> None:
    """No finding is graver than it was meant: the severities are those of the model."""
    assert {type(wording) for wording in WORDINGS.values()} == {Wording}
    assert {wording.severity for wording in WORDINGS.values()} == set(Severity)
