"""The ticket page of the staff (TCA-001…008): one ticket's file to one view."""

from zoneinfo import ZoneInfo

import msgspec

from palier.kernel.money import Cents, format_amount
from palier.tickets import facts, words
from palier.tickets.model import ActorKind, Contact, Engagement, Ticket, TicketType, TimerKind
from palier.tickets.staff.offers import allowed, for_supplier, for_ticket
from palier.tickets.staff.timeline import header_files, timeline
from palier.tickets.status import STATUSES, Colour, Status
from palier.tickets.store import File
from palier.web import french
from palier.web.views.common import Button, Link
from palier.web.views.staff_ticket import NextStep, PartyCard, ReminderLine, TicketPage

_YOURS, _NOBODYS = "À vous d’agir", "Rien n’est attendu de vous"


class Reader(msgspec.Struct, frozen=True):
    """Who reads: where his clock hangs and what he may do."""

    zone: ZoneInfo
    may_edit: bool


def ticket_page(file: File, reader: Reader) -> TicketPage:
    """Return the whole page."""
    ticket, draft, zone = file.ticket, file.ticket.draft, reader.zone
    kind, kind_label = words.TYPES[ticket.type]
    base = f"/gestion/tickets/{ticket.number}"
    page = TicketPage(
        number=str(ticket.number),
        kind=kind,
        kind_label=kind_label,
        subject=draft.subject,
        status=words.tag(ticket.status),
        opened=french.moment(ticket.opened_at, zone),
        place=words.place_line(draft.place),
        address=words.address_lines(draft.place),
        description=draft.description,
        next_step=_next_step(ticket, reader, base),
        parties=_parties(ticket, reader, base),
        timeline=timeline(ticket.number, file.entries, file.messages, zone),
        actions=_general(ticket, reader, base),
        buttons=_buttons(ticket, reader, base),
        downloads=_downloads(file, base),
        back_url=f"/gestion/{draft.module}/tickets",
    )
    return _with_people(_with_header(page, ticket, zone), ticket)


def _with_header(page: TicketPage, ticket: Ticket, zone: ZoneInfo) -> TicketPage:
    draft = ticket.draft
    return msgspec.structs.replace(
        page,
        amount="NC" if ticket.amount is None else format_amount(Cents(ticket.amount)),
        urgent=draft.urgent,
        silent=draft.silent,
        source=words.source(draft.source),
        original_description=draft.original_description,
        files=header_files(ticket),
        reminders=_reminders(ticket, zone),
        options=_options(ticket),
    )


def _with_people(page: TicketPage, ticket: Ticket) -> TicketPage:
    draft = ticket.draft
    visible = tuple(label for code, label in words.VISIBILITIES[draft.module].items() if code in draft.visibility)
    by_agency = ticket.creator.kind is ActorKind.MANAGER
    return msgspec.structs.replace(
        page,
        created_by=ticket.creator.name if by_agency else "",
        requester=draft.requester.name if draft.requester else "",
        manager=draft.manager.name if draft.manager else "",
        contact=_contact_line(draft.contact_person),
        notified=tuple(one.name for one in draft.notified),
        visibility=french.list_of((*visible[:1], *(one[:1].lower() + one[1:] for one in visible[1:]))),
    )


def _contact_line(contact: Contact | None) -> str:
    return "" if contact is None else " – ".join(one for one in (contact.name, contact.phone) if one)


def _next_step(ticket: Ticket, reader: Reader, base: str) -> NextStep:
    row = STATUSES[ticket.status]
    if ticket.status is Status.PENDING_VALIDATION and reader.may_edit:
        primary = Link("Valider le ticket", f"{base}/valider")
        return NextStep(_YOURS, "Choisissez l’intervenant, ou annulez la demande.", primary)
    mine = row.colour is Colour.BLUE and reader.may_edit
    offers = tuple(
        Link(one.label, f"{base}/{one.path}/{e.id}") for e in ticket.engagements for one in for_supplier(ticket, e)
    )
    if ticket.status is Status.INVOICE_RECEIVED:
        offers = (Link("Clôturer le ticket", f"{base}/cloturer"), *offers)
    if mine and offers:
        return NextStep(_YOURS, _awaited(ticket), offers[0], offers[1:])
    return NextStep(_YOURS if mine else _NOBODYS, _awaited(ticket), None, offers if reader.may_edit else ())


