"""What the client's views share: numbers and cursors from addresses, the bucket, who acts."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from palier.aws.files import Files
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import TicketNumber
from palier.tickets.decide import Moment
from palier.tickets.model import Actor, ActorKind
from palier.tickets.store import Tickets
from palier.web.cursor import read_cursor
from palier.web.site import Visit
from palier.web.uploads import upload_field
from palier.web.views.forms import UploadField

FILES = Files()
UPLOADS, ADD_FILE = "/fichiers", "/fichiers/ajouter"
A_PAGE = 25
REQUESTS, FOLLOW_UP = "/demandes", "/interventions"
_LONGEST_NUMBER = 9


def number_of(text: str) -> TicketNumber:
    """Read a number from an address. Raises :class:`NotFoundError`."""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise NotFoundError
    return TicketNumber(int(text))


def tickets(visit: Visit) -> Tickets:
    """Return the tickets of the caller's agency."""
    return Tickets(visit.site.table, visit.caller.agency)


def moment(visit: Visit) -> Moment:
    """Return who does it and when. A member of staff in a client's space leaves his name in the timeline (AUT-014)."""
    caller = visit.caller
    name = f"{caller.name} (saisi par {caller.impersonated_by})" if caller.impersonated_by else caller.name
    return Moment(Actor(ActorKind.CLIENT, name, caller.party), now(visit), visit.zone)


def now(visit: Visit) -> dt.datetime:
    """Return the instant of the request."""
    return visit.site.clock.now()


def start_of(visit: Visit, partition: str) -> Mapping[str, Any] | None:
    """Return where a list goes on, if the address names a place of that very list."""
    start = read_cursor(visit.request.query.get("suite", ""), visit.caller.agency)
    return start if start and any(value.get("S") == partition for value in start.values()) else None


def uploads(ids: tuple[str, ...], back: str) -> UploadField:
    """Return the file field of the form at ``back``."""
    return upload_field(UPLOADS, ids, fallback=ADD_FILE, back=back)
