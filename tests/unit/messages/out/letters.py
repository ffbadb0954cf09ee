"""A small order of a fictional agency, played through the real decisions, and the letters it causes."""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from palier.agencies.model import Agency, AgencySettings, ModuleSettings
from palier.agencies.model import Contact as AgencyContact
from palier.kernel.ids import AgencyId, BuildingId, EngagementId, PartyId, TicketNumber
from palier.messages.compose_letter import Letter
from palier.messages.model import Channel, OutMessage
from palier.tickets import facts
from palier.tickets.decide import Decision, Moment, decide, decide_opening
from palier.tickets.facts import Ask
from palier.tickets.model import Actor, ActorKind, Appointment, Attachment, Contact, Draft, Place, Ticket, TicketType

ZONE = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
MANAGER = Actor(ActorKind.MANAGER, "Claire Exemple", PartyId("claire"))
SUPPLIER = Actor(ActorKind.SUPPLIER, "Plomberie Fictive", PartyId("plomb"))
CLIENT = Actor(ActorKind.CLIENT, "Léa Modèle", PartyId("lea"))
PLUMBER = Contact(
    "Plomberie Fictive",
    PartyId("plomb"),
    emails=("atelier@plomberie.example",),
    mobiles=("06 39 98 00 11",),
    phone="01 99 00 11 22",
    by_sms=True,
    comment="Prendre l’échelle dans le local à vélos.",
)
LEA = Contact("Léa Modèle", PartyId("lea"), emails=("lea@client.example",))
NOTE = "NOTE INTERNE : attention, mauvais payeur"
ORDER = EngagementId("e1")
PHOTO = Attachment("files/demo/uploads/u1/fuite.jpg", "fuite d’eau.jpg", "image/jpeg", 120_000)
APPOINTMENT = Appointment(dt.datetime(2026, 11, 24, 13, 30, tzinfo=dt.UTC), 90)

AGENCY = Agency(
    AgencyId("demo"),
    "Agence de l’Exemple",
    settings=AgencySettings(agency_contact=AgencyContact(phone="01 99 00 00 00", email="contact@agence.example")),
    syndic=ModuleSettings(tickets_client_display=True),
)
DRAFT = Draft(
    module="syndic",
    subject="Fuite sous l’évier",
    description="L’eau coule depuis ce matin.\r\nLe robinet d’arrêt est bloqué.",
    requested_at=NOW,
    source="mail",
    manager=Contact("Claire Exemple", PartyId("claire"), emails=("claire@agence.example",), phone="01 99 00 00 01"),
    place=Place(BuildingId("b1"), "Résidence des Tilleuls", "3 rue du Modèle, 44000 Nantes", door_code="12B45"),
    requester=LEA,
    original_description="Description privée de la demandeuse",
    original_mail="mail d’origine",
    contact_person=Contact(
        "Marc Témoin", quality="gardien", mobiles=("06 39 98 00 22",), by_sms=True, comment="Loge A"
    ),
    warn_contact_person=True,
    notified=(Contact("Conseil Syndical", emails=("conseil@residence.example",)),),
    attachments=(PHOTO,),
)


def moment(by: Actor = MANAGER, after: dt.timedelta = dt.timedelta(0)) -> Moment:
    """Return who acts, and when."""
    return Moment(by, NOW + after, ZONE)


def order(draft: Draft = DRAFT, number: int = 1234) -> Decision:
    """Create a service order to one supplier."""
    fact = facts.TicketOpened(TicketType.ODS, draft, (Ask(ORDER, PLUMBER),))
    return decide_opening(AgencyId("demo"), TicketNumber(number), fact, moment())


def then(ticket: Ticket, fact: facts.Fact, by: Actor = MANAGER) -> Decision:
    """Go on with a ticket, a day later for each entry."""
    return decide(ticket, fact, moment(by, dt.timedelta(days=ticket.entries)))


def accepted() -> Decision:
    """Let the supplier take the order."""
    return then(order().ticket, facts.OrderAccepted(ORDER, APPOINTMENT), SUPPLIER)


def letter(decision: Decision, key: str, agency: Agency = AGENCY, channel: Channel = Channel.EMAIL) -> Letter:
    """Return the letter of one of the messages that a decision causes; a test fails when it causes none."""
    out = next(one for one in decision.messages if one.template == key and one.channel is channel)
    message = OutMessage(
        out.template, out.channel, out.address, out.name, decision.entry.at, out.number, out.seq, out.engagement
    )
    return Letter(message, agency, decision.ticket, decision.entry)


def letter_to(decision: Decision, key: str, to: Contact = PLUMBER, agency: Agency = AGENCY) -> Letter:
    """Return a letter under any key, whether or not the table sends it at this step."""
    engagement = ORDER if key.startswith("sup.") else None
    address = to.emails[0] if to.emails else to.mobiles[0]
    message = OutMessage(
        key, Channel.EMAIL, address, to.name, decision.entry.at, decision.ticket.number, decision.entry.seq, engagement
    )
    return Letter(message, agency, decision.ticket, decision.entry)


def with_module(**settings: object) -> Agency:
    """Return the agency with other settings for its syndic module."""
    return msgspec.structs.replace(AGENCY, syndic=msgspec.structs.replace(AGENCY.syndic, **settings))
