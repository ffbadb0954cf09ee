"""Whether a message may be sent now, and what becomes of it. Pure: the store makes these decisions atomic.

A worker claims a message for five minutes before it sends. Whoever finds an older claim knows that its worker died and
sends again: a message leaves at least once, and twice only when a worker dies between the provider's « yes » and the
mark. The other way round (mark, then send) would lose a work order, which is worse than two copies of one; copies
carry the same ``X-Palier-Message``.
"""

import datetime as dt
from enum import StrEnum

import msgspec

from palier.messages.model import Delivery, OutMessage

LEASE = dt.timedelta(minutes=5)
WAITS = (dt.timedelta(minutes=2), dt.timedelta(minutes=10), dt.timedelta(minutes=30), dt.timedelta(hours=2))
MOST = len(WAITS) + 1
DIED = "Envoi interrompu à plusieurs reprises"
GAVE_UP = "Service d’envoi indisponible"
_FASTER = frozenset({Delivery.DELIVERED, Delivery.BOUNCED, Delivery.COMPLAINT})

replace = msgspec.structs.replace


class Verdict(StrEnum):
    """What a worker does with a message it was pointed at."""

    SEND = "send"
    ALREADY_LEFT = "already left"
    TAKEN = "another worker has it"
    TOO_EARLY = "waits for its next try"
    GIVE_UP = "its workers died too often"


def verdict(message: OutMessage, now: dt.datetime) -> Verdict:
    """Say what to do with a message as it stands."""
    if message.state is Delivery.SENDING:
        return _of_claim(message, now)
    if message.state is not Delivery.QUEUED:
        return Verdict.ALREADY_LEFT
    return Verdict.TOO_EARLY if message.attempts and now < next_try(message) else Verdict.SEND


def _of_claim(message: OutMessage, now: dt.datetime) -> Verdict:
    if message.claimed_at is not None and now < message.claimed_at + LEASE:
        return Verdict.TAKEN
    return Verdict.GIVE_UP if message.attempts >= MOST else Verdict.SEND


def next_try(message: OutMessage) -> dt.datetime:
    """Return when a refused message may be tried again: the wait grows with each refusal.

    The first try asks no clock: the one that wrote the message may run a little ahead.
    """
    return (message.claimed_at or message.created_at) + WAITS[min(message.attempts, len(WAITS)) - 1]


def claimed(message: OutMessage, now: dt.datetime) -> OutMessage:
    """Return the message as a worker takes it."""
    return replace(message, state=Delivery.SENDING, attempts=message.attempts + 1, claimed_at=now)


def sent(message: OutMessage, provider_id: str, subject: str, now: dt.datetime | None) -> OutMessage:
    """Return the message once the provider took it; an event of the provider may have been faster."""
    told = replace(message, provider_id=provider_id, subject=subject, sent_at=now)
    if message.state in _FASTER:
        return told
    return replace(told, state=Delivery.SENT, trouble="")


def put_off(message: OutMessage, trouble: str) -> OutMessage:
    """Return the message after a refusal that may pass: queued for the sweeper, or given up after five tries."""
    if message.attempts >= MOST:
        return failed(message, GAVE_UP)
    return replace(message, state=Delivery.QUEUED, trouble=trouble)


def failed(message: OutMessage, trouble: str) -> OutMessage:
    """Return the message that will not leave, with what to tell the agency."""
    return replace(message, state=Delivery.FAILED, trouble=trouble)
