"""What the running site says of itself: metrics, log, headers, and nothing of those who ask."""

from __future__ import annotations

import math
import re

import pytest

from kennis_ld.web.security import HEADERS
from tests.serving.serving import Site
from tests.waiting import eventually

BROWSER = {"Accept": "text/html"}
_SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)*)\})? (\S+)')


def test_metrics_are_prometheus_text(site: Site) -> None:
    """Every family has its help and type once, before its samples, and nothing else stands between them."""
    for path in ("/", "/sparql?query=x", "/bestaat-niet"):
        site.get(path)
    got = site.get("/metrics")
    assert "text/plain; version=0.0.4; charset=utf-8" == got.headers["Content-Type"]
    text = got.body.decode()
    assert text.endswith("\n")
    kinds: dict[str, str] = {}
    family, helped = "", ""
    samples: list[tuple[str, str]] = []
    for line in text.splitlines():
        if line.startswith("# HELP "):
            helped = line.split(" ", 3)[2]
            assert helped not in kinds
        elif line.startswith("# TYPE "):
            _, _, family, kind = line.split(" ")
            assert (family, True) == (helped, kind in {"counter", "gauge", "histogram"})
            kinds[family] = kind
        else:
            found = _SAMPLE.fullmatch(line)
            assert found is not None, line
            name, labels, value = found.groups()
            ends = ("_bucket", "_sum", "_count") if kinds[family] == "histogram" else ("",)
            assert name in {family + end for end in ends}, line
            assert math.isfinite(float(value))
            samples.append((name, labels or ""))
    assert len(samples) == len(set(samples))
    assert {"kennis_ld_responses_total", "kennis_ld_queries_total", "kennis_ld_release_info"} <= set(kinds)


def test_metrics_count_all_processes(site: Site) -> None:
    """Each response is counted once, whichever process gave it."""
    line = 'kennis_ld_responses_total{route="none",method="GET",status="404"} '

    def counted() -> int:
        found = [each for each in site.get("/metrics").body.decode().splitlines() if each.startswith(line)]
        return int(found[0].removeprefix(line)) if found else 0

    before = counted()
    for number in range(40):
        assert 404 == site.get(f"/bestaat-niet-{number}").status
    assert before + 40 == counted()


def test_case_110_the_log_names_nobody(site: Site) -> None:
    """Lines of JSON without query, path, address, cookie or anything else that a visitor sent (cases 110 and 111)."""
    secret = "geheim4711"
    forged = {
        "X-Forwarded-For": "203.0.113.77",
        "Cookie": f"a={secret}",
        "User-Agent": secret + "u" * 20_000,
        "Referer": f"https://{secret}.example/",
    }
    for path in (
        f"/sparql?query=SELECT%20%2A%20%7B%20%3Fs%20%3Fp%20%22{secret}%22%20%7D",
        f"/sparql?query={secret}",
        f"/{secret}%0A%7B%22level%22%3A%22forged%22%7D%1B%5B31m",
        f"/zoeken?q={secret}%0d%0a",
        f"/doc/project/{secret}",
    ):
        assert site.get(path, headers=forged).status < 500
    site.get("/", method="PURGE", headers=forged)
    assert 400 == site.get("/", headers={"User-Agent": f"{secret}\x1b[31m"}).status
    site.get(f"/{secret}", headers={"X-Forwarded-For": "2001:db8:1234:5678::9"})
    assert eventually(lambda: {"203.0.113.0/24", "2001:db8:1234::/48"} <= {line.get("client") for line in site.lines()})
    text = site.log.read_text(encoding="utf-8")
    assert secret not in text
    assert "203.0.113.77" not in text
    assert "5678" not in [line.get("client") for line in site.lines()]
    assert "\x1b" not in text
    for line in site.lines():
        assert {"time", "route", "method", "status", "ms", "release", "client"} == set(line) or "level" in line
        assert line.get("method", "-") in {"GET", "HEAD", "POST", "OPTIONS", "-"}


CLASSES = [
    ("/", 200), ("/doc/project/schone-sloten.ttl", 200), ("/sparql?query=ASK%7B%7D", 200), ("/static/site.css", 200),
    ("/healthz", 200), ("/metrics", 200), ("/robots.txt", 200), ("/.well-known/security.txt", 200),
    ("/id/project/schone-sloten", 303), ("/download/current/agenda.nq", 307), ("/sparql?query=x", 400),
    ("/sparql?update=x", 403), ("/bestaat-niet", 404), ("/static/bestaat-niet", 404),
    ("/sparql?query=" + "a" * 9000, 414),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status"), CLASSES, ids=[path[:24] for path, _ in CLASSES])
def test_case_117_headers_on_every_class(site: Site, path: str, status: int) -> None:
    """Every class of response has the security headers once, and no cookie."""
    got = site.get(path, headers={"X-Forwarded-For": "192.0.2.1"})
    assert status == got.status
    for name, value in HEADERS.items():
        assert [value] == got.headers.get_all(name)  # type: ignore[attr-defined]
    assert "Set-Cookie" not in got.headers
    assert "unsafe" not in got.headers["Content-Security-Policy"]


def test_case_117_security_txt(site: Site) -> None:
    """There is a security.txt with the contact of the publication (RFC 9116)."""
    text = site.get("/.well-known/security.txt").body.decode()
    assert "Contact: mailto:kennis@zandwijk.example\n" in text


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil.example", '"><script>', ""])
def test_case_48_another_host(site: Site, host: str) -> None:
    """A request for another host gets 400, and no link is made of what it asked for."""
    got = site.get("/id/project/schone-sloten", headers={"Host": host})
    assert 400 == got.status
    assert b"evil" not in got.body
    assert "evil" not in str(got.headers)


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "/id//x", "/%5cevil.example", "//evil.example/..", "/id/%2f%2fevil.example"],
)
def test_case_49_no_way_off_the_site(site: Site, path: str) -> None:
    """No address leads to a redirect to another site."""
    got = site.get(path)
    assert got.status in {400, 404}
    assert "Location" not in got.headers


