"""Samples and small hand-made mails for the tests of inbound mail."""

from pathlib import Path

from palier.messages.inbound.limits import DEFAULT_LIMITS, Limits
from palier.messages.inbound.model import InboundMail
from palier.messages.inbound.parse import read_mail

SAMPLES = Path(__file__).parents[4] / "events" / "mail"
OWN = frozenset({"palier.example", "tickets.palier.example", "agence-demo.example"})


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.eml").read_bytes()


def read_sample(name: str) -> InboundMail:
    return read(sample(name))


def read(raw: bytes | str, limits: Limits = DEFAULT_LIMITS) -> InboundMail:
    """Read without the safety net: an exception is a bug that the test must see."""
    return read_mail(raw.encode() if isinstance(raw, str) else raw, limits)


def mail(*headers: str, body: str = "Bonjour", sender: str = "lea@courriel.example") -> InboundMail:
    """A mail from a person to the demonstration agency, with more headers."""
    lines = (f"From: {sender}", "To: demo@tickets.palier.example", "Message-ID: <a@courriel.example>", *headers)
    return read("\n".join(lines) + "\n\n" + body)


def container(boundary: str, *parts: str, kind: str = "mixed") -> str:
    """A multipart mail whose parts are written whole, headers and body."""
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f"From: lea@courriel.example\nContent-Type: multipart/{kind}; boundary={boundary}\n\n{body}--{boundary}--\n"
