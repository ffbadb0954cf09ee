"""A message to send, from the moment it is decided until the provider says what became of it. Knows no storage."""

import datetime as dt
from enum import StrEnum

import msgspec


class Channel(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"


class Delivery(StrEnum):
    """What became of a message (NTF-004)."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINT = "complaint"
    FAILED = "failed"


class OutMessage(msgspec.Struct, frozen=True, omit_defaults=True):
    """One message to one address. ``ticket``/``seq``/``engagement`` say which entry it is about.

    Holds no link and no code: ``deliver`` makes those when it sends, so that none lies readable in the table.
    ``values`` are the template's own variables for messages that are not about a ticket.
    """

    template: str
    channel: Channel
    address: str
    name: str
    created_at: dt.datetime
    ticket: int | None = None
    seq: int = 0
    engagement: str | None = None
    values: dict[str, str] = {}
    state: Delivery = Delivery.QUEUED
    attempts: int = 0
    claimed_at: dt.datetime | None = None
    sent_at: dt.datetime | None = None
    provider_id: str = ""
    subject: str = ""
    trouble: str = ""
