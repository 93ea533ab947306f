"""Questions asked from an event loop: light ones never wait for a thread, and nothing keeps the loop."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from kennis_ld.engine.asking import ANY_TURN
from kennis_ld.engine.budget import Budget, Lane
from kennis_ld.engine.interface import Answer, Question
from kennis_ld.engine.pool import PooledEngine
from kennis_ld.engine.prompt import PromptEngine
from kennis_ld.engine.supervisor import Supervisor
from kennis_ld.errors import AskerLeft, BudgetExceeded, MalformedQuery
from tests.engine.conftest import ENDLESS, GOOD, ask
from tests.engine.processes import children, descriptors
from tests.waiting import eventually

LANE = Lane("public", workers=2, budget=Budget(seconds=2.0))


@pytest.fixture
def service(quads: Path) -> Iterator[Supervisor]:
    """A service with two workers."""
    with Supervisor([quads], lanes=(LANE,)) as running:
        yield running


@pytest.fixture
def engine(service: Supervisor) -> Iterator[PooledEngine]:
    """The engine behind the loop."""
    engine = service.engine()
    yield engine
    engine.close()


class Loop:
    """A loop that asks."""

    def __init__(self, engine: PooledEngine) -> None:
        self.engine = engine
        self.prompt = PromptEngine(engine, asyncio.get_running_loop())

    async def ask(self, question: Question) -> Answer | Exception | None:
        """Returns what the prompt engine tells of a question; where that is nothing, the asker leaves."""
        done: asyncio.Future[Answer | Exception | None] = asyncio.get_running_loop().create_future()
        asking = self.engine.asking(question, ANY_TURN)
        self.prompt.ask(asking, done.set_result)
        result = await done
        if result is None:
            asking.abandon()
        return result


def run(engine: PooledEngine, work: Any) -> Any:
    """Returns what a coroutine returns that is given a loop."""

    async def inner() -> Any:
        loop = Loop(engine)
        try:
            coroutine: Coroutine[Any, Any, Any] = work(loop)
            return await coroutine
        finally:
            loop.prompt.close()

    return asyncio.run(inner())


def test_a_light_question_is_answered_on_the_loop(service: Supervisor, engine: PooledEngine) -> None:
    """A hundred at once are all answered, over no more connections than there are workers, and none stays open."""
    before = descriptors(os.getpid())

    async def work(loop: Loop) -> None:
        answers = await asyncio.gather(*(loop.ask(GOOD) for _ in range(100)))
        assert {b"ding 1"} == {b"ding 1" for each in answers if isinstance(each, Answer) and b"ding 1" in each.body}
        assert 100 == len(answers)
        # The engine's own, and the bytes that say who is busy.
        assert len(loop.prompt._lines) <= LANE.workers

    run(engine, work)
    assert eventually(lambda: descriptors(os.getpid()) <= before)


def test_a_mistake_is_told_on_the_loop(engine: PooledEngine) -> None:
    """Why there is no answer comes the same way as an answer."""

    async def work(loop: Loop) -> None:
        assert isinstance(await loop.ask(ask("SELECT * { ?a ?b ")), MalformedQuery)
        assert isinstance(await loop.ask(GOOD), Answer)

    run(engine, work)


def test_what_is_not_light_is_handed_over(engine: PooledEngine) -> None:
    """An endless question goes to a thread, which waits for its end; others are answered on the loop meanwhile."""

    async def work(loop: Loop) -> None:
        handed_over = asyncio.get_running_loop().create_future()
        asking = engine.asking(ENDLESS, ANY_TURN)
        loop.prompt.ask(asking, handed_over.set_result)
        assert await handed_over is None
        waiting = asyncio.create_task(asyncio.to_thread(engine.wait, asking))
        for _ in range(20):
            assert isinstance(await loop.ask(GOOD), Answer)
        assert not waiting.done()
        with pytest.raises(BudgetExceeded):
            await waiting

    run(engine, work)


def test_who_leaves_ends_what_was_handed_over(service: Supervisor, engine: PooledEngine) -> None:
    """When the asker leaves, the thread that waits hears so, and the worker ends."""

    async def work(loop: Loop) -> None:
        handed_over = asyncio.get_running_loop().create_future()
        asking = engine.asking(ENDLESS, ANY_TURN)
        before = set(children(service.warden))
        loop.prompt.ask(asking, handed_over.set_result)
        assert await handed_over is None
        waiting = asyncio.create_task(asyncio.to_thread(engine.wait, asking))
        asking.leave()
        with pytest.raises(AskerLeft):
            await waiting
        assert eventually(lambda: before != set(children(service.warden)))

    run(engine, work)


def test_a_worker_that_is_gone_is_not_missed(service: Supervisor, engine: PooledEngine) -> None:
    """Where the workers of all connections were killed, the next question goes to those that came after them."""

    async def work(loop: Loop) -> None:
        for _ in range(5):
            await asyncio.gather(*(loop.ask(GOOD) for _ in range(10)))
            for worker in children(service.warden):
                os.kill(worker, signal.SIGKILL)
            asking = engine.asking(GOOD, ANY_TURN)
            done = asyncio.get_running_loop().create_future()
            loop.prompt.ask(asking, done.set_result)
            # As long as there is no worker at all, a thread has the patience.
            answer = await done or await asyncio.to_thread(engine.wait, asking)
            assert b"ding 1" in answer.body
            assert eventually(lambda: len(children(service.warden)) == 2)

    run(engine, work)


def test_a_question_behind_another_is_taken_back(service: Supervisor, engine: PooledEngine) -> None:
    """A question for a worker that took another one first is answered by somebody else, on the loop."""

    async def work(loop: Loop) -> None:
        while len(loop.prompt._lines) < LANE.workers:
            await asyncio.gather(*(loop.ask(GOOD) for _ in range(10)))

        def endless() -> None:
            with pytest.raises(BudgetExceeded):
                service.engine().answer(ENDLESS)

        other = threading.Thread(target=endless)
        other.start()
        busy = loop.prompt._busy
        assert eventually(lambda: any(line.worker in busy for line in loop.prompt._lines))
        (line,) = (each for each in loop.prompt._lines if each.worker in busy)
        # What the loop does where it looked just before the worker began.
        loop.prompt._free.remove(line)
        done = asyncio.get_running_loop().create_future()
        loop.prompt._send(line, engine.asking(GOOD, ANY_TURN), done.set_result)
        assert isinstance(await done, Answer)
        assert other.is_alive()
        assert line not in loop.prompt._lines
        await asyncio.to_thread(other.join)

    run(engine, work)


def test_at_the_end_nobody_waits_in_vain(engine: PooledEngine) -> None:
    """What is on its way when the loop stops asking is left to a thread."""

    async def work(loop: Loop) -> None:
        waiting = [asyncio.ensure_future(loop.ask(ENDLESS)) for _ in range(8)]
        await asyncio.sleep(0)
        loop.prompt.close()
        assert [None] * 8 == await asyncio.gather(*waiting)

    run(engine, work)
