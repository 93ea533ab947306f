"""A new release, the way back, and a release that is not sound, while people ask."""

from __future__ import annotations

import http.client
import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from kennis_ld.cli import main
from kennis_ld.release import history, manifest, publish
from tests.serving.serving import MARK, Got, Site, serving
from tests.waiting import eventually

TEXT = quote("SELECT ?text { ?project <https://schema.org/description> ?text FILTER(CONTAINS(?text, 'kaart')) }")
PATHS = (
    "/doc/project/regenkaart",
    "/doc/project/regenkaart.ttl",
    f"/sparql?query={TEXT}",
    "/download/current/agenda.nq",
)


@pytest.fixture(scope="module")
def swapped(tmp_path_factory: pytest.TempPathFactory, releases: Path) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("swapped"), releases, "--client-seconds", "0", is_forked=True) as site:
        yield site


def words_of(releases: Path) -> dict[str, str]:
    """The words that tell a release from the others, by its name."""
    texts = {
        path.parent.name: path.read_text(encoding="utf-8") for path in releases.glob(f"{'[0-9a-f]' * 32}/agenda.nq")
    }
    return {name: next(words for words in (MARK, "giet") if words in text) for name, text in texts.items()}


def current(site: Site) -> str:
    return (site.releases / "current").readlink().name


def followed(site: Site, path: str) -> Got:
    got = site.get(path)
    return site.get(got.headers["Location"]) if got.status == 307 else got


def test_case_102_no_request_notices_a_swap(swapped: Site) -> None:
    """While the release changes, no request fails, and each answer is whole from the release that it names."""
    words = words_of(swapped.releases)
    stop = threading.Event()
    seen: list[tuple[str, str]] = []
    failed: list[object] = []

    def client(number: int) -> None:
        while not stop.is_set():
            for path in PATHS:
                try:
                    got = followed(swapped, path)
                    name = got.headers["Kennis-Release"]
                    said = [each for each in words.values() if each in got.body.decode()]
                    # Of a download, the address names the release.
                    whole = path.startswith("/download") or said == [words[name]]
                    if got.status != 200 or not whole:
                        failed.append((path, got.status, name, said))
                    seen.append((path, name))
                except OSError as error:
                    failed.append(error)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(2):
            for name in [each for each in words if each != current(swapped)]:
                with publish.locked(swapped.releases):
                    publish.switch(swapped.releases, name, by="test", version="0")
                assert eventually(lambda name=name: set(PATHS) <= {path for path, of in [*seen] if of == name})
                seen.clear()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert [] == failed


def test_case_102_no_kept_connection_notices_a_swap(swapped: Site) -> None:
    """Clients that keep their connections lose no request to a swap, for they are told before one ends."""
    words, over = words_of(swapped.releases), threading.Event()
    seen: set[str] = set()
    failed: list[object] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", swapped.port, timeout=20)
        while not over.is_set():
            for path in PATHS[:3]:
                try:
                    connection.request("GET", path)
                    with connection.getresponse() as response:
                        body = response.read().decode()
                except (OSError, http.client.HTTPException) as error:
                    failed.append(error)
                    connection.close()
                    continue
                name = response.headers["Kennis-Release"]
                if response.status != 200 or [each for each in words.values() if each in body] != [words[name]]:
                    failed.append((path, response.status, name))
                seen.add(name)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(6)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(2):
            for name in [each for each in words if each != current(swapped)]:
                with publish.locked(swapped.releases):
                    publish.switch(swapped.releases, name, by="test", version="0")
                seen.clear()
                assert eventually(lambda name=name: name in seen)  # type: ignore[misc]
                assert eventually(swapped.is_whole)
                seen.clear()
                assert eventually(lambda name=name: {name} == seen)  # type: ignore[misc]
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert [] == failed


def test_case_103_rollback_is_followed(swapped: Site) -> None:
    """`kennis-ld rollback` is followed within 5 s, and leaves a line that says when, from, to and by what."""
    before = current(swapped)
    other = next(name for name in words_of(swapped.releases) if name != before)
    result = CliRunner().invoke(main, ["rollback", str(swapped.city), other[:8], "--releases", str(swapped.releases)])
    assert (0, f"{swapped.releases / other}\n") == (result.exit_code, result.stdout)
    assert eventually(lambda: other == swapped.get("/").headers["Kennis-Release"], seconds=5)
    last = history.switches(swapped.releases)[-1]
    assert (before, other, "rollback") == (last.before, last.after, last.by)


