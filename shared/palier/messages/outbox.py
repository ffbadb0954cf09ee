"""Writing messages down in the transaction that causes them (PLT-006). Sending is ``deliver.py``.

An outbox row stands in the partition of what it is about (a ticket, or ``OUTBOX`` for the rest) under ``OUT#…``, and in
the ``due`` index until it has left, where the sweeper finds it.
"""

import datetime as dt
import secrets

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row
from palier.kernel.clock import iso
from palier.messages.model import Channel, Delivery, OutMessage

KIND = "OUT"
_LEFT = frozenset({Delivery.SENT, Delivery.DELIVERED, Delivery.BOUNCED, Delivery.COMPLAINT, Delivery.FAILED})


def message_row(keys: AgencyKeys, key: Key, message: OutMessage, version: int = 0) -> Row:
    """Return the row of a message; in the ``due`` index as long as it has not left."""
    waiting = (
        {} if message.state in _LEFT else {"due": (keys.pk("DUE"), f"{iso(message.created_at)}|{key.pk}|{key.sk}")}
    )
    return Row(key=key, kind=KIND, body=msgspec.json.encode(message), version=version, indexes=waiting)


def read_message(row: Row) -> OutMessage:
    """Read a message row."""
    return msgspec.json.decode(row.body, type=OutMessage)


def queue_message(
    changes: Changes,
    keys: AgencyKeys,
    template: str,
    address: str,
    name: str,
    values: dict[str, str],
    now: dt.datetime,
) -> None:
    """Queue a mail that is about no ticket (a forgotten password), in the caller's transaction."""
    message = OutMessage(template, Channel.EMAIL, address, name, now, values=values)
    key = keys.key("OUTBOX", secrets.token_urlsafe(12), sk="OUT#000001#00")
    changes.create(message_row(keys, key, message))
