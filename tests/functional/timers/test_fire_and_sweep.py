"""Timers and the sweep on the real table: late, early, twice, cancelled, lost (REM-015…018, PLT-006)."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from palier.agencies.model import Agency
from palier.agencies.store import settings_key
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key, platform_key
from palier.aws.table import Row, Table
from palier.kernel.clock import FixedClock
from palier.kernel.ids import TicketNumber
from palier.tickets import facts
from palier.tickets.commands import act, open_ticket
from palier.tickets.model import TicketType, TimerKind
from palier.tickets.status import Status
from palier.tickets.store import Tickets
from palier.timers.fire import fire
from palier.timers.sweep import GRACE, Swept, Workers, agencies, sweep
from tests.unit.tickets.builders import (
    AGENCY,
    APPOINTMENT,
    FIRST,
    MANAGER,
    MONDAY,
    SUPPLIER,
    ask,
    draft,
    moment,
)

KEYS = AgencyKeys(AGENCY)
WEEK = dt.timedelta(days=7)


class Scene:
    """One order, just sent, and a clock."""

    def __init__(self, table: Table) -> None:
        self.table, self.clock, self.store = table, FixedClock(MONDAY), Tickets(table, AGENCY)
        changes = Changes()
        agency = Agency(AGENCY, "Agence Démo")
        changes.put(Row(settings_key(KEYS), "AGENCY", msgspec.json.encode(agency)))
        changes.put(Row(platform_key("AGENCIES", sk=AGENCY), "AGENCY"))
        changes.commit()
        opened = facts.TicketOpened(TicketType.ODS, draft(), (ask(),))
        self.number: TicketNumber = open_ticket(self.store, opened, moment(), "form-1").number

    @property
    def timer(self) -> Key:
        return KEYS.key("TICKET", self.number, sk=f"TIMER#{FIRST}#ods")

    def fire(self, at: dt.datetime) -> bool:
        self.clock.at = at
        return fire(self.table, self.clock, self.timer)

    def chases(self) -> int:
        return [one.template for one in self.store.file(self.number).messages].count("sup.ods_reminder")

    def do(self, fact: facts.Fact, by: object = SUPPLIER) -> None:
        act(self.store, self.number, lambda _: fact, moment(by))  # type: ignore[arg-type]


@pytest.fixture
def scene(table: Table) -> Scene:
    return Scene(table)


def test_a_due_timer_chases_once_and_arms_the_next(scene: Scene) -> None:
    assert scene.fire(MONDAY + WEEK)
    assert scene.chases() == 1
    pending = scene.store.timer(scene.number, FIRST, TimerKind.ODS)
    assert pending is not None
    assert pending.due == MONDAY + 2 * WEEK


def test_an_early_or_repeated_firing_does_nothing(scene: Scene) -> None:
    """REM-017."""
    assert not scene.fire(MONDAY + WEEK - dt.timedelta(seconds=1))
    assert scene.fire(MONDAY + WEEK)
    assert not scene.fire(MONDAY + WEEK)
    assert scene.chases() == 1


def test_a_firing_after_the_answer_does_nothing(scene: Scene) -> None:
    scene.do(facts.OrderAccepted(FIRST, APPOINTMENT))
    assert not scene.fire(MONDAY + WEEK)
    assert scene.chases() == 0


def test_many_firings_at_the_same_instant_chase_once(scene: Scene) -> None:
    scene.clock.at = MONDAY + WEEK
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda _: fire(scene.table, scene.clock, scene.timer), range(6)))
    assert done.count(True) == 1
    assert scene.chases() == 1


def test_a_firing_and_an_answer_in_the_same_second_leave_one_sound_ticket(scene: Scene) -> None:
    """Whoever comes first, the ticket is accepted and no chase is pending."""
    scene.clock.at = MONDAY + WEEK
    with ThreadPoolExecutor(2) as pool:
        fired = pool.submit(fire, scene.table, scene.clock, scene.timer)
        pool.submit(scene.do, facts.OrderAccepted(FIRST, APPOINTMENT)).result()
        fired.result()
    ticket = scene.store.load(scene.number).ticket
    assert ticket.status is Status.AWAITING_END
    assert TimerKind.ODS not in ticket.engagements[0].timers
    assert scene.store.timer(scene.number, FIRST, TimerKind.ODS) is None
    assert ticket.entries == len(scene.store.file(scene.number).entries)


def test_closing_leaves_no_timer_in_the_table(scene: Scene) -> None:
    """REM-015."""
    scene.do(facts.TicketClosed(), MANAGER)
    rows = scene.table.query(KEYS.pk("TICKET", scene.number), "TIMER#").rows
    assert rows == []


def test_timer_of_nothing_is_ignored(scene: Scene) -> None:
    assert not fire(scene.table, scene.clock, KEYS.key("TICKET", 999, sk=f"TIMER#{FIRST}#ods"))


def swept(scene: Scene, at: dt.datetime) -> tuple[Swept, list[tuple[str, str]]]:
    found: list[tuple[str, str]] = []
    workers = Workers(
        deliver=lambda key: found.append(("deliver", key.sk)),
        document=lambda key: found.append(("document", key.sk)),
        fire=lambda key: found.append(("fire", key.sk)),
    )
    return sweep(scene.table, AGENCY, workers, at), found


def test_the_sweep_nudges_what_should_have_left_and_leaves_the_rest(scene: Scene) -> None:
    """What ``after_commit`` lost: it may have died after any line."""
    at_once, _ = swept(scene, MONDAY)
    assert at_once == Swept()
    late, found = swept(scene, MONDAY + GRACE + dt.timedelta(seconds=1))
    assert late.messages == len([one for one in found if one[0] == "deliver"]) == 2
    assert late.timers == 0
    later, found = swept(scene, MONDAY + WEEK + GRACE + dt.timedelta(seconds=1))
    assert later.timers == 1
    assert ("fire", f"TIMER#{FIRST}#ods") in found


def test_a_document_asked_for_and_never_made_is_nudged(scene: Scene) -> None:
    scene.do(facts.TicketClosed(), MANAGER)
    _, found = swept(scene, MONDAY + GRACE + dt.timedelta(seconds=1))
    assert ("document", "JOB#summary") in found


def test_every_agency_is_swept(scene: Scene) -> None:
    assert list(agencies(scene.table)) == [AGENCY]
