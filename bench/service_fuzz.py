"""Fuzzes what keeps a query from calling another server, and counts what arrives at a listener.

    python bench/service_fuzz.py [NUMBER] [SEED]

NUMBER is 1,000,000 by default. Two layers keep a query from calling: the guard, in the web process, reads its text
(`kennis_ld.engine.guard`); the limits of a worker (`kennis_ld.engine.limits`) leave it no descriptor for a socket. The
texts are made by `tests/engine/calling_texts.py`. What is asked, and how often:

| what | of NUMBER |
|---|---|
| the guard in this process; the engine's own parser must see no SERVICE in what it lets through | all |
| a real worker with both layers | 1 in 20 |
| a real worker without the guard: texts in which the parser does see SERVICE | 1 in 50 |
| a real worker without the guard: texts of every kind | 1 in 50 |
| a real worker without the limits, behind the guard | 1 in 20 |
| a real worker with neither, the control: texts in which the parser sees SERVICE | 1 in 500 |

Workers are asked with the address of a listener on loopback in the texts. It must see no connection, but from the
control: there it must see them, or this would prove nothing. The exit status is 1 where that is not so.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kennis_ld.engine.pool import PooledEngine
from kennis_ld.engine.warden import Orders

from kennis_ld.engine.budget import Budget, Lane
from kennis_ld.engine.guard import calls_a_server
from kennis_ld.engine.interface import Question
from kennis_ld.engine.store import DataFile
from kennis_ld.errors import QueryError
from tests.engine.calling_texts import text
from tests.engine.sparql_texts import TARGET, has_keyword, is_query

_CHUNK = 5000
_WORKERS = 2
_LIMITED = "from kennis_ld.engine import warden; raise SystemExit(warden.main())"
_UNLIMITED = f"""
from kennis_ld.engine import limits
limits.leave_no_descriptor = limits.bound = lambda _: None
{_LIMITED}
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


class Listener:
    """Counts the connections to a port on loopback, and closes each at once."""

    def __init__(self) -> None:
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
            connection.close()

    def connections(self) -> int:
        """Returns how many connections of others there were up to now."""
        with socket.create_connection(("127.0.0.1", self.port)) as own:
            # Connections are taken in their order: when this one is closed, those before it are counted.
            own.recv(1)
        self._own += 1
        return self._seen - self._own

    def close(self) -> None:
        """Listens no more."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@contextmanager
def worker(folder: Path, *, guarded: bool, limited: bool) -> Iterator[PooledEngine]:
    """Gives an engine on workers of their own, with or without each of the layers."""
    folder.mkdir()
    data = folder / "data.nt"
    data.write_text(f'<{TARGET}> <{TARGET}> "x" .\n<{TARGET}> <{TARGET}service> <{TARGET}> .\n', encoding="ascii")
    lane = Lane("fuzz", workers=_WORKERS, budget=Budget(seconds=5.0), guarded=guarded)
    program = [sys.executable, "-P", "-c", _LIMITED if limited else _UNLIMITED]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        # In a folder of its own: a warden removes the folder around its own when its owner is gone.
        (folder / "own" / "1").mkdir(parents=True)
        process.stdin.write(Orders(folder / "own" / "1", (lane,), (DataFile(data),)).to_line())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["event"] == "ready"
        threading.Thread(target=process.stdout.read, daemon=True).start()
        try:
            yield PooledEngine.at(folder / "own" / "1", lane)
        finally:
            process.terminate()
            process.wait(30)


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


def ask(folder: Path, listener: Listener, queries: Sequence[str], *, guarded: bool, limited: bool) -> Asked:
    """Asks workers the queries, with the address of the listener in them."""
    before = listener.connections()
    address = f"http://127.0.0.1:{listener.port}/"

    def answered(query: str) -> bool:
        query = query.replace(TARGET, address)
        try:
            engine.answer(Question(query, address, default_graphs=(address,) if len(query) % 16 == 0 else ()))
        except QueryError:
            return False
        return True

    layers = f"{'guard' if guarded else 'no guard'}, {'limits' if limited else 'no limits'}"
    with worker(folder, guarded=guarded, limited=limited) as engine, ThreadPoolExecutor(_WORKERS) as threads:
        done = sum(threads.map(answered, queries))
    return Asked(layers, len(queries), done, listener.connections() - before)


def campaign(number: int, seed: int, folder: Path, *, processes: int = 2) -> tuple[Read, list[Asked], list[str]]:
    """Returns what the guard and the workers did, and in words what is wrong with it."""
    # Each chunk has a seed of its own, so that it does not matter which process takes it.
    chunks = [(f"{seed} {start}", min(_CHUNK, number - start)) for start in range(0, number, _CHUNK)]
    if processes > 1:
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            seen = sum(pool.starmap(read, chunks), Read())
    else:
        seen = sum((read(*chunk) for chunk in chunks), Read())
    listener = Listener()
    plan = (
        (texts(f"{seed} both", number // 20), True, True),
        (texts(f"{seed} calls", number // 50, calls=True), False, True),
        (texts(f"{seed} any", number // 50), False, True),
        (texts(f"{seed} guard", number // 20), True, False),
        (texts(f"{seed} control", number // 500, calls=True), False, False),
    )
    try:
        asked = [
            ask(folder / str(at), listener, queries, guarded=guarded, limited=limited)
            for at, (queries, guarded, limited) in enumerate(plan)
        ]
    finally:
        listener.close()
    wrong = [f"the guard let through: {each!r}" for each in seen.missed]
    wrong += [f"{each.connections} connections with {each.layers}" for each in asked[:-1] if each.connections]
    if asked[-1].connections < asked[-1].texts // 4:
        wrong.append(f"only {asked[-1].connections} connections of {asked[-1].texts} calls: this test is blind")
    return seen, asked, wrong


def main(number: int, seed: int) -> int:
    """Returns 0 when nothing was called but by the control."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        seen, asked, wrong = campaign(number, seed, Path(folder))
    print(f"guard: {seen.texts} texts, {seen.refused} refused, {seen.answered} queries let through, ", end="")
    print(f"{len(seen.missed)} of them with SERVICE")
    for each in asked:
        print(f"{each.layers:20} {each.texts:7} texts {each.answered:7} answered {each.connections:7} connections")
    print(*wrong, sep="\n")
    print(f"seed {seed}, {time.monotonic() - start:.0f} s: {'FAILED' if wrong else 'nothing was called'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(*(int(each) for each in (*sys.argv[1:], "1000000", "1")[:2])))
