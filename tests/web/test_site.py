"""What a tag is made from: all that has a say in the bytes of an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import kennis_ld
from kennis_ld.release.release import Release
from kennis_ld.tags import build_of, shaping_files
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.site import Site, made_once
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
        for settings in (SETTINGS, replace(SETTINGS, title={"nl": "Anders"}), replace(SETTINGS, questions=()))
    }
    assert 3 == len(tags)
    assert site_of(release, engine).etag("a") == site_of(release, engine).etag("a")
    assert site_of(release, engine).etag("a", "b") != site_of(release, engine).etag("ab")


def test_a_site_on_another_engine_keeps_what_was_made_of_its_release(second_site: Site) -> None:
    """A web process finds what was made of the whole release before it was forked, on an engine of its own."""
    other = replace(second_site, engine=second_site.lookup._engine)
    assert overview(second_site) is overview(other)


def test_what_is_made_once_is_its_own(second_site: Site) -> None:
    """Two functions that are called the same keep things apart, and each what it made of what else it was given."""

    def maker(name: str) -> Callable[[Site, str], list[str]]:
        @made_once
        def made(site: Site, language: str) -> list[str]:
            return [name, language]

        return made

    first, second = maker("one"), maker("other")
    assert [["one", "nl"], ["one", "en"], ["other", "nl"]] == [
        first(second_site, "nl"), first(second_site, "en"), second(second_site, "nl")
    ]  # fmt: skip
    assert first(second_site, "nl") is first(second_site, "nl")
