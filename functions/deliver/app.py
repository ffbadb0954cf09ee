"""Sends e-mails and SMS.

Trigger: a queue of pointers to outbox rows. Reads the row and what it is about, the link secret and small attachments;
writes the row and its link. A refusal that may pass is queued again in the table for the sweeper; only what nobody
foresaw goes back to the queue (batch item failures), and after five times to its dead letters.
"""

from typing import Any

import msgspec
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from palier.aws import mail, sms
from palier.aws.keys import Key
from palier.aws.queues import Nudge
from palier.aws.secrets import secret
from palier.aws.settings import setting
from palier.aws.table import Table
from palier.documents.store import read_stored
from palier.kernel.clock import SystemClock
from palier.messages.deliver import Office, deliver
from palier.messages.deliver_mail import Places


class Providers:
    """SES and SNS."""

    mail = staticmethod(mail.send_mail)
    sms = staticmethod(sms.send_sms)


logger = Logger(service="deliver")
processor = BatchProcessor(event_type=EventType.SQS)
table = Table()
table.warm()
office = Office(
    table=table,
    clock=SystemClock(),
    post=Providers(),
    secret=lambda: secret("LINK_SECRET_ARN"),
    read_file=read_stored,
    places=Places(setting("PUBLIC_URL"), setting("MAIL_DOMAIN"), setting("INBOUND_DOMAIN")),
)


def one(record: SQSRecord) -> None:
    """Send the message that one record points at."""
    which = msgspec.json.decode(record.body, type=Nudge)
    result = deliver(office, Key(which.pk, which.sk))
    facts = {"item": f"{which.pk}|{which.sk}", "state": result.state, "attempts": result.attempts}
    logger.info(result.verdict, extra=facts)


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Handle a batch of the queue."""
    return process_partial_response(event=event, record_handler=one, processor=processor, context=context)
