"""A written mail as MIME: text and HTML, enclosures, and the headers that keep robots from answering it.

Seven-bit clean, so that no relay has to re-encode it. Names come from people: line breaks in them never reach a header.
"""

import datetime as dt
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import msgspec

from palier.messages.render import Written

_POLICY = SMTP.clone(cte_type="7bit")
_UNKNOWN = ("application", "octet-stream")


class Envelope(msgspec.Struct, frozen=True):
    """Everything about a mail but what it says."""

    sender_name: str
    sender: str
    addressee_name: str
    addressee: str
    reply_to: str
    message_id: str
    thread: str
    outbox_key: str
    sent_at: dt.datetime
    receipt_to: str = ""


class Enclosure(msgspec.Struct, frozen=True):
    """A file that travels with a mail."""

    name: str
    media_type: str
    content: bytes


def mime(envelope: Envelope, written: Written, enclosures: tuple[Enclosure, ...] = ()) -> EmailMessage:
    """Return the mail as it leaves."""
    mail = EmailMessage(policy=_POLICY)
    for name, value in _headers(envelope, written.subject).items():
        if value:
            mail[name] = value
    mail.set_content(written.text, charset="utf-8")
    mail.add_alternative(written.html, subtype="html", charset="utf-8")
    for one in enclosures:
        main, sub = _media_type(one.media_type)
        mail.add_attachment(one.content, maintype=main, subtype=sub, filename=_one_line(one.name))
    return mail


def _headers(envelope: Envelope, subject: str) -> dict[str, str | Address]:
    return {
        "From": _address(envelope.sender_name, envelope.sender),
        "To": _address(envelope.addressee_name, envelope.addressee),
        "Subject": _one_line(subject),
        "Date": format_datetime(envelope.sent_at.astimezone(dt.UTC)),
        "Message-ID": envelope.message_id,
        "References": envelope.thread,
        "Reply-To": envelope.reply_to,
        "Disposition-Notification-To": envelope.receipt_to,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Palier-Message": envelope.outbox_key,
    }


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(_one_line(name), local, domain)


def _one_line(text: str) -> str:
    """Return the text on one line, without control characters: a name must not become a header."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def _media_type(text: str) -> tuple[str, str]:
    main, _, sub = text.partition("/")
    return (main, sub) if main.isalpha() and sub and main not in {"multipart", "message"} else _UNKNOWN
