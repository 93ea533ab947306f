"""Plays a day of a site in minutes: publishing, trouble of every kind and readers all the while.

    python bench/day.py SEED [--steps N] [--patience TIMES]

The seed decides which steps there are and in which order, and all that is chosen at random in them, so that a day can
be played again. By default each kind of step comes twice. The site is the real command `kennis-ld serve`; six clients
read pages, documents, answers and dumps meanwhile, half of them on connections that they keep.

| a step | what happens |
|---|---|
| publish, withdraw, again | a release with words of its own and a project more, or less by a decision; or the same |
| roll back, switch often | back to any earlier release; the link moved again before a release is taken up |
| kill, terminate, stop | SIGKILL, SIGTERM or SIGSTOP for one or all of a kind of process, the supervisor included |
| kill all below, while taking up | all but the supervisor at once; those of a release that is being taken up |
| damage | a release is put under the link that is cut off, changed in one byte, empty, or not there |
| no room for a release, for the log | a build, or the log of the site, meets the end of the disk (RLIMIT_FSIZE) |
| slow, hostile, departing clients | that send half a request or take no answer; ask what never ends; leave at once |
| clock | the wall clock of the site jumps by days or years, and the times of links and files with it |

After each step: the site is whole again within its bound; readers saw whole releases only, each answer with the words
of the release that it names and of no other, and nothing failed but what the step explains; every URI that was
published answers 303 or 301, or 410 with a reason; no process, descriptor, shared memory or file is left. The exit
status is 1, with the seed and the step, where that is not so. `--patience` widens the bounds on a slow machine.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.day_site import QUERY_SECONDS, Breach, Readers, SiteOfTheDay, require
from tests.processes import is_alive
from tests.serving.serving import ENDLESS

READERS = 6
FOLLOWED = 5.0
"""Seconds in which a site follows the link (safety facts, case 103)."""

BACK = 3.0
"""Seconds in which it is back after a kill (case 32)."""

NOTICED = 6.0
"""Seconds after which a process that is stopped is ended."""

_DAY = 86_400.0

Play = Callable[[SiteOfTheDay, random.Random], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens in a day.

    Attributes:
        name: what it is, in words.
        play: lets it happen.
        bound: seconds after which the site must answer again, with the current release.
        explains: what readers may notice of it: "cut:", a connection that ended; "busy", a query that got 503.
    """

    name: str
    play: Play
    bound: float = FOLLOWED
    explains: tuple[str, ...] = ()


def _publish(day: SiteOfTheDay, chance: random.Random, *, withdraws: bool) -> None:
    day.publication.change(withdraws=withdraws)
    day.build()


def _publish_again(day: SiteOfTheDay, chance: random.Random) -> None:
    before, was_back = day.current, day.is_back
    name = day.build()
    require(was_back or name == before or day.words[name] != day.words[before], "the same is published as another")


def _roll_back(day: SiteOfTheDay, chance: random.Random) -> None:
    others = [each for each in day.words if each != day.current]
    if not others:
        return
    target = chance.choice(others)
    ran = day.command("rollback", str(day.publication.folder), target[:12])
    require(ran.returncode == 0 and day.current == target, f"rollback to {target} failed: {ran.stderr}")
    day.is_back = True


def _switch_often(day: SiteOfTheDay, chance: random.Random) -> None:
    for _ in range(chance.randint(2, 5)):
        day.link(chance.choice([*day.words]))
        time.sleep(chance.uniform(0.0, 0.8))
    day.is_back = True


