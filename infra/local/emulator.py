"""MiniStack 1.5.33, made durable and observable. The only file that touches its private parts.

What is added, and why, is in README.md. The environment must be set (`settings.functions_environment`) before
`Emulator` is made: MiniStack reads it while it is imported.
"""

from __future__ import annotations

import base64
import contextlib
import contextvars
import importlib
import re
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from infra.local.journal import Journal, Record

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Key = tuple[str, str, str]  # account, region, name: how MiniStack scopes what it keeps

WRITES = frozenset({
    "CreateTable", "DeleteTable", "UpdateTable", "PutItem", "DeleteItem", "UpdateItem", "BatchWriteItem",
    "TransactWriteItems", "UpdateTimeToLive", "ExecuteStatement", "ExecuteTransaction", "BatchExecuteStatement",
    "TagResource", "UntagResource", "UpdateContinuousBackups",
})  # fmt: skip


class EmulatorError(Exception):
    """The emulator could not do what the local cloud needs of it."""


@dataclass(frozen=True)
class Schedule:
    """A schedule of EventBridge Scheduler, or a rule of EventBridge that has a schedule."""

    key: Key
    expression: str
    zone: str
    created: float
    is_rule: bool


def _module(name: str) -> Any:
    return importlib.import_module(f"ministack.{name}")


def _copy_of(module: ModuleType, **changed: object) -> ModuleType:
    """A module as one other module sees it, with a few names replaced."""
    copy = ModuleType(module.__name__)
    copy.__dict__.update(module.__dict__)
    copy.__dict__.update(changed)
    return copy


class _Inline(threading.Thread):
    """S3 notifications leave before the object is acknowledged, so that a crash cannot lose one."""

    def start(self) -> None:
        self.run()


class _Counted(threading.Thread):
    """Asynchronous invocations run in a copied context; count them until the last attempt has ended."""

    running = 0
    _guard = threading.Lock()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = kwargs.get("target")
        self._counts = isinstance(getattr(target, "__self__", None), contextvars.Context)

    def start(self) -> None:
        self._count(1)
        super().start()

    def run(self) -> None:
        try:
            super().run()
        finally:
            self._count(-1)

    def _count(self, step: int) -> None:
        if self._counts:
            with self._guard:
                _Counted.running += step


