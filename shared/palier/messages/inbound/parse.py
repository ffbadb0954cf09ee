"""Bytes to :class:`InboundMail`. Never raises: what cannot be read is still a mail, flagged; its original is kept."""

import re
from datetime import datetime
from typing import Final, TypedDict

from msgspec.structs import replace

from palier.messages.inbound.addresses import first_mailbox, parse_addresses
from palier.messages.inbound.armour import unwrap_armour
from palier.messages.inbound.bodies import Body, Composed, compose
from palier.messages.inbound.cleaning import one_line
from palier.messages.inbound.contents import Contents
from palier.messages.inbound.dates import parse_date
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.headers import Headers, skip_leading_blanks
from palier.messages.inbound.limits import DEFAULT_LIMITS, Limits
from palier.messages.inbound.message_ids import parse_message_ids
from palier.messages.inbound.mime_tree import Part, TreeReader
from palier.messages.inbound.model import Address, Defect, InboundMail, Protection
from palier.messages.inbound.quoted import fold
from palier.messages.inbound.signals import read_signals, read_verdicts
from palier.messages.inbound.walking import collect

_RECEIVED_FOR: Final = re.compile(rb"(?i)\bfor\s{1,5}<?([^\s<>;()]{1,300}@[^\s<>;()]{1,300})")
_FORWARD_SUBJECT: Final = re.compile(r"(?i)(?:tr|fwd?|wg|rv|i)\s?:")
_RECEIVED_READ: Final = 10
_MAX_SUBJECT: Final = 200
_MAX_ENVELOPE: Final = 50
_ENVELOPE: Final = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")


def parse_mail(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> InboundMail:
    """Read a mail, whatever the bytes."""
    try:
        return read_mail(raw, limits)
    except Exception:  # noqa: BLE001 - the outermost edge of hostile input: one bad mail must never stop the mailbox
        return InboundMail(truncated=True, defects=(Defect.UNREADABLE,))


def read_mail(raw: bytes, limits: Limits) -> InboundMail:
    """Read a mail; ``parse_mail`` without its safety net, so that tests see what the net would hide."""
    findings = Findings()
    if len(raw) > limits.total_bytes:
        findings.note(Defect.OVERSIZED)
        raw = raw[: limits.total_bytes]
    root = TreeReader(limits, findings).read(raw, skip_leading_blanks(raw))
    contents = collect(root, limits, findings)
    return _assembled(root, contents)


def _assembled(root: Part, contents: Contents) -> InboundMail:
    headers, limits, findings = root.headers, contents.limits, contents.findings
    composed, protection = _text_of(contents)
    subject = one_line(headers.text("subject", findings), _MAX_SUBJECT)
    folded = fold(composed.text, limits, forwarded=_FORWARD_SUBJECT.match(subject) is not None)
    _note_emptiness(headers, composed, contents)
    mail = InboundMail(
        subject=subject,
        text=composed.text,
        html_safe=composed.html_safe,
        visible_text=folded.visible,
        folded_text=folded.folded,
        attachments=tuple(contents.files.found),
        protection=protection,
        winmail_unpacked=contents.winmail_unpacked,
        calendar=contents.calendar,
        bounce=contents.bounce,
        signals=read_signals(root, findings),
        verdicts=read_verdicts(headers),
        **_envelope(headers, limits, findings),
    )
    return replace(mail, truncated=findings.truncated, defects=findings.defects)


class _Envelope(TypedDict):
    """The fields that say who wrote to whom, when, and in answer to what."""

    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    from_: Address | None
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    return_path: str | None
    sent_at: datetime | None


def _envelope(headers: Headers, limits: Limits, findings: Findings) -> _Envelope:
    return _Envelope(
        message_id=_message_id(headers, findings),
        in_reply_to=parse_message_ids(headers.first("in-reply-to"), limits.references),
        references=parse_message_ids(b" ".join(headers.every("references")), limits.references),
        from_=_from(headers, findings),
        sender=_first_address(headers, "sender"),
        reply_to=parse_addresses(headers.first("reply-to"), limits.addresses, findings),
        to=_addresses(headers, "to", limits, findings),
        cc=_addresses(headers, "cc", limits, findings),
        delivered_to=_delivered_to(headers),
        return_path=first_mailbox((headers.first("return-path") or b"").decode("ascii", "replace")),
        sent_at=_sent_at(headers, findings),
    )


def _text_of(contents: Contents) -> tuple[Composed, Protection]:
    composed = compose(contents.bodies, contents.limits, contents.findings)
    if not composed.text.strip() and contents.fallbacks:
        composed = compose(contents.fallbacks[:1], contents.limits, contents.findings)
    if not composed.text.strip() and contents.calendar is not None:
        composed = compose([Body(plain=contents.calendar.summary)], contents.limits, contents.findings)
    armour = unwrap_armour(composed.text)
    protection = contents.protection if armour.protection is Protection.NONE else armour.protection
    return Composed(armour.text, composed.html_safe), protection


def _from(headers: Headers, findings: Findings) -> Address | None:
    """Return the author; several authors are rare, and the first one writes."""
    author = _first_address(headers, "from") or _first_address(headers, "sender")
    if author is None:
        findings.note(Defect.MISSING_FROM)
    return author


def _first_address(headers: Headers, name: str) -> Address | None:
    found = parse_addresses(headers.first(name), 1, Findings())
    return found[0] if found else None


def _addresses(headers: Headers, name: str, limits: Limits, findings: Findings) -> tuple[Address, ...]:
    return parse_addresses(b", ".join(headers.every(name)), limits.addresses, findings)


def _sent_at(headers: Headers, findings: Findings) -> datetime | None:
    """Return the mail's own date, else when the last server took it."""
    sent_at = parse_date(headers.text("date", findings))
    if sent_at is None:
        findings.note(Defect.MISSING_DATE)
        received = headers.every("received")[:_RECEIVED_READ]
        dates = (parse_date(value.rpartition(b";")[2].decode("ascii", "replace")) for value in received)
        sent_at = next((date for date in dates if date is not None), None)
    return sent_at


def _message_id(headers: Headers, findings: Findings) -> str | None:
    ids = parse_message_ids(headers.first("message-id"), 1)
    if not ids:
        findings.note(Defect.MISSING_MESSAGE_ID)
        return None
    return ids[0]


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    """Return the envelope's recipients: by the servers' own lines first, then by headers servers add."""
    found: dict[str, None] = {}
    for value in headers.every("received")[:_RECEIVED_READ]:
        match = _RECEIVED_FOR.search(value)
        if match:
            found[_lower_domain(match[1])] = None
    for name in _ENVELOPE:
        for value in headers.every(name)[:_RECEIVED_READ]:
            mailbox = first_mailbox(value.decode("ascii", "replace"))
            if mailbox:
                found[mailbox] = None
    return tuple(found)[:_MAX_ENVELOPE]


def _lower_domain(raw: bytes) -> str:
    local, _, domain = raw.decode("ascii", "replace").rpartition("@")
    return one_line(f"{local}@{domain.lower()}", 600)


def _note_emptiness(headers: Headers, composed: Composed, contents: Contents) -> None:
    if not headers.fields:
        contents.findings.note(Defect.NO_HEADERS)
    if not composed.text.strip() and not contents.files.found:
        contents.findings.note(Defect.EMPTY)