def _signal(day: SiteOfTheDay, chance: random.Random, *, kind: str, number: signal.Signals) -> None:
    there = sorted(day.site.kinds()[kind])
    hit = there if chance.random() < 0.5 else [chance.choice(there)]
    for each in hit:
        with contextlib.suppress(ProcessLookupError):
            os.kill(each, number)
    if number == signal.SIGSTOP and kind != "query worker":
        is_gone = day.within(NOTICED + BACK, lambda: not any(map(is_alive, hit)))
        require(is_gone, f"a {kind} that was stopped is still there")
    elif number == signal.SIGSTOP:
        # One that nobody asks is not missed; one that is asked is ended with the time of its query.
        time.sleep(QUERY_SECONDS + 1)
        for each in filter(is_alive, hit):
            os.kill(each, signal.SIGCONT)
    elif number == signal.SIGKILL or kind == "zygote":
        # A web process ends with its family only, and a worker with its link: SIGTERM for a whole group does no harm.
        is_gone = day.within(QUERY_SECONDS + BACK, lambda: not any(map(is_alive, hit)))
        require(is_gone, f"a {kind} does not end")


def _kill_all(day: SiteOfTheDay, chance: random.Random) -> None:
    for each in chance.sample(hit := day.site.descendants(), len(hit)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    require(day.within(BACK, lambda: not any(map(is_alive, hit))), "what was killed is still there")


def _kill_while_taken_up(day: SiteOfTheDay, chance: random.Random) -> None:
    day.publication.change(withdraws=False)
    day.build()
    time.sleep(chance.uniform(0.0, 1.2))
    kind = chance.choice(("zygote", "web process"))
    there = day.site.kinds()[kind]
    for each in there if chance.random() < 0.5 else there[-1:]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _end_supervisor(day: SiteOfTheDay, chance: random.Random, *, number: signal.Signals) -> None:
    process, others = day.site.process, day.site.descendants()
    process.send_signal(number)
    require(day.within(10, lambda: process.poll() is not None), "the supervisor does not end")
    require(number == signal.SIGKILL or process.returncode == 0, f"the site ended with {process.returncode}")
    require(day.within(10, lambda: not any(map(is_alive, others))), "processes outlive their supervisor")
    day.start()


def _stop_supervisor(day: SiteOfTheDay, chance: random.Random) -> None:
    day.site.process.send_signal(signal.SIGSTOP)
    time.sleep(chance.uniform(0.5, 2.0))
    day.site.process.send_signal(signal.SIGCONT)


def _damage(day: SiteOfTheDay, chance: random.Random, *, how: str) -> None:
    good = day.current
    bad = day.releases / f"{chance.getrandbits(128):032x}"
    if how != "absent":
        shutil.copytree(day.releases / good, bad)
        file = chance.choice(sorted(each for each in bad.iterdir() if each.stat().st_size > 100))
        content = bytearray(file.read_bytes())
        if how == "cut off":
            del content[chance.randrange(len(content)) :]
        elif how == "changed":
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
        if how == "empty":
            shutil.rmtree(bad)
            bad.mkdir()
    day.link(bad.name)
    try:
        is_said = day.within(FOLLOWED, lambda: f"{bad.name} is not taken up" in day.site.log.read_text("utf-8"))
        require(is_said, "the log does not say that a damaged release is not taken up")
        require(day.serves(good), "a damaged release ended the one before it")
    finally:
        day.link(good)
        shutil.rmtree(bad, ignore_errors=True)


def _no_room_for_a_release(day: SiteOfTheDay, chance: random.Random) -> None:
    before = day.current
    day.publication.change(withdraws=False)
    city = day.publication.write()
    most = chance.choice((0, 300, 3_000, 12_000))
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most))
    ran = day.command("build", str(city), before=limit)
    require(ran.returncode != 0 and day.current == before, f"a build without room was published: {ran.stdout}")
    is_said = ("Make room" in ran.stderr or "Maak ruimte" in ran.stderr) and "Traceback" not in ran.stderr
    require(is_said, f"a build without room says: {ran.stderr[-1500:]}")


