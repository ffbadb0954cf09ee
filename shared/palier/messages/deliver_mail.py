"""Puts one e-mail together: who it comes from, where replies go, what is enclosed. Hands nothing over."""

from collections.abc import Callable

import msgspec

from palier.aws.mail import SendRefusedError
from palier.kernel.contacts import is_email
from palier.kernel.ids import TicketNumber
from palier.messages import reply_address
from palier.messages.compose_letter import SERVICE_ORDER, Letter, enclosed
from palier.messages.deliver_store import Held
from palier.messages.deliver_tag import message_id, tag_of, thread_id
from palier.messages.render import render_mail
from palier.messages.render_mime import Enclosure, Envelope, mime
from palier.messages.templates.view import MailView
from palier.tickets.model import Attachment

# SES takes 10 MB and encoding adds a third; above this a file waits behind the link, where a phone opens it as well.
ENCLOSED_AT_MOST = 5_000_000


class Places(msgspec.Struct, frozen=True):
    """Where the site is, and the domains that mails leave from and come back to."""

    public_url: str
    mail_domain: str
    inbound_domain: str


class Mail(msgspec.Struct, frozen=True):
    """A mail ready to go."""

    sender: str
    subject: str
    raw: bytes


def mail_of(
    held: Held, view: MailView, places: Places, secret: Callable[[], bytes], enclosures: tuple[Enclosure, ...]
) -> Mail:
    """Return the mail of a message. Raises :class:`SendRefusedError` for what is no address."""
    letter, key = held.letter, held.row.key
    addressee = letter.message.address
    if not is_email(addressee) or not addressee.isascii():
        raise SendRefusedError("InvalidAddress")
    sender = f"{letter.agency.settings.mail_sender_box}@{places.mail_domain}"
    reply_to = _reply_to(letter, places, secret)
    written = render_mail(letter.key, view)
    envelope = Envelope(
        sender_name=letter.agency.sender_name,
        sender=sender,
        addressee_name=letter.message.name,
        addressee=addressee,
        reply_to=reply_to,
        message_id=message_id(key, places.mail_domain),
        thread=thread_id(key.pk, places.mail_domain) if letter.ticket else "",
        outbox_key=tag_of(key),
        sent_at=letter.message.claimed_at or letter.message.created_at,
        receipt_to=reply_to if letter.key == SERVICE_ORDER and letter.module.tickets_read_receipt else "",
    )
    return Mail(sender, written.subject, mime(envelope, written, enclosures).as_bytes())


def enclose(letter: Letter, read_file: Callable[[str], bytes]) -> tuple[Enclosure, ...]:
    """Read the files that travel with a mail (SLF-002): those that fit together; the link shows all of them."""
    return tuple(Enclosure(one.name, one.media_type, read_file(one.key)) for one in small_enough(enclosed(letter)))


def small_enough(files: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Return the files to enclose: in order, leaving out each that would pass the limit."""
    kept: list[Attachment] = []
    for one in files:
        if sum(other.size for other in kept) + one.size <= ENCLOSED_AT_MOST:
            kept.append(one)
    return tuple(kept)


def _reply_to(letter: Letter, places: Places, secret: Callable[[], bytes]) -> str:
    number = letter.ticket.number if letter.ticket else _number(letter.message.values.get("number", ""))
    if number is None:
        return letter.agency.settings.mail_reply_address
    return reply_address.make(secret(), letter.agency.id, number, letter.message.address, places.inbound_domain)


def _number(text: str) -> TicketNumber | None:
    return TicketNumber(int(text)) if text.isdecimal() and text.isascii() else None
