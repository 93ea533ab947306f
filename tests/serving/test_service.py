"""What a site asks of its engine before it answers anybody, on an engine in this process."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jinja2 import Environment, Template

from kennis_ld.engine.interface import Answer, Budget, Question
from kennis_ld.engine.saved import load_all
from kennis_ld.errors import BudgetExceeded, WrongSetting
from kennis_ld.publication import settings as config
from kennis_ld.publication.bundled import bundled
from kennis_ld.release.release import Release
from kennis_ld.serving import service
from kennis_ld.serving.service import Service, checked_site, serve
from kennis_ld.serving.supervisor import Supervisor
from kennis_ld.web import app
from kennis_ld.web.pages.overview import overview
from kennis_ld.web.sparql.questions import answered
from tests.ports import free_port
from tests.publications import write
from tests.web.city import DIGEST, SETTINGS, CountingEngine, site_of, write_release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A small release."""
    return write_release(tmp_path_factory.mktemp("releases"))


class _Other(CountingEngine):
    """An engine that holds another release."""

    def answer(self, question: Question) -> Answer:
        """Answers with another name of the release."""
        found = super().answer(question)
        return found._replace(body=found.body.replace(DIGEST.encode(), b"f" * 32))


class _Slow:
    """An engine that takes a minute for every question."""

    def __init__(self, release: Release, budget: Budget) -> None:
        self._inner = CountingEngine(release)
        self._budget = budget

    def answer(self, question: Question) -> Answer:
        """Answers where a minute may be taken."""
        if self._budget.seconds < 60:
            raise BudgetExceeded(limit=self._budget.time_in_words)
        return self._inner.answer(question)


def test_what_goes_through_a_whole_release_may_take_minutes(release: Release) -> None:
    """A site on an engine that takes a minute starts; a question of visitors is not waited for longer than they may."""
    settings = replace(SETTINGS, questions=tuple(load_all(bundled("queries")).values()))
    site = checked_site(release, settings, lambda budget: _Slow(release, budget))
    assert overview(site).projects, "made with what the site was given to start with"
    with pytest.raises(BudgetExceeded):
        site.lookup.rows("release")
    with pytest.raises(BudgetExceeded):
        answered(site, "wie-trekt-het-meest")


def test_another_server_without_the_release_is_refused(release: Release) -> None:
    """The error names the release and the engine, and says how to put it there."""
    with pytest.raises(WrongSetting) as caught:
        checked_site(release, SETTINGS, lambda _: _Other(release), remote="http://localhost:7878/query")
    assert DIGEST in str(caught.value)
    assert "kennis-ld push" in caught.value.remedy


def test_templates_are_compiled_before_processes_start(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no family compiles them, at its start or for each of the first visitors of each web process."""
    seen: list[Template] = []

    def look(_: Supervisor, __: str) -> None:
        environment = app.create_app(site_of(release, CountingEngine(release))).jinja_env
        monkeypatch.setattr(Environment, "compile", lambda *_, **__: pytest.fail("a template is compiled"))
        seen.extend(map(environment.get_template, environment.list_templates()))

    monkeypatch.setattr(app, "_TEMPLATES", app._CompiledTemplates())
    monkeypatch.setattr(Supervisor, "run", look)
    monkeypatch.setattr(service, "log_as_json", lambda _: None)
    city = config.publication(write(release.folder.parent.parent / "city"))
    serve(city, release.folder, queries={}, ready=lambda: None, service=Service(port=free_port()))
    assert seen
