"""Plain requests in the table, and the list of everything a person asked for.

=================  =======================================  =======================================
Item               key                                      indexes
=================  =======================================  =======================================
request            ``<a>#REQUEST#<number>`` / ``HEAD``      by_person; open_list until answered
=================  =======================================  =======================================

Numbers come from the tickets' counter, so that *Mes demandes* reads requests and tickets of a person in one query of
``by_person``, newest first (REQ-006).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.clock import iso
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import AgencyId, PartyId, TicketNumber
from palier.requests.model import ClientRequest, RequestStatus
from palier.tickets.cards import Card

KIND = "REQUEST"
_TICKET = "HEAD"
_REQUESTS = msgspec.json.Decoder(ClientRequest)


class RequestCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a list of requests."""

    number: int
    title: str
    sent_at: dt.datetime
    status: RequestStatus
    urgent: bool = False


class Asked(msgspec.Struct, frozen=True):
    """A page of what a person asked for: requests and tickets, newest first."""

    cards: tuple[RequestCard | Card, ...]
    next: Mapping[str, Any] | None


class Waiting(msgspec.Struct, frozen=True):
    """A page of requests without an answer."""

    cards: tuple[RequestCard, ...]
    next: Mapping[str, Any] | None


class Kept(msgspec.Struct, frozen=True):
    """A request and the row it was read from."""

    request: ClientRequest
    row: Row


def request_key(keys: AgencyKeys, number: TicketNumber) -> Key:
    """Return where a request is."""
    return keys.key(KIND, number, sk="HEAD")


def kept(row: Row | None) -> Kept:
    """Read a request's row; raises :class:`NotFoundError` for None."""
    if row is None:
        raise NotFoundError
    return Kept(_REQUESTS.decode(row.body), row)


class Requests:
    """The requests of one agency."""

    def __init__(self, table: Table, agency: AgencyId) -> None:
        self._table = table
        self.keys = AgencyKeys(agency)

    def load(self, number: TicketNumber) -> Kept:
        """Read one request. Raises :class:`NotFoundError`."""
        return kept(self._table.get(request_key(self.keys, number)))

    def write(self, changes: Changes, request: ClientRequest, before: Row | None = None) -> None:
        """Add a request, or its next version, to a transaction."""
        row = self._row(request, before.version if before else 0)
        changes.create(row) if before is None else changes.replace(row)

    def asked_by(self, party: PartyId, *, limit: int, start: Mapping[str, Any] | None = None) -> Asked:
        """List what a person asked for, newest first: one query."""
        found = self._table.query_index("by_person", self.keys.pk("PERSON", party), limit=limit, start=start)
        return Asked(tuple(card for row in found.rows for card in _cards(row)), found.next)

    def waiting(self, module: str, *, limit: int, start: Mapping[str, Any] | None = None) -> Waiting:
        """List the requests of a module that nobody answered yet, newest first: one query (REQ-010)."""
        found = self._table.query_index("open_list", self.keys.pk("REQUESTS", module), limit=limit, start=start)
        cards = tuple(msgspec.json.decode(row.card or b"{}", type=RequestCard) for row in found.rows)
        return Waiting(cards, found.next)

    def _row(self, request: ClientRequest, version: int) -> Row:
        card = RequestCard(request.number, request.title, request.sent_at, request.status, request.urgent)
        return Row(
            key=request_key(self.keys, request.number),
            kind=KIND,
            body=msgspec.json.encode(request),
            version=version,
            card=msgspec.json.encode(card),
            indexes=self._lists(request),
        )

    def _lists(self, request: ClientRequest) -> dict[str, tuple[str, str]]:
        lists = {}
        if request.requester.party:
            lists["by_person"] = (self.keys.pk("PERSON", request.requester.party), f"{request.number:09d}")
        if request.status is RequestStatus.OPEN:
            lists["open_list"] = (self.keys.pk("REQUESTS", request.module), iso(request.sent_at))
        return lists


def _cards(row: Row) -> tuple[RequestCard | Card, ...]:
    kinds: dict[str, type[RequestCard | Card]] = {KIND: RequestCard, _TICKET: Card}
    wanted = kinds.get(row.kind)
    return () if wanted is None else (msgspec.json.decode(row.card or b"{}", type=wanted),)
