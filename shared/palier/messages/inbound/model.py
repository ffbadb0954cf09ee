"""What an inbound mail is once read. Must not know how it was read, nor what will be done with it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Defect(StrEnum):
    """Something wrong with the mail, kept for the manager and for measuring; none of them stops the reading."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    OVERSIZED = "oversized"
    NO_HEADERS = "no_headers"
    HEADERS_TRUNCATED = "headers_truncated"
    MALFORMED_HEADER = "malformed_header"
    RAW_8BIT_HEADER = "raw_8bit_header"
    BROKEN_ENCODED_WORD = "broken_encoded_word"
    MISSING_FROM = "missing_from"
    MISSING_DATE = "missing_date"
    MISSING_MESSAGE_ID = "missing_message_id"
    MISSING_BOUNDARY = "missing_boundary"
    UNCLOSED_MULTIPART = "unclosed_multipart"
    TOO_DEEP = "too_deep"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_MANY_ATTACHMENTS = "too_many_attachments"
    TOO_MANY_ADDRESSES = "too_many_addresses"
    UNKNOWN_CHARSET = "unknown_charset"
    WRONG_CHARSET = "wrong_charset"
    UNKNOWN_ENCODING = "unknown_transfer_encoding"
    BROKEN_BASE64 = "broken_base64"
    TEXT_TRUNCATED = "text_truncated"
    HTML_NOT_SAFE = "html_not_safe"
    BROKEN_TNEF = "broken_tnef"
    BROKEN_SMIME = "broken_smime"
    BINARY_AS_TEXT = "binary_as_text"


class Protection(StrEnum):
    """Cryptographic shell around the content. A signature is never verified here: a badge, not a proof."""

    NONE = "none"
    SIGNED_UNVERIFIED = "signed_unverified"
    ENCRYPTED_SMIME = "encrypted_smime"
    ENCRYPTED_PGP = "encrypted_pgp"


class Verdict(StrEnum):
    """SES's opinion; ABSENT when the header is missing, GRAY and PROCESSING_FAILED as SES words them."""

    ABSENT = "absent"
    PASS = "pass"  # noqa: S105 - a verdict, not a password
    GRAY = "gray"
    FAIL = "fail"
    PROCESSING_FAILED = "processing_failed"


class Address(Struct, frozen=True):
    """A mailbox; the domain is in lower case, the local part as written (reply tags are case-sensitive)."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


class Attachment(Struct, frozen=True):
    """A file of the mail. ``declared_type`` is the sender's word, ``sniffed_type`` what the bytes say."""

    name: str
    declared_type: str
    sniffed_type: str
    content: bytes
    inline: bool = False
    content_id: str | None = None

    @property
    def size(self) -> int:
        return len(self.content)


class CalendarSummary(Struct, frozen=True):
    """An invitation or an answer to one, as its own words; times are left as written."""

    method: str = ""
    summary: str = ""
    starts: str = ""
    ends: str = ""
    location: str = ""
    organizer: str = ""


class Bounce(Struct, frozen=True):
    """What a delivery report says: whom it could not reach, and which of our messages it speaks of."""

    recipients: tuple[str, ...] = ()
    action: str = ""
    status: str = ""
    original_message_id: str | None = None


class Verdicts(Struct, frozen=True):
    """SES's verdicts; the worst one counts when the header is there twice (a sender can write it too)."""

    spam: Verdict = Verdict.ABSENT
    virus: Verdict = Verdict.ABSENT
    spf: Verdict = Verdict.ABSENT
    dkim: Verdict = Verdict.ABSENT
    dmarc: Verdict = Verdict.ABSENT


class Signals(Struct, frozen=True):
    """Headers by which machines announce themselves, lower-cased; read by ``classify`` only."""

    null_return_path: bool = False
    content_type: str = ""
    report_type: str = ""
    auto_submitted: str = ""
    auto_response_suppress: str = ""
    autoreply_headers: tuple[str, ...] = ()
    precedence: str = ""
    list_id: str = ""
    list_post: str = ""
    list_unsubscribe: bool = False
    one_click_unsubscribe: bool = False
    campaign_headers: tuple[str, ...] = ()
    failed_recipients: bool = False


class InboundMail(Struct, frozen=True, kw_only=True):
    """A mail, read. Every field has a value for any bytes whatever."""

    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    from_: Address | None = None
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    return_path: str | None = None
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""
    html_safe: str | None = None
    visible_text: str = ""
    folded_text: str = ""
    attachments: tuple[Attachment, ...] = ()
    protection: Protection = Protection.NONE
    winmail_unpacked: bool = False
    calendar: CalendarSummary | None = None
    bounce: Bounce | None = None
    truncated: bool = False
    defects: tuple[Defect, ...] = ()
    signals: Signals = Signals()
    verdicts: Verdicts = Verdicts()

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address it was for, the envelope's first."""
        headers = (address.address for address in (*self.to, *self.cc))
        return tuple(dict.fromkeys((*self.delivered_to, *headers)))
