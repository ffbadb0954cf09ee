"""EventBridge Scheduler: one-off schedules in UTC, named after what they are for, deleted once they have fired."""

import datetime as dt
import functools
import hashlib
from typing import TYPE_CHECKING

import boto3
import msgspec

from palier.aws.keys import Key
from palier.aws.queues import Nudge
from palier.aws.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_scheduler.type_defs import TargetTypeDef


@functools.cache
def _client() -> "EventBridgeSchedulerClient":
    return boto3.client("scheduler")


def schedule_name(key: Key) -> str:
    """Return the one name of an item's schedule, so that arming again replaces it (REM-016)."""
    digest = hashlib.sha256(f"{key.pk}|{key.sk}".encode()).hexdigest()[:40]
    return f"t-{digest}"


def set_schedule(key: Key, at: dt.datetime) -> None:
    """Have the timers function called for this item at an instant; moves the schedule when there is one."""
    try:
        _write("create", key, at)
    except _client().exceptions.ConflictException:
        _write("update", key, at)


def drop_schedule(key: Key) -> None:
    """Forget an item's schedule; fine when it has fired or never was."""
    try:
        _client().delete_schedule(Name=schedule_name(key), GroupName=setting("TIMER_GROUP"))
    except _client().exceptions.ResourceNotFoundException:
        return


def _write(how: str, key: Key, at: dt.datetime) -> None:
    target: TargetTypeDef = {
        "Arn": setting("TIMERS_FUNCTION_ARN"),
        "RoleArn": setting("SCHEDULER_ROLE_ARN"),
        "Input": msgspec.json.encode(Nudge(key.pk, key.sk)).decode(),
    }
    write = _client().create_schedule if how == "create" else _client().update_schedule
    write(
        Name=schedule_name(key),
        GroupName=setting("TIMER_GROUP"),
        ScheduleExpression=f"at({_whole_second(at):%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE",
        Target=target,
    )


def _whole_second(at: dt.datetime) -> dt.datetime:
    """Round up: a schedule must never fire before the stored instant."""
    utc = at.astimezone(dt.UTC)
    return utc if utc.microsecond == 0 else utc.replace(microsecond=0) + dt.timedelta(seconds=1)
