"""The address that a reply about a ticket comes back to, signed for one addressee (peers.md §2 no. 5).

``ticket+<number>.<agency>-<signature>@<inbound domain>``: quoting a ticket's number is not enough to write into it.
The signature binds agency, ticket and the address written to, so a reply from anybody else is only a probable match.
Case does not count, since relays change it. Knows no ticket and no mail; the secret is an argument.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable

import msgspec

from palier.kernel.ids import AgencyId, TicketNumber

_LABEL = b"palier reply address"  # sets these apart from the links, which the same secret signs
_OCTETS = 10
_FORM = re.compile(r"ticket\+([1-9]\d{0,8})\.([a-z0-9-]{1,40})-([a-z2-7]{16})", re.ASCII)


class ReplyTo(msgspec.Struct, frozen=True):
    """What a reply address claims; true only once :func:`verify` says so."""

    agency: AgencyId
    number: TicketNumber
    signature: str


def make(secret: bytes, agency: AgencyId, number: TicketNumber, addressee: str, domain: str) -> str:
    """Return the address that ``addressee`` answers to about a ticket."""
    return f"ticket+{number}.{agency}-{_sign(secret, agency, number, addressee)}@{domain}"


def read(address: str) -> ReplyTo | None:
    """Return what an address claims, or None when it is not a reply address. The domain is the caller's to check."""
    found = _FORM.fullmatch(address.strip().rpartition("@")[0].lower())
    return None if found is None else ReplyTo(AgencyId(found[2]), TicketNumber(int(found[1])), found[3])


def verify(secrets: Iterable[bytes], claim: ReplyTo, addressee: str) -> bool:
    """Tell whether this reply address was made for this addressee, under the present secret or the one before."""
    signatures = (_sign(secret, claim.agency, claim.number, addressee) for secret in secrets)
    return any(hmac.compare_digest(signature, claim.signature) for signature in signatures)


def _sign(secret: bytes, agency: AgencyId, number: TicketNumber, addressee: str) -> str:
    text = "\0".join((agency, str(number), addressee.strip().lower()))
    digest = hmac.new(secret, _LABEL + b"\0" + text.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:_OCTETS]).decode().lower()
