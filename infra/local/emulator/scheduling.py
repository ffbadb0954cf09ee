"""Schedules as the timetable needs them: when each is due, and its firing."""

# ruff: noqa: SLF001 - see the package's docstring

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from infra.local.emulator.modules import EmulatorError, Key, Modules, copy_of

Write = Callable[..., None]
_EXPRESSION = re.compile(r"at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)|rate\(\d+ (minute|hour|day)s?\)|cron\(\S+( \S+){5}\)")


@dataclass(frozen=True)
class Schedule:
    """A schedule of EventBridge Scheduler, or a rule of EventBridge that has a schedule."""

    key: Key
    expression: str
    zone: str
    created: float
    is_rule: bool


class Schedules:
    """`unconfirmed` are the one-offs fired but not known to be over: they fire again if we die before."""

    def __init__(self, modules: Modules, now: Callable[[], float], write: Write) -> None:
        self._modules, self._now, self._write = modules, now, write
        self._scheduler, self._eventbridge = modules.scheduler, modules.eventbridge
        self.unconfirmed: dict[Key, Any] = {}
        self._scheduler.time = copy_of(time, time=now)  # a schedule is dated by the moved clock
        self._eventbridge._now_ts = now
        self._scheduler.start_scheduler = self._eventbridge.start_scheduler = lambda: None  # the timetable fires
        self._eventbridge._dispatch_to_lambda = self._invoke_function
        self._scheduler._create_schedule = self._checking(self._scheduler._create_schedule)
        self._scheduler._update_schedule = self._checking(self._scheduler._update_schedule)
        self._keep_zone_of_deployed_schedules()

    def all(self) -> list[Schedule]:
        found = [
            Schedule(key, one["ScheduleExpression"], _zone(one), one["CreationDate"], is_rule=False)
            for key, one in list(self._scheduler._schedules._data.items())
            if one.get("State") == "ENABLED" and self._within_dates(one)
        ]
        rules = [
            Schedule(key, rule["ScheduleExpression"], "UTC", rule.get("CreationTime", 0.0), is_rule=True)
            for key, rule in list(self._eventbridge._rules._data.items())
            if rule.get("State") == "ENABLED" and rule.get("ScheduleExpression")
        ]
        return found + rules

    def one_off_instant(self, schedule: Schedule) -> float | None:
        match = re.fullmatch(r"at\((.+)\)", schedule.expression.strip())
        if match is None:
            return None
        return datetime.fromisoformat(match[1]).replace(tzinfo=ZoneInfo(schedule.zone)).timestamp()

    def next_occurrence(self, schedule: Schedule, after: float) -> float | None:
        """Of a `rate()` or a `cron()`, strictly after an instant."""
        interval: int | None = self._eventbridge._parse_rate_seconds(schedule.expression)
        if interval is not None:
            periods = max(0, int((after - schedule.created) // interval))
            return schedule.created + (periods + 1) * interval
        fields = self._eventbridge._parse_cron_fields(schedule.expression)
        if fields is None:
            return None
        local = datetime.fromtimestamp(after, ZoneInfo(schedule.zone))
        moment: datetime | None = self._eventbridge._cron_next_fire(fields, local)
        return None if moment is None else moment.timestamp()

    def fire(self, schedule: Schedule) -> None:
        """Invoke the target. A one-off leaves the store at once, and comes back if we die before it has run."""
        if schedule.is_rule:
            rule = self._eventbridge._rules._data.get(schedule.key)
            for target in self._eventbridge._targets._data.get(schedule.key, []):
                self._invoke(schedule.key, target, rule, "aws.events")
            return
        record = self._scheduler._schedules._data.get(schedule.key)
        if record is None:
            return
        if self.one_off_instant(schedule) is not None:
            self._write("fired", *schedule.key, record)
            self.unconfirmed[schedule.key] = record
            self._scheduler._schedules._data.pop(schedule.key, None)
        self._invoke(schedule.key, record["Target"], record, "aws.scheduler")

    def confirm(self) -> None:
        """Call when nothing runs any more: what was fired is over."""
        for key in list(self.unconfirmed):
            del self.unconfirmed[key]
            self._write("confirmed", *key, sync=False)

    def fire_unconfirmed(self) -> None:
        for key, record in list(self.unconfirmed.items()):
            self._invoke(key, record["Target"], record, "aws.scheduler")

    def forget(self, key: Key) -> None:
        self._scheduler._schedules._data.pop(key, None)

    def _checking(self, save: Callable[..., Any]) -> Callable[..., Any]:
        """AWS refuses an expression that it cannot read; MiniStack would never fire it."""

        def checked(name: str, body: dict[str, Any]) -> Any:
            if _EXPRESSION.fullmatch(body.get("ScheduleExpression") or ""):
                return save(name, body)
            message = f"Invalid Schedule Expression {body.get('ScheduleExpression')}."
            return self._scheduler._error(400, "ValidationException", message)

        return checked

    def _within_dates(self, schedule: dict[str, Any]) -> bool:
        start, end = (self._scheduler._to_epoch(schedule.get(name)) for name in ("StartDate", "EndDate"))
        return (start is None or start <= self._now()) and (end is None or self._now() <= end)

    def _invoke(self, key: Key, target: dict[str, Any], origin: dict[str, Any], source: str) -> None:
        account, region, _ = key
        event = {
            "EventId": str(uuid.uuid4()),
            "Source": source,
            "DetailType": "Scheduled Event",
            "Detail": "{}",
            "Time": self._now(),
            "Resources": [origin.get("Arn", "")],
            "Account": account,
            "Region": region,
        }
        with self._modules.acting_for(account, region):
            self._eventbridge._invoke_target(target, event, origin)

    def _invoke_function(self, arn: str, payload: str) -> None:
        """On AWS a schedule invokes asynchronously, with retries; MiniStack tries once."""
        functions = self._modules.functions
        function, config, name = functions._get_func_record_for_ref(arn)
        if not function or not config:
            raise EmulatorError(f"a schedule names the unknown function {name}")
        record = functions._execution_record_for_config(function, config)
        functions.invoke_async_with_retry(record, json.loads(payload))

    def _keep_zone_of_deployed_schedules(self) -> None:
        """CloudFormation, here, forgets the zone of the schedules that it makes."""
        handlers = self._modules.provisioners._RESOURCE_HANDLERS["AWS::Scheduler::Schedule"]

        def with_zone(provision: Callable[..., Any], properties_at: int) -> Callable[..., Any]:
            def provisioned(*args: Any) -> Any:
                made = provision(*args)
                properties = args[properties_at]
                key = f"{properties.get('GroupName', 'default')}/{made[0]}"
                zone = properties.get("ScheduleExpressionTimezone", "UTC")
                self._scheduler._schedules[key]["ScheduleExpressionTimezone"] = zone
                return made

            return provisioned

        handlers.update(create=with_zone(handlers["create"], 1), update=with_zone(handlers["update"], 2))


def _zone(record: dict[str, Any]) -> str:
    return record.get("ScheduleExpressionTimezone") or "UTC"
