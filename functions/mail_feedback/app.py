"""Takes what the mail service says about messages: sent, delivered, bounced, complained about, rejected.

Trigger: the topic of the configuration set's events. Reads and writes one outbox row. A failure is retried by Lambda
and then kept in the failures queue; an event taken twice changes nothing.
"""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes import SNSEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from palier.aws.table import Table
from palier.messages.feedback import read_feedback
from palier.messages.feedback_store import take_feedback

logger = Logger(service="mail_feedback")
table = Table()
table.warm()


def handler(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - Lambda's signature
    """Take the events of one notification."""
    for record in SNSEvent(event).records:
        _take(record.sns.message)


def _take(text: str) -> None:
    said = read_feedback(text)
    if said is None:
        logger.warning("not about a message of ours")
        return
    state = take_feedback(table, said)
    logger.info("mail feedback", extra={"item": "|".join(said.key), "said": said.state, "state": state})
