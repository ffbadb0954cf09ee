"""The client's pages about tickets: the list in its groups (FUP-002, FUP-003), one ticket step by step (FUP-004)."""

from collections.abc import Iterable
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from palier.agencies.model import Agency
from palier.people.caller import Caller
from palier.tickets import words
from palier.tickets.cards import Card
from palier.tickets.client.sight import is_requester, shows_pre_tickets
from palier.tickets.client.story import Message, Reader, Step, Story, tell_story
from palier.tickets.facts import Entry
from palier.tickets.model import Appointment, Attachment, Ticket, TicketType
from palier.tickets.status import OVER, Status
from palier.web import french
from palier.web.downloads import files_named, links
from palier.web.views.client import (
    FollowUpStep,
    InterventionGroup,
    InterventionListPage,
    InterventionPage,
    InterventionRow,
    ThreadMessage,
)
from palier.web.views.common import ContactCard, Paging, StatusTag
from palier.web.views.forms import FormState, UploadField

Group = Literal["pre", "open", "closed"]

_TO_PLAN, _DONE, _QUOTE = "Rendez-vous à fixer", "Intervention terminée", "Devis en cours"
LABELS: dict[Status, str] = {
    Status.PENDING_VALIDATION: "En attente de validation",
    Status.PRE_CANCELLED: "Demande annulée",
    Status.AWAITING_APPOINTMENT: _TO_PLAN,
    Status.APPOINTMENT_PROPOSED: _TO_PLAN,
    Status.AWAITING_END: "Rendez-vous fixé",
    Status.INTERVENTION_DONE: _DONE,
    Status.AWAITING_INVOICE: _DONE,
    Status.INVOICE_RECEIVED: _DONE,
    Status.INTERVENTION_REFUSED: _TO_PLAN,
    Status.INTERVENTION_CANCELLED: _TO_PLAN,
    Status.REQUEST_CANCELLED: _TO_PLAN,
    Status.AWAITING_QUOTE: _QUOTE,
    Status.QUOTE_VISIT_PLANNED: _QUOTE,
    Status.QUOTE_DECLINED: _QUOTE,
    Status.QUOTE_RECEIVED: _QUOTE,
    Status.AWAITING_APPROVAL: _QUOTE,
    Status.QUOTE_APPROVED: _QUOTE,
    Status.QUOTE_DISAPPROVED: _QUOTE,
    Status.QUOTE_REFUSED: _QUOTE,
    Status.QUOTE_ACCEPTED: _TO_PLAN,
    Status.IN_PROGRESS: "En cours",
    Status.CLOSED: "Clos",
    Status.REOPENED: "En cours",
}
_NEXT = {
    "En attente de validation": "Validation par l’agence",
    _TO_PLAN: "Rendez-vous avec l’intervenant",
    "Rendez-vous fixé": "Fin de l’intervention",
    _QUOTE: "Choix du devis",
    _DONE: "Clôture par l’agence",
}
_TITLES: dict[Group, tuple[str, str]] = {
    "pre": ("Pré-tickets", "Aucune demande n’attend la validation de l’agence."),
    "open": ("En cours", "Aucune intervention n’est en cours."),
    "closed": ("Clôturés", "Aucune intervention n’est close."),
}


def client_tag(status: Status) -> StatusTag:
    """Return a status as clients read it: without invoices, quotes in detail and who waits for whom (ROL-027)."""
    return StatusTag(LABELS[status], "red" if status in OVER else "grey")


def list_page(
    cards: Iterable[Card], caller: Caller, agency: Agency, zone: ZoneInfo, *, next_url: str, new_url: str
) -> InterventionListPage:
    """Return the list in its groups; the cards are those that the caller may see."""
    rows: dict[Group, list[InterventionRow]] = {"pre": [], "open": [], "closed": []}
    for card in cards:
        rows[_group(card)].append(_row(card, caller, zone))
    shown: list[Group] = ["pre", "open", "closed"] if shows_pre_tickets(agency, caller) else ["open", "closed"]
    groups = tuple(
        InterventionGroup(*_TITLES[key], rows=tuple(rows[key]), key=key, paging=_paging(key, next_url)) for key in shown
    )
    return InterventionListPage(groups, new_url)


