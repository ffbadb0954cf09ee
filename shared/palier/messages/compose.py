"""From a message and what it is about to what its template shows, written for people. Pure.

What somebody may read depends on who he is: the supplier gets the way in and the contact person, the agency's staff
gets everything, anybody else gets no requester and no comment that was not meant for him (law.md §3). Internal notes
never reach a view: no template is about one.
"""

import msgspec

from palier.kernel.clock import parse_iso
from palier.kernel.money import format_amount
from palier.messages import compose_people as people
from palier.messages.compose_appointment import appointment_facts, appointment_line
from palier.messages.compose_letter import PASSWORD_RESET, SERVICE_ORDER, Letter, attachments
from palier.messages.compose_words import action_of, comment_of
from palier.messages.templates.view import MailView
from palier.tickets import facts, words
from palier.tickets.facts import Entry
from palier.tickets.model import ActorKind, Appointment, Delays, Ticket, TimerKind
from palier.tickets.status import STATUSES

replace = msgspec.structs.replace

# What the supplier is told for himself stands in these; in the others, what the agency wrote as it acted.
_HIS_COMMENT = frozenset({SERVICE_ORDER, "sup.ods_reminder", "sup.intervention_reminder"})


def compose(letter: Letter, link: str, site: str) -> MailView:
    """Return the view of a message. ``link`` is empty when its reader has no page."""
    view = MailView(
        agency=people.agency(letter),
        recipient_name=letter.message.name,
        link=link,
        legal_link=f"{site}/mentions-legales",
        number=letter.message.values.get("number", ""),
        subject=letter.message.values.get("subject", ""),
        minutes=_minutes(letter),
        audience=_audience(letter),
    )
    return _about_request(letter, view) if letter.ticket is None else _about(letter, letter.ticket, view)


def _about_request(letter: Letter, view: MailView) -> MailView:
    """Fill in what a plain request says of itself; nothing for messages that are about none."""
    said = letter.message.values
    return replace(
        view,
        kind=said.get("kind", ""),
        place=said.get("place", ""),
        requester=said.get("requester", ""),
        actor=said.get("requester", ""),
        text=_unix(said.get("text", "")),
        urgent=bool(said.get("urgent")),
    )


def _about(letter: Letter, ticket: Ticket, view: MailView) -> MailView:
    draft, place = ticket.draft, ticket.draft.place
    view = replace(
        view,
        number=str(ticket.number),
        kind=words.TYPES[ticket.type][1],
        subject=draft.subject,
        description=_unix(draft.description),
        place=words.place_line(place) if place else "",
        address=words.address_lines(place),
        manager=people.manager(letter),
        step=STATUSES[ticket.status].label,
        files=tuple(one.name for one in attachments(letter)),
    )
    view = _with_appointment(letter, view)
    view = _with_action(letter, view)
    if letter.to_supplier or letter.to_staff:
        view = replace(view, access=place.door_code if place else "", contact=people.contact(ticket))
    if letter.to_supplier:
        return _for_supplier(letter, ticket, view)
    view = replace(view, supplier=people.supplier(letter))
    return _for_staff(letter, ticket, view) if letter.to_staff else view


def _for_supplier(letter: Letter, ticket: Ticket, view: MailView) -> MailView:
    engagement, own = letter.engagement, letter.key in _HIS_COMMENT
    sent, most = _reminders(letter, ticket.draft.delays)
    return replace(
        view,
        urgent=ticket.draft.urgent,
        comment=_unix(engagement.supplier.comment) if engagement and own else view.comment,
        landlord_text=letter.module.tickets_owner_text,
        count=sent,
        count_max=most,
    )


def _for_staff(letter: Letter, ticket: Ticket, view: MailView) -> MailView:
    requester = ticket.draft.requester
    return replace(
        view,
        urgent=ticket.draft.urgent,
        requester=requester.name if requester else "",
        amount=format_amount(ticket.amount) if ticket.amount is not None else "",
        comment=_unix(comment_of(letter.fact)),
    )


def _with_action(letter: Letter, view: MailView) -> MailView:
    entry, fact = letter.entry, letter.fact
    if entry is None:
        return view
    text = fact.text if isinstance(fact, facts.MessageWritten) else ""
    said = comment_of(fact) if letter.key.startswith(("req.", "sup.")) else ""
    return replace(view, actor=_actor(letter, entry), action=action_of(fact), text=_unix(text), comment=_unix(said))


def _actor(letter: Letter, entry: Entry) -> str:
    """Name who did it; for what happens by itself, the agency answers."""
    return letter.agency.sender_name if entry.by.kind is ActorKind.SYSTEM else entry.by.name


def _with_appointment(letter: Letter, view: MailView) -> MailView:
    told: Appointment | None = getattr(letter.fact, "appointment", None)
    planned = told or (letter.engagement.appointment if letter.engagement else None)
    if planned is None:
        return view
    zone = letter.zone
    return replace(view, appointment=appointment_facts(planned, zone), appointment_line=appointment_line(planned, zone))


def _reminders(letter: Letter, delays: Delays) -> tuple[int, int]:
    engagement, fact = letter.engagement, letter.fact
    if engagement is None or not isinstance(fact, facts.TimerFired):
        return 0, 0
    limits = {TimerKind.ODS: delays.ods, TimerKind.QUOTE: delays.quote, TimerKind.INVOICE: delays.invoice}
    delay = limits.get(fact.kind)
    return (engagement.reminders.get(fact.kind, 0), (delay.at_most or 0)) if delay else (0, 0)


def _audience(letter: Letter) -> people.Audience:
    if letter.to_supplier:
        return "supplier"
    if letter.to_staff:
        return "staff"
    return "client" if letter.key.startswith(("cli.", "req.")) else "anyone"


def _minutes(letter: Letter) -> int:
    if letter.key != PASSWORD_RESET:
        return 0
    left = parse_iso(letter.message.values["expires"]) - letter.message.created_at
    return max(0, round(left.total_seconds() / 60))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
