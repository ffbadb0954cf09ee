"""Mail coming in: SMTP, then exactly what an SES receipt rule does, an object in the inbound bucket.

From there on the template decides: the bucket notifies, a function reads.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import formatdate

from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.local.settings import REGION

SIZE_LIMIT = 40 * 1024 * 1024  # what SES accepts
PREFIX = "mail/"


class UnknownDomainError(ValueError):
    """Mail for a domain that is not ours."""


class NotReadyError(Exception):
    """Nothing is deployed yet that could take the message; the sender may try again."""


@dataclass(frozen=True)
class InboundMail:
    """Stores a message as SES would; `put` takes a key and the bytes and returns once they are safe."""

    domain: str
    put: Callable[[str, bytes], None]

    def accepts(self, recipient: str) -> bool:
        return recipient.lower().rpartition("@")[2] == self.domain

    def receive(self, sender: str, recipients: Sequence[str], raw: bytes) -> str:
        """The key of the object. One object for all recipients, as one receipt rule makes it."""
        ours = [recipient for recipient in recipients if self.accepts(recipient)]
        if not ours:
            raise UnknownDomainError(f"this machine takes mail for {self.domain} only")
        key = PREFIX + secrets.token_hex(20)
        self.put(key, self._headers(sender, ours, key) + raw)
        return key

    def _headers(self, sender: str, recipients: list[str], key: str) -> bytes:
        """The lines that SES puts before the message, and nothing more."""
        lines = [
            f"Return-Path: <{sender}>",
            "Received: from localhost (localhost [127.0.0.1])",
            f" by inbound-smtp.{REGION}.amazonaws.com with SMTP id {key[len(PREFIX) :]}",
            f" for {', '.join(recipients)};",
            f" {formatdate()}",
            "X-SES-Spam-Verdict: PASS",
            "X-SES-Virus-Verdict: PASS",
        ]
        return ("\r\n".join(lines) + "\r\n").encode()


class _Handler:
    def __init__(self, mail: InboundMail) -> None:
        self._mail = mail

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if not self._mail.accepts(address):
            return f"550 5.1.1 this machine takes mail for {self._mail.domain} only"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - named by aiosmtpd
        del server, session
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            await asyncio.to_thread(self._mail.receive, envelope.mail_from or "", list(envelope.rcpt_tos), content)
        except NotReadyError as error:
            return f"451 4.3.0 {error}"
        return "250 OK"


def smtp_protocol(mail: InboundMail) -> SMTP:
    """One connection; make one for each."""
    return SMTP(_Handler(mail), data_size_limit=SIZE_LIMIT, hostname="localhost", ident="Palier (local)")
