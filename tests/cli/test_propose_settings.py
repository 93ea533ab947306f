"""`check --propose-settings` writes a proposal to a new file or prints it, and touches nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import City, Run
from tests.publications import SETTINGS

MATRIX = "nr\tProject\tGZ\tZU\n1. Water\n1\tSloten\t●\t○\n2\tDuinen\t○\t●\n"


def test_proposal_is_printed_and_makes_the_document_readable(run: Run, city: City) -> None:
    """What is printed goes into publication.toml as it is; then the document can be read."""
    folder = city({"agenda.txt": MATRIX})
    assert 2 == run("check", folder).exit_code
    proposed = run("check", folder, "--propose-settings", "-")
    assert (0, '# agenda.txt\nlayout = "matrix"\n') == (proposed.exit_code, proposed.stdout)
    (folder / "publication.toml").write_text(proposed.stdout + SETTINGS, encoding="utf-8")
    assert 0 == run("check", folder).exit_code


def test_proposal_never_overwrites(run: Run, city: City, tmp_path: Path) -> None:
    """A file that exists is left alone, publication.toml first of all."""
    folder = city({"agenda.txt": MATRIX})
    assert 0 == run("check", folder, "--propose-settings", tmp_path / "new.toml").exit_code
    assert '# agenda.txt\nlayout = "matrix"\n' == (tmp_path / "new.toml").read_text(encoding="utf-8")
    before = (folder / "publication.toml").read_bytes()
    refused = run("check", folder, "--propose-settings", folder / "publication.toml", "--lang", "nl")
    assert (2, before) == (refused.exit_code, (folder / "publication.toml").read_bytes())
    assert "Het voorstel kan niet worden geschreven: Het bestand bestaat al." in refused.stderr