def _no_room_for_the_log(day: SiteOfTheDay, chance: random.Random) -> None:
    _bound_files(day, day.site.log.stat().st_size)
    # Until the last process is bound, a line may still be written.
    size = day.site.log.stat().st_size
    for kind in ("web process", "query worker"):
        os.kill(chance.choice(sorted(day.site.kinds()[kind])), signal.SIGKILL)
    day.publication.change(withdraws=False)
    name = day.build()
    require(day.within(FOLLOWED + BACK, lambda: day.serves(name)), "with a full disk a release is not taken up")
    require(day.within(10, day.site.is_whole), "with a full disk the site does not heal")
    require(day.site.log.stat().st_size == size, "the disk was not full: this step is blind")
    _bound_files(day, None)
    require(day.within(BACK, lambda: day.site.answers() and day.site.log.stat().st_size > size), "no log any more")


def _bound_files(day: SiteOfTheDay, size: int | None) -> None:
    bound: set[int] = set()
    # A process that is not bound yet may start another one meanwhile.
    while more := {day.site.process.pid, *day.site.descendants()} - bound:
        for process in more:
            with contextlib.suppress(ProcessLookupError):
                _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
                if most:
                    # A worker may write no files anyway.
                    resource.prlimit(process, resource.RLIMIT_FSIZE, (most if size is None else size, most))
        bound |= more


def _slow_clients(day: SiteOfTheDay, chance: random.Random) -> None:
    texts = (
        b"GET /projecten HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\nASK",
        b"GET /download/current/agenda.nq HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20,
        b"",
    )
    with contextlib.ExitStack() as connections:
        for _ in range(chance.randint(20, 120)):
            connection = connections.enter_context(day.site.connect())
            connection.sendall(chance.choice(texts))
        time.sleep(chance.uniform(0.5, 2.0))


