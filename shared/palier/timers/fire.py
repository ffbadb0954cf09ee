"""A schedule fired: look the timer up again, and act only if it is still pending and due (REM-017).

The stored instant decides, not the moment of firing: early, late, repeated and cancelled firings do the right thing.
"""

from zoneinfo import ZoneInfo

from palier.agencies.store import decode_agency, settings_key
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Table
from palier.kernel.clock import Clock
from palier.kernel.errors import NotAllowedNowError, NotFoundError
from palier.kernel.ids import AgencyId, EngagementId, TicketNumber
from palier.tickets import facts
from palier.tickets.commands import act
from palier.tickets.decide import Moment
from palier.tickets.model import Actor, ActorKind, Ticket, TimerKind
from palier.tickets.store import Tickets

CLOCKWORK = Actor(ActorKind.SYSTEM, "Palier")


def fire(table: Table, clock: Clock, key: Key) -> bool:
    """Fire the timer of one row. Returns whether something was done."""
    agency, number, engagement, kind = _read(key)
    keys = AgencyKeys(agency)
    row = table.get(settings_key(keys))
    store = Tickets(table, agency)
    pending = store.timer(number, engagement, kind)
    if row is None or pending is None:
        return False
    moment = Moment(CLOCKWORK, clock.now(), ZoneInfo(decode_agency(row).zone))
    fact = facts.TimerFired(engagement, kind, pending.generation)

    def same(_: Ticket) -> facts.Fact:
        return fact

    try:
        act(store, number, same, moment)
    except (NotAllowedNowError, NotFoundError):
        return False
    return True


def _read(key: Key) -> tuple[AgencyId, TicketNumber, EngagementId, TimerKind]:
    agency, _, number = key.pk.split("#")
    _, engagement, kind = key.sk.split("#")
    return AgencyId(agency), TicketNumber(int(number)), EngagementId(engagement), TimerKind(kind)
