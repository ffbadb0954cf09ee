"""Who gets which message for one entry: audiences of the table resolved to contacts and channels. Pure."""

import msgspec

from palier.kernel.ids import EngagementId, TicketNumber
from palier.messages.model import Channel
from palier.tickets import facts
from palier.tickets.facts import Entry
from palier.tickets.model import Contact, Draft, Engagement, Ticket
from palier.tickets.table import Audience, Tell


class Outgoing(msgspec.Struct, frozen=True):
    """One message to one address, to be written with the entry it is about (PLT-006)."""

    template: str
    channel: Channel
    address: str
    name: str
    number: TicketNumber
    seq: int
    engagement: EngagementId | None = None


STAFF = frozenset({Audience.MANAGER})
EXPLICIT = frozenset({Audience.ADDRESSEE})


def address(tell: tuple[Tell, ...], ticket: Ticket, entry: Entry, *, outside: bool) -> tuple[Outgoing, ...]:
    """Return the messages of one entry; ``outside``: a third party acted, so the manager hears of it (TCA-048).

    In silent mode nothing automatic leaves for third parties; messages the manager writes himself do, and the staff
    is always told (REM-020, REM-021). One person gets at most one mail for one event (AMB-28).
    """
    told = (*tell, Tell("stf.third_party_action", Audience.MANAGER, sms=False)) if outside else tell
    found: dict[tuple[Channel, str], Outgoing] = {}
    for one in told:
        if ticket.draft.silent and one.to not in STAFF | EXPLICIT:
            continue
        for contact, engagement in recipients(one.to, ticket, entry):
            for message in _messages(one, contact, engagement, ticket, entry):
                found.setdefault((message.channel, message.address), message)
    return tuple(found.values())


def recipients(audience: Audience, ticket: Ticket, entry: Entry) -> tuple[tuple[Contact, EngagementId | None], ...]:
    """Return who an audience is, and for a supplier which engagement he is told about."""
    if audience is Audience.SUPPLIER:
        return tuple((one.supplier, one.id) for one in _told_suppliers(ticket, entry))
    if audience is Audience.ADDRESSEE:
        return _addressee(entry)
    return tuple((one, None) for one in _of_draft(audience, ticket.draft) if one is not None)


def _of_draft(audience: Audience, draft: Draft) -> tuple[Contact | None, ...]:
    people: dict[Audience, tuple[Contact | None, ...]] = {
        Audience.NOTIFIED: draft.notified,
        Audience.NOTIFIED_OF_REMINDERS: draft.notified if draft.notify_reminders else (),
        Audience.CONTACT_PERSON: (draft.contact_person,) if draft.warn_contact_person else (),
        Audience.REQUESTER: (draft.requester,),
        Audience.MANAGER: (draft.manager,),
    }
    return people[audience]


def _told_suppliers(ticket: Ticket, entry: Entry) -> tuple[Engagement, ...]:
    asked = getattr(entry.what, "ask", ())
    wanted = {one.engagement for one in asked} | {getattr(entry.what, "engagement", None)}
    return tuple(one for one in ticket.engagements if one.id in wanted)


def _addressee(entry: Entry) -> tuple[tuple[Contact, EngagementId | None], ...]:
    fact = entry.what
    if isinstance(fact, facts.MessageWritten) and fact.to is not None:
        return ((fact.to, fact.engagement),)
    return ()


def _messages(
    tell: Tell, contact: Contact, engagement: EngagementId | None, ticket: Ticket, entry: Entry
) -> tuple[Outgoing, ...]:
    mails = contact.emails if contact.by_mail or tell.always_mail else ()
    texts = contact.mobiles if contact.by_sms and tell.sms else ()
    ways = [(Channel.EMAIL, one) for one in mails] + [(Channel.SMS, one) for one in texts]
    return tuple(
        Outgoing(tell.template, channel, to, contact.name, ticket.number, entry.seq, engagement) for channel, to in ways
    )
