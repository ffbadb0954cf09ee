"""SQS: handing work to a worker. The queue is only a nudge: what is to do stands in the table (local queues forget)."""

import functools
from typing import TYPE_CHECKING

import boto3
import msgspec

from palier.aws.keys import Key
from palier.aws.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class Nudge(msgspec.Struct, frozen=True):
    """Points a worker at the item that says what to do."""

    pk: str
    sk: str


@functools.cache
def _client() -> "SQSClient":
    return boto3.client("sqs")


def nudge(queue_setting: str, key: Key) -> None:
    """Send the key of an item to a queue, named by its settings variable."""
    _client().send_message(
        QueueUrl=setting(queue_setting), MessageBody=msgspec.json.encode(Nudge(key.pk, key.sk)).decode()
    )
