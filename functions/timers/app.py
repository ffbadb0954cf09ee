"""A one-off schedule fired: chase, remind, ask.

Trigger: EventBridge Scheduler, with the key of the timer's item. Reads the timer and its ticket, writes one transaction
or nothing. A failure is retried by the scheduler; a repeated firing does nothing.
"""

from typing import Any

import msgspec
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from palier.aws.keys import Key
from palier.aws.queues import Nudge
from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.timers.fire import fire

logger = Logger(service="timers")
table = Table()
table.warm()
clock = SystemClock()


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, bool]:  # noqa: ARG001 - Lambda's signature
    """Fire one timer."""
    which = msgspec.convert(event, type=Nudge)
    done = fire(table, clock, Key(which.pk, which.sk))
    logger.info("timer fired", extra={"timer": which.sk, "done": done})
    return {"done": done}
