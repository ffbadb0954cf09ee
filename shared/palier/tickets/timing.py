"""When timers fall due (section 38.10, REM-001…016). Pure: instants in, instants out, all in UTC."""

import datetime as dt
from zoneinfo import ZoneInfo

from palier.kernel.delays import Delay, after, at_local
from palier.tickets.model import Appointment

PRESENCE_BEFORE = dt.timedelta(minutes=15)
END_AFTER = dt.timedelta(minutes=5)


def reminder_due(since: dt.datetime, delay: Delay, sent: int, zone: ZoneInfo) -> dt.datetime | None:
    """Return when to chase next, ``delay`` after ``since``; None without delay or once the maximum was sent."""
    if not delay or (delay.at_most is not None and sent >= delay.at_most):
        return None
    return after(since, delay, zone)


def next_reminder(since: dt.datetime, now: dt.datetime, delay: Delay, sent: int, zone: ZoneInfo) -> dt.datetime | None:
    """Return when to chase next, in step with ``since`` even when that fired late; never in the past."""
    due = reminder_due(since, delay, sent, zone)
    return due if due is None or due > now else reminder_due(now, delay, sent, zone)


def intervention_due(appointment: Appointment, hours: int, now: dt.datetime) -> dt.datetime | None:
    """Return when to remind of the appointment; None when off or when the appointment is nearer than that (REM-005)."""
    due = appointment.start - dt.timedelta(hours=hours)
    return due if hours > 0 and due > now else None


def presence_due(appointment: Appointment, now: dt.datetime) -> dt.datetime | None:
    """Return when to ask whether he is on site: 15 minutes before, at once if later, never once past (REM-010)."""
    if appointment.start <= now:
        return None
    return max(appointment.start - PRESENCE_BEFORE, now)


def end_due(appointment: Appointment, zone: ZoneInfo) -> dt.datetime:
    """Return when to ask for the end: planned end (of the last day, of the slot) plus five minutes (REM-011)."""
    begin = appointment.slot_end or appointment.start
    wall = begin.astimezone(zone).replace(tzinfo=None) + dt.timedelta(days=appointment.days - 1)
    return at_local(wall, zone) + dt.timedelta(minutes=appointment.duration_minutes) + END_AFTER
