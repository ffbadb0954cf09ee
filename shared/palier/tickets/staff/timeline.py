"""The timeline as the staff reads it (TCA-001, TCA-049): every entry, newest first, with the fate of its messages."""

from functools import singledispatch
from zoneinfo import ZoneInfo

import msgspec

from palier.kernel.money import Cents, format_amount
from palier.messages.model import Channel, Delivery, OutMessage
from palier.tickets import facts, words
from palier.tickets.facts import Entry
from palier.tickets.model import ActorKind, Ticket, TimerKind
from palier.web import french
from palier.web.downloads import files_named, files_of_ticket, links
from palier.web.views.common import Fact, FileLink
from palier.web.views.staff_ticket import Delivery as DeliveryView
from palier.web.views.staff_ticket import Lane, TimelineEntry

_FATES = {
    Delivery.QUEUED: ("queued", "en file d’attente"),
    Delivery.SENDING: ("queued", "en cours d’envoi"),
    Delivery.SENT: ("sent", "envoyé"),
    Delivery.DELIVERED: ("delivered", "remis"),
    Delivery.BOUNCED: ("failed", "non remis"),
    Delivery.COMPLAINT: ("failed", "signalé comme indésirable"),
    Delivery.FAILED: ("failed", "échec de l’envoi"),
}


class Told(msgspec.Struct, frozen=True):
    """What an entry says: its title, its text, labelled values and files."""

    title: str
    text: str = ""
    facts: tuple[Fact, ...] = ()
    to: str = ""
    internal: bool = False


def timeline(
    number: int, entries: tuple[Entry, ...], messages: tuple[OutMessage, ...], zone: ZoneInfo
) -> tuple[TimelineEntry, ...]:
    """Return the whole timeline, newest first; a file is shown where it came first."""
    seen: set[str] = set()
    told = []
    for entry in entries:
        files = {name: file for name, file in files_named(entry).items() if file.key not in seen}
        seen |= {file.key for file in files.values()}
        mails = tuple(one for one in messages if one.seq == entry.seq)
        told.append(_entry(entry, mails, links(f"/gestion/tickets/{number}/fichiers", files), zone))
    return tuple(told)[::-1]


def _entry(
    entry: Entry, messages: tuple[OutMessage, ...], files: tuple[FileLink, ...], zone: ZoneInfo
) -> TimelineEntry:
    said = tell(entry.what, entry, zone)
    return TimelineEntry(
        id=f"e{entry.seq}",
        lane=_lane(entry),
        title=said.title,
        at=french.moment(entry.at, zone),
        who=_who(entry),
        to=said.to,
        text=said.text,
        entered_by=entry.entered_by.name if entry.entered_by else "",
        internal=said.internal,
        facts=said.facts,
        files=files,
        deliveries=tuple(_delivery(one, zone) for one in messages),
    )


def _who(entry: Entry) -> str:
    """Name who did it; a mail is from whoever wrote it."""
    if isinstance(entry.what, facts.TicketOpened) and entry.by.kind is ActorKind.SYSTEM and entry.what.draft.requester:
        return entry.what.draft.requester.name
    return entry.by.name


def header_files(ticket: Ticket) -> tuple[FileLink, ...]:
    """Return the links to the files of the ticket's header."""
    return links(f"/gestion/tickets/{ticket.number}/fichiers", files_of_ticket(ticket.draft, ()))


def _lane(entry: Entry) -> Lane:
    if entry.by.kind is ActorKind.SYSTEM and not isinstance(entry.what, facts.TicketOpened):
        return "system"
    return "agency" if entry.by.kind is ActorKind.MANAGER else "received"


def _delivery(message: OutMessage, zone: ZoneInfo) -> DeliveryView:
    state, label = _FATES[message.state]
    at = french.short(message.sent_at, zone) if message.sent_at else ""
    channel = "sms" if message.channel is Channel.SMS else "email"
    return DeliveryView(f"{message.name} ({message.address})", channel, state, label, at)  # type: ignore[arg-type]


@singledispatch
def tell(fact: facts.Fact, entry: Entry, zone: ZoneInfo) -> Told:
    """Say in words what a fact is."""
    raise NotImplementedError(type(fact).__name__)


@tell.register
def _(fact: facts.TicketOpened, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    draft = fact.draft
    created = f"Création\u00a0: {words.TYPES[fact.type][1]}"
    title = created if entry.by.kind is ActorKind.MANAGER else "Demande reçue"
    told = draft.original_description or draft.description
    return Told(title, told, (Fact("Source", words.source(draft.source)),))


@tell.register
def _(fact: facts.PreTicketValidated, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    asked = tuple(Fact("Intervenant", one.supplier.name) for one in fact.ask)
    return Told(f"Ticket validé\u00a0: {words.TYPES[fact.type][1]}", fact.draft.description, asked)


@tell.register
def _(fact: facts.PreTicketCancelled, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Demande annulée", fact.comment)


@tell.register
def _(fact: facts.OrderAccepted, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Intervention acceptée", fact.comment, words.appointment_facts(fact.appointment, zone))


@tell.register
def _(fact: facts.OrderRefused, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Intervention refusée", fact.comment)


@tell.register
def _(fact: facts.RequestCancelled, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Demande annulée auprès de l’intervenant", fact.comment)


@tell.register
def _(fact: facts.InterventionCancelled, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Intervention annulée", fact.comment)


@tell.register
def _(fact: facts.InterventionEnded, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    title = "Fin d’intervention et facture" if fact.invoice or fact.amount is not None else "Fin d’intervention"
    return Told(title, fact.comment, amount_facts(fact.amount))


@tell.register
def _(fact: facts.InvoiceAsked, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Demande de facture")


@tell.register
def _(fact: facts.InvoiceSent, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Facture reçue", fact.comment, amount_facts(fact.amount))


@tell.register
def _(fact: facts.TimerFired, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    held = "" if fact.sent else "Mode silencieux\u00a0: rien n’a été envoyé."
    title = words.REMINDERS[fact.kind]
    return Told(f"{title} automatique" if fact.kind is not TimerKind.INTERVENTION else title, held)


@tell.register
def _(fact: facts.NoteAdded, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Note interne", fact.text, internal=True)


@tell.register
def _(fact: facts.MessageWritten, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    if fact.to is None:
        return Told("Message reçu", fact.text)
    return Told("Message envoyé", fact.text, to=fact.to.name)


@tell.register
def _(fact: facts.RequestChased, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Le demandeur relance sa demande")


@tell.register
def _(fact: facts.TicketClosed, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Ticket clos", fact.comment)


@tell.register
def _(fact: facts.TicketReopened, entry: Entry, zone: ZoneInfo) -> Told:  # noqa: ARG001
    return Told("Ticket déclôturé", fact.reason)


def amount_facts(amount: int | None) -> tuple[Fact, ...]:
    """Say an amount, if there is one."""
    return () if amount is None else (Fact("Montant", format_amount(Cents(amount))),)
