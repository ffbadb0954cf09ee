"""Giving dead letters back to their queue. Every worker takes a message twice without harm, so nothing is lost here."""

from typing import TYPE_CHECKING, Literal

import boto3

from palier.aws.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

Queue = Literal["deliver", "documents", "inbound"]
_MOST = 10_000


def redrive(queue: Queue) -> int:
    """Send every dead letter of a queue back to it; returns how many."""
    client: SQSClient = boto3.client("sqs")
    source = queue_url(setting("DELIVER_QUEUE_URL"), queue)
    moved = 0
    while moved < _MOST:
        batch = _move(client, f"{source}-dead", source)
        if not batch:
            return moved
        moved += batch
    return moved


def queue_url(deliver: str, queue: Queue) -> str:
    """Return the address of a queue beside the one that is known: the template names them alike."""
    return deliver.removesuffix("deliver") + queue


def _move(client: "SQSClient", dead: str, source: str) -> int:
    answer = client.receive_message(QueueUrl=dead, MaxNumberOfMessages=10, VisibilityTimeout=60)
    messages = answer.get("Messages", [])
    for message in messages:
        client.send_message(QueueUrl=source, MessageBody=message["Body"])
        client.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])
    return len(messages)
