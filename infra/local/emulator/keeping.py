"""Everything that a crash must not lose, written to the journal as it happens.

Tables and schedules by their requests; queued messages, stream positions and TTL deletions by what changed.
`recalling.py` reads the same records back.
"""

# ruff: noqa: SLF001 - see the package's docstring

from __future__ import annotations

import threading
from typing import Any

from infra.local.emulator.modules import OK, Modules
from infra.local.journal import Journal

WRITES = frozenset({
    "CreateTable", "DeleteTable", "UpdateTable", "PutItem", "DeleteItem", "UpdateItem", "BatchWriteItem",
    "TransactWriteItems", "UpdateTimeToLive", "ExecuteStatement", "ExecuteTransaction", "BatchExecuteStatement",
    "TagResource", "UntagResource", "UpdateContinuousBackups",
})  # fmt: skip


class Keeping:
    """`table_request`, `schedule_request` and `remove_item` are MiniStack's own, which write nothing down."""

    def __init__(self, modules: Modules, journal: Journal) -> None:
        self._modules, self._journal = modules, journal
        self.table_request = modules.dynamodb.handle_request
        self.schedule_request = modules.scheduler.handle_request
        self.remove_item = modules.dynamodb._remove_item
        modules.dynamodb.handle_request = self._keep_table_request
        modules.scheduler.handle_request = self._keep_schedule_request
        modules.dynamodb._remove_item = self._keep_expiry
        self._guard = threading.Lock()
        self._wake, self._delete = modules.wake.set, modules.sqs._delete_messages_for_esm
        modules.wake.set = self._keep_new_messages
        modules.sqs._delete_messages_for_esm = self._keep_deletion
        modules.functions._dynamodb_stream_positions = self._kept_positions()

    def write(self, kind: str, *fields: object, sync: bool = True) -> None:
        self._journal.write([kind, *fields], sync=sync)

    async def _keep_table_request(self, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        """The handler never yields: the journal's order is the order in which writes were applied."""
        answer = await self.table_request(method, path, headers, body, query)
        action = headers.get("x-amz-target", "").rpartition(".")[2]
        if action in WRITES and answer[0] == OK:
            self.write("table", *self._modules.place(), action, body.decode())
        return answer

    async def _keep_schedule_request(self, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        answer = await self.schedule_request(method, path, headers, body, query)
        if method != "GET" and answer[0] == OK:
            self.write("schedule", *self._modules.place(), method, path, (body or b"").decode(), query)
        return answer

    def _keep_expiry(self, table: dict[str, Any], partition: str, sort: str) -> Any:
        """Items are removed by requests too; those are kept already."""
        if threading.current_thread().name == "dynamodb-ttl-reaper":
            self.write("expiry", table["TableArn"], partition, sort, sync=False)
        return self.remove_item(table, partition, sort)

    def _keep_new_messages(self) -> None:
        """Whoever puts a message in a queue then wakes the pollers, before the request is answered."""
        with self._guard:
            for (account, region, url), queue in list(self._modules.sqs._queues._data.items()):
                for message in _not_kept(queue["messages"]):
                    self.write("message", account, region, url, message)
        self._wake()

    def _keep_deletion(self, url: str, handles: set[str]) -> None:
        queue = self._modules.sqs._get_q(url)
        gone = [message["id"] for message in queue["messages"] if message.get("receipt_handle") in handles]
        self._delete(url, handles)
        self.write("deletion", *self._modules.place(), url, gone, sync=False)

    def _kept_positions(self) -> Any:
        """How far each function has read its stream, in the dictionary that the poller writes to."""
        write, place = self.write, self._modules.place

        class Positions(type(self._modules.functions._dynamodb_stream_positions)):  # type: ignore[misc]
            __slots__ = ()

            def __setitem__(self, mapping: str, position: int) -> None:
                if self.get(mapping) != position:
                    super().__setitem__(mapping, position)
                    write("position", *place(), mapping, position, sync=False)

        return Positions()


def _not_kept(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last ones, in order; marks them."""
    new: list[dict[str, Any]] = []
    for message in reversed(list(messages)):
        if message.get("kept"):
            break
        message["kept"] = True
        new.insert(0, message)
    return new
