"""Tickets to test with: short ways to an order at any step. Names are made up."""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from palier.kernel.delays import Delay
from palier.kernel.ids import AgencyId, BuildingId, EngagementId, PartyId, TicketNumber
from palier.tickets import facts
from palier.tickets.decide import Decision, Moment, decide, decide_opening
from palier.tickets.model import (
    Actor,
    ActorKind,
    Appointment,
    Contact,
    Delays,
    Draft,
    Place,
    Ticket,
    TicketType,
)

PARIS = ZoneInfo("Europe/Paris")
MONDAY = dt.datetime(2026, 9, 21, 8, 0, tzinfo=dt.UTC)
AGENCY, NUMBER = AgencyId("demo"), TicketNumber(7)
FIRST = EngagementId("first")
MANAGER = Actor(ActorKind.MANAGER, "Claire Gestion", PartyId("m1"))
SUPPLIER = Actor(ActorKind.SUPPLIER, "Plomberie Exemple", PartyId("s1"))
CLIENT = Actor(ActorKind.CLIENT, "Camille Démo", PartyId("c1"))
SYSTEM = Actor(ActorKind.SYSTEM, "Palier")

MANAGER_CONTACT = Contact("Claire Gestion", PartyId("m1"), "Gestionnaire", emails=("claire@agence.example",))
REQUESTER = Contact("Camille Démo", PartyId("c1"), emails=("camille@client.example",))
PLUMBER = Contact("Plomberie Exemple", PartyId("s1"), emails=("contact@plomberie.example",))
NEIGHBOUR = Contact("Sacha Palier", emails=("sacha@client.example",))
APPOINTMENT = Appointment(MONDAY + dt.timedelta(days=3), 90)


def draft(**fields: object) -> Draft:
    """Return a draft with some fields of its own."""
    base = Draft(
        module="syndic",
        subject="Fuite sous l’évier",
        description="Une fuite au 3e étage.",
        requested_at=MONDAY,
        source="phone",
        manager=MANAGER_CONTACT,
        place=Place(BuildingId("b1"), "Résidence des Exemples", "1 rue du Modèle, 75000 Paris"),
        requester=REQUESTER,
        original_description="Ça coule chez moi.",
        notified=(NEIGHBOUR,),
        delays=Delays(ods=Delay(7, at_most=3), invoice=Delay(7, at_most=3)),
    )
    return msgspec.structs.replace(base, **fields)


def moment(by: Actor = MANAGER, at: dt.datetime = MONDAY, entered_by: Actor | None = None) -> Moment:
    """Return who and when, in Paris."""
    return Moment(by, at, PARIS, entered_by)


def ask(supplier: Contact = PLUMBER, engagement: EngagementId = FIRST) -> facts.Ask:
    """Return a supplier to ask."""
    return facts.Ask(engagement, supplier)


def opened(**fields: object) -> Decision:
    """Return the creation of an order by the staff."""
    return decide_opening(AGENCY, NUMBER, facts.TicketOpened(TicketType.ODS, draft(**fields), (ask(),)), moment())


def requested(by: Actor = CLIENT, **fields: object) -> Decision:
    """Return the creation of a pre-ticket by a client, or by whoever is given."""
    return decide_opening(AGENCY, NUMBER, facts.TicketOpened(TicketType.PRE, draft(**fields)), moment(by))


def after(decision: Decision | Ticket, *steps: tuple[facts.Fact, Actor], at: dt.datetime = MONDAY) -> Decision:
    """Return what the last of some steps decides."""
    ticket = decision if isinstance(decision, Ticket) else decision.ticket
    last: Decision | None = None
    for fact, by in steps:
        last = decide(ticket, fact, moment(by, at))
        ticket = last.ticket
    if last is None:
        raise ValueError("no step given")
    return last


def accepted(**fields: object) -> Decision:
    """Return an order that its supplier accepted."""
    return after(opened(**fields), (facts.OrderAccepted(FIRST, APPOINTMENT), SUPPLIER))


def ended(**fields: object) -> Decision:
    """Return an order done without invoice."""
    return after(accepted(**fields), (facts.InterventionEnded(FIRST), SUPPLIER), at=MONDAY + dt.timedelta(days=3))


def templates(decision: Decision) -> list[tuple[str, str]]:
    """Return which template goes to which address."""
    return [(one.template, one.address) for one in decision.messages]
