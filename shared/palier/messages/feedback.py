"""What the mail service says about a message, and what follows for its state. Pure.

States only move forward: events come late, twice and in any order, and each says something true. The first of them,
« Send », also closes the gap between handing a mail over and marking it: the message is then not sent again.
"""

import datetime as dt
from typing import Any

import msgspec

from palier.aws.keys import Key
from palier.messages.deliver_tag import BadTagError, key_of
from palier.messages.model import Delivery, OutMessage

_HEADER = "x-palier-message"
_TAG = "palier"
_STATES = {
    "Send": Delivery.SENT,
    "Delivery": Delivery.DELIVERED,
    "Bounce": Delivery.BOUNCED,
    "Complaint": Delivery.COMPLAINT,
    "Reject": Delivery.FAILED,
}
_ORDER = tuple(
    Delivery(state) for state in ("queued", "sending", "sent", "failed", "delivered", "bounced", "complaint")
)
_BOUNCES = {
    "NoEmail": "Adresse inexistante",
    "General": "Adresse refusée",
    "Suppressed": "Adresse bloquée après un refus précédent",
    "OnAccountSuppressionList": "Adresse bloquée après un refus précédent",
    "MailboxFull": "Boîte de réception pleine",
    "MessageTooLarge": "Message trop volumineux pour le destinataire",
    "ContentRejected": "Contenu refusé par le destinataire",
    "AttachmentRejected": "Pièce jointe refusée par le destinataire",
}
_NOT_TAKEN, _LATER = "Adresse refusée", "Non remis après plusieurs essais"
_UNWANTED, _REJECTED = "Signalé comme indésirable par le destinataire", "Refusé par le service d’envoi"


class Header(msgspec.Struct, frozen=True):
    """One header of the mail."""

    name: str = ""
    value: str = ""


class SentMail(msgspec.Struct, frozen=True, rename="camel"):
    """The mail that an event is about."""

    message_id: str = ""
    timestamp: dt.datetime | None = None
    tags: dict[str, list[str]] = {}
    headers: list[Header] = []


class Bounce(msgspec.Struct, frozen=True, rename="camel"):
    """Why a mail came back."""

    bounce_type: str = ""
    bounce_sub_type: str = ""


class Event(msgspec.Struct, frozen=True, rename="camel"):
    """One event of the mail service; what it holds about addresses is not read."""

    mail: SentMail
    event_type: str = ""
    notification_type: str = ""
    bounce: Bounce = Bounce()


class Feedback(msgspec.Struct, frozen=True):
    """What one event says about one message of ours."""

    key: Key
    state: Delivery
    provider_id: str
    sent_at: dt.datetime | None = None
    trouble: str = ""


def read_feedback(text: str) -> Feedback | None:
    """Read an event. None for what is not about a message of ours (the service's own test message)."""
    try:
        event = msgspec.json.decode(text, type=Event)
        key = key_of(_tag(event.mail))
    except (msgspec.DecodeError, BadTagError):
        return None
    state = _STATES.get(event.event_type or event.notification_type)
    if state is None:
        return None
    return Feedback(key, state, event.mail.message_id, event.mail.timestamp, _trouble(event, state))


def _tag(mail: SentMail) -> str:
    written = {header.name.lower(): header.value for header in mail.headers}
    return next(iter(mail.tags.get(_TAG, [])), "") or written.get(_HEADER, "")


def _trouble(event: Event, state: Delivery) -> str:
    if state is Delivery.BOUNCED:
        usual = _LATER if event.bounce.bounce_type == "Transient" else _NOT_TAKEN
        return _BOUNCES.get(event.bounce.bounce_sub_type, usual)
    told: dict[Delivery, str] = {Delivery.COMPLAINT: _UNWANTED, Delivery.FAILED: _REJECTED}
    return told.get(state, "")


def after(message: OutMessage, said: Feedback) -> OutMessage | None:
    """Return the message after an event, or None when it says nothing new."""
    if _ORDER.index(said.state) <= _ORDER.index(message.state):
        return None
    changed: dict[str, Any] = {"state": said.state, "trouble": said.trouble}
    if said.state is not Delivery.FAILED:
        changed["provider_id"] = message.provider_id or said.provider_id
        changed["sent_at"] = message.sent_at or said.sent_at
    return msgspec.structs.replace(message, **changed)
