"""Every row of section 38.2 and 38.3 that is built, played by name: status, messages, timers."""

import datetime as dt

import pytest

from palier.kernel.delays import Delay
from palier.kernel.errors import NotAllowedNowError
from palier.kernel.money import Cents
from palier.tickets import facts
from palier.tickets.decide import Decision, StaleTimerError, decide, decide_opening
from palier.tickets.model import Contact, Delays, TicketType, TimerKind
from palier.tickets.status import Status
from tests.unit.tickets.builders import (
    AGENCY,
    APPOINTMENT,
    CLIENT,
    FIRST,
    MANAGER,
    MONDAY,
    NUMBER,
    PLUMBER,
    REQUESTER,
    SUPPLIER,
    SYSTEM,
    accepted,
    after,
    ask,
    draft,
    ended,
    moment,
    opened,
    requested,
    templates,
)

CLAIRE, CAMILLE, SACHA = "claire@agence.example", "camille@client.example", "sacha@client.example"
PLOMBERIE = "contact@plomberie.example"


def pending(decision: Decision, kind: TimerKind | None = None) -> dict[TimerKind, dt.datetime]:
    return {k: t.due for one in decision.ticket.engagements for k, t in one.timers.items() if kind in {None, k}}


def test_portal_request_waits_for_validation_and_tells_the_manager() -> None:
    decision = requested()
    assert decision.ticket.status is Status.PENDING_VALIDATION
    assert decision.ticket.unread
    assert templates(decision) == [
        ("stf.new_request", CLAIRE),
    ]


def test_inbound_mail_is_acknowledged_only_when_it_may_be_answered() -> None:
    opening = facts.TicketOpened(TicketType.PRE, draft(), acknowledge=True)
    answered = decide_opening(AGENCY, NUMBER, opening, moment(SYSTEM))
    silent = requested(by=SYSTEM)
    assert ("eml.ack", CAMILLE) in templates(answered)
    assert "eml.ack" not in dict(templates(silent))


def test_staff_pre_ticket_tells_nobody() -> None:
    decision = requested(by=MANAGER)
    assert decision.messages == ()
    assert not decision.ticket.unread


def test_validation_as_order_asks_the_supplier_and_arms_the_chase() -> None:
    decision = after(requested(), (facts.PreTicketValidated(TicketType.ODS, draft(), (ask(),)), MANAGER))
    assert decision.ticket.type is TicketType.ODS
    assert decision.ticket.status is Status.AWAITING_APPOINTMENT
    assert templates(decision) == [
        ("req.validated", CAMILLE),
        ("sup.ods_request", PLOMBERIE),
        ("ntf.ticket_created", SACHA),
    ]
    assert pending(decision) == {TimerKind.ODS: MONDAY + dt.timedelta(days=7)}


def test_validation_keeps_the_number_and_the_photos_of_the_request() -> None:
    """Peers' complaint 20: the request becomes the order, nothing is lost."""
    request = requested()
    order = after(request, (facts.PreTicketValidated(TicketType.ODS, draft(), (ask(),)), MANAGER))
    assert order.ticket.number == request.ticket.number
    assert order.ticket.draft.original_description == "Ça coule chez moi."


def test_cancelled_request_tells_the_requester_and_is_final() -> None:
    decision = after(requested(), (facts.PreTicketCancelled("Déjà réparé"), MANAGER))
    assert decision.ticket.status is Status.PRE_CANCELLED
    assert templates(decision) == [("req.cancelled", CAMILLE)]
    with pytest.raises(NotAllowedNowError):
        after(decision, (facts.PreTicketValidated(TicketType.ODS, draft(), (ask(),)), MANAGER))


def test_client_chases_his_request() -> None:
    decision = after(requested(), (facts.RequestChased(), CLIENT))
    assert decision.ticket.status is Status.PENDING_VALIDATION
    assert ("stf.request_chased", CLAIRE) in templates(decision)


def test_staff_creation_of_an_order() -> None:
    decision = opened()
    assert decision.ticket.status is Status.AWAITING_APPOINTMENT
    assert dict(templates(decision))["sup.ods_request"] == PLOMBERIE


