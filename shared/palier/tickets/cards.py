"""The few fields of a ticket that lists show, small enough for an index (≤ 1 KB), and who may see it."""

import datetime as dt

import msgspec

from palier.tickets.model import Ticket, TicketType, Visibility
from palier.tickets.status import Status

_EXCERPT = 140


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a list of tickets."""

    number: int
    module: str
    type: TicketType
    status: Status
    subject: str
    excerpt: str
    created: dt.datetime
    modified: dt.datetime
    building: str = ""
    lot: str = ""
    place: str = ""
    suppliers: tuple[str, ...] = ()
    manager: str = ""
    requester: str = ""
    visibility: tuple[Visibility, ...] = ()
    urgent: bool = False
    unread: bool = False
    attachments: int = 0
    invoiced: bool = False


def card_of(ticket: Ticket) -> Card:
    """Return the card of a ticket."""
    draft, place = ticket.draft, ticket.draft.place
    return Card(
        number=ticket.number,
        module=draft.module,
        type=ticket.type,
        status=ticket.status,
        subject=draft.subject[:_EXCERPT],
        excerpt=draft.description[:_EXCERPT],
        created=ticket.opened_at,
        modified=ticket.modified_at,
        building=place.building if place else "",
        lot=(place.lot or "") if place else "",
        place=_place(ticket)[:_EXCERPT],
        suppliers=tuple(one.supplier.name[:40] for one in ticket.engagements if one.live)[:3],
        manager=(draft.manager.party or "") if draft.manager else "",
        requester=(draft.requester.party or "") if draft.requester else "",
        visibility=draft.visibility,
        urgent=draft.urgent,
        unread=ticket.unread,
        attachments=len(draft.attachments),
        invoiced=ticket.status is Status.INVOICE_RECEIVED or ticket.amount is not None,
    )


def _place(ticket: Ticket) -> str:
    place = ticket.draft.place
    if place is None:
        return ""
    return f"{place.building_name} – {place.lot_label}" if place.lot_label else place.building_name
