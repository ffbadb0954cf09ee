"""Names of a message outside: the tag that the provider's events bring back, and its Message-ID.

Both are made from the outbox key alone, so a message sent twice carries the same ones. Pure.
"""

import base64
import hashlib

from palier.aws.keys import Key

_LONGEST = 256


class BadTagError(ValueError):
    """Not a tag of ours."""


def tag_of(key: Key) -> str:
    """Return the key in the few characters that SES allows in a tag."""
    return base64.urlsafe_b64encode("\n".join(key).encode()).decode().rstrip("=")


def key_of(tag: str) -> Key:
    """Return the key that a tag holds. Raises :class:`BadTagError`."""
    try:
        text = base64.b64decode(tag + "=" * (-len(tag) % 4), b"-_", validate=True).decode()
    except ValueError as broken:  # not base64, or not UTF-8 under it
        raise BadTagError from broken
    pk, _, sk = text.partition("\n")
    if len(tag) > _LONGEST or not pk or not sk.startswith("OUT#"):
        raise BadTagError
    return Key(pk, sk)


def message_id(key: Key, domain: str) -> str:
    """Return the Message-ID of a message: the same each time it is sent."""
    return f"<{hashlib.sha256(tag_of(key).encode()).hexdigest()[:40]}@{domain}>"


def thread_id(pk: str, domain: str) -> str:
    """Return the id that all mails about one ticket refer to, so that mail readers show them together (MSG-004)."""
    return f"<{hashlib.sha256(pk.encode()).hexdigest()[:40]}@{domain}>"
