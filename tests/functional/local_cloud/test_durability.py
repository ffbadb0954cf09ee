"""`kill -9` at any moment loses nothing that was acknowledged, and a clean stop leaves no process behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.testing import LocalCloud, start_local_cloud
from tests.functional.local_cloud.conftest import FIXTURE
from tests.functional.local_cloud.stack import invoke, notes, now, schedule

WRITES_BEFORE_THE_CUT = 150
ROUNDS = 2


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def start(data_dir: Path) -> Iterator[Callable[[], LocalCloud]]:
    started: list[LocalCloud] = []

    def again() -> LocalCloud:
        started.append(start_local_cloud(FIXTURE, data_dir))
        return started[-1]

    yield again
    for cloud in started:
        if cloud.process.poll() is None:
            cloud.kill()


class _Writer(threading.Thread):
    """Writes until the cloud is gone; remembers what was acknowledged."""

    def __init__(self, cloud: LocalCloud, name: str, enough: threading.Semaphore) -> None:
        super().__init__()
        self._client, self._table = cloud.client("dynamodb"), cloud.outputs["TableName"]
        self._name, self._enough = name, enough
        self.acknowledged: set[str] = set()

    def run(self) -> None:
        number = 0
        while True:
            key, number = f"{self._name}-{number}", number + 1
            try:
                self._write(key)
            except (BotoCoreError, ClientError):
                return
            self.acknowledged.add(key)
            self._enough.release()

    def _write(self, key: str) -> None:
        item = {"pk": {"S": "load"}, "sk": {"S": key}, "body": {"S": "x" * 300}}
        counter = {"pk": {"S": "counters"}, "sk": {"S": self._name}}
        add = {"UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
        put = {"TableName": self._table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
        update = {"TableName": self._table, "Key": counter, **add}
        self._client.transact_write_items(TransactItems=[{"Put": put}, {"Update": update}])


def _load_then_cut(cloud: LocalCloud, round_number: int) -> set[str]:
    enough = threading.Semaphore(0)
    writers = [_Writer(cloud, f"{round_number}-{index}", enough) for index in range(6)]
    for writer in writers:
        writer.start()
    for _ in range(WRITES_BEFORE_THE_CUT):
        enough.acquire()
    cloud.kill()
    for writer in writers:
        writer.join()
    return set().union(*(writer.acknowledged for writer in writers))


def _stored(cloud: LocalCloud, partition: str) -> list[dict[str, dict[str, str]]]:
    pages = (
        cloud.client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=cloud.outputs["TableName"],
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": partition}},
        )
    )
    return [item for page in pages for item in page["Items"]]


def test_acknowledged_writes_survive_kill_under_load(start: Callable[[], LocalCloud]) -> None:
    acknowledged: set[str] = set()
    cloud = start()
    for round_number in range(ROUNDS):
        acknowledged |= _load_then_cut(cloud, round_number)
        cloud = start()
        stored = {item["sk"]["S"] for item in _stored(cloud, "load")}
        counted = sum(int(item["n"]["N"]) for item in _stored(cloud, "counters"))
        assert len(acknowledged) >= WRITES_BEFORE_THE_CUT
        assert acknowledged - stored == set()
        assert counted == len(stored)  # a transaction is there whole or not at all
    cloud.stop()


def test_objects_messages_schedules_and_queued_work_survive_kill(start: Callable[[], LocalCloud]) -> None:
    cloud = start()
    cloud.client("s3").put_object(Bucket=cloud.outputs["FilesBucketName"], Key="a", Body=b"kept")
    invoke(cloud, "SenderFunction", {"number": "+33639980002", "text": "kept"})
    cloud.advance("2d")
    schedule(cloud, "kept", now(cloud) + 86400)
    queue = cloud.client("sqs")
    url = cloud.outputs["WorkQueueUrl"]
    queue.send_message(QueueUrl=url, MessageBody='{"name": "delayed"}', DelaySeconds=600)
    cloud.send_mail(b"From: a@mail.example\nTo: x@in.palier.example\nSubject: kept\n\nx")
    before = now(cloud)
    cloud.kill()

    cloud = start()
    assert cloud.client("s3").get_object(Bucket=cloud.outputs["FilesBucketName"], Key="a")["Body"].read() == b"kept"
    assert cloud.outbox()[0]["text"] == "kept"
    assert now(cloud) >= before
    cloud.advance("2d")
    assert len(notes(cloud, "mail")) == 1
    assert [note["name"] for note in notes(cloud, "worked")].count("delayed") == 1
    assert [note["name"] for note in notes(cloud, "fired")].count("kept") == 1
    cloud.stop()


def test_the_stream_goes_on_after_a_kill_and_after_a_clean_stop(start: Callable[[], LocalCloud]) -> None:
    """A schedule's firing becomes work through the stream; so does the next one after each restart."""
    cloud = start()
    for end in (cloud.kill, None):
        schedule(cloud, "again", now(cloud) + 3600)
        cloud.advance("2h")
        worked = [note["name"] for note in notes(cloud, "worked")]
        assert worked.count("again") == (1 if end else 2)
        if end:
            end()
            cloud = start()
    cloud.stop()
    cloud = start()
    schedule(cloud, "again", now(cloud) + 3600)
    cloud.advance("2h")
    assert [note["name"] for note in notes(cloud, "worked")].count("again") == 3
    cloud.stop()


def test_ctrl_c_leaves_no_process_behind(start: Callable[[], LocalCloud], data_dir: Path) -> None:
    cloud = start()
    invoke(cloud, "SenderFunction", {"number": "+33639980003", "text": "x"})
    children = _descendants(cloud.process.pid)
    assert children
    cloud.stop()
    assert cloud.process.returncode == 0
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    assert not (data_dir / "tmp").exists()


def test_kill_leaves_no_function_running(start: Callable[[], LocalCloud]) -> None:
    cloud = start()
    invoke(cloud, "SenderFunction", {"number": "+33639980003", "text": "x"})
    children = _descendants(cloud.process.pid)
    cloud.kill()
    start()
    assert [pid for pid in children if _runs(pid)] == []


def _descendants(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _runs(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
