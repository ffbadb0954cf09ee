"""The state on disk: taking a snapshot, and coming back from a snapshot and its journal."""

# ruff: noqa: SLF001 - see the package's docstring

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from infra.local.emulator.keeping import Keeping
from infra.local.emulator.modules import EmulatorError, Key, Modules
from infra.local.emulator.scheduling import Schedules
from infra.local.journal import Journal

OWN_STATE = "palier_local"


class Recalling:
    def __init__(self, modules: Modules, journal: Journal, keeping: Keeping, schedules: Schedules) -> None:
        self._modules, self._journal, self._keeping, self._schedules = modules, journal, keeping, schedules
        modules.app._load_persisted_state = self._load
        modules.app.save_all = lambda _services: self.snapshot()

    def snapshot(self) -> None:
        """Call on the event loop: no write can then slip between the state and the next journal."""
        self._journal.snapshot(self._save)

    def _save(self, folder: Path) -> None:
        persistence = self._modules.persistence
        persistence.STATE_DIR = str(folder)
        states = {**self._modules.app._build_persistence_save_dict(), OWN_STATE: self._own_state}
        for name, get_state in states.items():
            state = _when_still(get_state)
            if state is None:
                continue
            persistence.save_state(name, state)
            if not (folder / f"{name}.json").exists():
                raise EmulatorError(f"the state of {name} could not be saved")

    def _own_state(self) -> dict[str, Any]:
        """What MiniStack does not keep: stream records that a function has still to read, firings under way."""
        dynamodb = self._modules.dynamodb
        streams = []
        for key, records in list(dynamodb._stream_records._data.items()):
            start = dynamodb._stream_trimmed._data.get(key, 0)
            unread = max(start, min(self._positions(key), default=start + len(records)))
            streams.append([*key, unread, records[unread - start :]])
        firings = [[*key, record] for key, record in self._schedules.unconfirmed.items()]
        return {"streams": streams, "firings": firings}

    def _positions(self, table: Key) -> list[int]:
        functions = self._modules.functions
        return [
            functions._dynamodb_stream_positions._data.get(key, 0)
            for key, mapping in list(functions._esms._data.items())
            if key[:2] == table[:2] and f":table/{table[2]}/stream/" in mapping.get("EventSourceArn", "")
        ]

    def _load(self) -> None:
        """Instead of MiniStack's: the snapshot, then the journal, and only then the pollers."""
        functions, persistence = self._modules.functions, self._modules.persistence
        functions._poller_started = True  # keeps it from starting
        persistence.STATE_DIR = str(self._journal.state_dir)
        for name, module in self._modules.app._state_map.items():
            if state := persistence.load_state(name):
                self._modules.app._get_module(module).load_persisted_state(state)
        self._restore_own(persistence.load_state(OWN_STATE) or {"streams": [], "firings": []})
        for kind, *fields in self._journal.records():
            getattr(self, f"_replay_{kind}")(*fields)
        self._journal.open()
        functions._poller_started = False
        if functions._esms.has_any():
            functions._ensure_poller()
        self._schedules.fire_unconfirmed()

    def _restore_own(self, state: dict[str, Any]) -> None:
        for account, region, table, start, records in state["streams"]:
            self._modules.dynamodb._stream_records._data[account, region, table] = records
            self._modules.dynamodb._stream_trimmed._data[account, region, table] = start
        for account, region, name, record in state["firings"]:
            self._schedules.unconfirmed[account, region, name] = record

    # One method for each kind of record that `Keeping` and `Schedules` write ---------------------------------

    def _replay_table(self, account: str, region: str, action: str, body: str) -> None:
        headers = {"x-amz-target": f"DynamoDB_20120810.{action}"}
        with self._modules.acting_for(account, region):
            _finish(self._keeping.table_request("POST", "/", headers, body.encode(), {}))

    def _replay_schedule(self, account: str, region: str, method: str, path: str, body: str, query: Any) -> None:
        with self._modules.acting_for(account, region):
            _finish(self._keeping.schedule_request(method, path, {}, body.encode(), query))

    def _replay_expiry(self, table_arn: str, partition: str, sort: str) -> None:
        _, _, _, region, account, name = table_arn.split(":", 5)
        table = self._modules.dynamodb._tables._data.get((account, region, name.removeprefix("table/")))
        if table is not None:
            self._keeping.remove_item(table, partition, sort)

    def _replay_position(self, account: str, region: str, mapping: str, position: int) -> None:
        self._modules.functions._dynamodb_stream_positions._data[account, region, mapping] = position

    def _replay_message(self, account: str, region: str, url: str, message: dict[str, Any]) -> None:
        queue = self._modules.sqs._queues._data.get((account, region, url))
        if queue is not None and all(known["id"] != message["id"] for known in queue["messages"]):
            queue["messages"].append({**message, "receipt_handle": None})

    def _replay_deletion(self, account: str, region: str, url: str, identifiers: list[str]) -> None:
        queue = self._modules.sqs._queues._data.get((account, region, url))
        if queue is not None:
            queue["messages"] = [one for one in queue["messages"] if one["id"] not in identifiers]

    def _replay_fired(self, account: str, region: str, name: str, record: Any) -> None:
        self._schedules.forget((account, region, name))
        self._schedules.unconfirmed[account, region, name] = record

    def _replay_confirmed(self, account: str, region: str, name: str) -> None:
        self._schedules.unconfirmed.pop((account, region, name), None)


def _finish(coroutine: Any) -> None:
    """Handlers of MiniStack that never wait can be run to their end without a loop."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise EmulatorError("a replayed request waits for something")


def _when_still(get_state: Callable[[], Any]) -> Any:
    """A thread may change what is being copied; try again."""
    for _ in range(50):
        try:
            return get_state()
        except RuntimeError:
            time.sleep(0.01)
    raise EmulatorError("the state never stood still")