def test_case_55_an_old_tag_gets_the_new_answer(swapped: Site) -> None:
    """A tag of the release before never gets a 304 from the release after (case 55)."""
    before = current(swapped)
    other = next(name for name in words_of(swapped.releases) if name != before)
    # Each of the web processes, for they go along one after the other.
    assert eventually(lambda: {before} == {swapped.get("/").headers["Kennis-Release"] for _ in range(8)})
    tags = {path: swapped.get(path).headers["ETag"] for path in PATHS[:3]}
    assert {304} == {swapped.get(path, headers={"If-None-Match": tag}).status for path, tag in tags.items()}
    with publish.locked(swapped.releases):
        publish.switch(swapped.releases, other, by="test", version="0")
    for path, tag in tags.items():
        answers = []

        def all_go_along(path: str = path, tag: str = tag, answers: list[Got] = answers) -> bool:
            # Each of the web processes, for they go along one after the other.
            some = [swapped.get(path, headers={"If-None-Match": tag}) for _ in range(8)]
            answers.extend(some)
            return {other} == {each.headers["Kennis-Release"] for each in some}

        assert eventually(all_go_along)
        new = [each for each in answers if each.headers["Kennis-Release"] == other]
        assert {200} == {each.status for each in new}
        assert all(words_of(swapped.releases)[other] in each.body.decode() for each in new)
        assert {304} >= {each.status for each in answers if each.headers["Kennis-Release"] == before}


def forged(folder: Path, **counts: int) -> Path:
    """Writes a release beside another, sound by its manifest, but with counts that are not true."""
    facts = manifest.read(folder)
    draft = folder.with_name("forged")
    shutil.copytree(folder, draft)
    wrong = replace(facts, counts={**facts.counts, **counts})
    plain = {name: (folder / name).read_bytes() for name in manifest.CATALOGUE}
    unnamed = {name: manifest.without_name(content, facts.release) for name, content in plain.items()}
    name = manifest.content_digest(facts.files, unnamed, manifest.digested_facts(wrong))
    for each, content in plain.items():
        (draft / each).write_bytes(content.replace(facts.release.encode(), name.encode()))
    files = {**facts.files} | {each: manifest.file_facts(draft / each) for each in manifest.CATALOGUE}
    replace(wrong, release=name, files=files).write(draft)
    manifest.verified(draft.rename(folder.with_name(name)))
    return folder.with_name(name)


@pytest.mark.parametrize("fault", ["a flipped byte", "a check that fails", "an empty folder", "a later layout"])
def test_case_104_a_release_that_is_not_sound_is_not_taken_up(swapped: Site, fault: str) -> None:
    """A damaged release, or one whose self check fails, is refused and logged; the old goes on (cases 94, 96, 107)."""
    old = current(swapped)
    if fault == "a check that fails":
        bad = forged(swapped.releases / old, projects=4)
    else:
        bad = swapped.releases / f"{len(fault):032x}"
        shutil.copytree(swapped.releases / old, bad)
        if fault == "a flipped byte":
            content = bytearray((bad / "agenda.nq").read_bytes())
            content[len(content) // 2] ^= 1
            (bad / "agenda.nq").write_bytes(content)
        elif fault == "an empty folder":
            shutil.rmtree(bad)
            bad.mkdir()
        else:
            replace(manifest.read(bad), layout=manifest.LAYOUT + 1).write(bad)
    refused = len([line for line in swapped.lines() if "is not taken up" in str(line.get("message"))])
    link = swapped.releases / "new"
    link.symlink_to(bad.name)
    link.replace(swapped.releases / "current")
    try:
        said = lambda: [line for line in swapped.lines() if "is not taken up" in str(line.get("message"))]  # noqa: E731
        assert eventually(lambda: len(said()) > refused)
        assert (bad.name in said()[-1]["message"], old in said()[-1]["message"]) == (True, True)
        assert ("layout" in said()[-1]["message"]) == (fault == "a later layout")
        for path in PATHS[:3]:
            assert (200, old) == ((got := swapped.get(path)).status, got.headers["Kennis-Release"])
        assert f"ok {old}\n".encode() == swapped.get("/readyz").body
    finally:
        link.symlink_to(old)
        link.replace(swapped.releases / "current")
        shutil.rmtree(bad)


def test_case_105_a_change_by_hand_is_followed_and_found(swapped: Site) -> None:
    """The link counts, not the clock: what somebody links by hand is served, and the next change tells of it."""
    before = current(swapped)
    other = next(name for name in words_of(swapped.releases) if name != before)
    link = swapped.releases / "new"
    link.symlink_to(other)
    link.replace(swapped.releases / "current")
    assert eventually(lambda: other == swapped.get("/").headers["Kennis-Release"])
    result = CliRunner().invoke(main, ["rollback", str(swapped.city), before, "--releases", str(swapped.releases)])
    assert 0 == result.exit_code
    found, last = history.switches(swapped.releases)[-2:]
    assert (other, history.FOUND) == (found.after, found.by)
    assert (other, before, "rollback") == (last.before, last.after, last.by)
    assert {"when", "before", "after", "by", "version"} == set(
        json.loads((swapped.releases / history.FILE).read_text(encoding="utf-8").splitlines()[-1])
    )
