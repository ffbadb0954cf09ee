"""The transition table: section 38.2 and 38.3 of the catalogue, row by row, for everything built so far.

One :class:`Row` reads like one line there: in these statuses, this fact by these people leads to that status, sends
these messages and touches these timers. ``decide.py`` looks rows up and knows no rule of its own. A row that is not
here is not offered on the page and is refused by code. The first row that fits wins, so a row with a condition stands
above the row without.
"""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from palier.tickets import facts
from palier.tickets.facts import Fact
from palier.tickets.model import ActorKind, Engagement, Ticket, TicketType, TimerKind
from palier.tickets.status import OVER, Status


class Audience(StrEnum):
    """Who a message of a row goes to."""

    SUPPLIER = "supplier"
    NOTIFIED = "notified parties"
    NOTIFIED_OF_REMINDERS = "notified parties, if reminders are notified"
    CONTACT_PERSON = "contact person, if to be warned"
    REQUESTER = "requester"
    MANAGER = "manager"
    ADDRESSEE = "the party written to"


class Tell(msgspec.Struct, frozen=True):
    """A message template (section 39) and who gets it. ``sms``: also by SMS if the party's mode includes it.

    ``always_mail``: by mail even to a party who only ticked SMS (REM-012).
    """

    template: str
    to: Audience
    sms: bool = True
    always_mail: bool = False


class Arm(msgspec.Struct, frozen=True):
    """Set a timer; ``timing.py`` says when it falls due, and it is not set when that says never."""

    kind: TimerKind


class Cancel(msgspec.Struct, frozen=True):
    """Drop pending timers of the engagement; without kinds, all of them."""

    kinds: tuple[TimerKind, ...] = ()


Condition = Callable[[Ticket | None, Engagement | None, Fact], bool]


class Row(msgspec.Struct, frozen=True):
    """One row of section 38. ``then`` None: the status stays."""

    section: str
    event: str
    when: tuple[Status, ...]
    fact: type[Fact]
    by: tuple[ActorKind, ...]
    then: Status | None
    tell: tuple[Tell, ...] = ()
    timers: tuple[Arm | Cancel, ...] = ()
    only_if: Condition | None = None
    unread: bool = False


def _is_order(_ticket: Ticket | None, _engagement: Engagement | None, fact: Fact) -> bool:
    return isinstance(fact, facts.TicketOpened) and fact.type is TicketType.ODS and len(fact.ask) == 1


def _is_pre(_ticket: Ticket | None, _engagement: Engagement | None, fact: Fact) -> bool:
    return isinstance(fact, facts.TicketOpened) and fact.type is TicketType.PRE and not fact.ask


def _is_answerable(ticket: Ticket | None, engagement: Engagement | None, fact: Fact) -> bool:
    return _is_pre(ticket, engagement, fact) and isinstance(fact, facts.TicketOpened) and fact.acknowledge


def _one_order(_ticket: Ticket | None, _engagement: Engagement | None, fact: Fact) -> bool:
    return isinstance(fact, facts.PreTicketValidated) and fact.type is TicketType.ODS and len(fact.ask) == 1


def _from_outside(_ticket: Ticket | None, _engagement: Engagement | None, fact: Fact) -> bool:
    return isinstance(fact, facts.MessageWritten) and fact.to is None


def _outward(_ticket: Ticket | None, _engagement: Engagement | None, fact: Fact) -> bool:
    return isinstance(fact, facts.MessageWritten) and fact.to is not None


def _with_invoice(_ticket: Ticket | None, _engagement: Engagement | None, fact: Fact) -> bool:
    return isinstance(fact, facts.InterventionEnded) and bool(fact.invoice or fact.amount is not None)


def _timer(kind: TimerKind) -> Condition:
    def fits(_ticket: Ticket | None, _engagement: Engagement | None, fact: Fact) -> bool:
        return isinstance(fact, facts.TimerFired) and fact.kind is kind

    return fits


M, S, C, Y = ActorKind.MANAGER, ActorKind.SUPPLIER, ActorKind.CLIENT, ActorKind.SYSTEM
NEW: tuple[Status, ...] = ()
OPEN = tuple(status for status in Status if status not in OVER)
ORDER_SENT = (
    Tell("sup.ods_request", Audience.SUPPLIER),
    Tell("ntf.ticket_created", Audience.NOTIFIED),
    Tell("con.contact_warned", Audience.CONTACT_PERSON),
)
REMINDED = Tell("ntf.reminder_sent", Audience.NOTIFIED_OF_REMINDERS)
NEXT_TO_APPOINTMENT = (Arm(TimerKind.INTERVENTION), Arm(TimerKind.PRESENCE), Arm(TimerKind.END))
APPOINTMENT_TIMERS = Cancel((TimerKind.PRESENCE, TimerKind.END, TimerKind.INTERVENTION))
_S = Status

