"""Folding the timeline into the head. Pure; never consults the table: an entry carries the statuses it led to."""

from functools import singledispatch

import msgspec

from palier.kernel.ids import AgencyId, EngagementId, TicketNumber
from palier.tickets import facts
from palier.tickets.facts import Ask, Entry, Fact
from palier.tickets.model import Engagement, Ticket
from palier.tickets.status import Status

replace = msgspec.structs.replace


class BrokenTimelineError(Exception):
    """The timeline does not begin with the opening of the ticket."""


def begin(agency: AgencyId, number: TicketNumber, entry: Entry) -> Ticket:
    """Return the head after the first entry."""
    opened = entry.what
    if not isinstance(opened, facts.TicketOpened):
        raise BrokenTimelineError(str(number))
    return Ticket(
        agency=agency,
        number=number,
        type=opened.type,
        status=entry.status,
        draft=opened.draft,
        creator=entry.by,
        opened_at=entry.at,
        modified_at=entry.at,
        entries=1,
        engagements=_asked(opened.ask, entry),
    )


def evolve(ticket: Ticket, entry: Entry) -> Ticket:
    """Return the head after one more entry."""
    moved = replace(ticket, status=entry.status, modified_at=entry.at, entries=ticket.entries + 1)
    moved = _with_step(moved, entry)
    return _apply(entry.what, moved, entry)


def _with_step(ticket: Ticket, entry: Entry) -> Ticket:
    wanted = getattr(entry.what, "engagement", None)
    if wanted is None or entry.step is None:
        return ticket
    return change(ticket, wanted, status=entry.step)


def change(ticket: Ticket, wanted: EngagementId, **fields: object) -> Ticket:
    """Return the ticket with some fields of one engagement replaced."""
    changed = (replace(one, **fields) if one.id == wanted else one for one in ticket.engagements)
    return replace(ticket, engagements=tuple(changed))


def _asked(ask: tuple[Ask, ...], entry: Entry) -> tuple[Engagement, ...]:
    return tuple(
        Engagement(id=one.engagement, supplier=one.supplier, status=Status.AWAITING_APPOINTMENT, asked_at=entry.at)
        for one in ask
    )


@singledispatch
def _apply(fact: Fact, ticket: Ticket, entry: Entry) -> Ticket:  # noqa: ARG001 - shape of its registered variants
    return ticket


@_apply.register
def _(fact: facts.PreTicketValidated, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, type=fact.type, draft=fact.draft, engagements=ticket.engagements + _asked(fact.ask, entry))


@_apply.register
def _(fact: facts.OrderAccepted, ticket: Ticket, entry: Entry) -> Ticket:  # noqa: ARG001
    return change(ticket, fact.engagement, appointment=fact.appointment, proposal=None)


@_apply.register
def _(fact: facts.InterventionEnded, ticket: Ticket, entry: Entry) -> Ticket:
    ended = change(ticket, fact.engagement, ended_at=entry.at)
    return ended if fact.amount is None else _billed(ended, fact.engagement, fact.amount)


@_apply.register
def _(fact: facts.InvoiceSent, ticket: Ticket, entry: Entry) -> Ticket:  # noqa: ARG001
    return ticket if fact.amount is None else _billed(ticket, fact.engagement, fact.amount)


def _billed(ticket: Ticket, wanted: EngagementId, amount: int) -> Ticket:
    return replace(change(ticket, wanted, amount=amount), amount=amount)


@_apply.register
def _(fact: facts.TimerFired, ticket: Ticket, entry: Entry) -> Ticket:  # noqa: ARG001
    engagement = ticket.engagement(fact.engagement)
    if engagement is None or not fact.sent:
        return ticket
    sent = {**engagement.reminders, fact.kind: engagement.reminders.get(fact.kind, 0) + 1}
    return change(ticket, fact.engagement, reminders=sent)


@_apply.register
def _(fact: facts.TicketClosed, ticket: Ticket, entry: Entry) -> Ticket:  # noqa: ARG001
    return replace(ticket, closed_at=entry.at)


@_apply.register
def _(fact: facts.TicketReopened, ticket: Ticket, entry: Entry) -> Ticket:  # noqa: ARG001
    return replace(ticket, closed_at=None)
