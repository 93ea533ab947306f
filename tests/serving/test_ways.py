"""The short way past the application says exactly what the application says."""

from __future__ import annotations

import itertools
from urllib.parse import quote

import pytest

from tests.serving.serving import Got, Site

SELECT = "SELECT ?s { ?s a <https://schema.org/Project> } ORDER BY ?s LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s a <a:b> } WHERE { ?s a <https://schema.org/Project> } ORDER BY ?s LIMIT 1"
ACCEPTS = (
    None,
    "*/*",
    "application/sparql-results+json",
    "application/sparql-results+xml, text/turtle;q=0.5",
    "text/csv",
    "text/html",
    "text/html;q=0.1, application/n-triples",
    "image/png",
    "nonsense",
    "text/turtle" + " " * 5000,
)
TARGETS = (
    *(f"/sparql?query={quote(query)}" for query in (SELECT, CONSTRUCT, "ASK {}", "DESCRIBE <a:b>")),
    f"/sparql?query={quote(SELECT)}&format=csv",
    f"/sparql?query={quote(CONSTRUCT)}&format=nt",
    f"/sparql?query={quote(SELECT)}&default-graph-uri=a:b&named-graph-uri=a:c",
    f"/sparql?query={quote(SELECT)}&query={quote(SELECT)}",
    f"/sparql?query={quote('SELECT * {')}",
    f"/sparql?query={quote('SELECT * { SERVICE <a:b> { ?s ?p ?o } }')}",
    f"/sparql?query={quote('DROP ALL')}",
    "/sparql?update=x",
    "/sparql?query=%ff",
    "/sparql?query=%00",
    "/sparql",
    "/sparql/?query=ASK%7B%7D",
    f"/en/sparql?query={quote(SELECT)}",
    f"/sparql?query={quote(SELECT)}%23{'x' * 9000}",
)


PAGES = ("/", "/projecten", "/doc/project/nergens", "/sparql", "/download/nothing", "/id/organisatie/x")
_networks = itertools.count(1)

LONG_WAY = {"If-Match": "*"}
"""A header with which nothing goes the short way, and which changes no answer."""


def said(got: Got) -> tuple[int, dict[str, str], bytes]:
    """All of an answer but the time."""
    return got.status, {name.lower(): value for name, value in got.headers.items() if name.lower() != "date"}, got.body


@pytest.mark.parametrize("target", [*TARGETS, *PAGES])
def test_both_ways_say_the_same(site: Site, target: str) -> None:
    """Status, headers and body are the same on either way, the first time and when the answer was kept."""
    for accept in ACCEPTS:
        for coding in ("identity", "gzip"):
            # Each from another network, for one client may send only so many malformed queries.
            address = f"2001:db8:{next(_networks):x}::1"
            headers = {"Accept-Encoding": coding, "X-Forwarded-For": address}
            headers |= {} if accept is None else {"Accept": accept}
            whole = said(site.get(target, headers=headers | LONG_WAY))
            assert whole == said(site.get(target, headers=headers))
            assert whole == said(site.get(target, headers=headers))


@pytest.mark.parametrize("host", ["localhost", "evil.example", "", 'a"b'])
def test_the_guard_stands_before_both_ways(site: Site, host: str) -> None:
    """A query for another host is refused on the short way too."""
    answer = site.get(TARGETS[0], headers={"Host": host, "Accept": "text/csv"})
    assert (200 if host == "localhost" else 400) == answer.status


@pytest.mark.parametrize("query", [SELECT, "SELECT * {", "SELECT * { SERVICE <a:b> { ?s ?p ?o } }"])
def test_no_query_runs_twice(site: Site, query: str) -> None:
    """Where the short way ends in a problem, the application tells it and asks nothing again."""

    def asked() -> int:
        text = site.get("/metrics").body.decode()
        return sum(int(line.split()[-1]) for line in text.splitlines() if line.startswith("kennis_ld_queries_total"))

    before = asked()
    site.get(f"/sparql?query={quote(query)}%23once", headers={"Accept": "text/csv"})
    assert before + 1 == asked()


def test_a_known_tag_is_enough(site: Site) -> None:
    """Whoever has the answer gets a 304 without a body, and with the same tag and Vary, on both ways."""
    first = site.get(TARGETS[0], headers={"Accept": "text/csv"})
    headers = {"Accept": "text/csv", "If-None-Match": first.headers["ETag"]}
    for more in ({}, LONG_WAY):
        again = site.get(TARGETS[0], headers=headers | more)
        assert (304, b"") == (again.status, again.body)
        assert (first.headers["ETag"], first.headers["Vary"]) == (again.headers["ETag"], again.headers["Vary"])