def _paging(key: Group, next_url: str) -> Paging:
    return Paging(next_url=next_url) if key == "closed" else Paging()


def _group(card: Card) -> Group:
    if card.status in OVER:
        return "closed"
    return "pre" if card.type is TicketType.PRE else "open"


def _row(card: Card, caller: Caller, zone: ZoneInfo) -> InterventionRow:
    words_of_another = card.requester not in {"", caller.party} or card.type is TicketType.PRE
    mine = card.requester == caller.party
    return InterventionRow(
        number=str(card.number),
        url=f"/interventions/{card.number}",
        date=french.moment(card.created, zone, dense=True),
        status=client_tag(card.status),
        subject=card.subject,
        description=card.excerpt if mine or not words_of_another else "",
        urgent=card.urgent,
    )


class Shown(msgspec.Struct, frozen=True):
    """What a ticket's page needs besides the ticket."""

    caller: Caller
    zone: ZoneInfo
    message: FormState | None = None
    upload: UploadField | None = None


def reader_of(ticket: Ticket, caller: Caller) -> Reader:
    """Return the caller as a reader of this ticket."""
    return Reader(caller.party, is_requester(ticket, caller))


def ticket_page(ticket: Ticket, entries: tuple[Entry, ...], shown: Shown) -> InterventionPage:
    """Return one ticket as the caller may read it."""
    reader = reader_of(ticket, shown.caller)
    story, base = tell_story(ticket, entries, reader), f"/interventions/{ticket.number}/fichiers"
    own_words = story.own_words if story.own_words.strip() != story.description.strip() else ""
    return InterventionPage(
        number=str(ticket.number),
        subject=ticket.draft.subject,
        status=client_tag(ticket.status),
        place=story.place or "Lieu à préciser",
        opened=french.moment(ticket.opened_at, shown.zone),
        steps=_steps(story, ticket, shown.zone),
        description=story.description,
        own_words=own_words,
        urgent=ticket.draft.urgent,
        appointment=_appointment(story.appointment, shown.zone),
        supplier=ContactCard(story.supplier) if story.supplier else None,
        files=links(base, _request_files(story)),
        messages=tuple(message_view(one, shown.caller, shown.zone, base) for one in story.messages),
        message_form=shown.message if ticket.status not in OVER else None,
        upload=shown.upload if ticket.status not in OVER else None,
    )


def files_for(ticket: Ticket, entries: tuple[Entry, ...], caller: Caller) -> dict[str, Attachment]:
    """Return the files of a ticket that the caller may take, by their short names (DOC-032)."""
    story = tell_story(ticket, entries, reader_of(ticket, caller))
    return {name: file for entry in story.sent for name, file in files_named(entry).items()}


def _request_files(story: Story) -> dict[str, Attachment]:
    told = {message.entry.seq for message in story.messages}
    return {name: file for entry in story.sent if entry.seq not in told for name, file in files_named(entry).items()}


def message_view(message: Message, caller: Caller, zone: ZoneInfo, base: str) -> ThreadMessage:
    """Return one message as it is shown; the agency speaks with one voice."""
    return ThreadMessage(
        author="Vous" if message.mine else caller.agency_name,
        at=french.moment(message.at, zone),
        text=message.text,
        mine=message.mine,
        files=links(base, files_named(message.entry)),
    )


def _steps(story: Story, ticket: Ticket, zone: ZoneInfo) -> tuple[FollowUpStep, ...]:
    told = [_step(step, zone) for step in story.steps]
    if ticket.status in OVER:
        return tuple(told)
    if told:
        told[-1] = msgspec.structs.replace(told[-1], state="current")
    coming = _NEXT.get(LABELS[ticket.status])
    return (*told, FollowUpStep(coming, state="coming")) if coming else tuple(told)


def _step(step: Step, zone: ZoneInfo) -> FollowUpStep:
    appointment = words.appointment_facts(step.appointment, zone)
    return FollowUpStep(step.title, french.moment(step.at, zone), step.text, "done", appointment)


def _appointment(appointment: Appointment | None, zone: ZoneInfo) -> str:
    if appointment is None:
        return ""
    return f"{_capital(french.day(appointment.start, zone))}, {words.hours(appointment, zone)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
