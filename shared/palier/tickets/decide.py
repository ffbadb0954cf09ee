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

_OUTSIDERS = frozenset({ActorKind.SUPPLIER, ActorKind.CLIENT})


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
    status = row.then or ticket.status
    return Entry(ticket.entries + 1, moment.now, moment.by, fact, status, step, moment.entered_by)


def _finish(row: Row, ticket: Ticket, entry: Entry, moment: Moment) -> Decision:
    outside = moment.by.kind in _OUTSIDERS and moment.entered_by is None
    messages = address(row.tell, ticket, entry, outside=outside)
    before = _pending(ticket)
    ticket = msgspec.structs.replace(_timed(row, ticket, entry, moment), unread=row.unread or outside)
    now = _pending(ticket)
    armed = tuple((*where, timer) for where, timer in now.items() if before.get(where) != timer)
    return Decision(ticket, entry, messages, armed, tuple(where for where in before if where not in now))


def _pending(ticket: Ticket) -> dict[tuple[EngagementId, TimerKind], Timer]:
    return {(one.id, kind): timer for one in ticket.engagements for kind, timer in one.timers.items()}


def _timed(row: Row, ticket: Ticket, entry: Entry, moment: Moment) -> Ticket:
    for engagement in _concerned(ticket, entry):
        timers = dict(engagement.timers)
        fired = timers.pop(entry.what.kind, None) if isinstance(entry.what, facts.TimerFired) else None
        since = moment.now if fired is None else fired.due
        for rule in row.timers:
            timers = _after_rule(rule, timers, _Arming(ticket, engagement, entry.seq, since, moment))
        ticket = change(ticket, engagement.id, timers=timers)
    return ticket


def _concerned(ticket: Ticket, entry: Entry) -> tuple[Engagement, ...]:
    wanted = getattr(entry.what, "engagement", None)
    return tuple(one for one in ticket.engagements if wanted in {None, one.id})


class _Arming(msgspec.Struct, frozen=True):
    """What setting a timer needs. ``since``: a chase goes on from when the last one was due, however late it fired."""

    ticket: Ticket
    engagement: Engagement
    generation: int
    since: dt.datetime
    moment: Moment


def _after_rule(rule: Arm | Cancel, timers: dict[TimerKind, Timer], arming: _Arming) -> dict[TimerKind, Timer]:
    if isinstance(rule, Cancel):
        return {kind: timer for kind, timer in timers.items() if rule.kinds and kind not in rule.kinds}
    due = _due(rule.kind, arming)
    kept = {kind: timer for kind, timer in timers.items() if kind is not rule.kind}
    return kept if due is None else {**kept, rule.kind: Timer(due, arming.generation)}


def _due(kind: TimerKind, arming: _Arming) -> dt.datetime | None:
    delays, appointment = arming.ticket.draft.delays, arming.engagement.appointment
    now, zone = arming.moment.now, arming.moment.zone
    chasing = {TimerKind.ODS: delays.ods, TimerKind.INVOICE: delays.invoice, TimerKind.QUOTE: delays.quote}
    if kind in chasing:
        sent = arming.engagement.reminders.get(kind, 0)
        return timing.next_reminder(arming.since, now, chasing[kind], sent, zone)
    if appointment is None:
        return None
    if kind is TimerKind.INTERVENTION:
        return timing.intervention_due(appointment, delays.intervention.amount, now)
    if kind is TimerKind.PRESENCE:
        return timing.presence_due(appointment, now) if arming.ticket.draft.ask_presence else None
    return timing.end_due(appointment, zone)
