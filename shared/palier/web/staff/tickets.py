"""Reading one ticket: its page, its forms, its files. Each page is the session's read and one query."""

from collections.abc import Iterable, Mapping

import msgspec

from palier.aws.files import Files
from palier.aws.keys import AgencyKeys, Key
from palier.kernel.errors import ForbiddenError, NotFoundError
from palier.kernel.ids import TicketNumber
from palier.people.caller import Module, Permission
from palier.portfolio.store import load_directory
from palier.tickets import words
from palier.tickets.commands import SUMMARY
from palier.tickets.model import Attachment, Ticket
from palier.tickets.staff.actions import ACTIONS, Action, addressee, target_engagement
from palier.tickets.staff.form_page import Around, Values, form_page, proposed
from palier.tickets.staff.page import Reader, ticket_page
from palier.tickets.status import Status
from palier.tickets.store import File, Loaded, Tickets, head_key, loaded
from palier.web import forms
from palier.web.answers import Answer, Html, SeeOther
from palier.web.downloads import files_of_ticket, send_to
from palier.web.form_tokens import new_form_token
from palier.web.render import page
from palier.web.shell import shell_for
from palier.web.site import Visit
from palier.web.staff.lists import module_of
from palier.web.uploads import upload_field
from palier.web.views.common import ContactCard, Link
from palier.web.views.forms import Field
from palier.web.views.staff_forms import ActionPage

FILES = Files()
UPLOADS = "/gestion/fichiers"
_LONGEST_NUMBER = 12


def number_of(text: str) -> TicketNumber:
    """Read a ticket number from an address. Raises :class:`NotFoundError`."""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise NotFoundError
    return TicketNumber(int(text))


def head(keys: AgencyKeys, params: Mapping[str, str]) -> Iterable[Key]:
    """Name the ticket's head, to be read along with the session."""
    return (head_key(keys, number_of(params["number"])),)


def check_ticket(visit: Visit, ticket: Ticket) -> Ticket:
    """Return the ticket if the caller may see it: his module, and his own unless he may see others' (ROL-023)."""
    if ticket.draft.module not in visit.caller.modules:
        raise NotFoundError
    manager = ticket.draft.manager
    mine = manager is None or manager.party == visit.caller.party
    if not mine and not visit.caller.may(Permission.TICKET_SEE_OTHERS):
        raise ForbiddenError
    return ticket


def prefetched(visit: Visit) -> Loaded:
    """Return the ticket whose head came with the session."""
    found = loaded(visit.row(head_key(AgencyKeys(visit.caller.agency), number_of(visit.params["number"]))))
    check_ticket(visit, found.ticket)
    return found


def whole_file(visit: Visit, number: str) -> File:
    """Read a whole ticket that the caller may see."""
    file = Tickets(visit.site.table, visit.caller.agency).file(number_of(number))
    check_ticket(visit, file.ticket)
    return file


def show_ticket(visit: Visit, number: str) -> Answer:
    """Show the ticket page."""
    file = whole_file(visit, number)
    view = ticket_page(file, Reader(visit.zone, visit.caller.may(Permission.TICKET_EDIT)))
    shell = shell_for(visit, current=f"/gestion/{file.ticket.draft.module}/tickets")
    return page("staff/ticket.html", shell=shell, page=view)


def show_new(visit: Visit, module: str) -> Answer:
    """Show the creation form."""
    where = module_of(visit, module)
    require(visit, Permission.TICKET_CREATE)
    settings = visit.agency.module(where)
    typed = proposed(None, settings, visit.caller.party, visit.site.clock.now(), visit.zone)
    return ticket_form(visit, where, f"/gestion/{where}/tickets/nouveau", typed)


def show_validation(visit: Visit, number: str) -> Answer:
    """Show the validation form of a pre-ticket (TCK-007); any other ticket is shown as it stands."""
    ticket = prefetched(visit).ticket
    require(visit, Permission.TICKET_EDIT)
    if ticket.status is not Status.PENDING_VALIDATION:
        return SeeOther(f"/gestion/tickets/{number}")
    module = Module(ticket.draft.module)
    now = visit.site.clock.now()
    typed = proposed(ticket.draft, visit.agency.module(module), visit.caller.party, now, visit.zone)
    return ticket_form(visit, module, f"/gestion/tickets/{number}/valider", typed, ticket=ticket)


