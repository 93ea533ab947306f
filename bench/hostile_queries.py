"""Sends hostile queries to a running site while good clients ask, and checks that only the hostile ones notice.

    python bench/hostile_queries.py [NUMBER] [SEED]

NUMBER is 10,000 by default. The requests are made by a grammar (`tests/engine/hostile_texts.py`), each from a client of
its own; the site has a budget of 1 s and 320 MiB for a query, so that as many can be stopped in the time of one.

| what is checked | how |
|---|---|
| nobody else notices | clients ask for single things and for pages all the time: each answer is 200 and right |
| an honest answer | each hostile request gets what its kind may get: a complete answer, or a problem with its status |
| in time | within the budget, what a queue may add, and a second for a busy machine |
| nothing dies but workers | the supervisor, the zygote and the web process at the end are those of the beginning |
| nothing is left | as many processes, descriptors and files as after the first tenth; memory within 5 % and 4 MiB |

The exit status is 1 where one of these does not hold.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kennis_ld.engine.interface import MIB, Budget
from kennis_ld.server.gateway import MOST_ASKED
from kennis_ld.web.negotiation import MOST_HEADER_BYTES
from kennis_ld.web.problems import STATUS
from kennis_ld.web.site import MOST_BYTES
from tests.isolation.attacks import Attack
from tests.isolation.hostile_texts import Grammar
from tests.processes import children, descriptors, name
from tests.w3c.served import Site, running

BUDGET = Budget(seconds=1.0, memory=320 * MIB)
THINGS = 400
_HOSTILE_AT_ONCE = 6
"""More than there are places for heavy queries (`kennis_ld.isolation.pool.FEWEST_HEAVY`)."""

_ACCEPTS = 2000
"""More headers than are remembered."""

_GOOD = 2
_SLACK = 1.0
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@dataclass
class Seen:
    """What came of a campaign.

    Attributes:
        outcomes: how often each kind of attack had each outcome.
        slowest: the longest time that an attack of a kind took, in seconds.
        good: how many good requests there were.
        wrong: what does not hold, in words.
        late: the attacks that took too long, in words.
        notes: what else there is to say.
        lock: held while one of these is changed.
        start: when it began.
    """

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    good: int = 0
    wrong: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    start: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Left:
    """What the processes of a site hold at one moment, by their roles.

    Attributes:
        processes: process ids.
        descriptors: open descriptors.
        memory: bytes of memory of their own.
        files: names of what they have in the folder for temporary files.
    """

    processes: Mapping[str, int]
    descriptors: Mapping[str, int]
    memory: Mapping[str, int]
    files: frozenset[str]


class Client:
    """One client after the other, on one connection."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)

    def send(self, attack: Attack, address: str) -> tuple[int, str, bytes]:
        """Returns status, media type and body of the answer."""
        headers = {**attack.headers, "X-Forwarded-For": address}
        try:
            return self._exchanged(attack, headers)
        except http.client.RemoteDisconnected:
            # The server may close a connection that nobody uses, as after a body that it did not read: any client that
            # keeps connections asks again on another one (RFC 9112, section 9.3.1).
            self._connection.close()
            return self._exchanged(attack, headers)

    def _exchanged(self, attack: Attack, headers: Mapping[str, str]) -> tuple[int, str, bytes]:
        # Where the server has no need to read all of a body, it may answer and close before all is sent.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._connection.request(attack.method, attack.address, attack.body, headers)
        with self._connection.getresponse() as response:
            return response.status, response.headers.get_content_type(), response.read()

    def close(self) -> None:
        """Leaves."""
        self._connection.close()


