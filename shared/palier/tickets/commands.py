"""What a person, a mail or a timer can do to a ticket: load, decide, save in one transaction, again if beaten to it."""

from collections.abc import Callable

import msgspec

from palier.aws.changes import Changes
from palier.aws.once import take_once
from palier.kernel.errors import AlreadyDoneError, ConflictError
from palier.kernel.ids import TicketNumber
from palier.tickets import facts
from palier.tickets.decide import Decision, Moment, decide, decide_opening
from palier.tickets.facts import Fact
from palier.tickets.model import Ticket
from palier.tickets.status import Status
from palier.tickets.store import Job, Loaded, Tickets

_TRIES = 3
SUMMARY = "summary"

MakeFact = Callable[[Ticket], Fact]


def open_ticket(store: Tickets, fact: facts.TicketOpened, moment: Moment, once: str) -> Ticket:
    """Create a ticket, once for each ``once`` (form nonce or mail key).

    Raises :class:`AlreadyDoneError` with the first ticket's number when it was taken before.
    """
    number = store.new_number()
    decision = decide_opening(store.keys.agency, number, fact, moment)
    changes = Changes()
    take_once(changes, store.keys, once, str(number), moment.now)
    store.write(changes, decision)
    try:
        changes.commit()
    except AlreadyDoneError as done:
        raise AlreadyDoneError(store.first_result(once)) from done
    return decision.ticket


def act(
    store: Tickets,
    number: TicketNumber,
    make: MakeFact,
    moment: Moment,
    once: str | None = None,
    first: Loaded | None = None,
) -> Decision:
    """Do something to a ticket. ``make`` builds the fact from the ticket as it stands at each try.

    Raises what ``decide`` raises, :class:`ConflictError` after three lost races, :class:`AlreadyDoneError`.
    """
    found = first or store.load(number)
    for attempt in range(_TRIES):
        decision = decide(found.ticket, make(found.ticket), moment)
        try:
            _save(store, decision, found, moment, once)
        except ConflictError:
            if attempt == _TRIES - 1:
                raise
            found = store.load(number)
        else:
            return decision
    raise ConflictError


def _save(store: Tickets, decision: Decision, found: Loaded, moment: Moment, once: str | None) -> None:
    changes = Changes()
    store.write(changes, decision, found.row)
    if once is not None:
        take_once(changes, store.keys, once, str(decision.ticket.number), moment.now)
    if decision.ticket.status is Status.CLOSED:
        store.ask_document(changes, Job(SUMMARY, decision.ticket.number, moment.now))
    changes.commit()


def ask_summary(store: Tickets, found: Loaded, moment: Moment) -> None:
    """Ask for the summary of a ticket to be made (again)."""
    changes = Changes()
    changes.require(found.row)
    store.ask_document(changes, Job(SUMMARY, found.ticket.number, moment.now))
    changes.commit()


def mark_read(store: Tickets, found: Loaded) -> None:
    """Take the red dot away (TCA-047); refused when the ticket changed meanwhile: there is something new to read."""
    if found.ticket.unread:
        changes = Changes()
        store.write_head(changes, msgspec.structs.replace(found.ticket, unread=False), found.row)
        changes.commit()
