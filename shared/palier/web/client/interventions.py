"""``/interventions``: what a client follows, step by step, and his messages (FUP)."""

from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec

from palier.kernel.errors import AlreadyDoneError, InvalidInputError, NotFoundError
from palier.kernel.ids import BuildingId
from palier.tickets import facts
from palier.tickets.cards import Card
from palier.tickets.client.page import Shown, files_for, list_page, ticket_page
from palier.tickets.client.sight import check_follow, follows_tickets, may_see_card
from palier.tickets.commands import act
from palier.tickets.store import File
from palier.web import forms
from palier.web.answers import Answer, Html, SeeOther
from palier.web.client.common import FILES, FOLLOW_UP, moment, number_of, start_of, tickets, uploads
from palier.web.cursor import write_cursor
from palier.web.downloads import send_to
from palier.web.form_tokens import new_form_token
from palier.web.forms import Problems
from palier.web.render import page
from palier.web.shell import shell_for
from palier.web.site import Visit
from palier.web.uploads import attach, ids_of
from palier.web.views.common import ContextSwitch, Link

_READ_AT_ONCE = 60
_LONGEST_MESSAGE = 5_000


def _check_open(visit: Visit) -> None:
    if not follows_tickets(visit.agency, visit.caller):
        raise NotFoundError


def list_interventions(visit: Visit) -> Answer:
    """Show the interventions of one of the caller's buildings: all that he may see of its tickets, in one query."""
    _check_open(visit)
    current = _building(visit)
    cards, following = _cards(visit, current) if current else ((), "")
    next_url = f"{FOLLOW_UP}?{urlencode({'lieu': current, 'suite': following})}" if following else ""
    new_url = "/demandes/nouvelle" if visit.agency.settings.requests_enabled else ""
    view = list_page(cards, visit.caller, visit.agency, visit.zone, next_url=next_url, new_url=new_url)
    around = msgspec.structs.replace(shell_for(visit, current=FOLLOW_UP), context=_context(visit, current))
    return page("client/interventions.html", shell=around, page=view)


def _building(visit: Visit) -> BuildingId | None:
    """Return the building that the address names, if it is one of the caller's; his first one otherwise."""
    mine = dict.fromkeys(tie.building for tie in visit.caller.ties)
    wanted = BuildingId(visit.request.query.get("lieu", ""))
    return wanted if wanted in mine else next(iter(mine), None)


def _context(visit: Visit, current: BuildingId | None) -> ContextSwitch | None:
    """Offer the caller's other buildings (PRT-005)."""
    names = {tie.building: tie.building_name for tie in visit.caller.ties}
    if current is None or len(names) == 1:
        return None
    others = (Link(name, f"{FOLLOW_UP}?{urlencode({'lieu': one})}") for one, name in names.items() if one != current)
    return ContextSwitch("Immeuble", names[current], tuple(others))


def _cards(visit: Visit, building: BuildingId) -> tuple[tuple[Card, ...], str]:
    store = tickets(visit)
    start = start_of(visit, store.keys.pk("PLACE", building))
    listed = store.of_building(building, limit=_READ_AT_ONCE, start=start)
    seen = tuple(card for card in listed.cards if may_see_card(card, visit.caller, visit.agency))
    return seen, write_cursor(listed.next)


def _file(visit: Visit, number: str) -> File:
    """Read a ticket that the caller may follow; any other is not there."""
    _check_open(visit)
    file = tickets(visit).file(number_of(number))
    check_follow(file.ticket, visit.caller, visit.agency)
    return file


def show(visit: Visit, number: str) -> Answer:
    """Show one intervention step by step (FUP-004)."""
    return _page(visit, _file(visit, number), {})


def _page(
    visit: Visit, file: File, typed: Mapping[str, tuple[str, ...]], wrong: Mapping[str, str] | None = None
) -> Html:
    here = f"{FOLLOW_UP}/{file.ticket.number}"
    state = forms.state(f"{here}/message", new_form_token(visit.caller.secret), typed=typed, wrong=wrong)
    shown = Shown(visit.caller, visit.zone, state, uploads(ids_of(visit.request), here))
    view = ticket_page(file.ticket, file.entries, shown)
    return page(
        "client/intervention.html", shell=shell_for(visit, current=FOLLOW_UP), page=view, status=400 if wrong else 200
    )


def show_file(visit: Visit, number: str, name: str) -> Answer:
    """Lead to a file that the caller may take."""
    file = _file(visit, number)
    return send_to(FILES, visit.caller.agency, files_for(file.ticket, file.entries, visit.caller), name)


def write(visit: Visit, number: str) -> Answer:
    """Take a message for the agency (FUP-005)."""
    file, problems = _file(visit, number), Problems()
    text = forms.text(visit.request, "message", problems, required=True, longest=_LONGEST_MESSAGE)
    try:
        problems.settle()
        files = attach(FILES, visit.caller.agency, ids_of(visit.request))
    except InvalidInputError as wrong:
        return _page(visit, file, dict(visit.request.form), wrong.fields)
    said = facts.MessageWritten(text, attachments=files)
    try:
        act(tickets(visit), file.ticket.number, lambda _: said, moment(visit), visit.nonce, file.loaded)
    except AlreadyDoneError:
        return SeeOther(f"{FOLLOW_UP}/{file.ticket.number}?message=deja")
    return SeeOther(f"{FOLLOW_UP}/{file.ticket.number}?message=envoye#messages")
