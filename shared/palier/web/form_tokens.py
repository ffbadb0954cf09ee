"""One token a form: it proves that the form is ours (no forged requests) and lets it act only once.

A token is ``nonce.mac``; the mac is keyed by the caller's secret cookie or link, so nothing is stored until the form
comes back, when the nonce goes into the transaction (``Changes.once``).
"""

import hashlib
import hmac
import secrets

from palier.kernel.errors import PalierError

_MAC_LENGTH = 32
_LONGEST_NONCE = 64


class BadFormTokenError(PalierError):
    """The form is not one we gave to this caller."""

    code = "BAD_FORM_TOKEN"


def new_form_token(secret: str) -> str:
    """Make the token of one form for the holder of ``secret`` (the raw cookie or link token)."""
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_mac(secret, nonce)}"


def nonce_of(token: str, secret: str) -> str:
    """Return the nonce of a token given to this caller; raises :class:`BadFormTokenError` for any other."""
    nonce, _, mac = token.partition(".")
    if not nonce or len(nonce) > _LONGEST_NONCE or not hmac.compare_digest(mac.encode(), _mac(secret, nonce).encode()):
        raise BadFormTokenError
    return nonce


def _mac(secret: str, nonce: str) -> str:
    return hmac.new(secret.encode(), b"form:" + nonce.encode(), hashlib.sha256).hexdigest()[:_MAC_LENGTH]
