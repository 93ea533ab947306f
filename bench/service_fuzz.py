"""Fuzzes what keeps a query from calling another server, and counts what arrives at a listener.

    python bench/service_fuzz.py [NUMBER] [SEED]

NUMBER is 1,000,000 by default. Two layers keep a query from calling: the guard, in the web process, reads its text
(`kennis_ld.engine.guard`); the sandbox of a worker (`kennis_ld.isolation.sandbox`) leaves it no descriptor for a
socket. The texts are made by `tests/engine/calling_texts.py`. What is asked, and how often:

| what | of NUMBER |
|---|---|
| the guard in this process; the engine's own parser must see no SERVICE in what it lets through | all |
| a real worker with both layers | 1 in 20 |
| a real worker without the guard: texts in which the parser does see SERVICE | 1 in 50 |
| a real worker without the guard: texts of every kind | 1 in 50 |
| a real worker without the sandbox, behind the guard | 1 in 20 |
| the same, and with it, where queries may ask one endpoint: texts in which the parser sees SERVICE | 1 in 50 |
| a real worker with neither, the control: texts in which the parser sees SERVICE | 1 in 500 |

Workers are asked with the address of a listener on loopback in the texts. It must see no connection, but from the
control: there it must see them, or this would prove nothing. The endpoint that may be asked must see as many as the
process in front of the worker made, each with a query that stands in the text, and in which the parser sees no SERVICE;
it answers with what would be a call if it were no literal. The exit status is 1 where that is not so.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import socket
import sys
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kennis_ld.engine.federation import FederatedEngine
from kennis_ld.engine.guard import calls_a_server
from kennis_ld.engine.interface import Budget, Engine, Question, Text
from kennis_ld.engine.services import Federation, Solution, ask_endpoint
from kennis_ld.engine.store import StoreEngine
from kennis_ld.errors import QueryError
from kennis_ld.isolation import sandbox, worker
from kennis_ld.isolation.worker import SingleWorker
from tests.engine.calling_texts import text
from tests.engine.sparql_texts import TARGET, has_keyword, is_query

_SELECT = "SELECT * WHERE "
_HOSTILE = (
    "} SERVICE <T> { ?s ?p ?o }",
    '" } SERVICE <T> {} VALUES ?z { "',
    "' } SERVICE <T> {} #",
    "\\u0022 } SERVICE <T> {} #",
    "\\",
    "\n\r\"'''",
    "",
)
"""What an endpoint answers; each would call another one if it stood in a query as it is."""
_BODY = b'{"head":{"vars":[]},"results":{"bindings":[{}]}}'
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
)
_CHUNK = 5000
_ASKED_AT_ONCE = 500
_DATA = f"""\
<{TARGET}> <{TARGET}> "x" .
<{TARGET}> <{TARGET}service> <{TARGET}> .
"""


@dataclass
class Read:
    """What the guard and the parser said to some texts.

    Attributes:
        refused: how many the guard refused.
        answered: how many it let through that are queries.
        missed: those it let through in which the parser sees SERVICE.
    """

    texts: int = 0
    refused: int = 0
    answered: int = 0
    missed: list[str] = field(default_factory=list)

    def __add__(self, other: Read) -> Read:
        return Read(
            self.texts + other.texts,
            self.refused + other.refused,
            self.answered + other.answered,
            self.missed + other.missed,
        )


@dataclass(frozen=True)
class Asked:
    """What came of asking workers.

    Attributes:
        layers: which layers there were.
        texts: how many were asked.
        answered: how many of them were answered.
        connections: how many connections the listener saw.
    """

    layers: str
    texts: int
    answered: int
    connections: int


@dataclass(frozen=True)
class Federated:
    """What came of queries that may ask one endpoint.

    Attributes:
        texts: how many were asked.
        answered: how many of them were answered.
        asked: how often the process in front of the worker asked the endpoint.
        connections: how many connections the endpoint saw.
        others: how many the listener saw that nobody may ask.
        wrong: what was asked that does not stand in its text, or has a SERVICE clause.
    """

    texts: int = 0
    answered: int = 0
    asked: int = 0
    connections: int = 0
    others: int = 0
    wrong: tuple[str, ...] = ()

    def __add__(self, other: Federated) -> Federated:
        return Federated(
            self.texts + other.texts,
            self.answered + other.answered,
            self.asked + other.asked,
            self.connections + other.connections,
            self.others + other.others,
            self.wrong + other.wrong,
        )


class Listener:
    """Counts the connections to a port on loopback, and closes each at once; or after an answer with one solution."""

    def __init__(self, *, answers: bool = False) -> None:
        self._answers = answers
        self._seen = self._own = 0
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._seen += 1
            with connection:
                if self._answers and _is_whole(connection):
                    connection.sendall(_ANSWER)

    def connections(self) -> int:
        """Returns how many connections of others there were up to now."""
        with socket.create_connection(("127.0.0.1", self.port)) as own:
            own.shutdown(socket.SHUT_WR)
            # Connections are taken in their order: when this one is closed, those before it are counted.
            own.recv(1)
        self._own += 1
        return self._seen - self._own

    def close(self) -> None:
        """Listens no more."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _is_whole(connection: socket.socket) -> bool:
    """Whether a whole request comes in."""
    received = b""
    while piece := connection.recv(1 << 16):
        received += piece
        head, end, body = received.partition(b"\r\n\r\n")
        if end and len(body) >= int(head.lower().partition(b"content-length:")[2].split()[0]):
            return True
    return False


