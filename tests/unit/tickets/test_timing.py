"""The vectors of section 38.10 that concern service orders, and the rules around them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.kernel.delays import Delay, DelayUnit, after
from palier.tickets import timing
from palier.tickets.model import Appointment

PARIS = ZoneInfo("Europe/Paris")


def local(day: int, month: int, hour: int, minute: int = 0, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=PARIS).astimezone(dt.UTC)


def test_days_keep_the_local_hour_over_both_clock_changes() -> None:
    spring, autumn = local(28, 3, 10), local(24, 10, 10)
    assert after(spring, Delay(3), PARIS) == local(31, 3, 10)
    assert after(autumn, Delay(3), PARIS) == local(27, 10, 10)


def test_hours_are_elapsed_hours_over_the_clock_change() -> None:
    assert after(local(24, 10, 10), Delay(48, DelayUnit.HOURS), PARIS) == local(26, 10, 9)


@given(
    st.integers(0, 200_000).map(lambda hours: local(1, 1, 0, year=2024) + dt.timedelta(hours=hours)),
    st.integers(1, 365),
)
def test_a_delay_in_days_falls_on_that_calendar_day(start: dt.datetime, days: int) -> None:
    due = after(start, Delay(days), PARIS).astimezone(PARIS)
    assert due.date() == start.astimezone(PARIS).date() + dt.timedelta(days=days)


@pytest.mark.parametrize(("sent", "expected"), [(0, local(24, 9, 10)), (2, local(24, 9, 10)), (3, None)])
def test_reminder_stops_at_its_maximum(sent: int, expected: dt.datetime | None) -> None:
    assert timing.reminder_due(local(21, 9, 10), Delay(3, at_most=3), sent, PARIS) == expected


def test_no_delay_no_reminder_and_no_maximum_no_end() -> None:
    """REM-001, REM-006."""
    assert timing.reminder_due(local(21, 9, 10), Delay(0), 0, PARIS) is None
    assert timing.reminder_due(local(21, 9, 10), Delay(1, at_most=None), 999, PARIS) is not None


def test_a_chase_that_fired_late_keeps_its_days_but_never_bursts() -> None:
    start, three = local(21, 9, 10), Delay(3)
    assert timing.next_reminder(start, local(22, 9, 15), three, 1, PARIS) == local(24, 9, 10)
    assert timing.next_reminder(start, local(30, 9, 15), three, 1, PARIS) == local(3, 10, 15)


def test_intervention_reminder_48_hours_before() -> None:
    appointment = Appointment(local(12, 10, 14), 60)
    assert timing.intervention_due(appointment, 48, local(1, 10, 9)) == local(10, 10, 14)
    assert timing.intervention_due(appointment, 48, local(11, 10, 9)) is None
    assert timing.intervention_due(appointment, 0, local(1, 10, 9)) is None


def test_presence_request_a_quarter_of_an_hour_before() -> None:
    appointment = Appointment(local(12, 10, 14), 60)
    assert timing.presence_due(appointment, local(1, 10, 9)) == local(12, 10, 13, 45)
    assert timing.presence_due(appointment, local(12, 10, 13, 50)) == local(12, 10, 13, 50)
    assert timing.presence_due(appointment, local(12, 10, 14)) is None


@pytest.mark.parametrize(
    ("appointment", "expected"),
    [
        (Appointment(local(12, 10, 14), 150), local(12, 10, 16, 35)),
        (Appointment(local(12, 10, 14), 60, slot_end=local(12, 10, 16)), local(12, 10, 17, 5)),
        (Appointment(local(12, 10, 8), 240, days=3), local(14, 10, 12, 5)),
        (Appointment(local(24, 10, 8), 60, days=2), local(25, 10, 9, 5)),
    ],
    ids=["plain", "slot", "three days", "over the clock change"],
)
def test_end_request(appointment: Appointment, expected: dt.datetime) -> None:
    assert timing.end_due(appointment, PARIS) == expected
