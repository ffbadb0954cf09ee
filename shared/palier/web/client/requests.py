"""``/demandes``: the list, the form, one request, its chase (REQ)."""

from collections.abc import Iterable, Mapping

from palier.aws.keys import AgencyKeys, Key
from palier.kernel.errors import AlreadyDoneError, ConflictError, InvalidInputError, NotFoundError
from palier.kernel.ids import TicketNumber
from palier.requests import commands
from palier.requests.form import Wish, form_page, read_wish
from palier.requests.model import AlreadyAnsweredError, ChaseTooSoonError, check_chase
from palier.requests.opening import becomes_ticket, plain_request, pre_ticket
from palier.requests.page import (
    Asking,
    request_files,
    request_page,
    rows,
    ticket_request_files,
    ticket_request_page,
)
from palier.requests.store import Kept, Requests, kept, request_key
from palier.requests.surroundings import gather
from palier.tickets import facts
from palier.tickets.client.sight import is_requester, may_follow, module_of
from palier.tickets.client.story import last_chase
from palier.tickets.commands import act, open_ticket
from palier.tickets.model import Attachment, Ticket
from palier.tickets.store import File, head_key
from palier.web import forms
from palier.web.answers import Answer, Html, SeeOther
from palier.web.client.common import A_PAGE, FILES, REQUESTS, moment, now, number_of, start_of, tickets, uploads
from palier.web.cursor import write_cursor
from palier.web.downloads import send_to
from palier.web.form_tokens import new_form_token
from palier.web.forms import Problems
from palier.web.render import page
from palier.web.shell import shell_for
from palier.web.site import Visit
from palier.web.uploads import attach, ids_of
from palier.web.views.client import RequestListPage
from palier.web.views.common import Paging
from palier.web.views.forms import FormState

_NEW = "/demandes/nouvelle"
_LONGEST_CHASE = 2_000


def both(keys: AgencyKeys, params: Mapping[str, str]) -> Iterable[Key]:
    """Name what a number may be, to be read along with the session: a plain request or a ticket."""
    number = number_of(params["number"])
    return (request_key(keys, number), head_key(keys, number))


def _check_open(visit: Visit) -> None:
    if not visit.agency.settings.requests_enabled:
        raise NotFoundError


def list_requests(visit: Visit) -> Answer:
    """Show *Mes demandes* (REQ-006)."""
    _check_open(visit)
    store = Requests(visit.site.table, visit.caller.agency)
    start = start_of(visit, store.keys.pk("PERSON", visit.caller.party))
    asked = store.asked_by(visit.caller.party, limit=A_PAGE, start=start)
    following = write_cursor(asked.next)
    paging = Paging(
        next_url=f"{REQUESTS}?suite={following}" if following else "",
        previous_url=REQUESTS if start else "",
    )
    view = RequestListPage(rows(asked.cards, visit.zone), _NEW, paging)
    return page("client/requests.html", shell=shell_for(visit, current=REQUESTS), page=view)


def show_form(visit: Visit) -> Answer:
    """Show *Envoyez une demande* (REQ-002)."""
    _check_open(visit)
    return _form(visit, {})


def _form(visit: Visit, typed: Mapping[str, tuple[str, ...]], wrong: Mapping[str, str] | None = None) -> Html:
    state = forms.state(REQUESTS, new_form_token(visit.caller.secret), typed=typed, wrong=wrong)
    view = form_page(state, uploads(ids_of(visit.request), _NEW), visit.caller, visit.agency)
    return page(
        "client/request_form.html", shell=shell_for(visit, current=REQUESTS), page=view, status=400 if wrong else 200
    )


def send(visit: Visit) -> Answer:
    """Take a request: a pre-ticket for an intervention, a plain request otherwise (REQ-002…005)."""
    _check_open(visit)
    problems = Problems()
    wish = read_wish(visit.request, visit.caller, visit.agency, problems)
    try:
        problems.settle()
        files = attach(FILES, visit.caller.agency, ids_of(visit.request))
    except InvalidInputError as wrong:
        return _form(visit, dict(visit.request.form), wrong.fields)
    try:
        return SeeOther(f"{REQUESTS}/{_keep(visit, wish, files)}?message=envoyee")
    except AlreadyDoneError:
        return SeeOther(f"{REQUESTS}?message=deja")


