"""The pages *Mes demandes* and one request, whether it became a ticket or not (REQ-006…009)."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import msgspec

from palier.people.caller import Caller
from palier.requests.model import ClientRequest, RequestFile, RequestStatus, Said, next_chase
from palier.requests.store import RequestCard
from palier.tickets import words
from palier.tickets.cards import Card
from palier.tickets.client.page import LABELS, files_for, message_view
from palier.tickets.client.story import Reader, Story, tell_story
from palier.tickets.facts import Entry
from palier.tickets.model import Attachment, Ticket, TicketType
from palier.tickets.status import Status
from palier.web import french
from palier.web.downloads import files_named, links
from palier.web.views.client import RequestPage, RequestRow, ThreadMessage
from palier.web.views.common import Link
from palier.web.views.forms import FormState

_STATUSES = {RequestStatus.OPEN: "Envoyée, en attente de réponse", RequestStatus.ANSWERED: "L’agence a répondu"}
_REFUSED = "L’agence n’a pas donné suite à cette demande."
_TAKEN = "L’agence a validé votre demande."


class Asking(msgspec.Struct, frozen=True):
    """What the page of a request needs besides it: who reads, when, and the form to chase with."""

    caller: Caller
    zone: ZoneInfo
    now: dt.datetime
    chase: FormState
    follow_url: str = ""


def rows(cards: Iterable[RequestCard | Card], zone: ZoneInfo) -> tuple[RequestRow, ...]:
    """Return the lines of *Mes demandes*."""
    return tuple(_ticket_row(card, zone) if isinstance(card, Card) else _row(card, zone) for card in cards)


def _row(card: RequestCard, zone: ZoneInfo) -> RequestRow:
    return RequestRow(
        title=card.title,
        url=f"/demandes/{card.number}",
        date=french.moment(card.sent_at, zone),
        status=_STATUSES[card.status],
        answered=card.status is RequestStatus.ANSWERED,
        urgent=card.urgent,
        number=str(card.number),
    )


def _ticket_row(card: Card, zone: ZoneInfo) -> RequestRow:
    return RequestRow(
        title=card.subject,
        url=f"/demandes/{card.number}",
        date=french.moment(card.created, zone),
        status=LABELS[card.status],
        answered=card.status is not Status.PENDING_VALIDATION,
        urgent=card.urgent,
        number=str(card.number),
    )


def request_page(request: ClientRequest, asking: Asking) -> RequestPage:
    """Return the page of a plain request."""
    zone, base = asking.zone, f"/demandes/{request.number}/fichiers"
    files = request_files(request)
    page = RequestPage(
        number=str(request.number),
        title=request.title,
        date=french.moment(request.sent_at, zone),
        status=_STATUSES[request.status],
        place=request.place or "Non précisé",
        description=request.description,
        kind=request.kind,
        urgent=request.urgent,
        answered=request.status is RequestStatus.ANSWERED,
        files=links(base, _of_entry(files, 0)),
        messages=tuple(_said(one, rank, asking, base, files) for rank, one in enumerate(request.said, 1)),
    )
    open_still = request.status is RequestStatus.OPEN
    return _with_chase(page, request.chased_at, asking) if open_still else page


def _said(said: Said, rank: int, asking: Asking, base: str, files: dict[str, Attachment]) -> ThreadMessage:
    return ThreadMessage(
        author=asking.caller.agency_name if said.staff else "Vous",
        at=french.moment(said.at, asking.zone),
        text=said.text or "Relance de votre demande.",
        mine=not said.staff,
        files=links(base, _of_entry(files, rank)),
    )


def request_files(request: ClientRequest) -> dict[str, Attachment]:
    """Return the files of a plain request by their short names: ``0-…`` its own, then those of each answer."""
    parts = (request.files, *(one.files for one in request.said))
    return {f"{seq}-{rank}": _attachment(file) for seq, part in enumerate(parts) for rank, file in enumerate(part)}


def _of_entry(files: dict[str, Attachment], seq: int) -> dict[str, Attachment]:
    return {name: file for name, file in files.items() if name.startswith(f"{seq}-")}


def _attachment(file: RequestFile) -> Attachment:
    return Attachment(file.key, file.name, file.media_type, file.size)


def ticket_request_page(ticket: Ticket, entries: tuple[Entry, ...], asking: Asking) -> RequestPage:
    """Return the page of a request that became a ticket, for the one who asked."""
    zone, base = asking.zone, f"/demandes/{ticket.number}/fichiers"
    story = tell_story(ticket, entries, Reader(asking.caller.party, requester=True))
    told = {message.entry.seq for message in story.messages}
    own = {name: file for entry in story.sent if entry.seq not in told for name, file in files_named(entry).items()}
    page = RequestPage(
        number=str(ticket.number),
        title=ticket.draft.subject,
        date=french.moment(ticket.opened_at, zone),
        status=LABELS[ticket.status],
        place=words.place_line(ticket.draft.place),
        description=story.own_words,
        kind="Demande d’intervention",
        urgent=ticket.draft.urgent,
        answered=ticket.status is not Status.PENDING_VALIDATION,
        files=links(base, own),
        messages=tuple(message_view(one, asking.caller, zone, base) for one in story.messages),
        outcome=_outcome(ticket, story),
        intervention=Link("Suivre l’intervention", asking.follow_url) if asking.follow_url else None,
    )
    waiting = ticket.status is Status.PENDING_VALIDATION and bool(story.own_words)
    return _with_chase(page, story.chased_at, asking) if waiting else page


def ticket_request_files(ticket: Ticket, entries: tuple[Entry, ...], caller: Caller) -> dict[str, Attachment]:
    """Return the files that the requester of a ticket may take."""
    return files_for(ticket, entries, caller)


def _outcome(ticket: Ticket, story: Story) -> str:
    if ticket.status is Status.PENDING_VALIDATION:
        return ""
    if ticket.type is TicketType.PRE:
        why = story.steps[-1].text if story.steps else ""
        return f"{_REFUSED} {why}".strip()
    return _TAKEN


def _with_chase(page: RequestPage, last: dt.datetime | None, asking: Asking) -> RequestPage:
    again = next_chase(last)
    if last is None or again is None or asking.now >= again:
        return msgspec.structs.replace(page, chase=asking.chase)
    when = french.day_and_hour(again, asking.zone)
    return msgspec.structs.replace(
        page, chase_refused=f"Vous avez relancé l’agence. Prochaine relance possible\u00a0: {when}."
    )
