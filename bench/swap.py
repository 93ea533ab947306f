"""Swaps releases under a site that many clients ask, then kills its processes, and counts what anybody noticed.

    python bench/swap.py [SWAPS] [CLIENTS] [ROUNDS]

SWAPS is 100, CLIENTS is 50 and ROUNDS, of kills of each kind of process, is 5 by default. The site is the real command
`kennis-ld serve`; the clients ask over HTTP for a page, a document in Turtle and a query. Half of them make a
connection for each request; the others keep one and send request after request on it. Every answer must be there and
hold the words of the release that it names, and of no other. A kept connection may be closed only after an answer that
said so (`Connection: close`), or when nothing was asked on it for a while. After a kill the seconds are counted until
the site answers pages, queries and /readyz again; the bound is 3.
"""

from __future__ import annotations

import http.client
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.clients import FreshClient, KeptClient
from kennis_ld.release import publish
from tests.serving.serving import MARK, Got, Site, release, serving
from tests.serving.test_swap import PATHS, words_of
from tests.waiting import eventually

KINDS = ("query worker", "zygote", "web process")
BOUND = 3.0
OPTIONS = ("--client-seconds", "0", "--client-heavy", "0", "--trusted-proxy", "127.0.0.1", "--no-log-requests")


def main(swaps: int, clients: int, rounds: int) -> int:
    """Returns 0 when nobody noticed a swap, and every process was back in time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = release(folder / "city", folder / "releases", MARK)
        release(folder / "city", folder / "releases", "giet")
        publish.switch(folder / "releases", first.name, by="bench", version="0")
        (folder / "served").mkdir()
        with serving(folder / "served", folder / "releases", *OPTIONS) as site:
            return max(_swap(site, swaps, clients), _kill(site, rounds))


def _swap(site: Site, swaps: int, clients: int) -> int:
    words = words_of(site.releases)
    seen: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    closed = 0
    lock = threading.Lock()
    stop = threading.Event()

    def client(number: int) -> None:
        nonlocal closed
        who = {"X-Forwarded-For": f"198.51.100.{number % 250}"}
        asks = (KeptClient if number % 2 else FreshClient)(site.port)
        while not stop.is_set():
            for path in PATHS[:3]:
                try:
                    got = asks.get(path, who)
                    wrong, of = _wrong(got, words), got.headers["Kennis-Release"] or "none"
                except (OSError, http.client.HTTPException) as error:
                    wrong, of = f"{asks.kind}: {error!r}", "none"
                with lock:
                    seen[f"{asks.kind} of {of[:8]}"] += 1
                    failed.update([wrong] if wrong else [])
        with lock:
            closed += asks.closed

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    started, missed = time.monotonic(), 0
    for _ in range(swaps):
        now = (site.releases / "current").readlink().name
        other = next(each for each in words if each != now)
        with publish.locked(site.releases):
            publish.switch(site.releases, other, by="bench", version="0")
        # There are several web processes, and each answers some.
        missed += not eventually(partial(_all_serve, site, other), seconds=60)
        if site.process.poll() is not None:
            failed["the site ended"] += 1
            break
    seconds = time.monotonic() - started
    stop.set()
    for thread in threads:
        thread.join()
    print(
        f"{swaps} swaps in {seconds:.0f} s under {clients} clients: {seen.total()} answers {dict(seen)}, {closed} kept "
        f"connections closed in order, {failed.total()} failed {dict(failed)}, {missed} swaps not followed"
    )
    return 1 if failed or missed else 0


def _wrong(got: Got, words: Mapping[str, str]) -> str:
    """Returns what is wrong with an answer; empty where nothing is."""
    if got.status != 200:
        return f"status {got.status}"
    text, of = got.body.decode(), got.headers["Kennis-Release"]
    return "" if [words.get(of or "")] == [each for each in words.values() if each in text] else "not of its release"


def _all_serve(site: Site, release: str) -> bool:
    return {release} == {_release(site) for _ in range(6)}


def _release(site: Site) -> str | None:
    try:
        return site.get("/healthz").headers["Kennis-Release"]
    except (OSError, http.client.HTTPException):
        return None


def _kill(site: Site, rounds: int) -> int:
    breached = 0
    for kind in KINDS:
        times = []
        for _ in range(rounds):
            if not eventually(lambda: site.is_whole() and site.answers(), seconds=60):
                print(f"not whole: {site.kinds()}")
                return 1
            for process in site.kinds()[kind]:
                os.kill(process, signal.SIGKILL)
            start = time.monotonic()
            eventually(site.answers, seconds=60)
            times.append(time.monotonic() - start)
        breached += max(times) > BOUND
        print(f"kill -9 of every {kind}: back after {max(times):.3f} s at most, in {rounds} rounds")
    return 1 if breached else 0


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    raise SystemExit(main(*[*given, *(100, 50, 5)[len(given) :]]))
