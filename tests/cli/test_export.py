"""`kennis-ld export --static`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kennis_ld.engine import store
from kennis_ld.engine.interface import Budget
from kennis_ld.export import crawl
from kennis_ld.export.crawl import File
from tests.cli.conftest import City, Run


def test_export_writes_a_site(run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command builds a release where there is none, writes the files and says where; it refuses others' folders."""
    pages = [File(path, "text/html", b"<p>a</p>") for path in ("/zoeken", "/en/zoeken")]
    monkeypatch.setattr(crawl, "found", lambda app, site: iter(pages))
    folder, releases = city(), tmp_path / "releases"
    done = run("export", folder, "--releases", releases, "--static", tmp_path / "site", "--format", "json")
    assert 0 == done.exit_code
    told = json.loads(done.stdout)
    assert (str(tmp_path / "site"), (releases / "current").resolve().name) == (told["folder"], told["release"])
    assert "Regenkaart" in (tmp_path / "site" / "www" / "zoeken.json").read_text("utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("a")
    refused = run("export", folder, "--releases", releases, "--static", tmp_path / "other", "--lang", "nl")
    assert (2, True) == (refused.exit_code, "geen eerdere export" in refused.stderr)
    assert 2 == run("export", folder).exit_code


def test_a_large_city_is_exported(run: Run, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the site asks itself has no bound on rows, as one for a query of a visitor."""
    monkeypatch.setattr(store, "Budget", lambda: Budget(rows=1))
    monkeypatch.setattr(crawl, "found", lambda app, site: iter([File("/zoeken", "text/html", b"<p>a</p>")]))
    assert 0 == run("export", city(), "--releases", tmp_path / "releases", "--static", tmp_path / "site").exit_code
