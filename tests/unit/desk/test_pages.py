"""The staff's and the supplier's pages as data: what is offered is what the table allows (TCA-050, SLF-008)."""

import datetime as dt

import msgspec
import pytest

from palier.agencies.model import Agency, AgencySettings, ModuleSettings
from palier.agencies.model import Contact as AgencyContact
from palier.aws.keys import Key
from palier.aws.table import Row
from palier.kernel.errors import InvalidInputError, NotFoundError
from palier.kernel.ids import EngagementId
from palier.kernel.money import Cents
from palier.messages.model import Channel, Delivery, OutMessage
from palier.tickets import facts
from palier.tickets.cards import card_of
from palier.tickets.decide import Decision, decide
from palier.tickets.model import ActorKind, Appointment, Attachment, Contact, TicketType
from palier.tickets.staff.actions import ACTIONS, Sheet, addressee, read_sheet
from palier.tickets.staff.listing import Shown, belongs, list_page
from palier.tickets.staff.offers import SUPPLIER_OFFERS, TICKET_OFFERS, allowed, for_supplier, for_ticket
from palier.tickets.staff.page import Reader, ticket_page
from palier.tickets.status import Tab
from palier.tickets.store import File, Job, Loaded
from palier.tickets.supplier.answers import Reply, read_answer, read_end, read_invoice, read_message
from palier.tickets.supplier.page import agency_card, expected, visible_files
from tests.unit.desk.test_ticket_form import Typed
from tests.unit.tickets.builders import (
    AGENCY,
    APPOINTMENT,
    CLIENT,
    FIRST,
    MANAGER,
    MONDAY,
    PARIS,
    PLUMBER,
    SUPPLIER,
    accepted,
    after,
    ask,
    draft,
    ended,
    moment,
    opened,
    requested,
)

READER = Reader(PARIS, may_edit=True)
PHOTO = Attachment("files/demo/1", "photo.jpg", "image/jpeg", 2_400_000)


def file_of(*decisions: Decision, messages: tuple[OutMessage, ...] = (), jobs: tuple[Job, ...] = ()) -> File:
    last = decisions[-1].ticket
    return File(Loaded(last, Row(Key("a", "HEAD"), "HEAD")), tuple(one.entry for one in decisions), messages, jobs)


def paths(decision: Decision) -> set[str]:
    ticket = decision.ticket
    return {one.path for e in ticket.engagements for one in for_supplier(ticket, e)} | {
        one.path for one in for_ticket(ticket)
    }


@pytest.mark.parametrize(
    ("decision", "offered"),
    [
        (requested(), {"note", "cloturer", "annuler"}),
        (opened(), {"accepter", "refuser", "annuler-demande", "note", "cloturer"}),
        (accepted(), {"fin", "annuler-intervention", "note", "cloturer"}),
        (ended(), {"facture", "demander-facture", "note", "cloturer"}),
        (after(ended(), (facts.TicketClosed(), MANAGER)), {"decloturer"}),
        (after(requested(), (facts.PreTicketCancelled(), MANAGER)), {"note"}),
    ],
    ids=["pre-ticket", "sent", "accepted", "done", "closed", "cancelled"],
)
def test_a_step_offers_exactly_its_actions(decision: Decision, offered: set[str]) -> None:
    assert paths(decision) == offered


def test_every_offer_has_a_page_and_every_page_an_offer() -> None:
    offers = {one.path for one in (*SUPPLIER_OFFERS, *TICKET_OFFERS)}
    assert set(ACTIONS) == offers | {"message"}


def test_whoever_may_not_edit_is_offered_nothing() -> None:
    page = ticket_page(file_of(accepted()), Reader(PARIS, may_edit=False))
    assert not page.actions
    assert not any(one.actions or one.message_url for one in page.parties)
    assert page.next_step.primary is None


