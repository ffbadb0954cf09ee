"""What the summary of a ticket says (OUT-001), as values written for people. Pure; drawing it is ``summary_pdf``."""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from palier.agencies.model import Agency
from palier.documents import wording
from palier.kernel.money import Cents, format_amount
from palier.messages.compose_appointment import appointment_line
from palier.tickets import words
from palier.tickets.facts import Entry
from palier.tickets.model import Engagement, Ticket
from palier.tickets.status import STATUSES
from palier.web import french

NOT_GIVEN = "Non renseigné"
NO_AMOUNT = "Non communiqué"


class SummaryFact(msgspec.Struct, frozen=True):
    """One labelled line."""

    label: str
    value: str


class SummaryStep(msgspec.Struct, frozen=True):
    """One thing that happened."""

    at: str
    title: str
    author: str
    text: str = ""
    facts: tuple[SummaryFact, ...] = ()


class SummarySupplier(msgspec.Struct, frozen=True):
    """One supplier's part."""

    name: str
    facts: tuple[SummaryFact, ...]


class Summary(msgspec.Struct, frozen=True):
    """The whole document."""

    agency: str
    agency_lines: tuple[str, ...]
    number: str
    kind: str
    status: str
    subject: str
    description: str
    made: str
    facts: tuple[SummaryFact, ...]
    suppliers: tuple[SummarySupplier, ...]
    steps: tuple[SummaryStep, ...]
    urgent: bool = False


def summary_of(agency: Agency, ticket: Ticket, entries: tuple[Entry, ...], now: dt.datetime) -> Summary:
    """Return the summary of a ticket, in the order things happened."""
    zone, draft = ZoneInfo(agency.zone), ticket.draft
    return Summary(
        agency=agency.name,
        agency_lines=_agency_lines(agency),
        number=str(ticket.number),
        kind=words.TYPES[ticket.type][1],
        status=STATUSES[ticket.status].label,
        subject=draft.subject,
        description=draft.description,
        made=french.short(now, zone),
        facts=_facts(ticket, zone),
        suppliers=tuple(_supplier(one, zone) for one in ticket.engagements),
        steps=tuple(_step(one, zone) for one in entries if wording.told(one)),
        urgent=draft.urgent,
    )


def _facts(ticket: Ticket, zone: ZoneInfo) -> tuple[SummaryFact, ...]:
    draft = ticket.draft
    return (
        SummaryFact("Ouvert le", french.day_and_hour(ticket.opened_at, zone)),
        SummaryFact("Clôturé le", french.day_and_hour(ticket.closed_at, zone) if ticket.closed_at else "–"),
        SummaryFact("Demandé par", draft.requester.name if draft.requester else NOT_GIVEN),
        SummaryFact("Créé par", ticket.creator.name or NOT_GIVEN),
        SummaryFact("Gestionnaire", draft.manager.name if draft.manager else "–"),
        SummaryFact("Montant de l’intervention", _amount(ticket.amount)),
        SummaryFact("Lieu", _place(ticket)),
    )


def _supplier(engagement: Engagement, zone: ZoneInfo) -> SummarySupplier:
    ended, planned = engagement.ended_at, engagement.appointment
    lines = [
        ("Étape", STATUSES[engagement.status].label),
        ("Intervention prévue", appointment_line(planned, zone) if planned else "–"),
        ("Fin d’intervention", french.day_and_hour(ended, zone) if ended else "–"),
        ("Montant", _amount(engagement.amount)),
    ]
    return SummarySupplier(engagement.supplier.name, tuple(SummaryFact(*line) for line in lines))


def _step(entry: Entry, zone: ZoneInfo) -> SummaryStep:
    return SummaryStep(
        at=french.short(entry.at, zone),
        title=wording.title_of(entry),
        author=wording.author_of(entry),
        text=wording.text_of(entry).strip(),
        facts=tuple(SummaryFact(*line) for line in wording.lines_of(entry, zone)),
    )


def _place(ticket: Ticket) -> str:
    place = ticket.draft.place
    if place is None:
        return NOT_GIVEN
    return "\n".join((words.place_line(place), *words.address_lines(place)))


def _amount(cents: Cents | None) -> str:
    return NO_AMOUNT if cents is None else format_amount(cents)


def _agency_lines(agency: Agency) -> tuple[str, ...]:
    contact = agency.settings.agency_contact
    reach = " · ".join(part for part in (contact.phone, contact.email) if part)
    return tuple(line for line in (", ".join(contact.address), reach) if line)
