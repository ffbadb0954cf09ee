"""Which reader is told what (section 39, law.md §3)."""

import datetime as dt

import msgspec
import pytest

from palier.kernel.clock import iso
from palier.kernel.delays import Delay, DelayUnit
from palier.messages.compose import compose
from palier.messages.compose_letter import Letter
from palier.messages.model import Channel, OutMessage
from palier.messages.templates.view import MailView
from palier.tickets import facts
from palier.tickets.decide import Moment, decide
from palier.tickets.model import Actor, ActorKind, Appointment, Attachment, Contact, Engagement, TimerKind
from palier.tickets.status import Status
from palier.tickets.table import ROWS
from tests.unit.messages.out.letters import (
    AGENCY,
    APPOINTMENT,
    CLIENT,
    DRAFT,
    LEA,
    MANAGER,
    NOTE,
    NOW,
    ORDER,
    PLUMBER,
    SUPPLIER,
    ZONE,
    accepted,
    letter,
    letter_to,
    order,
    then,
    with_module,
)

LINK, SITE = "https://agence.example/x", "https://agence.example"
KEYS = sorted({tell.template for row in ROWS for tell in row.tell} | {"stf.third_party_action"})


def view(of: Letter) -> MailView:
    return compose(of, LINK, SITE)


@pytest.mark.parametrize("key", KEYS)
def test_no_reader_but_the_staff_gets_what_is_the_requesters_or_internal(key: str) -> None:
    """FUP-004: neither his contact data nor his original words; TCA-041: no internal note, ever."""
    noted = then(accepted().ticket, facts.NoteAdded(NOTE))
    shown = msgspec.json.encode(view(letter_to(noted, key))).decode()
    assert NOTE not in shown
    assert "lea@client.example" not in shown
    assert DRAFT.original_description not in shown
    assert DRAFT.original_mail not in shown
    assert ("Léa Modèle" in shown) is key.startswith("stf.")


def test_the_supplier_gets_everything_it_takes_to_come() -> None:
    """SLF-003."""
    shown = view(letter(order(), "sup.ods_request"))
    assert (shown.number, shown.subject, shown.place) == ("1234", "Fuite sous l’évier", "Résidence des Tilleuls")
    assert shown.address == ("3 rue du Modèle", "44000 Nantes")
    assert shown.access == "12B45"
    assert shown.comment == PLUMBER.comment
    assert shown.contact is not None
    assert (shown.contact.name, shown.contact.phone, shown.contact.note) == ("Marc Témoin", "06 39 98 00 22", "Loge A")
    assert shown.files == ("fuite d’eau.jpg",)
    assert shown.description == "L’eau coule depuis ce matin.\nLe robinet d’arrêt est bloqué."
    assert shown.link == LINK


def test_hidden_agency_address_is_left_out_for_suppliers_only() -> None:
    """TCK-044."""
    hiding = with_module(tickets_hide_agency_email=True)
    told, notified = order(), order()
    supplier = view(letter(told, "sup.ods_request", hiding))
    other = view(letter(notified, "ntf.ticket_created", hiding))
    assert "@agence.example" not in msgspec.json.encode(supplier).decode()
    assert supplier.agency.phone == "01 99 00 00 00"
    assert other.agency.email == "contact@agence.example"


def test_contact_person_can_call_the_supplier_first() -> None:
    """TPL-006."""
    shown = view(letter(order(), "con.contact_warned", channel=Channel.SMS))
    assert shown.supplier is not None
    assert (shown.supplier.name, shown.supplier.phone) == ("Plomberie Fictive", "01 99 00 11 22 / 06 39 98 00 11")
    assert shown.access == ""


def test_appointment_is_told_in_french_local_time() -> None:
    shown = view(letter(accepted(), "ntf.intervention_accepted"))
    assert shown.appointment_line == "mardi 24\u00a0novembre 2026 à 14\u00a0h\u00a030"
    assert [(one.label, one.value) for one in shown.appointment] == [
        ("Date", "mardi 24\u00a0novembre 2026"),
        ("Heure", "14\u00a0h\u00a030"),
        ("Durée prévue", "1\u00a0h\u00a030"),
    ]


def test_a_slot_over_several_days_says_so() -> None:
    slot = Appointment(APPOINTMENT.start, 0, APPOINTMENT.start + dt.timedelta(hours=2), days=3)
    taken = then(order().ticket, facts.OrderAccepted(ORDER, slot), SUPPLIER)
    shown = view(letter(taken, "ntf.intervention_accepted"))
    assert shown.appointment_line.endswith("entre 14\u00a0h\u00a030 et 16\u00a0h\u00a030")
    assert ("Sur", "3\u00a0jours") in [(one.label, one.value) for one in shown.appointment]


