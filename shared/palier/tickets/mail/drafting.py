"""From a parsed mail and what is known of its sender to the draft of a pre-ticket (EML-002, EML-003). Pure."""

import datetime as dt

import msgspec

from palier.agencies.model import Agency
from palier.messages.inbound.model import InboundMail
from palier.people.caller import Module
from palier.portfolio.choices import StaffChoice
from palier.portfolio.dossier import Dossier, PlaceRole, live
from palier.portfolio.model import Building
from palier.tickets.model import Attachment, Contact, Delays, Draft, Place, Visibility

_SUBJECT = 150
_LONGEST = 30_000  # characters: an item of the table holds 400 kB, and nobody reads more on a page
CUT = "\n\n[Texte coupé\u00a0: la suite est dans le message d’origine.]"
_AT_HOME = frozenset({PlaceRole.OWNER, PlaceRole.RENTER})
NO_SUBJECT = "Demande reçue par e-mail"
EMPTY = "(Ce message n’a pas de texte\u00a0: voir les pièces jointes ou l’original.)"


class Sender(msgspec.Struct, frozen=True):
    """What is known of who wrote: his record, the one place he has, who looks after it."""

    dossier: Dossier | None = None
    building: Building | None = None
    place: Place | None = None
    manager: StaffChoice | None = None


def only_place(dossier: Dossier) -> Place | None:
    """Return the sender's place: his lot when he has one, his building when all his lots are there (EML-003).

    Several buildings are left to the manager.
    """
    places = {(one.place.building, one.place.lot): one.place for one in live(dossier) if one.role in _AT_HOME}
    if len({building for building, _ in places}) != 1:
        return None
    first, single = next(iter(places.values())), len(places) == 1
    lot, label = (first.lot, first.lot_label) if single else (None, "")
    return Place(first.building, first.building_name, "", lot, label)


def draft_of(
    mail: InboundMail, sender: Sender, agency: Agency, files: tuple[Attachment, ...], now: dt.datetime
) -> Draft:
    """Return the draft of a pre-ticket."""
    module = sender.building.module if sender.building else Module.SYNDIC
    settings, requester = agency.module(module), requester_of(mail, sender)
    return Draft(
        module=module.value,
        subject=mail.subject.strip()[:_SUBJECT] or NO_SUBJECT,
        description="",
        original_description=words_of(mail) or EMPTY,
        requested_at=now,
        source="email",
        manager=manager_of(sender, agency),
        place=sender.place,
        requester=requester,
        notified=(requester,) if requester and requester.reachable else (),
        visibility=tuple(Visibility(one.value) for one in sorted(settings.tickets_visibility)),
        delays=Delays(ods=settings.tickets_reminder_ods, invoice=settings.tickets_reminder_invoice),
        attachments=files,
    )


def words_of(mail: InboundMail) -> str:
    """Return what the sender wrote, without what he quoted; the original keeps what is cut."""
    words = mail.visible_text.strip() or mail.text.strip()
    return words if len(words) <= _LONGEST else words[:_LONGEST] + CUT


def requester_of(mail: InboundMail, sender: Sender) -> Contact | None:
    """Return the sender as the ticket's requester: as recorded when recognised, as he signs otherwise."""
    if mail.from_ is None:
        return None
    address = mail.from_.address
    if sender.dossier is None:
        return Contact(mail.from_.name or address, emails=(address,))
    known = sender.dossier.contact
    phone = next(iter(known.phones), "")
    return Contact(sender.dossier.name, sender.dossier.id, emails=(address,), mobiles=known.mobiles, phone=phone)


def manager_of(sender: Sender, agency: Agency) -> Contact:
    """Return who looks after the sender's building (TCK-047); the agency's own box when nobody is known to."""
    if sender.manager is not None:
        emails = (sender.manager.email,) if sender.manager.email else ()
        return Contact(
            sender.manager.name, sender.manager.id, "Gestionnaire", emails=emails, phone=sender.manager.phone
        )
    box = agency.settings.agency_contact.email
    return Contact(agency.name, None, "Agence", emails=(box,) if box else ())
