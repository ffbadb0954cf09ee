"""Mails to measure with: like those that tenants send from a telephone, at a wanted size. Pure."""

from __future__ import annotations

import random
from email.message import EmailMessage
from email.policy import SMTP

_TEXT = (
    "Bonjour,\n\nIl y a une fuite sous l’évier de la cuisine depuis hier soir, l’eau coule chez le voisin du dessous.\n"
    "Vous trouverez des photos ci-jointes. On me joint au 06 39 98 00 01.\n\nCordialement,\nCamille Essai\n"
)
_OVERHEAD = 4 / 3 * 78 / 76  # base64, and the ends of its lines


def mail(sender: str, to: str, rank: int, size: int = 0) -> bytes:
    """Return a mail of about ``size`` bytes: text and HTML, and a photo for what is missing; no photo when it is 0."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"Camille Essai <{sender}>"
    message["To"] = to
    message["Subject"] = f"Fuite sous l’évier ({rank})"
    message["Date"] = "Mon, 21 Sep 2026 10:00:00 +0200"
    message["Message-ID"] = f"<mesure-{rank}-{size}@clients.example>"
    message.set_content(_TEXT)
    message.add_alternative(f"<html><body>{_paragraphs()}</body></html>", subtype="html")
    if size:
        photo = _photo(int(max(1000, size - len(message.as_bytes())) / _OVERHEAD))
        message.add_attachment(photo, maintype="image", subtype="jpeg", filename="IMG_2041.jpeg")
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"mesure-{number}")  # the library's own differ each time
    return message.as_bytes()


def _paragraphs() -> str:
    return "".join(f"<p style='margin:0'>{line}</p>" for line in _TEXT.splitlines())


def _photo(size: int) -> bytes:
    """Return something that begins like a JPEG and compresses as badly."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + random.Random(size).randbytes(size)  # noqa: S311 - a picture, not a secret
