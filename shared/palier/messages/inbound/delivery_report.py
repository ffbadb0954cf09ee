"""Bounces: whom a delivery report could not reach and which message it speaks of (RFC 3464)."""

import re
from typing import Final

from palier.messages.inbound.addresses import first_mailbox
from palier.messages.inbound.model import Bounce

_FIELD: Final = re.compile(
    r"(?im)^(final-recipient|original-recipient|action|status)[ \t]{0,9}:[ \t]{0,9}([^\r\n]{1,400})"
)
_WINDOW: Final = 100_000
_MAX_RECIPIENTS: Final = 50


def read_delivery_status(report: str, original_message_id: str | None) -> Bounce:
    """Return the recipients and the first action and status that the report names."""
    recipients: dict[str, None] = {}
    first: dict[str, str] = {}
    for name, value in _FIELD.findall(report[:_WINDOW]):
        if name.lower().endswith("recipient"):
            mailbox = first_mailbox(value.partition(";")[2] or value)
            if mailbox and len(recipients) < _MAX_RECIPIENTS:
                recipients[mailbox] = None
        else:
            first.setdefault(name.lower(), value.partition("(")[0].strip().lower())
    return Bounce(tuple(recipients), first.get("action", ""), first.get("status", ""), original_message_id)
