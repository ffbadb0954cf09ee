"""An appointment in words. Pure; the zone is the agency's."""

from zoneinfo import ZoneInfo

from palier.messages.templates.view import MailFact
from palier.tickets.model import Appointment
from palier.web import french


def appointment_facts(planned: Appointment, zone: ZoneInfo) -> tuple[MailFact, ...]:
    """Return the appointment as labelled lines."""
    lines = [MailFact("Date", french.day(planned.start, zone)), MailFact(*_when(planned, zone))]
    if planned.duration_minutes:
        lines.append(MailFact("Durée prévue", french.duration(planned.duration_minutes)))
    if planned.days > 1:
        lines.append(MailFact("Nombre de jours", str(planned.days)))
    return tuple(lines)


def appointment_line(planned: Appointment, zone: ZoneInfo) -> str:
    """Return the appointment in one sentence part: ``mardi 24 novembre 2026 à 14 h 30``."""
    if planned.slot_end is None:
        return french.day_and_hour(planned.start, zone)
    return f"{french.day(planned.start, zone)} {_slot(planned, zone)}"


def _when(planned: Appointment, zone: ZoneInfo) -> tuple[str, str]:
    if planned.slot_end is None:
        return "Heure", french.hour(planned.start, zone)
    return "Créneau", _slot(planned, zone)


def _slot(planned: Appointment, zone: ZoneInfo) -> str:
    end = planned.slot_end or planned.start
    return f"entre {french.hour(planned.start, zone)} et {french.hour(end, zone)}"
