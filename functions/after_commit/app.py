"""After each commit: tell the workers and the scheduler.

Trigger: the table's stream, filtered to messages, timers and documents. Reads nothing but the records, writes nothing
to the table. A record that fails goes back to the stream alone (batch item failures); the sweeper covers the rest.
"""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from palier.aws.queues import nudge
from palier.aws.scheduler import drop_schedule, set_schedule
from palier.timers.dispatch import Doors, dispatch

logger = Logger(service="after_commit")
processor = BatchProcessor(event_type=EventType.DynamoDBStreams)
doors = Doors(
    deliver=lambda key: nudge("DELIVER_QUEUE_URL", key),
    document=lambda key: nudge("DOCUMENTS_QUEUE_URL", key),
    set_schedule=set_schedule,
    drop_schedule=drop_schedule,
)


def one(record: DynamoDBRecord) -> None:
    """Handle one record of the stream."""
    dispatch(record.raw_event, doors)


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Handle a batch of the stream."""
    return process_partial_response(event=event, record_handler=one, processor=processor, context=context)
