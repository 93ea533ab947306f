"""The static site as a folder: complete, replaced as a whole, and the same each time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask

from kennis_ld.errors import UnreadableInput
from kennis_ld.export import crawl, static_site
from kennis_ld.export.crawl import File
from tests.web.city import BASE, DIGEST


def export(app: Flask, folder: Path) -> static_site.Exported:
    return static_site.export(app, app.extensions["kennis_ld"], folder, progress=lambda what, done, total: None)


@pytest.fixture
def small(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application, of which only two addresses are found."""
    pages = [File("/zoeken", "text/html", b"<p>a</p>"), File("/robots.txt", "text/plain", b"b")]
    found = [*pages, File("/en/zoeken", "text/html", b"<p>c</p>")]
    monkeypatch.setattr(crawl, "found", lambda app, site: iter(found))
    return app


def digests(folder: Path) -> Mapping[str, tuple[str, float]]:
    """Digest and moment of each file."""
    return {
        path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime)
        for path in (folder / static_site.FILES).rglob("*")
        if path.is_file()
    }


def test_every_link_leads_to_a_file(exported: Path) -> None:
    """Whatever a page links to, pictures and styles included, is there; none asks for an answer of a server."""
    www = exported / static_site.FILES

    def files(path: str) -> Iterator[Path]:
        yield from (www / f"{path[1:]}{ending}" for ending in ("", ".html", ".ttl"))

    seen = set()
    for page in www.rglob("*.html"):
        for link in crawl.links(page.read_text("utf-8")):
            parts = urlsplit(link)
            if not parts.netloc and not parts.scheme and parts.path not in {"", "/"}:
                assert not parts.query or parts.path.endswith("/zoeken"), link
                seen.add(unquote(parts.path))
    assert len(seen) > 100
    assert [] == [path for path in sorted(seen) if not any(file.is_file() for file in files(path))]


def test_all_that_the_design_names_is_there(exported: Path) -> None:
    """Pages in both languages, documents in all forms, catalogue, dumps, feeds, search and rules."""
    names = {
        path.relative_to(exported / static_site.FILES).as_posix() for path in (exported / static_site.FILES).rglob("*")
    }
    document = {f"doc/project/schone-sloot.{form}" for form in ("html", "en.html", "ttl", "jsonld", "rdf", "nt")}
    others = {
        "index.html", "en.html", "projecten.html", "en/projecten.html", "themas.html", "over.html", "projecten.csv",
        "catalog.ttl", "catalog.rdf", ".well-known/void.ttl", "def.jsonld", "def/shapes.ttl", "ldes.ttl", "atom.xml",
        "en/atom.xml", "sitemap.xml", "robots.txt", "llms.txt", "zoeken.html", "zoeken.json", "static/zoeken.js",
        "static/site.css", "404.html", ".htaccess", f"download/{DIGEST}/agenda.nq", f"download/{DIGEST}/agenda.xlsx",
    }  # fmt: skip
    assert set() == (document | others) - names
    assert "Disallow" in (exported / static_site.FILES / "robots.txt").read_text("utf-8")
    assert "/sparql<" not in (exported / static_site.FILES / "sitemap.xml").read_text("utf-8")
    told = (exported / static_site.FILES / "llms.txt").read_text("utf-8")
    assert "/catalog.ttl)" in told
    assert "/atom.xml)" in told
    assert "/sparql)" not in told


def test_the_search_finds_all_things_by_all_their_names(exported: Path) -> None:
    """The index of the search has each project, with its page in both languages, and what it is about."""
    index = json.loads((exported / static_site.FILES / "zoeken.json").read_text("utf-8"))
    found = next(each for each in index if each["to"]["nl"] == "/doc/project/schone-sloot")
    assert "/doc/project/schone-sloot.en.html" == found["to"]["en"]
    assert "Schone sloot" in found["names"]
    assert any("water" in words.lower() for words in found["words"])
    page = (exported / static_site.FILES / "zoeken.html").read_text("utf-8")
    assert 'data-index="/zoeken.json"' in page
    assert 'src="/static/zoeken.js"' in page


def test_an_export_is_the_same_again(small: Flask, tmp_path: Path) -> None:
    """Twice the same release is twice the same files, to the byte and the second; the earlier export is gone."""
    export(small, tmp_path / "site")
    before, old = digests(tmp_path / "site"), (tmp_path / "site").resolve()
    exported = export(small, tmp_path / "site")
    assert before == digests(tmp_path / "site")
    assert not old.exists()
    assert ["site"] == [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")]
    assert [1, 1] == [len(list(tmp_path.glob(".site-*"))), len([p for p in tmp_path.iterdir() if p.is_symlink()])]
    mark = json.loads((tmp_path / "site" / static_site.MARK).read_text("utf-8"))
    assert {"release": DIGEST, "base_uri": BASE, "files": exported.files, "bytes": exported.bytes} == mark


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_a_folder_of_others_is_refused(small: Flask, tmp_path: Path, kind: str) -> None:
    """What was not made by an export is left alone; an empty folder is taken."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "photo.jpg").write_bytes(b"x")
    folder = tmp_path / "site"
    if kind == "file":
        folder.write_bytes(b"x")
    elif kind == "folder":
        folder.mkdir()
        (folder / "photo.jpg").write_bytes(b"x")
    else:
        folder.symlink_to("other")
    with pytest.raises(UnreadableInput, match="no earlier export"):
        export(small, folder)
    assert (tmp_path / "other" / "photo.jpg").exists()
    assert [] == list(tmp_path.glob(".site-*"))
    (tmp_path / "empty").mkdir()
    assert tmp_path / "empty" == export(small, tmp_path / "empty").folder


def test_a_failed_export_leaves_the_old_one(small: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full nothing is replaced and nothing half is left."""
    export(small, tmp_path / "site")
    before = digests(tmp_path / "site")

    def full(path: Path) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(static_site, "flush", full)
    with pytest.raises(UnreadableInput, match="No space left"):
        export(small, tmp_path / "site")
    assert before == digests(tmp_path / "site")
    assert 1 == len(list(tmp_path.glob(".site-*")))


def test_apache_gets_its_rules(exported: Path) -> None:
    """What Apache has to know of this very site stands in its rules; `test_servers.py` runs them."""
    rules = (exported / static_site.FILES / ".htaccess").read_text("utf-8")
    assert "^(?:id|doc)/project/ingetrokken(" in rules
    assert "^id/project/vervangen$" in rules
    assert 'AddType "text/turtle; charset=utf-8" .ttl' in rules