def test_a_reminder_says_which_one_of_how_many() -> None:
    opened = order().ticket
    due = opened.engagements[0].timers[TimerKind.ODS].due
    clockwork = Moment(Actor(ActorKind.SYSTEM, "Palier"), due, ZONE)
    fired = decide(opened, facts.TimerFired(ORDER, TimerKind.ODS, 1), clockwork)
    shown = view(letter(fired, "sup.ods_reminder"))
    assert (shown.count, shown.count_max) == (1, 3)


def test_a_reminder_without_limit_has_no_maximum() -> None:
    draft = msgspec.structs.replace(DRAFT, delays=msgspec.structs.replace(DRAFT.delays, ods=Delay(7, DelayUnit.DAYS)))
    told = order(draft)
    engagement: Engagement = msgspec.structs.replace(told.ticket.engagements[0], reminders={TimerKind.ODS: 5})
    fired = msgspec.structs.replace(
        told,
        ticket=msgspec.structs.replace(told.ticket, engagements=(engagement,)),
        entry=msgspec.structs.replace(told.entry, what=facts.TimerFired(ORDER, TimerKind.ODS, 1)),
    )
    shown = view(letter_to(fired, "sup.ods_reminder"))
    assert (shown.count, shown.count_max) == (5, 0)


def test_the_manager_learns_who_did_what() -> None:
    """TCA-048."""
    proof = Attachment("files/demo/a", "photo.jpg", "image/jpeg", 10)
    done = then(accepted().ticket, facts.InterventionEnded(ORDER, "Joint changé", proofs=(proof,)), SUPPLIER)
    shown = view(letter(done, "stf.third_party_action"))
    assert (shown.actor, shown.action) == ("Plomberie Fictive", "a confirmé la fin de l’intervention")
    assert (shown.comment, shown.files) == ("Joint changé", ("photo.jpg",))
    assert shown.requester == "Léa Modèle"


def test_a_clients_message_reaches_the_manager_with_its_text() -> None:
    said = then(order().ticket, facts.MessageWritten("Toujours rien ?\r\nMerci"), CLIENT)
    shown = view(letter(said, "stf.new_message"))
    assert (shown.actor, shown.text) == ("Léa Modèle", "Toujours rien ?\nMerci")


def test_a_message_to_a_party_carries_its_text_and_nothing_of_the_way_in() -> None:
    to = Contact("Voisine", emails=("voisine@client.example",))
    said = then(order().ticket, facts.MessageWritten("Merci d’ouvrir.", to=to))
    shown = view(letter(said, "msg.third_party"))
    assert (shown.text, shown.access, shown.contact) == ("Merci d’ouvrir.", "", None)


def test_the_agencys_comment_goes_to_who_is_cancelled() -> None:
    gone = then(order().ticket, facts.RequestCancelled(ORDER, "Doublon"))
    assert view(letter(gone, "sup.request_cancelled")).comment == "Doublon"


def test_the_closing_comment_stays_in_the_agency() -> None:
    closed = then(order().ticket, facts.TicketClosed("Geste commercial"))
    assert closed.ticket.status is Status.CLOSED
    assert "Geste" not in msgspec.json.encode(view(letter(closed, "ntf.ticket_closed"))).decode()


def test_a_password_link_says_how_long_it_lives() -> None:
    values = {"party": "lea", "nonce": "n", "expires": iso(NOW + dt.timedelta(hours=1))}
    message = OutMessage("cli.password_reset", Channel.EMAIL, LEA.emails[0], LEA.name, NOW, values=values)
    shown = view(Letter(message, AGENCY))
    assert (shown.minutes, shown.number, shown.audience) == (60, "", "client")


def test_an_acknowledgement_carries_the_number_it_was_given() -> None:
    message = OutMessage("eml.ack", Channel.EMAIL, LEA.emails[0], "", NOW, values={"number": "12", "subject": "Fuite"})
    shown = view(Letter(message, AGENCY))
    assert (shown.number, shown.subject) == ("12", "Fuite")


def test_who_acts_for_the_agency_is_named_as_its_manager() -> None:
    shown = view(letter(order(), "sup.ods_request"))
    assert shown.manager is not None
    assert (shown.manager.name, shown.manager.role) == (MANAGER.name, "gestionnaire")
