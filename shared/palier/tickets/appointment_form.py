"""Reading an appointment from a form: date, hour or slot, duration, days (TCA-016, TCA-018, TCA-019)."""

import datetime as dt
from zoneinfo import ZoneInfo

from palier.tickets.model import Appointment
from palier.web import forms
from palier.web.forms import Problems, Typed

_FIVE_MINUTES, _A_DAY = 5, 24 * 60


def read_appointment(typed: Typed, problems: Problems, now: dt.datetime, zone: ZoneInfo) -> Appointment | None:
    """Read the appointment fields; None and problems noted when they make none. Past dates are refused."""
    on = forms.date(typed, "date", problems)
    slot = typed.field("when") == "slot"
    start = forms.instant(on, forms.time(typed, "slot_from" if slot else "time", problems), zone)
    end = forms.instant(on, forms.time(typed, "slot_to", problems), zone) if slot else None
    minutes = _duration(typed, problems)
    days = forms.whole(typed, "days", problems, "bad_days", range(1, 61), default=1)
    if start is None:
        return None
    if start < now:
        problems.add("date", "past_date")
    if slot and (end is None or end <= start):
        problems.add("slot_to", "slot_order")
    return Appointment(start, minutes, end, days)


def _duration(typed: Typed, problems: Problems) -> int:
    hours = forms.whole(typed, "duration_hours", problems, "bad_duration", range(24), default=0)
    minutes = forms.whole(typed, "duration_minutes", problems, "bad_duration", range(60), default=0)
    total = hours * 60 + minutes
    if not _FIVE_MINUTES <= total < _A_DAY:
        problems.add("duration_hours", "bad_duration")
    return total