class Watched:
    """Asks endpoints in a campaign: asks the endpoint, looks at what it is asked, and answers with hostile text."""

    def __init__(self, federation: Federation, forbidden: str) -> None:
        self._federation = federation
        self._rows = tuple(Text(each.replace("<T>", f"<{forbidden}>")) for each in _HOSTILE)
        self._store = ox.Store()
        self.text = ""  # of the query that is asked now
        self.asked = 0
        self.wrong: list[str] = []

    def ask(self, endpoint: str, query: str, variables: Collection[str], until: float) -> Sequence[Solution]:
        """Asks; see `kennis_ld.engine.services.ask_endpoint`."""
        self.asked += 1
        group = query[query.index(_SELECT) + len(_SELECT) :]
        if group not in self.text or not is_query(self._store, query) or has_keyword(self._store, query):
            self.wrong.append(query)
        ask_endpoint(self._federation, endpoint, query, variables, until)
        return [dict.fromkeys(variables, text) for text in self._rows]


def without_sandbox(link: socket.socket, engine: Engine, budget: Budget) -> None:
    """Is a worker that may do all that this process may; to be called in a process that was just forked."""
    vars(sandbox).update(close=lambda memory, descriptors=0: None, give_up_rights=lambda: None)
    worker.work(link, engine, budget)


def read(seed: str, number: int) -> Read:
    """Asks the guard, and the parser about what the guard lets through."""
    chance, store = random.Random(seed), ox.Store()
    seen = Read(texts=number)
    for _ in range(number):
        query = text(chance)
        if calls_a_server(query):
            seen.refused += 1
        elif is_query(store, query):
            seen.answered += 1
            if has_keyword(store, query):
                seen.missed.append(query)
    return seen


def texts(seed: str, number: int, *, calls: bool = False) -> list[str]:
    """Returns texts; those in which the parser sees SERVICE where only such are wanted."""
    chance, store = random.Random(seed), ox.Store()
    found: list[str] = []
    while len(found) < number:
        query = text(chance)
        if not calls or has_keyword(store, query):
            found.append(query)
    return found


def ask(port: int, queries: Sequence[str], guarded: bool, limited: bool) -> int:
    """Asks a worker the queries, with the address of the listener in them; returns how many it answered.

    To be called in a process of one thread.
    """
    store = ox.Store()
    store.load(_DATA.encode(), format=ox.RdfFormat.N_TRIPLES)
    address = f"http://127.0.0.1:{port}/"
    work = worker.work if limited else without_sandbox
    budget = Budget(seconds=5.0)
    own = StoreEngine(store, budget=budget, guarded=False)
    with closing(SingleWorker(own, budget, guarded=guarded, work=work)) as engine:
        return sum(_is_answered(engine, query.replace(TARGET, address), address) for query in queries)


def _is_answered(engine: SingleWorker, query: str, address: str) -> bool:
    try:
        engine.answer(Question(query, address, default_graphs=(address,) if len(query) % 16 == 0 else ()))
    except QueryError:
        return False
    return True