class Emulator:
    """`mail` takes each e-mail sent (id, sender, recipients, raw MIME); `text_message` each SMS (id, number, text)."""

    def __init__(
        self,
        data_dir: Path,
        now: Callable[[], float],
        mail: Callable[[str, str, list[str], bytes], None],
        text_message: Callable[[str, str, str], None],
        *,
        durable: bool,
    ) -> None:
        self._now = now
        self._mail = mail
        self._text_message = text_message
        self._journal = Journal(data_dir / "state") if durable else None
        self._unconfirmed: dict[Key, Record] = {}
        self._import(data_dir)
        self._patch_lambda()
        self._patch_messages()
        self._patch_time()
        if self._journal is not None:
            self._patch_writes()
            self._patch_queues()
            self._app._load_persisted_state = self._load
            self._app.save_all = lambda _services: self.snapshot()

    @property
    def asgi(self) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
        return self._app.app  # type: ignore[no-any-return]

    # Wiring ---------------------------------------------------------------------------------------------------

    def _import(self, data_dir: Path) -> None:
        self._app = _module("app")
        self._persistence = _module("core.persistence")
        self._responses = _module("core.responses")
        self._runtime = _module("core.lambda_runtime")
        self._wake = _module("core.concurrency").esm_wake
        services = ("dynamodb", "scheduler", "eventbridge", "lambda_svc", "sqs", "ses", "sns", "s3", "apigateway_v1")
        modules = {name: self._app._get_module(name) for name in services}
        self._dynamodb, self._scheduler, self._eventbridge = (modules[name] for name in services[:3])
        self._lambda, self._sqs, self._ses, self._sns, self._s3, self._api = (modules[name] for name in services[3:])
        self._lambda.CODE_BLOB_DIR = str(data_dir / "lambda-blobs")  # must not follow the epoch's folder
        self._sqs.DEFAULT_PORT = "4566"  # a queue's URL is its name: it must not change with our port

    def _patch_lambda(self) -> None:
        """No 50 ms wait for logs that are not there; no made-up answer; retries and waits that can be seen."""
        self._runtime.Worker._drain_stderr_bounded.__defaults__ = (0.002, 0.001, 0.25)
        warm = self._lambda._execute_function_warm

        def execute(func: dict[str, Any], event: Any, request_id: str) -> Any:
            if func.get("code_zip"):
                return warm(func, event, request_id)
            body = {"errorType": "MissingCode", "errorMessage": "this function was deployed without code"}
            return {"body": body, "error": True, "log": body["errorMessage"]}

        self._lambda._execute_function_warm = execute
        self._lambda.threading = _copy_of(threading, Thread=_Counted)
        self._s3.threading = _copy_of(threading, Thread=_Inline)
        self._eventbridge._dispatch_to_lambda = self._invoke_like_a_schedule

    def _patch_messages(self) -> None:
        send_raw, publish = self._ses._send_raw_email, self._sns._publish

        def keep_mail(params: dict[str, Any]) -> Any:
            status, headers, body = send_raw(params)
            if status != 200:  # noqa: PLR2004 - HTTP
                return status, headers, body
            identifier = re.search(rb"<MessageId>([^<@]+)", body)[1].decode()  # type: ignore[index]
            raw = base64.b64decode(self._ses._p(params, "RawMessage.Data"))
            recipients = self._ses._collect_list(params, "Destinations.member")
            self._mail(identifier, self._ses._p(params, "Source"), recipients, raw)
            return status, headers, re.sub(rb"(<MessageId>[^<@]+)@[^<]*", rb"\1", body)

        def keep_text(params: dict[str, Any]) -> Any:
            answer = publish(params)
            number = self._sns._p(params, "PhoneNumber")
            if number and answer[0] == 200:  # noqa: PLR2004 - HTTP
                identifier = re.search(rb"<MessageId>([^<]+)", answer[2])[1].decode()  # type: ignore[index]
                self._text_message(identifier, number, self._sns._p(params, "Message"))
            return answer

        self._ses._send_raw_email = keep_mail
        self._ses._smtp_relay = self._keep_other_mail
        self._sns._publish = keep_text

    def _keep_other_mail(self, source: str, recipients: list[str], message: str) -> None:
        """SES relays every e-mail here; the raw ones were already kept, whole, by `keep_mail`."""
        if not message.startswith("Message-ID: <"):
            identifier = f"other-{time.time_ns()}"
            self._mail(identifier, source, list(recipients), message.encode())

    def _patch_time(self) -> None:
        """Schedules live on the moved clock: their creation is dated by it, and `timetable` fires them."""
        moved = _copy_of(time, time=self._now)
        self._scheduler.time = moved
        self._eventbridge._now_ts = self._now
        self._scheduler.start_scheduler = self._eventbridge.start_scheduler = lambda: None
        self._patch_deployed_schedules()

    def _patch_deployed_schedules(self) -> None:
        """CloudFormation forgets the zone of the schedules that it makes."""
        handlers = _module("services.cloudformation.provisioners")._RESOURCE_HANDLERS["AWS::Scheduler::Schedule"]

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

    def _patch_writes(self) -> None:
        dynamodb, scheduler = self._dynamodb.handle_request, self._scheduler.handle_request
        remove = self._dynamodb._remove_item

        async def journaled_dynamodb(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
            answer = await dynamodb(method, path, headers, body, query)  # never yields: order is that of the loop
            action = headers.get("x-amz-target", "").rpartition(".")[2]
            if action in WRITES and answer[0] == 200:  # noqa: PLR2004 - HTTP
                self._write("d", *self._place(), action, body.decode())
            return answer

        async def journaled_scheduler(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
            answer = await scheduler(method, path, headers, body, query)
            if method != "GET" and answer[0] == 200:  # noqa: PLR2004 - HTTP
                self._write("s", *self._place(), method, path, (body or b"").decode(), query)
            return answer

        def journaled_expiry(table: dict[str, Any], partition: str, sort: str) -> Any:
            if threading.current_thread().name == "dynamodb-ttl-reaper":
                self._write("x", table["TableArn"], partition, sort, sync=False)
            return remove(table, partition, sort)

        self._raw_dynamodb, self._raw_scheduler, self._raw_remove = dynamodb, scheduler, remove
        self._dynamodb.handle_request, self._scheduler.handle_request = journaled_dynamodb, journaled_scheduler
        self._dynamodb._remove_item = journaled_expiry

    def _patch_queues(self) -> None:
        """Whoever puts a message in a queue then wakes the pollers: journal new messages before that."""
        wake, delete = self._wake.set, self._sqs._delete_messages_for_esm
        positions, write, guard = type(self._lambda._dynamodb_stream_positions), self._write, threading.Lock()
        place = self._place

        class Positions(positions):  # type: ignore[misc, valid-type]
            __slots__ = ()

            def __setitem__(self, mapping: str, position: int) -> None:
                if self.get(mapping) != position:
                    super().__setitem__(mapping, position)
                    write("p", *place(), mapping, position, sync=False)

        def woken() -> None:
            with guard:
                self._journal_new_messages()
            wake()

        def journaled_delete(url: str, handles: set[str]) -> None:
            queue = self._sqs._get_q(url)
            gone = [m["id"] for m in queue["messages"] if m.get("receipt_handle") in handles]
            delete(url, handles)
            self._write("Q", *self._place(), url, gone, sync=False)

        self._lambda._dynamodb_stream_positions = Positions()
        self._wake.set = woken
        self._sqs._delete_messages_for_esm = journaled_delete

    def _journal_new_messages(self) -> None:
        for (account, region, url), queue in list(self._sqs._queues._data.items()):
            for message in reversed(list(queue["messages"])):
                if message.get("journaled"):
                    break
                message["journaled"] = True
                self._write("q", account, region, url, message)

    def _place(self) -> tuple[str, str]:
        return self._responses.get_account_id(), self._responses.get_region()

    def _write(self, *record: object, sync: bool = True) -> None:
        if self._journal is not None:
            self._journal.write(list(record), sync=sync)

    # State on disk --------------------------------------------------------------------------------------------

    def snapshot(self) -> None:
        """Call on the event loop: no write can then slip between the state and the next journal."""
        if self._journal is not None:
            self._journal.snapshot(self._save)

    def _save(self, folder: Path) -> None:
        self._persistence.STATE_DIR = str(folder)
        states = {name: get for name, get in self._app._build_persistence_save_dict().items()}
        states["palier_local"] = self._own_state
        for name, get_state in states.items():
            state = _when_still(get_state)
            if state is None:
                continue
            self._persistence.save_state(name, state)
            if not (folder / f"{name}.json").exists():
                raise EmulatorError(f"the state of {name} could not be saved")

    def _own_state(self) -> dict[str, Any]:
        """Stream records that a function has still to read, and firings not known to be over."""
        streams = []
        for (account, region, table), records in list(self._dynamodb._stream_records._data.items()):
            start = self._dynamodb._stream_trimmed._data.get((account, region, table), 0)
            unread = min(self._positions_of(account, region, table), default=start + len(records))
            streams.append([account, region, table, max(start, unread), records[max(0, unread - start) :]])
        return {"streams": streams, "unconfirmed": [[*key, record] for key, record in self._unconfirmed.items()]}

    def _positions_of(self, account: str, region: str, table: str) -> list[int]:
        positions = self._lambda._dynamodb_stream_positions._data
        return [
            positions.get(key, 0)
            for key, mapping in list(self._lambda._esms._data.items())
            if key[:2] == (account, region) and f":table/{table}/stream/" in mapping.get("EventSourceArn", "")
        ]

    def _load(self) -> None:
        """Replaces MiniStack's: snapshot, then journal, and only then the pollers."""
        assert self._journal is not None  # noqa: S101 - wired together in __init__
        self._lambda._poller_started = True
        self._persistence.STATE_DIR = str(self._journal.state_dir)
        for name, module in self._app._state_map.items():
            if state := self._persistence.load_state(name):
                self._app._get_module(module).load_persisted_state(state)
        self._load_own_state(self._persistence.load_state("palier_local") or {"streams": [], "unconfirmed": []})
        for record in self._journal.records():
            self._replay(record)
        self._journal.open()
        for key in list(self._unconfirmed):
            self._refire(key)
        self._lambda._poller_started = False
        if self._lambda._esms.has_any():
            self._lambda._ensure_poller()

    def _load_own_state(self, state: dict[str, Any]) -> None:
        for account, region, table, trimmed, records in state["streams"]:
            self._dynamodb._stream_records._data[account, region, table] = records
            self._dynamodb._stream_trimmed._data[account, region, table] = trimmed
        for account, region, name, record in state["unconfirmed"]:
            self._unconfirmed[account, region, name] = record

    def _replay(self, record: Record) -> None:
        kind, *fields = record
        getattr(self, f"_replay_{_REPLAYS[str(kind)]}")(*fields)

    def _replay_table(self, account: str, region: str, action: str, body: str) -> None:
        with self._acting_for(account, region):
            headers = {"x-amz-target": f"DynamoDB_20120810.{action}"}
            _finish(self._raw_dynamodb("POST", "/", headers, body.encode(), {}))

    def _replay_schedule(self, account: str, region: str, method: str, path: str, body: str, query: Any) -> None:
        with self._acting_for(account, region):
            _finish(self._raw_scheduler(method, path, {}, body.encode(), query))

    def _replay_expiry(self, table_arn: str, partition: str, sort: str) -> None:
        _, _, _, region, account, name = table_arn.split(":", 5)
        table = self._dynamodb._tables._data.get((account, region, name.removeprefix("table/")))
        if table is not None:
            self._raw_remove(table, partition, sort)

    def _replay_position(self, account: str, region: str, mapping: str, position: int) -> None:
        self._lambda._dynamodb_stream_positions._data[account, region, mapping] = position

    def _replay_message(self, account: str, region: str, url: str, message: dict[str, Any]) -> None:
        queue = self._sqs._queues._data.get((account, region, url))
        if queue is not None and all(known["id"] != message["id"] for known in queue["messages"]):
            queue["messages"].append({**message, "receipt_handle": None})

    def _replay_deletion(self, account: str, region: str, url: str, identifiers: list[str]) -> None:
        queue = self._sqs._queues._data.get((account, region, url))
        if queue is not None:
            queue["messages"] = [m for m in queue["messages"] if m["id"] not in identifiers]

    def _replay_firing(self, account: str, region: str, name: str, schedule: Record) -> None:
        self._scheduler._schedules._data.pop((account, region, name), None)
        self._unconfirmed[account, region, name] = schedule

    def _replay_confirmation(self, account: str, region: str, name: str) -> None:
        self._unconfirmed.pop((account, region, name), None)

    @contextlib.contextmanager
    def _acting_for(self, account: str, region: str) -> Iterator[None]:
        before = self._place()
        self._responses.set_request_account_id(account)
        self._responses.set_request_region(region)
        try:
            yield
        finally:
            self._responses.set_request_account_id(before[0])
            self._responses.set_request_region(before[1])

    # Schedules ------------------------------------------------------------------------------------------------

    def schedules(self) -> list[Schedule]:
        found = [
            Schedule(
                key, s["ScheduleExpression"], s.get("ScheduleExpressionTimezone") or "UTC", s["CreationDate"], False
            )
            for key, s in list(self._scheduler._schedules._data.items())
            if s.get("State") == "ENABLED" and self._within_dates(s)
        ]
        rules = [
            Schedule(key, rule["ScheduleExpression"], "UTC", rule.get("CreationTime", 0.0), True)
            for key, rule in list(self._eventbridge._rules._data.items())
            if rule.get("State") == "ENABLED" and rule.get("ScheduleExpression")
        ]
        return found + rules

    def _within_dates(self, schedule: dict[str, Any]) -> bool:
        start, end = (self._scheduler._to_epoch(schedule.get(name)) for name in ("StartDate", "EndDate"))
        return (start is None or start <= self._now()) and (end is None or self._now() <= end)

    def one_off_instant(self, schedule: Schedule) -> float | None:
        match = re.fullmatch(r"at\((.+)\)", schedule.expression.strip())
        if match is None:
            return None
        return datetime.fromisoformat(match[1]).replace(tzinfo=ZoneInfo(schedule.zone)).timestamp()

    def next_occurrence(self, schedule: Schedule, after: float) -> float | None:
        """Of a `rate()` or `cron()`, strictly after an instant."""
        interval: int | None = self._eventbridge._parse_rate_seconds(schedule.expression)
        if interval is not None:
            periods = max(0, int((after - schedule.created) // interval))
            return schedule.created + (periods + 1) * interval
        fields = self._eventbridge._parse_cron_fields(schedule.expression)
        if fields is None:
            return None
        moment = self._eventbridge._cron_next_fire(fields, datetime.fromtimestamp(after, ZoneInfo(schedule.zone)))
        return None if moment is None else float(moment.timestamp())

    def fire(self, schedule: Schedule) -> None:
        """Invoke the target. A one-off leaves the store at once and comes back if we die before it has run."""
        if schedule.is_rule:
            rule = self._eventbridge._rules._data.get(schedule.key)
            for target in self._eventbridge._targets._data.get(schedule.key, []):
                self._invoke(schedule.key, target, rule, "aws.events")
            return
        record = self._scheduler._schedules._data.get(schedule.key)
        if record is None:
            return
        if self.one_off_instant(schedule) is not None:
            self._write("f", *schedule.key, record)
            self._unconfirmed[schedule.key] = record
            self._scheduler._schedules._data.pop(schedule.key, None)
        self._invoke(schedule.key, record["Target"], record, "aws.scheduler")

    def confirm_firings(self) -> None:
        """Call when nothing runs any more: what was fired is over."""
        for key in list(self._unconfirmed):
            del self._unconfirmed[key]
            self._write("c", *key, sync=False)

    def _refire(self, key: Key) -> None:
        record: Any = self._unconfirmed[key]
        self._invoke(key, record["Target"], record, "aws.scheduler")

    def _invoke(self, key: Key, target: Any, origin: Any, source: str) -> None:
        event = {
            "EventId": self._responses.new_uuid(), "Source": source, "DetailType": "Scheduled Event", "Detail": "{}",
            "Time": self._now(), "Resources": [origin.get("Arn", "")], "Account": key[0], "Region": key[1],
        }  # fmt: skip
        with self._acting_for(key[0], key[1]):
            self._eventbridge._invoke_target(target, event, origin)

    def _invoke_like_a_schedule(self, arn: str, payload: str) -> None:
        """On AWS a schedule invokes asynchronously, with retries; MiniStack tries once."""
        function, config, name = self._lambda._get_func_record_for_ref(arn)
        if not function or not config:
            raise EmulatorError(f"a schedule names the unknown function {name}")
        import json

        self._lambda.invoke_async_with_retry(
            self._lambda._execution_record_for_config(function, config), json.loads(payload)
        )

    # What is going on -----------------------------------------------------------------------------------------

    def is_busy(self) -> bool:
        """An invocation runs or waits for its retry, or a stream or a queue has something for a function."""
        return bool(
            self._lambda.executions_in_flight()[0]
            or _Counted.running
            or self._lambda._esm_inflight
            or self._has_unread_stream()
            or self._message_instants(lambda visible, now: visible <= now)
        )

    def _has_unread_stream(self) -> bool:
        for (account, region, identifier), mapping in list(self._lambda._esms._data.items()):
            match = re.search(r":dynamodb:.*:table/([^/]+)/stream/", mapping.get("EventSourceArn", ""))
            if match is None or not mapping.get("Enabled", True):
                continue
            key = (account, region, match[1])
            end = self._dynamodb._stream_trimmed._data.get(key, 0) + len(
                self._dynamodb._stream_records._data.get(key) or []
            )
            position = self._lambda._dynamodb_stream_positions._data.get((account, region, identifier), 0)
            if position < end:
                return True
        return False

    def next_delayed_message(self) -> float | None:
        """The real instant at which a message that waits (delay, or retry) reaches its function."""
        return min(self._message_instants(lambda visible, now: visible > now), default=None)

    def _message_instants(self, wanted: Callable[[float, float], bool]) -> list[float]:
        now = time.time()
        return [
            message["visible_at"]
            for queue in self._consumed_queues()
            for message in list(queue["messages"])
            if wanted(message["visible_at"], now)
        ]

    def _consumed_queues(self) -> list[dict[str, Any]]:
        sources = {
            mapping.get("EventSourceArn", "")
            for mapping in list(self._lambda._esms._data.values())
            if mapping.get("Enabled", True)
        }
        queues = list(self._sqs._queues._data.values())
        return [queue for queue in queues if queue["attributes"].get("QueueArn") in sources]

    def let_time_pass(self, seconds: float) -> None:
        """Messages that wait see the moved clock too."""
        with self._sqs._queues_lock:
            for queue in self._consumed_queues():
                for message in queue["messages"]:
                    message["visible_at"] -= seconds
        self._wake.set()

    # Lifetime -------------------------------------------------------------------------------------------------

    def stop_functions(self) -> None:
        self._runtime.reset()


_REPLAYS = {
    "d": "table", "s": "schedule", "x": "expiry", "p": "position",
    "q": "message", "Q": "deletion", "f": "firing", "c": "confirmation",
}  # fmt: skip


def _finish(coroutine: Any) -> None:
    """Handlers of MiniStack that never wait can be run to their end without a loop."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise EmulatorError("a replayed request waits for something")


def _when_still(get_state: Callable[[], Any]) -> Any:
    """A thread may change what is being copied; try again."""
    for _ in range(20):
        try:
            return get_state()
        except RuntimeError:
            time.sleep(0.01)
    raise EmulatorError("the state never stood still")
