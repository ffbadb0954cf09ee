"""Who is named in a message, with the data that this reader may have. Pure."""

from typing import Literal

from palier.messages.compose_letter import Letter
from palier.messages.templates.view import MailPerson
from palier.tickets.model import Contact, Engagement, Ticket

Audience = Literal["supplier", "client", "staff", "anyone"]


def agency(letter: Letter) -> MailPerson:
    """Return the agency; its address is left out for suppliers when the agency chose so (TCK-044)."""
    contact = letter.agency.settings.agency_contact
    return MailPerson(
        name=letter.agency.sender_name,
        phone=contact.phone,
        email="" if _hidden(letter) else contact.email,
    )


def manager(letter: Letter) -> MailPerson | None:
    """Return the manager of the ticket, under the same rule."""
    known = letter.ticket.draft.manager if letter.ticket else None
    if known is None or not known.name:
        return None
    email = "" if _hidden(letter) else _first(known.emails)
    return MailPerson(known.name, role="gestionnaire", phone=_phone(known), email=email)


def contact(ticket: Ticket) -> MailPerson | None:
    """Return the person to call on the spot."""
    known = ticket.draft.contact_person
    if known is None or not known.name:
        return None
    return MailPerson(known.name, known.quality, _phone(known), _first(known.emails), known.comment)


def supplier(letter: Letter) -> MailPerson | None:
    """Return the supplier with what it takes to reach him first (TPL-006)."""
    engagement = letter.engagement or _only(letter.ticket)
    if engagement is None:
        return None
    known = engagement.supplier
    return MailPerson(known.name, known.quality, _phone(known), _first(known.emails))


def _only(ticket: Ticket | None) -> Engagement | None:
    live = [one for one in ticket.engagements if one.live] if ticket else []
    return live[0] if len(live) == 1 else None


def _hidden(letter: Letter) -> bool:
    return letter.to_supplier and letter.module.tickets_hide_agency_email


def _phone(known: Contact) -> str:
    numbers = (known.phone, _first(known.mobiles))
    return " / ".join(dict.fromkeys(number for number in numbers if number))


def _first(several: tuple[str, ...]) -> str:
    return several[0] if several else ""
