"""Tickets to measure with: played by the product's own rules, so that rows and cards weigh what they weigh there.

The same number always makes the same ticket: one in eight waits for validation, one in four is over, the others are on
their way. Messages and timers are left out, so that loading sends no mail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

import msgspec

from infra.bench import agency
from infra.bench.table import Gathered
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row, Table
from palier.kernel.ids import EngagementId, PartyId, TicketNumber
from palier.messages.links import Link, Purpose, link_row, mint
from palier.tickets import facts
from palier.tickets.decide import Decision, Moment, decide, decide_opening
from palier.tickets.model import Actor, ActorKind, Appointment, Contact, Draft, Place, TicketType, Visibility
from palier.tickets.store import Tickets, head_key

ENGAGEMENT = EngagementId("e-1")
_ZONE = ZoneInfo("Europe/Paris")
_QUIET = frozenset({"OUT", "TIMER", "JOB"})
_SUBJECTS = ("Fuite sous l’évier", "Porte du hall bloquée", "Ascenseur à l’arrêt", "Ampoule grillée au 3ᵉ", "Odeur de gaz")
_TEXT = "Bonjour, depuis hier soir le problème revient toutes les heures. Pouvez-vous envoyer quelqu’un ? Merci d’avance. "
Step = tuple[facts.Fact, Actor]


def rows_of(numbers: Iterable[int], table: Table, now: dt.datetime) -> Iterator[Row]:
    """Yield the rows of tickets, those that tell other functions to work left out."""
    store = Tickets(table, agency.AGENCY)
    for number in numbers:
        gathered = Gathered()
        _play(store, gathered, number, now - dt.timedelta(minutes=7 * (number % 50_000)))
        yield from (row for row in gathered.rows.values() if row.kind not in _QUIET)


def counter_row(highest: int) -> tuple[str, str, int]:
    """Return where the last number stands, and what it is."""
    key = AgencyKeys(agency.AGENCY).key("COUNTER", sk="TICKETS")
    return key.pk, key.sk, highest


def link_of(number: int) -> tuple[str, Row]:
    """Return the token of the supplier's link to a ticket, and the row that makes it open."""
    link = Link(Purpose.SUPPLIER, ticket=number, engagement=ENGAGEMENT)
    token = mint(b"the secret of this measure", agency.AGENCY, link)
    return token, link_row(AgencyKeys(agency.AGENCY), token, link)


def _play(store: Tickets, gathered: Gathered, number: int, at: dt.datetime) -> None:
    opening = _opening(number, at)
    decision = decide_opening(agency.AGENCY, TicketNumber(number), opening, Moment(_manager(number), at, _ZONE))
    store.write(gathered, decision)
    for fact, by in _later(number, at):
        at += dt.timedelta(hours=3)
        decision = decide(decision.ticket, fact, Moment(by, at, _ZONE))
        _write_next(store, gathered, decision)


def _write_next(store: Tickets, gathered: Gathered, decision: Decision) -> None:
    before = gathered.rows[head_key(store.keys, decision.ticket.number)]
    store.write(gathered, decision, msgspec.structs.replace(before, version=before.version + 1))


def _opening(number: int, at: dt.datetime) -> facts.TicketOpened:
    if number % 8 == 0:
        return facts.TicketOpened(TicketType.PRE, draft(number, at))
    return facts.TicketOpened(TicketType.ODS, draft(number, at), (facts.Ask(ENGAGEMENT, _supplier(number)),))


def _later(number: int, at: dt.datetime) -> tuple[Step, ...]:
    """Return how far this ticket went: not at all, accepted, ended, invoiced, closed."""
    if number % 8 == 0:
        return ()
    who, start = Actor(ActorKind.SUPPLIER, _supplier(number).name), at + dt.timedelta(days=2)
    steps: tuple[Step, ...] = (
        (facts.OrderAccepted(ENGAGEMENT, Appointment(start, 90), "Je passe dans la matinée."), who),
        (facts.InterventionEnded(ENGAGEMENT, "Joint remplacé, essai fait."), who),
        (facts.InvoiceSent(ENGAGEMENT, amount=None, comment="Facture jointe."), who),
        (facts.TicketClosed("Merci."), _manager(number)),
    )
    return steps[: (0, 1, 1, 2, 3, 4, 4)[number % 7]]


def draft(number: int, at: dt.datetime) -> Draft:
    """Return what was asked."""
    place, here = agency.building(number % agency.BUILDINGS + 1), number % 3
    mine = number % 50 == 1
    return Draft(
        module="syndic",
        subject=f"{_SUBJECTS[number % 5]} – {place.name}",
        description=_TEXT * 3,
        requested_at=at,
        source=("phone", "email", "mail")[here],
        manager=_contact(agency.staff(number % agency.STAFF + 1)),
        place=Place(place.id, place.name, str(place.address)),
        requester=_requester() if mine else Contact(f"Occupant {number}", emails=(f"occupant-{number}@clients.example",)),
        original_description=_TEXT * 3,
        visibility=(Visibility.REQUESTER, Visibility.COUNCIL),
        urgent=number % 11 == 0,
    )


def _requester() -> Contact:
    known = agency.owner()
    return Contact(known.name, known.id, "Copropriétaire", known.contact.emails)


def _contact(one: agency.StaffUser) -> Contact:
    return Contact(one.name, one.id, "Gestionnaire", one.contact.emails, phone=one.contact.phones[0])


def _supplier(number: int) -> Contact:
    one = agency.supplier(number % agency.SUPPLIERS + 1)
    return Contact(one.name, one.id, "Intervenant", one.contact.emails, one.contact.mobiles)


def _manager(number: int) -> Actor:
    one = agency.staff(number % agency.STAFF + 1)
    return Actor(ActorKind.MANAGER, one.name, PartyId(one.id))
