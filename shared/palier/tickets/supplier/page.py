"""The page behind a supplier's link (SLF-003…008): the order, and the one answer expected now. Made for a phone."""

from zoneinfo import ZoneInfo

import msgspec

from palier.agencies.model import Agency
from palier.kernel.ids import EngagementId
from palier.tickets import facts, words
from palier.tickets.facts import Entry
from palier.tickets.model import ActorKind, Attachment, Contact, Engagement, Ticket
from palier.tickets.staff.offers import allowed
from palier.tickets.status import OVER
from palier.tickets.store import File
from palier.web import french
from palier.web.downloads import files_named, files_of_ticket, links
from palier.web.views.client import ThreadMessage
from palier.web.views.common import ContactCard
from palier.web.views.forms import FormState, UploadField
from palier.web.views.supplier import SupplierLinkPage, SupplierStep

ORDER = (
    ("answer", facts.OrderAccepted),
    ("end", facts.InterventionEnded),
    ("invoice", facts.InvoiceSent),
)
PATHS = {"answer": "reponse", "end": "fin", "invoice": "facture"}
_TITLES = {
    "answer": ("Prenez-vous cette intervention\u00a0?", "Acceptez en donnant une date, ou refusez."),
    "end": ("Intervention terminée\u00a0?", "Confirmez la fin. Vous pouvez joindre des photos et votre facture."),
    "invoice": ("Envoyez votre facture", "Joignez la facture et indiquez son montant."),
    "wait": ("Rien à faire pour l’instant", "Nous vous écrirons à la prochaine étape."),
    "over": ("Cette intervention est terminée", "Il n’y a plus rien à faire. Merci."),
}


class Visitor(msgspec.Struct, frozen=True):
    """What the page is made from, beside the ticket: whose link, which agency, forms and upload fields."""

    engagement: EngagementId
    base: str
    agency: Agency
    zone: ZoneInfo
    uploads: UploadField
    invoice: UploadField


def expected(ticket: Ticket, engagement: Engagement) -> SupplierStep:
    """Return what is expected of the supplier now (SLF-008)."""
    for name, fact in ORDER:
        if allowed(ticket, engagement, fact, ActorKind.SUPPLIER):
            return name  # type: ignore[return-value]
    return "over" if ticket.status in OVER or not engagement.live else "wait"


def link_page(
    file: File, engagement: Engagement, visitor: Visitor, form: FormState | None, message: FormState
) -> SupplierLinkPage:
    """Return the page."""
    ticket, draft = file.ticket, file.ticket.draft
    step = expected(ticket, engagement)
    page = SupplierLinkPage(
        number=str(ticket.number),
        subject=draft.subject,
        kind=words.TYPES[ticket.type][1],
        status=words.tag(engagement.status),
        place=words.place_line(draft.place),
        address=words.address_lines(draft.place),
        description=draft.description,
        agency=agency_card(visitor.agency, draft.module),
        manager=_card(draft.manager, "Gestionnaire") if draft.manager else ContactCard(visitor.agency.name),
        step=step,
        expected_title=_TITLES[step][0],
        expected_text=_TITLES[step][1],
        form=form if step in PATHS else None,
        upload=visitor.uploads if step == "end" else None,
        invoice_upload=visitor.invoice if step in {"end", "invoice"} else None,
        message_form=message if allowed(ticket, None, facts.MessageWritten, ActorKind.SUPPLIER) else None,
        message_upload=visitor.uploads,
    )
    return _with_order(page, file, engagement, visitor)


def _with_order(page: SupplierLinkPage, file: File, engagement: Engagement, visitor: Visitor) -> SupplierLinkPage:
    draft = file.ticket.draft
    return msgspec.structs.replace(
        page,
        urgent=draft.urgent,
        supplier_name=engagement.supplier.name,
        comment=engagement.supplier.comment,
        contact=_card(draft.contact_person, "Personne à contacter") if draft.contact_person else None,
        appointment=words.appointment_facts(engagement.appointment, visitor.zone),
        files=links(f"{visitor.base}/fichiers", files_of_ticket(draft, ())),
        messages=_thread(file.entries, engagement, visitor),
    )


def agency_card(agency: Agency, module: str) -> ContactCard:
    """Return how a supplier reaches the agency; its e-mail may be hidden (TCK-044)."""
    contact = agency.settings.agency_contact
    hidden = agency.module(module).tickets_hide_agency_email
    return ContactCard(
        agency.name,
        lines=contact.address,
        emails=() if hidden or not contact.email else (contact.email,),
        phones=((contact.phone, contact.phone.replace(" ", "")),) if contact.phone else (),
    )


def _card(contact: Contact, role: str) -> ContactCard:
    return ContactCard(contact.name, role, phones=words.phones(contact), note=contact.comment)


def in_thread(entry: Entry, engagement: EngagementId) -> bool:
    """Tell whether an entry belongs to the conversation with this supplier."""
    return isinstance(entry.what, facts.MessageWritten) and entry.what.engagement == engagement


def _thread(entries: tuple[Entry, ...], engagement: Engagement, visitor: Visitor) -> tuple[ThreadMessage, ...]:
    return tuple(_message(one, visitor) for one in entries if in_thread(one, engagement.id))


def _message(entry: Entry, visitor: Visitor) -> ThreadMessage:
    text = entry.what.text if isinstance(entry.what, facts.MessageWritten) else ""
    return ThreadMessage(
        author=entry.by.name,
        at=french.moment(entry.at, visitor.zone),
        text=text,
        mine=entry.by.kind is ActorKind.SUPPLIER,
        files=links(f"{visitor.base}/fichiers", files_named(entry)),
    )


def visible_files(file: File, engagement: EngagementId) -> dict[str, Attachment]:
    """Return the files that this supplier may open: the ticket's own, and his conversation's."""
    return files_of_ticket(file.ticket.draft, (one for one in file.entries if in_thread(one, engagement)))
