"""How a ticket is worded for people: types, sources, appointments, names of steps. Pure; French, for every page."""

from zoneinfo import ZoneInfo

from palier.tickets.model import Appointment, Contact, Place, TicketType, TimerKind, Visibility
from palier.tickets.status import STATUSES, Status
from palier.web import french
from palier.web.views.common import Fact, StatusTag

TYPES = {
    TicketType.PRE: ("?", "Pré-ticket"),
    TicketType.ODS: ("ODS", "Ordre de service"),
    TicketType.ODSM: ("ODSM", "Ordre de service multiple"),
    TicketType.DS: ("DS", "Demande de devis"),
    TicketType.DM: ("DM", "Demande de devis multiple"),
}
SOURCES = {
    "extranet": "Extranet",
    "phone": "Téléphone",
    "email": "E-mail",
    "visit": "Passage à l’agence",
    "general_assembly": "Assemblées générales",
    "letter": "Courrier",
    "other": "Autres",
}
VISIBILITIES = {
    "syndic": {
        Visibility.REQUESTER: "Le demandeur",
        Visibility.COUNCIL: "Le conseil syndical",
        Visibility.ALL_CO_OWNERS: "Tous les copropriétaires",
    },
    "gerance": {
        Visibility.REQUESTER: "Le demandeur",
        Visibility.RENTER: "Le locataire",
        Visibility.LANDLORD: "Le propriétaire",
    },
}
REMINDERS = {
    TimerKind.ODS: "Relance ODS",
    TimerKind.QUOTE: "Relance devis",
    TimerKind.INVOICE: "Relance facture",
    TimerKind.INTERVENTION: "Rappel de l’intervention",
    TimerKind.PRESENCE: "Demande de présence sur place",
    TimerKind.END: "Demande de fin d’intervention",
}


def tag(status: Status) -> StatusTag:
    """Return the label and colour of a status."""
    row = STATUSES[status]
    return StatusTag(row.label, row.colour.value)


def source(code: str) -> str:
    """Name a source; one the agency added is its own name (TCK-013)."""
    return SOURCES.get(code, code.removeprefix("other:"))


def place_line(place: Place | None) -> str:
    """Name a place in one line."""
    if place is None:
        return "Lieu à préciser"
    return f"{place.building_name} – {place.lot_label}" if place.lot_label else place.building_name


def address_lines(place: Place | None) -> tuple[str, ...]:
    """Return the lines of a place's address."""
    return tuple(line.strip() for line in place.address.split(",") if line.strip()) if place else ()


def appointment_facts(appointment: Appointment | None, zone: ZoneInfo) -> tuple[Fact, ...]:
    """Say an appointment in labelled values."""
    if appointment is None:
        return ()
    days = (Fact("Sur", f"{appointment.days}\u00a0jours"),) if appointment.days > 1 else ()
    return (
        Fact("Date", french.day(appointment.start, zone)),
        Fact("Heure", hours(appointment, zone)),
        Fact("Durée prévue", french.duration(appointment.duration_minutes)),
        *days,
    )


def hours(appointment: Appointment, zone: ZoneInfo) -> str:
    """Say the hour, or the slot, of an appointment."""
    start = french.hour(appointment.start, zone)
    if appointment.slot_end is None:
        return start
    return f"entre {start} et {french.hour(appointment.slot_end, zone)}"


def phones(contact: Contact) -> tuple[tuple[str, str], ...]:
    """Return somebody's numbers, as written and as dialled."""
    numbers = dict.fromkeys(one for one in (contact.phone, *contact.mobiles) if one)
    return tuple((french.phone(one), one.replace(" ", "")) for one in numbers)


def modes(contact: Contact) -> str:
    """Say how somebody is reached."""
    mail = ("e-mail",) if contact.by_mail and contact.emails else ()
    sms = ("SMS",) if contact.by_sms and contact.mobiles else ()
    return french.list_of(mail + sms)
