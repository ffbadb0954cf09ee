"""The ticket page of the staff (TCA-001…008): header, parties with their actions, timeline newest first."""

from typing import Literal

import msgspec

from palier.web.views.common import Button, Fact, FileLink, Link, Moment, StatusTag

Lane = Literal["received", "agency", "system"]
DeliveryState = Literal["queued", "sent", "delivered", "failed", "held"]


class Delivery(msgspec.Struct, frozen=True):
    """How one message fares with one addressee. ``label`` is written; ``state`` chooses the icon."""

    addressee: str
    channel: Literal["email", "sms"]
    state: DeliveryState
    label: str
    at: str = ""


class TimelineEntry(msgspec.Struct, frozen=True):
    """One thing that happened (TCA-049). Lanes: received (centre), agency (right), system (automatic)."""

    id: str
    lane: Lane
    title: str
    at: Moment
    who: str = ""
    to: str = ""
    channel: str = ""
    text: str = ""
    entered_by: str = ""
    internal: bool = False
    unread: bool = False
    facts: tuple[Fact, ...] = ()
    files: tuple[FileLink, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    icon: str = ""


class PartyCard(msgspec.Struct, frozen=True):
    """A party and what can be done with it at this step (TCA-011).

    ``no_contact``: why nothing can (TCA-014).
    """

    id: str
    role: str
    name: str
    detail: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    modes: str = ""
    no_contact: str = ""
    status: StatusTag | None = None
    appointment: tuple[Fact, ...] = ()
    comment: str = ""
    actions: tuple[Link, ...] = ()
    edit_url: str = ""
    message_url: str = ""
    focus_url: str = ""
    focused: bool = False


class ReminderLine(msgspec.Struct, frozen=True):
    """One category of reminders: its delay, how many went, when the next one goes (TCA-004, REM-009)."""

    label: str
    delay: str
    sent: str
    next: str = ""


class NextStep(msgspec.Struct, frozen=True):
    """What is awaited, from whom, and the one action that moves the ticket on (TCA-050)."""

    title: str
    text: str = ""
    primary: Link | None = None
    others: tuple[Link, ...] = ()


class TicketPage(msgspec.Struct, frozen=True):
    """``/gestion/tickets/{number}``."""

    number: str
    kind: str
    kind_label: str
    subject: str
    status: StatusTag
    opened: Moment
    place: str
    description: str
    next_step: NextStep
    parties: tuple[PartyCard, ...]
    timeline: tuple[TimelineEntry, ...]
    address: tuple[str, ...] = ()
    last_news: str = ""
    amount: str = "NC"
    urgent: bool = False
    silent: bool = False
    created_by: str = ""
    requester: str = ""
    source: str = ""
    manager: str = ""
    original_description: str = ""
    service: str = ""
    files: tuple[FileLink, ...] = ()
    reminders: tuple[ReminderLine, ...] = ()
    options: tuple[str, ...] = ()
    contact: str = ""
    notified: tuple[str, ...] = ()
    visibility: str = ""
    edit_links: tuple[tuple[str, str], ...] = ()
    actions: tuple[Link, ...] = ()
    buttons: tuple[Button, ...] = ()
    downloads: tuple[Link, ...] = ()
    focused_on: str = ""
    unfocus_url: str = ""
    back_url: str = ""
    paging: tuple[str, str] = ("", "")

    def edit(self, what: str) -> str:
        """Return the page that edits ``what`` (subject, description, files, delays, contact, notified,

        visibility).
        """
        return dict(self.edit_links).get(what, "")
