"""Personal links (AUT-025): 256 bits that nobody can guess, of which only the hash is stored.

A link's token is computed from the platform's link secret and what it opens, so every reminder carries the same link
and the table never holds it. The row under the hash says what it opens; whether it still does is decided by the
object's own state (a closed ticket, a cancelled engagement) and by ``generation``.
"""

import base64
import datetime as dt
import hashlib
import hmac
from enum import StrEnum

import msgspec

from palier.aws.keys import AgencyKeys, Key, join
from palier.aws.table import Row, Table
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import AgencyId

_LONGEST = 200


class Purpose(StrEnum):
    """What a link is for."""

    SUPPLIER = "supplier"
    PASSWORD = "password"  # noqa: S105 - a kind of link


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one link opens: an engagement of a ticket, or the new-password form of a person."""

    purpose: Purpose
    ticket: int = 0
    engagement: str = ""
    party: str = ""
    nonce: str = ""
    generation: int = 1
    expires: dt.datetime | None = None


class DeadLinkError(NotFoundError):
    """The link is unknown, revoked or over."""

    code = "DEAD_LINK"


def mint(secret: bytes, agency: AgencyId, link: Link) -> str:
    """Return the token of a link: ``<agency>.<256 bits>``. The same link always gives the same token."""
    text = "|".join(
        (
            agency,
            link.purpose,
            str(link.ticket),
            link.engagement,
            link.party,
            link.nonce,
            str(link.generation),
        )
    )
    digest = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return f"{agency}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def link_key(token: str) -> Key:
    """Return where a token's row lies. Raises :class:`DeadLinkError` for what cannot be a token."""
    agency, _, rest = token.partition(".")
    if not agency or not rest or len(token) > _LONGEST or not agency.replace("-", "").isalnum():
        raise DeadLinkError
    return Key(join(agency, "LINK", hashlib.sha256(token.encode()).hexdigest()), "LINK")


def agency_of(token: str) -> AgencyId:
    """Return the agency that a token names; trust it only once its row was found."""
    return AgencyId(token.partition(".")[0])


def link_row(keys: AgencyKeys, token: str, link: Link) -> Row:
    """Return the row to store for a link."""
    key = link_key(token)
    if agency_of(token) != keys.agency:
        raise DeadLinkError
    ttl = None if link.expires is None else int(link.expires.timestamp()) + 86_400
    return Row(key=key, kind="LINK", body=msgspec.json.encode(link), ttl=ttl)


def open_link(table: Table, token: str, purpose: Purpose, now: dt.datetime) -> Link:
    """Return what a token opens (one read). Raises :class:`DeadLinkError`."""
    return read_link(table.get(link_key(token)), purpose, now)


def read_link(row: Row | None, purpose: Purpose, now: dt.datetime) -> Link:
    """Return what a link's row says. Raises :class:`DeadLinkError` when it opens nothing for this purpose now."""
    link = None if row is None else msgspec.json.decode(row.body, type=Link)
    if link is None or link.purpose is not purpose or (link.expires is not None and now >= link.expires):
        raise DeadLinkError
    return link
