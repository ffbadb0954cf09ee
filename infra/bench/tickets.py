"""Tickets to measure with: played by the product's own rules, so that rows and cards weigh what they weigh there.

The same number always makes the same ticket: one in eight waits for validation, one in four is over, the others are on
their way. Messages and timers are left out, so that loading sends no mail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import IntEnum
from zoneinfo import ZoneInfo

import msgspec

from infra.bench import agency
from infra.bench.table import Gathered
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row, Table
from palier.kernel.ids import EngagementId, PartyId, TicketNumber
from palier.messages.links import Link, Purpose, link_row, mint
from palier.portfolio.model import StaffUser
from palier.tickets import facts
from palier.tickets.decide import Decision, Moment, decide, decide_opening
from palier.tickets.model import Actor, ActorKind, Appointment, Contact, Draft, Place, TicketType, Visibility
from palier.tickets.store import Tickets, head_key

ENGAGEMENT = EngagementId("e-1")
_ZONE = ZoneInfo("Europe/Paris")
_QUIET = frozenset({"OUT", "TIMER", "JOB"})
_SUBJECTS = (
    "Fuite sous l’évier",
    "Porte du hall bloquée",
    "Ascenseur à l’arrêt",
    "Ampoule grillée au 3ᵉ",
    "Odeur de gaz",
)
_TEXT = (
    "Bonjour, depuis hier soir le problème revient toutes les heures. Pouvez-vous envoyer quelqu’un ? Merci d’avance. "
)
Step = tuple[facts.Fact, Actor]


class Stage(IntEnum):
    """How far a ticket went."""

    PENDING = -1
    ASKED = 0
    ACCEPTED = 1
    ENDED = 2
    INVOICED = 3
    CLOSED = 4


_MIX = (Stage.ASKED, Stage.ACCEPTED, Stage.ACCEPTED, Stage.ENDED, Stage.INVOICED, Stage.CLOSED, Stage.CLOSED)


def rows_of(numbers: Iterable[int], table: Table, now: dt.datetime) -> Iterator[Row]:
    """Yield the rows of many tickets, those that tell other functions to work left out."""
    for number in numbers:
        stage = Stage.PENDING if number % 8 == 0 else _MIX[number % 7]
        at = now - dt.timedelta(minutes=7 * (number % 50_000) + 24 * 60)
        yield from (row for row in rows_at(number, stage, table, at) if row.kind not in _QUIET)


def rows_at(number: int, stage: Stage, table: Table, at: dt.datetime) -> list[Row]:
    """Return all rows of one ticket at a stage."""
    store, gathered = Tickets(table, agency.AGENCY), Gathered()
    _play(store, gathered, number, stage, at)
    return list(gathered.rows.values())


def counter_row(highest: int) -> tuple[str, str, int]:
    """Return where the last number stands, and what it is."""
    key = AgencyKeys(agency.AGENCY).key("COUNTER", sk="TICKETS")
    return key.pk, key.sk, highest


def link_of(number: int) -> tuple[str, Row]:
    """Return the token of the supplier's link to a ticket, and the row that makes it open."""
    link = Link(Purpose.SUPPLIER, ticket=number, engagement=ENGAGEMENT)
    token = mint(b"the secret of this measure", agency.AGENCY, link)
    return token, link_row(AgencyKeys(agency.AGENCY), token, link)


def _play(store: Tickets, gathered: Gathered, number: int, stage: Stage, at: dt.datetime) -> None:
    ask = () if stage is Stage.PENDING else (facts.Ask(ENGAGEMENT, _supplier(number)),)
    kind = TicketType.ODS if ask else TicketType.PRE
    opening = facts.TicketOpened(kind, draft(number, at), ask)
    decision = decide_opening(agency.AGENCY, TicketNumber(number), opening, Moment(_manager(number), at, _ZONE))
    store.write(gathered, decision)
    for fact, by in _steps(number, at)[: max(stage, 0)]:
        at += dt.timedelta(hours=3)
        decision = decide(decision.ticket, fact, Moment(by, at, _ZONE))
        _write_next(store, gathered, decision)


def _write_next(store: Tickets, gathered: Gathered, decision: Decision) -> None:
    before = gathered.rows[head_key(store.keys, decision.ticket.number)]
    store.write(gathered, decision, msgspec.structs.replace(before, version=before.version + 1))


def _steps(number: int, at: dt.datetime) -> tuple[Step, ...]:
    """Return an order's whole life: accepted, ended, invoiced, closed."""
    who, start = Actor(ActorKind.SUPPLIER, _supplier(number).name), at + dt.timedelta(days=2)
    return (
        (facts.OrderAccepted(ENGAGEMENT, Appointment(start, 90), "Je passe dans la matinée."), who),
        (facts.InterventionEnded(ENGAGEMENT, "Joint remplacé, essai fait."), who),
        (facts.InvoiceSent(ENGAGEMENT, amount=None, comment="Facture jointe."), who),
        (facts.TicketClosed("Merci."), _manager(number)),
    )


def draft(number: int, at: dt.datetime) -> Draft:
    """Return what was asked."""
    place, here = agency.building(number % agency.BUILDINGS + 1), number % 3
    mine = number % 50 == 1  # the co-owner asked for it
    return Draft(
        module="syndic",
        subject=f"{_SUBJECTS[number % 5]} – {place.name}",
        description=_TEXT * 3,
        requested_at=at,
        source=("phone", "email", "mail")[here],
        manager=_contact(agency.staff(number % agency.STAFF + 1)),
        place=Place(place.id, place.name, str(place.address)),
        requester=_requester()
        if mine
        else Contact(f"Occupant {number}", emails=(f"occupant-{number}@clients.example",)),
        original_description=_TEXT * 3,
        visibility=(Visibility.REQUESTER, Visibility.COUNCIL),
        urgent=number % 11 == 0,
    )


def _requester() -> Contact:
    known = agency.owner()
    return Contact(known.name, known.id, "Copropriétaire", known.contact.emails)


def _contact(one: StaffUser) -> Contact:
    return Contact(one.name, one.id, "Gestionnaire", one.contact.emails, phone=one.contact.phones[0])


def _supplier(number: int) -> Contact:
    one = agency.supplier(number % agency.SUPPLIERS + 1)
    return Contact(one.name, one.id, "Intervenant", one.contact.emails, one.contact.mobiles)


def _manager(number: int) -> Actor:
    one = agency.staff(number % agency.STAFF + 1)
    return Actor(ActorKind.MANAGER, one.name, PartyId(one.id))
