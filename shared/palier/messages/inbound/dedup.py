"""The key under which a mail is taken once (EML-007): the same mail delivered twice makes one ticket.

The mailbox is part of it: one mail to two agencies is two pieces of work, never a silent drop. The body is part of it:
knowing somebody's Message-ID must not be enough to make his next mail disappear.
"""

import hashlib
from typing import Final

from palier.messages.inbound.findings import Findings
from palier.messages.inbound.headers import skip_leading_blanks, split_headers
from palier.messages.inbound.limits import DEFAULT_LIMITS
from palier.messages.inbound.model import InboundMail

_SEPARATOR: Final = b"\x00"


def dedup_key(mailbox: str, mail: InboundMail, raw: bytes) -> str:
    """Return a hex key. Trace headers do not count, nor line ends: they change on the way."""
    digest = hashlib.sha256()
    for piece in (mailbox.strip().lower(), _identity(mail)):
        digest.update(piece.encode("utf-8", "replace") + _SEPARATOR)
    start = split_headers(raw, skip_leading_blanks(raw), len(raw), DEFAULT_LIMITS, Findings())[1]
    digest.update(raw[start:].replace(b"\r\n", b"\n").rstrip())
    return digest.hexdigest()


def _identity(mail: InboundMail) -> str:
    """A mail without id is known by who wrote it, when, about what: « Merci » from two people is two mails."""
    if mail.message_id is not None:
        return mail.message_id
    sender = mail.from_.address.lower() if mail.from_ else ""
    return f"{sender}\n{mail.sent_at.isoformat() if mail.sent_at else ''}\n{mail.subject}"