def test_contact_person_is_warned_only_if_ticked() -> None:
    person = Contact("Gardien Exemple", emails=("gardien@immeuble.example",))
    quiet = opened(contact_person=person)
    warned = opened(contact_person=person, warn_contact_person=True)
    assert "con.contact_warned" not in dict(templates(quiet))
    assert dict(templates(warned))["con.contact_warned"] == "gardien@immeuble.example"


def test_acceptance_fixes_the_appointment_at_once_and_swaps_the_timers() -> None:
    """AMB-06: the appointment given when accepting an ODS needs no approval."""
    decision = accepted()
    assert decision.ticket.status is Status.AWAITING_END
    assert decision.ticket.engagements[0].appointment == APPOINTMENT
    assert ("ntf.intervention_accepted", SACHA) in templates(decision)
    assert ("stf.third_party_action", CLAIRE) in templates(decision)
    assert pending(decision) == {TimerKind.END: APPOINTMENT.start + dt.timedelta(minutes=95)}
    assert (FIRST, TimerKind.ODS) in decision.cancelled


def test_acceptance_arms_presence_when_asked() -> None:
    """TCK-023, REM-010."""
    decision = accepted(ask_presence=True)
    assert pending(decision, TimerKind.PRESENCE) == {TimerKind.PRESENCE: APPOINTMENT.start - dt.timedelta(minutes=15)}


def test_manager_enters_the_answer_for_the_supplier() -> None:
    """TCA-015: same next status, no mail to himself about his own action."""
    fact = facts.OrderAccepted(FIRST, APPOINTMENT)
    decision = decide(opened().ticket, fact, moment(SUPPLIER, entered_by=MANAGER))
    assert decision.ticket.status is Status.AWAITING_END
    assert decision.entry.entered_by == MANAGER
    assert "stf.third_party_action" not in dict(templates(decision))
    assert not decision.ticket.unread


def test_refusal_tells_the_manager_and_stops_the_chase() -> None:
    decision = after(opened(), (facts.OrderRefused(FIRST, "Complet"), SUPPLIER))
    assert decision.ticket.status is Status.INTERVENTION_REFUSED
    assert templates(decision) == [("stf.third_party_action", CLAIRE)]
    assert pending(decision) == {}


def test_chase_fires_counts_and_arms_again_until_the_maximum() -> None:
    """38.10: request 21/09 10:00, 3 days × 3: 24/09, 27/09, 30/09 at 10:00, then nothing."""
    decision = opened(delays=Delays(ods=Delay(3, at_most=3)))
    days = []
    while due := pending(decision, TimerKind.ODS).get(TimerKind.ODS):
        days.append(due.day)
        timer = decision.ticket.engagements[0].timers[TimerKind.ODS]
        fact = facts.TimerFired(FIRST, TimerKind.ODS, timer.generation)
        decision = decide(decision.ticket, fact, moment(SYSTEM, due))
        assert ("sup.ods_reminder", PLOMBERIE) in templates(decision)
        assert decision.ticket.unread
    assert days == [24, 27, 30]
    assert decision.ticket.engagements[0].reminders == {TimerKind.ODS: 3}


@pytest.mark.parametrize("late", [dt.timedelta(0), dt.timedelta(hours=5)])
def test_chase_tells_the_notified_parties_only_if_the_option_is_on(late: dt.timedelta) -> None:
    """TCK-024, REM-013."""
    for option, told in ((True, True), (False, False)):
        decision = opened(notify_reminders=option)
        fact = facts.TimerFired(FIRST, TimerKind.ODS, 1)
        fired = decide(decision.ticket, fact, moment(SYSTEM, MONDAY + dt.timedelta(days=7) + late))
        assert (("ntf.reminder_sent", SACHA) in templates(fired)) is told


