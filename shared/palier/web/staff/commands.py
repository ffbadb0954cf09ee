"""What the staff does to tickets by form. One transaction each; bad input comes back beside its field."""

from collections.abc import Callable

import msgspec

from palier.aws.keys import AgencyKeys
from palier.kernel.errors import AlreadyDoneError, InvalidInputError
from palier.kernel.ids import RandomIds
from palier.people.caller import Module, Permission
from palier.portfolio.store import load_directory
from palier.tickets import facts
from palier.tickets.commands import act, ask_summary, mark_read, open_ticket
from palier.tickets.decide import Moment
from palier.tickets.facts import Fact
from palier.tickets.model import Actor, ActorKind, Attachment, Ticket, TicketType
from palier.tickets.staff.actions import Action, Sheet, read_sheet, target_engagement
from palier.tickets.staff.form import Desk, Filled, read_ticket_form
from palier.tickets.store import Loaded, Tickets
from palier.web.answers import Answer, SeeOther
from palier.web.site import Visit
from palier.web.staff.lists import module_of
from palier.web.staff.tickets import FILES, action_form, known_action, prefetched, require, ticket_form
from palier.web.uploads import attach, give_place

IDS = RandomIds()
replace = msgspec.structs.replace


def me(visit: Visit) -> Actor:
    """Return the caller as the timeline names him."""
    return Actor(ActorKind.MANAGER, visit.caller.name, visit.caller.party)


def moment(visit: Visit, by: Actor | None = None) -> Moment:
    """Return who, when and where for a decision; ``by`` set: the caller enters it for somebody else."""
    now = visit.site.clock.now()
    return Moment(by or me(visit), now, visit.zone, me(visit) if by else None)


def create(visit: Visit, module: str) -> Answer:
    """Create a ticket (TCK-009…042)."""
    where = module_of(visit, module)
    require(visit, Permission.TICKET_CREATE)
    action = f"/gestion/{where}/tickets/nouveau"
    if visit.request.field("more"):
        return ticket_form(visit, where, action, dict(visit.request.form))
    try:
        filled = _read(visit, where, None)
    except InvalidInputError as wrong:
        return ticket_form(visit, where, action, dict(visit.request.form), wrong.fields)
    opened = facts.TicketOpened(filled.type, filled.draft, filled.ask)
    return _once(lambda: open_ticket(_store(visit), opened, moment(visit), visit.nonce).number, "cree")


def validate(visit: Visit, number: str) -> Answer:
    """Validate a pre-ticket (TCK-007)."""
    require(visit, Permission.TICKET_EDIT)
    found = prefetched(visit)
    where = Module(found.ticket.draft.module)
    action, typed = f"/gestion/tickets/{number}/valider", dict(visit.request.form)
    if visit.request.field("more"):
        return ticket_form(visit, where, action, typed, ticket=found.ticket)
    try:
        filled = _read(visit, where, found.ticket)
    except InvalidInputError as wrong:
        return ticket_form(visit, where, action, typed, wrong.fields, found.ticket)
    return _act(visit, found, lambda _: _validated(filled), moment(visit), "valide")


def _validated(filled: Filled) -> Fact:
    return facts.PreTicketValidated(TicketType.ODS, filled.draft, filled.ask)


def _read(visit: Visit, module: Module, ticket: Ticket | None) -> Filled:
    desk = Desk(
        module=module.value,
        directory=load_directory(visit.site.table, AgencyKeys(visit.caller.agency)),
        now=visit.site.clock.now(),
        zone=visit.zone,
        ids=IDS,
        before=ticket.draft if ticket else None,
    )
    filled = read_ticket_form(visit.request, desk)
    every = filled.draft.attachments + _files(visit)
    return replace(filled, draft=replace(filled.draft, attachments=every))


def do_action(visit: Visit, number: str, action: str, target: str = "") -> Answer:
    """Do what an action page says."""
    del number  # the ticket came with the session
    require(visit, Permission.TICKET_EDIT)
    found, spec = prefetched(visit), known_action(action)
    try:
        fact = _fact(visit, found.ticket, spec, target)
    except InvalidInputError as wrong:
        return action_form(visit, found.ticket, action, target, dict(visit.request.form), wrong.fields)
    by = _supplier(found.ticket, target) if spec.answers else None
    return _act(visit, found, lambda _: fact, moment(visit, by), "fait")


def _fact(visit: Visit, ticket: Ticket, spec: Action, target: str) -> Fact:
    """Read the form first, its files last: nothing is kept for a form that comes back."""
    sheet = Sheet(visit.request, visit.site.clock.now(), visit.zone, target, ticket)
    read_sheet(spec, sheet)
    files = _files(visit)
    return read_sheet(spec, replace(sheet, files=files))


def _supplier(ticket: Ticket, target: str) -> Actor | None:
    engagement = target_engagement(ticket, target)
    if engagement is None:
        return None
    return Actor(ActorKind.SUPPLIER, engagement.supplier.name, engagement.supplier.party)


def _act(visit: Visit, found: Loaded, make: Callable[[Ticket], Fact], when: Moment, message: str) -> Answer:
    store, wanted = _store(visit), found.ticket.number
    return _once(lambda: act(store, wanted, make, when, visit.nonce, found).ticket.number, message)


def _once(do: Callable[[], int], message: str) -> SeeOther:
    """Do it; a form sent twice leads to what the first one did."""
    try:
        return SeeOther(f"/gestion/tickets/{do()}?message={message}")
    except AlreadyDoneError as done:
        return SeeOther(f"/gestion/tickets/{done.result}?message=deja")


def _files(visit: Visit) -> tuple[Attachment, ...]:
    return attach(FILES, visit.caller.agency, visit.request.fields("upload"))


def upload(visit: Visit) -> Answer:
    """Give the browser a place to put a file."""
    return give_place(visit.request, FILES, visit.caller.agency)


def _store(visit: Visit) -> Tickets:
    return Tickets(visit.site.table, visit.caller.agency)


def read_mark(visit: Visit, number: str) -> Answer:
    """Mark a ticket as read (TCA-047)."""
    mark_read(_store(visit), prefetched(visit))
    return SeeOther(f"/gestion/tickets/{number}")


def make_summary(visit: Visit, number: str) -> Answer:
    """Ask for the summary PDF."""
    ask_summary(_store(visit), prefetched(visit), moment(visit))
    return SeeOther(f"/gestion/tickets/{number}?message=resume")
