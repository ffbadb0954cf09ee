"""Delays, and how they add to an instant (features.md 38.10).

Days are calendar days at the same local time, so a delay of three days over a clock change still falls at ten
o'clock; hours are elapsed hours.
"""

import datetime as dt
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec


class DelayUnit(StrEnum):
    """Unit of a reminder delay."""

    DAYS = "days"
    HOURS = "hours"


class Delay(msgspec.Struct, frozen=True):
    """A reminder delay. ``amount`` 0 means no reminder (REM-001); ``at_most`` None means no limit (REM-006)."""

    amount: int
    unit: DelayUnit = DelayUnit.DAYS
    at_most: int | None = None

    def __bool__(self) -> bool:
        return self.amount > 0


def after(start: dt.datetime, delay: Delay, zone: ZoneInfo) -> dt.datetime:
    """Return the instant ``delay`` after ``start``, in UTC."""
    if delay.unit is DelayUnit.HOURS:
        return start + dt.timedelta(hours=delay.amount)
    return at_local(start.astimezone(zone).replace(tzinfo=None) + dt.timedelta(days=delay.amount), zone)


def at_local(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the UTC instant of a naive wall-clock time in ``zone``.

    A time that the spring change skips is read with the offset before it, as people who planned it meant.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
