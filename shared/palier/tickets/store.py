"""Tickets in the table: one partition each, holding the head, the timeline, the messages, the timers and the jobs.

=========================  ======================================  ==============================
Item                       sort key                                indexes
=========================  ======================================  ==============================
head                       ``HEAD``                                all but due, each when it applies
timeline entry             ``E#000001``                            –
message to send            ``OUT#000001#00`` (entry, rank)         due
pending timer              ``TIMER#<engagement>#<kind>``           due
document to make           ``JOB#<what>``                          due
=========================  ======================================  ==============================
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.once import first_result
from palier.aws.table import Row, Table
from palier.kernel.clock import iso
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import AgencyId, EngagementId, PartyId, TicketNumber
from palier.messages.model import OutMessage
from palier.messages.outbox import message_row, read_message
from palier.tickets.cards import Card, card_of
from palier.tickets.decide import Decision
from palier.tickets.facts import Entry
from palier.tickets.lists import WAITING_TABS, lists_of
from palier.tickets.model import Ticket, Timer, TimerKind
from palier.tickets.outgoing import Outgoing
from palier.tickets.status import Tab

TIMER, JOB = "TIMER", "JOB"
Start = Mapping[str, Any] | None


class Loaded(msgspec.Struct, frozen=True):
    """A ticket and the row it was read from."""

    ticket: Ticket
    row: Row


class File(msgspec.Struct, frozen=True):
    """A ticket with everything in its partition, for its page: one query."""

    loaded: Loaded
    entries: tuple[Entry, ...]
    messages: tuple[OutMessage, ...]
    jobs: tuple["Job", ...]

    @property
    def ticket(self) -> Ticket:
        """The head."""
        return self.loaded.ticket


class PendingTimer(msgspec.Struct, frozen=True):
    """A timer as its row says it."""

    number: int
    engagement: str
    kind: TimerKind
    due: dt.datetime
    generation: int


class Job(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document to make about a ticket (OUT-001); ``key`` is set once it lies in the bucket."""

    what: str
    number: int
    asked_at: dt.datetime
    key: str = ""
    made_at: dt.datetime | None = None


class Listed(msgspec.Struct, frozen=True):
    """A page of a list of tickets."""

    cards: tuple[Card, ...]
    next: Mapping[str, Any] | None


def head_key(keys: AgencyKeys, number: TicketNumber | int) -> Key:
    """Return the key of a ticket's head."""
    return keys.key("TICKET", number, sk="HEAD")


def loaded(row: Row | None) -> Loaded:
    """Read a head row; raises :class:`NotFoundError` for None."""
    if row is None:
        raise NotFoundError
    return Loaded(msgspec.json.decode(row.body, type=Ticket), row)


