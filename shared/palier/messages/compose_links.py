"""Where the link of a message leads, and what has to be stored for it to open. Pure; the secret is an argument."""

from urllib.parse import urlsplit

from palier.agencies.model import Agency
from palier.kernel.clock import parse_iso
from palier.messages.compose_letter import PASSWORD_RESET, Letter
from palier.messages.links import Link, Purpose


class NoSiteError(RuntimeError):
    """Neither the platform nor the agency says where the site is: no mail with a dead link leaves."""


def link_of(letter: Letter) -> Link | None:
    """Return the personal link that a message carries, if it is one of those (AUT-025)."""
    message = letter.message
    if letter.key == PASSWORD_RESET:
        values = message.values
        expires = parse_iso(values["expires"])
        return Link(Purpose.PASSWORD, party=values["party"], nonce=values["nonce"], expires=expires)
    if letter.to_supplier and letter.ticket and message.engagement:
        return Link(Purpose.SUPPLIER, ticket=letter.ticket.number, engagement=message.engagement)
    return None


def address_of(letter: Letter, token: str, public_url: str) -> str:
    """Return the address that a message leads to; empty when its reader has no page of his own."""
    site = site_of(letter.agency, public_url)
    if letter.key == PASSWORD_RESET:
        return f"{site}/reinitialisation/{token}"
    if token:
        return f"{site}/i/{token}"
    if letter.ticket is None:
        path = letter.message.values.get("path", "")
        return f"{site}{path}" if path else ""
    if letter.to_staff:
        return f"{site}/gestion/tickets/{letter.ticket.number}"
    return f"{site}/interventions/{letter.ticket.number}" if _follows_online(letter) else ""


def site_of(agency: Agency, public_url: str) -> str:
    """Return the start of an agency's links: its own host on AWS, the one address of the local cloud otherwise."""
    platform = urlsplit(public_url)
    own = next(iter(agency.hosts), "")
    if public_url and (platform.scheme != "https" or not own or platform.hostname in agency.hosts):
        return public_url.rstrip("/")
    if not own:
        raise NoSiteError
    return f"https://{own}"


def _follows_online(letter: Letter) -> bool:
    """The requester has a page when the agency opened the portal to clients and he is somebody it knows."""
    requester = letter.ticket.draft.requester if letter.ticket else None
    reader = letter.addressee
    if requester is None or requester.party is None or reader is None:
        return False
    return reader.party == requester.party and letter.module.tickets_client_display
