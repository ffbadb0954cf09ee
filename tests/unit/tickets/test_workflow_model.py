"""The whole workflow, driven at random: whatever people do, the ticket stays sound (hypothesis stateful)."""

import datetime as dt

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from palier.kernel.errors import NotAllowedNowError
from palier.kernel.money import Cents
from palier.tickets import facts
from palier.tickets.decide import Decision, decide
from palier.tickets.evolve import begin, evolve
from palier.tickets.facts import Entry
from palier.tickets.model import Actor, Ticket, TicketType, TimerKind
from palier.tickets.staff.offers import for_supplier, for_ticket
from palier.tickets.status import OVER, Status
from tests.unit.tickets.builders import (
    AGENCY,
    APPOINTMENT,
    CLIENT,
    FIRST,
    MANAGER,
    MONDAY,
    NUMBER,
    SUPPLIER,
    SYSTEM,
    ask,
    draft,
    moment,
    opened,
    requested,
)

STEPS: list[tuple[facts.Fact, Actor]] = [
    (facts.PreTicketValidated(TicketType.ODS, draft(), (ask(),)), MANAGER),
    (facts.PreTicketCancelled(), MANAGER),
    (facts.RequestChased(), CLIENT),
    (facts.OrderAccepted(FIRST, APPOINTMENT), SUPPLIER),
    (facts.OrderRefused(FIRST), SUPPLIER),
    (facts.RequestCancelled(FIRST), MANAGER),
    (facts.InterventionCancelled(FIRST), MANAGER),
    (facts.InterventionEnded(FIRST), SUPPLIER),
    (facts.InterventionEnded(FIRST, amount=Cents(100)), MANAGER),
    (facts.InvoiceAsked(FIRST), MANAGER),
    (facts.InvoiceSent(FIRST, amount=Cents(100)), SUPPLIER),
    (facts.NoteAdded("note"), MANAGER),
    (facts.MessageWritten("bonjour"), CLIENT),
    (facts.TicketClosed(), MANAGER),
    (facts.TicketReopened(), MANAGER),
]


class Life(RuleBasedStateMachine):
    """One ticket's life."""

    def __init__(self) -> None:
        super().__init__()
        self.now = MONDAY
        self.entries: list[Entry] = []

    @initialize(as_order=st.booleans(), silent=st.booleans(), presence=st.booleans())
    def start(self, *, as_order: bool, silent: bool, presence: bool) -> None:
        first = opened(silent=silent, ask_presence=presence) if as_order else requested(silent=silent)
        self.ticket, self.entries = first.ticket, [first.entry]

    @rule(step=st.sampled_from(STEPS), minutes=st.integers(0, 60 * 24 * 4))
    def something_happens(self, step: tuple[facts.Fact, Actor], minutes: int) -> None:
        self.now += dt.timedelta(minutes=minutes)
        fact, by = step
        try:
            self._take(decide(self.ticket, fact, moment(by, self.now)))
        except NotAllowedNowError:
            return

    @precondition(lambda self: any(one.timers for one in self.ticket.engagements))
    @rule(data=st.data())
    def a_timer_fires(self, data: st.DataObject) -> None:
        pending = [(one.id, kind, timer) for one in self.ticket.engagements for kind, timer in one.timers.items()]
        engagement, kind, timer = data.draw(st.sampled_from(pending))
        self.now = max(self.now, timer.due)
        self._take(decide(self.ticket, facts.TimerFired(engagement, kind, timer.generation), moment(SYSTEM, self.now)))

    def _take(self, decision: Decision) -> None:
        self.ticket = decision.ticket
        self.entries.append(decision.entry)
        if self.ticket.draft.silent:
            outsiders = {one.address for one in decision.messages} - {"claire@agence.example"}
            assert not outsiders, "a third party was written to in silent mode"

    @invariant()
    def no_timer_is_alive_on_a_ticket_that_is_over(self) -> None:
        if self.ticket.status in OVER:
            assert not any(one.timers for one in self.ticket.engagements)

    @invariant()
    def there_is_always_an_offered_way_forward(self) -> None:
        offers = [*for_ticket(self.ticket)]
        offers += [offer for one in self.ticket.engagements for offer in for_supplier(self.ticket, one)]
        if self.ticket.status is not Status.PRE_CANCELLED:
            ways = {offer.path for offer in offers} - {"note"}
            assert ways or self.ticket.status is Status.PENDING_VALIDATION

    @invariant()
    def counters_equal_what_the_timeline_says(self) -> None:
        assert self.ticket.entries == len(self.entries)
        for engagement in self.ticket.engagements:
            for kind in TimerKind:
                fired = [
                    one.what
                    for one in self.entries
                    if isinstance(one.what, facts.TimerFired) and one.what.kind is kind and one.what.sent
                ]
                assert engagement.reminders.get(kind, 0) == len(fired)

    @invariant()
    def the_head_is_the_timeline_folded(self) -> None:
        """The page can be rebuilt from the entries alone, read marks and timers apart."""
        folded = begin(AGENCY, NUMBER, self.entries[0])
        for entry in self.entries[1:]:
            folded = evolve(folded, entry)
        assert _plain(folded) == _plain(self.ticket)

    @invariant()
    def it_survives_being_stored(self) -> None:
        assert msgspec.json.decode(msgspec.json.encode(self.ticket), type=Ticket) == self.ticket
        stored = msgspec.json.encode(self.entries)
        assert msgspec.json.decode(stored, type=list[Entry]) == self.entries


def _plain(ticket: Ticket) -> Ticket:
    bare = tuple(msgspec.structs.replace(one, timers={}) for one in ticket.engagements)
    return msgspec.structs.replace(ticket, engagements=bare, unread=False)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
