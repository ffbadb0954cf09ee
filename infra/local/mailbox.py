"""Everything that the product sent, kept on disk: the raw MIME of each e-mail, the text of each SMS.

A message is on disk before the product hears that it was accepted. Knows nothing of pages.
"""

from __future__ import annotations

import functools
import json
import os
import re
import secrets
import threading
from dataclasses import asdict, dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Envelope:
    """What is known without reading the message."""

    id: str
    kind: Literal["email", "sms"]
    to: tuple[str, ...]
    sender: str
    sent_at: str


@dataclass(frozen=True)
class Attachment:
    name: str
    type: str
    size: int


@dataclass(frozen=True)
class Letter:
    """A message as a person reads it."""

    envelope: Envelope
    subject: str
    headers: list[tuple[str, str]]
    text: str
    html: str
    attachments: list[Attachment]

    @property
    def links(self) -> list[str]:
        found = [*_hrefs(self.html), *re.findall(r"https?://[^\s<>\"'\])]+", self.text)]
        return list(dict.fromkeys(link.rstrip(".,;:!?…»") for link in found))


class Mailbox:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._envelopes = [_envelope(path) for path in sorted(folder.glob("*.json"))]
        self.letter = functools.lru_cache(maxsize=5000)(self._letter)

    def newest_first(self) -> list[Envelope]:
        return self._envelopes[::-1]

    def keep_email(self, sender: str, recipients: list[str], raw: bytes, sent_at: str) -> None:
        to = recipients or _header_recipients(raw)
        self._keep("email", to, sender, sent_at, raw)

    def keep_sms(self, number: str, text: str, sent_at: str) -> None:
        self._keep("sms", [number], "", sent_at, text.encode())

    def raw(self, identifier: str) -> bytes | None:
        if not re.fullmatch(r"[0-9]{8}-[0-9a-f]{6}", identifier):
            return None
        path = self._folder / f"{identifier}.raw"
        return path.read_bytes() if path.exists() else None

    def _letter(self, envelope: Envelope) -> Letter:
        raw = self.raw(envelope.id) or b""
        if envelope.kind == "sms":
            return Letter(envelope, "", [], raw.decode(), "", [])
        return _read(envelope, raw)

    def attachment(self, identifier: str, number: int) -> tuple[Attachment, bytes] | None:
        raw = self.raw(identifier)
        files = _files(_parsed(raw)) if raw is not None else []
        if number >= len(files):
            return None
        return _attachment(files[number], number), _content(files[number])

    def find(self, identifier: str) -> Letter | None:
        match = next((envelope for envelope in self._envelopes if envelope.id == identifier), None)
        return self.letter(match) if match else None

    def _keep(self, kind: Literal["email", "sms"], to: list[str], sender: str, sent_at: str, raw: bytes) -> None:
        with self._lock:
            identifier = f"{len(self._envelopes) + 1:08d}-{secrets.token_hex(3)}"
            envelope = Envelope(identifier, kind, tuple(to), sender, sent_at)
            _write_durably(self._folder / f"{identifier}.raw", raw)
            _write_durably(self._folder / f"{identifier}.json", json.dumps(asdict(envelope)).encode())
            self._envelopes.append(envelope)


def as_ses_sends(raw: bytes, identifier: str, region: str) -> bytes:
    """SES replaces the Message-ID by its own: replies refer to the one that the recipient saw."""
    head, separator, body = (
        re.split(rb"(\r?\n\r?\n)", raw, maxsplit=1) if re.search(rb"\r?\n\r?\n", raw) else (raw, b"", b"")
    )
    kept = re.sub(rb"(?im)^message-id:.*(?:\r?\n[ \t].*)*(?:\r?\n|\Z)", b"", head)
    return f"Message-ID: <{identifier}@{region}.amazonses.com>\r\n".encode() + kept + separator + body


def _write_durably(path: Path, content: bytes) -> None:
    draft = path.with_suffix(path.suffix + ".tmp")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _envelope(path: Path) -> Envelope:
    facts = json.loads(path.read_text("utf-8"))
    return Envelope(**{**facts, "to": tuple(facts["to"])})


def _parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - the default policy makes nothing else
    return message


def _header_recipients(raw: bytes) -> list[str]:
    message = _parsed(raw)
    headers = [str(value) for name in ("To", "Cc", "Bcc") for value in message.get_all(name, [])]
    return [address for _, address in getaddresses(headers)]


def _read(envelope: Envelope, raw: bytes) -> Letter:
    message = _parsed(raw)
    return Letter(
        envelope=envelope,
        subject=str(message["Subject"] or ""),
        headers=[(name, str(value)) for name, value in message.items()],
        text=_text(message.get_body(("plain",))),
        html=_text(message.get_body(("html",))),
        attachments=[_attachment(part, number) for number, part in enumerate(_files(message))],
    )


def _files(message: EmailMessage) -> list[Message]:
    """Everything that is not the message's own text."""
    bodies = [message.get_body(("plain",)), message.get_body(("html",))]
    return [part for part in _leaves(message) if all(part is not body for body in bodies)]


def _leaves(part: Message) -> list[Message]:
    """An e-mail inside an e-mail is one file."""
    if not part.is_multipart() or part.get_content_maintype() == "message":
        return [part]
    return [leaf for child in part.iter_parts() for leaf in _leaves(child)] if isinstance(part, EmailMessage) else []


def _text(part: Message | None) -> str:
    content = part.get_payload(decode=True) if part is not None else b""
    charset = part.get_content_charset("utf-8") if part is not None else "utf-8"
    return content.decode(charset, "replace") if isinstance(content, bytes) else ""


def _attachment(part: Message, number: int) -> Attachment:
    return Attachment(part.get_filename() or f"piece-{number + 1}", part.get_content_type(), len(_content(part)))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes()


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def _hrefs(html: str) -> list[str]:
    parser = _Links()
    parser.feed(html)
    return [link for link in parser.found if link.startswith(("http://", "https://"))]
