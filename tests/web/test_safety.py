"""Hostile data and hostile requests: nothing comes alive, nothing is reflected, every response carries its headers."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from kennis_ld.web.security import HEADERS
from kennis_ld.web.site import Site
from tests.web.city import BASE, DIGEST, CountingEngine
from tests.web.html import read

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
MACHINE = {"Accept": "*/*"}
EVERY_CLASS = [
    ("/", 200), ("/doc/project/schone-sloot.ttl", 200), ("/static/site.css", 200), ("/healthz", 200),
    (f"/download/{DIGEST}/agenda.nq", 200), ("/id/project/schone-sloot", 303), ("/download/current/agenda.nq", 307),
    ("/sparql?query=x", 400), ("/sparql?update=x", 403), ("/bestaat-niet", 404), ("/static/bestaat-niet", 404),
    ("/doc/project/ingetrokken", 410), ("/sparql?query=" + "a" * 9000, 414),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status"), EVERY_CLASS, ids=[path[:30] for path, _ in EVERY_CLASS])
@pytest.mark.parametrize("accept", [BROWSER, MACHINE], ids=["browser", "machine"])
def test_headers_on_every_class(client: FlaskClient, path: str, status: int, accept: dict[str, str]) -> None:
    """Every class of response, static files and errors included, has the security headers (safety facts, case 117)."""
    with client.get(path, headers=accept) as response:
        assert status == response.status_code
        for name, value in HEADERS.items():
            assert value == response.headers[name]
        assert DIGEST == response.headers["Kennis-Release"]
        assert "Set-Cookie" not in response.headers
        assert "Last-Modified" not in response.headers or path.startswith("/static")


def test_headers_on_304_405_and_500(own_client: FlaskClient, engine: CountingEngine) -> None:
    """The same for the classes that need some doing."""
    tag = own_client.get("/projecten").headers["ETag"]
    engine.error = RuntimeError("secret")
    for response, status in (
        (own_client.get("/projecten", headers={"If-None-Match": tag}), 304),
        (own_client.post("/projecten"), 405),
        (own_client.get("/themas?x=1", headers={"If-None-Match": "x"}), 200),
        (own_client.get("/doc/project/lezen"), 500),
    ):
        assert status == response.status_code
        assert set(HEADERS.items()) <= set(response.headers.items())
        assert b"secret" not in response.data


ERRORS = [
    "/bestaat-niet",
    "/sparql?update=x",
    "/doc/project/ingetrokken",
    "/doc/project/niets",
    "/sparql?query=" + "a" * 9000,
]


@pytest.mark.parametrize("path", ERRORS, ids=[path[:30] for path in ERRORS])
def test_one_shape_for_every_error(client: FlaskClient, path: str) -> None:
    """A machine gets the same members for every error, a person a page with a heading, what is wrong and what to do."""
    response = client.get(path, headers=MACHINE)
    members = json.loads(response.data)
    assert "application/problem+json" == response.headers["Content-Type"]
    assert {"type", "status", "title", "detail", "remedy"} <= set(members)
    assert (members["status"], "no-store") == (response.status_code, response.headers["Cache-Control"])
    page = client.get(path, headers=BROWSER)
    assert (response.status_code, "nl") == (page.status_code, page.headers["Content-Language"])
    assert str(response.status_code) in read(page.text).text


def test_error_in_the_language_of_the_address(client: FlaskClient) -> None:
    """Who is on an English page gets an English error."""
    assert "Not found" in client.get("/en/bestaat-niet", headers=BROWSER).text
    assert "Not found" in client.get("/doc/project/niets.en.html", headers=BROWSER).text
    assert "Niet gevonden" in client.get("/bestaat-niet", headers=BROWSER).text


def test_who_finds_nothing_can_change_the_language(client: FlaskClient) -> None:
    """An error leads to the home page in the other language, for it has no twin; it says to search, and one can."""
    for path, other, search in (("/doc/project/niets", "/en", "/zoeken"), ("/en/niets", "/", "/en/zoeken")):
        page = client.get(path, headers=BROWSER).text
        assert re.search(f'<a class="language" lang="(nl|en)" hreflang="(nl|en)" href="{other}">', page)
        assert f'action="{search}"' in page
        assert '<link rel="alternate" hreflang' not in page


@pytest.mark.parametrize("accept", [BROWSER, MACHINE, {"Accept": "text/turtle"}, {"Accept": "image/png"}])
def test_nothing_is_reflected(client: FlaskClient, accept: dict[str, str]) -> None:
    """An address that is not there does not come back in the answer (safety facts, case 52)."""
    for path in (
        "/zoekmij123",
        "/doc/zoekmij123/zoekmij123",
        "/%3Cscript%3Ezoekmij123",
        "/?zoekmij123",
        "/nee?zoekmij123",
    ):
        response = client.get(path, headers=accept)
        if path.startswith("/?"):
            continue
        assert 404 == response.status_code
        assert b"zoekmij123" not in response.data


HOSTILE = [
    "/doc/project/lezen", "/doc/project/draaien", "/doc/organisatie/museum", "/doc/thema/leren", "/projecten",
    "/doc/agendapunt/2023-2027--lezen", "/organisaties", "/samenwerking", "/zoeken?q=script",
    "/zoeken?q=%3Cscript%3Ealert(9)%3C/script%3E",
    "/sparql?query=SELECT+*+%7B+%3Fs+%3Chttps://schema.org/name%3E+%3Fo+%7D",
    "/sparql?query=SELECT+*+%7B+%3Fs+%3Chttp://www.w3.org/2002/07/owl%23sameAs%3E+%3Fo+%7D",
    "/sparql?query=%3C/textarea%3E%3Cscript%3Ealert(9)%3C/script%3E",
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_text_is_only_text(client: FlaskClient, path: str) -> None:
    """Markup in titles and queries makes no element, no handler, no link that runs (safety facts, cases 56-58)."""
    page = read(client.get(path, headers=BROWSER).text)
    scripts = [each for tag, each in page.elements if tag == "script"]
    assert {"application/ld+json", None} >= {each.get("type") for each in scripts}
    # What is no data is a file of our own, and has no text.
    assert all((each.get("src") or "").startswith("/static/") for each in scripts if "type" not in each)
    texts = {kind: [] for kind in ("data", "own")}
    for each, text in zip(scripts, page.scripts, strict=True):
        texts["data" if "type" in each else "own"].append(text)
    assert not any(texts["own"])
    assert "img" not in page.tags()
    assert not [key for _, each in page.elements for key in each if key.startswith("on")]
    for link in (*page.values("a", "href"), *page.values("link", "href")):
        assert link.startswith(("/", "#", "http://", "https://"))
        assert not link.startswith("//")
    for block in texts["data"]:
        assert "<" not in block
        json.loads(block)


def test_hostile_iri_is_shown_and_not_linked(client: FlaskClient) -> None:
    """A javascript: or data: IRI in the data is visible, and no more than that."""
    page = read(client.get("/doc/organisatie/museum", headers=BROWSER).text)
    assert "javascript:alert(1)" in page.text
    assert "data:text/html,x" in page.text


def test_text_that_turns_around_is_isolated(client: FlaskClient) -> None:
    """A right-to-left override in a title stands in an element that keeps it from the rest (safety facts, case 59)."""
    for path in ("/projecten", "/doc/project/draaien", "/doc/thema/leren"):
        text = client.get(path, headers=BROWSER).text
        body = text[text.index("<main") :]
        assert "\u202e" in body
        assert body.count("\u202e") == len(re.findall("<bdi[^<>]*>[^<>]*\u202e", body))


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (f"{BASE}/id/project/a", "/doc/project/a"),
        (f"{BASE}/def#Project", "/def#Project"),
        (BASE, "/"),
        (f"{BASE}/", "/"),
        (f"{BASE}//evil.example", f"{BASE}//evil.example"),
        (f"{BASE}/\\evil.example", f"{BASE}/\\evil.example"),
        (f"{BASE}.evil.example/", f"{BASE}.evil.example/"),
        ("https://schema.org/name", "https://schema.org/name"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//evil.example", None),
        ("http:evil", None),
        ("http://[", None),
        ("mailto:a@b.example", None),
        ("urn:x:y", None),
    ],
)
def test_where_a_link_may_lead(shared_app: object, iri: str, expected: str | None) -> None:
    """To a path of ours, or over http(s); an address of ours that looks like another host is written out whole."""
    site: Site = shared_app.extensions["kennis_ld"]  # type: ignore[attr-defined]
    assert expected == site.href(iri, "nl")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("kennis.voorbeeld.example", 200), ("KENNIS.voorbeeld.example:443", 200), ("kennis.example.org", 200),
        ("localhost:8000", 200), ("127.0.0.1:9", 200), ("[::1]:8000", 200), ("evil.example", 400),
        ("kennis.voorbeeld.example.evil.example", 400), ("localhost:8000@evil.example", 400), ('localhost"', 400),
        ("localhost/", 400), ("", 400), ("localhost:99999999", 400),
    ],
)  # fmt: skip
def test_host(client: FlaskClient, host: str, status: int) -> None:
    """Only hosts that are ours get an answer, and no answer holds the host (safety facts, case 48)."""
    response = client.get("/", headers={"Host": host})
    assert status == response.status_code
    assert b"evil" not in response.data


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/%2e%2e", "/\\evil.example", "/id//evil.example", "/%5cevil.example"]
)
def test_no_redirect_off_site(client: FlaskClient, path: str) -> None:
    """No address is turned into a redirect to somewhere else (safety facts, case 49)."""
    response = client.get("/", environ_overrides={"PATH_INFO": path})
    assert 404 == response.status_code
    assert "Location" not in response.headers


@pytest.mark.parametrize(
    "path", ["/projecten", "/en/themas", "/zoeken", "/sparql", "/doc/project/schone-sloot", "/def/problems", "/niets"]
)
def test_what_a_page_does_not_depend_on_is_not_in_it(own_client: FlaskClient, path: str) -> None:
    """What one visitor writes behind an address is in no page: not in theirs, and not in that of the next."""
    for address in (f"{path}?x=kwaad", f"{path}?x=kwaad&y", path):
        assert "kwaad" not in own_client.get(address, headers=BROWSER).text


def test_the_other_language_keeps_what_was_asked(client: FlaskClient) -> None:
    """The link to the other language leads to the same list, the same words and the same query."""
    for address in ("projecten?thema=water", "zoeken?q=sloot", "sparql?query=ASK+%7B%7D"):
        page = client.get(f"/{address}", headers=BROWSER).text
        assert f'hreflang="en" href="/en/{address}"' in page


def test_header_that_varies_nothing(client: FlaskClient) -> None:
    """Headers that are no key of a cache change nothing in the answer (safety facts, case 54)."""
    plain = client.get("/doc/project/schone-sloot")
    poisoned = client.get(
        "/doc/project/schone-sloot",
        headers={
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Proto": "evil",
            "X-Original-URL": "/evil",
            "Forwarded": "host=evil",
        },
    )
    assert plain.data == poisoned.data
    assert dict(plain.headers) == dict(poisoned.headers)