def ticket_form(
    visit: Visit,
    module: Module,
    action: str,
    typed: Values,
    wrong: Mapping[str, str] | None = None,
    ticket: Ticket | None = None,
) -> Html:
    """Return the ticket form as a page, as proposed or as typed."""
    state = forms.state(action, new_form_token(visit.caller.secret), typed=typed, wrong=wrong)
    around = Around(
        module=module.value,
        directory=load_directory(visit.site.table, AgencyKeys(visit.caller.agency)),
        settings=visit.agency.module(module),
        zone=visit.zone,
        upload=upload_field(UPLOADS, typed.get("upload", ())),
        ticket=ticket,
    )
    shell = shell_for(visit, current=f"/gestion/{module}/tickets")
    return page("staff/ticket_form.html", shell=shell, page=form_page(state, around), status=400 if wrong else 200)


def show_action(visit: Visit, number: str, action: str, target: str = "") -> Answer:
    """Show the page of one action."""
    del number
    require(visit, Permission.TICKET_EDIT)
    return action_form(visit, prefetched(visit).ticket, action, target, {})


def known_action(action: str) -> Action:
    """Return an action by its name in the address. Raises :class:`NotFoundError`."""
    found = ACTIONS.get(action)
    if found is None:
        raise NotFoundError
    return found


def action_form(
    visit: Visit, ticket: Ticket, action: str, target: str, typed: Values, wrong: Mapping[str, str] | None = None
) -> Html:
    """Return the page of an action, as typed."""
    spec, back = known_action(action), f"/gestion/tickets/{ticket.number}"
    path = f"{back}/{action}/{target}" if target else f"{back}/{action}"
    state = forms.state(path, new_form_token(visit.caller.secret), typed=typed, wrong=wrong)
    view = ActionPage(
        title=spec.title,
        form=state,
        submit_label=spec.submit,
        back=Link(f"Ticket n° {ticket.number}", back),
        intro=spec.intro,
        context=f"{words.TYPES[ticket.type][1]} n° {ticket.number} – {ticket.draft.subject}",
        party=_party(ticket, target),
        fields=tuple(_with_upload(one, typed) for one in spec.fields),
        danger=spec.danger,
    )
    shell = shell_for(visit, current=f"/gestion/{ticket.draft.module}/tickets")
    return page("staff/action.html", shell=shell, page=view, status=400 if wrong else 200)


def _with_upload(field: Field, typed: Values) -> Field:
    if field.kind != "files":
        return field
    return msgspec.structs.replace(field, upload=upload_field(UPLOADS, typed.get("upload", ()), label=field.label))


def _party(ticket: Ticket, target: str) -> ContactCard | None:
    if not target:
        return None
    engagement = target_engagement(ticket, target)
    contact = engagement.supplier if engagement else addressee(ticket, target)
    return ContactCard(contact.name, contact.quality, emails=contact.emails)


def require(visit: Visit, permission: Permission) -> None:
    """Raise :class:`ForbiddenError` unless the caller's role has a permission."""
    if not visit.caller.may(permission):
        raise ForbiddenError


def show_file(visit: Visit, number: str, name: str) -> Answer:
    """Lead to one file of the ticket."""
    file = whole_file(visit, number)
    return send_to(FILES, visit.caller.agency, files_of_ticket(file.ticket.draft, file.entries), name)


def show_summary(visit: Visit, number: str) -> Answer:
    """Lead to the summary PDF (OUT-001), if it was made."""
    file = whole_file(visit, number)
    name = f"Ticket_{number}_Resume.pdf"
    made = {job.what: Attachment(job.key, name, "application/pdf", 0) for job in file.jobs if job.key}
    return send_to(FILES, visit.caller.agency, made, SUMMARY)
