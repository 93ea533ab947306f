"""A running site whose queries may ask others: a site of another city, an Oxigraph server, and one that fails."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from rdflib import Graph

from kennis_ld.engine.interface import TRUSTED, Question
from kennis_ld.engine.remote import RemoteEngine, RemoteStore
from kennis_ld.isolation.admission import ELSEWHERE_AT_ONCE
from kennis_ld.serving.push import push
from tests.endpoints import Endpoint, endpoint
from tests.engines import OXIGRAPH, oxigraph
from tests.serving.serving import Site, serving
from tests.waiting import eventually

pytestmark = pytest.mark.skipif(not OXIGRAPH.exists(), reason="needs the Oxigraph server of requirements-dev.lock")

BASE = "https://data.zandwijk.example/"
SECONDS = 1.5  # that endpoints have
FOR_MACHINES = {"Accept": "application/sparql-results+json"}
THEIRS = f"""\
<{BASE}id/organisatie/zu> <http://example.org/staff> "12" .
<{BASE}id/organisatie/hd> <http://example.org/staff> "7" .
"""
JOINED = """
PREFIX schema: <https://schema.org/>
PREFIX org: <http://www.w3.org/ns/org#>
SELECT ?project ?name ?member WHERE {{
  ?project a schema:Project ; schema:name ?name .
  FILTER(LANG(?name) = "nl")
  SERVICE <{endpoint}> {{ ?membership org:organization ?project ; org:member ?member }}
}}
"""
OPTIONAL = """
PREFIX schema: <https://schema.org/>
SELECT ?organisation ?staff WHERE {{
  ?organisation a schema:Organization
  OPTIONAL {{ SERVICE <{endpoint}> {{ ?organisation <http://example.org/staff> ?staff }} }}
}}
"""


@pytest.fixture(scope="module")
def theirs() -> Iterator[Endpoint]:
    with endpoint(THEIRS) as running:
        yield running


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, releases: Path) -> Iterator[str]:
    """The address of an Oxigraph server that holds the release."""
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        release = (releases / "current").resolve()
        store = RemoteStore(server.updates)
        push(release, RemoteEngine(server.queries, budget=TRUSTED), store, graph="", told=lambda *_: None)
        yield server.queries


@pytest.fixture(scope="module")
def federating(
    tmp_path_factory: pytest.TempPathFactory, releases: Path, shared: Site, theirs: Endpoint, engine: str
) -> Iterator[Site]:
    """A site whose queries may ask another site, the Oxigraph server, and an endpoint that does as the test wants."""
    named = [f"http://127.0.0.1:{shared.port}/sparql", engine]
    named += [f"{theirs.url}/{name}" for name in ("sparql", "slow", "blank", "500")]
    options = [part for each in named for part in ("--service", each)]
    options += ["--service-seconds", str(SECONDS), "--trusted-proxy", "127.0.0.1", "--client-service-seconds", "1"]
    with serving(tmp_path_factory.mktemp("federating"), releases, *options, is_forked=True) as site:
        yield site


def rows(body: bytes) -> Sequence[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in json.loads(body)["results"]["bindings"])


def asked(site: Site, query: str, client: str = "192.0.2.1") -> Sequence[str]:
    got = site.ask(query, headers={**FOR_MACHINES, "X-Forwarded-For": client})
    assert 200 == got.status, got.body
    return rows(got.body)


def test_two_sites_are_asked_as_one(federating: Site, shared: Site, engine: str) -> None:
    """A join over another kennis-ld site and over Oxigraph is what Oxigraph, and rdflib, make of the same query."""
    for other in (f"http://127.0.0.1:{shared.port}/sparql", engine):
        expected = rows(RemoteEngine(engine).answer(Question(JOINED.format(endpoint=other), BASE)).body)
        assert len(expected) > 5
        assert expected == asked(federating, JOINED.format(endpoint=other))
    graph = Graph().parse(federating.releases / "current" / "agenda.ttl")
    by_rdflib = graph.query(JOINED.format(endpoint=engine))
    assert len(expected) == len(by_rdflib)
    assert {(str(row.project), str(row.member)) for row in by_rdflib} == {  # type: ignore[union-attr]
        (row["project"]["value"], row["member"]["value"]) for row in map(json.loads, expected)
    }


def test_who_has_nothing_elsewhere_stays(federating: Site, engine: str, theirs: Endpoint) -> None:
    """OPTIONAL keeps the organisations of which the other knows nothing, as Oxigraph does."""
    query = OPTIONAL.format(endpoint=f"{theirs.url}/sparql")
    expected = rows(RemoteEngine(engine).answer(Question(query, BASE)).body)
    found = asked(federating, query)
    assert expected == found
    assert {2, len(found) - 2} == {sum("staff" in row for row in found), sum("staff" not in row for row in found)}


def test_an_answer_is_asked_for_each_time(federating: Site, theirs: Endpoint) -> None:
    """Nothing of it is kept: the same query asks the other again, whatever tag the client shows."""
    theirs.asked.clear()
    query = OPTIONAL.format(endpoint=f"{theirs.url}/sparql")
    for count in (1, 2, 3):
        headers = {**FOR_MACHINES, "X-Forwarded-For": "192.0.2.2", "If-None-Match": "*"}
        got = federating.ask(query, headers=headers)
        assert (200, None) == (got.status, got.headers.get("ETag"))
        assert count == len(theirs.asked)


def test_every_refusal_has_its_status(federating: Site, theirs: Endpoint) -> None:
    """Not named 403, not possible 400, no answer 502; an answer that is no answer is none of ours."""
    cases = {
        "SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }": (403, "service-not-named"),
        "SERVICE ?x { ?s ?p ?o }": (400, "service-not-possible"),
        f"FILTER EXISTS {{ SERVICE <{theirs.url}/sparql> {{ ?s ?p ?o }} }}": (400, "service-not-possible"),
        f"SERVICE <{theirs.url}/blank> {{ ?s ?p ?o }}": (400, "service-not-possible"),
        f"SERVICE <{theirs.url}/500> {{ ?s ?p ?o }}": (502, "service-failed"),
        f"SERVICE <{theirs.url}/sparql> {{ ?s ?p }}": (400, "malformed-query"),
    }
    for number, (clause, (status, name)) in enumerate(cases.items()):
        got = federating.ask(f"SELECT * {{ {clause} }}", headers={"X-Forwarded-For": f"192.0.2.{10 + number}"})
        assert (status, name) == (got.status, json.loads(got.body)["type"].partition("#")[2])
        assert got.headers["Content-Type"] == "application/problem+json"
    silent = f"SELECT * {{ SERVICE SILENT <{theirs.url}/500> {{ ?s ?p ?o }} }}"
    assert ["{}"] == asked(federating, silent, "192.0.2.20")


def test_waiting_for_others_costs_nobody_else(federating: Site, theirs: Endpoint) -> None:
    """Clients who wait for a slow endpoint are told so in time, and too many of one wait are refused; pages go on."""
    slow = f"SELECT * {{ SERVICE <{theirs.url}/slow> {{ ?s ?p ?o }} }}"
    theirs.entered.clear()
    with ExitStack() as waiting:
        sent = []
        for _ in range(ELSEWHERE_AT_ONCE * 2 + 1):
            connection = waiting.enter_context(federating.connect())
            body = slow.encode()
            connection.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.30\r\nConnection: close\r\n"
                b"Content-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
            )
            sent.append(connection)
        assert eventually(theirs.entered.is_set)
        assert federating.answers()
        statuses = sorted(each.makefile("rb").readline()[9:12] for each in sent)
    # Of two web processes each takes as many as one client may have there.
    assert b"429" in statuses
    assert b"502" in statuses
    assert {b"429", b"502"} == set(statuses)
    said = federating.get("/metrics").body.decode()
    failed = next(line for line in said.splitlines() if line.startswith("kennis_ld_services_failed_total "))
    assert int(failed.split()[1]) >= 2


def test_waiting_is_counted(federating: Site, theirs: Endpoint) -> None:
    """Who has waited for a second in a minute asks no others for now, and everything else; other clients do."""
    slow = f"SELECT * {{ SERVICE SILENT <{theirs.url}/slow> {{ ?s ?p ?o }} }}"
    client = {"X-Forwarded-For": "192.0.2.40"}
    assert [200, 429] == [federating.ask(f"{slow} #{number}", headers=client).status for number in range(2)]
    assert 200 == federating.ask("ASK {}", headers=client).status
    assert asked(federating, OPTIONAL.format(endpoint=f"{theirs.url}/sparql"), "192.0.2.41")


def test_no_worker_has_a_socket(federating: Site, theirs: Endpoint) -> None:
    """Where queries ask others, a query worker has the socket of its link, and can open no other."""
    asked(federating, OPTIONAL.format(endpoint=f"{theirs.url}/sparql"), "192.0.2.50")
    workers = federating.kinds()["query worker"]
    assert len(workers) >= 4
    for each in workers:
        opened = [str(descriptor.readlink()) for descriptor in Path(f"/proc/{each}/fd").iterdir()]
        assert 1 == sum(name.startswith("socket:") for name in opened), opened
        limits = Path(f"/proc/{each}/limits").read_text(encoding="ascii")
        assert ["0", "0"] == next(line for line in limits.splitlines() if line.startswith("Max open files")).split()[
            3:5
        ]