def test_the_timeline_reads_newest_first_with_the_fate_of_each_mail() -> None:
    mail = OutMessage("x", Channel.EMAIL, "a@s.example", "A", MONDAY, ticket=7, seq=2, state=Delivery.BOUNCED)
    page = ticket_page(file_of(opened(), accepted(), messages=(mail,)), READER)
    assert [one.title.split()[0] for one in page.timeline] == ["Intervention", "Création"]
    assert page.timeline[0].lane == "received"
    assert [(one.state, one.label) for one in page.timeline[0].deliveries] == [("failed", "non remis")]


def test_what_the_manager_entered_for_the_supplier_says_so() -> None:
    """TCA-015."""
    entered = decide(opened().ticket, facts.OrderAccepted(FIRST, APPOINTMENT), moment(SUPPLIER, entered_by=MANAGER))
    assert ticket_page(file_of(opened(), entered), READER).timeline[0].entered_by == MANAGER.name


def test_a_file_is_shown_where_it_came_first() -> None:
    first = requested(attachments=(PHOTO,))
    order = after(first, (facts.PreTicketValidated(TicketType.ODS, draft(attachments=(PHOTO,)), (ask(),)), MANAGER))
    timeline = ticket_page(file_of(first, order), READER).timeline
    assert [len(one.files) for one in timeline] == [0, 1]


def test_the_summary_is_offered_once_made() -> None:
    closed = after(ended(), (facts.TicketClosed(), MANAGER))
    waiting = Job("summary", 7, MONDAY)
    made = Job("summary", 7, MONDAY, key="files/demo/documents/7/resume.pdf")
    assert ticket_page(file_of(closed, jobs=(waiting,)), READER).downloads == ()
    assert ticket_page(file_of(closed, jobs=(made,)), READER).downloads[0].href.endswith("/resume.pdf")


def test_a_party_without_contact_mode_is_marked_and_cannot_be_written_to() -> None:
    """TCA-014."""
    mute = Contact("Gardien", phone="01 99 00 00 00", by_mail=False)
    page = ticket_page(file_of(opened(contact_person=mute)), READER)
    card = next(one for one in page.parties if one.role == "Personne à contacter")
    assert card.no_contact
    assert not card.message_url


def test_list_rows_tabs_and_paging() -> None:
    page = list_page((card_of(opened().ticket),), Shown("syndic", Tab.OPEN, mine=True, zone=PARIS, next="word"))
    assert [one.current for one in page.tabs].count(True) == 1
    assert page.rows[0].number == "7"
    assert "suite=word" in page.paging.next_url
    assert page.new_url == ""


def test_a_card_belongs_to_its_tab_and_manager() -> None:
    card = card_of(opened().ticket)
    assert belongs(card, Tab.OPEN, "m1")
    assert not belongs(card, Tab.OPEN, "m2")
    assert not belongs(card, Tab.CLOSED, None)


def test_a_card_is_small_enough_for_an_index() -> None:
    long = opened(subject="é" * 150, description="é" * 20_000, attachments=(PHOTO,) * 10)
    assert len(msgspec.json.encode(card_of(long.ticket))) <= 1024


def sheet(target: str = FIRST, **typed: str) -> Sheet:
    return Sheet(Typed(typed), MONDAY, PARIS, target, opened().ticket)


def test_actions_read_their_forms() -> None:
    accept = read_sheet(
        ACTIONS["accepter"], sheet(date="2026-09-24", time="14:30", duration_hours="1", duration_minutes="30")
    )
    assert accept == facts.OrderAccepted(FIRST, Appointment(dt.datetime(2026, 9, 24, 12, 30, tzinfo=dt.UTC), 90))
    assert read_sheet(ACTIONS["facture"], sheet(amount="1 234,50 €")) == facts.InvoiceSent(FIRST, (), Cents(123_450))
    assert read_sheet(ACTIONS["note"], sheet(text="Rappeler")) == facts.NoteAdded("Rappeler")
    assert read_sheet(ACTIONS["message"], sheet(text="Bonjour")) == facts.MessageWritten("Bonjour", PLUMBER, FIRST)


