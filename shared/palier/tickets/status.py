"""Status codes, their colour, tab and label (section 38.1 of the catalogue, row by row). Knows nothing else."""

from enum import StrEnum

import msgspec


class Status(StrEnum):
    """Status of a ticket or of an engagement."""

    PENDING_VALIDATION = "PENDING_VALIDATION"
    PRE_CANCELLED = "PRE_CANCELLED"
    AWAITING_APPOINTMENT = "AWAITING_APPOINTMENT"
    APPOINTMENT_PROPOSED = "APPOINTMENT_PROPOSED"
    AWAITING_END = "AWAITING_END"
    INTERVENTION_DONE = "INTERVENTION_DONE"
    AWAITING_INVOICE = "AWAITING_INVOICE"
    INVOICE_RECEIVED = "INVOICE_RECEIVED"
    INTERVENTION_REFUSED = "INTERVENTION_REFUSED"
    INTERVENTION_CANCELLED = "INTERVENTION_CANCELLED"
    REQUEST_CANCELLED = "REQUEST_CANCELLED"
    AWAITING_QUOTE = "AWAITING_QUOTE"
    QUOTE_VISIT_PLANNED = "QUOTE_VISIT_PLANNED"
    QUOTE_DECLINED = "QUOTE_DECLINED"
    QUOTE_RECEIVED = "QUOTE_RECEIVED"
    AWAITING_APPROVAL = "AWAITING_APPROVAL"
    QUOTE_APPROVED = "QUOTE_APPROVED"
    QUOTE_DISAPPROVED = "QUOTE_DISAPPROVED"
    QUOTE_REFUSED = "QUOTE_REFUSED"
    QUOTE_ACCEPTED = "QUOTE_ACCEPTED"
    IN_PROGRESS = "IN_PROGRESS"
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"


class Colour(StrEnum):
    """Grey: waiting for somebody else; blue: the manager must act; red: over (TLI-006)."""

    GREY = "grey"
    BLUE = "blue"
    RED = "red"


class Tab(StrEnum):
    """Tabs of the ticket list (TLI-001)."""

    ALL = "tous"
    OPEN = "en-cours"
    PENDING = "en-attente"
    APPOINTMENT = "proposition-de-rdv"
    QUOTE = "devis-recu"
    INVOICE = "facture-recue"
    CLOSED = "clotures"


class StatusRow(msgspec.Struct, frozen=True):
    """One row of section 38.1: ``tab`` is the tab it has besides *Tous* (and *En cours* unless red)."""

    label: str
    colour: Colour
    waiting_on: str
    tab: Tab


_GREY, _BLUE, _RED = Colour.GREY, Colour.BLUE, Colour.RED

STATUSES: dict[Status, StatusRow] = {
    Status.PENDING_VALIDATION: StatusRow("En attente de validation", _BLUE, "manager", Tab.PENDING),
    Status.PRE_CANCELLED: StatusRow("Ticket annulé", _RED, "nobody", Tab.ALL),
    Status.AWAITING_APPOINTMENT: StatusRow("Attente du RDV d’intervention", _GREY, "supplier", Tab.OPEN),
    Status.APPOINTMENT_PROPOSED: StatusRow("Proposition de RDV", _BLUE, "manager", Tab.APPOINTMENT),
    Status.AWAITING_END: StatusRow("Attente de fin d’intervention", _GREY, "supplier", Tab.OPEN),
    Status.INTERVENTION_DONE: StatusRow("Intervention terminée", _BLUE, "manager", Tab.OPEN),
    Status.AWAITING_INVOICE: StatusRow("Attente de la facture", _GREY, "supplier", Tab.OPEN),
    Status.INVOICE_RECEIVED: StatusRow("Facture reçue", _BLUE, "manager", Tab.INVOICE),
    Status.INTERVENTION_REFUSED: StatusRow("Intervention refusée", _BLUE, "manager", Tab.OPEN),
    Status.INTERVENTION_CANCELLED: StatusRow("Intervention annulée", _BLUE, "manager", Tab.OPEN),
    Status.REQUEST_CANCELLED: StatusRow("Demande annulée", _BLUE, "manager", Tab.OPEN),
    Status.AWAITING_QUOTE: StatusRow("Devis en attente de réception", _GREY, "supplier", Tab.OPEN),
    Status.QUOTE_VISIT_PLANNED: StatusRow("RDV devis planifié", _GREY, "supplier", Tab.OPEN),
    Status.QUOTE_DECLINED: StatusRow("Demande de devis refusée", _BLUE, "manager", Tab.OPEN),
    Status.QUOTE_RECEIVED: StatusRow("Devis reçu", _BLUE, "manager", Tab.QUOTE),
    Status.AWAITING_APPROVAL: StatusRow("Devis en attente d’approbation", _GREY, "approver", Tab.OPEN),
    Status.QUOTE_APPROVED: StatusRow("Devis approuvé", _BLUE, "manager", Tab.OPEN),
    Status.QUOTE_DISAPPROVED: StatusRow("Devis désapprouvé", _BLUE, "manager", Tab.OPEN),
    Status.QUOTE_REFUSED: StatusRow("Devis refusé", _BLUE, "manager", Tab.OPEN),
    Status.QUOTE_ACCEPTED: StatusRow("Devis accepté", _GREY, "supplier", Tab.OPEN),
    Status.IN_PROGRESS: StatusRow("En cours", _GREY, "supplier", Tab.OPEN),
    Status.CLOSED: StatusRow("Ticket clos", _RED, "nobody", Tab.CLOSED),
    Status.REOPENED: StatusRow("Ticket déclôturé", _BLUE, "manager", Tab.OPEN),
}

OVER = frozenset(status for status, row in STATUSES.items() if row.colour is Colour.RED)
