"""AUT-033: slowed down, then refused for a while."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.people.throttling import (
    FIRST_WAIT,
    LONGEST_WAIT,
    MEMORY,
    PER_ADDRESS,
    PER_LOGIN,
    PER_RESET,
    Failures,
    Limit,
    one_more,
    seconds_to_wait,
    wait_after,
)

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
LIMITS = st.sampled_from([PER_LOGIN, PER_ADDRESS, PER_RESET])
COUNTS = st.integers(min_value=0, max_value=100_000)


@given(COUNTS, LIMITS)
def test_waits_grow_and_stay_bounded(count: int, limit: Limit) -> None:
    assert dt.timedelta(0) <= wait_after(count, limit) <= wait_after(count + 1, limit) <= LONGEST_WAIT


@given(COUNTS, LIMITS)
def test_the_first_failures_cost_nothing_and_the_next_one_does(count: int, limit: Limit) -> None:
    assert (wait_after(count, limit) == dt.timedelta(0)) is (count <= limit.free)


def test_waits_double() -> None:
    waits = [wait_after(PER_LOGIN.free + n, PER_LOGIN) for n in range(1, 9)]
    assert waits[:4] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4, FIRST_WAIT * 8]
    assert waits[-1] <= LONGEST_WAIT


@given(COUNTS, LIMITS, st.timedeltas(min_value=dt.timedelta(0), max_value=dt.timedelta(hours=2)))
def test_a_guess_is_looked_at_exactly_when_the_wait_is_over(count: int, limit: Limit, later: dt.timedelta) -> None:
    seconds = seconds_to_wait(Failures(count, NOW), limit, NOW + later)
    assert (seconds == 0) is (later >= wait_after(count, limit))
    assert seconds_to_wait(Failures(count, NOW), limit, NOW + later + dt.timedelta(seconds=seconds)) == 0


@given(st.lists(st.timedeltas(min_value=dt.timedelta(0), max_value=dt.timedelta(hours=30)), max_size=30))
def test_failures_add_up_until_a_day_without_any(gaps: list[dt.timedelta]) -> None:
    state, at, expected = None, NOW, 0
    for gap in gaps:
        at += gap
        expected = 1 if state is None or gap >= MEMORY else expected + 1
        state = one_more(state, at)
        assert state == Failures(expected, at)


def test_nothing_is_refused_before_the_first_failure() -> None:
    assert seconds_to_wait(None, PER_LOGIN, NOW) == 0


def test_who_guesses_at_every_chance_gets_few_guesses_a_day() -> None:
    """50-bit passwords are lawful only behind this (law.md §3)."""
    state, at, guesses = None, NOW, 0
    while at < NOW + dt.timedelta(days=1):
        state = one_more(state, at)
        guesses += 1
        at += max(wait_after(state.count, PER_LOGIN), dt.timedelta(milliseconds=1))
    assert guesses <= 40


@pytest.mark.parametrize("skew", [1, 3600])
def test_a_clock_behind_never_shortens_a_wait(skew: int) -> None:
    state = Failures(9, NOW)
    assert one_more(state, NOW - dt.timedelta(seconds=skew)).last == NOW
