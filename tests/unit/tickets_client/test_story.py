"""What a client reads of a ticket (FUP-004, ROL-027; law.md §3), through the page as it is rendered."""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.kernel.ids import EngagementId, PartyId
from palier.kernel.money import Cents
from palier.people.caller import Caller
from palier.tickets import facts
from palier.tickets.client.page import LABELS, Shown, files_for, ticket_page
from palier.tickets.client.story import Reader, tell_story
from palier.tickets.facts import Entry, Fact
from palier.tickets.model import (
    Actor,
    ActorKind,
    Appointment,
    Attachment,
    Contact,
    Engagement,
    Ticket,
    TicketType,
    TimerKind,
)
from palier.tickets.status import Status
from palier.web.render import page
from palier.web.shell import public_shell
from tests.unit.tickets_client.people import NOW, caller, ticket, with_draft

PARIS = ZoneInfo("Europe/Paris")
HIDDEN = "hidden-word"
OTHER = Actor(ActorKind.CLIENT, HIDDEN, PartyId("P2"))
MANAGER = Actor(ActorKind.MANAGER, "Gestionnaire Fictive", PartyId("M1"))
SUPPLIER = Actor(ActorKind.SUPPLIER, "Plomberie Fictive", PartyId("S1"))
SYSTEM = Actor(ActorKind.SYSTEM, "système")
ENGAGEMENT = EngagementId("E1")
VISIT = Appointment(dt.datetime(2026, 11, 26, 13, 30, tzinfo=dt.UTC), 60)
SECRET_FILE = Attachment("files/demo/hidden-word/x.pdf", f"{HIDDEN}.pdf", "application/pdf", 9)
NEIGHBOUR = Contact(
    HIDDEN, PartyId("P2"), HIDDEN, (f"{HIDDEN}@mail.example",), ("+33639980001",), HIDDEN, comment=HIDDEN
)
PLUMBER = Contact("Plomberie Fictive", PartyId("S1"), emails=(f"{HIDDEN}@plombier.example",), comment=HIDDEN)
DRAFT = msgspec.structs.replace(
    ticket().draft,
    description=HIDDEN,
    original_description=HIDDEN,
    original_mail=HIDDEN,
    requester=NEIGHBOUR,
    contact_person=NEIGHBOUR,
    notified=(NEIGHBOUR,),
    attachments=(SECRET_FILE,),
)

UNSEEN: dict[str, tuple[Actor, Fact]] = {
    "opened by a neighbour": (OTHER, facts.TicketOpened(TicketType.PRE, DRAFT)),
    "validated": (MANAGER, facts.PreTicketValidated(TicketType.ODS, DRAFT, (facts.Ask(ENGAGEMENT, PLUMBER),))),
    "dropped": (MANAGER, facts.PreTicketCancelled(HIDDEN)),
    "accepted": (SUPPLIER, facts.OrderAccepted(ENGAGEMENT, VISIT, HIDDEN)),
    "refused": (SUPPLIER, facts.OrderRefused(ENGAGEMENT, HIDDEN)),
    "request cancelled": (MANAGER, facts.RequestCancelled(ENGAGEMENT, HIDDEN)),
    "intervention cancelled": (MANAGER, facts.InterventionCancelled(ENGAGEMENT, HIDDEN)),
    "ended": (SUPPLIER, facts.InterventionEnded(ENGAGEMENT, HIDDEN, (SECRET_FILE,), (SECRET_FILE,), Cents(123))),
    "invoice asked": (MANAGER, facts.InvoiceAsked(ENGAGEMENT)),
    "invoice": (SUPPLIER, facts.InvoiceSent(ENGAGEMENT, (SECRET_FILE,), Cents(123), HIDDEN)),
    "reminder": (SYSTEM, facts.TimerFired(ENGAGEMENT, TimerKind.ODS, 3)),
    "note": (MANAGER, facts.NoteAdded(HIDDEN, (SECRET_FILE,))),
    "message of the supplier": (SUPPLIER, facts.MessageWritten(HIDDEN, None, ENGAGEMENT, (SECRET_FILE,))),
    "message to the supplier": (MANAGER, facts.MessageWritten(HIDDEN, PLUMBER, ENGAGEMENT, (SECRET_FILE,))),
    "message to a neighbour": (MANAGER, facts.MessageWritten(HIDDEN, NEIGHBOUR, None, (SECRET_FILE,))),
    "message of a neighbour": (OTHER, facts.MessageWritten(HIDDEN, None, None, (SECRET_FILE,))),
    "chased": (OTHER, facts.RequestChased()),
    "closed": (MANAGER, facts.TicketClosed(HIDDEN)),
    "reopened": (MANAGER, facts.TicketReopened(HIDDEN)),
}


def rendered(one: Ticket, entries: tuple[Entry, ...], who: Caller) -> str:
    view = ticket_page(one, entries, Shown(who, PARIS))
    return page("client/intervention.html", shell=public_shell("Agence Démo"), page=view).text


def told(*said: tuple[Actor, Fact]) -> tuple[Entry, ...]:
    hours = (NOW + dt.timedelta(hours=one) for one in range(len(said)))
    return tuple(
        Entry(seq, at, by, fact, Status.AWAITING_END)
        for seq, (at, (by, fact)) in enumerate(zip(hours, said, strict=True), 1)
    )


