"""What one client may have: of its own, and never at the cost of another."""

from __future__ import annotations

import pytest

from kennis_ld.errors import EngineUnavailable
from kennis_ld.web import limits
from kennis_ld.web.clients import Client, ClientLimits
from kennis_ld.web.limits import Limits
from kennis_ld.web.problems import Problem

ONE, OTHER = Client("10.0.0.1", "10.0.0.0/24"), Client("10.0.0.2", "10.0.0.0/24")


def test_clients_with_the_same_place_do_not_pay_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the table has one place for two clients, the silence and the errors of one are not those of the other."""
    monkeypatch.setattr(limits, "_PLACES", 1)
    table = Limits(ClientLimits(heavy=1, errors=1), at_once=10, heavy=0)
    turn = table.enter(ONE)
    with pytest.raises(EngineUnavailable):
        turn.occupies()
    turn.errors = 5
    turn.end()
    with pytest.raises(Problem):
        table.enter(ONE)
    table.enter(OTHER).end()


def test_what_was_computed_counts() -> None:
    """A client that has used its seconds gets no more until enough time has passed; another one does."""
    table = Limits(ClientLimits(seconds=10.0), at_once=10)
    turn = table.enter(ONE)
    turn.took(25.0)
    turn.end()
    with pytest.raises(Problem) as caught:
        table.enter(ONE)
    assert 1 <= int(caught.value.headers["Retry-After"]) <= 60
    table.enter(OTHER).end()


def test_what_a_worker_answered_counts_as_much() -> None:
    """Who has used its seconds, or is to be silent, may not go on; another one may."""
    table = Limits(ClientLimits(seconds=10.0, heavy=1), at_once=10, heavy=0)
    assert [True, True, False] == [table.charge(ONE, 9.0) for _ in range(3)]
    with pytest.raises(Problem):
        table.enter(ONE)
    turn = table.enter(OTHER)
    with pytest.raises(EngineUnavailable):
        turn.occupies()
    turn.end()
    assert not table.charge(OTHER, 0.001)
    assert Limits(ClientLimits(seconds=0), at_once=10).charge(ONE, 1000.0)


def test_places_for_heavy_queries_are_given_back() -> None:
    """Of the places that all share each can be had again; who finds none is told when to come back."""
    table = Limits(ClientLimits(), at_once=10, heavy=1)
    first, second = table.enter(ONE), table.enter(OTHER)
    first.occupies()
    with pytest.raises(EngineUnavailable) as caught:
        second.occupies()
    assert caught.value.retry_after
    first.end()
    table.enter(ONE).occupies()
