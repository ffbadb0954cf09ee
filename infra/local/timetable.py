"""What falls due when: fires schedules on the moved clock, in real time or while time is moved forward.

Rules, in order:

* One-off schedules fire in the order of their instants, each with the clock at its instant. Before the next one,
  everything settles: stream records are read, queues are empty, nothing runs. What is created meanwhile and falls
  due too takes its place in the order.
* Recurring schedules (`rate`, `cron`) are coalesced: between two one-offs, and once more at the end, a recurring
  schedule that was due once or many times fires once, with the clock at its last occurrence.
* A message that waits in a queue (delay, retry after a failure) is due at its own instant, like a one-off.
* If something does not settle within `PATIENCE` seconds of real time, time goes on and the answer says so.

Knows nothing of how schedules are stored or invoked: that is the `Target`.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from infra.local.clock import BackwardsError, MovedClock, iso
from infra.local.emulator import Schedule

_log = logging.getLogger(__name__)
TICK = 0.25
PATIENCE = 30.0
_QUIET_FOR = 0.02


class Target(Protocol):
    def schedules(self) -> list[Schedule]: ...
    def one_off_instant(self, schedule: Schedule) -> float | None: ...
    def next_occurrence(self, schedule: Schedule, after: float) -> float | None: ...
    def fire(self, schedule: Schedule) -> None: ...
    def confirm_firings(self) -> None: ...
    def is_busy(self) -> bool: ...
    def next_delayed_message(self) -> float | None: ...
    def let_time_pass(self, seconds: float) -> None: ...


@dataclass
class Advance:
    """What happened while time moved."""

    fired: list[dict[str, str]] = field(default_factory=list)
    settled: bool = True


class Timetable:
    def __init__(self, target: Target, clock: MovedClock, memory: Path) -> None:
        self._target = target
        self._clock = clock
        self._memory = memory
        self._turn = threading.Lock()
        self._last: dict[str, float] = json.loads(memory.read_text("utf-8")) if memory.exists() else {}

    def run(self, stopped: threading.Event) -> None:
        """Real time: whatever is due fires within a tick or so."""
        while not stopped.wait(TICK):
            with self._turn:
                try:
                    self._fire_what_is_due()
                    if not self._target.is_busy():
                        self._target.confirm_firings()
                except Exception:  # noqa: BLE001 - the outermost edge of this thread
                    _log.exception("a schedule could not fire")  # the others still must

    def advance_by(self, seconds: float) -> Advance:
        with self._turn:
            return self._travel(self._clock.now() + seconds)

    def advance_to(self, instant: float) -> Advance:
        with self._turn:
            if instant < self._clock.now():
                raise BackwardsError(f"{iso(instant)} is before {iso(self._clock.now())}: time only moves forward")
            return self._travel(instant)

    def _travel(self, instant: float) -> Advance:
        """Play everything that falls due on the way."""
        journey = Advance(settled=self.settle())
        self._play_until(instant, journey)
        self._move(instant)
        journey.settled &= self.settle()
        self._play_until(instant, journey)
        return journey

    def settle(self) -> bool:
        """Wait until nothing runs and nothing waits; false when patience ends first."""
        deadline = time.monotonic() + PATIENCE
        quiet_since: float | None = None
        while time.monotonic() < deadline:
            if self._target.is_busy():
                quiet_since = None
            elif quiet_since is None:
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since >= _QUIET_FOR:
                self._target.confirm_firings()
                return True
            time.sleep(0.003)
        return False

    def _play_until(self, instant: float, journey: Advance) -> None:
        while (due := self._first_due(instant)) is not None:
            moment, schedule = due
            self._move(moment)
            if schedule is not None:
                self._launch(schedule, moment)
                journey.fired.append({"name": schedule.key[2], "at": iso(moment)})
            journey.settled &= self.settle()

    def _first_due(self, until: float) -> tuple[float, Schedule | None] | None:
        """A recurring schedule comes before the next one-off or waiting message, once."""
        stop = self._next_stop(until)
        recurring = self._recurring_due(until if stop is None else stop[0])
        return recurring[0] if recurring else stop

    def _move(self, instant: float) -> None:
        before = self._clock.offset
        self._clock.reach(instant)
        if self._clock.offset > before:
            self._target.let_time_pass(self._clock.offset - before)

    def _next_stop(self, until: float) -> tuple[float, Schedule | None] | None:
        """The earliest instant at which something of its own happens: a one-off, or a message that waits."""
        stops: list[tuple[float, Schedule | None]] = [*self._one_offs_due(until)[:1]]
        message = self._target.next_delayed_message()
        if message is not None and message + self._clock.offset <= until:
            stops.append((message + self._clock.offset, None))
        return min(stops, key=lambda stop: stop[0], default=None)

    def _fire_what_is_due(self) -> None:
        now = self._clock.now()
        for moment, schedule in sorted([*self._one_offs_due(now), *self._recurring_due(now)], key=_moment):
            self._launch(schedule, moment)

    def _launch(self, schedule: Schedule, moment: float) -> None:
        if self._target.one_off_instant(schedule) is None:
            self._last["/".join(schedule.key)] = moment
            draft = self._memory.with_suffix(".tmp")
            draft.write_text(json.dumps(self._last), "utf-8")
            draft.replace(self._memory)
        self._target.fire(schedule)

    def _one_offs_due(self, until: float) -> list[tuple[float, Schedule]]:
        due = [(self._target.one_off_instant(schedule), schedule) for schedule in self._target.schedules()]
        return sorted([(at, schedule) for at, schedule in due if at is not None and at <= until], key=_moment)

    def _recurring_due(self, until: float) -> list[tuple[float, Schedule]]:
        due = []
        for schedule in self._target.schedules():
            if self._target.one_off_instant(schedule) is None:
                moment = self._last_occurrence(schedule, until)
                if moment is not None:
                    due.append((moment, schedule))
        return sorted(due, key=_moment)

    def _last_occurrence(self, schedule: Schedule, until: float) -> float | None:
        """The latest one not yet fired; searched near the end first, for a minutely one may have thousands."""
        since = self._last.get("/".join(schedule.key), schedule.created)
        for reach in (3600.0, 86400.0, 32 * 86400.0, float("inf")):
            found = self._walk(schedule, max(since, until - reach), until)
            if found is not None or until - reach <= since:
                return found
        return None

    def _walk(self, schedule: Schedule, after: float, until: float) -> float | None:
        found = None
        moment = self._target.next_occurrence(schedule, after)
        while moment is not None and moment <= until:
            found = moment
            moment = self._target.next_occurrence(schedule, moment)
        return found


def _moment(due: tuple[float, Schedule]) -> float:
    return due[0]