def data(file: Path) -> Path:
    """Writes things with a number and a name, and returns the file."""
    lines = [f'<thing/{number}> <number> {number} ; <name> "ding {number}"@nl .' for number in range(THINGS)]
    file.write_text("@base <http://things.example/> .\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return file


def outcome(attack: Attack, status: int, media_type: str, body: bytes) -> str:
    """Returns the name of what an answer is; "answered" only where it is complete."""
    if status == 200:
        return "answered" if is_complete(media_type, body) else "incomplete"
    if media_type != "application/problem+json":
        return f"{status} as {media_type}"
    problem = json.loads(body)
    name = str(problem["type"]).rpartition("#")[2]
    if STATUS.get(name) != status or problem["status"] != status or not {"title", "detail", "remedy"} <= set(problem):
        return f"{status} with {name}"
    return name


def is_complete(media_type: str, body: bytes) -> bool:
    """Whether a body is a whole document of its type; of CSV and TSV nobody can tell."""
    try:
        if media_type.endswith("json") and media_type != "application/ld+json":
            return "head" in json.loads(body)
        if media_type == "application/sparql-results+xml":
            return ElementTree.fromstring(body).tag.endswith("sparql")
        if media_type in _GRAPHS:
            return sum(1 for _ in ox.parse(body, format=_GRAPHS[media_type], base_iri="http://a/")) >= 0
    except (ValueError, SyntaxError):
        return False
    return media_type in {"text/csv", "text/tab-separated-values"}


def attack_all(site: Site, seen: Seen, attacks: Iterator[tuple[int, Attack]], budget: Budget) -> None:
    """Sends attacks until there are none left."""
    client = Client(site)
    for number, attack in attacks:
        # Each from an address of its own, so that no limit of one client stops the campaign.
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        start = time.monotonic()
        try:
            found = outcome(attack, *client.send(attack, address))
        except (OSError, http.client.HTTPException, ValueError) as error:
            found = f"no answer: {type(error).__name__}"
            client.close()
        seconds = time.monotonic() - start
        with seen.lock:
            seen.outcomes[attack.kind, found] += 1
            seen.slowest[attack.kind] = max(seconds, seen.slowest.get(attack.kind, 0.0))
            described = f"attack {number} ({attack.kind}) at {start - seen.start:.1f} s: "
            described += f"{found} after {seconds:.2f} s: {attack.query[:1500]!r}"
            # To be busy is an honest answer to anyone.
            if found not in attack.outcomes | {"service-busy"}:
                seen.wrong.append(described)
            if seconds > budget.seconds + _SLACK:
                seen.late.append(described)
    client.close()


def good_client(site: Site, seen: Seen, stop: threading.Event, chance: random.Random, address: str) -> None:
    """Asks for single things and for pages until told to stop; every answer must be right."""
    client = Client(site)
    pages: dict[str, bytes] = {}
    while not stop.is_set():
        number = chance.randrange(THINGS)
        page = chance.choice(("/projecten", "/en/organisaties", "/healthz", "/catalog.ttl"))
        query = f"SELECT ?n {{ <http://things.example/thing/{number}> <http://things.example/name> ?n }}"
        point = Attack(
            "good",
            frozenset(),
            query,
            "POST",
            body=query.encode(),
            headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
        )
        for request in (point, Attack("good", frozenset(), page, address=page)):
            try:
                status, _, body = client.send(request, address)
            except (OSError, http.client.HTTPException) as error:
                status, body = 0, repr(error).encode()
                client.close()
            right = b"n\r\nding %d\r\n" % number if request is point else pages.setdefault(page, body)
            with seen.lock:
                seen.good += 1
                if status != 200 or body != right:
                    when = time.monotonic() - seen.start
                    seen.wrong.append(f"a good client got {status} at {when:.1f} s for {request.query}: {body[:400]!r}")
        stop.wait(0.005)
    client.close()


def held(site: Site, temporary: Path) -> Left:
    """Looks at the processes of a site, the workers left out: they come and go."""
    roles = dict(_roles(site.process, "supervisor"))
    return Left(
        roles,
        {role: descriptors(process) for role, process in roles.items()},
        {role: _own_memory(process) for role, process in roles.items()},
        frozenset(str(each.relative_to(temporary)) for each in temporary.rglob("*")),
    )


def _roles(process: int, role: str) -> Iterator[tuple[str, int]]:
    """Gives a process and its descendants by what they are called."""
    yield role, process
    below = [(child, name(child)) for child in children(process)]
    for at, (child, called) in enumerate(each for each in below if each[1] != "kennis worker"):
        yield from _roles(child, f"{called} {at}")


def _own_memory(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("RssAnon"))


def quiet(site: Site, temporary: Path) -> Left:
    """Returns what the site holds when nothing moves any more: the same twice, a moment apart."""
    before, end = held(site, temporary), time.monotonic() + 20
    while time.monotonic() < end:
        time.sleep(0.7)
        now = held(site, temporary)
        if (now.processes, now.descriptors, now.files) == (before.processes, before.descriptors, before.files):
            return now
        before = now
    return before


def compare(first: Left, last: Left) -> Iterator[str]:
    """Says what there is more of, or other, at the end."""
    if first.processes != last.processes:
        yield f"processes: {first.processes} became {last.processes}"
    for role, number in first.descriptors.items():
        if last.descriptors.get(role, 0) > number:
            yield f"descriptors of {role}: {number} became {last.descriptors[role]}"
    if more := last.files - first.files:
        yield f"files: {sorted(more)}"
    for role, bytes_first in first.memory.items():
        grown = last.memory.get(role, 0) - bytes_first
        if grown > bytes_first // 20 + 4 * MIB:
            yield f"memory of {role}: {bytes_first // 1024} KiB became {last.memory[role] // 1024} KiB"


@contextlib.contextmanager
def temporary_files() -> Iterator[Path]:
    """Lets processes that are started meanwhile make their temporary files in a folder of their own."""
    before = os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = folder
        try:
            yield Path(folder)
        finally:
            del os.environ["TMPDIR"]
            if before is not None:
                os.environ["TMPDIR"] = before


def fill_caches(site: Site) -> None:
    """Lets the web processes keep as much as they ever will: large answers, and what they remember of who asked."""
    client = Client(site)
    kept = 0
    for number in range(1000):
        query = f"SELECT ?a ?b {{ ?a <number> ?x . ?b <number> ?y }} OFFSET {number} LIMIT 4000"
        request = _filling(f"BASE <http://things.example/> {query}")
        # A query is kept when it is asked for the second time.
        client.send(request, f"10.254.{number >> 8}.{number & 255}")
        status, _, body = client.send(request, f"10.255.{number >> 8}.{number & 255}")
        kept += len(body) if status == 200 else 0
        if kept > 1.2 * MOST_BYTES:
            break
    for number in range(MOST_ASKED):
        # Headers as long as those of attacks, for as long as there is room for more of them.
        accept = "*/*" if number > _ACCEPTS else f"*/*, a/{number:0{MOST_HEADER_BYTES - 100}d}"
        client.send(_filling(f"ASK {{}} # {number}", accept), f"10.253.{number >> 8}.{number & 255}")
    client.close()


def _filling(query: str, accept: str = "*/*") -> Attack:
    return Attack(
        "filling", frozenset(), query, address=f"/sparql?{urlencode({'query': query})}", headers={"Accept": accept}
    )


def campaign(number: int, seed: int, folder: Path, *, budget: Budget = BUDGET, fill: bool = True) -> Seen:
    """Runs so many attacks against a site of its own.

    Args:
        number: how many.
        seed: decides which.
        folder: where the site finds its publication.
        budget: of the site.
        fill: whether the caches are filled first, so that memory can be compared.
    """
    grammar, seen = Grammar(random.Random(seed)), Seen()
    with (
        temporary_files() as temporary,
        running(folder, graphs={None: data(folder / "things.ttl")}, budget=budget) as site,
    ):
        if fill:
            fill_caches(site)
        attacks = ((each, grammar.attack()) for each in range(number))
        warm = _phase(site, seen, islice(attacks, number // 10), seed, budget, temporary)
        last = _phase(site, seen, attacks, seed + 1, budget, temporary)
        seen.wrong += compare(warm, last)
        seen.notes += [
            f"memory of {role}: {warm.memory.get(role, 0) // 1024} KiB, then {size // 1024} KiB"
            for role, size in last.memory.items()
        ]
        counts = events(site)
        seen.notes.append(f"events: {counts}")
        seen.wrong += [f"{number} {event}" for event, number in counts.items() if "_restarts" in event and number]
    return seen


def events(site: Site) -> Mapping[str, int]:
    """Returns how often processes of a site died and were started again, and workers died, by cause."""
    client = Client(site)
    _, _, body = client.send(Attack("metrics", frozenset(), "", address="/metrics"), "192.0.2.250")
    client.close()
    found = re.findall(r"^kennis_ld_(\S*(?:_restarts_total|_deaths_total\S*)) ([0-9]+)$", body.decode(), re.MULTILINE)
    return {event: int(number) for event, number in found}


def _phase(
    site: Site, seen: Seen, attacks: Iterator[tuple[int, Attack]], seed: int, budget: Budget, temporary: Path
) -> Left:
    stop, shared = threading.Event(), _Shared(attacks)
    good = [
        threading.Thread(target=good_client, args=(site, seen, stop, random.Random(seed + each), f"192.0.2.{each}"))
        for each in range(_GOOD)
    ]
    hostile = [threading.Thread(target=attack_all, args=(site, seen, shared, budget)) for _ in range(_HOSTILE_AT_ONCE)]
    for thread in (*good, *hostile):
        thread.start()
    for thread in hostile:
        thread.join()
    stop.set()
    for thread in good:
        thread.join()
    return quiet(site, temporary)


class _Shared(Iterator[tuple[int, Attack]]):
    """One iterator for many threads."""

    def __init__(self, inner: Iterator[tuple[int, Attack]]) -> None:
        self._inner = inner
        self._lock = threading.Lock()

    def __next__(self) -> tuple[int, Attack]:
        with self._lock:
            return next(self._inner)


def main(number: int, seed: int) -> int:
    """Returns 0 when everything holds."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        seen = campaign(number, seed, Path(folder))
    for kind in sorted(seen.slowest):
        outcomes = {name: count for (of, name), count in sorted(seen.outcomes.items()) if of == kind}
        print(f"{kind:20} {seen.slowest[kind]:5.2f} s  {outcomes}")
    print(*seen.notes, sep="\n")
    wrong = seen.wrong + seen.late
    print(*wrong, sep="\n")
    print(f"{number} attacks, seed {seed}, {seen.good} good requests, {time.monotonic() - start:.0f} s: ", end="")
    print(f"{len(wrong)} things wrong" if wrong else "nobody else noticed")
    return 1 if wrong else 0


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    raise SystemExit(main(*[*given, *(10000, 1)[len(given) :]]))