def _hostile_clients(day: SiteOfTheDay, chance: random.Random) -> None:
    end = time.monotonic() + chance.uniform(2.0, 4.0)
    wrong: list[object] = []

    def attack(number: int) -> None:
        sent = 0
        while time.monotonic() < end:
            sent += 1
            query = f"{ENDLESS} # {number} {sent}"
            try:
                got = day.site.ask(query, headers={"X-Forwarded-For": f"203.0.113.{number}"})
            except (OSError, http.client.HTTPException) as error:
                wrong.append(error)
            else:
                wrong.extend([got.status] if got.status not in {429, 503} else [])

    threads = [threading.Thread(target=attack, args=(number,)) for number in range(chance.randint(2, 5))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    require(not wrong, f"hostile clients got {wrong[:5]}")


def _departing_clients(day: SiteOfTheDay, chance: random.Random) -> None:
    for number in range(chance.randint(10, 40)):
        target = f"/sparql?query={quote(f'{ENDLESS} # left {number}')}"
        with day.site.connect() as connection:
            who = f"203.0.113.{100 + number % 100}"
            head = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {who}\r\n\r\n"
            connection.sendall(head.encode())
            time.sleep(chance.choice((0.0, 0.01, 0.15)))


def _clock(day: SiteOfTheDay, chance: random.Random, *, sign: int) -> None:
    shift = sign * chance.choice((3_600.0, _DAY, 400 * _DAY, 5_000 * _DAY))
    day.set_clock(shift)
    moment = time.time() + shift
    said = parsedate_to_datetime(day.site.get("/healthz").headers["Date"]).timestamp()
    require(abs(said - moment) < 60 * day.patience, "the clock of the site did not jump: this step is blind")
    for path in (day.releases / "current", day.releases / day.current, *(day.releases / day.current).iterdir()):
        os.utime(path, (moment, moment), follow_symlinks=False)
    day.publication.change(withdraws=False)
    day.build()


_KILLED: dict[str, tuple[str, ...]] = {
    "query worker": ("busy",),
    "zygote": ("busy",),
    "web process": ("busy", "cut:"),
}
_NUMBERS = {"kill": signal.SIGKILL, "terminate": signal.SIGTERM, "stop": signal.SIGSTOP}
STEPS = (
    Step("publish", partial(_publish, withdraws=False)),
    Step("publish more", partial(_publish, withdraws=False)),
    Step("withdraw", partial(_publish, withdraws=True)),
    Step("publish again", _publish_again),
    Step("roll back", _roll_back),
    Step("roll back further", _roll_back),
    Step("switch often", _switch_often, 2 * FOLLOWED),
    *(
        Step(f"{verb} {kind}", partial(_signal, kind=kind, number=number), BACK, explains)
        for verb, number in _NUMBERS.items()
        for kind, explains in (_KILLED | ({"web process": ()} if verb == "terminate" else {})).items()
    ),
    Step("kill all below", _kill_all, BACK, ("busy", "cut:")),
    Step("kill while taking up", _kill_while_taken_up, FOLLOWED + BACK, ("busy", "cut:")),
    Step("kill supervisor", partial(_end_supervisor, number=signal.SIGKILL), BACK, ("busy", "cut:")),
    Step("terminate supervisor", partial(_end_supervisor, number=signal.SIGTERM), BACK, ("busy", "cut:")),
    Step("stop supervisor", _stop_supervisor),
    *(Step(f"damage: {how}", partial(_damage, how=how)) for how in ("cut off", "changed", "empty", "absent")),
    Step("no room for a release", _no_room_for_a_release),
    Step("no room for the log", _no_room_for_the_log, BACK, ("busy", "cut:")),
    Step("slow clients", _slow_clients),
    Step("hostile clients", _hostile_clients),
    Step("departing clients", _departing_clients),
    Step("clock forwards", partial(_clock, sign=1)),
    Step("clock back", partial(_clock, sign=-1)),
)


def plan(seed: int) -> Iterator[Step]:
    """Yields the steps of a day without an end: all of them in one order, then all of them in another."""
    chance = random.Random(seed)
    while True:
        yield from chance.sample(STEPS, len(STEPS))


def play(
    seed: int,
    steps: Iterable[Step],
    folder: Path,
    *,
    patience: float = 1.0,
    readers: int = READERS,
    tell: Callable[[str], object] = print,
) -> None:
    """Plays a day.

    Args:
        seed: decides what is chosen at random in the steps.
        steps: what happens.
        folder: an empty folder.
        patience: how much slower than usual this machine may be.
        readers: how many clients read meanwhile, half of them on connections that they keep.
        tell: is told what each step was, and what was checked.

    Raises:
        Breach: something did not hold; it says in which step.
    """
    day, people = SiteOfTheDay(folder, patience=patience), Readers(readers)
    try:
        day.check_left()
        for number, step in enumerate(steps, start=1):
            start = time.monotonic()
            people.start(day.site.port)
            try:
                step.play(day, random.Random(f"{seed} {number}"))
                is_back = day.within(step.bound, lambda: day.serves(day.current) and day.site.answers())
                require(is_back, f"not back within {step.bound:g} s: {day.site.kinds()}")
            except Breach as breach:
                raise Breach(f"seed {seed}, step {number}, {step.name}: {breach}") from breach
            finally:
                seen = people.stop()
            try:
                # At rest first: a release may still be taken up whose link was moved on since.
                checked = (day.check_read(seen, step.explains), day.check_left(), day.check_things())
            except Breach as breach:
                raise Breach(f"seed {seed}, step {number}, {step.name}: {breach}") from breach
            tell(f"{number:3} {step.name:22} {time.monotonic() - start:5.1f} s  {'; '.join(checked)}")
    finally:
        day.end()


def main() -> int:
    """Returns 0 when everything held."""
    options = argparse.ArgumentParser(description="Plays a day of a site.")
    options.add_argument("seed", type=int)
    options.add_argument("--steps", type=int, default=2 * len(STEPS))
    options.add_argument("--patience", type=float, default=1.0)
    given = options.parse_args()
    tell = partial(print, flush=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            steps = islice(plan(given.seed), given.steps)
            play(given.seed, steps, Path(folder), patience=given.patience, tell=tell)
        except Breach as breach:
            print(f"BREACH: {breach}")
            return 1
    print(f"seed {given.seed}, {given.steps} steps, {time.monotonic() - start:.0f} s: everything held")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
