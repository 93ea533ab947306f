"""What one client may have, whichever process it asks."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from kennis_ld.errors import EngineUnavailable, TooManyRequests
from kennis_ld.isolation import admission
from kennis_ld.isolation.admission import (
    ALL_ELSEWHERE_AT_ONCE,
    AT_ONCE,
    ELSEWHERE_AT_ONCE,
    Admission,
    Client,
    ClientLimits,
    Permit,
    table,
)
from kennis_ld.isolation.shared_memory import SharedNumbers
from tests.isolation.forked import in_a_child

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

ONE, OTHER = Client("192.0.2.1", "192.0.2.0/24"), Client("192.0.2.2", "192.0.2.0/24")
LIMITS = ClientLimits(heavy=2, seconds=30.0, errors=30)


def made(shared: SharedNumbers | None = None, limits: ClientLimits = LIMITS, heavy: int = 4) -> Admission:
    """Returns the admission control of a process, on a table of its own by default."""
    return Admission(limits, shared or table(), heavy=heavy, secret=b"x" * 32)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets seconds pass."""
    now = [1000.0]
    monkeypatch.setattr(admission.time, "monotonic", lambda: now[0])

    def wait(seconds: float) -> None:
        now[0] += seconds

    return wait


def spend(control: Admission, seconds: float, client: Client = ONE, *, malformed: bool = False) -> None:
    """Lets a client have a query that costs so much."""
    control.enter(client).end(seconds, malformed=malformed)


def is_refused(control: Admission, client: Client = ONE) -> int:
    """Returns after how many seconds a client that asks is told to come back; 0 where it may ask."""
    try:
        control.enter(client).end(0.0)
    except TooManyRequests as error:
        return error.retry_after
    return 0


def test_a_minute_of_computing_at_a_stretch(clock: Callable[[float], None]) -> None:
    """Twice the seconds of a minute are let through at once; then a client waits, and others do not."""
    control = made()
    spend(control, 59.9)
    assert 0 == is_refused(control)
    spend(control, 0.2)
    # 0.1 too much and one more second for the next: at half a second of computing each second.
    assert 3 == is_refused(control)
    assert 0 == is_refused(control, OTHER)


def test_the_bucket_leaks(clock: Callable[[float], None]) -> None:
    """Computing is forgotten at the rate of the limit, and never more than was spent."""
    control = made()
    spend(control, 70.0)
    clock(19.0)
    assert is_refused(control)
    clock(2.0)
    assert 0 == is_refused(control)
    clock(10_000)
    spend(control, 59.9)
    assert 0 == is_refused(control)
    spend(control, 0.2)
    assert is_refused(control)


def test_waiting_costs_nothing(clock: Callable[[float], None]) -> None:
    """Only computing counts: a query that waited for an hour and computed nothing is free."""
    control = made()
    for _ in range(1000):
        permit = control.enter(ONE)
        clock(3600)
        permit.end(0.0)
    assert 0 == is_refused(control)


def test_malformed_queries(clock: Callable[[float], None]) -> None:
    """After thirty malformed queries a client waits; a second later one more is read."""
    control = made()
    for _ in range(30):
        assert 0 == is_refused(control)
        spend(control, 0.0, malformed=True)
    assert is_refused(control)
    clock(1.0)
    spend(control, 0.0, malformed=True)
    assert is_refused(control)
    assert 0 == is_refused(control, OTHER)


def test_two_heavy_queries_and_silence(clock: Callable[[float], None]) -> None:
    """The third heavy query of a client is refused, and for a second every other; then its two places still hold."""
    control = made()
    permits = [control.enter(ONE) for _ in range(3)]
    permits[0].take_heavy_places()
    permits[0].take_heavy_places()
    permits[1].take_heavy_places()
    with pytest.raises(TooManyRequests) as caught:
        permits[2].take_heavy_places()
    assert 1 == caught.value.retry_after
    permits[2].end(0.1)
    assert 1 == is_refused(control)
    assert 0 == is_refused(control, OTHER)
    clock(1.1)
    third = control.enter(ONE)
    with pytest.raises(TooManyRequests):
        third.take_heavy_places()
    permits[0].end(1.0)
    third.take_heavy_places()


def test_places_that_all_share() -> None:
    """When all places are taken, the next heavy query hears that the service is busy, and is not silenced."""
    control = made(heavy=3)
    permits: list[Permit] = []
    for number in range(3):
        permits.append(control.enter(Client(f"198.51.100.{number}", "-")))
        permits[-1].take_heavy_places()
    late = control.enter(ONE)
    with pytest.raises(EngineUnavailable) as caught:
        late.take_heavy_places()
    assert 5 == caught.value.retry_after
    assert 0 == is_refused(control)
    permits[0].end(1.0)
    late.take_heavy_places()


def test_zero_is_no_bound(clock: Callable[[float], None]) -> None:
    """A limit of 0 is none: no number of heavy queries, of seconds or of errors ever gives a 429."""
    control = made(limits=ClientLimits(heavy=0, seconds=0, errors=0), heavy=100)
    permits = [control.enter(ONE) for _ in range(64)]
    for permit in permits:
        permit.take_heavy_places()
    for permit in permits:
        permit.end(10_000.0, malformed=True)
    assert 0 == is_refused(control)