def _awaited(ticket: Ticket) -> str:
    names = french.list_of(tuple(one.supplier.name for one in ticket.engagements if one.live))
    sentences = {
        Status.AWAITING_APPOINTMENT: f"{names} doit accepter et donner une date.",
        Status.AWAITING_END: f"{names} doit confirmer la fin de l’intervention.",
        Status.AWAITING_INVOICE: f"{names} doit envoyer sa facture.",
        Status.INVOICE_RECEIVED: "La facture est là\u00a0: vérifiez-la, puis clôturez le ticket.",
        Status.INTERVENTION_DONE: "L’intervention est terminée\u00a0: demandez la facture, ou clôturez le ticket.",
        Status.CLOSED: "Ce ticket est clos.",
    }
    return sentences.get(ticket.status, STATUSES[ticket.status].label)


def _parties(ticket: Ticket, reader: Reader, base: str) -> tuple[PartyCard, ...]:
    """Return the cards, suppliers first; a requester who is also the contact person has one card."""
    requester, contact = ticket.draft.requester, ticket.draft.contact_person
    same = requester is not None and contact == requester
    people = [
        ("Demandeur et personne à contacter" if same else "Demandeur", "demandeur", requester),
        ("Personne à contacter", "contact", None if same else contact),
    ]
    others = tuple(_person(role, key, one, ticket, reader, base) for role, key, one in people if one is not None)
    return tuple(_supplier(one, ticket, reader, base) for one in ticket.engagements) + others


def _supplier(engagement: Engagement, ticket: Ticket, reader: Reader, base: str) -> PartyCard:
    card = _person("Intervenant", engagement.id, engagement.supplier, ticket, reader, base)
    offers = for_supplier(ticket, engagement) if reader.may_edit else ()
    return msgspec.structs.replace(
        card,
        status=words.tag(engagement.status),
        appointment=words.appointment_facts(engagement.appointment, reader.zone),
        comment=engagement.supplier.comment,
        actions=tuple(Link(one.label, f"{base}/{one.path}/{engagement.id}") for one in offers),
    )


def _person(role: str, key: str, contact: Contact, ticket: Ticket, reader: Reader, base: str) -> PartyCard:
    writes = reader.may_edit and contact.reachable and allowed(ticket, None, facts.MessageWritten)
    return PartyCard(
        id=key,
        role=role,
        name=contact.name,
        detail=contact.quality if contact.quality != role else "",
        emails=contact.emails,
        phones=words.phones(contact),
        modes=words.modes(contact),
        no_contact="" if contact.reachable else "Aucun moyen de contact actif\u00a0: complétez ses coordonnées.",
        message_url=f"{base}/message/{key}" if writes else "",
    )


def _reminders(ticket: Ticket, zone: ZoneInfo) -> tuple[ReminderLine, ...]:
    if ticket.type is TicketType.PRE:
        return ()
    return tuple(_reminder(ticket, kind, zone) for kind in (TimerKind.ODS, TimerKind.INVOICE))


def _reminder(ticket: Ticket, kind: TimerKind, zone: ZoneInfo) -> ReminderLine:
    delay = ticket.draft.delays.ods if kind is TimerKind.ODS else ticket.draft.delays.invoice
    unit = "jours" if delay.unit == "days" else "heures"
    sent = sum(one.reminders.get(kind, 0) for one in ticket.engagements)
    due = [one.timers[kind].due for one in ticket.engagements if kind in one.timers]
    return ReminderLine(
        label=words.REMINDERS[kind],
        delay=f"{delay.amount}\u00a0{unit}" if delay else "aucune",
        sent=f"{sent} sur {delay.at_most}" if delay.at_most is not None else str(sent),
        next=french.short(min(due), zone) if due else "",
    )


def _options(ticket: Ticket) -> tuple[str, ...]:
    draft = ticket.draft
    said = ((draft.silent, "Mode silencieux"), (draft.ask_presence, "Présence sur place demandée"))
    return tuple(text for on, text in said if on)


def _general(ticket: Ticket, reader: Reader, base: str) -> tuple[Link, ...]:
    offers = for_ticket(ticket) if reader.may_edit else ()
    return tuple(Link(one.label, f"{base}/{one.path}") for one in offers)


def _buttons(ticket: Ticket, reader: Reader, base: str) -> tuple[Button, ...]:
    read = (Button("Marquer comme lu", f"{base}/lu"),) if ticket.unread and reader.may_edit else ()
    return (*read, Button("Préparer le résumé (PDF)", f"{base}/resume"))


def _downloads(file: File, base: str) -> tuple[Link, ...]:
    return tuple(Link("Résumé (PDF)", f"{base}/resume.pdf") for job in file.jobs if job.key)