def neighbours(status: Status) -> Ticket:
    """A ticket of P2 that P1 may follow, full of what P1 must not read."""
    engagement = Engagement(ENGAGEMENT, PLUMBER, Status.AWAITING_END, NOW, VISIT)
    one = msgspec.structs.replace(ticket(), draft=DRAFT, engagements=(engagement,), status=status)
    return msgspec.structs.replace(one, creator=OTHER)


def test_the_cases_cover_every_kind_of_fact() -> None:
    assert {type(fact) for _, fact in UNSEEN.values()} == set(facts.Fact.__args__)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(sorted(UNSEEN)), max_size=12), st.sampled_from(Status))
def test_nothing_internal_and_nothing_of_a_neighbour_is_ever_rendered(names: list[str], status: Status) -> None:
    """FUP-004, ROL-027: whatever happened to the ticket, in whatever order."""
    entries, one = told(*(UNSEEN[name] for name in names)), neighbours(status)
    text = rendered(one, entries, caller("P1"))
    assert HIDDEN not in text
    assert "0639980001" not in text
    assert "1,23" not in text
    assert files_for(one, entries, caller("P1")) == {}


def test_the_marked_words_would_show_if_they_were_the_readers_own() -> None:
    """The test above can fail: the same timeline, read by its own requester."""
    entries = told(UNSEEN["opened by a neighbour"], UNSEEN["message to a neighbour"])
    text = rendered(neighbours(Status.AWAITING_END), entries, caller("P2"))
    assert HIDDEN in text
    assert set(files_for(neighbours(Status.AWAITING_END), entries, caller("P2"))) == {"1-0", "2-0"}


def test_a_client_sees_the_steps_and_his_own_messages() -> None:
    me = Actor(ActorKind.CLIENT, "Camille Essai", PartyId("P1"))
    answer = facts.MessageWritten("Nous venons jeudi.", Contact("Camille Essai", PartyId("P1")))
    entries = told(
        (me, facts.TicketOpened(TicketType.PRE, ticket().draft)),
        (MANAGER, facts.PreTicketValidated(TicketType.ODS, ticket().draft, ())),
        UNSEEN["accepted"],
        (me, facts.MessageWritten("Le code est changé.")),
        (MANAGER, answer),
    )
    one = with_draft(ticket(status=Status.AWAITING_END), requester=Contact("Camille Essai", PartyId("P1")))
    view = ticket_page(one, entries, Shown(caller("P1"), PARIS))
    assert [step.title for step in view.steps] == [
        "Demande enregistrée", "Demande validée par l’agence", "Rendez-vous fixé", "Fin de l’intervention",
    ]  # fmt: skip
    assert [(message.author, message.text) for message in view.messages] == [
        ("Vous", "Le code est changé."),
        ("Agence Démo", "Nous venons jeudi."),
    ]


def test_why_a_request_was_dropped_is_for_its_requester_alone() -> None:
    """REQ-009."""
    entries = told((MANAGER, facts.PreTicketCancelled("Déjà réparé.")))
    assert tell_story(ticket(), entries, Reader(PartyId("P1"), requester=True)).steps[0].text == "Déjà réparé."
    assert tell_story(ticket(), entries, Reader(PartyId("P1"), requester=False)).steps[0].text == ""


def test_a_description_the_manager_rewrote_is_for_all_who_follow() -> None:
    one = with_draft(ticket(), original_description="Ça coule chez moi", description="Recherche de fuite, 2e étage")
    assert tell_story(one, (), Reader(PartyId("P9"), requester=False)).description == "Recherche de fuite, 2e étage"


def test_original_words_kept_inside_the_description_stay_hidden() -> None:
    one = with_draft(
        ticket(), original_description="Ça coule\nchez moi", description="Urgent : ça  coule chez moi. Voir."
    )
    assert tell_story(one, (), Reader(PartyId("P9"), requester=False)).description == ""


def test_a_neighbour_reads_the_building_and_not_the_lot() -> None:
    assert tell_story(ticket(), (), Reader(PartyId("P9"), requester=False)).place == "Les Lilas"
    assert tell_story(ticket(), (), Reader(PartyId("P1"), requester=True)).place == "Les Lilas – Lot 1 – Appartement"


def test_every_status_has_words_for_clients() -> None:
    assert set(LABELS) == set(Status)


def test_who_asked_by_mail_reads_his_own_words_and_files_and_a_neighbour_does_not() -> None:
    """A mail is taken in by the system; its sender is the requester it was opened with."""
    one = ticket()
    sender = msgspec.structs.replace(NEIGHBOUR, party=PartyId("P1"))
    opened = facts.TicketOpened(
        TicketType.PRE, msgspec.structs.replace(DRAFT, requester=sender, attachments=(SECRET_FILE,))
    )
    entries = (Entry(1, NOW, SYSTEM, opened, Status.PENDING_VALIDATION),)
    his = tell_story(one, entries, Reader(PartyId("P1"), requester=True))
    assert his.own_words == HIDDEN
    assert his.sent == entries
    another = tell_story(one, entries, Reader(PartyId("P2"), requester=False))
    assert (another.own_words, another.sent) == ("", ())
    replaced = tell_story(one, entries, Reader(PartyId("P3"), requester=True))
    assert (replaced.own_words, replaced.sent) == ("", ())
