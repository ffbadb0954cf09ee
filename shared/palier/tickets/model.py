"""What a ticket is: a head folded from its timeline, holding one engagement for each supplier.

Knows no storage, no clock and no French; identifiers and instants come as arguments. Instants are UTC.
"""

import datetime as dt
from enum import StrEnum

import msgspec

from palier.kernel.delays import Delay, DelayUnit
from palier.kernel.ids import AgencyId, BuildingId, EngagementId, LotId, PartyId, TicketNumber
from palier.kernel.money import Cents
from palier.tickets.status import Status


class TicketType(StrEnum):
    """Types of ticket (TCK-001)."""

    PRE = "PRE"
    ODS = "ODS"
    ODSM = "ODSM"
    DS = "DS"
    DM = "DM"


class Visibility(StrEnum):
    """Who else sees the ticket in his portal (FUP-006); the requester always does."""

    REQUESTER = "requester"
    COUNCIL = "council"
    ALL_CO_OWNERS = "all_co_owners"
    RENTER = "renter"
    LANDLORD = "landlord"


class ActorKind(StrEnum):
    """Who did something."""

    MANAGER = "manager"
    SUPPLIER = "supplier"
    CLIENT = "client"
    SYSTEM = "system"


class TimerKind(StrEnum):
    """Timers of an engagement (REM-016)."""

    ODS = "ods"
    QUOTE = "quote"
    INVOICE = "invoice"
    INTERVENTION = "intervention"
    PRESENCE = "presence"
    END = "end"


class Actor(msgspec.Struct, frozen=True):
    """Who did something, as the timeline names him."""

    kind: ActorKind
    name: str
    party: PartyId | None = None


class Contact(msgspec.Struct, frozen=True):
    """Somebody as he is reached on this ticket only (TCK-026, TCK-028); the portfolio stays untouched."""

    name: str
    party: PartyId | None = None
    quality: str = ""
    emails: tuple[str, ...] = ()
    mobiles: tuple[str, ...] = ()
    phone: str = ""
    by_mail: bool = True
    by_sms: bool = False
    comment: str = ""

    @property
    def reachable(self) -> bool:
        """Tell whether some active contact mode exists (TCA-014)."""
        return bool((self.by_mail and self.emails) or (self.by_sms and self.mobiles))


class Place(msgspec.Struct, frozen=True):
    """Where the ticket happens: a building, or a lot in one (TCK-010)."""

    building: BuildingId
    building_name: str
    address: str = ""
    lot: LotId | None = None
    lot_label: str = ""
    door_code: str = ""


class Attachment(msgspec.Struct, frozen=True):
    """A stored file; ``key`` is its place in the files bucket."""

    key: str
    name: str
    media_type: str
    size: int


class Appointment(msgspec.Struct, frozen=True):
    """When the supplier comes. ``slot_end`` set: between ``start`` and then (TCA-018). ``days``: TCA-019."""

    start: dt.datetime
    duration_minutes: int
    slot_end: dt.datetime | None = None
    days: int = 1


class Delays(msgspec.Struct, frozen=True):
    """Reminder delays of one ticket (TCK-036); ``intervention`` is in hours before the appointment."""

    ods: Delay = Delay(7, DelayUnit.DAYS, 3)
    quote: Delay = Delay(7, DelayUnit.DAYS, 3)
    invoice: Delay = Delay(7, DelayUnit.DAYS, 3)
    intervention: Delay = Delay(0, DelayUnit.HOURS, 1)


class Timer(msgspec.Struct, frozen=True):
    """A pending timer. ``generation`` is the timeline entry that armed it: an older firing does nothing (REM-017)."""

    due: dt.datetime
    generation: int


class Engagement(msgspec.Struct, frozen=True):
    """One supplier's branch of a ticket."""

    id: EngagementId
    supplier: Contact
    status: Status
    asked_at: dt.datetime
    appointment: Appointment | None = None
    proposal: Appointment | None = None
    ended_at: dt.datetime | None = None
    amount: Cents | None = None
    reminders: dict[TimerKind, int] = {}
    timers: dict[TimerKind, Timer] = {}

    @property
    def live(self) -> bool:
        """Tell whether something is still expected of this supplier."""
        return self.status not in {
            Status.INTERVENTION_REFUSED,
            Status.INTERVENTION_CANCELLED,
            Status.REQUEST_CANCELLED,
            Status.CLOSED,
        }


class Draft(msgspec.Struct, frozen=True):
    """What the creation or validation form holds (TCK-009…037), suppliers apart."""

    module: str
    subject: str
    description: str
    requested_at: dt.datetime
    source: str
    manager: Contact | None = None
    place: Place | None = None
    requester: Contact | None = None
    original_description: str = ""
    original_mail: str = ""
    urgent: bool = False
    silent: bool = False
    ask_presence: bool = False
    notify_reminders: bool = False
    visibility: tuple[Visibility, ...] = (Visibility.REQUESTER,)
    contact_person: Contact | None = None
    warn_contact_person: bool = False
    notified: tuple[Contact, ...] = ()
    delays: Delays = Delays()
    attachments: tuple[Attachment, ...] = ()


class Ticket(msgspec.Struct, frozen=True):
    """The head: the state folded from the timeline. ``entries`` counts the timeline."""

    agency: AgencyId
    number: TicketNumber
    type: TicketType
    status: Status
    draft: Draft
    creator: Actor
    opened_at: dt.datetime
    modified_at: dt.datetime
    entries: int
    engagements: tuple[Engagement, ...] = ()
    unread: bool = False
    amount: Cents | None = None
    closed_at: dt.datetime | None = None
    before_closing: Status | None = None
    correspondence: str = ""

    def engagement(self, wanted: EngagementId) -> Engagement | None:
        """Return one engagement, or None."""
        return next((one for one in self.engagements if one.id == wanted), None)