@pytest.mark.parametrize(
    "path",
    ["/id/../../etc/passwd", "/id/%2e%2e%2fetc%2fpasswd", "/download/%2e%2e/manifest.json", "/%00", "/%ff",
     "/" + "a" * 100_000, "/doc/project/%0d%0aX-Evil:%201", "/id/project/%0d%0aSet-Cookie:%20a=b"],
    ids=lambda path: path[:24],
)  # fmt: skip
def test_case_50_and_51_hostile_addresses(site: Site, path: str) -> None:
    """Ways out of a folder, NUL, bytes that are no UTF-8, line ends and endless addresses get 400, 404, 414 or 431."""
    got = site.get(path)
    assert got.status in {303, 400, 404, 414, 431}
    assert "X-Evil" not in got.headers
    assert "Set-Cookie" not in got.headers
    assert b"root:" not in got.body


def test_case_52_nothing_is_reflected(site: Site) -> None:
    """A page that is not there does not say which page that was."""
    for headers in (BROWSER, {"Accept": "application/json"}):
        got = site.get("/zoekmij123/%3Cscript%3E?zoekmij123", headers=headers)
        assert 404 == got.status
        assert b"zoekmij123" not in got.body
        assert "zoekmij123" not in str(got.headers)


def test_case_54_what_is_no_part_of_the_key_changes_nothing(site: Site) -> None:
    """Headers that an answer does not depend on change no byte of it; Accept does, and the answer says so."""
    path = "/doc/project/schone-sloten"
    plain = site.get(path, headers=BROWSER)
    for name, value in (
        ("X-Forwarded-Host", "evil.example"),
        ("X-Original-URL", "/netwerk"),
        ("X-Forwarded-Proto", "gopher"),
        ("X-Forwarded-Prefix", "//evil.example"),
        ("Accept-Language", "fr"),
        ("Cookie", "a=b"),
        ("Origin", "https://evil.example"),
        ("X-HTTP-Method-Override", "DELETE"),
    ):
        got = site.get(path, headers={**BROWSER, name: value})
        assert (plain.status, plain.body, plain.headers["ETag"]) == (got.status, got.body, got.headers["ETag"]), name
        assert "evil" not in str(got.headers)
    turtle = site.get(path, headers={"Accept": "text/turtle"})
    assert turtle.headers["ETag"] != plain.headers["ETag"]
    assert "accept" in plain.headers["Vary"].lower()
    assert "accept" in turtle.headers["Vary"].lower()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PURGE"])
def test_case_41_other_methods(site: Site, method: str) -> None:
    """A method that is not for reading gets 405 with those that are."""
    for path in ("/sparql", "/doc/project/schone-sloten", "/"):
        got = site.get(path, method=method)
        assert (405, True) == (got.status, "GET" in got.headers["Allow"])


def test_case_42_to_47_requests_that_do_not_fit(site: Site) -> None:
    """Two queries, bytes that are no UTF-8, NUL, compression and a long Accept are refused with their own status."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    direct = {"Content-Type": "application/sparql-query"}
    assert 400 == site.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status
    assert 400 == site.get("/sparql?query=ASK%7B%7D", method="POST", body=b"query=ASK%7B%7D", headers=form).status
    assert 400 == site.get("/sparql", method="POST", body=b"ASK {} #\xff", headers=direct).status
    assert 400 == site.get("/sparql?query=ASK%7B%7D%00").status
    assert (
        415
        == site.get("/sparql", method="POST", body=b"\x1f\x8b", headers={**direct, "Content-Encoding": "gzip"}).status
    )
    assert (
        415
        == site.get("/sparql", method="POST", body=b"x", headers={"Content-Type": "application/sparql-update"}).status
    )
    assert site.get("/sparql?query=ASK%7B%7D", headers={"Accept": "a" * 65_000}).status in {400, 431}
    assert 406 == site.get("/sparql?query=ASK%7B%7D", headers={"Accept": "image/png"}).status
    assert site.get("/sparql?query=ASK%7B%7D", headers={"Accept": "text/turtle;q=abc"}).status < 500
    preflight = site.get("/sparql", method="OPTIONS", headers={"Origin": "https://a.example"})
    assert (204, "*") == (preflight.status, preflight.headers["Access-Control-Allow-Origin"])
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    broken = site.get("/sparql?query=SELECT%20%2A%20%7B%20SERVICE%20%3Chttp%3A//127.0.0.1%3A1/%3E%20%7B%7D%20%7D")
    assert 403 == broken.status
    assert not re.search(rb"/(?:tmp|usr|root|home)/|Traceback|kennis_ld\.|port 1\b", broken.body)
