"""An appointment in words, as mails say it. Pure; the zone is the agency's."""

from zoneinfo import ZoneInfo

from palier.messages.templates.view import MailFact
from palier.tickets import words
from palier.tickets.model import Appointment
from palier.web import french


def appointment_facts(planned: Appointment, zone: ZoneInfo) -> tuple[MailFact, ...]:
    """Return the appointment as labelled lines."""
    return tuple(MailFact(one.label, one.value) for one in words.appointment_facts(planned, zone))


def appointment_line(planned: Appointment, zone: ZoneInfo) -> str:
    """Return the appointment in one sentence part: ``mardi 24 novembre 2026 à 14 h 30``."""
    if planned.slot_end is None:
        return french.day_and_hour(planned.start, zone)
    return f"{french.day(planned.start, zone)} {words.hours(planned, zone)}"
