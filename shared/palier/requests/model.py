"""What a client asks of the agency: plain requests, and the rule for asking again (REQ). Pure.

A request for an intervention is a ticket (REQ-004); it shares the chase rule and the numbers, nothing else.
"""

import datetime as dt
from enum import StrEnum

import msgspec

from palier.kernel.errors import PalierError
from palier.kernel.ids import AgencyId, PartyId, TicketNumber

INTERVENTION = "Demande d’intervention"
BETWEEN_CHASES = dt.timedelta(hours=24)


class RequestStatus(StrEnum):
    """Where a plain request stands (38.9)."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"


class ChaseTooSoonError(PalierError):
    """The agency was chased less than 24 hours ago (REQ-007)."""

    code = "CHASE_TOO_SOON"


class AlreadyAnsweredError(PalierError):
    """The agency has answered: there is nothing to chase."""

    code = "ALREADY_ANSWERED"


class Person(msgspec.Struct, frozen=True):
    """Somebody as this request knows him: the client who asks, or the addressee in the agency (REQ-005)."""

    name: str
    party: PartyId | None = None
    emails: tuple[str, ...] = ()


class RequestFile(msgspec.Struct, frozen=True):
    """A stored file; ``key`` is its place in the files bucket."""

    key: str
    name: str
    media_type: str
    size: int


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing said after the request: a chase of the client, or the agency's answer."""

    at: dt.datetime
    by: Person
    text: str
    staff: bool = False
    files: tuple[RequestFile, ...] = ()


class ClientRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """A request that is no intervention, with all that was said about it."""

    agency: AgencyId
    number: TicketNumber
    module: str
    kind: str
    title: str
    description: str
    place: str
    sent_at: dt.datetime
    requester: Person
    addressee: Person | None = None
    urgent: bool = False
    status: RequestStatus = RequestStatus.OPEN
    files: tuple[RequestFile, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def chased_at(self) -> dt.datetime | None:
        """Return when the client last asked again."""
        return next((one.at for one in reversed(self.said) if not one.staff), None)


def next_chase(last: dt.datetime | None) -> dt.datetime | None:
    """Return the first instant at which one may chase again; None for at once (REQ-007)."""
    return None if last is None else last + BETWEEN_CHASES


def check_chase(last: dt.datetime | None, now: dt.datetime) -> None:
    """Raise :class:`ChaseTooSoonError` within 24 hours of the last chase."""
    due = next_chase(last)
    if due is not None and now < due:
        raise ChaseTooSoonError


def chased(request: ClientRequest, text: str, now: dt.datetime) -> ClientRequest:
    """Return the request asked again. Raises :class:`ChaseTooSoonError` or :class:`AlreadyAnsweredError`."""
    if request.status is RequestStatus.ANSWERED:
        raise AlreadyAnsweredError
    check_chase(request.chased_at, now)
    return _with(request, Said(now, request.requester, text))


def answered(request: ClientRequest, said: Said) -> ClientRequest:
    """Return the request with the agency's answer (REQ-008)."""
    return msgspec.structs.replace(_with(request, said), status=RequestStatus.ANSWERED)


def _with(request: ClientRequest, said: Said) -> ClientRequest:
    return msgspec.structs.replace(request, said=(*request.said, said))


def is_intervention(kind: str) -> bool:
    """Tell whether this type of request asks for an intervention."""
    return kind.replace("'", "’").casefold() == INTERVENTION.casefold()
