"""What happened, as the detail of a summary says it. Internal notes have no words here: they are never diffused."""

from zoneinfo import ZoneInfo

from palier.kernel.money import format_amount
from palier.messages.compose_appointment import appointment_line
from palier.messages.compose_words import comment_of
from palier.tickets import facts
from palier.tickets.facts import Entry
from palier.tickets.model import ActorKind, Attachment, TicketType, TimerKind
from palier.web import french

_TITLES: dict[type, str] = {
    facts.PreTicketValidated: "Demande validée",
    facts.PreTicketCancelled: "Demande annulée",
    facts.OrderAccepted: "Intervention acceptée",
    facts.OrderRefused: "Intervention refusée",
    facts.RequestCancelled: "Demande d’intervention annulée",
    facts.InterventionCancelled: "Intervention annulée",
    facts.InterventionEnded: "Fin d’intervention",
    facts.InvoiceAsked: "Facture demandée",
    facts.InvoiceSent: "Facture reçue",
    facts.RequestChased: "Relance du demandeur",
    facts.TicketClosed: "Ticket clos",
    facts.TicketReopened: "Ticket déclôturé",
}
_TIMERS = {
    TimerKind.ODS: "Relance de l’ordre de service",
    TimerKind.QUOTE: "Relance du devis",
    TimerKind.INVOICE: "Relance de la facture",
    TimerKind.INTERVENTION: "Rappel de l’intervention",
    TimerKind.PRESENCE: "Demande de présence sur place",
    TimerKind.END: "Demande de fin d’intervention",
}
ROLES = {
    ActorKind.MANAGER: "Agence",
    ActorKind.SUPPLIER: "Intervenant",
    ActorKind.CLIENT: "Client",
    ActorKind.SYSTEM: "Envoi automatique",
}


def told(entry: Entry) -> bool:
    """Tell whether an entry belongs in a summary: not a note, not a reminder that silent mode held back (TCA-041)."""
    fact = entry.what
    return not (isinstance(fact, facts.NoteAdded) or (isinstance(fact, facts.TimerFired) and not fact.sent))


def title_of(entry: Entry) -> str:
    """Return what happened in a few words."""
    fact = entry.what
    if isinstance(fact, facts.TicketOpened):
        return "Demande reçue" if fact.type is TicketType.PRE else "Ordre de service créé"
    if isinstance(fact, facts.TimerFired):
        return _TIMERS[fact.kind]
    if isinstance(fact, facts.MessageWritten):
        return f"Message à {fact.to.name}" if fact.to else "Message reçu"
    return _TITLES[type(fact)]


def author_of(entry: Entry) -> str:
    """Return who did it, and who entered it for him."""
    if entry.by.kind is ActorKind.SYSTEM:
        return ROLES[entry.by.kind]
    who = " – ".join(dict.fromkeys(part for part in (entry.by.name, ROLES[entry.by.kind]) if part))
    return f"{who} (saisi par {entry.entered_by.name})" if entry.entered_by else who


def text_of(entry: Entry) -> str:
    """Return what was written along."""
    fact = entry.what
    return fact.text if isinstance(fact, facts.MessageWritten) else comment_of(fact)


def lines_of(entry: Entry, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    """Return what else is known: appointment, amount, suppliers asked, files."""
    fact = entry.what
    asked = ", ".join(one.supplier.name for one in getattr(fact, "ask", ()))
    amount = getattr(fact, "amount", None)
    lines = [
        ("Intervenant", asked),
        ("Rendez-vous", _appointment(fact, zone)),
        ("Montant", "" if amount is None else format_amount(amount)),
        ("Pièces jointes", ", ".join(one.name for one in files_of(fact))),
    ]
    return tuple((label, value) for label, value in lines if value)


def files_of(fact: facts.Fact) -> tuple[Attachment, ...]:
    """Return the files that came with it."""
    if isinstance(fact, facts.TicketOpened):
        return fact.draft.attachments
    return tuple(one for name in ("proofs", "invoice", "attachments") for one in getattr(fact, name, ()))


def _appointment(fact: facts.Fact, zone: ZoneInfo) -> str:
    if not isinstance(fact, facts.OrderAccepted):
        return ""
    planned = fact.appointment
    parts = [appointment_line(planned, zone)]
    if planned.duration_minutes:
        parts.append(f"durée prévue {french.duration(planned.duration_minutes)}")
    if planned.days > 1:
        parts.append(f"{planned.days} jours")
    return ", ".join(parts)
