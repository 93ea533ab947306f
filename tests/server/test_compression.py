"""Compressed answers: the same text, under a tag of its own, for who accepts it and nobody else."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from kennis_ld.web.compression import accepts_gzip

from kennis_ld.web import compression
from kennis_ld.web.site import Release
from tests.web.city import DIGEST

DUMP = f"/download/{DIGEST}/agenda.nq"
TARGETS = (
    "/projecten",
    "/def.ttl",
    DUMP,
    "/catalog.ttl",
    "/sparql?query=SELECT%20*%20%7B?s%20?p%20?o%7D",
)
GZIP = {"Accept-Encoding": "gzip"}


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
def test_the_same_text_compressed(client: FlaskClient, target: str) -> None:
    """What is unpacked is what others get, smaller, under another tag, with the forms named to caches."""
    plain, packed = client.get(target), client.get(target, headers=GZIP)
    assert (200, 200) == (plain.status_code, packed.status_code)
    assert plain.data == gzip.decompress(packed.data)
    assert len(packed.data) < len(plain.data)
    assert "Content-Encoding" not in plain.headers
    assert "gzip" == packed.headers["Content-Encoding"]
    assert len(packed.data) == int(packed.headers["Content-Length"])
    assert plain.headers["ETag"] != packed.headers["ETag"]
    for each in (plain, packed):
        assert "Accept-Encoding" in each.headers["Vary"]


@pytest.mark.parametrize("target", TARGETS)
def test_who_has_a_form_keeps_it(client: FlaskClient, target: str) -> None:
    """The tag of either form gives 304 with that tag, the first time and from what is kept."""
    for headers in ({}, GZIP):
        tag = client.get(target, headers=headers).headers["ETag"]
        for _ in range(2):
            again = client.get(target, headers={**headers, "If-None-Match": tag})
            assert (304, tag, b"") == (again.status_code, again.headers["ETag"], again.data)
            assert "Content-Encoding" not in again.headers
        assert 304 == client.get(target, headers={**headers, "If-None-Match": f'"other", {tag}'}).status_code


def test_a_head_says_what_a_get_would(client: FlaskClient) -> None:
    """HEAD has the headers of the compressed answer, and no body."""
    got, head = client.get("/def.ttl", headers=GZIP), client.head("/def.ttl", headers=GZIP)
    assert b"" == head.data
    for name in ("Content-Encoding", "ETag", "Vary", "Content-Type"):
        assert got.headers[name] == head.headers[name]


def test_a_part_is_a_part_of_the_plain_text(client: FlaskClient) -> None:
    """A range is of the bytes that others get, whatever the client accepts."""
    whole = client.get(DUMP).data
    part = client.get(DUMP, headers={**GZIP, "Range": "bytes=10-29"})
    assert (206, whole[10:30]) == (part.status_code, part.data)
    assert "Content-Encoding" not in part.headers


def test_a_long_file_is_compressed_as_it_goes_out(
    own_client: FlaskClient, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long download has no length beforehand, and is whole."""
    monkeypatch.setattr(compression, "LONG", 100)
    answer = own_client.get(DUMP, headers=GZIP)
    assert "Content-Length" not in answer.headers
    assert Path(release.folder, "agenda.nq").read_bytes() == gzip.decompress(answer.data)


def test_small_answers_and_problems_stay_as_they_are(client: FlaskClient) -> None:
    """What is short is not compressed, and neither is a problem."""
    for target in ("/healthz", "/nowhere", "/sparql?query=ASK%7B%7D"):
        assert "Content-Encoding" not in client.get(target, headers=GZIP).headers
