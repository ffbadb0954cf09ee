"""Which actions the ticket page offers now: those that the transition table allows at this step (TCA-050)."""

import msgspec

from palier.tickets import facts
from palier.tickets.facts import Fact
from palier.tickets.model import ActorKind, Engagement, Ticket
from palier.tickets.table import ROWS, step


class Offer(msgspec.Struct, frozen=True):
    """An action with its page."""

    path: str
    label: str
    fact: type[Fact]


SUPPLIER_OFFERS = (
    Offer("accepter", "Saisir l’acceptation", facts.OrderAccepted),
    Offer("refuser", "Saisir le refus", facts.OrderRefused),
    Offer("fin", "Saisir la fin de l’intervention", facts.InterventionEnded),
    Offer("demander-facture", "Demander la facture", facts.InvoiceAsked),
    Offer("facture", "Saisir la facture", facts.InvoiceSent),
    Offer("annuler-demande", "Annuler la demande", facts.RequestCancelled),
    Offer("annuler-intervention", "Annuler l’intervention", facts.InterventionCancelled),
)
TICKET_OFFERS = (
    Offer("note", "Note interne", facts.NoteAdded),
    Offer("cloturer", "Clôturer le ticket", facts.TicketClosed),
    Offer("decloturer", "Déclôturer le ticket", facts.TicketReopened),
    Offer("annuler", "Annuler le ticket", facts.PreTicketCancelled),
)


def allowed(ticket: Ticket, engagement: Engagement | None, fact: type[Fact], by: ActorKind = ActorKind.MANAGER) -> bool:
    """Tell whether some row of the table lets this happen now."""
    status = step(ticket, None if fact is facts.MessageWritten else engagement)
    return any(issubclass(fact, row.fact) and by in row.by and status in row.when for row in ROWS)


def for_supplier(ticket: Ticket, engagement: Engagement) -> tuple[Offer, ...]:
    """Return the actions on one supplier's branch."""
    return tuple(one for one in SUPPLIER_OFFERS if allowed(ticket, engagement, one.fact))


def for_ticket(ticket: Ticket) -> tuple[Offer, ...]:
    """Return the general actions (TCA-006)."""
    return tuple(one for one in TICKET_OFFERS if allowed(ticket, None, one.fact))