def test_timer_that_fires_early_twice_or_after_a_move_does_nothing() -> None:
    """REM-017."""
    ticket = opened().ticket
    due = MONDAY + dt.timedelta(days=7)
    fact = facts.TimerFired(FIRST, TimerKind.ODS, 1)
    with pytest.raises(StaleTimerError):
        decide(ticket, fact, moment(SYSTEM, due - dt.timedelta(seconds=1)))
    fired = decide(ticket, fact, moment(SYSTEM, due))
    with pytest.raises(StaleTimerError):
        decide(fired.ticket, fact, moment(SYSTEM, due))
    with pytest.raises(NotAllowedNowError):
        decide(accepted().ticket, fact, moment(SYSTEM, due))


def test_request_cancelled_tells_the_supplier() -> None:
    decision = after(opened(), (facts.RequestCancelled(FIRST), MANAGER))
    assert decision.ticket.status is Status.REQUEST_CANCELLED
    assert templates(decision) == [("sup.request_cancelled", PLOMBERIE)]
    assert pending(decision) == {}


@pytest.mark.parametrize(
    ("kind", "template"),
    [(TimerKind.PRESENCE, "sup.presence_request"), (TimerKind.END, "sup.end_request")],
)
def test_appointment_timers_ask_the_supplier_once(kind: TimerKind, template: str) -> None:
    decision = accepted(ask_presence=True)
    timer = decision.ticket.engagements[0].timers[kind]
    fired = decide(decision.ticket, facts.TimerFired(FIRST, kind, timer.generation), moment(SYSTEM, timer.due))
    assert templates(fired) == [(template, PLOMBERIE)]
    assert kind not in fired.ticket.engagements[0].timers
    assert fired.ticket.status is Status.AWAITING_END


def test_end_without_invoice_arms_the_invoice_chase() -> None:
    """REM-004, 38.10: end 01/10, 7 days."""
    decision = ended()
    assert decision.ticket.status is Status.INTERVENTION_DONE
    assert ("ntf.intervention_ended", SACHA) in templates(decision)
    assert pending(decision) == {TimerKind.INVOICE: MONDAY + dt.timedelta(days=10)}


def test_end_with_invoice_skips_the_invoice_request() -> None:
    decision = after(accepted(), (facts.InterventionEnded(FIRST, amount=Cents(12_000)), SUPPLIER))
    assert decision.ticket.status is Status.INVOICE_RECEIVED
    assert decision.ticket.amount == 12_000
    assert pending(decision) == {}


def test_manual_invoice_request_restarts_the_delay() -> None:
    """38.10: end without invoice 01/10, 7 days; manual request 03/10: first chase 10/10."""
    done = ended()
    asked_at = MONDAY + dt.timedelta(days=5)
    decision = after(done, (facts.InvoiceAsked(FIRST), MANAGER), at=asked_at)
    assert decision.ticket.status is Status.AWAITING_INVOICE
    assert pending(decision) == {TimerKind.INVOICE: asked_at + dt.timedelta(days=7)}


def test_invoice_request_goes_by_mail_even_to_a_party_reached_by_sms_only() -> None:
    """TCK-028, REM-012."""
    by_sms = Contact("Plomberie Exemple", emails=(PLOMBERIE,), mobiles=("+33639980001",), by_mail=False, by_sms=True)
    order = after(requested(), (facts.PreTicketValidated(TicketType.ODS, draft(), (ask(by_sms),)), MANAGER))
    assert [one.channel for one in order.messages if one.template == "sup.ods_request"] == ["sms"]
    done = after(order, (facts.OrderAccepted(FIRST, APPOINTMENT), SUPPLIER), (facts.InterventionEnded(FIRST), SUPPLIER))
    asked = after(done, (facts.InvoiceAsked(FIRST), MANAGER))
    assert sorted(one.channel for one in asked.messages if one.template == "sup.invoice_request") == ["email", "sms"]


def test_invoice_chase_moves_to_awaiting_the_invoice() -> None:
    decision = ended()
    timer = decision.ticket.engagements[0].timers[TimerKind.INVOICE]
    fired = decide(
        decision.ticket, facts.TimerFired(FIRST, TimerKind.INVOICE, timer.generation), moment(SYSTEM, timer.due)
    )
    assert fired.ticket.status is Status.AWAITING_INVOICE
    assert ("sup.invoice_reminder", PLOMBERIE) in templates(fired)


