"""PGP written into the text itself: a clear signature is taken off, an encrypted text is told apart."""

import re
from typing import Final

from msgspec import Struct

from palier.messages.inbound.model import Protection

_SIGNED: Final = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE: Final = "-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_END: Final = "-----END PGP SIGNATURE-----"
_ENCRYPTED: Final = "-----BEGIN PGP MESSAGE-----"
_ARMOUR_HEADERS: Final = re.compile(r"(?:\n[A-Za-z-]{1,40}: [^\n]{0,200})*\n\n?")
_DASH_ESCAPE: Final = re.compile(r"(?m)^- ")


class Unwrapped(Struct, frozen=True):
    text: str
    protection: Protection = Protection.NONE


def unwrap_armour(text: str) -> Unwrapped:
    """Return the text without its armour and what the armour was."""
    if _SIGNED in text:
        before, _, rest = text.partition(_SIGNED)
        headers = _ARMOUR_HEADERS.match(rest)
        signed, _, tail = rest[headers.end() if headers else 0 :].partition(_SIGNATURE)
        after = tail.partition(_SIGNATURE_END)[2]
        return Unwrapped((before + _DASH_ESCAPE.sub("", signed) + after).strip("\n"), Protection.SIGNED_UNVERIFIED)
    if text.lstrip().startswith(_ENCRYPTED):
        return Unwrapped(text, Protection.ENCRYPTED_PGP)
    return Unwrapped(text)
