"""RGPD and law.md §3: when erasing is refused, and when it must be granted."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.people.privacy import Involvement, Refusal, Standing, limitation, refusals

NOW = dt.datetime(2032, 3, 1, 9, 0, tzinfo=dt.UTC)
OLD = Involvement("ticket", 12, "Fuite", open=False, last=NOW - dt.timedelta(days=5 * 366 + 1))
DATES = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2060, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 - bounds


def test_who_left_long_ago_is_erased() -> None:
    assert refusals(Standing(involvements=(OLD,)), NOW) == ()


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (Standing(holdings=1), Refusal.STILL_MANAGED),
        (Standing(published_accounts=1), Refusal.STILL_MANAGED),
        (Standing(staff=True), Refusal.STAFF),
        (Standing(supplier=True), Refusal.SUPPLIER),
        (Standing(involvements=(msgspec.structs.replace(OLD, open=True),)), Refusal.OPEN_FILES),
        (
            Standing(involvements=(msgspec.structs.replace(OLD, last=NOW - dt.timedelta(days=5 * 365 - 1)),)),
            Refusal.LIMITATION,
        ),
    ],
)
def test_each_reason_is_enough_to_refuse_and_is_named(standing: Standing, reason: Refusal) -> None:
    assert refusals(standing, NOW) == (reason,)


@given(DATES)
def test_a_file_is_kept_five_years_to_the_day(last: dt.datetime) -> None:
    ends = limitation(last)
    closed = Standing(involvements=(msgspec.structs.replace(OLD, last=last),))
    assert refusals(closed, ends - dt.timedelta(microseconds=1)) == (Refusal.LIMITATION,)
    assert refusals(closed, ends) == ()
    assert dt.timedelta(days=5 * 365) < ends - last <= dt.timedelta(days=5 * 365 + 3)


def test_a_leap_day_ends_on_the_first_of_march() -> None:
    assert limitation(dt.datetime(2028, 2, 29, tzinfo=dt.UTC)) == dt.datetime(2033, 3, 1, tzinfo=dt.UTC)
