"""Makes documents: the summary of a ticket as PDF.

Trigger: a queue of pointers to job rows. Reads the ticket's partition and the agency's settings; writes the file and
marks the job. A failure goes back to the queue and, after three times, to its dead letters; the sweeper finds what is
still due.
"""

from typing import Any

import msgspec
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from palier.aws.keys import Key
from palier.aws.queues import Nudge
from palier.aws.table import Table
from palier.documents.make import Workshop, make
from palier.documents.store import keep_pdf
from palier.kernel.clock import SystemClock

logger = Logger(service="documents")
processor = BatchProcessor(event_type=EventType.SQS)
table = Table()
table.warm()
workshop = Workshop(table=table, clock=SystemClock(), keep=keep_pdf)


def one(record: SQSRecord) -> None:
    """Make the document that one record points at."""
    which = msgspec.json.decode(record.body, type=Nudge)
    made = make(workshop, Key(which.pk, which.sk))
    logger.info("document made" if made else "nothing to make", extra={"item": f"{which.pk}|{which.sk}"})


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Handle a batch of the queue."""
    return process_partial_response(event=event, record_handler=one, processor=processor, context=context)
