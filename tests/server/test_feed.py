"""The change feed as a follower meets it at the gateway, and files that an administrator takes away meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kennis_ld.release import feed, manifest
from kennis_ld.release.release import Release
from kennis_ld.server import application
from tests.server.served import Served, serving
from tests.server.wire import get
from tests.web.city import OLDER, write_release


@pytest.fixture
def following(tmp_path: Path) -> Iterator[Served]:
    """A gateway on a release whose change feed has a page."""
    written = write_release(tmp_path / "releases")
    feed.write(written.folder.parent, before="", after=written.digest, when=datetime(2030, 1, 2, tzinfo=UTC))
    with serving(Release.of(written.folder, manifest.read(written.folder)), tmp_path) as served:
        yield served


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf", "html"])
def test_a_page_of_the_feed_that_is_taken_away_is_gone_at_once(following: Served, form: str) -> None:
    """It answers 410 (LDES 1.0) also where it was asked often before: somebody may have to be forgotten."""
    target = f"/ldes/1-1.{form}"
    assert [200] * 4 == [following.get(target).status for _ in range(4)]
    assert [True] * 4 == [b"/ldes/1-1" in following.get("/ldes.nt").body for _ in range(4)]
    (following.release.folder.parent / "feed" / "000001" / "1.nt").unlink()
    gone = following.get(target)
    assert (410, "no-store") == (gone.status, gone.headers["cache-control"])
    assert b"/ldes/1-1" not in following.get("/ldes.nt").body


def test_a_page_that_is_taken_away_is_gone_by_its_whole_address_too(following: Served) -> None:
    """A request that names the host in its target (RFC 9112, section 3.2.2) hears the same, also when asked often."""
    target = "http://localhost/ldes/1-1.nt"
    assert [200] * 4 == [following.get(target).status for _ in range(4)]
    (following.release.folder.parent / "feed" / "000001" / "1.nt").unlink()
    assert 410 == following.get(target).status


def test_a_download_that_is_taken_away_is_gone_at_once(following: Served) -> None:
    """A file of a release that was deleted answers 404, also where it was asked often before."""
    target = f"/download/{OLDER}/agenda.csv"
    assert [200] * 4 == [following.get(target).status for _ in range(4)]
    (following.release.folder.parent / OLDER / "agenda.csv").unlink()
    assert 404 == following.get(target).status


def test_a_page_of_the_feed_waits_its_turn(following: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who takes too many long answers at once hears 429 for a page of the feed too, and when to ask again (LDES)."""
    monkeypatch.setattr(application, "LONG", 100)
    slow = [following.wire() for _ in range(application.DOWNLOADS_OF_ONE)]
    for wire in slow:
        wire.send(get("/ldes/1-1.nt"))
        wire.connection._writable = following.loop.create_future()
        following.until(lambda wire=wire: bool(wire.transport.sent))  # type: ignore[misc]
    busy = following.get("/ldes/1-1.nt")
    assert (429, "5", "no-store") == (busy.status, busy.headers["retry-after"], busy.headers["cache-control"])
    for wire in slow:
        wire.connection.resume_writing()
    for wire in slow:
        assert [200] == [each.status for each in following.answered(wire)]
    assert 200 == following.get("/ldes/1-1.nt").status