class Tickets:
    """The tickets of one agency."""

    def __init__(self, table: Table, agency: AgencyId) -> None:
        self._table = table
        self.keys = AgencyKeys(agency)

    def new_number(self) -> TicketNumber:
        """Take the next number (TCK-003). A number taken for a creation that fails stays unused."""
        return TicketNumber(self._table.count_up(self.keys.key("COUNTER", sk="TICKETS")))

    def first_result(self, token: str) -> str:
        """Return what a one-time token led to the first time."""
        return first_result(self._table, self.keys, token)

    def load(self, number: TicketNumber) -> Loaded:
        """Read one head. Raises :class:`NotFoundError`."""
        return loaded(self._table.get(head_key(self.keys, number)))

    def file(self, number: TicketNumber) -> File:
        """Read a whole ticket, in one query. Raises :class:`NotFoundError`."""
        return read_file(self._table.query(self.keys.pk("TICKET", number)).rows)

    def timer(self, number: TicketNumber, engagement: EngagementId, kind: TimerKind) -> PendingTimer | None:
        """Read one pending timer."""
        row = self._table.get(self._timer_key(number, engagement, kind))
        return None if row is None else msgspec.json.decode(row.body, type=PendingTimer)

    def of_module(self, module: str, tab: Tab, *, limit: int, start: Start = None) -> Listed:
        """List one tab of a module, last modified first (TLI-001, TLI-005).

        *Clôturés* reads the list of all: in any agency older than a few months nearly every ticket is closed.
        """
        if tab in WAITING_TABS:
            return self._listed("by_tab", self.keys.pk("TAB", module, tab), limit, start)
        if tab is Tab.OPEN:
            return self._listed("open_list", self.keys.pk("OPEN", module), limit, start)
        return self._listed("all_list", self.keys.pk("TICKETS", module), limit, start)

    def of_manager(self, manager: PartyId, module: str, tab: Tab, *, limit: int, start: Start = None) -> Listed:
        """List one manager's tickets (TLI-013), last modified first."""
        if tab is Tab.OPEN:
            return self._listed("open_by_manager", self.keys.pk("MANAGER", manager, module, "OPEN"), limit, start)
        return self._listed("by_manager", self.keys.pk("MANAGER", manager, module), limit, start)

    def of_building(self, building: str, *, limit: int, start: Start = None) -> Listed:
        """List the tickets of a building, newest first."""
        return self._listed("by_place", self.keys.pk("PLACE", building), limit, start)

    def _listed(self, index: str, pk: str, limit: int, start: Start) -> Listed:
        page = self._table.query_index(index, pk, limit=limit, start=start)
        return Listed(tuple(msgspec.json.decode(row.card or b"{}", type=Card) for row in page.rows), page.next)

    def write(self, changes: Changes, decision: Decision, before: Row | None = None) -> None:
        """Add everything a decision changes to a transaction."""
        head = self._head(decision.ticket, before)
        changes.create(head) if before is None else changes.replace(head)
        changes.create(self._entry(decision.ticket.number, decision.entry))
        for rank, message in enumerate(decision.messages):
            changes.create(self._message(message, rank, decision.entry.at))
        for engagement, kind, timer in decision.armed:
            changes.put(self._timer(decision.ticket.number, engagement, kind, timer))
        for engagement, kind in decision.cancelled:
            changes.delete(self._timer_key(decision.ticket.number, engagement, kind))

    def write_head(self, changes: Changes, ticket: Ticket, before: Row) -> None:
        """Add a change of the head alone (read mark)."""
        changes.replace(self._head(ticket, before))

    def ask_document(self, changes: Changes, job: Job) -> None:
        """Add the request for a document; asking again makes it anew."""
        changes.put(self.job_row(job))

    def job_row(self, job: Job) -> Row:
        """Return the row of a job; due until made."""
        key = self.keys.key("TICKET", job.number, sk=f"JOB#{job.what}")
        return Row(
            key=key,
            kind=JOB,
            body=msgspec.json.encode(job),
            indexes={} if job.key else self._due(key, job.asked_at),
        )

    def _head(self, ticket: Ticket, before: Row | None) -> Row:
        return Row(
            key=head_key(self.keys, ticket.number),
            kind="HEAD",
            body=msgspec.json.encode(ticket),
            version=before.version if before else 0,
            card=msgspec.json.encode(card_of(ticket)),
            indexes=lists_of(self.keys, ticket),
        )

    def _entry(self, number: TicketNumber, entry: Entry) -> Row:
        key = self.keys.key("TICKET", number, sk=f"E#{entry.seq:06d}")
        return Row(key=key, kind="ENTRY", body=msgspec.json.encode(entry))

    def _message(self, out: Outgoing, rank: int, now: dt.datetime) -> Row:
        key = self.keys.key("TICKET", out.number, sk=f"OUT#{out.seq:06d}#{rank:02d}")
        message = OutMessage(
            out.template,
            out.channel,
            out.address,
            out.name,
            now,
            ticket=out.number,
            seq=out.seq,
            engagement=out.engagement,
        )
        return message_row(self.keys, key, message)

    def _timer(self, number: TicketNumber, engagement: EngagementId, kind: TimerKind, timer: Timer) -> Row:
        key = self._timer_key(number, engagement, kind)
        pending = PendingTimer(number, engagement, kind, timer.due, timer.generation)
        return Row(key=key, kind=TIMER, body=msgspec.json.encode(pending), indexes=self._due(key, timer.due))

    def _timer_key(self, number: TicketNumber, engagement: EngagementId, kind: TimerKind) -> Key:
        return self.keys.key("TICKET", number, sk=f"TIMER#{engagement}#{kind}")

    def _due(self, key: Key, at: dt.datetime) -> dict[str, tuple[str, str]]:
        return {"due": (self.keys.pk("DUE"), f"{iso(at)}|{key.pk}|{key.sk}")}


def read_file(rows: Sequence[Row]) -> File:
    """Sort the rows of a ticket's partition. Raises :class:`NotFoundError` when there is no head."""
    head = next((row for row in rows if row.kind == "HEAD"), None)
    return File(
        loaded(head),
        tuple(msgspec.json.decode(row.body, type=Entry) for row in rows if row.kind == "ENTRY"),
        tuple(read_message(row) for row in rows if row.kind == "OUT"),
        tuple(msgspec.json.decode(row.body, type=Job) for row in rows if row.kind == JOB),
    )
