"""Compressed answers: the same text, under a tag of its own, for who accepts it and nobody else."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kennis_ld.server import application
from kennis_ld.server.response import accepts_gzip
from tests.server.served import Served
from tests.web.city import DIGEST

DUMP = f"/download/{DIGEST}/agenda.nq"
TARGETS = (
    "/projecten",
    "/def.ttl",
    DUMP,
    "/catalog.ttl",
    "/sparql?query=SELECT%20*%20%7B?s%20?p%20?o%7D",
)
GZIP = {"accept_encoding": "gzip"}


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip;q=0.1", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("", False),
        ("gzip;q=nonsense", False),
        ("not a header, gzip ; q=0.5", True),
    ],
)
def test_what_a_header_accepts(header: str, accepted: bool) -> None:
    """Accept-Encoding is read by the letter of RFC 9110, section 12.5.3."""
    assert accepted == accepts_gzip(header)


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_text_compressed(served: Served, target: str) -> None:
    """What is unpacked is what others get, smaller, under another tag, with the forms named to caches."""
    plain, packed = served.get(target), served.get(target, **GZIP)
    assert (200, 200) == (plain.status, packed.status)
    assert plain.body == gzip.decompress(packed.body)
    assert len(packed.body) < len(plain.body)
    assert "content-encoding" not in plain.headers
    assert "gzip" == packed.headers["content-encoding"]
    assert len(packed.body) == int(packed.headers["content-length"])
    assert plain.headers["etag"] != packed.headers["etag"]
    for each in (plain, packed):
        assert "Accept-Encoding" in each.headers["vary"]


@pytest.mark.parametrize("target", TARGETS)
def test_who_has_a_form_keeps_it(served: Served, target: str) -> None:
    """The tag of either form gives 304 with that tag, the first time and from what is kept."""
    for headers in ({}, GZIP):
        tag = served.get(target, **headers).headers["etag"]
        for _ in range(2):
            again = served.get(target, **headers, if_none_match=tag)
            assert (304, tag, b"") == (again.status, again.headers["etag"], again.body)
            assert "content-encoding" not in again.headers
        assert 304 == served.get(target, **headers, if_none_match=f'"other", {tag}').status
        # As a proxy makes it that compresses.
        assert 304 == served.get(target, **headers, if_none_match=f"W/{tag.removeprefix('W/')}").status


def test_a_head_says_what_a_get_would(served: Served) -> None:
    """HEAD has the headers of the compressed answer, and no body."""
    got, head = served.get("/def.ttl", **GZIP), served.get("/def.ttl", method="HEAD", **GZIP)
    assert b"" == head.body
    for name in ("content-encoding", "etag", "vary", "content-type"):
        assert got.headers[name] == head.headers[name]


def test_a_part_is_a_part_of_the_plain_text(served: Served) -> None:
    """A range is of the bytes that others get, whatever the client accepts."""
    whole = served.get(DUMP).body
    part = served.get(DUMP, **GZIP, range="bytes=10-29")
    assert (206, whole[10:30]) == (part.status, part.body)
    assert "content-encoding" not in part.headers


def test_a_long_file_is_compressed_as_it_goes_out(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long download has no length beforehand, and is whole."""
    monkeypatch.setattr(application, "LONG", 100)
    answer = served.get(DUMP, **GZIP)
    assert "content-length" not in answer.headers
    assert Path(served.release.folder, "agenda.nq").read_bytes() == gzip.decompress(answer.body)


def test_small_answers_and_problems_stay_as_they_are(served: Served) -> None:
    """What is short is not compressed, and neither is a problem."""
    for target in ("/healthz", "/nowhere", "/sparql?query=ASK%7B%7D"):
        assert "content-encoding" not in served.get(target, **GZIP).headers
