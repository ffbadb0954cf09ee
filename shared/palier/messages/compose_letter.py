"""A message with everything it is about: what ``compose`` and ``deliver`` hand to each other. Pure."""

from zoneinfo import ZoneInfo

import msgspec

from palier.agencies.model import Agency, ModuleSettings
from palier.messages.model import OutMessage
from palier.tickets import facts
from palier.tickets.facts import Entry
from palier.tickets.model import Attachment, Contact, Engagement, Ticket

PASSWORD_RESET, ACKNOWLEDGEMENT = "cli.password_reset", "eml.ack"
SERVICE_ORDER, MESSAGE, NEW_REQUEST = "sup.ods_request", "msg.third_party", "stf.new_request"
_FILES = ("proofs", "invoice", "attachments")


class Letter(msgspec.Struct, frozen=True):
    """One message, its agency and, when it is about a ticket, the ticket as it stands and the entry that caused it."""

    message: OutMessage
    agency: Agency
    ticket: Ticket | None = None
    entry: Entry | None = None

    @property
    def key(self) -> str:
        """The template's key (section 39)."""
        return self.message.template

    @property
    def zone(self) -> ZoneInfo:
        """Where its dates are read."""
        return ZoneInfo(self.agency.zone)

    @property
    def module(self) -> ModuleSettings:
        """The settings of the ticket's module."""
        return self.agency.module(self.ticket.draft.module if self.ticket else "")

    @property
    def engagement(self) -> Engagement | None:
        """The supplier's branch that the message is about, if any."""
        wanted = self.message.engagement or getattr(self.fact, "engagement", None)
        return next((one for one in self.ticket.engagements if one.id == wanted), None) if self.ticket else None

    @property
    def fact(self) -> facts.Fact | None:
        """What happened."""
        return self.entry.what if self.entry else None

    @property
    def addressee(self) -> Contact | None:
        """Who it is written to, as the ticket knows him."""
        if self.ticket is None:
            return None
        draft = self.ticket.draft
        known = (draft.requester, draft.manager, draft.contact_person, *draft.notified)
        return next((one for one in known if one and self.message.address in (*one.emails, *one.mobiles)), None)

    @property
    def to_supplier(self) -> bool:
        """Tell whether a supplier reads it."""
        return self.key.startswith("sup.") or bool(self.key == MESSAGE and self.message.engagement)

    @property
    def to_staff(self) -> bool:
        """Tell whether the agency's own staff reads it."""
        return self.key.startswith("stf.")


def attachments(letter: Letter) -> tuple[Attachment, ...]:
    """Return the files that a message is about: those of the request, or of what was just sent."""
    if letter.key in {SERVICE_ORDER, NEW_REQUEST} and letter.ticket:
        return letter.ticket.draft.attachments
    if letter.key == MESSAGE or letter.to_staff:
        return tuple(one for name in _FILES for one in getattr(letter.fact, name, ()))
    return ()


def enclosed(letter: Letter) -> tuple[Attachment, ...]:
    """Return those that travel with the mail (SLF-002); the staff has them in the ticket."""
    return () if letter.to_staff else attachments(letter)