def test_invoice_sent_ends_the_chase() -> None:
    decision = after(ended(), (facts.InvoiceSent(FIRST, amount=Cents(9_900)), SUPPLIER))
    assert decision.ticket.status is Status.INVOICE_RECEIVED
    assert pending(decision) == {}
    assert decision.ticket.amount == 9_900


def test_closing_cancels_everything_and_reopening_goes_on_where_it_stood() -> None:
    """TCA-044, TCA-045."""
    closed = after(accepted(ask_presence=True), (facts.TicketClosed(), MANAGER))
    assert closed.ticket.status is Status.CLOSED
    assert pending(closed) == {}
    assert ("ntf.ticket_closed", SACHA) in templates(closed)
    with pytest.raises(NotAllowedNowError):
        after(closed, (facts.InterventionEnded(FIRST), SUPPLIER))
    reopened = after(closed, (facts.TicketReopened("Fuite revenue"), MANAGER))
    assert reopened.ticket.status is Status.REOPENED
    assert reopened.ticket.closed_at is None
    assert pending(reopened) == {}
    done = after(reopened, (facts.InterventionEnded(FIRST), SUPPLIER))
    assert done.ticket.status is Status.INTERVENTION_DONE


def test_note_is_told_to_nobody_and_keeps_the_status() -> None:
    decision = after(accepted(), (facts.NoteAdded("Rappeler jeudi"), MANAGER))
    assert decision.messages == ()
    assert decision.ticket.status is Status.AWAITING_END


def test_messages_go_to_the_party_written_to_and_come_back_unread() -> None:
    out = after(accepted(), (facts.MessageWritten("Passez par la cour", PLUMBER, FIRST), MANAGER))
    assert templates(out) == [("msg.third_party", PLOMBERIE)]
    back = after(accepted(), (facts.MessageWritten("Entendu", engagement=FIRST), SUPPLIER))
    assert templates(back) == [("stf.new_message", CLAIRE)]
    assert back.ticket.unread


def test_one_person_gets_at_most_one_mail_for_one_event() -> None:
    """AMB-28: the requester is notified too."""
    decision = after(
        requested(), (facts.PreTicketValidated(TicketType.ODS, draft(notified=(REQUESTER,)), (ask(),)), MANAGER)
    )
    assert [address for _, address in templates(decision)].count(CAMILLE) == 1


def test_silent_mode_holds_back_what_is_automatic_but_not_what_the_manager_writes() -> None:
    """REM-020, REM-021."""
    quiet = opened(silent=True)
    assert quiet.messages == ()
    answer = after(quiet, (facts.OrderAccepted(FIRST, APPOINTMENT), SUPPLIER))
    assert templates(answer) == [("stf.third_party_action", CLAIRE)]
    written = after(quiet, (facts.MessageWritten("Bonjour", PLUMBER, FIRST), MANAGER))
    assert templates(written) == [("msg.third_party", PLOMBERIE)]


def test_timer_due_in_silent_mode_is_dropped_without_being_counted() -> None:
    """REM-020."""
    quiet = opened(silent=True)
    fired = decide(
        quiet.ticket, facts.TimerFired(FIRST, TimerKind.ODS, 1), moment(SYSTEM, MONDAY + dt.timedelta(days=7))
    )
    assert fired.messages == ()
    assert fired.ticket.engagements[0].reminders == {}


def test_supplier_cannot_act_for_the_manager() -> None:
    with pytest.raises(NotAllowedNowError):
        after(accepted(), (facts.TicketClosed(), SUPPLIER))
    with pytest.raises(NotAllowedNowError):
        after(accepted(), (facts.OrderAccepted(FIRST, APPOINTMENT), CLIENT))


def test_two_suppliers_on_an_order_are_refused_until_odsm_is_built() -> None:
    fact = facts.PreTicketValidated(TicketType.ODS, draft(), (ask(), ask()))
    with pytest.raises(NotAllowedNowError):
        after(requested(), (fact, MANAGER))
