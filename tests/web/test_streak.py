"""When the connection of a client is lent, and when no more."""

from __future__ import annotations

from kennis_ld.web.streak import FEWEST, Streak


def asked(streak: Streak, number: int, *, first: int = 1, start: float = 0.0, every: float = 0.001) -> int | None:
    """Answers so many small queries one after the other; returns after how many it was time to lend."""
    for each in range(number):
        if streak.goes_on(first + each, start + each * every):
            return each + 1
    return None


def test_after_some_small_queries() -> None:
    """It takes a few, one after the other, and quick."""
    assert FEWEST == asked(Streak(), 100)
    assert asked(Streak(), 100, every=1.0) is None


def test_another_request_between_them_begins_anew() -> None:
    """What the application answered, or what was kept, is no small query that was computed."""
    streak = Streak()
    assert asked(streak, FEWEST - 1) is None
    # A number is missing: that request was another one.
    assert FEWEST == asked(streak, 100, first=FEWEST + 1)


def test_a_loan_that_was_worth_it_is_renewed_at_once() -> None:
    """The next small query is enough."""
    streak = Streak()
    streak.was_lent(1000, 10, 1.0, is_welcome=True)
    assert 1 == asked(streak, 100, start=1.0)


def test_loans_that_are_not_worth_it_become_rare() -> None:
    """Each time it takes twice as many queries, to a bound; one that is worth it makes up for all."""
    streak = Streak()
    needed = []
    for _ in range(12):
        streak.was_lent(1, 0, 1.0, is_welcome=True)
        needed.append(asked(streak, 10_000, start=1.0))
    assert [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 4096, 4096, 4096] == needed
    streak.was_lent(1000, 0, 1.0, is_welcome=True)
    assert 1 == asked(streak, 1, start=1.0)


def test_who_asks_the_same_again_is_better_served_by_what_is_kept() -> None:
    """Many queries that were asked before are a reason not to lend."""
    streak = Streak()
    streak.was_lent(1000, 500, 1.0, is_welcome=True)
    assert 2 * FEWEST == asked(streak, 100, start=1.0)


def test_a_client_that_had_enough_is_looked_at_each_time() -> None:
    """For a while every query of the connection comes before those who can refuse it."""
    streak = Streak()
    streak.was_lent(1000, 0, 1.0, is_welcome=False)
    assert asked(streak, 100, start=1.0) is None
    assert 1 == asked(streak, 100, first=200, start=2.1)
