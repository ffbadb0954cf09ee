"""Mail that SES left in the inbound bucket becomes pre-tickets and messages.

Trigger: SQS, with the bucket's events; one mail a message. Reads the bucket and the portfolio, writes the files and one
transaction an agency addressed. A mail that cannot be taken goes back to the queue, then to the dead letters; the raw
mail stays in the bucket. Repeating a message does nothing twice.
"""

from typing import Any
from urllib.parse import unquote_plus

import msgspec
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from palier.aws.inbound_mail import read_raw
from palier.aws.secrets import secrets
from palier.aws.settings import setting
from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.messages.inbound.parse import parse_mail
from palier.tickets.mail.intake import Mailroom
from palier.tickets.mail.sorting import keep_files, sort_mail

logger = Logger(service="inbound_email")
metrics = Metrics(namespace="Palier", service="inbound_email")
processor = BatchProcessor(event_type=EventType.SQS)
table = Table()
table.warm()
domain = setting("INBOUND_DOMAIN")
room = Mailroom(
    table=table,
    clock=SystemClock(),
    own_domains=frozenset({domain, setting("MAIL_DOMAIN")}),
    secrets=lambda: secrets("LINK_SECRET_ARN"),
    keep_files=keep_files,
)


def one(record: SQSRecord) -> None:
    """Take in the mails that one message of the queue names."""
    for entry in msgspec.json.decode(record.body).get("Records", []):
        key = unquote_plus(entry["s3"]["object"]["key"])
        raw = read_raw(key)
        taken_in = list(sort_mail(room, domain, parse_mail(raw), raw, key))
        if not taken_in:
            logger.warning("mail for no agency", extra={"mail": key})
            metrics.add_metric(name="MailForNobody", unit=MetricUnit.Count, value=1)
        for agency, taken in taken_in:
            logger.info("mail taken in", extra={"agency": agency, "outcome": taken.outcome, "reason": taken.reason})
            metrics.add_metric(name=f"Mail{taken.outcome.name.title()}", unit=MetricUnit.Count, value=1)


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Take in a batch of mails."""
    return process_partial_response(event=event, record_handler=one, processor=processor, context=context)
