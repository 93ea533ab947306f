"""The loop of identities: proposed from a file of others, looked through by a person, taken over by adopt."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kennis_ld.publication import tables
from kennis_ld.publication.csv_file import CsvFile
from tests.cli.conftest import City, Run
from tests.linking.files import ROR_A, ROR_B, record_2


def dump(path: Path, *records: object) -> Path:
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    return [dict(row) for row in CsvFile.read(path).rows]


def test_identity_goes_from_a_dump_to_the_register(run: Run, city: City, tmp_path: Path) -> None:
    """What is proposed has evidence and score, is adopted as it is, and stands in the register with its evidence."""
    folder = city()
    before = (folder / "register.csv").read_text(encoding="utf-8")
    ror = dump(tmp_path / "ror.json", record_2(ROR_A, "Universiteit Zandwijk", town="Zandwijk"))
    result = run("link", ror, folder, "--proposals", tmp_path / "p")
    assert 0 == result.exit_code, result.output
    assert before == (folder / "register.csv").read_text(encoding="utf-8")
    (row,) = rows(tmp_path / "p" / "register.proposed.csv")
    told = f'ror.json: {ROR_A} = "Universiteit Zandwijk", Zandwijk, The Netherlands (same name, same town; score 100)'
    assert {"key": "zu", "name": "Universiteit Zandwijk", "ror": ROR_A, "evidence_en": told} == row
    assert 0 == run("adopt", tmp_path / "p", folder, "--by", "Bureau", "--why", "Nagekeken").exit_code
    known = {each.key: each for each in tables.organisations(folder / "register.csv")}
    assert ([ROR_A], told) == ([each.iri for each in known["zu"].identifiers], known["zu"].evidence_en)
    assert ("ZU",) == known["zu"].abbreviations


def test_choice_is_refused_until_a_person_made_it(run: Run, city: City, tmp_path: Path) -> None:
    """Two namesakes are a question in the cell; adopt refuses it, and takes what a person left of it."""
    folder = city()
    ror = dump(tmp_path / "ror.json", *(record_2(iri, "Hogeschool Duin") for iri in (ROR_A, ROR_B)))
    assert "choose" in run("link", ror, folder, "--proposals", tmp_path / "p").stdout
    proposed = tmp_path / "p" / "register.proposed.csv"
    assert [f"? {ROR_B} | {ROR_A}"] == [row["ror"] for row in rows(proposed)]
    refused = run("adopt", tmp_path / "p", folder, "--by", "Bureau", "--why", "Nagekeken")
    assert 2 == refused.exit_code
    assert "is still a question" in refused.stderr
    text = proposed.read_text(encoding="utf-8")
    proposed.write_text(text.replace(f"? {ROR_B} | {ROR_A}", ROR_A), encoding="utf-8")
    assert 0 == run("adopt", tmp_path / "p", folder, "--by", "Bureau", "--why", "Nagekeken").exit_code


def test_another_city_is_linked_with(run: Run, city: City, tmp_path: Path) -> None:
    """The address of an organisation in the data of another city is an identity, and is published as one."""
    other = tmp_path / "other.nt"
    name = '<https://stad.example/id/organisatie/hd> <https://schema.org/name> "Hogeschool Duin"@nl .\n'
    other.write_text(name, encoding="utf-8")
    folder = city()
    run("link", other, folder, "--proposals", tmp_path / "p")
    assert 0 == run("adopt", tmp_path / "p", folder, "--by", "Bureau", "--why", "Nagekeken").exit_code
    built = json.loads(run("build", folder, "--format", "json").stdout)
    same = "<https://schema.org/sameAs> <https://stad.example/id/organisatie/hd>"
    assert same in (Path(built["folder"]) / "agenda.nq").read_text(encoding="utf-8")


def test_the_command_that_is_printed_is_the_one_that_was_given(run: Run, city: City, tmp_path: Path) -> None:
    """Who writes what was shown gets the same: town and country go along."""
    folder, ror = city(), dump(tmp_path / "ror.json", record_2(ROR_A, "Universiteit Zandwijk"))
    shown = run("link", ror, folder, "--country", "NL", "--town", "Zandwijk aan Zee").stderr
    assert f"kennis-ld link {ror} {folder} --town 'Zandwijk aan Zee' --country NL --proposals" in shown


def test_json_is_pure(run: Run, city: City, tmp_path: Path) -> None:
    """Stdout is one JSON document: each organisation without an identity, what was found, and why not."""
    ror = dump(tmp_path / "ror.json", record_2(ROR_A, "Zandlab"))
    told = json.loads(run("link", ror, city(), "--format", "json").stdout)
    assert {"gz": "nothing", "zu": "nothing", "zu-lab": "proposed", "hd": "nothing"} == {
        each["organisation"]: each["outcome"] for each in told
    }
    (found,) = [each["candidates"][0] for each in told if each["candidates"]]
    assert {"name", "identities", "score", "signs", "town", "country", "evidence"} == set(found)


def test_nothing_in_the_file_is_no_matter_of_the_tables(run: Run, city: City, tmp_path: Path) -> None:
    """Where a file has none of the organisations, it is said of the file, and nothing is written."""
    result = run(
        "link", dump(tmp_path / "ror.json", record_2(ROR_A, "Elders")), city(), "--proposals", tmp_path / "new"
    )
    assert (0, False) == (result.exit_code, (tmp_path / "new").exists())
    assert "4 with nothing found\nThere is nothing to propose from this file.\n" in result.stderr


def test_unreadable_file_is_exit_2(run: Run, city: City, tmp_path: Path) -> None:
    """A file that is not there, or no file to link with, is one sentence that says what to do."""
    for path in (tmp_path / "niets.json", dump(tmp_path / "x.json", {"a": 1})):
        result = run("link", path, city())
        assert (2, "") == (result.exit_code, result.stdout)
        assert re.search("cannot be opened: .* Name a dump|is no dump of ROR. A dump is", result.stderr)


def test_example_in_the_help_works(run: Run) -> None:
    """The first example of the help, as it stands there, links Leiden with the made-up city: they share nobody."""
    command = next(line for line in run("link", "--help").stdout.splitlines() if line.strip().startswith("kennis-ld"))
    assert 0 == run(*command.split()[1:]).exit_code