def federate(named: int, other: int, queries: Sequence[str], limited: bool) -> Federated:
    """Asks queries that may ask the endpoint at a port, and nobody else; a worker has the rest of each.

    To be called in a process of one thread.
    """
    addresses = [f"http://127.0.0.1:{port}/" for port in (named, other)]
    chance, answered = random.Random(len(queries)), 0
    federation = Federation((addresses[0], f"{addresses[0]}x", f"{addresses[0]}a#b"), seconds=5.0)
    watched = Watched(federation, addresses[1])
    budget = Budget(seconds=5.0)
    own = StoreEngine(ox.Store(), budget=budget, guarded=False)
    with closing(SingleWorker(own, budget, work=worker.work if limited else without_sandbox)) as worked:
        engine = FederatedEngine(worked, watched.ask, federation)
        for query in queries:
            # Mostly the one that may be asked: where another is as well, nobody is.
            watched.text = re.sub(re.escape(TARGET), lambda _: addresses[chance.random() < 0.02], query)
            try:
                engine.answer(Question(watched.text, addresses[0]))
                answered += 1
            except QueryError:
                pass
    return Federated(len(queries), answered, watched.asked, wrong=tuple(watched.wrong))


def _pieces(queries: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(queries), _ASKED_AT_ONCE):
        yield queries[start : start + _ASKED_AT_ONCE]


def campaign(number: int, seed: int, *, processes: int | None = None) -> tuple[Read, list[Asked], Federated, list[str]]:
    """Returns what the guard and the workers did, and in words what is wrong with it.

    Args:
        number: how many texts.
        seed: decides which.
        processes: how many read and ask at the same time; None for one a processor.
    """
    # Each chunk has a seed of its own, so that it does not matter which process takes it.
    chunks = [(f"{seed} {start}", min(_CHUNK, number - start)) for start in range(0, number, _CHUNK)]
    plan = (
        (texts(f"{seed} both", number // 20), True, True),
        (texts(f"{seed} calls", number // 50, calls=True), False, True),
        (texts(f"{seed} any", number // 50), False, True),
        (texts(f"{seed} guard", number // 20), True, False),
        (texts(f"{seed} control", number // 500, calls=True), False, False),
    )
    asked = []
    # Spawned: a worker is forked by a process that has one thread, and this one has another for the listener.
    context = multiprocessing.get_context("spawn")
    with closing(Listener()) as listener, context.Pool(processes or os.cpu_count()) as pool:
        seen = sum(pool.starmap(read, chunks), Read())
        for queries, guarded, limited in plan:
            before = listener.connections()
            orders = [(listener.port, piece, guarded, limited) for piece in _pieces(queries)]
            answered = sum(pool.starmap(ask, orders, chunksize=1))
            layers = f"{'guard' if guarded else 'no guard'}, {'sandbox' if limited else 'no sandbox'}"
            asked.append(Asked(layers, len(queries), answered, listener.connections() - before))
        federated = Federated()
        with closing(Listener(answers=True)) as named:
            for limited in (True, False):
                queries = texts(f"{seed} federated {limited}", number // 50, calls=True)
                before = listener.connections()
                pieces = [(named.port, listener.port, piece, limited) for piece in _pieces(queries)]
                federated += sum(pool.starmap(federate, pieces, chunksize=1), Federated())
                federated += Federated(others=listener.connections() - before)
            federated += Federated(connections=named.connections())
    wrong = [f"the guard let through: {each!r}" for each in seen.missed]
    wrong += [f"an endpoint was asked: {each!r}" for each in federated.wrong]
    if federated.others or federated.connections != federated.asked or not federated.asked:
        wrong.append(f"who may be asked, and who not: {federated}")
    wrong += [f"{each.connections} connections with {each.layers}" for each in asked[:-1] if each.connections]
    if asked[-1].connections < asked[-1].texts // 4:
        wrong.append(f"only {asked[-1].connections} connections of {asked[-1].texts} calls: this test is blind")
    return seen, asked, federated, wrong


def main(number: int, seed: int) -> int:
    """Returns 0 when nothing was called but by the control."""
    start = time.monotonic()
    seen, asked, federated, wrong = campaign(number, seed)
    print(f"guard: {seen.texts} texts, {seen.refused} refused, {seen.answered} queries let through, ", end="")
    print(f"{len(seen.missed)} of them with SERVICE")
    for each in asked:
        print(f"{each.layers:20} {each.texts:7} texts {each.answered:7} answered {each.connections:7} connections")
    print(
        f"{'one may be asked':20} {federated.texts:7} texts {federated.answered:7} answered "
        f"{federated.connections:7} connections, {federated.asked} meant; {federated.others} to another"
    )
    print(*wrong, sep="\n")
    print(f"seed {seed}, {time.monotonic() - start:.0f} s: {'FAILED' if wrong else 'nothing was called'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    raise SystemExit(main(*[*given, *(1000000, 1)[len(given) :]]))
