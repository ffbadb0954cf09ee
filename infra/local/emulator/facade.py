"""The emulator as the rest of the local cloud knows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from infra.local.emulator.keeping import Keeping
from infra.local.emulator.modules import Modules
from infra.local.emulator.ordering import Ordering
from infra.local.emulator.recalling import Recalling
from infra.local.emulator.running import Functions
from infra.local.emulator.scheduling import Schedule, Schedules
from infra.local.emulator.sending import KeepEmail, KeepSms, Sending
from infra.local.http import Asgi
from infra.local.journal import Journal


class Emulator:
    """Not durable, it keeps nothing on disk and answers faster: for tests of storage."""

    def __init__(
        self,
        data_dir: Path,
        now: Callable[[], float],
        keep_email: KeepEmail,
        keep_sms: KeepSms,
        *,
        durable: bool,
    ) -> None:
        modules = Modules(data_dir)
        self._app = modules.app
        self._functions = Functions(modules)
        Sending(modules, keep_email, keep_sms)
        Ordering(modules)
        self._recalling: Recalling | None = None
        if durable:
            journal = Journal(data_dir / "state")
            keeping = Keeping(modules, journal)
            self._schedules = Schedules(modules, now, keeping.write)
            self._recalling = Recalling(modules, journal, keeping, self._schedules)
        else:
            self._schedules = Schedules(modules, now, lambda *_fields, sync=True: None)  # noqa: ARG005 - as `Keeping.write`

    @property
    def asgi(self) -> Asgi:
        """MiniStack itself; loads the state when it is told to start, saves it when told to stop."""
        application: Asgi = self._app.app
        return application

    def snapshot(self) -> None:
        """On the event loop. What CloudFormation made is not in the journal: call after a deployment."""
        if self._recalling is not None:
            self._recalling.snapshot()

    def renew_functions(self) -> None:
        self._functions.renew()

    def stop_functions(self) -> None:
        self._functions.stop()

    # What the timetable asks ----------------------------------------------------------------------------------

    def schedules(self) -> list[Schedule]:
        return self._schedules.all()

    def one_off_instant(self, schedule: Schedule) -> float | None:
        return self._schedules.one_off_instant(schedule)

    def next_occurrence(self, schedule: Schedule, after: float) -> float | None:
        return self._schedules.next_occurrence(schedule, after)

    def fire(self, schedule: Schedule) -> None:
        self._schedules.fire(schedule)

    def confirm_firings(self) -> None:
        self._schedules.confirm()

    def is_busy(self) -> bool:
        return self._functions.is_busy()

    def next_delayed_message(self) -> float | None:
        return self._functions.next_delayed_message()

    def let_time_pass(self, seconds: float) -> None:
        self._functions.let_time_pass(seconds)
