"""A mail arrives at an agency: judge it, recognise its sender, and make of it a pre-ticket or a message, once (EML)."""

from collections.abc import Callable
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from palier.agencies.model import Agency
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.clock import Clock
from palier.kernel.errors import AlreadyDoneError, NotAllowedNowError, NotFoundError, PalierError
from palier.kernel.ids import EngagementId, PartyId, TicketNumber
from palier.messages import reply_address
from palier.messages.inbound.classify import Classification, MailClass, classify
from palier.messages.inbound.dedup import dedup_key
from palier.messages.inbound.model import InboundMail
from palier.messages.inbound.references import ReplyTag, reply_reference
from palier.portfolio.dossier import Dossier
from palier.portfolio.store import find_parties_by_email, get_building, get_party, load_directory
from palier.tickets import facts
from palier.tickets.commands import act, open_ticket
from palier.tickets.decide import Moment
from palier.tickets.mail.drafting import Sender, draft_of, only_place, words_of
from palier.tickets.model import Actor, ActorKind, Attachment, Place, Ticket, TicketType
from palier.tickets.store import Tickets

MAILROOM = Actor(ActorKind.SYSTEM, "E-mail")


class Outcome(StrEnum):
    """What became of a mail."""

    TICKET = "ticket"
    REPLY = "reply"
    DUPLICATE = "duplicate"
    LEFT_OUT = "left out"


class Arrival(msgspec.Struct, frozen=True):
    """One mail for one agency: parsed, and as it came."""

    mail: InboundMail
    raw: bytes
    raw_key: str
    mailbox: str


class Mailroom(msgspec.Struct, frozen=True):
    """What taking a mail in needs."""

    table: Table
    clock: Clock
    own_domains: frozenset[str]
    secrets: Callable[[], tuple[bytes, ...]]
    keep_files: Callable[[Agency, str, InboundMail], tuple[Attachment, ...]]


class Taken(msgspec.Struct, frozen=True):
    """What became of a mail, why, and of which ticket."""

    outcome: Outcome
    reason: str
    number: int = 0


def take_in(room: Mailroom, agency: Agency, arrival: Arrival) -> Taken:
    """Take one mail in. Safe to repeat: the same mail makes one ticket (EML-007)."""
    judged = classify(arrival.mail, room.own_domains)
    if judged.kind is not MailClass.REQUEST:
        return Taken(Outcome.LEFT_OUT, judged.reason)
    once = dedup_key(arrival.mailbox, arrival.mail, arrival.raw)
    files = room.keep_files(agency, once[:32], arrival.mail)
    try:
        return _as_reply(room, agency, arrival, once, files) or _as_request(room, agency, arrival, once, files, judged)
    except AlreadyDoneError as done:
        return Taken(Outcome.DUPLICATE, judged.reason, int(done.result))


def _moment(room: Mailroom, agency: Agency, by: Actor) -> Moment:
    return Moment(by, room.clock.now(), ZoneInfo(agency.zone))


def _as_request(
    room: Mailroom,
    agency: Agency,
    arrival: Arrival,
    once: str,
    files: tuple[Attachment, ...],
    judged: Classification,
) -> Taken:
    moment = _moment(room, agency, MAILROOM)
    draft = draft_of(arrival.mail, sender_of(room.table, agency, arrival.mail), agency, files, moment.now)
    draft = msgspec.structs.replace(draft, original_mail=arrival.raw_key)
    opened = facts.TicketOpened(TicketType.PRE, draft, acknowledge=judged.may_answer)
    ticket = open_ticket(Tickets(room.table, agency.id), opened, moment, once)
    return Taken(Outcome.TICKET, judged.reason, ticket.number)


def _as_reply(
    room: Mailroom, agency: Agency, arrival: Arrival, once: str, files: tuple[Attachment, ...]
) -> Taken | None:
    """Add the mail to the ticket whose signed address it was sent to; None when there is none, or it is over."""
    sender = arrival.mail.from_.address if arrival.mail.from_ else ""

    def genuine(tag: ReplyTag) -> bool:
        claim = reply_address.read(tag.address)
        ours = claim is not None and claim.agency == agency.id
        return claim is not None and ours and reply_address.verify(room.secrets(), claim, sender)

    tags = reply_reference(arrival.mail, room.own_domains, genuine).genuine
    for tag in tags:
        try:
            return _add_message(room, agency, arrival, once, files, TicketNumber(tag.number))
        except (NotFoundError, NotAllowedNowError):
            continue
    return None


def _add_message(
    room: Mailroom, agency: Agency, arrival: Arrival, once: str, files: tuple[Attachment, ...], number: TicketNumber
) -> Taken:
    mail, store = arrival.mail, Tickets(room.table, agency.id)
    found = store.load(number)
    author, engagement = author_of(found.ticket, mail)
    fact = facts.MessageWritten(words_of(mail), engagement=engagement, attachments=files)
    act(store, number, lambda _: fact, _moment(room, agency, author), once, found)
    return Taken(Outcome.REPLY, "reply", number)


def author_of(ticket: Ticket, mail: InboundMail) -> tuple[Actor, EngagementId | None]:
    """Return who answered: the supplier whose address it is, or a client of the ticket."""
    address = mail.from_.address.lower() if mail.from_ else ""
    for engagement in ticket.engagements:
        if address in {one.lower() for one in engagement.supplier.emails}:
            return Actor(ActorKind.SUPPLIER, engagement.supplier.name, engagement.supplier.party), engagement.id
    name = (mail.from_.name if mail.from_ else "") or address
    requester = ticket.draft.requester
    party = requester.party if requester and address in {one.lower() for one in requester.emails} else None
    return Actor(ActorKind.CLIENT, name, party), None


def sender_of(table: Table, agency: Agency, mail: InboundMail) -> Sender:
    """Return what the portfolio knows of the sender: one client with this address, or nobody (EML-003)."""
    keys = AgencyKeys(agency.id)
    address = mail.from_.address if mail.from_ else ""
    matches = [one for one in find_parties_by_email(table, keys, address) if one.client]
    if len(matches) != 1:
        return Sender()
    dossier = _dossier(table, keys, matches[0].party)
    place = only_place(dossier) if dossier else None
    return Sender(dossier) if place is None else _placed(table, keys, dossier, place)


def _dossier(table: Table, keys: AgencyKeys, party: PartyId) -> Dossier | None:
    try:
        return get_party(table, keys, party)
    except PalierError:
        return None


def _placed(table: Table, keys: AgencyKeys, dossier: Dossier | None, place: Place) -> Sender:
    building = get_building(table, keys, place.building)
    complete = msgspec.structs.replace(place, address=str(building.address), door_code=" / ".join(building.door_codes))
    directory = load_directory(table, keys)
    manager = directory.staff_user(building.manager) if building.manager else None
    return Sender(dossier, building, complete, manager)
