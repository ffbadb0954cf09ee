"""``/interventions``: what a client follows, step by step, and his messages (FUP)."""

from collections.abc import Mapping

import msgspec

from palier.aws.keys import AgencyKeys
from palier.kernel.errors import AlreadyDoneError, InvalidInputError, NotFoundError
from palier.kernel.ids import BuildingId
from palier.tickets import facts
from palier.tickets.client.page import Shown, files_for, list_page, ticket_page
from palier.tickets.client.sight import check_follow, follows_tickets, may_see_card
from palier.tickets.commands import act
from palier.tickets.store import File
from palier.web import forms
from palier.web.answers import Answer, Html, SeeOther
from palier.web.client.common import FILES, moment, number_of, start_of, tickets, uploads
from palier.web.cursor import write_cursor
from palier.web.downloads import send_to
from palier.web.form_tokens import new_form_token
from palier.web.forms import Problems
from palier.web.render import page
from palier.web.shell import shell_for
from palier.web.site import Visit
from palier.web.uploads import attach, ids_of
from palier.web.views.common import ContextSwitch, Link, Shell

_HERE = "/interventions"
_READ_AT_ONCE = 60
_LONGEST_MESSAGE = 5_000


def _check_open(visit: Visit) -> None:
    if not follows_tickets(visit.agency, visit.caller):
        raise NotFoundError


def list_interventions(visit: Visit) -> Answer:
    """Show the interventions of one of the caller's buildings: all that he may see of its tickets, in one query."""
    _check_open(visit)
    current, others = _buildings(visit)
    shell = _with_context(shell_for(visit, current=_HERE), current, others)
    cards, following = ((), "") if current is None else _cards(visit, current.building)
    next_url = f"{_HERE}?lieu={current.building}&suite={following}" if current and following else ""
    new_url = "/demandes/nouvelle" if visit.agency.settings.requests_enabled else ""
    view = list_page(cards, visit.caller, visit.agency, visit.zone, next_url=next_url, new_url=new_url)
    return page("client/interventions.html", shell=shell, page=view)
