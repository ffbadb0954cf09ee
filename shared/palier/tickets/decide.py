"""From a fact to what it changes: the entry, the new head, the messages to send, the timers to set.

Pure: ``decide`` looks the fact up in the table and does what the row says. Time, ids and the agency's rules are
arguments. Writing it down is ``store.py``.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from palier.kernel.errors import NotAllowedNowError
from palier.kernel.ids import AgencyId, EngagementId, TicketNumber
from palier.tickets import facts, timing
from palier.tickets.evolve import begin, change, evolve
from palier.tickets.facts import Entry, Fact
from palier.tickets.model import Actor, ActorKind, Engagement, Ticket, Timer, TimerKind
from palier.tickets.outgoing import Outgoing, address
from palier.tickets.status import Status
from palier.tickets.table import Arm, Cancel, Row, find_row


class Decision(msgspec.Struct, frozen=True):
    """Everything that one fact changes, to be written in one transaction."""

    ticket: Ticket
    entry: Entry
    messages: tuple[Outgoing, ...]
    armed: tuple[tuple[EngagementId, TimerKind, Timer], ...]
    cancelled: tuple[tuple[EngagementId, TimerKind], ...]


class StaleTimerError(NotAllowedNowError):
    """The timer was moved, cancelled or has fired already: its firing does nothing (REM-017)."""

    code = "STALE_TIMER"


class Moment(msgspec.Struct, frozen=True):
    """Who does it, when, where the clocks hang, and which manager enters it for somebody else."""

    by: Actor
    now: dt.datetime
    zone: ZoneInfo
    entered_by: Actor | None = None


def decide_opening(agency: AgencyId, number: TicketNumber, fact: facts.TicketOpened, moment: Moment) -> Decision:
    """Decide on the creation of a ticket. Raises :class:`NotAllowedNowError`."""
    row = _row(None, None, fact, moment.by.kind)
    entry = Entry(1, moment.now, moment.by, fact, status=row.then or Status.PENDING_VALIDATION)
    return _finish(row, begin(agency, number, entry), entry, moment)


def decide(ticket: Ticket, fact: Fact, moment: Moment) -> Decision:
    """Decide on what happens to an existing ticket. Raises :class:`NotAllowedNowError` when the step forbids it."""
    engagement = _engagement(ticket, fact)
    row = _row(ticket, engagement, fact, moment.entered_by.kind if moment.entered_by else moment.by.kind)
    fact = _checked_timer(ticket, engagement, fact, moment.now)
    entry = _entry(ticket, engagement, row, fact, moment)
    return _finish(row, evolve(ticket, entry), entry, moment)


def _row(ticket: Ticket | None, engagement: Engagement | None, fact: Fact, by: ActorKind) -> Row:
    row = find_row(ticket, engagement, fact, by)
    if row is None:
        at = ticket.status if ticket else "nothing"
        raise NotAllowedNowError(f"{type(fact).__name__} by {by} at {at}")
    return row


def _engagement(ticket: Ticket, fact: Fact) -> Engagement | None:
    wanted = getattr(fact, "engagement", None)
    if wanted is None:
        return None
    engagement = ticket.engagement(wanted)
    if engagement is None:
        raise NotAllowedNowError(f"no engagement {wanted}")
    return engagement


def _checked_timer(ticket: Ticket, engagement: Engagement | None, fact: Fact, now: dt.datetime) -> Fact:
    if not isinstance(fact, facts.TimerFired) or engagement is None:
        return fact
    pending = engagement.timers.get(fact.kind)
    if pending is None or pending.generation != fact.generation or pending.due > now:
        raise StaleTimerError
    return msgspec.structs.replace(fact, sent=not ticket.draft.silent)


def _entry(ticket: Ticket, engagement: Engagement | None, row: Row, fact: Fact, moment: Moment) -> Entry:
    step = None if engagement is None else (row.then or engagement.status)
    single = engagement is not None and len(ticket.engagements) == 1
    status = row.then or (
        engagement.status if single and engagement and ticket.status != Status.REOPENED else ticket.status
    )
    return Entry(ticket.entries + 1, moment.now, moment.by, fact, status, step, moment.entered_by)


def _finish(row: Row, ticket: Ticket, entry: Entry, moment: Moment) -> Decision:
    messages = address(row.tell, ticket, entry, outside=moment.by.kind in {ActorKind.SUPPLIER, ActorKind.CLIENT})
    before = {(one.id, kind): timer for one in ticket.engagements for kind, timer in one.timers.items()}
    ticket = _timed(row, ticket, entry, moment)
    ticket = msgspec.structs.replace(
        ticket, unread=row.unread or moment.by.kind in {ActorKind.SUPPLIER, ActorKind.CLIENT}
    )
    now = {(one.id, kind): timer for one in ticket.engagements for kind, timer in one.timers.items()}
    armed = tuple((*where, timer) for where, timer in now.items() if before.get(where) != timer)
    return Decision(ticket, entry, messages, armed, tuple(where for where in before if where not in now))


def _timed(row: Row, ticket: Ticket, entry: Entry, moment: Moment) -> Ticket:
    for engagement in _concerned(ticket, entry):
        timers = dict(engagement.timers)
        if isinstance(entry.what, facts.TimerFired):
            timers.pop(entry.what.kind, None)
        for rule in row.timers:
            timers = _after_rule(rule, timers, ticket, engagement, entry, moment)
        ticket = change(ticket, engagement.id, timers=timers)
    return ticket


def _concerned(ticket: Ticket, entry: Entry) -> tuple[Engagement, ...]:
    wanted = getattr(entry.what, "engagement", None)
    return tuple(one for one in ticket.engagements if wanted in {None, one.id})


def _after_rule(
    rule: Arm | Cancel,
    timers: dict[TimerKind, Timer],
    ticket: Ticket,
    engagement: Engagement,
    entry: Entry,
    moment: Moment,
) -> dict[TimerKind, Timer]:
    if isinstance(rule, Cancel):
        return {kind: timer for kind, timer in timers.items() if rule.kinds and kind not in rule.kinds}
    due = _due(rule.kind, ticket, engagement, moment)
    kept = {kind: timer for kind, timer in timers.items() if kind is not rule.kind}
    return kept if due is None else {**kept, rule.kind: Timer(due, entry.seq)}


def _due(kind: TimerKind, ticket: Ticket, engagement: Engagement, moment: Moment) -> dt.datetime | None:
    draft, appointment, now = ticket.draft, engagement.appointment, moment.now
    chasing = {
        TimerKind.ODS: draft.delays.ods,
        TimerKind.INVOICE: draft.delays.invoice,
        TimerKind.QUOTE: draft.delays.quote,
    }
    if kind in chasing:
        return timing.reminder_due(now, chasing[kind], engagement.reminders.get(kind, 0), moment.zone)
    if appointment is None:
        return None
    if kind is TimerKind.INTERVENTION:
        return timing.intervention_due(appointment, draft.delays.intervention.amount, now)
    if kind is TimerKind.PRESENCE:
        return timing.presence_due(appointment, now) if draft.ask_presence else None
    return timing.end_due(appointment, moment.zone)
