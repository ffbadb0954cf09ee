"""What happened, in words for a mail: « Plomberie Exemple a accepté l’intervention ». Pure."""

from palier.tickets import facts
from palier.tickets.model import TicketType

_KINDS = {
    TicketType.PRE: "Demande",
    TicketType.ODS: "Ordre de service",
    TicketType.ODSM: "Ordre de service multiple",
    TicketType.DS: "Demande de devis",
    TicketType.DM: "Demande de devis multiple",
}
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


def kind_of(kind: TicketType) -> str:
    """Return the name of a type of ticket."""
    return _KINDS[kind]


def action_of(fact: facts.Fact | None) -> str:
    """Return what somebody did, after his name; empty for what is told to nobody."""
    return _ACTIONS.get(type(fact), "")


def comment_of(fact: facts.Fact | None) -> str:
    """Return what he added."""
    return str(getattr(fact, "comment", "") or getattr(fact, "reason", ""))