ROWS: tuple[Row, ...] = (
    Row(
        "38.2",
        "inbound mail that may be answered",
        NEW,
        facts.TicketOpened,
        (Y,),
        _S.PENDING_VALIDATION,
        (
            Tell("stf.new_request", Audience.MANAGER, sms=False),
            Tell("eml.ack", Audience.REQUESTER, sms=False),
        ),
        only_if=_is_answerable,
        unread=True,
    ),
    Row(
        "38.2",
        "portal request, inbound mail",
        NEW,
        facts.TicketOpened,
        (C, Y),
        _S.PENDING_VALIDATION,
        (Tell("stf.new_request", Audience.MANAGER, sms=False),),
        only_if=_is_pre,
        unread=True,
    ),
    Row("38.2", "staff pre-ticket", NEW, facts.TicketOpened, (M,), _S.PENDING_VALIDATION, only_if=_is_pre),
    Row(
        "38.2",
        "Valider le ticket: ODS, one supplier",
        (_S.PENDING_VALIDATION,),
        facts.PreTicketValidated,
        (M,),
        _S.AWAITING_APPOINTMENT,
        (Tell("req.validated", Audience.REQUESTER), *ORDER_SENT),
        (Arm(TimerKind.ODS),),
        only_if=_one_order,
    ),
    Row(
        "38.2",
        "Annuler le ticket",
        (_S.PENDING_VALIDATION,),
        facts.PreTicketCancelled,
        (M,),
        _S.PRE_CANCELLED,
        (Tell("req.cancelled", Audience.REQUESTER),),
    ),
    Row(
        "38.2",
        "client chases his request",
        (_S.PENDING_VALIDATION,),
        facts.RequestChased,
        (C,),
        None,
        (Tell("stf.request_chased", Audience.MANAGER, sms=False),),
        unread=True,
    ),
    Row(
        "38.2",
        "Fermer le ticket",
        (_S.PENDING_VALIDATION,),
        facts.TicketClosed,
        (M,),
        _S.CLOSED,
        (Tell("req.cancelled", Audience.REQUESTER),),
    ),
    Row(
        "38.3",
        "creation",
        NEW,
        facts.TicketOpened,
        (M,),
        _S.AWAITING_APPOINTMENT,
        ORDER_SENT,
        (Arm(TimerKind.ODS),),
        only_if=_is_order,
    ),
    Row(
        "38.3",
        "accepts with date, slot, duration, days",
        (_S.AWAITING_APPOINTMENT,),
        facts.OrderAccepted,
        (S, M),
        _S.AWAITING_END,
        (Tell("ntf.intervention_accepted", Audience.NOTIFIED),),
        (Cancel((TimerKind.ODS,)), *NEXT_TO_APPOINTMENT),
    ),
    Row(
        "38.3",
        "refuses",
        (_S.AWAITING_APPOINTMENT,),
        facts.OrderRefused,
        (S, M),
        _S.INTERVENTION_REFUSED,
        timers=(Cancel(),),
    ),
    Row(
        "38.3",
        "t.ods fires",
        (_S.AWAITING_APPOINTMENT,),
        facts.TimerFired,
        (Y,),
        None,
        (Tell("sup.ods_reminder", Audience.SUPPLIER), REMINDED),
        (Arm(TimerKind.ODS),),
        only_if=_timer(TimerKind.ODS),
        unread=True,
    ),
    Row(
        "38.3",
        "Annuler la demande",
        (_S.AWAITING_APPOINTMENT,),
        facts.RequestCancelled,
        (M,),
        _S.REQUEST_CANCELLED,
        (Tell("sup.request_cancelled", Audience.SUPPLIER),),
        (Cancel(),),
    ),
    Row(
        "38.3",
        "t.intervention fires",
        (_S.AWAITING_END,),
        facts.TimerFired,
        (Y,),
        None,
        (Tell("sup.intervention_reminder", Audience.SUPPLIER),),
        only_if=_timer(TimerKind.INTERVENTION),
    ),
    Row(
        "38.3",
        "t.presence fires",
        (_S.AWAITING_END,),
        facts.TimerFired,
        (Y,),
        None,
        (Tell("sup.presence_request", Audience.SUPPLIER),),
        only_if=_timer(TimerKind.PRESENCE),
    ),
    Row(
        "38.3",
        "t.end fires",
        (_S.AWAITING_END,),
        facts.TimerFired,
        (Y,),
        None,
        (Tell("sup.end_request", Audience.SUPPLIER),),
        only_if=_timer(TimerKind.END),
    ),
    Row(
        "38.3",
        "end confirmed with invoice",
        (_S.AWAITING_END,),
        facts.InterventionEnded,
        (S, M),
        _S.INVOICE_RECEIVED,
        (Tell("ntf.intervention_ended", Audience.NOTIFIED),),
        (Cancel(),),
        only_if=_with_invoice,
    ),
    Row(
        "38.3",
        "end confirmed without invoice",
        (_S.AWAITING_END,),
        facts.InterventionEnded,
        (S, M),
        _S.INTERVENTION_DONE,
        (Tell("ntf.intervention_ended", Audience.NOTIFIED),),
        (APPOINTMENT_TIMERS, Arm(TimerKind.INVOICE)),
    ),
    Row(
        "38.3",
        "Annuler l’intervention",
        (_S.AWAITING_END,),
        facts.InterventionCancelled,
        (M,),
        _S.INTERVENTION_CANCELLED,
        (
            Tell("sup.intervention_cancelled", Audience.SUPPLIER),
            Tell("ntf.intervention_cancelled", Audience.NOTIFIED),
        ),
        (Cancel(),),
    ),
    Row(
        "38.3",
        "Demander la facture",
        (_S.INTERVENTION_DONE,),
        facts.InvoiceAsked,
        (M,),
        _S.AWAITING_INVOICE,
        (Tell("sup.invoice_request", Audience.SUPPLIER, always_mail=True),),
        (Arm(TimerKind.INVOICE),),
    ),
    Row(
        "38.3",
        "t.invoice fires",
        (_S.INTERVENTION_DONE, _S.AWAITING_INVOICE),
        facts.TimerFired,
        (Y,),
        _S.AWAITING_INVOICE,
        (Tell("sup.invoice_reminder", Audience.SUPPLIER, always_mail=True), REMINDED),
        (Arm(TimerKind.INVOICE),),
        only_if=_timer(TimerKind.INVOICE),
        unread=True,
    ),
    Row(
        "38.3",
        "invoice sent or entered",
        (_S.INTERVENTION_DONE, _S.AWAITING_INVOICE),
        facts.InvoiceSent,
        (S, M),
        _S.INVOICE_RECEIVED,
        timers=(Cancel((TimerKind.INVOICE,)),),
    ),
    Row(
        "38.3",
        "Fermer le ticket",
        tuple(s for s in OPEN if s is not _S.PENDING_VALIDATION),
        facts.TicketClosed,
        (M,),
        _S.CLOSED,
        (Tell("ntf.ticket_closed", Audience.NOTIFIED),),
        (Cancel(),),
    ),
    Row("38.3", "Déclôturer", (_S.CLOSED,), facts.TicketReopened, (M,), _S.REOPENED),
    Row("38.7", "internal note", (*OPEN, _S.PRE_CANCELLED), facts.NoteAdded, (M,), None),
    Row(
        "38.7",
        "message from a party",
        OPEN,
        facts.MessageWritten,
        (S, C),
        None,
        (Tell("stf.new_message", Audience.MANAGER, sms=False),),
        only_if=_from_outside,
        unread=True,
    ),
    Row(
        "38.7",
        "message to a party",
        OPEN,
        facts.MessageWritten,
        (M,),
        None,
        (Tell("msg.third_party", Audience.ADDRESSEE),),
        only_if=_outward,
    ),
)


def find_row(ticket: Ticket | None, engagement: Engagement | None, fact: Fact, by: ActorKind) -> Row | None:
    """Return the row that says what this fact leads to, or None: not allowed here and now."""
    rows = (row for row in ROWS if isinstance(fact, row.fact) and by in row.by)
    return next(
        (row for row in rows if _at(row, ticket, engagement, fact) and _fits(row, ticket, engagement, fact)),
        None,
    )


def _at(row: Row, ticket: Ticket | None, engagement: Engagement | None, fact: Fact) -> bool:
    if ticket is None or row.when == NEW:
        return ticket is None and row.when == NEW
    return step(ticket, None if isinstance(fact, facts.MessageWritten) else engagement) in row.when


def step(ticket: Ticket, engagement: Engagement | None) -> Status:
    """Return the status that decides: the engagement's for its own steps, the ticket's for everything else.

    A reopened ticket goes on where each engagement stood before (38.3, last row).
    """
    return ticket.status if engagement is None or ticket.status in OVER else engagement.status


def _fits(row: Row, ticket: Ticket | None, engagement: Engagement | None, fact: Fact) -> bool:
    return row.only_if is None or row.only_if(ticket, engagement, fact)
