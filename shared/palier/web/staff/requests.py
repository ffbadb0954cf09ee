"""``/gestion/{module}/demandes`` and ``/gestion/demandes/{number}``: plain requests, read and answered (REQ-008)."""

from collections.abc import Iterable, Mapping

from palier.aws.keys import AgencyKeys, Key
from palier.kernel.errors import AlreadyDoneError, InvalidInputError, NotFoundError
from palier.people.caller import Permission
from palier.requests.commands import answer
from palier.requests.model import ClientRequest, Person, RequestFile, Said
from palier.requests.staff_page import answer_page, list_page
from palier.requests.store import Requests, kept, request_key
from palier.web import forms
from palier.web.answers import Answer, Html, SeeOther
from palier.web.cursor import read_cursor, write_cursor
from palier.web.form_tokens import new_form_token
from palier.web.forms import Problems
from palier.web.render import page
from palier.web.shell import shell_for
from palier.web.site import Visit
from palier.web.staff.lists import module_of
from palier.web.staff.tickets import FILES, UPLOADS, number_of, require
from palier.web.uploads import attach, upload_field


def wanted(keys: AgencyKeys, params: Mapping[str, str]) -> Iterable[Key]:
    """Name the request, to be read along with the session."""
    return (request_key(keys, number_of(params["number"])),)


def list_requests(visit: Visit, module: str) -> Answer:
    """List the requests that wait for an answer."""
    where = module_of(visit, module)
    store = Requests(visit.site.table, visit.caller.agency)
    start = read_cursor(visit.request.query.get("suite", ""), visit.caller.agency)
    found = store.waiting(where, limit=visit.agency.module(where).tickets_page_size, start=start)
    view = list_page(where.value, found.cards, write_cursor(found.next), visit.zone)
    return page("staff/records.html", shell=shell_for(visit, current=f"/gestion/{where}/demandes"), page=view)


def _request(visit: Visit) -> ClientRequest:
    keys = AgencyKeys(visit.caller.agency)
    request = kept(visit.row(request_key(keys, number_of(visit.params["number"])))).request
    if request.module not in visit.caller.modules:
        raise NotFoundError
    return request


def show_request(visit: Visit, number: str) -> Answer:
    """Show one request with its answer form."""
    del number  # the request came with the session
    return _form(visit, _request(visit), {})


def _form(
    visit: Visit, request: ClientRequest, typed: Mapping[str, tuple[str, ...]], wrong: Mapping[str, str] | None = None
) -> Html:
    here = f"/gestion/demandes/{request.number}"
    state = forms.state(here, new_form_token(visit.caller.secret), typed=typed, wrong=wrong)
    upload = upload_field(UPLOADS, typed.get("upload", ()), label="Pièces jointes")
    view = answer_page(request, state, upload, visit.zone)
    shell = shell_for(visit, current=f"/gestion/{request.module}/demandes")
    return page("staff/action.html", shell=shell, page=view, status=400 if wrong else 200)


def send_answer(visit: Visit, number: str) -> Answer:
    """Answer a request; the client is told by mail."""
    require(visit, Permission.TICKET_EDIT)
    request, problems = _request(visit), Problems()
    text = forms.text(visit.request, "answer", problems, required=True)
    try:
        problems.settle()
        files = attach(FILES, visit.caller.agency, visit.request.fields("upload"))
    except InvalidInputError as wrong:
        return _form(visit, request, dict(visit.request.form), wrong.fields)
    kept_files = tuple(RequestFile(one.key, one.name, one.media_type, one.size) for one in files)
    said = Said(visit.site.clock.now(), Person(visit.agency.sender_name), text, staff=True, files=kept_files)
    store = Requests(visit.site.table, visit.caller.agency)
    try:
        answer(store, request.number, said, visit.nonce)
    except AlreadyDoneError:
        return SeeOther(f"/gestion/demandes/{number}?message=deja")
    return SeeOther(f"/gestion/demandes/{number}?message=envoye")