@pytest.mark.parametrize(
    ("action", "typed", "field"),
    [
        ("accepter", {}, "date"),
        ("accepter", {"date": "2026-09-24", "time": "14:30"}, "duration_hours"),
        ("accepter", {"date": "2025-01-01", "time": "14:30", "duration_hours": "1"}, "date"),
        ("facture", {}, "amount"),
        ("facture", {"amount": "beaucoup"}, "amount"),
        ("note", {}, "text"),
        ("message", {"text": " "}, "text"),
    ],
)
def test_actions_name_their_mistakes(action: str, typed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_sheet(ACTIONS[action], sheet(**typed))
    assert field in refused.value.fields


def test_a_message_goes_only_to_somebody_of_the_ticket() -> None:
    assert addressee(opened().ticket, "demandeur").name == "Camille Démo"
    with pytest.raises(NotFoundError):
        addressee(opened().ticket, "nobody")


@pytest.mark.parametrize(
    ("decision", "step"),
    [
        (opened(), "answer"),
        (accepted(), "end"),
        (ended(), "invoice"),
        (after(ended(), (facts.InvoiceSent(FIRST), SUPPLIER)), "wait"),
        (after(accepted(), (facts.TicketClosed(), MANAGER)), "over"),
        (after(opened(), (facts.OrderRefused(FIRST), SUPPLIER)), "over"),
    ],
)
def test_the_supplier_is_asked_only_what_is_expected_now(decision: Decision, step: str) -> None:
    assert expected(decision.ticket, decision.ticket.engagements[0]) == step


def reply(**typed: str) -> Reply:
    return Reply(Typed(typed), FIRST, MONDAY, PARIS)


def test_the_supplier_s_answers_are_read() -> None:
    slot = read_answer(
        reply(answer="accept", date="2026-09-24", when="slot", slot_from="14:00", slot_to="16:00", duration_hours="1")
    )
    assert isinstance(slot, facts.OrderAccepted)
    assert slot.appointment.slot_end == dt.datetime(2026, 9, 24, 14, 0, tzinfo=dt.UTC)
    assert read_answer(reply(answer="refuse", comment="Complet")) == facts.OrderRefused(FIRST, "Complet")
    assert read_end(reply(comment="Fait")) == facts.InterventionEnded(FIRST, "Fait")
    assert read_message(reply(message="J’arrive")) == facts.MessageWritten("J’arrive", None, FIRST)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "answer"),
        ({"answer": "accept"}, "date"),
        (
            {"answer": "accept", "date": "2026-09-24", "when": "slot", "slot_from": "16:00", "slot_to": "14:00"},
            "slot_to",
        ),
        ({"answer": "accept", "date": "2026-09-24", "time": "9:00", "duration_hours": "1", "days": "99"}, "days"),
    ],
)
def test_the_supplier_s_mistakes_are_named(typed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_answer(reply(**typed))
    assert field in refused.value.fields


def test_an_invoice_needs_its_file() -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_invoice(reply(amount="10"))
    assert refused.value.fields == {"invoice": "required"}


def test_a_supplier_opens_the_order_s_files_and_his_own_words_only() -> None:
    secret = Attachment("files/demo/2", "interne.pdf", "application/pdf", 1)
    note = after(accepted(attachments=(PHOTO,)), (facts.NoteAdded("note", (secret,)), MANAGER))
    files = visible_files(file_of(note), EngagementId(FIRST))
    assert [one.name for one in files.values()] == ["photo.jpg"]


def test_a_supplier_may_not_do_what_is_the_manager_s() -> None:
    ticket = accepted().ticket
    assert not allowed(ticket, ticket.engagements[0], facts.TicketClosed, ActorKind.SUPPLIER)
    assert not allowed(ticket, None, facts.NoteAdded, CLIENT.kind)


def test_the_agency_may_hide_its_mail_from_suppliers() -> None:
    """TCK-044."""
    settings = AgencySettings(agency_contact=AgencyContact(email="a@agence.example"))
    shown = Agency(AGENCY, "Agence", settings=settings)
    hidden = Agency(AGENCY, "Agence", settings=settings, syndic=ModuleSettings(tickets_hide_agency_email=True))
    assert agency_card(shown, "syndic").emails == ("a@agence.example",)
    assert agency_card(hidden, "syndic").emails == ()