def test_queries_of_one_client_at_once() -> None:
    """So many queries of one client wait in a process, and one more when one of them is answered."""
    control = made()
    permits = [control.enter(ONE) for _ in range(AT_ONCE)]
    assert 1 == is_refused(control)
    assert 0 == is_refused(control, OTHER)
    permits[0].end(0.0)
    assert 0 == is_refused(control)


def test_queries_of_all_clients_at_once() -> None:
    """A process with as many queries as it may have says that it is busy."""
    control = made()
    for number in range(admission.ALL_AT_ONCE):
        control.enter(Client(str(number % 2000), "-"))
    with pytest.raises(EngineUnavailable):
        control.enter(ONE)


def test_exact_over_processes() -> None:
    """What four processes count at the same time for one client adds up to the last bit."""
    shared = table()

    limits = ClientLimits(seconds=1e-9, errors=0)
    children = []
    for _ in range(4):
        child = os.fork()
        if not child:
            control = Admission(limits, shared, heavy=4, secret=b"x" * 32)
            for _ in range(500):
                control.spend(admission._number(ONE.key, b"x" * 32), 1 / 1024, malformed=False)
            os._exit(0)
        children.append(child)
    assert {0} == {os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in children}
    slot = made(shared)._slot(admission._number(ONE.key, b"x" * 32))
    # The bucket leaks a thousand millionth of a second in a minute here.
    assert 2000 / 1024 == pytest.approx(shared.numbers[slot], abs=1e-6)


def test_many_light_queries_add_up(clock: Callable[[float], None]) -> None:
    """What takes less than a lock is counted as well, for every process, to the last millisecond of a client."""
    shared, limits = table(), ClientLimits(seconds=0.01)
    one, other = made(shared, limits), made(shared, limits)
    for _ in range(49):
        spend(one, 0.0004)
        assert not is_refused(other)
    for _ in range(2):
        spend(one, 0.0004)
    assert is_refused(other)
    assert is_refused(one)


def test_what_light_queries_cost_is_kept_of_few_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process remembers the light costs of so many clients; of more, that of the first is counted at once."""
    monkeypatch.setattr(admission, "_MOST_LITTLE", 2)
    shared, limits = table(), ClientLimits(seconds=0.0002)
    one, other = made(shared, limits), made(shared, limits)
    clients = [Client(f"192.0.2.{number}", "192.0.2.0/24") for number in range(3)]
    for client in clients:
        spend(one, 0.0009, client)
    assert [True, False, False] == [bool(is_refused(other, client)) for client in clients]


def test_a_limit_holds_in_every_process() -> None:
    """A client that has spent its time in one process is refused in another."""
    shared = table()
    spend(made(shared), 61.0)
    assert in_a_child(lambda: is_refused(made(shared))) >= 1
    assert 0 == in_a_child(lambda: is_refused(made(shared), OTHER))


def test_places_of_a_process_that_died_are_free() -> None:
    """The kernel gives back what a process held, so a heavy query may begin elsewhere."""
    shared = table()
    control = made(shared, heavy=1)

    def work() -> str:
        held = made(shared, heavy=1)
        held.enter(OTHER).take_heavy_places()
        return "held"

    assert "held" == in_a_child(work)
    control.enter(ONE).take_heavy_places()


def test_two_clients_in_one_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two clients with the same slot neither pays for the other."""
    monkeypatch.setattr(admission, "_SLOTS", 1)
    control = made()
    spend(control, 100.0)
    assert is_refused(control)
    assert 0 == is_refused(control, OTHER)
    spend(control, 0.1, OTHER)
    assert 0 == is_refused(control)


def test_waiting_for_other_servers_has_a_bound_of_its_own(clock: Callable[[float], None]) -> None:
    """A minute of it in a minute is enough, in whichever process; the client's usual queries, and others, go on."""
    shared = table()
    control, beside = made(shared), made(shared)
    for seconds in (40.0, 21.0):
        control.enter_elsewhere(ONE)
        control.leave_elsewhere(ONE, seconds)
    for each in (control, beside):
        with pytest.raises(TooManyRequests) as refused:
            each.enter_elsewhere(ONE)
        assert 2 == refused.value.retry_after
        assert 0 == is_refused(each)
        each.enter_elsewhere(OTHER)
        each.leave_elsewhere(OTHER, 0.1)
    clock(2.0)
    control.enter_elsewhere(ONE)


def test_few_wait_for_other_servers_at_once(clock: Callable[[float], None]) -> None:
    """One client has its places, all together have theirs, and who is through makes room."""
    control = made()
    for _ in range(ELSEWHERE_AT_ONCE):
        control.enter_elsewhere(ONE)
    with pytest.raises(TooManyRequests):
        control.enter_elsewhere(ONE)
    others = [Client(f"198.51.100.{number}", "198.51.100.0/24") for number in range(ALL_ELSEWHERE_AT_ONCE)]
    for client in others[ELSEWHERE_AT_ONCE:]:
        control.enter_elsewhere(client)
    with pytest.raises(EngineUnavailable):
        control.enter_elsewhere(others[0])
    control.leave_elsewhere(ONE, 0.1)
    control.enter_elsewhere(others[0])
