"""What happened, in words for a mail: « Plomberie Exemple a accepté l’intervention ». Pure."""

from palier.tickets import facts

_ACTIONS: dict[type, str] = {
    facts.TicketOpened: "a fait une demande",
    facts.PreTicketValidated: "a validé la demande",
    facts.PreTicketCancelled: "a annulé la demande",
    facts.OrderAccepted: "a accepté l’intervention",
    facts.OrderRefused: "a refusé l’intervention",
    facts.RequestCancelled: "a annulé la demande d’intervention",
    facts.InterventionCancelled: "a annulé l’intervention",
    facts.InterventionEnded: "a confirmé la fin de l’intervention",
    facts.InvoiceAsked: "a demandé la facture",
    facts.InvoiceSent: "a envoyé sa facture",
    facts.TimerFired: "a envoyé une relance",
    facts.MessageWritten: "a envoyé un message",
    facts.RequestChased: "a relancé sa demande",
    facts.TicketClosed: "a clôturé le ticket",
    facts.TicketReopened: "a déclôturé le ticket",
}


def action_of(fact: facts.Fact | None) -> str:
    """Return what somebody did, after his name; empty for what is told to nobody."""
    return _ACTIONS.get(type(fact), "")


def comment_of(fact: facts.Fact | None) -> str:
    """Return what he added."""
    return str(getattr(fact, "comment", "") or getattr(fact, "reason", ""))
