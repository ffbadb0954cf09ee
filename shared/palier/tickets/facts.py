"""What can happen to a ticket: one type for each event of section 38, in the past tense.

A fact says what was reported or done, and is checked against ``table.py`` before it becomes an :class:`Entry` of the
timeline. Facts of the quote flow (38.5) and of several suppliers (38.4, 38.6) are added here when they come.
"""

import datetime as dt

import msgspec

from palier.kernel.ids import EngagementId
from palier.kernel.money import Cents
from palier.tickets.model import Actor, Appointment, Attachment, Contact, Draft, TicketType, TimerKind
from palier.tickets.status import Status


class Ask(msgspec.Struct, frozen=True):
    """A supplier to ask, and the id of the engagement that it opens."""

    engagement: EngagementId
    supplier: Contact


class _Fact(msgspec.Struct, frozen=True, tag_field="fact", omit_defaults=True):
    """Base of all facts."""


class TicketOpened(_Fact, frozen=True, tag="opened"):
    """Created: a pre-ticket (no ``ask``) or a service order. ``acknowledge``: its mail may be answered (EML-005)."""

    type: TicketType
    draft: Draft
    ask: tuple[Ask, ...] = ()
    acknowledge: bool = False


class PreTicketValidated(_Fact, frozen=True, tag="validated"):
    """A pre-ticket became an order (TCK-007)."""

    type: TicketType
    draft: Draft
    ask: tuple[Ask, ...]


class PreTicketCancelled(_Fact, frozen=True, tag="pre_cancelled"):
    """A pre-ticket was dropped (TCK-008)."""

    comment: str = ""


class _OfSupplier(_Fact, frozen=True):
    engagement: EngagementId


class OrderAccepted(_OfSupplier, frozen=True, tag="accepted"):
    """The supplier takes the order and says when he comes (TCA-016)."""

    appointment: Appointment
    comment: str = ""


class OrderRefused(_OfSupplier, frozen=True, tag="refused"):
    """The supplier does not take the order (TCA-017)."""

    comment: str = ""


class RequestCancelled(_OfSupplier, frozen=True, tag="request_cancelled"):
    """The agency takes its request back before an appointment (TCA-039)."""

    comment: str = ""


class InterventionCancelled(_OfSupplier, frozen=True, tag="intervention_cancelled"):
    """The agency cancels a planned intervention (TCA-040)."""

    comment: str = ""


class InterventionEnded(_OfSupplier, frozen=True, tag="ended"):
    """The work is done (TCA-024); with ``invoice`` the invoice came along."""

    comment: str = ""
    proofs: tuple[Attachment, ...] = ()
    invoice: tuple[Attachment, ...] = ()
    amount: Cents | None = None


class InvoiceAsked(_OfSupplier, frozen=True, tag="invoice_asked"):
    """The manager asks for the invoice (TCA-025)."""


class InvoiceSent(_OfSupplier, frozen=True, tag="invoice_sent"):
    """The invoice came, or was entered with its amount (TCA-026)."""

    invoice: tuple[Attachment, ...] = ()
    amount: Cents | None = None
    comment: str = ""


class TimerFired(_OfSupplier, frozen=True, tag="timer"):
    """A timer came due. ``sent`` is False when silent mode kept its message back (REM-020)."""

    kind: TimerKind
    generation: int
    sent: bool = True


class NoteAdded(_Fact, frozen=True, tag="note"):
    """An internal note, never diffused (TCA-041)."""

    text: str
    attachments: tuple[Attachment, ...] = ()


class MessageWritten(_Fact, frozen=True, tag="message"):
    """A message to (``to`` set) or from a party of the ticket (MSG-001…012)."""

    text: str
    to: Contact | None = None
    engagement: EngagementId | None = None
    attachments: tuple[Attachment, ...] = ()


class RequestChased(_Fact, frozen=True, tag="chased"):
    """The client asks again (REQ-007)."""


class TicketClosed(_Fact, frozen=True, tag="closed"):
    """Closed by the agency (TCA-044)."""

    comment: str = ""


class TicketReopened(_Fact, frozen=True, tag="reopened"):
    """Opened again (TCA-045)."""

    reason: str = ""


Fact = (
    TicketOpened
    | PreTicketValidated
    | PreTicketCancelled
    | OrderAccepted
    | OrderRefused
    | RequestCancelled
    | InterventionCancelled
    | InterventionEnded
    | InvoiceAsked
    | InvoiceSent
    | TimerFired
    | NoteAdded
    | MessageWritten
    | RequestChased
    | TicketClosed
    | TicketReopened
)


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the timeline: what happened, when, by whom, and the statuses it led to.

    ``status`` is the ticket's and ``step`` the engagement's, stored so that folding old entries never depends on
    today's table. ``entered_by`` is the manager who entered it for somebody else (TCA-015).
    """

    seq: int
    at: dt.datetime
    by: Actor
    what: Fact
    status: Status
    step: Status | None = None
    entered_by: Actor | None = None