def _keep(visit: Visit, wish: Wish, files: tuple[Attachment, ...]) -> TicketNumber:
    table, caller, module = visit.site.table, visit.caller, module_of(visit.caller.space)
    around = gather(table, caller, visit.agency, wish.spot)
    if becomes_ticket(wish, visit.agency):
        opened = pre_ticket(wish, around, module, visit.agency.module(module), files, now(visit))
        return open_ticket(tickets(visit), opened, moment(visit), visit.nonce).number
    identity = (caller.agency, tickets(visit).new_number())
    request = plain_request(wish, around, module, files, now(visit), identity)
    return commands.send(Requests(table, caller.agency), request, visit.nonce).number


def _plain(visit: Visit) -> Kept | None:
    """Return the plain request of the address, if it is one and the caller's own."""
    row = visit.row(request_key(AgencyKeys(visit.caller.agency), number_of(visit.params["number"])))
    if row is None:
        return None
    found = kept(row)
    if found.request.requester.party != visit.caller.party:
        raise NotFoundError
    return found


def _ticket(visit: Visit) -> File:
    """Read the ticket of the address, which the caller must have asked for."""
    number = number_of(visit.params["number"])
    if visit.row(head_key(AgencyKeys(visit.caller.agency), number)) is None:
        raise NotFoundError
    file = tickets(visit).file(number)
    if not is_requester(file.ticket, visit.caller):
        raise NotFoundError
    return file


def show_request(visit: Visit, number: str) -> Answer:
    """Show one request of the caller (REQ-007…009)."""
    _check_open(visit)
    state = forms.state(f"{REQUESTS}/{number_of(number)}/relance", new_form_token(visit.caller.secret))
    return _page(visit, _plain(visit), state)


def _page(visit: Visit, plain: Kept | None, state: FormState, status: int = 200) -> Html:
    asking = Asking(visit.caller, visit.zone, now(visit), state)
    if plain is not None:
        view = request_page(plain.request, asking)
    else:
        file = _ticket(visit)
        asking = Asking(visit.caller, visit.zone, now(visit), state, _follow_url(visit, file.ticket))
        view = ticket_request_page(file.ticket, file.entries, asking)
    return page("client/request.html", shell=shell_for(visit, current=REQUESTS), page=view, status=status)


def _follow_url(visit: Visit, ticket: Ticket) -> str:
    return f"/interventions/{ticket.number}" if may_follow(ticket, visit.caller, visit.agency) else ""


def show_file(visit: Visit, number: str, name: str) -> Answer:
    """Lead to a file of one's own request."""
    del number  # the request came with the session
    plain = _plain(visit)
    if plain is not None:
        allowed = request_files(plain.request)
    else:
        file = _ticket(visit)
        allowed = ticket_request_files(file.ticket, file.entries, visit.caller)
    return send_to(FILES, visit.caller.agency, allowed, name)


def chase(visit: Visit, number: str) -> Answer:
    """Ask the agency again, at most once in 24 hours (REQ-007)."""
    _check_open(visit)
    problems = Problems()
    text = forms.text(visit.request, "message", problems, longest=_LONGEST_CHASE)
    plain = _plain(visit)
    if problems.fields:
        typed, token = dict(visit.request.form), new_form_token(visit.caller.secret)
        state = forms.state(f"{REQUESTS}/{number_of(number)}/relance", token, typed=typed, wrong=problems.fields)
        return _page(visit, plain, state, status=400)
    return SeeOther(f"{REQUESTS}/{number_of(number)}?message={_chase(visit, plain, text)}")


def _chase(visit: Visit, plain: Kept | None, text: str) -> str:
    try:
        if plain is not None:
            store = Requests(visit.site.table, visit.caller.agency)
            commands.chase(store, plain.request.number, text, now(visit), visit.nonce)
        else:
            _chase_ticket(visit, _ticket(visit), text)
    except (AlreadyDoneError, ChaseTooSoonError, AlreadyAnsweredError):
        return "deja"
    return "envoye"


def _chase_ticket(visit: Visit, file: File, text: str) -> None:
    when, store, number = moment(visit), tickets(visit), file.ticket.number
    check_chase(last_chase(file.entries), when.now)

    def again(ticket: Ticket) -> facts.Fact:
        if ticket.entries != file.ticket.entries:  # somebody was faster: perhaps this very chase
            raise ConflictError
        return facts.RequestChased()

    act(store, number, again, when, visit.nonce, file.loaded)
    if text:
        act(store, number, lambda _: facts.MessageWritten(text), when, f"{visit.nonce}.text")
