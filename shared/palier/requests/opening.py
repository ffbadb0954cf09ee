"""From a wish to what is kept of it: a pre-ticket (REQ-004) or a plain request. Pure."""

import datetime as dt

from palier.agencies.model import Agency, ModuleSettings
from palier.kernel.ids import AgencyId, TicketNumber
from palier.requests.form import Wish
from palier.requests.model import ClientRequest, Person, RequestFile, is_intervention
from palier.requests.surroundings import Surroundings
from palier.tickets import facts
from palier.tickets.model import Attachment, Contact, Delays, Draft, TicketType, Visibility

SOURCE = "extranet"


def becomes_ticket(wish: Wish, agency: Agency) -> bool:
    """Tell whether the wish opens a pre-ticket: an intervention, with the ticket module on (REQ-004)."""
    return agency.settings.tickets_enabled and is_intervention(wish.kind)


def pre_ticket(
    wish: Wish,
    around: Surroundings,
    module: str,
    settings: ModuleSettings,
    files: tuple[Attachment, ...],
    now: dt.datetime,
) -> facts.TicketOpened:
    """Return the opening of a pre-ticket. The requester is told of what follows, unless the manager unticks him."""
    draft = Draft(
        module=module,
        subject=wish.title,
        description=wish.description,
        original_description=wish.description,
        requested_at=now,
        source=SOURCE,
        manager=around.manager,
        place=around.place,
        requester=around.requester,
        urgent=wish.urgent,
        visibility=_visibility(settings),
        notified=(around.requester,) if around.requester.reachable else (),
        delays=_delays(settings),
        attachments=files,
    )
    return facts.TicketOpened(TicketType.PRE, draft)


def plain_request(
    wish: Wish,
    around: Surroundings,
    module: str,
    files: tuple[Attachment, ...],
    now: dt.datetime,
    identity: tuple[AgencyId, TicketNumber],
) -> ClientRequest:
    """Return a request that is no intervention."""
    agency, number = identity
    return ClientRequest(
        agency=agency,
        number=number,
        module=module,
        kind=wish.kind,
        title=wish.title,
        description=wish.description,
        place=wish.spot.label if wish.spot else "",
        sent_at=now,
        requester=_person(around.requester),
        addressee=_person(around.manager) if around.manager else None,
        urgent=wish.urgent,
        files=tuple(RequestFile(file.key, file.name, file.media_type, file.size) for file in files),
    )


def _person(contact: Contact) -> Person:
    return Person(contact.name, contact.party, contact.emails)


def _visibility(settings: ModuleSettings) -> tuple[Visibility, ...]:
    return tuple(one for one in Visibility if one.value in settings.tickets_visibility)


def _delays(settings: ModuleSettings) -> Delays:
    return Delays(
        ods=settings.tickets_reminder_ods,
        quote=settings.tickets_reminder_quote,
        invoice=settings.tickets_reminder_invoice,
        intervention=settings.tickets_reminder_intervention_ods,
    )
