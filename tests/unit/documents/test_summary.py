"""The summary of a ticket, read back from the PDF (OUT-001)."""

import datetime as dt
import io
import re
from zoneinfo import ZoneInfo

import msgspec
import pytest
from pypdf import PdfReader

from palier.documents import wording
from palier.documents.summary import Summary, summary_of
from palier.documents.summary_pdf import draw_summary
from palier.kernel.money import Cents
from palier.tickets import facts
from palier.tickets.decide import Moment, decide
from palier.tickets.facts import Entry, Fact
from palier.tickets.model import Actor, ActorKind, Attachment, Contact, Ticket, TimerKind
from tests.unit.messages.out.letters import (
    AGENCY,
    APPOINTMENT,
    CLIENT,
    DRAFT,
    MANAGER,
    NOTE,
    NOW,
    ORDER,
    PHOTO,
    SUPPLIER,
    order,
    then,
)

ZONE = ZoneInfo("Europe/Paris")
MADE = NOW + dt.timedelta(days=30)


def played(*acts: tuple[Fact, Actor], draft: object = DRAFT) -> tuple[Ticket, tuple[Entry, ...]]:
    """Play a ticket through the real decisions."""
    opened = order(draft)  # type: ignore[arg-type]
    ticket, entries = opened.ticket, [opened.entry]
    for fact, by in acts:
        decision = then(ticket, fact, by)
        ticket = decision.ticket
        entries.append(decision.entry)
    return ticket, tuple(entries)


WHOLE: tuple[tuple[Fact, Actor], ...] = (
    (facts.MessageWritten("Il y a une auréole au plafond.", attachments=()), CLIENT),
    (facts.NoteAdded(NOTE), MANAGER),
    (facts.OrderAccepted(ORDER, APPOINTMENT, "Prévoir l’accès à la cave."), SUPPLIER),
    (facts.MessageWritten("Merci d’ouvrir.", to=Contact("Marc Témoin")), MANAGER),
    (facts.InterventionEnded(ORDER, "Siphon remplacé.", proofs=(PHOTO,)), SUPPLIER),
    (facts.InvoiceAsked(ORDER), MANAGER),
    (facts.InvoiceSent(ORDER, (Attachment("k", "Facture n° 118.pdf", "application/pdf", 9),), Cents(123456)), SUPPLIER),
    (facts.TicketClosed("Merci à tous."), MANAGER),
)


def summary(*acts: tuple[Fact, Actor]) -> Summary:
    ticket, entries = played(*acts)
    return summary_of(AGENCY, ticket, entries, MADE)


def pages(of: Summary) -> list[str]:
    reader = PdfReader(io.BytesIO(draw_summary(of)))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def test_everything_the_catalogue_asks_for_is_in_the_pdf() -> None:
    text = " ".join(pages(summary(*WHOLE)))
    for wanted in (
        "1234", "Fuite sous l’évier", "Agence de l’Exemple", "Ordre de service", "Ticket clos",
        "dimanche 22 novembre 2026 à 10 h 30", "lundi 30 novembre 2026 à 10 h 30",
        "Léa Modèle", "Claire Exemple", "L’eau coule depuis ce matin.", "Résidence des Tilleuls", "44000 Nantes",
        "1 234,56 €", "Plomberie Fictive", "mardi 24 novembre 2026 à 14 h 30", "Prévoir l’accès à la cave.",
        "Message à Marc Témoin", "Facture n° 118.pdf", "fuite d’eau.jpg", "Merci à tous.",
    ):  # fmt: skip
        assert wanted in text, wanted


def test_internal_notes_and_original_words_stay_inside() -> None:
    """TCA-041, FUP-004."""
    text = " ".join(pages(summary(*WHOLE)))
    assert "NOTE INTERNE" not in text
    assert DRAFT.original_description not in text
    assert "lea@client.example" not in text


def test_the_detail_is_dated_and_in_the_order_things_happened() -> None:
    steps = summary(*WHOLE).steps
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert [step.title for step in steps] == [
        "Ordre de service créé",
        "Message reçu",
        "Intervention acceptée",
        "Message à Marc Témoin",
        "Fin d’intervention",
        "Facture demandée",
        "Facture reçue",
        "Ticket clos",
    ]


def test_each_page_says_which_of_how_many() -> None:
    told = pages(summary(*WHOLE))
    assert [f"Page {number}/{len(told)}" in text for number, text in enumerate(told, start=1)] == [True] * len(told)
    assert all("Fuite sous l’évier" in text for text in told)


def test_an_open_ticket_says_what_is_not_known_yet() -> None:
    told = summary()
    known = {fact.label: fact.value for fact in told.facts}
    assert known["Clôturé le"] == "–"
    assert known["Montant de l’intervention"] == "Non communiqué"


def test_a_ticket_of_200_entries_makes_a_whole_document() -> None:
    many = tuple((facts.MessageWritten(f"Message {n}. " + "Une phrase. " * (n % 40)), CLIENT) for n in range(200))
    told = pages(summary(*many))
    assert len(told) > 10
    assert "Message 199." in " ".join(told)
    assert f"Page {len(told)}/{len(told)}" in told[-1]


def test_one_endless_message_flows_over_pages() -> None:
    told = pages(summary((facts.MessageWritten("mot " * 6000 + "FIN"), CLIENT)))
    assert len(told) > 3
    assert "FIN" in told[-1]


def test_nothing_that_people_type_can_stop_the_document() -> None:
    nasty = "Łódź 👍🏽 \u202e\x00 ﷽ " + "sansespace" * 60 + " {nb} %s <b>"
    draft = msgspec.structs.replace(DRAFT, subject=nasty, description=nasty)
    ticket, entries = played((facts.MessageWritten(nasty), CLIENT), draft=draft)
    told = pages(summary_of(AGENCY, ticket, entries, MADE))
    assert "Lódz" in " ".join(told)


def test_a_reminder_held_back_in_silent_mode_is_not_told() -> None:
    """REM-020."""
    opened = order(msgspec.structs.replace(DRAFT, silent=True))
    due = opened.ticket.engagements[0].timers[TimerKind.ODS].due
    clockwork = Moment(Actor(ActorKind.SYSTEM, "Palier"), due, ZONE)
    fired = decide(opened.ticket, facts.TimerFired(ORDER, TimerKind.ODS, 1), clockwork)
    assert not wording.told(fired.entry)


@pytest.mark.parametrize("fact", facts.Fact.__args__)
def test_every_kind_of_fact_but_the_note_has_a_title(fact: type) -> None:
    """A new fact without words would stop every summary that holds it."""
    titled = set(wording._TITLES) | {facts.TicketOpened, facts.TimerFired, facts.MessageWritten, facts.NoteAdded}
    assert fact in titled
