"""What a tag is made from: all that has a say in the bytes of an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import kennis_ld
from kennis_ld.release.verified import Release
from kennis_ld.tags import build_of, shaping_files
from kennis_ld.web.site import Site
from tests.web.city import SETTINGS, CountingEngine, site_of


def test_all_of_the_software_shapes_the_bytes() -> None:
    """Engine, graph and web, words, templates, queries and style: other code may give other bytes (fault D9)."""
    package = Path(kennis_ld.__file__).parent
    names = {path.relative_to(package).as_posix() for path in shaping_files()}
    assert {
        "engine/store.py", "graph/formats.py", "graph/description.py", "web/words.toml", "web/templates/base.html",
        "web/queries/project.rq", "web/static/site.css", "tags.py",
    } <= names  # fmt: skip


def test_other_code_and_other_libraries_give_other_tags(tmp_path: Path) -> None:
    """The build changes with each file, and with the libraries that write the bytes."""
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "b.py").write_text("2")
    one, two = (tmp_path / "a.py",), (tmp_path / "b.py",)
    builds = {build_of(one, ()), build_of(two, ()), build_of(one, ("flask",)), build_of(one, ("rdflib",))}
    assert 4 == len(builds)


def test_other_settings_give_other_tags(release: Release) -> None:
    """The title of the site stands on every page, so another title is another page, in the same release."""
    engine = CountingEngine(release)
    tags = {
        site_of(release, engine, settings=settings).etag("a")
        for settings in (SETTINGS, replace(SETTINGS, title={"nl": "Anders"}), replace(SETTINGS, examples=()))
    }
    assert 3 == len(tags)
    assert site_of(release, engine).etag("a") == site_of(release, engine).etag("a")
    assert site_of(release, engine).etag("a", "b") != site_of(release, engine).etag("ab")


def test_a_site_on_another_engine_keeps_what_was_made_of_its_release(second_site: Site) -> None:
    """A web process finds what was made of the whole release before it was forked, on an engine of its own."""
    made = second_site.value("made once", lambda: object())
    other = replace(second_site, engine=second_site.lookup._engine)
    assert made is other.value("made once", lambda: object())
