"""Functions: how they run, whether anything runs or waits, and how they end."""

# ruff: noqa: SLF001 - see the package's docstring

from __future__ import annotations

import array
import contextlib
import contextvars
import fcntl
import queue
import re
import termios
import threading
import time
from collections.abc import Callable
from typing import Any

from infra.local.emulator.modules import Modules, copy_of

_ENDING = 60.0
_LOG_PATIENCE = 0.25
_QUIET_LOOKS = 2


class _Inline(threading.Thread):
    """S3 notifications leave before the object is acknowledged, so that a crash cannot lose one."""

    def start(self) -> None:
        self.run()


class _Counted(threading.Thread):
    """Asynchronous invocations run in a copied context; they count until the last attempt has ended."""

    running = 0
    _guard = threading.Lock()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._counts = isinstance(getattr(kwargs.get("target"), "__self__", None), contextvars.Context)

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


class Functions:
    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._functions = modules.functions
        modules.runtime.Worker._drain_stderr_bounded = _written_so_far
        modules.functions._execute_function_warm = _refusing_missing_code(self._functions._execute_function_warm)
        modules.functions.threading = copy_of(threading, Thread=_Counted)
        modules.s3.threading = copy_of(threading, Thread=_Inline)

    def is_busy(self) -> bool:
        """An invocation runs or waits for its retry, or a stream or a queue has something for a function."""
        return bool(
            self._functions.executions_in_flight()[0]
            or _Counted.running
            or self._functions._esm_inflight
            or self._has_unread_stream()
            or self._message_instants(lambda visible, now: visible <= now)
        )

    def next_delayed_message(self) -> float | None:
        """The real instant at which a message that waits (delay, or retry) reaches its function."""
        return min(self._message_instants(lambda visible, now: visible > now), default=None)

    def let_time_pass(self, seconds: float) -> None:
        """Messages that wait see the moved clock too."""
        with self._modules.sqs._queues_lock:
            for queue in self._consumed_queues():
                for message in queue["messages"]:
                    message["visible_at"] -= seconds
        self._modules.wake.set()

    def renew(self) -> None:
        """New invocations start new processes, with the code as it is now; the old ones end once idle."""
        runtime = self._modules.runtime
        with runtime._lock:
            old = [worker for workers in runtime._workers.values() for worker in workers]
            runtime._workers.clear()
        threading.Thread(target=self._end, args=(old,), daemon=True).start()

    def stop(self) -> None:
        """For good: the pollers would start functions again."""
        self._functions._poll_sqs = self._functions._poll_dynamodb_streams = lambda: False
        self._modules.runtime.reset()

    def _end(self, workers: list[Any]) -> None:
        deadline = time.monotonic() + _ENDING
        while any(worker.in_use for worker in workers) and time.monotonic() < deadline:
            time.sleep(0.05)
        self._modules.runtime.kill_workers(workers)

    def _has_unread_stream(self) -> bool:
        return any(
            self._functions._dynamodb_stream_positions._data.get(key, 0) < self._stream_end((*key[:2], match[1]))
            for key, mapping in list(self._functions._esms._data.items())
            if mapping.get("Enabled", True)
            and (match := re.search(r":dynamodb:.*:table/([^/]+)/stream/", mapping.get("EventSourceArn", "")))
        )

    def _stream_end(self, table: tuple[str, str, str]) -> int:
        records = self._modules.dynamodb._stream_records._data.get(table) or []
        return int(self._modules.dynamodb._stream_trimmed._data.get(table, 0)) + len(records)

    def _message_instants(self, wanted: Callable[[float, float], bool]) -> list[float]:
        now = time.time()
        return [
            message["visible_at"]
            for queue in self._consumed_queues()
            for message in list(queue["messages"])
            if wanted(message["visible_at"], now)
        ]

    def _consumed_queues(self) -> list[dict[str, Any]]:
        """A message in a queue that no function reads (dead letters) waits for nobody."""
        mappings = list(self._functions._esms._data.values())
        sources = {mapping.get("EventSourceArn", "") for mapping in mappings if mapping.get("Enabled", True)}
        queues = list(self._modules.sqs._queues._data.values())
        return [queue for queue in queues if queue["attributes"].get("QueueArn") in sources]


def _written_so_far(worker: Any) -> str:
    """The log of an invocation that has answered: what is in the pipe, then what its reader has taken.

    MiniStack waits 50 ms for a first line, after every invocation that logs nothing.
    """
    deadline = time.monotonic() + _LOG_PATIENCE
    if worker._proc is None and worker._stderr_thread is not None:
        worker._stderr_thread.join(_LOG_PATIENCE)  # it failed and was ended: its reader ends too
    lines: list[str] = []
    quiet = 0
    while quiet < _QUIET_LOOKS and time.monotonic() < deadline:
        time.sleep(0.0007)
        quiet = 0 if _waits_in_pipe(worker) else quiet + 1
        with contextlib.suppress(queue.Empty):
            while True:
                lines.append(worker._stderr_queue.get_nowait())
                quiet = 0
    return "\n".join(lines)


def _waits_in_pipe(worker: Any) -> bool:
    waiting = array.array("i", [0])
    try:
        fcntl.ioctl(worker._proc.stderr, termios.FIONREAD, waiting)
    except (AttributeError, OSError, ValueError):  # its process is gone
        return False
    return waiting[0] > 0


def _refusing_missing_code(execute: Callable[..., Any]) -> Callable[..., Any]:
    """Without code, the emulator would answer 200 with a made-up body."""

    def execute_code(function: dict[str, Any], event: Any, request_id: str) -> Any:
        if function.get("code_zip"):
            return execute(function, event, request_id)
        message = "this function was deployed without code"
        return {"body": {"errorType": "MissingCode", "errorMessage": message}, "error": True, "log": message}

    return execute_code
